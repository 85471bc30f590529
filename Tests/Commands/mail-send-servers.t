#!/bin/bash
# mail-send and real mail servers on loopback, with TLS by an authority of the test: Postfix, Dovecot (submission and LMTP)
# and OpenSMTPD. What arrives is what was written; every way to log in that they offer works.
# shellcheck source=lib.sh disable=SC2154,SC2317
. "$(dirname "$0")/lib.sh"
# shellcheck source=servers.sh
. "$tests/servers.sh"
needs python3 openssl
has_server postfix || skip_all 'Postfix is not installed, or this is not root'
make_store
mkdir -p "$HOME/.config/postbag"
printf 'secret word\n' > password
chmod 600 password
trusting="ca-file = \"$T/ca/ca.pem\""

# outgoing LINE…: the server that mail-send uses; a message that can't be sent is not kept
outgoing() {
  {
    printf '[[identity]]\naddress = "ada@example.org"\nsent = ""\n[send]\nqueue = "never"\n[outgoing]\n'
    printf '%s\n' "$@"
  } > "$HOME/.config/postbag/config.toml"
  chmod 600 "$HOME/.config/postbag/config.toml"
}
# to PORT SECURITY LINE…: the server on localhost at PORT
to() {
  local trust=("$trusting")
  [ "$2" != none ] || trust=()
  outgoing 'host = "localhost"' "port = $1" "tls = \"$2\"" "${trust[@]}" "${@:3}"
}
login=('user = "ada"' "password-file = \"$T/password\"")

# box FOLDER: the messages that arrived
box() { find "$1" -path '*/new/*' -type f 2> /dev/null; }
arrived_in() { [ "$(box "$1" | wc -l)" -ge "$2" ]; }
# arrives FOLDER FILE NAME: the one message there has the bytes of FILE; it is taken away
arrives() {
  if within 5 arrived_in "$1" 1; then
    local found
    found=$(box "$1" | head -1)
    arrived "$found" > "$T/arrived"
    if cmp -s "$T/arrived" "$2"; then pass "$3"; else fail "$3" "$(diff -a "$2" "$T/arrived" | head -20)"; fi
    rm -f "$found"
  else
    fail "$3" 'nothing arrived'
  fi
}
empty() { box "$1" | xargs -r rm -f; }

message 'Subject: plain' -- $'.\n..two\nFrom here\n\n\tend ' > plain
{
  message 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=' 'MIME-Version: 1.0' 'Content-Type: text/plain; charset=utf-8' \
    'Content-Transfer-Encoding: 8bit' -- $'Grüße aus Köln, mit Bildern: 🌍\n.'
} > eightbit
{
  message 'Subject: large'
  seq 1 40000 | sed 's/$/ is a line of a message that does not fit into one piece, .and. so on/'
} > large
{ message 'Subject: crlf' -- $'one\n\ntwo' | sed 's/$/\r/'; } > crlf
tr -d '\r' < crlf > crlf-arrives

start_postfix
P=$T/postfix/mail

# --- Postfix: what arrives

to "$postfix_plain" none
for name in plain eightbit large; do
  runs "Postfix takes the message $name" mail-send ben@example.com < $name
  arrives "$P" $name "it arrives as it was written ($name)"
done
mail-send ben@example.com < crlf
arrives "$P" crlf-arrives 'lines that end in CRLF arrive'
message 'Subject: broken' -- "$(printf 'a\rb\n%02000d\n' 7)" > broken
runs 'long lines and lone CR are sent' mail-send ben@example.com < broken
until_true arrived_in "$P" 1
is "$(python3 -c '
import email, email.policy, sys
message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
original = open(sys.argv[2], "rb").read().split(b"\n\n", 1)[1]
print(message.get_payload(decode=True).replace(b"\r\n", b"\n") == original, message["Subject"])
' "$(box "$P")" broken)" 'True broken' 'and mean the same when they arrive'
empty "$P"

run mail-send --format json ben@example.com refused@example.com later@example.com < plain
like "$out" '"ben@example.com".*"result":"sent"' 'of three recipients one is reached'
like "$out" '"refused@example.com".*"result":"refused".*"code":550,"status":"5.1.1"' 'one is refused for good'
like "$out" '"later@example.com".*"code":450,"status":"4.2.0"' 'one for now'
arrives "$P" plain 'the message arrives where it can'
readarray -t many < <(seq -f 'person%g@example.com' 1 600)
runs 'six hundred recipients are reached' mail-send "${many[@]}" < plain
until_true arrived_in "$P" 600
is "$(box "$P" | xargs grep -h '^X-Original-To' | sort -u | wc -l)" 600 'each of them'
empty "$P"

# An international domain needs nothing of the server, an international name does.
runs 'an international address reaches a server with SMTPUTF8' mail-send jörg@example.com < plain
until_true arrived_in "$P" 1
is "$(grep -c '^X-Original-To: jörg@example.com' "$(box "$P")")" 1 'as it is'
empty "$P"

# --- Logging in

if has_server submission && start_dovecot; then
  for mechanism in PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256; do
    for server in postfix dovecot; do
      port=${server}_starttls security=starttls
      # Both kinds of encryption, and all mechanisms, with both servers; not each with each.
      case $server$mechanism in postfixLOGIN | postfixSCRAM* | dovecotPLAIN | dovecotCRAM*) port=${server}_tls security=implicit ;; esac
      to "${!port}" $security "${login[@]}" "authentication = [\"$mechanism\"]"
      runs "$server takes a login by $mechanism ($security)" mail-send ben@example.com < plain
      arrives "$P" plain 'and the message arrives'
    done
  done
  to "$dovecot_tls" implicit "${login[@]}"
  run mail-send -v ben@example.com < plain
  exit_is 0 'nothing need be said of mechanisms'
  like "$err" 'AUTH SCRAM-SHA-256 …' 'the best that is offered is taken'
  unlike "$err" "$(printf '\0ada\0secret word' | base64)|secret" 'and no secret is told'
  empty "$P"
  printf 'wrong\n' > wrong
  chmod 600 wrong
  to "$dovecot_tls" implicit 'user = "ada"' "password-file = \"$T/wrong\""
  run mail-send ben@example.com < plain
  exit_is 77 'a wrong password is 77'
  like "$err" 'refuses the login: 535' 'with what the server says'
  for mechanism in XOAUTH2 OAUTHBEARER; do
    to "$dovecot_tls" implicit 'user = "ada"' "token-command = \"echo $(token ada)\"" "authentication = [\"$mechanism\"]"
    runs "Dovecot takes a token by $mechanism" mail-send ben@example.com < plain
    arrives "$P" plain 'and the message arrives'
  done
  to "$dovecot_tls" implicit 'user = "ada"' 'token-command = "echo none"' 'authentication = ["OAUTHBEARER"]'
  run mail-send ben@example.com < plain
  exit_is 77 'a wrong token is 77'
  like "$err" 'invalid_token' 'with the reason that the server gives'
  to "$dovecot_tls" implicit 'user = "ada"' "certificate = \"$T/ca/client.pem\"" "certificate-key = \"$T/ca/client.key\"" \
    'authentication = ["EXTERNAL"]'
  chmod 600 "$T/ca/client.key"
  runs 'Dovecot takes a certificate by EXTERNAL' mail-send ben@example.com < plain
  arrives "$P" plain 'and the message arrives'

  # --- LMTP

  outgoing 'kind = "lmtp"' "socket = \"$T/dovecot/lmtp\""
  for name in plain eightbit large; do
    runs "LMTP over a socket takes the message $name" mail-send ada@example.com < $name
    arrives "$T/dovecot/mail" $name "it arrives as it was written ($name)"
  done
  runs 'several recipients are answered one by one' mail-send --format json ada@example.com ben@example.com < plain
  is "$(grep -c '"sent".*<\(ada\|ben\)@example.com>' <<< "$out")" 2 'each by itself'
else
  skip 'logging in, and LMTP' 'Dovecot is not installed'
fi

# --- OpenSMTPD

if has_server opensmtpd && start_opensmtpd; then
  O=$T/opensmtpd/mail
  to "$opensmtpd_plain" none
  for name in plain eightbit large; do
    runs "OpenSMTPD takes the message $name" mail-send ben@example.com < $name
    arrives "$O" $name "it arrives as it was written ($name)"
  done
  run mail-send jörg@example.com ben@example.com < plain
  like "$err" 'jörg@example.com.*SMTPUTF8' 'an address that needs SMTPUTF8 is refused by itself'
  arrives "$O" plain 'the other is reached'
  if openssl s_client -connect "127.0.0.1:$opensmtpd_tls" < /dev/null 2>&1 | grep -q alert; then
    skip 'logging in at OpenSMTPD' 'this OpenSMTPD can encrypt with no client'
  else
    for mechanism in PLAIN LOGIN; do
      for security in starttls implicit; do
        port=opensmtpd_tls
        [ $security = implicit ] || port=opensmtpd_starttls
        to "${!port}" $security "${login[@]}" "authentication = [\"$mechanism\"]"
        runs "OpenSMTPD takes a login by $mechanism ($security)" mail-send ben@example.com < plain
        arrives "$O" plain 'and the message arrives'
      done
    done
  fi
else
  skip 'OpenSMTPD' 'it is not installed'
fi

# --- A program

if [ -x /usr/sbin/sendmail ]; then
  outgoing 'kind = "command"' "command = \"/usr/sbin/sendmail -C $T/postfix/etc -i -f %f -- %r\""
  run mail-send ben@example.com < plain
  like "$status" '^(0|75)$' 'a local sendmail is run'
fi
done_testing
