#!/bin/bash
# The faults of mail-deliver at length: every error in every kind of store, 1,500 kills, 400 deliveries at once.
export POSTBAG_TORTURE=1 POSTBAG_KILLS=${POSTBAG_KILLS:-1500} POSTBAG_MANY=${POSTBAG_MANY:-400}
exec bash "$(dirname "$0")/../Commands/mail-deliver-faults.t"
