#!/bin/bash
# mail-import: every kind of source, what becomes of flags, tags, times and folders, and every option and exit code.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
line='From ada@example.org Mon Mar  4 10:00:00 2024'
body() { cat "$(mail-list --folder "${2:-Inbox}" --format json | jq -r --arg s "$1" 'select(.subject == $s).path' | head -1)"; }
paths() { mail-list --all --format json | jq -r "select(.subject == \"$1\").path"; }
flags() { basename "$(paths "$1" | head -1)" | sed 's/.*:2,//'; }
tags() { mail-list --all --format json | jq -r "select(.subject == \"$1\").tags | join(\" \")"; }
clear() { rm -rf "$MAILDIR"; make_store; }
counts() { mail-folder list --format json | jq -r 'select(.total > 0) | "\(.name):\(.total)"' | tr '\n' ' '; }

# An mbox
printf '%s\nSubject: one\nMessage-ID: <one@example.org>\nStatus: RO\nX-Status: AF\nX-Keywords: work to=20do\n\nfirst\n>From here\n\n%s\nSubject: two\nMessage-ID: <two@example.org>\n\nsecond\n\n' "$line" "$line" > two.mbox
run mail-import two.mbox
exit_is 0 'an mbox is imported'
is "$out" '' 'nothing is printed on standard output'
is "$err" 'mail-import: 2 messages imported into Inbox (111 B)' 'a summary is, on standard error'
is "$(flags one),$(flags two)" FRS, 'marks become flags, and a message without marks is unread'
is "$(tags one)" 'to do work' 'keywords become tags'
is "$(body one)" $'Subject: one\nMessage-ID: <one@example.org>\n\nfirst\nFrom here' 'the message is what it was before it came into the mbox'
is "$(stat -c %Y "$(paths one)")" 1709546400 'the time of the file is that of the From line'
is "$(find "$MAILDIR/postbag" -name 'import-*')" '' 'an import that has ended leaves no journal'
run mail-import -q two.mbox
is "$err,$(counts)" ',Inbox:4 ' 'the same file is imported again; --quiet prints no summary'
run mail-import --skip-duplicates two.mbox
is "$err" 'mail-import: 0 messages imported; 2 there already' '--skip-duplicates leaves out what is there'
sed -i 's/^Subject: one/Received: from elsewhere\nSubject: one/; s/$/\r/' two.mbox
run mail-import --skip-duplicates two.mbox
is "$err" 'mail-import: 0 messages imported; 2 there already' 'also when it came another way'
sed -i 's/^second/changed/' two.mbox
run mail-import --skip-duplicates two.mbox
like "$err" '^mail-import: 1 message imported .*; 1 there already' 'another body is another message'
message 'Subject: none' | grep -v '^Message-ID' > none.eml
run mail-import none.eml
run mail-import --skip-duplicates none.eml none.eml
is "$err" 'mail-import: 0 messages imported; 2 there already' 'a message without a Message-ID is known by its bytes'
mkdir -p "$MAILDIR"/.Trash/{cur,new,tmp} && mv "$(paths none)" "$MAILDIR/.Trash/cur/"
run mail-import --skip-duplicates none.eml none.eml
like "$err" '^mail-import: 1 message imported .*; 1 there already' 'what lies in Trash is imported, but not twice'

# Options
clear
run mail-import --folder Old/Mail --tag kept --tag 'to do' --mark seen --mark unflagged two.mbox
exit_is 0 'a folder, tags and marks can be given'
is "$(counts)" 'Old/Mail:2 ' 'the folder is made'
is "$(flags one),$(flags two)" RS,S 'marks are set and taken off'
is "$(tags two)" 'kept to do' 'tags are put on'
run mail-import --dry-run --folder Elsewhere two.mbox
is "$status,$out" '0,Elsewhere: 2 messages, 146 B, a new folder' '--dry-run tells what would come into which folder'
is "$err" 'mail-import: 2 messages would be imported' 'and how much in all'
is "$(counts)" 'Old/Mail:2 ' 'and imports nothing'
MAILDIR=$T/none run mail-import -n two.mbox
is "$status,$out" '0,Inbox: 2 messages, 146 B, a new folder' 'a store need not be there'
ok 'and is not made' test ! -e "$T/none"
MAILDIR=$T/made run mail-import two.mbox
exit_is 0 'otherwise it is made'
ok 'a Maildir' test -d "$T/made/cur"
MAILDIR=$T/no/where run mail-import two.mbox
exit_is 66 'but not the directory that it is to lie in'
for variant in mbox mboxo mboxrd mboxcl mboxcl2; do
  clear
  printf '%s\nSubject: q\n\n>From a\n>>From b\n\n' "$line" > quoted
  run mail-import --format $variant quoted
  case $variant in mbox | mboxrd) wanted='From a >From b' ;; mboxcl2) wanted='>From a >>From b' ;; *) wanted='From a >>From b' ;; esac
  is "$(body q | tail -2 | tr '\n' ' ')" "$wanted " "--format $variant"
done
clear
run mail-import < two.mbox
is "$status,$(counts)" '0,Inbox:2 ' 'without a file standard input is read'
run mail-import - < none.eml
is "$status,$(counts)" '0,Inbox:3 ' 'or with -, which may be one message'
run mail-import
is "$status,$err" '0,mail-import: 0 messages imported' 'nothing there is no error'
tty mail-import
exit_is 64 'but on a terminal it is'
gzip -k two.mbox
run mail-import two.mbox.gz
is "$status,$(counts)" '0,Inbox:5 ' 'a packed mbox is unpacked'
head -c 100 two.mbox.gz > cut.gz
run mail-import cut.gz
exit_is 65 'a packed file that is cut off is 65'
run mail-import < two.mbox.gz
exit_is 65 'standard input is not unpacked'

# Single messages
clear
message 'Subject: single' 'Date: Mon, 04 Mar 2024 10:00:00 +0000' 'X-Label: a label' > single.eml
touch -d @1000000000 single.eml
run mail-import single.eml
is "$(stat -c %Y "$(paths single)")" 1709546400 'a single message has the time of its date'
is "$(tags single)" 'a label' 'X-Label is a tag'
ok 'its bytes are those of the file' cmp single.eml "$(paths single)"
text=$(message 'Subject: apple' | sed '$d'; echo x)
printf '%-10d\n%s\n<?xml version="1.0"?>\n<plist version="1.0"><dict><key>date-received</key><integer>1600000000</integer><key>flags</key><integer>8590195729</integer></dict></plist>\n' $((${#text} + 1)) "$text" > 1.emlx
cp 1.emlx 2.partial.emlx
run mail-import 1.emlx
is "$(flags apple),$(stat -c %Y "$(paths apple)")" FS,1600000000 'an .emlx has flags and a time'
is "$(body apple)" "$text" 'and is stored without them'
run mail-import 2.partial.emlx
is "$status" 0 'one without its attachments is imported'
like "$err" 'attachments lie in other files' 'and that is said'

# Directories
clear
mkdir -p tree/{cur,new,tmp} tree/.Work.Projects/{cur,new,tmp} tree/.INBOX.Sent\ Items/{cur,new,tmp} tree/postbag
message 'Subject: in cur' > 'tree/cur/1.a,S=5,U=7:2,RSab'
message 'Subject: in new' > tree/new/2.b
message 'Subject: deep' > tree/.Work.Projects/cur/3.c:2,
message 'Subject: gone out' > 'tree/.INBOX.Sent Items/cur/4.d:2,S'
# shellcheck disable=SC2016 # the dollar is Dovecot's
printf '0 $Forwarded\n1 urgent\n' > tree/dovecot-keywords
touch -d @1500000000 tree/cur/1.a*
run mail-import tree
is "$status,$(counts)" '0,Inbox:2 Sent:1 Work/Projects:1 ' 'a Maildir with its folders'
is "$(flags 'in cur'),$(tags 'in cur')" PRS,urgent 'flags and keywords'
is "$(stat -c %Y "$(paths 'in cur')")" 1500000000 'the time of the file'
like "$(paths 'in new')" "^$MAILDIR/new/" 'what is new stays new'
unlike "$(paths 'in cur')" 'U=7' 'a UID of mbsync is dropped'
run mail-import --folder Other tree
is "$(mail-folder list --format json | jq -r 'select(.name | startswith("Other")) | "\(.name):\(.total)"' | sort | tr '\n' ' ')" \
  'Other/INBOX/Sent Items:1 Other/Work/Projects:1 Other:2 ' 'below another folder'
clear
mkdir -p mixed/Papierkorb mixed/Lists.sbd mixed/empty mixed/mh mixed/.git
message 'Subject: thrown' > mixed/Papierkorb/a.eml
cat two.mbox > mixed/Lists.sbd/list && : > mixed/Lists.sbd/list.msf
{ printf '%s\n' "$line" && message 'Subject: with a line'; } > mixed/Lists.sbd/00017.abc
message 'Subject: not mail' > mixed/.git/x
echo notes > mixed/notes.txt
message 'Subject: three' > mixed/mh/3
message 'Subject: four' > mixed/mh/4
printf 'unseen: 4\nflagged: 3-4\n' > mixed/mh/.mh_sequences
ln -s /etc mixed/link
run mail-import mixed/
is "$status,$(counts)" '0,Trash:1 Lists:1 Lists/list:2 mh:2 ' 'a directory of messages and mailboxes'
is "$err" "mail-import: 6 messages imported into 4 folders (${err#*(}" 'files without mail are no matter'
like "$err" '; 1 file without mail$' 'but counted'
is "$(flags three),$(flags four)" FS,F 'sequences of MH are flags'
run mail-import --format maildir mixed
exit_is 65 'a directory that is no Maildir is not taken for one'
run mail-import --format mbox tree
exit_is 65 'nor for a file'
run mail-import --format mh two.mbox
exit_is 65 'nor a file for a directory'

# Zip files
if command -v zip > /dev/null; then
  clear
  mkdir -p 'z/Éléments envoyés' z/Work
  message 'Subject: sent' > 'z/Éléments envoyés/s.eml'
  message 'Subject: work' > z/Work/w.eml
  cat two.mbox > 'z/All mail.mbox'
  (cd z && zip -qr ../foreign.zip .)
  run mail-import foreign.zip
  is "$status,$(counts)" '0,Sent:1 All mail:2 Work:1 ' 'a zip file with folders, and a mailbox in it'
  python3 - << 'END'
import zipfile
with zipfile.ZipFile('slip.zip', 'w') as z:
    z.writestr('good.eml', 'Subject: good\n\nx\n')
    z.writestr('../../evil.eml', 'Subject: evil\n\nx\n')
with zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    for n in range(12): z.writestr(f'{n}.eml', b'Subject: x\n\n' + bytes(40_000_000))
END
  run mail-import slip.zip
  is "$status,$out" 65, 'a name that leads out of a zip file is 65'
  like "$err" 'slip.zip: ../../evil.eml: unsafe name' 'it is named'
  is "$(paths good)" '' 'and nothing of the file is imported'
  run mail-import bomb.zip
  exit_is 69 'a zip bomb is 69'
  head -c 300 foreign.zip > cut.zip
  run mail-import cut.zip
  exit_is 65 'a zip file that is cut off is 65'
  printf 'PK\003\004 and more' > fake.zip
  run mail-import fake.zip
  exit_is 65 'a file that only begins like one is 65'
fi

# Archives of ours
clear
own() { mail-list --all --format json | jq -c '[.folder,.message_id,.flags,(.tags|sort),.comment,.received,.size]' | sort; }
message 'Subject: kept' 'Message-ID: <kept@example.org>' | put -f Work -s FS -t 1500000000 > kept
message 'Subject: spam' 'Message-ID: <spam@example.org>' | put -f Spam > /dev/null
message 'Subject: fresh' 'Message-ID: <fresh@example.org>' | put -n > /dev/null
message 'Subject: sent' 'Message-ID: <sent@example.org>' | put -f Sent -s S > /dev/null
mail-tag +tax '+to do' "$(cat kept)"
mail-tag colour tax red
mail-comment --text 'a comment' "$(cat kept)"
own > before
mail-archive --all -o own.zip > /dev/null
mail-archive --all -o own/ > /dev/null
for archive in own.zip own; do
  clear
  runs "an archive of ours is imported: $archive" mail-import "$archive"
  is "$(own)" "$(cat before)" 'folders, flags, tags, comments and times are what they were'
  is "$(mail-tag list --format json | jq -r 'select(.name == "tax").colour')" red 'tags have their colours'
  like "$(paths fresh)" "^$MAILDIR/new/" 'what was new is new'
done
cp -r own broken && echo '{' > broken/postbag.json
run mail-import broken
exit_is 65 'one with a damaged list of messages is 65'

# What can't be
clear
run mail-import nothing two.mbox
is "$status,$(counts)" '66,Inbox:2 ' 'a file that is not there is 66, and the others are imported'
like "$err" '^mail-import: nothing: no such file' 'it is named'
head -c 3000 /dev/urandom > garbage
run mail-import garbage none.eml
is "$status,$(counts)" '65,Inbox:3 ' 'garbage is 65, and the others are imported'
run mail-import /dev/null
exit_is 65 'a device is no file'
: > nil
run mail-import nil
exit_is 0 'an empty file holds no messages'
printf '[delivery]\nsize-limit = 2000\n' > small.toml
{ printf '%s\nSubject: large\n\n' "$line" && head -c 9000 /dev/zero | tr '\0' x && printf '\n\n' && cat two.mbox; } > large.mbox
run mail-import --config small.toml large.mbox
is "$status,$(counts)" '69,Inbox:5 ' 'a message that is too large is 69, and the others are imported'
like "$err" 'large.mbox: message at byte 0: left out: too large \(9.0 kB\)' 'it is named'
message 'Subject: large' -- "$(head -c 9000 /dev/zero | tr '\0' y)" > large.eml
run mail-import --config small.toml large.eml
exit_is 69 'also a single one'
for options in '--format word' '--tag +x' '--mark blue' '--mark seen,flagged' '--folder a//b' '- -' '--unknown'; do
  # shellcheck disable=SC2086
  run mail-import $options two.mbox
  exit_is 64 "$options is 64"
done
mkdir -p "$MAILDIR" && : > "$MAILDIR/.Blocked"
run mail-import --folder Blocked two.mbox
exit_is 73 'a folder that can not be made is 73'
if [ -e /dev/full ]; then
  bash -c 'mail-import -n two.mbox > /dev/full' 2> err
  is $? 74 'a plan that can not be printed is 74'
fi
printf 'no = config\n' > bad.toml
run mail-import --config bad.toml two.mbox
exit_is 78 'a wrong configuration is 78'
if [ "$(id -u)" != 0 ]; then
  chmod a-w "$MAILDIR" "$MAILDIR/postbag"
  run mail-import two.mbox
  exit_is 77 'a store that can not be written is 77'
  chmod u+w "$MAILDIR" "$MAILDIR/postbag"
fi
chmod o+w "$MAILDIR"
run mail-import two.mbox
exit_is 77 'so is one that others may write to'
chmod o-w "$MAILDIR"

# The examples of the page
clear
mkdir -p "$HOME/mail" "$HOME/.thunderbird/x.default/Mail/Local Folders"
cp two.mbox "$HOME/mail/archive.mbox"
cp two.mbox "$HOME/.thunderbird/x.default/Mail/Local Folders/Sent" && : > "$HOME/.thunderbird/x.default/Mail/Local Folders/Sent.msf"
runs 'a mailbox into a folder' mail-import --folder Old ~/mail/archive.mbox
run mail-import --dry-run ~/.thunderbird/*.default/Mail
is "$out" 'Local Folders/Sent: 2 messages, 146 B, a new folder' 'what Thunderbird has is looked at'
runs 'and imported' mail-import ~/.thunderbird/*.default/Mail
run mail-import --folder Lists/example --tag list --mark seen - < <(zcat two.mbox.gz)
is "$(mail-list --folder Lists/example --format json | jq -r '.tags | index("list") != null' | tr '\n' ' ')" 'true true ' 'a packed archive from a pipe'

done_testing
