#!/bin/bash
# mail-setup: the login that is tested before anything is written, and the questions, on a terminal.
# shellcheck disable=SC2154
. "$(dirname "$0")/lib.sh"
# shellcheck source=servers.sh
. "$tests/servers.sh"
needs python3 openssl curl
if ! has_server postfix || ! has_server submission; then skip_all 'needs Postfix and Dovecot'; fi
start_postfix
start_dovecot

config=$HOME/.config/postbag/config.toml
try() {
  rm -f "$config"
  run mail-setup --address ada@example.com --name Ada --host localhost --user ada "$@"
}
ca=(--ca-file "$T/ca/ca.pem")
fingerprint=$(openssl x509 -in "$T/ca/server.pem" -noout -fingerprint -sha256 | cut -d= -f2)

try --port "$dovecot_tls" --tls implicit "${ca[@]}" --password-command "printf 'secret word'"
exit_is 0 'a login over TLS'
like "$err" 'localhost: the login works' 'is told'
ok 'then the configuration is written' test -e "$config"
try --port "$dovecot_starttls" --tls starttls "${ca[@]}" --password-stdin < <(echo 'secret word')
exit_is 0 'over STARTTLS, with a password that is kept in a file'
runs 'the configuration has no mistakes' mail-setup --check
try --port "$dovecot_tls" --tls implicit --fingerprint "$fingerprint" --password-command "printf 'secret word'"
exit_is 0 'with the fingerprint of the certificate'
try --port "$dovecot_tls" --tls implicit "${ca[@]}" --token-command "printf '%s' $(token ada)"
exit_is 0 'with a token'
try --port "$postfix_plain" --tls none --no-login
exit_is 0 'without a login'
like "$err" 'localhost: the server answers' 'only the server is tried'

try --port "$dovecot_tls" --tls implicit "${ca[@]}" --password-command "printf 'wrong'"
exit_is 77 'a wrong password'
unlike "$err" 'wrong' 'is not shown'
fails 'and nothing is written' test -e "$config"
try --port "$dovecot_tls" --tls implicit "${ca[@]}" --password-stdin < <(echo wrong)
exit_is 77 'neither from standard input'
is "$(cat "$HOME/.config/postbag/passwords/ada@example.com")" 'secret word' 'and the password that was kept stays'
try --port "$dovecot_tls" --tls implicit --password-command "printf 'secret word'"
exit_is 78 'a certificate of an unknown authority'
like "$err" 'unknown authority' 'is told'
try --port "$dovecot_tls" --tls implicit --fingerprint "${fingerprint/[0-9]/A}" --password-command 'echo x'
exit_is 78 'another fingerprint'
try --port "$dovecot_tls" --tls implicit "${ca[@]}" --password-command 'exit 3'
exit_is 77 'a command that prints no password'
try --port "$(free_port)" --tls implicit --password-command 'echo x'
exit_is 75 'nobody listens'
try --port "$postfix_plain" --tls starttls --password-command 'echo x'
isnt "$status" 0 'a server without encryption gets no password'
try --port "$postfix_plain" --tls none --password-command 'echo x'
isnt "$status" 0 'neither in clear'

# --- Questions

answer() { run python3 "$(fixture answers.py)" "$T/answers" mail-setup "$@"; }
server=(--host localhost --port "$dovecot_tls" --tls implicit "${ca[@]}")
rm -rf "$config" "$HOME/.config/postbag/passwords"
cat > "$T/answers" << 'END'
Your address:|nonsense
Your address:|ada@example.com
Your name|Ada Example
Name to log in with|ada
The password|1
Password of ada:|wrong
What now|2
The password|1
Password of ada:|secret word
END
answer "${server[@]}"
exit_is 0 'questions are asked, and mistakes can be mended'
like "$out" 'no address such as you@example.org' 'a bad address is asked for again'
unlike "$out" 'secret word' 'a password is not shown'
is "$(cat "$HOME/.config/postbag/passwords/ada@example.com")" 'secret word' 'the right password is kept'
is "$(grep -E '^(name|address|user|password-file)' "$config")" 'name = "Ada Example"
address = "ada@example.com"
user = "ada"
password-file = "passwords/ada@example.com"' 'the answers are in the file'

cp "$config" "$T/before"
printf 'What is to be done|1\n' > "$T/answers"
answer --address eve@example.com "${server[@]}"
exit_is 1 'who wants no change stops'
printf 'What is to be done|2\nYour name|Eve\nlog in with|ada\nThe password|2\nprints the password|printf "secret word"\n' > "$T/answers"
answer --address eve@example.com "${server[@]}"
exit_is 0 'another address is added'
like "$(cat "$config")" 'address = "eve@example.com"' 'and written'
like "$(cat "$config")" "password-command = \"printf \\\\\"secret word" 'with its command'

cp "$config" "$T/before"
printf 'Your name|Eve\nlog in with|ada\nThe password|3\nto test the login|secret word\n' > "$T/answers"
answer --replace --address eve@example.com "${server[@]}"
exit_is 0 'a password may be asked for each time'
like "$out" 'the login works' 'and is asked for the test'
unlike "$(tail -8 "$config")" 'password-' 'and then stands nowhere'
cp "$config" "$T/before"
printf 'Your name|Eve\nlog in with|ada\nThe password|1\nPassword of ada|^C\n' > "$T/answers"
answer --replace --address eve@example.com "${server[@]}"
exit_is 130 'Ctrl-C at the password ends it'
ok 'and nothing is changed' cmp "$config" "$T/before"
printf 'Your name|^D\n' > "$T/answers"
answer --replace --address eve@example.com "${server[@]}"
exit_is 1 'so does Ctrl-D at a question'
printf 'Your name|^C\n' > "$T/answers"
answer --replace --address eve@example.com "${server[@]}"
exit_is 130 'and Ctrl-C'
printf 'Your name|Eve\nlog in with|ada\nThe password|2\nprints the password|echo wrong\nWhat now|3\nServer|localhost\nEncryption|2\nPort|%s\nlog in with|ada\nWhat now|4\n' \
  "$dovecot_starttls" > "$T/answers"
answer --replace --address eve@example.com "${server[@]}"
exit_is 0 'another server can be named, and all be written as it is'
like "$(cat "$config")" "port = $dovecot_starttls
tls = \"starttls\"" 'with its port'
like "$(cat "$config")" 'password-command = "echo wrong"' 'and what was said of the password'

# --- What was written is what mail-send needs

make_store
rm -f "$config"
printf 'Your address|ada@example.com\nYour name|Ada\nlog in with|ada\nThe password|3\nto test the login|secret word\n' > "$T/answers"
answer "${server[@]}"
message 'From: ada@example.com' 'To: ada@example.com' > "$T/message"
printf 'Password of ada at localhost:|secret word\n' > "$T/answers"
run python3 "$(fixture answers.py)" "$T/answers" sh -c "mail-send ada@example.com < '$T/message'"
exit_is 0 'mail-send asks for the password that stands nowhere'
unlike "$out" 'secret word' 'which is not shown'
ok 'and the message arrives' until_true grep -rqs 'Message-ID' "$T/postfix/mail"
run mail-send ada@example.com < "$T/message"
like "$err" 'nobody to ask' 'where nobody can be asked it says so'

done_testing
