#!/bin/bash
# mail-send and servers that misbehave: nothing is said in clear that should not be, nothing waits for ever, no message is
# lost, and what the person reads says what happened.
# shellcheck source=lib.sh disable=SC2154
. "$(dirname "$0")/lib.sh"
# shellcheck source=servers.sh
. "$tests/servers.sh"
needs python3 openssl
make_store
make_ca
mkdir -p "$HOME/.config/postbag"
message 'Subject: hello' -- 'A line.' > message
printf 'secret word\n' > password
chmod 600 password

# configure PORT LINE…: what mail-send reads; a message that can't be sent is not kept
configure() {
  local port=$1
  shift
  {
    printf '[[identity]]\naddress = "ada@example.org"\nsent = ""\n[send]\nqueue = "never"\n'
    printf '[outgoing]\nhost = "localhost"\nport = %s\n' "$port"
    printf '%s\n' "$@"
  } > "$HOME/.config/postbag/config.toml"
  chmod 600 "$HOME/.config/postbag/config.toml"
}
# keep: what can't be sent is kept
keep() { sed -i 's/queue = "never"/queue = "on-failure"/' "$HOME/.config/postbag/config.toml"; }
login=('user = "ada"' "password-file = \"$T/password\"")
trusting="ca-file = \"$T/ca/ca.pem\""
heard() { cat "$T/hostile.heard"; }
# send RECIPIENT…: at most 20 seconds
send() { run timeout 20 mail-send "$@" < message; }

# --- The server that does as it should, so that the others prove something

hostile good --starttls "$T/ca/server.pem" "$T/ca/server.key"
configure "$hostile_port" 'tls = "starttls"' "$trusting" "${login[@]}"
send ben@example.com
exit_is 0 'a server that behaves gets the message'
like "$(heard)" 'AUTH PLAIN' 'after a login'
like "$(heard)" '\| Subject: hello' 'as it is'
send ben@example.com refused@example.com later@example.com
like "$err" 'refused@example.com: refused: .*550 5.1.1' 'each recipient has a result: refused for good'
like "$err" 'later@example.com: .*450 4.2.0' 'or for now'
unlike "$err" 'ben@example.com' 'and no word of those who get it'

# --- Encryption

hostile good
configure "$hostile_port" 'tls = "starttls"' "$trusting" "${login[@]}"
send ben@example.com
isnt "$status" 0 'a server without STARTTLS gets no message'
like "$err" 'STARTTLS' 'and the reason is told'
unlike "$(heard)" 'AUTH|MAIL|Subject' 'nothing was said in clear'
configure "$hostile_port" 'tls = "none"' "${login[@]}"
send ben@example.com
exit_is 77 'a password is not shown on a connection in clear'
unlike "$(heard)" 'AUTH|MAIL' 'indeed'
configure "$hostile_port" 'tls = "none"' 'clear-text-login = true' "${login[@]}"
send ben@example.com
exit_is 0 'unless the configuration says so'

hostile injects --starttls "$T/ca/server.pem" "$T/ca/server.key"
configure "$hostile_port" 'tls = "starttls"' "$trusting" "${login[@]}"
send ben@example.com
isnt "$status" 0 'an answer put in before the encryption ends the session'
like "$err" 'before the encryption' 'and the reason is told'
unlike "$(heard)" 'AUTH|MAIL|Subject' 'nothing more was said'

for tls in tls starttls; do
  hostile good --$tls "$T/ca/other.pem" "$T/ca/other.key"
  value=$tls
  [ $tls = starttls ] || value=implicit
  configure "$hostile_port" "tls = \"$value\"" "$trusting" "${login[@]}"
  send ben@example.com
  isnt "$status" 0 "a certificate for another host is refused ($tls)"
  like "$err" 'mail.example.net, not for localhost' 'which is told'
  unlike "$(heard)" 'AUTH|MAIL|Subject' 'nothing was said'
  configure "$hostile_port" "tls = \"$value\"" "${login[@]}"
  send ben@example.com
  like "$err" 'certificate refused' "so is one of an unknown authority ($tls)"
  fingerprint=$(openssl x509 -in "$T/ca/other.pem" -noout -fingerprint -sha256 | cut -d= -f2)
  configure "$hostile_port" "tls = \"$value\"" "fingerprint = [\"$fingerprint\"]" "${login[@]}"
  send ben@example.com
  exit_is 0 "but not one whose fingerprint is configured ($tls)"
done

# --- The end of a session at every place

for stage in greeting EHLO MAIL RCPT DATA message; do
  hostile 421 "$stage"
  configure "$hostile_port" 'tls = "none"'
  send ben@example.com
  exit_is 75 "421 at $stage: try again"
  like "$err" '421 4.3.2 closing for today' 'with what the server said'
  unlike "$err" 'may have been sent' 'without a doubt'
done
for stage in greeting EHLO MAIL RCPT DATA; do
  hostile end "$stage"
  configure "$hostile_port" 'tls = "none"'
  send ben@example.com
  exit_is 75 "a connection that ends at $stage: try again"
  like "$err" 'closed' 'and the reason is told'
done
hostile end message
configure "$hostile_port" 'tls = "none"'
keep
send ben@example.com
like "$err" 'waiting for the answer to the message' 'a connection that ends behind the message is told'
is "$(grep -c '^MAIL' "$T/hostile.heard")" 1 'and nothing is sent a second time at once'
first=$(grep Message-ID "$T/hostile.heard")
hostile good
configure "$hostile_port" 'tls = "none"'
run mail-send --queue flush
is "$(grep Message-ID "$T/hostile.heard")" "$first" 'only later, with the same Message-ID'
hostile end QUIT
configure "$hostile_port" 'tls = "none"'
send ben@example.com
exit_is 0 'a server that doesn'\''t say goodbye has the message all the same'

# --- Time and size

hostile silent
configure "$hostile_port" 'tls = "none"' 'timeout = 1'
send ben@example.com
exit_is 75 'a server that never answers is given up'
like "$err" 'timed out' 'which is told'
hostile slow
configure "$hostile_port" 'tls = "none"' 'timeout = 2'
SECONDS=0
send ben@example.com
exit_is 75 'so is one that says a byte a second'
ok 'within the time for one answer' test "$SECONDS" -le 6
for mode in endless long web; do
  hostile "$mode"
  configure "$hostile_port" 'tls = "none"'
  send ben@example.com
  exit_is 75 "what is no answer ($mode) ends the session"
  like "$err" 'answer|line' 'and is told'
done
hostile twice
configure "$hostile_port" 'tls = "none"'
send ben@example.com
isnt "$status" 0 'a server that answers twice is not believed'

# --- Injection

hostile good
configure "$hostile_port" 'tls = "none"'
send $'ben@example.com>\r\nRCPT TO:<eve@example.com'
isnt "$status" 0 'an address with a line end is refused'
unlike "$(heard)" 'eve@' 'and never reaches the server'
send $'-fada@example.org>\r\nRCPT TO:<eve@example.com' ben@example.com
unlike "$(heard)" 'eve@' 'nor does one in the sender'
hostile good
configure "$hostile_port" 'tls = "none"'
{ message 'Subject: dots' -- $'.\nMAIL FROM:<eve@example.com>\n..two'; } > message
send ben@example.com
exit_is 0 'lines that are commands are text'
is "$(grep -c '^MAIL FROM' "$T/hostile.heard")" 1 'to the server too'
like "$(heard)" $'\\| \\.\\.\n\\| MAIL FROM:<eve@example.com>\n\\| \\.\\.\\.two' 'dots are doubled'
done_testing
