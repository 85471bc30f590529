#!/bin/bash
# Kills and faults of mail-folder at length: every call.
export POSTBAG_TORTURE=1
exec bash "$(dirname "$0")/../Commands/mail-folder-faults.t"
