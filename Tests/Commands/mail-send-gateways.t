#!/bin/bash
# Messages to telephones, and the footers that an administrator imposes, as mail-send sends them.
. "$(dirname "$0")/lib.sh"
make_store
export OUTBOX=$T/out-box
mkdir -p "$OUTBOX" "$HOME/.config/postbag" && chmod 700 "$HOME/.config" "$HOME/.config/postbag"
cat > "$T/sendmail" <<'END'
#!/bin/bash
number=$(find "$OUTBOX" -name 'mail.*' | wc -l)
printf '%s\n' "$@" > "$OUTBOX/to.$number"
cat > "$OUTBOX/mail.$number"
END
cat > "$T/sms" <<'END'
#!/bin/bash
[ ! -e "$OUTBOX/sms-exit" ] || exit "$(cat "$OUTBOX/sms-exit")"
{ printf '%s\n' "$#" "$@" "$POSTBAG_FROM" "$POSTBAG_SENDER" "$POSTBAG_PARTS" "$POSTBAG_ALPHABET"; cat; } > "$OUTBOX/sms.${*: -1}"
echo 'accepted as 42'
END
cat > "$T/fax" <<'END'
#!/bin/bash
number=$1
shift
printf '%s\n' "$#" > "$OUTBOX/fax.$number"
for file; do head -c 5 "$file"; echo; done >> "$OUTBOX/fax.$number"
END
chmod +x "$T/sendmail" "$T/sms" "$T/fax"
configuration() {
  cat > "$HOME/.config/postbag/config.toml" <<END
[[identity]]
name = "Ada Example"
address = "ada@example.org"
[outgoing]
kind = "command"
command = "$T/sendmail %f %r"
[send]
queue = "never"
$1
END
  chmod 600 "$HOME/.config/postbag/config.toml"
}
reset() { rm -f "$OUTBOX"/*; }
letter() { message 'From: Ada Example <ada@example.org>' 'Message-ID: <one@example.org>' "$@"; }

configuration "[gateway.sms]
command = \"$T/sms\"
from = \"+3221234567\"
country = \"32\"
max-parts = 2
[gateway.fax]
command = \"$T/fax\"
converter = \"printf '%%PDF-odd'; cat\""

# SMS
runs 'an SMS goes to the command' mail-send -t -v < <(letter 'To: +32475123456@SMS' 'Subject: Not sent' -- $'Hello “you”.\n\n-- \nAda')
is "$(cat "$OUTBOX/sms.+32475123456")" '1
+32475123456
+3221234567
ada@example.org
1
gsm
Hello "you".' 'with its number, its text and no signature'
like "$err" '\+32475123456@SMS: sent: 2.0.0 1 part: accepted as 42' 'and what it said is told'
is "$(find "$OUTBOX" -name 'mail.*' | wc -l)" 0 'nothing goes to the mail server'
reset
runs 'a national number gets its country, in any form' mail-send '0475/12.34.56@sms' < <(letter)
ok 'and goes' test -e "$OUTBOX/sms.+32475123456"
reset
runs 'telephones and people get one message together' mail-send -t --format json < <(letter 'To: ben@example.com, +32475123456@SMS' 'Cc: +32475999999@SMS')
is "$(jq -r '[.address, .kind, .result] | @tsv' "$T/out")" $'ben@example.com\tmail\tsent\n+32475123456@SMS\tsms\tsent\n+32475999999@SMS\tsms\tsent' 'each with a result of its own'
is "$(sed 1d "$OUTBOX/to.0")" ben@example.com 'the server is given the mail address alone'
reset
# shellcheck disable=SC2016 # nothing of this may ever be expanded
for bad in '+32 x@SMS' '12@SMS' '$(touch pwned)@SMS' '`id`@fax' '+324751234567890123@SMS'; do
  run mail-send "$bad" < <(letter)
  isnt "$status" 0 "no number: $bad"
done
fails 'and no shell has seen it' test -e pwned
is "$(find "$OUTBOX" -type f | wc -l)" 0 'nothing was sent'
run mail-send +32475123456@SMS < <(letter -- "$(printf 'a%.0s' {1..307})")
exit_is 69 'too many parts are refused'
like "$err" 'the text takes 3 parts, and 2 are allowed' 'and counted'
echo 67 > "$OUTBOX/sms-exit"
run mail-send +32475123456@SMS < <(letter)
exit_is 69 'what the gateway refuses is refused'
echo 1 > "$OUTBOX/sms-exit"
run mail-send +32475123456@SMS < <(letter)
exit_is 75 'what it could not do may be tried again'
reset

# Fax
if command -v weasyprint > /dev/null; then
  runs 'a fax is a cover and the attachments' mail-send +3221234567@fax < <(letter 'Content-Type: multipart/mixed; boundary=b' -- '--b

See below.
--b
Content-Type: application/pdf; name=a.pdf
Content-Disposition: attachment

%PDF-1.4
--b
Content-Type: application/x-odd
Content-Disposition: attachment; filename=odd.xyz

odd
--b--')
  is "$(cat "$OUTBOX/fax.+3221234567")" $'3\n%PDF-\n%PDF-\n%PDF-' 'all of them PDFs'
  is "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'postbag-fax-*' -newer "$T/fax" -user "$(id -un)" -mmin -1 | wc -l)" 0 'no file is left behind'
fi
reset

# Gateways that are mail addresses
configuration '[gateway.sms]
address = "%n@sms.example.net"'
runs 'a gateway may be a mail address' mail-send +32475123456@SMS < <(letter 'Bcc: secret@example.org' -- $'Hello.\n> quote\n')
is "$(sed 1d "$OUTBOX/to.0")" 32475123456@sms.example.net 'the number stands in it'
is "$(sed '1,/^$/d' "$OUTBOX/mail.0")" 'Hello.' 'the mail is the text'
is "$(grep -ci '^bcc\|^subject' "$OUTBOX/mail.0")" 0 'and nothing else'
reset
configuration ''
run mail-send +32475123456@SMS < <(letter)
isnt "$status" 0 'without a gateway nothing goes'
like "$err" 'no gateway for SMS is configured' 'which is said'

# Footers
cat > "$T/system.toml" <<END
[[footer]]
domain = "example.org"
text = "Example Ltd., Köln"
html = "<p>Example <b>Ltd.</b></p>"
END
chmod 600 "$T/system.toml"
export POSTBAG_SYSTEM_CONFIG=$T/system.toml
if [ -e /etc/postbag/config.toml ]; then
  skip 'footers' 'this system has an administrator of its own'
  done_testing
fi
decoded() {
  python3 - "$1" <<'END'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
for part in m.walk():
    if part.get_content_maintype() == 'text':
        print(part.get_content_type(), repr(part.get_content()))
print([str(d) for p in m.walk() for d in p.defects])
END
}
runs 'a footer is below the text' mail-send ben@example.com < <(letter -- 'Hello.')
is "$(decoded "$OUTBOX/mail.0")" "text/plain 'Hello.\\n\\nExample Ltd., Köln\\n'
[]" 'in letters of its own'
reset
letter 'Content-Type: multipart/alternative; boundary=b' -- '--b
Content-Type: text/plain; charset=us-ascii

Hello.
--b
Content-Type: text/html; charset=utf-8

<html><body><p>Hello.</p></body></html>
--b--' > both
runs 'and in each alternative' mail-send ben@example.com < both
is "$(decoded "$OUTBOX/mail.0")" "text/plain 'Hello.\\n\\nExample Ltd., Köln'
text/html '<html><body><p>Hello.</p>\\n<div style=\"display:block !important\">\\n<p>Example <b>Ltd.</b></p>\\n</div>\\n</body></html>'
[]" 'in its own form'
cp "$OUTBOX/mail.0" again
reset
runs 'what has the footer' mail-send ben@example.com < again
is "$(grep -c 'Example.*Ltd' "$OUTBOX/mail.0")" "$(grep -c 'Example.*Ltd' again)" 'gets no second one'
reset
configuration '[[footer]]
domain = "example.org"
text = ""'
run mail-send ben@example.com < <(letter -- 'Hello.')
exit_is 78 'a user can not have footers'
configuration ''
reset
runs 'mail of another domain' mail-send -f ada@example.com ben@example.com < <(message 'From: ada@example.com' -- 'Hello.')
unlike "$(cat "$OUTBOX/mail.0")" 'Ltd' 'has none'
reset
runs 'what is encrypted' mail-send ben@example.com < <(letter 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data' -- 'x')
like "$err" "footer of example.org can't be put into a message that is encrypted" 'goes without, which is said'
is "$(sed '1,/^$/d' "$OUTBOX/mail.0")" x 'untouched'
reset
letter 'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s' -- '--s
Content-Type: text/plain

Hello.
--s
Content-Type: application/pgp-signature

x
--s--' > signed
runs 'what is signed' mail-send ben@example.com < signed
is "$(sed -n '/^--s$/,/^--s--$/p' "$OUTBOX/mail.0")" "$(sed -n '/^--s$/,/^--s--$/p' signed)" 'stays whole'
like "$(decoded "$OUTBOX/mail.0")" "text/plain 'Example Ltd., Köln" 'beside the footer'

done_testing
