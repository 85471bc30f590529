#!/bin/bash
# mail-archive: zip files, mboxes and Maildirs of messages, what is in them, and removing what is safe in them.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list

one=$(message 'Subject: Re: one/two?' 'Message-ID: <one@example.org>' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' | put -s FS -t 1551693600)
two=$(message 'Subject: =?UTF-8?Q?=C3=9Cbersicht?=' 'Message-ID: <two@example.org>' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' -- $'>From the start\nFrom the end\r\nno line end' | put -n -t 1551780000)
three=$(message 'Subject: three' 'Message-ID: <three@example.org>' 'Date: Wed, 06 Mar 2024 10:00:00 +0000' | put -f Work -s R -t 1709719200)
four=$(message 'Subject: four' 'Message-ID: <four@example.org>' 'Date: Thu, 07 Mar 2024 10:00:00 +0000' | put -f Work/Old -s S -t 1709805600)
message 'Subject: gone' 'Message-ID: <gone@example.org>' | put -f Trash > gone
message 'Subject: spam' 'Message-ID: <spam@example.org>' | put -f Junk > spam
# What it ends in doesn't matter: no line end, CRLF and NUL among it.
printf 'more\0\r\n\n\nFrom x' >> "$two"
touch -d @1551780000 "$two"
mail-tag create tax --colour red
mail-tag +tax +'two words' "$one"
mail-comment --text $'paid\n"twice"' "$one" 2> /dev/null

runs 'all messages are archived' mail-archive --all -o all.zip
is "$out" "$T/all.zip" 'the path of the archive is printed'
is "$err" '' 'and nothing else'
is "$(stat -c %a all.zip)" 600 'only the owner may read it'
is "$(find . -maxdepth 1 -name '.*' -type f)" '' 'no other file is left'
run mail-archive list all.zip
is "$(sed 's/ [0-9a-f]\{8\}\.eml$//' out)" 'Inbox/2019-03-04 Re one_two_
Inbox/2019-03-05 Übersicht
Work/2024-03-06 three
Work/Old/2024-03-07 four' 'all but Trash and Junk, with names for every system'
names=$out
runs 'in a second archive' mail-archive --all -o again.zip
ok 'there is the same' cmp all.zip again.zip
for number in 1 2 3 4; do
  file=$(sed -n "${number}p" <<< $'one\ntwo\nthree\nfour')
  run mail-archive show all.zip $number
  ok "message $number is what it was" cmp "$T/out" "${!file}"
done
run mail-archive show all.zip "$(sed -n 2p <<< "$names")"
ok 'it is found by its name' cmp "$T/out" "$two"
name=$(sed -n 4p <<< "$names")
run mail-archive show all.zip "${name##*/}"
ok 'and by the last part of it' cmp "$T/out" "$four"
run mail-archive show all.zip 5
exit_is 66 'a number that is none is 66'
run mail-archive show all.zip none
like "$err" '^mail-archive: all.zip: none: no such message' 'and is named'

run mail-archive list --format json all.zip
is "$(jq -r '[.number, .folder, .subject, .from, .time, .received, (.flags | join(",")), (.tags | join(",")), .comment] | map(tostring) | join("|")' <<< "$out" | tr '\n' '/')" \
  '1|Inbox|Re: one/two?|Ada Example|1551693600|1551693600|seen,flagged,commented|tax,two words|paid/"twice"/2|Inbox|Übersicht|Ada Example|1551780000|1551780000|recent||null/3|Work|three|Ada Example|1709719200|1709719200|answered||null/4|Work/Old|four|Ada Example|1709805600|1709805600|seen||null/' \
  'JSON has what the store knew'
is "$(jq -r '[.name, .message_id, .from_address, .to, .date, .size] | @csv' <<< "$out" | head -1)" \
  "\"$(sed -n 1p <<< "$names")\",\"one@example.org\",\"ada@example.org\",\"Ben Example\",\"2019-03-04T10:00:00Z\",$(stat -c %s "$one")" 'and what lists show'
run mail-archive list -t all.zip
like "$out" '^ *1  *\*.*"? .*2019-03-04 Ada Example .*Inbox .*Re: one/two\?' 'a table has numbers'
is "$(mail-archive list --table all.zip)" "$out" '--table is -t'
is "$(mail-archive list --format table all.zip)" "$out" 'and --format table'
run mail-archive list --format names -0 all.zip
is "$out" "$names" 'names'
is "$(tr -cd '\0' < out | wc -c)" 4 'separated by NUL'
is "$(mail-archive list --null all.zip | tr '\0' '\n')" "$names" '--null is -0'
tty mail-archive list all.zip
like "$out" '2019-03-05 Ada Example' 'on a terminal it is a table'
tty mail-archive show all.zip 3
like "$out" 'three' 'and a message is shown by mail-show'
unlike "$out" 'Message-ID' 'as that shows it'

if command -v unzip > /dev/null; then
  ok 'unzip reads it' unzip -qq all.zip -d unpacked
  ok 'every byte' cmp "unpacked/$(sed -n 2p <<< "$names")" "$two"
  is "$(stat -c %Y "unpacked/$(sed -n 1p <<< "$names")")" 1551693600 'with the dates of the messages'
  is "$(stat -c %a "unpacked/$(sed -n 1p <<< "$names")")" 600 'for the owner alone'
else
  skip 'unzip reads it' 'unzip is not installed'
fi
if command -v python3 > /dev/null; then
  is "$(python3 -c 'import zipfile; z = zipfile.ZipFile("all.zip"); print(z.testzip(), len(z.namelist()), all(i.flag_bits & 0x800 for i in z.infolist()))')" 'None 5 True' 'so does Python, names are UTF-8'
fi

run mail-archive --all -o all.zip
exit_is 73 'an archive that exists is 73'
like "$err" "^mail-archive: $T/all.zip: exists already" 'and is named'
ok 'it stays as it was' cmp all.zip again.zip
ln -s nowhere link.zip
run mail-archive --all -o link.zip
exit_is 73 'so is a link that leads nowhere'
run mail-archive --all -o none/all.zip
exit_is 73 'a directory that is missing is 73'
like "$err" "^mail-archive: $T/none: no such directory" 'and is named'

mkdir named && cd named || exit 1
runs 'without -o' mail-archive --folder Work
is "$out" "$T/named/mail-$(date +%F).zip" 'the archive is named by the date'
is "$(mail-archive list "$out" | grep -c .)" 2 'a folder goes with those below it'
run mail-archive --folder Work
exit_is 73 'the second one of a day needs a name'
cd "$T" || exit 1
count() { mail-archive list "$1" | wc -l; }
mail-archive --folder 'Work/*' --folder Trash --output globs.zip > /dev/null
is "$(count globs.zip)" 2 'folders may be patterns, several, and Trash when it is named'
make_store "$T/levels"
message 'Subject: inbox' | put > /dev/null
message 'Subject: deep' | put -f Level/Deep > /dev/null
message 'Subject: deeper' | put -f Level/Deep/Er > /dev/null
mail-archive --folder Level -o level.zip > /dev/null
is "$(mail-archive list --format json level.zip | jq -r .folder | paste -sd,)" Level/Deep,Level/Deep/Er 'a level that is no folder means those below it'
run mail-archive --folder Leve -o x.zip
exit_is 66 'what only begins like one does not'
MAILDIR=$T/Maildir
run mail-archive --folder Nowhere -o x.zip
exit_is 66 'a folder that is not there is 66'
mail-archive --all --before 2024 -o before.zip > /dev/null
is "$(count before.zip)" 2 '--before takes the older ones'
mail-archive --before 2024-03-07 --folder Work -o before2.zip > /dev/null
is "$(count before2.zip)" 1 'of a folder'
run mail-archive --all --before soon -o x.zip
exit_is 64 'what is no date is 64'
run mail-archive --all --before 1990 -o x.zip
exit_is 1 'no message to archive is 1'
fails 'and makes no archive' test -e x.zip

runs 'messages can be named' mail-archive "$one" id:four@example.org "$one" -o refs.zip
is "$(count refs.zip)" 2 'each is in it once'
mail-list -t --all > /dev/null
mail-archive 1-2 -o numbers.zip > /dev/null
is "$(count numbers.zip)" 2 'by their numbers'
mail-search --limit all subject:three | mail-archive -o stdin.zip > /dev/null
is "$(mail-archive list stdin.zip --format json | jq -r .subject)" three 'or on standard input'
printf '%s\0' "$one" "$two" | mail-archive -0 -o null.zip > /dev/null
is "$(count null.zip)" 2 'separated by NUL'
printf '%s\0' "$one" | mail-archive --null -o null2.zip > /dev/null
is "$(count null2.zip)" 1 '--null is -0'
runs 'nothing there is no error' mail-archive -o nothing.zip
fails 'and makes no archive' test -e nothing.zip
run mail-archive -o x.zip < <(printf 'word\n')
exit_is 65 'a line that is no reference is 65'
run mail-archive id:none@example.org "$one" -o missing.zip
exit_is 66 'a message that is not there is 66'
is "$(count missing.zip)" 1 'the others are archived'
message 'Message-ID: <same@example.org>' -- one | put > /dev/null
message 'Message-ID: <same@example.org>' -- two | put > /dev/null
run mail-archive id:same@example.org -o x.zip
exit_is 65 'an id of two different messages is 65'
rm "$(mail-list id:same@example.org 2> /dev/null | head -1)" 2> /dev/null
mail-search --limit all id:same@example.org | xargs rm
tty mail-archive -o x.zip
exit_is 64 'on a terminal without messages it is 64'
for words in "--all $one" "--all --folder Work" "--folder Work $one" "--all --delete -o x.mbox" "--all -o x.tar" "--all --format tar" '--all --format mbox -o x.zip' '--all --format zip -o x.mbox' '--all --format zip -o x/' 'word' 'list' 'show all.zip' '--all 99'; do
  # shellcheck disable=SC2086
  run mail-archive $words
  exit_is 64 "$words is 64"
done

# mbox
runs 'an mbox by its name' mail-archive --all -o all.mbox
is "$(grep -ac '^From ' all.mbox)" 4 'has a line for each message'
is "$(sed -n 1,3p all.mbox)" 'From ada@example.org Mon Mar  4 10:00:00 2019
Status: RO
X-Status: F' 'with the flags'
like "$(grep -a X-Keywords all.mbox)" '^X-Keywords: tax' 'and the tags'
is "$(grep -ac '^>>From the start\|^>From the end' all.mbox)" 2 'lines like it are quoted'
runs 'by its format' mail-archive --all --format mbox -o other
ok 'it is the same' cmp all.mbox other

is "$(mail-archive list all.mbox | paste -sd,)" 1,2,3,4 'its messages have numbers'
is "$(mail-archive list --format json all.mbox | jq -r '[.number, .name, .folder, .subject, .received, (.flags | join(",")), (.tags | join(","))] | map(tostring) | join("|")' | sed -n 1,2p)" \
  $'1|null|null|Re: one/two?|1551693600|seen,flagged|tax,two words\n2|null|null|Übersicht|1551780000||' 'and what the fields say'
run mail-archive show all.mbox 3
ok 'a message of it is what it was' cmp out "$three"
run mail-archive show all.mbox 5
exit_is 66 'a number that is none is 66'
run mail-archive show all.mbox three
exit_is 66 'names there are none'
: > empty.mbox
runs 'an mbox may be empty' mail-archive list empty.mbox
is "$out" '' 'then nothing is listed'
run mail-archive list "$one"
exit_is 65 'a message is no archive'

# Maildir
runs 'a Maildir by its name' mail-archive --all -o copy/
is "$out" "$T/copy" 'is named without the slash'
is "$(cd copy && find . -type f -path '*cur/*' -o -type f -path '*new/*' | wc -l)" 4 'has all messages'
ok 'in files of the same names' cmp "$three" "copy/.Work/cur/$(basename "$three")"
is "$(stat -c %Y "copy/.Work/cur/$(basename "$three")")" 1709719200 'and times'
is "$(mail-list --store copy --all --unread --format json | jq -r .subject | sort | paste -sd,)" three,Übersicht 'mail-list lists it'
is "$(head -1 copy/postbag.json)" '{"postbag":1,"messages":4,"tags":{"tax":"red"}}' 'what else is known is beside it'
is "$(mail-archive list copy)" "cur/$(basename "$one")
new/$(basename "$two")
.Work/cur/$(basename "$three")
.Work.Old/cur/$(basename "$four")" 'mail-archive lists the names of its files'
is "$(mail-archive list --format json copy/ | jq -c 'del(.name)')" "$(mail-archive list --format json all.zip | jq -c 'del(.name)')" 'with all that a zip file says'
run mail-archive list -t copy
like "$out" '^ *1  *\*.*2019-03-04 Ada Example .*Inbox .*Re: one/two\?' 'also as a table'
run mail-archive show copy 2
ok 'a message of it is what it was' cmp out "$two"
run mail-archive show copy "$(basename "$four")"
ok 'also by its name' cmp out "$four"
run mail-archive show copy 5
exit_is 66 'a number that is none is 66'
mv "copy/.Work/cur/$(basename "$three")" "copy/.Work/cur/$(basename "$three" | sed 's/:2,R/:2,FR/')"
message 'Subject: foreign' > copy/.Work/new/1.foreign
is "$(mail-archive list --format json copy | jq -r 'select(.folder == "Work") | [.subject, (.flags | join(","))] | join(" ")')" \
  $'three answered,flagged\nforeign recent' 'what other programs have changed and added is seen'
mkdir -p plain/cur
runs 'a Maildir may be empty' mail-archive list plain
printf 'x' > plain/postbag.json
run mail-archive list plain
exit_is 65 'its manifest may be damaged'
run mail-archive --all --format maildir -o copy
exit_is 73 'one that exists is 73'

# --delete
run mail-archive --json --folder Work --delete -o work.zip
exit_is 0 'messages are removed'
is "$out" "{\"archive\":\"$T/work.zip\",\"messages\":2,\"bytes\":$(($(mail-archive list work.zip --format json | jq .size | paste -sd+))),\"size\":$(stat -c %s work.zip),\"removed\":2,\"missing\":0}" 'and counted in JSON'
is "$(find "$MAILDIR/.Work" "$MAILDIR/.Work.Old" -type f -path '*/cur/*')" '' 'they are gone'
is "$(count work.zip)" 2 'but in the archive'
is "$(mail-list --all | wc -l)" 2 'the others stay'
ok 'the store is whole' mail-index --check
tty mail-archive --folder Inbox --delete -o inbox.zip
like "$out" "^mail-archive: $T/inbox.zip: 2 messages, [0-9]+ bytes in [0-9.]+ (bytes|kB), all removed from the store" 'people are told'
ok 'messages are shown from the archive' test "$(mail-archive show inbox.zip 1 | mail-show --raw -)" = "$(mail-archive show all.zip 1)"
runs 'and go back into the store' mail-deliver -m Work < <(mail-archive show work.zip 2)
is "$(mail-list Work --format json | jq -r .subject)" four 'where one wants them'

# What can't be read
printf 'no zip' > bad.zip
run mail-archive list bad.zip
exit_is 65 'garbage is 65'
like "$err" '^mail-archive: bad.zip: ' 'and named'
head -c 300 all.zip > cut.zip
run mail-archive list cut.zip
exit_is 65 'what is cut off is 65'
is "$err" 'mail-archive: cut.zip: damaged: its end is missing' 'and why'
run mail-archive list none.zip
exit_is 66 'a file that is not there is 66'
run mail-archive show none.zip 1
exit_is 66 'to show as well'
run mail-archive list "$T"
exit_is 65 'a directory is none'
like "$err" 'neither a zip file, an mbox nor a Maildir' 'and that is said'
if command -v zip > /dev/null; then
  mkdir -p foreign/Liste && cp unpacked/Inbox/*one*.eml foreign/Liste/a.eml
  message > foreign/b.eml
  (cd foreign && zip -qr ../foreign.zip . && zip -qP secret ../foreign.zip b.eml)
  run mail-archive list foreign.zip
  is "$out" 'Liste/a.eml' 'a zip file of another program is listed'
  exit_is 65 'as far as it can be read'
  is "$err" 'mail-archive: foreign.zip: b.eml: encrypted' 'the rest is named'
  is "$(mail-archive list foreign.zip --format json 2> /dev/null | jq -r '[.folder, .subject] | join(" ")')" 'Liste Re: one/two?' 'folders are those of the file'
  run mail-archive show foreign.zip b.eml
  exit_is 66 'what can not be read is not shown'
  mkdir -p mixed/Sub
  printf 'read me\n' > mixed/readme.txt
  printf 'no mail in it\n' > mixed/Sub/empty.eml
  message 'Subject: mail' > mixed/Sub/mail.eml
  { printf 'From ada@example.org Mon Mar  4 10:00:00 2024\n' && message 'Subject: alone'; } > mixed/alone.eml
  cp all.mbox mixed/Sub/box.mbox
  message 'Subject: last' > mixed/z.eml
  (cd mixed && zip -q ../mixed.zip readme.txt Sub/empty.eml Sub/mail.eml alone.eml Sub/box.mbox z.eml)
  runs 'of a zip file with other things in it' mail-archive list mixed.zip
  is "$out" 'Sub/mail.eml
alone.eml
Sub/box.mbox/1
Sub/box.mbox/2
Sub/box.mbox/3
Sub/box.mbox/4
z.eml' 'messages are listed, also those of an mbox in it'
  is "$err" 'mail-archive: mixed.zip: 2 other files are no mail' 'the others are counted'
  is "$(mail-archive list mixed.zip --format json 2> /dev/null | jq -r '[.number, .folder, .subject] | map(tostring) | join(" ")' | paste -sd,)" \
    '1 Sub mail,2 null alone,3 Sub/box Re: one/two?,4 Sub/box Übersicht,5 Sub/box three,6 Sub/box four,7 null last' 'with numbers and folders'
  is "$(mail-import --dry-run mixed.zip 2>&1 | grep -c '7 messages')" 1 'as many as mail-import finds'
  mail-archive show all.mbox 3 > third
  mail-archive show mixed.zip 5 > out
  ok 'a message of the mbox is shown by its number' cmp out third
  mail-archive show mixed.zip Sub/box.mbox/3 > out
  ok 'and by its name' cmp out third
  is "$(mail-archive show mixed.zip 7 | grep Subject)" 'Subject: last' 'numbers go on behind it'
  is "$(mail-archive show mixed.zip alone.eml | grep Subject)" 'Subject: alone' 'one that is alone has the name of its file'
  for name in 0 8 readme.txt Sub/box.mbox Sub/box.mbox/5 Sub/box.mbox/0 Sub/empty.eml; do
    run mail-archive show mixed.zip $name
    exit_is 66 "$name is no message"
  done
fi
if [ "$(id -u)" != 0 ]; then
  mkdir -m 500 locked
  run mail-archive --all -o locked/x.zip
  exit_is 77 'a directory that can not be written is 77'
fi
run mail-archive --all --store none -o x.zip
exit_is 66 'a store that is not there is 66'
printf 'x' > bad.toml
run mail-archive --all --config bad.toml -o x.zip
exit_is 78 'a wrong configuration is 78'

done_testing
