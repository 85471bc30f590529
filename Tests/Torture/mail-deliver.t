#!/bin/bash
# The faults of mail-deliver at length: every error in every kind of store, 1,500 kills, 400 deliveries at once.
export TORTURE=1 TORTURE_KILLS=${TORTURE_KILLS:-1500} TORTURE_MANY=${TORTURE_MANY:-400}
exec bash "$(dirname "$0")/../Commands/mail-deliver-faults.t"
