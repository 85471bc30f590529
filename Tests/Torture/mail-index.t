#!/bin/bash
# Kills and faults of mail-index and mail-mark at length: every call, and a thousand kills in a row.
export POSTBAG_TORTURE=1 POSTBAG_KILLS=${POSTBAG_KILLS:-1000}
exec bash "$(dirname "$0")/../Commands/mail-index-faults.t"
