#!/bin/bash
# Kills and faults of mail-import at length: every call, and imports that are killed at random moments until they are done.
export POSTBAG_TORTURE=1 POSTBAG_KILLS=${POSTBAG_KILLS:-40}
exec bash "$(dirname "$0")/../Commands/mail-import-faults.t"
