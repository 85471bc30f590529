# shellcheck shell=bash
# A mail server for tests of mail-send; source it behind lib.sh.
#
#   start_sink            starts it; sets $port. It ends with the test. What it gets is in $T/sink/mail/1, 2, …
#   sink_mode WORD        how it behaves from now on (see sink.py); nothing for as usual
#   sink_count            messages that it has got
#   empty_sink            forgets them (their numbers go on)
#   configure [LINE]…     writes a configuration with one identity and the sink; the lines go behind it
#   queue_count           messages in the queue
#   sent_files            files in Sent

command -v python3 > /dev/null || skip_all 'python3 is not installed'
S=$T/sink
Q=$HOME/.local/state/postbag/queue

start_sink() {
  mkdir -p "$S"
  python3 "$tests/sink.py" "$S" 2> "$S/errors" &
  disown
  local _
  for _ in {1..100}; do
    [ -s "$S/port" ] && break
    sleep 0.05
  done
  port=$(cat "$S/port")
}

sink_mode() { printf '%s' "${1-}" > "$S/mode"; }
sink_count() { find "$S/mail" -type f | wc -l; }
empty_sink() { rm -f "$S"/mail/*; }
sink_mail() { cat "$S"/mail/*; }
queue_count() { find "$Q" -maxdepth 1 \( -name '*.log' -o -name '*.done' \) 2> /dev/null | wc -l; }
sent_files() { find "$HOME/Maildir/.Sent/cur" -type f 2> /dev/null; }

configure() {
  (umask 077 && mkdir -p "$HOME/.config/postbag")
  {
    printf '%s\n' '[[identity]]' 'name = "Ada Example"' 'address = "ada@example.org"' 'aliases = ["a@example.org"]' \
      '[[outgoing]]' 'host = "127.0.0.1"' "port = ${port-1}" 'tls = "none"'
    printf '%s\n' "$@"
  } > "$HOME/.config/postbag/config.toml"
}
