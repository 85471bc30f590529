#!/bin/bash
# mail-detach: attachments listed, saved, piped, opened and removed.
# shellcheck disable=SC2016 # Other shells expand these.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list

# A part of a multipart: part TYPE NAME [BODY]; the body is encoded in base64.
part() {
  printf -- '--b\nContent-Type: %s\nContent-Transfer-Encoding: base64\n' "$1"
  [ -z "$2" ] || printf 'Content-Disposition: attachment; filename="%s"\n' "$2"
  printf '\n%s\n' "$(printf '%s' "${3-content of $2}" | base64)"
}
# mixed [Name: value]… -- then the parts on standard input.
mixed() { message "$@" 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' -- "$(printf -- '--b\n\nHello.\n'; cat; printf -- '--b--')"; }

invoice=$({ part application/pdf invoice.pdf 'the invoice'; part image/png '' 'picture'; } | mixed 'Subject: Invoice' 'Message-ID: <invoice@example.org>' | put -s S)
card=$({ part text/vcard ada.vcf 'BEGIN:VCARD'; part text/calendar call.ics 'BEGIN:VCALENDAR'; } | mixed 'Subject: Card' 'Message-ID: <card@example.org>' | put)
plain=$(message 'Subject: Plain' 'Message-ID: <plain@example.org>' | put)

# Lists

runs 'attachments are listed' mail-detach "$invoice"
is "$out" 'Invoice
   2    11 B  application/pdf  invoice.pdf
   3     7 B  image/png        part-3.png' 'with number, size, type and name'
run mail-detach --list --all-parts id:invoice@example.org
like "$out" '   1     6 B  text/plain' 'texts too with --all-parts'
runs 'several messages at once' mail-detach "$invoice" "$card"
is "$(grep -c '^[A-Z]' "$T/out"),$(grep -c '^$' "$T/out")" 2,1 'each has its table'
runs 'in JSON' mail-detach --format json "$invoice"
is "$(sed -n 1p "$T/out")" '{"path":"'"$invoice"'","part":"2","type":"application/pdf","name":"invoice.pdf","file":"invoice.pdf","size":11,"attachment":true,"disposition":"attachment","content_id":null}' 'one object a part'
like "$(sed -n 2p "$T/out")" '"name":null,"file":"part-3.png"' 'a part without a name says so'
run env POSTBAG_FORMAT=json mail-detach "$invoice"
like "$out" '^\{"path"' 'also by $POSTBAG_FORMAT'
run mail-detach "$plain"
exit_is 1 'without attachments it is 1'
is "$out$err" '' 'and nothing is said'
runs 'a whole message on standard input' mail-detach - < "$invoice"
like "$out" 'invoice.pdf' 'is listed too'
runs 'references on standard input' mail-detach < <(mail-list)
like "$out" 'invoice.pdf' 'are followed'
runs 'nothing there is no error' mail-detach
mail-list -t > /dev/null
runs 'numbers of the last list' mail-detach 1-3
tty mail-detach
exit_is 64 'without references on a terminal it is 64'
run mail-detach /nowhere/at/all
exit_is 66 'a message that is not there is 66'

# To standard output and to programs

runs 'a part goes to standard output' mail-detach "$invoice" --part 2
is "$out" 'the invoice' 'decoded'
run mail-detach "$invoice" --part 9
exit_is 66 'a part that is not there is 66'
like "$err" '9: no such part' 'and is named'
run mail-detach "$invoice" --part x
exit_is 64 'a word is no number'
runs 'each attachment is piped' mail-detach "$invoice" --pipe 'wc -c; echo "$POSTBAG_PART_NAME $POSTBAG_PART_TYPE"'
is "$(tr -d ' \n' < "$T/out")" '11invoice.pdfapplication/pdf7part-3.pngimage/png' 'the command knows name and type'
runs 'a part is piped' mail-detach "$card" --part 3 --pipe cat
is "$out" BEGIN:VCALENDAR 'alone'
run mail-detach "$card" --part 3 --pipe 'exit 7'
exit_is 7 'the exit code of the command counts'
like "$err" 'exited with 7' 'and is said'

# Saving

mkdir files
runs 'all are saved' mail-detach "$invoice" --save files
is "$out" $'files/invoice.pdf\nfiles/part-3.png' 'the paths are printed'
is "$(cat files/invoice.pdf)" 'the invoice' 'decoded'
is "$(stat -c %a files/invoice.pdf)" 644 'as the umask allows'
run mail-detach "$invoice" --save files --part 2
is "$out" files/invoice-2.pdf 'nothing is overwritten'
echo changed > files/invoice.pdf
run mail-detach "$invoice" --save files --part 2 --overwrite
is "$out,$(cat files/invoice.pdf)" 'files/invoice.pdf,the invoice' 'unless it is asked for'
(cd files && mail-detach "$card" --save .) > "$T/out"
is "$(cat "$T/out")" $'ada.vcf\ncall.ics' 'in this directory too'
run mail-detach "$invoice" "$card" --save files
is "$(wc -l < "$T/out")" 4 'of several messages'
run mail-detach "$plain" --save files
exit_is 1 'nothing to save is 1'
run mail-detach "$invoice" --save nowhere
exit_is 66 'a directory that is not there is 66'
like "$err" 'nowhere: no such directory' 'and is named'
run mail-detach "$invoice" --save "$invoice"
exit_is 66 'a file is no directory'
if [ "$(id -u)" = 0 ]; then
  skip 'a directory that may not be written' root
else
  mkdir -m 555 closed
  run mail-detach "$invoice" --save closed
  exit_is 77 'a directory that may not be written is 77'
fi
run mail-detach "$invoice" "$card" --save files --part 3 /nowhere/x
exit_is 66 'what is missing is said'
is "$(wc -l < "$T/out")" 2 'the others are saved all the same'

evil=$({ part text/plain ../../etc/passwd; part text/plain .bashrc; part text/plain '-rf'; part text/plain "$(printf 'a%.0s' {1..1000}).txt"
  part text/plain $'gnp.\xe2\x80\xaeexe.pdf'; part text/plain $'a\x1b[31mb'; part text/plain 'C:\\dir\\doc.txt'; part text/plain ..; part text/plain /; } | mixed | put)
mkdir evil
runs 'hostile names are made harmless' mail-detach "$evil" --save evil
is "$(cd evil && find . -mindepth 1 -printf "%f\n" | sed 's/a\{200,\}/aaa/' | LC_ALL=C sort)" $'_rf\na[31mb\naaa.txt\nbashrc\ndoc.txt\ngnp.exe.pdf\npart-10.txt\npart-9.txt\npasswd' 'no path, nothing hidden, no controls'
is "$(find "$T" -maxdepth 1 -newer "$evil" -name passwd)" '' 'nothing beside the directory'
mkdir hidden
run mail-detach "$evil" --save hidden --part 3 --hidden
is "$out" hidden/.bashrc 'hidden ones when they are asked for'
run mail-detach "$evil"
unlike "$(cat "$T/out")" $'\x1b|\xe2\x80\xae' 'lists are clean'

forward=$({ printf -- '--b\nContent-Type: message/rfc822\n\n'; part application/zip x.zip | mixed 'Subject: Old: plans' | sed 's/boundary=b/boundary=c/;s/^--b/--c/'; } | mixed 'Subject: Fwd' | put)
run mail-detach "$forward"
like "$out" 'message/rfc822 +Old: plans' 'an attached message is listed'
like "$out" '2\.2 .* x.zip' 'and what is attached to it'
mkdir forward
run mail-detach "$forward" --save forward
is "$out" $'forward/Old: plans.eml\nforward/x.zip' 'it is saved as .eml'
runs 'which is a message' mail-detach - < 'forward/Old: plans.eml'
like "$out" x.zip 'with its attachment'

# Opening

export POSTBAG_OPEN='cp -t opened'
mkdir opened
runs 'a part is opened' mail-detach "$invoice" --open 2
is "$(cat opened/invoice.pdf)" 'the invoice' 'by the program that was named'
is "$(find "$T/runtime/postbag/open" -type f | wc -l)" 0 'the file goes afterwards'
POSTBAG_OPEN='stat -c %a' run mail-detach "$invoice" --open 2
is "$out" 600 'nobody else can read it meanwhile'
POSTBAG_OPEN=false run mail-detach "$invoice" --open 2
exit_is 1 'what the program says counts'
unset POSTBAG_OPEN
mkdir bin
printf '#!/bin/sh\necho "$@" | sed "s|/.*/|/…/|"\n' > bin/run-mailcap
chmod +x bin/run-mailcap
PATH=$T/bin:$PATH run mail-detach "$invoice" --open 2
like "$out" '^--action=view application.*/invoice.pdf$' 'mailcap is asked where there is no desktop'
printf '#!/bin/sh\ncp "$1" opened/desktop\n' > bin/xdg-open
chmod +x bin/xdg-open
DISPLAY=:9 PATH=$T/bin:$PATH run mail-detach "$invoice" --open 2
is "$(cat opened/desktop)" 'the invoice' 'xdg-open where there is one'
is "$(find "$T/runtime/postbag/open" -name invoice.pdf | wc -l)" 1 'the file stays for a program that goes on'
touch -d '2 days ago' "$T"/runtime/postbag/open/*
PATH=$T/bin:$PATH run mail-detach "$invoice" --open 2
is "$(find "$T/runtime/postbag/open" -type f | wc -l)" 0 'and goes a day later'

# Contacts

bare=$T/bare
mkdir "$bare"
for program in mail-detach tr; do ln -s "$(command -v $program)" "$bare/"; done
PATH=$bare run mail-detach "$card" --to-contacts
exit_is 69 'without mail-contact it is 69'
like "$err" 'mail-contact is not installed' 'and is said'
PATH=$bare run mail-detach "$invoice" --open 2
exit_is 69 'so it is without a program to open files'
printf '#!/bin/sh\n[ "$1" = import ] && cat > contact\n' > bin/mail-contact
chmod +x bin/mail-contact
PATH=$T/bin:$PATH runs 'cards are handed over' mail-detach "$card" --to-contacts
is "$(cat contact)" BEGIN:VCARD 'decoded'
PATH=$T/bin:$PATH run mail-detach "$invoice" --to-contacts
exit_is 1 'no card is 1'

# Removing

# What a message is found by.
found() { mail-search "$@" 2> /dev/null | wc -l; }
big=$({ part application/pdf contract.pdf "$(seq 9999)"; part text/csv table.csv 1,2; } | mixed 'Subject: Contract' 'Message-ID: <big@example.org>' | put -s FS)
cp "$big" before
touch -d '2024-05-06 07:08:09' "$big"
mail-index
mail-tag +keep "$big"
mail-comment --text 'my words' "$big"
is "$(found attachment:contract id:big@example.org),$(found has:attachment id:big@example.org)" 1,1 'an attachment is found by its name'
runs 'a part is removed' mail-detach "$big" --remove 2
is "$out$err" '' 'without a word'
now=$(mail-search id:big@example.org)
is "$(wc -l <<< "$now")" 1 'the message is there once'
isnt "$now" "$big" 'in a new file'
ok 'the old one has gone' test ! -e "$big"
is "$(stat -c %Y "$now")" "$(date -d '2024-05-06 07:08:09' +%s)" 'of the same time'
like "$now" ':2,FS$' 'with the same flags'
is "$(diff <(sed -n '1,/^Hello/p' before) <(sed -n '1,/^Hello/p' "$now"))$(diff <(sed -n '/^Content-Type: text.csv/,$p' before) <(sed -n '/^Content-Type: text.csv/,$p' "$now"))" '' 'what is before and behind the part is as it was'
like "$(cat "$now")" 'Content-Type: message/external-body; access-type=x-mutt-deleted;' 'a trace is in its place'
like "$(cat "$now")" 'The part "contract.pdf" \(application/pdf, 48887 bytes\) was removed on ' 'that says what it was'
is "$(mail-detach "$now" | sed 1d)" '   3     3 B  text/csv  table.csv' 'it is no longer listed'
is "$(mail-detach "$big" | sed 1d)" '   3     3 B  text/csv  table.csv' 'the old path still means the message'
is "$(mail-list --tag keep)" "$now" 'tags stay'
is "$(mail-comment "$now")" "$(mail-comment "$now" | grep 'my words')" 'the comment too'
run mail-detach "$now" --remove 2
exit_is 0 'a second time there is nothing to do'
is "$(mail-search id:big@example.org)" "$now" 'and nothing is done'
run mail-detach "$now" --part 2
exit_is 66 'what was removed is no part any more'
like "$err" 'has been removed' 'and that is said'
mkdir saved
runs 'the rest is saved and removed' mail-detach "$now" --save saved --remove all
is "$out,$(cat saved/table.csv)" saved/table.csv,1,2 'the path is printed'
mail-index
is "$(found attachment:contract id:big@example.org),$(found attachment:table id:big@example.org),$(found has:attachment id:big@example.org)" 0,0,0 'search finds it as attachment no more'
runs 'nothing left is no error' mail-detach id:big@example.org --remove all
run mail-detach id:big@example.org --remove 7
exit_is 66 'a part that is not there is 66'
run mail-detach id:big@example.org --remove 1.1
exit_is 66 'so is one inside a text'
mail-list -t --sort size > /dev/null
number=$(mail-list -t --sort size | awk '/Invoice/ { print $1 }')
runs 'by number of the list' mail-detach "$number" --remove 3
run mail-detach "$number"
is "$(wc -l < "$T/out")" 2 'and the number still means it'
runs 'a message passes through' mail-detach --remove all - < before
is "$(mail-detach - < "$T/out")" '' 'without its attachments'
cp "$T/out" passed
run mail-detach --remove all - < passed
ok 'and unchanged a second time' cmp passed "$T/out"
run mail-detach --remove all "$T/before"
exit_is 66 'a file outside the store can not be changed'
run mail-detach --save nowhere --remove all "$card"
exit_is 66 'what can not be saved'
ok 'is not removed' test -e "$card"

signed=$(message 'Subject: Signed' 'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s' -- "$(
  printf -- '--s\nContent-Type: multipart/mixed; boundary=b\n\n'; part application/pdf s.pdf; printf -- '--b--\n--s\nContent-Type: application/pgp-signature\n\nx\n--s--')" | put)
run mail-detach "$signed" --remove all
exit_is 69 'a signature is not broken unasked'
like "$err" 'OpenPGP signature is no longer good' 'and it is said why'
ok 'the message is as it was' test -e "$signed"
tty_input=n tty bash -c "mail-detach '$signed' --remove all <<< n"
exit_is 69 'no question without a terminal'
runs 'with --force' mail-detach "$signed" --remove all --force
is "$(mail-detach "$signed")" '' 'it is removed'
sealed=$(message 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e' -- $'--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e\nContent-Type: application/octet-stream\n\ndata\n--e--' | put)
run mail-detach "$sealed" --remove 2 --force
exit_is 69 'nothing is taken out of what is encrypted'
like "$err" 'sealed with OpenPGP' 'and it is said why'
run mail-detach "$sealed"
like "$err" 'is encrypted with OpenPGP' 'lists say it too'
damaged=$(printf 'Content-Type: multipart/mixed; boundary=b\n--b\n\none\n--b\n\ntwo\n--b--\n' | put)
run mail-detach "$damaged" --remove 1
exit_is 65 'a message too damaged for that is 65'
is "$(mail-index --check 2>&1 | grep -vi 'ok\|agree\|consistent')" '' 'the store is whole'

# Wrong command lines

for line in '--list --remove 2' '--open 2 --part 2' '--save d --list' '--hidden' '--overwrite' '--force' '--part 1 --format json' \
  '--remove 2 --all-parts' '--remove x' '--open 1.MIME' '--nonsense' '--format xml' '--part 1 --remove 2' '--part 1 --list'; do
  # shellcheck disable=SC2086
  run mail-detach $line "$invoice"
  exit_is 64 "64: $line"
done
MAILDIR=$T/nowhere run mail-detach id:x@example.org
exit_is 66 'a store that is not there is 66'
printf 'x = [\n' > wrong.toml
run mail-detach --config wrong.toml id:x@example.org
exit_is 78 'a wrong configuration is 78'
run mail-detach --save '' "$invoice"
exit_is 64 '64: an empty name of a directory'
run mail-detach --store "$MAILDIR" id:nobody@example.org
exit_is 66 'a message of that name that is not there'
run mail-detach < <(echo word)
exit_is 65 'a line that is no reference is 65'

done_testing
