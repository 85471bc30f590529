#!/bin/bash
# mail-attach: files, images, cards and messages become parts of a message that otherwise stays as it is.
# shellcheck disable=SC2094 # Two files are read here, none is written.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list XDG_DATA_DIRS=$T/nothing XDG_DATA_HOME=$T/nothing

# What mail-detach finds in the last output: types and names, one a line.
parts() { mail-detach --format json --all-parts - < "$T/out" | jq -r '.type + " " + (.name // "-")'; }
# A part of the last output, decoded.
part() { mail-detach --part "$1" - < "$T/out"; }
# The header of the part, from `Content-` fields.
field() { grep -aA1 -i "^$1:" "$T/out" | tr -d '\n'; }

message 'Message-ID: <plain@example.org>' -- $'Größe\nFrom here on\n' > plain.eml
printf 'one\ntwo\n' > plan.txt
head -c 100000 /dev/urandom > data.bin
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\10\2' > logo.png

# One text

runs 'a file is attached' mail-attach plan.txt < plain.eml
is "$(parts)" $'text/plain -\ntext/plain plan.txt' 'behind the text'
ok 'it arrives octet for octet' cmp <(part 2) plan.txt
is "$(part 1)" "$(sed '1,/^$/d' plain.eml)" 'the text stays'
is "$(grep -acx 'Content-Type: text/plain; charset=utf-8' "$T/out")" 1 'octets above ASCII are told of'
is "$(sed '/^$/q' plain.eml | grep -v '^$')" "$(sed '/^$/q' "$T/out" | grep -Ev '^(MIME-Version|Content-.*|$)')" 'the header stays'
cp "$T/out" once.eml
runs 'again into the multipart' mail-attach data.bin < once.eml
is "$(parts)" $'text/plain -\ntext/plain plan.txt\napplication/octet-stream data.bin' 'as a further part'
ok 'any octets arrive' cmp <(part 3) data.bin
ok 'what was there stays, octet for octet' cmp <(head -c "$(($(stat -c %s once.eml) - 25))" "$T/out") <(head -c -25 once.eml)
runs 'several files' mail-attach plan.txt data.bin logo.png < plain.eml
is "$(parts)" $'text/plain -\ntext/plain plan.txt\napplication/octet-stream data.bin\nimage/png logo.png' 'in their order'
sed 's/$/\r/' plain.eml > crlf.eml
runs 'a message with CRLF' mail-attach plan.txt data.bin < crlf.eml
is "$(grep -acv $'\r$' "$T/out")" 0 'gets CRLF'
ok 'its files arrive' cmp <(part 3) data.bin

# Encodings

encoding() { mail-attach "$1" < plain.eml > "$T/out" && sed -n '/filename/,/^$/p;/^Content-Transfer-Encoding: [^8]/p' "$T/out" | sed -n 's/^Content-Transfer-Encoding: //p'; }
is "$(encoding plan.txt)" '' 'plain text goes as it is'
printf 'Gr\xc3\xb6\xc3\x9fe is what it is, and a text is a text\n' > utf8.txt
is "$(encoding utf8.txt)" quoted-printable 'UTF-8 as quoted-printable'
ok 'and arrives' cmp <(part 2) utf8.txt
like "$(cat "$T/out")" 'charset=utf-8; name=utf8.txt' 'with its charset'
printf '\xd1\x8d\xd1\x82\xd0\xbe\n' > russian.txt
is "$(encoding russian.txt)" base64 'or as base64 where that is shorter'
printf 'a\r\nb\r\n' > dos.txt
is "$(encoding dos.txt)" base64 'other line ends are kept by base64'
ok 'and arrive' cmp <(part 2) dos.txt
printf 'caf\xe9\n' > latin.txt
run encoding latin.txt
unlike "$(grep -a latin.txt "$T/out")" charset 'no charset is guessed'
run mail-attach --type 'text/plain; charset=iso-8859-15' latin.txt < plain.eml
like "$(cat "$T/out")" 'charset=iso-8859-15' 'one may be given'
printf 'trailing \nFrom x\n' > fragile.txt
is "$(encoding fragile.txt)" quoted-printable 'what transport may change is encoded'
ok 'and arrives' cmp <(part 2) fragile.txt
head -c 3000 /dev/zero | tr '\0' x > long.txt
is "$(encoding long.txt)" quoted-printable 'long lines too'
ok 'and they arrive' cmp <(part 2) long.txt
: > empty.txt
runs 'an empty file' mail-attach empty.txt < plain.eml
is "$(part 2 | wc -c)" 0 'is an empty part'
printf -- '%s\n' "--$(sed -n 's/.*boundary="\(.*\)"/\1/p' once.eml)--" > boundary.txt
run mail-attach boundary.txt < once.eml
ok 'a text that has the boundary arrives' cmp <(part 3) boundary.txt

# Names and types

name='Ünïcode, "quoted" – 日本 🏳️‍🌈.txt'
cp plan.txt "$name"
runs 'a name in any language' mail-attach "$name" < plain.eml
is "$(parts | tail -1)" "text/plain $name" 'is kept'
is "$(grep -ac '^Content-' "$T/out"),$(LC_ALL=C grep -ac $'filename.*[\x80-\xff]' "$T/out")" 6,0 'in ASCII'
runs 'another name' mail-attach --name 'other.csv' plan.txt < plain.eml
is "$(parts | tail -1)" 'text/csv other.csv' 'says what it is'
for type in 'a/b\nX: y' 'text' 'a/' '/b' 'a b/c' 'a/b/c'; do
  run mail-attach --type "$type" plan.txt < plain.eml
  exit_is 64 "'$type' is no type"
done
runs 'a type' mail-attach --type application/x-own plan.txt < plain.eml
is "$(parts | tail -1)" 'application/x-own plan.txt' 'may be given'
printf 'a\n' > $'odd\e[31m\n.txt'
runs 'control characters in a name' mail-attach $'odd\e[31m\n.txt' < plain.eml
is "$(parts | tail -1)" 'text/plain odd[31m .txt' 'are dropped'
mkdir -p types/mime
printf '50:application/x-plan:*.txt\n' > types/mime/globs2
XDG_DATA_HOME=$T/types run mail-attach plan.txt < plain.eml
is "$(parts | tail -1)" 'application/x-plan plan.txt' 'the MIME-info database is asked'
printf 'text/x-mine\ttxt\n' > "$HOME/.mime.types"
XDG_DATA_HOME=$T/types run mail-attach plan.txt < plain.eml
is "$(parts | tail -1)" 'text/x-mine plan.txt' 'and before it ~/.mime.types'
rm "$HOME/.mime.types"

# Pipes

runs 'a pipe' mail-attach --name sizes.txt <(seq 100000) < plain.eml
ok 'is read to its end' cmp <(part 2) <(seq 100000)
runs 'standard input' mail-attach --into plain.eml --name n.txt - < plan.txt
ok 'can be a file' cmp <(part 2) plan.txt
run mail-attach <(echo x) < plain.eml
exit_is 64 'a pipe needs a name'
run mail-attach - --into plain.eml < plan.txt
exit_is 64 'and so does standard input'
run mail-attach - --name x < plan.txt
exit_is 64 'which is the message without --into'

# Images

printf '<p>ä <img src="logo.png"> <img src="cid:photo.png"></p>\n' > html
{ message 'MIME-Version: 1.0' 'Content-Type: multipart/alternative; boundary=b' -- $'--b\n\ntext\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n'"$(cat html)"$'\n--b--'; } > html.eml
cp logo.png photo.png
runs 'images go beside the HTML' mail-attach --inline logo.png --inline photo.png < html.eml
is "$err" '' 'and nothing is to be said'
is "$(parts)" $'text/plain -\ntext/html -\nimage/png logo.png\nimage/png photo.png' 'in a multipart/related'
like "$(field Content-Type)" 'multipart/alternative' 'inside the alternative'
like "$(cat "$T/out")" $'\nContent-ID: <photo.png>\n' 'an image that the HTML names by cid: has that identifier'
id=$(sed -n 's/^Content-ID: <\(.*@example.org\)>$/\1/p' "$T/out")
is "$(part 2.1)" "$(sed "s/src=\"logo.png\"/src=\"cid:$id\"/" html | head -c -1)" 'a file name becomes the address of the image'
ok 'the image arrives' cmp <(part 2.2) logo.png
cp "$T/out" images.eml
runs 'a further one' mail-attach --inline logo.png --content-id x@y < images.eml
is "$(parts | wc -l)" 5 'goes into the same multipart'
like "$err" 'does not show logo.png; it is <img src="cid:x@y">' 'one that is not shown is named with its address'
runs 'images and files' mail-attach --inline logo.png plan.txt < html.eml
is "$(parts)" $'text/plain -\ntext/html -\nimage/png logo.png\ntext/plain plan.txt' 'each have their place'
runs 'without HTML' mail-attach --inline logo.png < plain.eml
like "$err" 'no HTML' 'it is said'
is "$(parts | tail -1)" 'image/png logo.png' 'and the image follows the text'
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x10\0\0\0\x10\0\10\2' > large.png
run mail-attach --inline large.png < html.eml
like "$err" 'large.png is large .*4096 × 4096 pixels' 'a large image is pointed out'

# Messages

stored=$(message 'Message-ID: <stored@example.org>' 'Subject: Old / plans' 'Bcc: secret@example.org' -- 'Größe' | put)
runs 'a stored message' mail-attach --message id:stored@example.org --message "$stored" < plain.eml
is "$(parts | grep rfc822)" $'message/rfc822 Old - plans.eml\nmessage/rfc822 Old - plans.eml' 'is attached as a message'
unlike "$(cat "$T/out")" secret 'without its blind copies'
is "$(part 2)" "$(grep -v ^Bcc "$stored")" 'and else as it is'
like "$(sed '/^$/q' "$T/out")" 'Content-Transfer-Encoding: 8bit' 'octets above ASCII are told of'
runs 'a file that is a message' mail-attach plain.eml < crlf.eml
is "$(parts | tail -1)" 'text/plain -' 'is attached as one'
is "$(grep -acv $'\r$' "$T/out")" 0 'with the line ends of the message'
ok 'a message with the same boundary' mail-attach once.eml < once.eml
run mail-attach once.eml < once.eml
is "$(mail-detach --format json --all-parts - < "$T/out" | jq -r .part | tr '\n' ' ')" '1.1 1.2 2 2.1 2.2 ' 'stays whole'
run mail-attach --message id:nobody@example.org < plain.eml
exit_is 66 'a message that is not there is 66'
is "$out" '' 'and nothing is printed'
mail-list -t > /dev/null
runs 'a number of the last list' mail-attach --message 1 < plain.eml

# Cards

mkdir -p "$HOME/.config/postbag"
(umask 077 && printf '[[identity]]\nname = "Ada Ünï Example"\naddress = "ada@example.org"\naliases = ["a@example.net"]\norganization = "Äcme; Ltd"\n\n[[identity]]\naddress = "ben@example.com"\ncard = "~/ben.vcf"\n' > "$HOME/.config/postbag/config.toml")
runs 'a card' mail-attach --vcard < plain.eml
is "$(parts | tail -1)" 'text/vcard Ada Ünï Example.vcf' 'bears the name'
is "$(part 2 | tr -d '\r' | grep -E '^(FN|N|ORG|EMAIL)')" $'FN:Ada Ünï Example\nN:Example;Ada Ünï;;;\nORG:Äcme\\; Ltd\nEMAIL;TYPE=INTERNET:ada@example.org\nEMAIL;TYPE=INTERNET:a@example.net' 'and what the configuration says'
printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben\r\nEND:VCARD\r\n' > "$HOME/ben.vcf"
runs 'the card of another identity' mail-attach --vcard < <(message 'From: BEN@example.com')
ok 'is the file that is configured' cmp <(part 2) "$HOME/ben.vcf"
run mail-attach --vcard < <(message 'From: nobody@example.com')
exit_is 78 'an unknown identity is 78'
run mail-attach --vcard --config /dev/null < plain.eml
exit_is 78 'and so is none at all'

# What is refused

for type in 'multipart/signed; protocol="application/pgp-signature"; boundary=b' 'multipart/encrypted; boundary=b' 'application/pkcs7-mime; smime-type=enveloped-data'; do
  run mail-attach plan.txt < <(message "Content-Type: $type" -- $'--b\n\nx\n--b\n\ny\n--b--')
  exit_is 65 "${type%%;*} is 65"
  is "$out" '' 'and nothing is printed'
  like "$err" 'signed|sealed' 'the reason is said'
done
run mail-attach plan.txt missing nowhere/x < plain.eml
exit_is 66 'a missing file is 66'
is "$out" '' 'nothing is printed'
like "$err" 'missing: no such file.*x: no such file' 'all that is missing is named'
run mail-attach plan.txt "$T" < plain.eml
exit_is 66 'a directory is 66'
like "$err" 'is a directory' 'and is named'
if [ "$(id -u)" = 0 ]; then
  skip 'a file that may not be read' root
else
  cp plan.txt closed.txt && chmod 0 closed.txt
  run mail-attach closed.txt < plain.eml
  exit_is 77 'a file that may not be read is 77'
fi
run mail-attach --limit 50000 data.bin < plain.eml
exit_is 69 'what is larger than --limit is 69'
run mail-attach --limit 150000 data.bin data.bin < plain.eml
exit_is 69 'all files count together'
run mail-attach --name zero /dev/zero --limit 1M < plain.eml
exit_is 69 'a device without end has one'
is "$out" '' 'nothing is printed'
run mail-attach --limit 0 empty.txt < plain.eml
exit_is 0 'an empty file fits always'
run mail-attach plan.txt
exit_is 65 'an empty standard input is 65'
run mail-attach plan.txt < <(printf 'no header here at all\n')
exit_is 65 'a text is no message'
run mail-attach plan.txt --into "$T/nothing.eml"
exit_is 66 'a message that is not there is 66'
run mail-attach plan.txt --into "$T"
isnt "$status" 0 'a directory is no message'
tty mail-attach plan.txt
exit_is 64 'without a message on a terminal it is 64'
like "$out" 'mail-compose' 'with an example'
TMPDIR=$T/nowhere run mail-attach --name big.bin <(head -c 3000000 /dev/urandom) < plain.eml
isnt "$status" 0 'without room for a temporary file it fails'
is "$out" '' 'and prints nothing'
if [ -w /dev/full ]; then
  mail-attach plan.txt < plain.eml > /dev/full 2> "$T/err"
  is "$?,$(cat "$T/err")" '74,mail-attach: standard output: no space left on device (write)' 'a full disk behind standard output is 74'
else
  skip 'a full disk' 'there is no /dev/full'
fi
mkfifo fifo
timeout -s INT 2 mail-attach fifo < plain.eml > "$T/out" 2> /dev/null
is "$?,$(cat "$T/out")" 124, 'Ctrl-C ends the waiting for a pipe that nobody writes to'
printf '\0\xff\r\r\n\0' > garbage
run mail-attach plan.txt < garbage
exit_is 65 'garbage is 65'

for arguments in '' '--name x plan.txt logo.png' '--name x --inline logo.png plan.txt' '--type nonsense plan.txt' '--type multipart/mixed plan.txt' \
  '--type text/plain --vcard' '--content-id x plan.txt' '--limit many plan.txt' '--message -' '--into plain.eml - - --name x'; do
  # shellcheck disable=SC2086 # Words.
  run mail-attach $arguments < plain.eml
  exit_is 64 "mail-attach $arguments is 64"
done
run mail-attach --inline logo.png --content-id 'a b' < html.eml
exit_is 64 'a Content-ID has no spaces'

done_testing
