#!/bin/bash
# mail-send logs in by SCRAM at a server written against the RFC alone: bound to the connection where both can, and never to a
# server that doesn't know the password.
# shellcheck source=lib.sh disable=SC2154
. "$(dirname "$0")/lib.sh"
needs python3 openssl
make_store
"$root/Tests/MailTransportTests/Fixtures/make-authority" "$(mkdir -p "$T/ca" && echo "$T/ca")" || skip_all 'openssl makes no certificates'
mkdir -p "$HOME/.config/postbag"
message 'Subject: hello' -- 'A line.' > message
printf 'secret word\n' > password
chmod 600 password

server=
stop_server() { [ -z "$server" ] || { kill "$server" && wait "$server"; } 2> /dev/null; }
trap 'stop_server; chmod -R u+rwX "$T" 2> /dev/null; rm -rf "$T"' EXIT

# server MODE: starts it and writes a configuration for it
server() {
  stop_server
  : > "$T/heard"
  python3 "$(fixture scram-server.py)" "$T/ca/server.pem" "$T/ca/server.key" "$1" > "$T/heard" 2> "$T/server.log" &
  server=$!
  for _ in {1..200}; do [ ! -s "$T/heard" ] || break; sleep 0.05; done
  cat > "$HOME/.config/postbag/config.toml" << TOML
[[identity]]
address = "ada@example.org"
sent = ""
[send]
queue = "never"
[outgoing]
host = "localhost"
port = $(head -1 "$T/heard")
tls = "implicit"
user = "ada"
password-file = "$T/password"
ca-file = "$T/ca/ca.pem"
TOML
  chmod 600 "$HOME/.config/postbag/config.toml"
}
send() { run timeout 20 mail-send ben@example.com < message; }
heard() { cat "$T/heard"; }

server good
send
exit_is 0 'a server that knows the password gets the message'
like "$(heard)" 'AUTH SCRAM-SHA-256 .*Subject: hello' 'after an exchange in which nobody showed it'
unlike "$(heard)" "$(printf 'secret word' | base64)" 'indeed'

server plus
send
exit_is 0 'where both can, the exchange is bound to the connection'
like "$(heard)" 'AUTH SCRAM-SHA-256-PLUS .*bound by tls-unique' 'by the best mechanism'

server strip
send
exit_is 77 'a list without -PLUS is noticed by a server that offered it'
like "$(heard)" 'downgrade' 'because the client tells what it was told'
unlike "$(heard)" 'MAIL FROM' 'and nothing is sent'

server relay
send
exit_is 77 'somebody between the two is noticed'
like "$err" 'channel-bindings-dont-match' 'and told'
unlike "$(heard)" 'MAIL FROM' 'and nothing is sent'

server forged
send
exit_is 77 'a server that does not know the password gets nothing'
like "$err" 'does not know the password' 'and the person is told'
unlike "$(heard)" 'MAIL FROM' 'indeed'

server hurry
send
exit_is 77 'nor one that says yes too early'
unlike "$(heard)" 'MAIL FROM' 'indeed'

server rounds
start=$SECONDS
send
isnt "$status" 0 'a server that wants hours of work is left'
like "$err" 'too many iterations \(2000000000\)' 'with a word about it'
ok 'at once' [ $((SECONDS - start)) -lt 5 ]

server nonce
send
isnt "$status" 0 'a server that answers somebody else is left'
like "$err" 'the nonce is not ours' 'with a word about it'

server refuses
send
exit_is 77 'a wrong password is a login that was refused'
like "$err" 'invalid-proof' 'in the words of the server'

printf 'wrong\n' > password
server good
send
exit_is 77 'a password that is wrong is refused'
unlike "$err$out" 'wrong$' 'and never printed'

done_testing
