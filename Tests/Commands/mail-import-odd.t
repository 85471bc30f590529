#!/bin/bash
# mail-import: odd names, odd files, deleted messages, and what is said when not all can be imported.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
line='From ada@example.org Mon Mar  4 10:00:00 2024'
clear() { rm -rf "$MAILDIR"; make_store; }
counts() { mail-folder list --format json | jq -r 'select(.total > 0) | "\(.name):\(.total)"' | tr '\n' ' '; }
journals() { find "$MAILDIR/postbag" -name 'import-*' | wc -l; }

# Names that no folder may have
override=$'\u202e'
mkdir -p "bidi/x${override}y" "bidi/ good " "bidi/$override"
message 'Subject: a' > "bidi/x${override}y/1.eml"
message 'Subject: b' > 'bidi/ good /1.eml'
message 'Subject: c' > "bidi/$override/1.eml"
run mail-import bidi
is "$status,$(counts)" '0,Inbox:1 good:1 xy:1 ' 'names of folders are cleaned of what changes how other text is shown'
is "$(journals)" 0 'and nothing is left'
clear
mkdir -p "$MAILDIR"/.x\&IC4-y/{cur,new,tmp}
message 'Subject: kept' | tee kept > "$MAILDIR/.x&IC4-y/cur/1.a:2,S"
mail-index
mail-archive --all -o kept.zip > /dev/null
clear
run mail-import kept.zip
is "$status,$(counts)" '0,xy:1 ' 'an archive of such a folder is imported'
ok 'with its messages' cmp kept "$(mail-list --all --format json | jq -r .path)"
clear
: > "$MAILDIR/.Blocked"
mkdir -p some/Blocked some/Free
message 'Subject: a' > some/Blocked/1.eml
message 'Subject: b' > some/Free/1.eml
run mail-import some
is "$status,$(counts)" '73,Free:1 ' "a folder that can't be made is 73, and the others are imported"
like "$err" 'Blocked: can.t be made' 'it is named'
like "$err" '1 message imported into Free .*; 1 without a folder' 'its messages are counted'
is "$(journals)" 0 'and the import is over'
unlike "$err" 'goes on' 'nobody is told to go on with it'

# Deleted messages
clear
printf '%s\nSubject: gone\nX-Status: D\n\nx\n\n%s\nSubject: too\nStatus: ROD\n\nx\n\n%s\nSubject: here\n\nx\n\n' "$line" "$line" "$line" > deleted.mbox
run mail-import deleted.mbox
like "$err" '1 message imported into Inbox .*; 2 deleted in the mailbox' 'what is marked as deleted in an mbox is left out'

# What is no mail
clear
head -c 20000 /dev/urandom | tr -d F > noise
printf 'PK\003\004 and more\n' > fake
for file in noise fake; do
  run mail-import --format mbox $file
  is "$status,$(journals)" 65,0 "--format mbox with $file is 65"
  run mail-import --format mbox - < $file
  is "$status,$(journals)" 65,0 'from standard input, too'
done
printf '99999999999\nSubject: long\nFrom: a@example.org\n\nx\n' > long.emlx
printf '9999999999999999999999\nSubject: long\nFrom: a@example.org\n\nx\n' > longer.emlx
run mail-import long.emlx
exit_is 65 'a length that no message has is 65'
run mail-import longer.emlx
exit_is 65 'and so is one that no number is'
: > nothing.eml
run mail-import --format eml nothing.eml
exit_is 65 'an empty file is no message'
is "$(counts)" '' 'nothing of these is imported'

# A zip file that unpacks itself
if command -v zip > /dev/null; then
  clear
  mkdir -p z/Work && message 'Subject: work' > z/Work/w.eml && (cd z && zip -qr ../plain.zip Work)
  { printf 'MZ' && head -c 5000 /dev/zero && cat plain.zip; } > packed.exe
  run mail-import packed.exe
  is "$status,$(counts)" '0,Work:1 ' 'a zip file may have a program in front'
fi

# Names that are no UTF-8
clear
mkdir -p odd/$'caf\xe9'/deep odd/md/{cur,new,tmp}
message 'Subject: a' > odd/$'caf\xe9/\xff.eml'
message 'Subject: b' > odd/$'caf\xe9'/deep/1.eml
message 'Subject: c' > odd/md/cur/$'1.\xff:2,F'
run mail-import odd
is "$status,$(counts)" '0,café:1 café/deep:1 md:1 ' 'files and directories whose names are no UTF-8 are imported'
clear
run mail-import odd/$'caf\xe9/\xff.eml' odd/$'caf\xe9'
is "$status,$(counts)" '0,Inbox:2 deep:1 ' 'also when they are named'
run mail-import $'no\xff'
exit_is 66 'one that is not there is 66'

# Pipes
clear
message 'Subject: piped' > piped
run mail-import <(cat piped)
is "$status,$(counts)" '0,Inbox:1 ' 'a process substitution is read'
run mail-import /dev/stdin < <(cat piped)
is "$status,$(counts)" '0,Inbox:2 ' '/dev/stdin is'
mkfifo fifo && cat deleted.mbox > fifo &
while [ ! -p fifo ]; do sleep 0.02; done
run mail-import --mark seen fifo
is "$status,$(counts)" '0,Inbox:3 ' 'and a FIFO'

# Trees of other programs in a zip file
clear
python3 - << 'END'
import gzip, zipfile
line = 'From ada@example.org Mon Mar  4 10:00:00 2024\n'
def mail(name): return f'Subject: {name}\nFrom: a@example.org\n\nx\n'
with zipfile.ZipFile('trees.zip', 'w') as z:
    z.writestr('Mail/x', (line + mail('x') + '\n') * 2)
    z.writestr('Mail/x.sbd/y', line + mail('y') + '\n')
    z.writestr('Mail/x.sbd/y.msf', 'index')
    z.writestr('Apple/Old.mbox/mbox', (line + mail('old') + '\n') * 2)
    text = mail('emlx')
    z.writestr('Apple/New.mbox/Messages/1.emlx', f'{len(text)}\n{text}<plist><dict><key>flags</key><integer>16</integer></dict></plist>')
    z.writestr('packed.mbox.gz', gzip.compress((line + mail('packed') + '\n').encode()))
    z.writestr('./dot/m.eml', mail('dot'))
    z.writestr('md/.Sub/cur/1.a:2,FS', mail('maildir'))
END
run mail-import trees.zip
is "$status,$(counts)" '0,Apple/New:1 Apple/Old:2 Mail/x:2 Mail/x/y:1 dot:1 md/Sub:1 packed:1 ' 'trees of other programs keep their names in a zip file'
flags() { mail-list --all --format json | jq -r "select(.subject == \"$1\").path" | sed 's/.*:2,//'; }
is "$(flags emlx),$(flags maildir)" F,FS 'and messages their flags'

# The quota
clear
printf '[quota]\nlimit = "1 kB"\n' > quota.toml
message 'Subject: large' -- "$(head -c 3000 /dev/zero | tr '\0' y)" > large.eml
run mail-import --config quota.toml -q large.eml
is "$status,$(counts)" '0,Inbox:1 ' 'an import goes by no quota'
like "$err" 'the store holds more than its quota allows: 3\.[0-9] kB in 1 message' 'but says so'
run mail-import -q large.eml
is "$err" '' 'without a quota nothing is said'

# An import that can't begin
if [ "$(id -u)" != 0 ]; then
  clear
  mail-index
  chmod a-w "$MAILDIR/cur" "$MAILDIR/new" "$MAILDIR/tmp"
  run mail-import large.eml
  exit_is 77 'a store that takes no messages is 77'
  chmod u+w "$MAILDIR/cur" "$MAILDIR/new" "$MAILDIR/tmp"
fi

done_testing
