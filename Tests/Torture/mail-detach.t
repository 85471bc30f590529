#!/bin/bash
# Kills and faults of mail-detach --remove at length: every call.
export POSTBAG_TORTURE=1
exec bash "$(dirname "$0")/../Commands/mail-detach-faults.t"
