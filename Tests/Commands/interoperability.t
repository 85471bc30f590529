#!/bin/bash
# Every kind of message that mail-compose and mail-attach make is read by Python's email package, notmuch, mutt and neomutt as it
# was meant. The table, the readers and the checks are in interoperability.py, which prints the results.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

needs python3
make_store
mkdir -p "$HOME/.config/postbag"
(umask 077 && cat > "$HOME/.config/postbag/config.toml") << 'CONFIGURATION'
[[identity]]
name = "Ada Ünï, \"Countess\" Example"
address = "ada@example.org"
CONFIGURATION
python3 "$tests/interoperability.py" "$T"
