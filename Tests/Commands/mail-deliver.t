#!/bin/bash
# mail-deliver: what is stored and where, its exit codes, and every example of its page.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

M=$HOME/Maildir
messages() { find "$M" -type f \( -path "*/new/*" -o -path "*/cur/*" \) 2> /dev/null; }
newest() { messages | xargs -r ls -t | head -1; }
empty_store() { rm -rf "$M"; }
config() { mkdir -p "$HOME/.config/postbag" && cat > "$HOME/.config/postbag/config.toml"; }

# --- A plain delivery

message 'Subject: one' > one
run mail-deliver < one
exit_is 0 'a message is delivered'
is "$out$err" '' 'and nothing is said about it'
ok 'it is stored as it was' cmp one "$(newest)"
like "$(newest)" "$M/new/[0-9]+\.M[0-9]+P[0-9]+Q[0-9]+\.[^,:]+,S=$(stat -c %s one),W=$(($(stat -c %s one) + $(wc -l < one)))\$" \
  'its name says both sizes'
is "$(find "$M/tmp" -type f | wc -l)" 0 'nothing is left in tmp/'
is "$(stat -c %a "$M" "$M/new" "$(newest)" | tr '\n' ' ')" '700 700 600 ' 'only the user may read the store'
fails 'no database is made for it' test -e "$M/postbag"

printf 'Subject: crlf\r\n\r\nbody\r\n' > crlf
runs 'a message with CRLF is delivered' mail-deliver -f ada@example.org < crlf
like "$(newest)" 'S=55,W=55$' 'its two sizes are equal'
is "$(head -1 "$(newest)" | od -An -c | tr -d ' \n')" 'Return-Path:<ada@example.org>\r\n' 'what is added ends in CRLF too'

runs 'an empty message is delivered' mail-deliver < /dev/null
is "$(stat -c %s "$(newest)")" 0 'as an empty file'
printf 'Subject: bytes\n\n\0\377\200 no newline at the end' > bytes
runs 'any bytes are delivered' mail-deliver < bytes
ok 'as they are' cmp bytes "$(newest)"

# --- The header

empty_store
printf 'From ada@example.org Mon Mar  4 10:00:00 2024\nSubject: mbox\n\nFrom me\n' > mbox
runs 'a message with an mbox line is delivered' mail-deliver < mbox
is "$(cat "$(newest)")" $'Return-Path: <ada@example.org>\nSubject: mbox\n\nFrom me' 'the line becomes a Return-Path'
printf 'Return-Path: <old@example.org>\nDelivered-To: ben@example.com\nSubject: x\n\nbody\n' > traced
runs 'a sender and a recipient can be named' mail-deliver -f new@example.org -a ben+x@example.com < traced
is "$(head -4 "$(newest)")" \
  $'Return-Path: <new@example.org>\nDelivered-To: ben+x@example.com\nDelivered-To: ben@example.com\nSubject: x' \
  'Return-Path is replaced and Delivered-To added'
runs 'the topmost Delivered-To is not repeated' mail-deliver -a ben@example.com < traced
ok 'nor is anything else changed' cmp traced "$(newest)"
runs 'an empty sender is given as' mail-deliver -f '' < one
is "$(head -1 "$(newest)")" 'Return-Path: <>' 'Return-Path: <>'
runs 'so is <>' mail-deliver -f '<>' < one
is "$(head -1 "$(newest)")" 'Return-Path: <>' 'the same'
for form in '--sender=s@example.org' '-fs@example.org' '-r s@example.org' '--sender s@example.org'; do
  # shellcheck disable=SC2086
  runs "the sender is given by $form" mail-deliver $form < one
  is "$(head -1 "$(newest)")" 'Return-Path: <s@example.org>' "and understood"
done

# --- Folders

empty_store
runs 'a folder is made when it is missing' mail-deliver -m 'Work/Entwürfe' < one
is "$(cd "$M" && find . -path '*/new/*' | sed 's,/new/.*,,')" './.Work.Entw&APw-rfe' 'its name is in modified UTF-7'
runs 'a second one goes to the same' mail-deliver --folder 'Work/Entwürfe' < one
is "$(find "$M/.Work.Entw&APw-rfe/new" -type f | wc -l)" 2 'folder'
run mail-deliver -m '../../etc' < one
exit_is 0 'a name that can be no folder does no harm'
like "$err" '^mail-deliver: \.\./\.\./etc: .*Inbox$' 'is told'
is "$(find "$M/new" -type f | wc -l)" 1 'and the message is in the Inbox'
empty_store
# folders: what there is besides the Inbox, and how much is in it
folders() { (cd "$M" && for folder in .[!.]*; do echo "$folder:$(find "$folder/new" -type f | wc -l)"; done) | tr '\n' ' '; }
rejected() {
  local before
  before=$(find "$M/new" -type f 2> /dev/null | wc -l)
  run mail-deliver -m "$1" < one
  like "$status $err" '^0 mail-deliver: .*: .*; delivered to the Inbox$' "$2"
  is "$(find "$M/new" -type f | wc -l)" $((before + 1)) 'its mail is in the Inbox'
}
for name in SENT sent Work work WORK/a Work/A wORK/A/b; do runs "-m $name" mail-deliver -m $name < one; done
is "$(folders)" '.Sent:2 .Work:2 .Work.a:2 .Work.a.b:1 ' 'no two folders differ only in case'
rejected $'a\u202eb' 'a name that turns the direction of writing'
rejected Sent/x 'a folder below Sent'
rejected junk/x 'or below Junk, which is not there,'
rejected ' x' 'or one that begins with a space'
fails 'none of them is made' test -e "$M/.Junk.x" -o -e "$M/.junk.x" -o -e "$M/.Sent.x"
MAILDIR=$M put -f Sent/old < one > /dev/null
runs 'one that another program made' mail-deliver -m Sent/old < one
is "$(find "$M/.Sent.old/new" -type f | wc -l)" 1 'is delivered to'
fails 'all this needs no database' test -e "$M/postbag"

empty_store
config <<< $'[folders]\njunk = "Spam"\nsent = ["Gesendet", "Sent Items"]\ntrash = ".INBOX.Bin"'
mkdir -p -m 700 "$M"/{cur,new,tmp}
MAILDIR=$M put -f 'Sent Items' < one > /dev/null
for name in junk Junk SPAM sent trash; do runs "-m $name with roles" mail-deliver -m $name < one; done
is "$(folders)" '.Inbox.Bin:1 .Sent Items:1 .Spam:3 ' 'goes to the folder that has the role'
rejected spam/x 'a folder below the one for junk'
mkdir -p "$M/.junk"/{cur,new,tmp}
runs 'a folder that is called so exactly' mail-deliver -m junk < one
is "$(find "$M/.junk/new" -type f | wc -l)" 1 'comes first'
fails 'all this needs no database' test -e "$M/postbag"
mkdir -p "$T/Plain/INBOX"/{cur,new,tmp}
runs 'a name that a tree uses itself' mail-deliver --store "$T/Plain" -m postbag < one
is "$(find "$T/Plain" -type f | wc -l)$(ls "$T/Plain")" 1INBOX 'is no folder of it'

empty_store
message > one
config <<< $'[delivery]\ncreate-folders = false\ndetail-folders = true'
run mail-deliver -m Nowhere < one
exit_is 0 'with create-folders = false a missing folder is replaced by the Inbox'
is "$(find "$M/new" -type f | wc -l)" 1 'so it is'
MAILDIR=$M put -f Lists < one > /dev/null
runs 'with detail-folders an address may name a folder' mail-deliver -a ada+lists@example.org < one
is "$(find "$M/.Lists/new" -type f | wc -l)" 1 'that exists'
runs 'one that does not is never made' mail-deliver -a ada+other@example.org < one
fails 'so it is' test -e "$M/.other"
runs 'without filters the address is not looked at' mail-deliver --no-filter -a ada+lists@example.org < one
is "$(find "$M/.Lists/new" -type f | wc -l)" 1 'so it is'
rm "$HOME/.config/postbag/config.toml"

# --- The store

runs '--store names the store' mail-deliver --store "$T/Other" < one
is "$(find "$T/Other/new" -type f | wc -l)" 1 'so it is'
MAILDIR=$T/Third runs "\$MAILDIR names it" mail-deliver < one
is "$(find "$T/Third/new" -type f | wc -l)" 1 'so it does'
config <<< 'store = "~/Configured"'
runs 'the configuration names it' mail-deliver < one
is "$(find "$HOME/Configured/new" -type f | wc -l)" 1 'so it does'
rm "$HOME/.config/postbag/config.toml"
mkdir -p "$T/Tree/account/INBOX"/{cur,new,tmp}
runs 'a tree of Maildirs is delivered to' mail-deliver --store "$T/Tree" -m account/INBOX < one
is "$(find "$T/Tree/account/INBOX/new" -type f | wc -l)" 1 'by the name of its folder'
run mail-deliver --store "$T/missing/Maildir" < one
exit_is 75 'a store in a folder that is missing has to wait'
fails 'the folder is not made' test -e "$T/missing"
mkdir -m 777 "$T/Open" && run mail-deliver --store "$T/Open" < one
exit_is 75 'a store that everybody may write to is refused'
like "$err" '^mail-deliver: .*everybody may write' 'and told'
touch "$T/file" && run mail-deliver --store "$T/file" < one
exit_is 75 'a file is no store'

# --- Limits

empty_store
config <<< $'[delivery]\nsize-limit = 1000'
message 'Subject: big' -- "$(head -c 2000 /dev/zero | tr '\0' x)" > big
run mail-deliver < big
exit_is 69 'a message over the limit is refused for good'
is "$err" 'mail-deliver: the message is larger than 1 kB' 'in one clear line'
is "$(find "$M" -type f | wc -l)" 0 'and nothing is left'
run bash -o pipefail -c 'cat big big big | mail-deliver'
exit_is 69 'whoever writes it meets no closed pipe'
rm "$HOME/.config/postbag/config.toml"
head -c 50000001 /dev/zero | tr '\0' x > huge
run mail-deliver < huge
exit_is 69 'without configuration the limit is 50 MB'
truncate -s 50000000 huge
if [ -x /usr/bin/time ]; then
  runs 'one of exactly that size passes' /usr/bin/time -f %M -o peak mail-deliver < huge
  ok "and is never held in memory ($(cat peak) kB at most)" test "$(tail -1 peak)" -lt 40000
else
  runs 'one of exactly that size passes' mail-deliver < huge
  skip 'and is never held in memory' 'there is no /usr/bin/time'
fi
rm -f huge
empty_store
mkdir -p "$M"/{cur,new,tmp}
printf '1000S\n900 1\n' > "$M/maildirsize"
MAILDIR=$M put < <(head -c 900 /dev/zero | tr '\0' x) > /dev/null
run mail-deliver < one
exit_is 75 'mail for a full store waits'
like "$err" 'quota' 'and that is said'
is "$(find "$M/new" "$M/tmp" -type f | wc -l)" 0 'nothing is stored'
rm -f "$M"/cur/*
runs 'as soon as there is room it is delivered' mail-deliver < one
is "$(tail -1 "$M/maildirsize")" "$(stat -c %s one) 1" 'and counted'
empty_store
run bash -c 'ulimit -f 10; exec mail-deliver < <(head -c 100000 /dev/zero)'
exit_is 75 'a limit on the size of files makes mail wait'
is "$(messages | wc -l)" 0 'and nothing is stored'

# --- Duplicates

empty_store
config <<< $'[delivery]\nsuppress-duplicates = true'
runs 'a message is delivered' mail-deliver < one
run mail-deliver -f other@example.org < one
exit_is 0 'the same once more succeeds'
is "$(messages | wc -l)" 1 'and is there once'
for number in 1 2 3 4 5 6 7 8; do mail-deliver < traced & done
message 'Subject: two' > two
for number in 1 2 3 4 5 6 7 8; do mail-deliver < two & done
wait
is "$(messages | xargs grep -l '^Subject: two' | wc -l)" 1 'of eight that come at once one is kept'
is "$(messages | xargs grep -l '^Subject: x' | wc -l)" 8 'those without Message-ID are all kept'
rm "$HOME/.config/postbag/config.toml"

# --- Mistakes and faults

empty_store
run mail-deliver --bad
exit_is 64 'an unknown option is a mistake of usage'
run mail-deliver --bad < one
exit_is 75 'but no message is returned to its sender for it'
run mail-deliver --bad < <(cat one)
exit_is 75 'nor when it comes through a pipe'
run mail-deliver -m
exit_is 64 'a missing value is a mistake of usage'
run mail-deliver -d no-such-user-here < one
exit_is 67 'a user who is not there is told'
is "$err" 'mail-deliver: no-such-user-here: no such user' 'by name'
run mail-deliver <&-
exit_is 75 'without standard input there is no message'
is "$(messages | wc -l)" 0 'none is made'
run mail-deliver < "$T"
exit_is 75 'a folder is no message'
config <<< $'[delivery]\nsize-limit = "much"'
run mail-deliver < one
exit_is 75 'with a wrong configuration mail waits'
like "$err" 'config.toml:2: delivery.size-limit: ' 'the line and the key are named'
config <<< '' && chmod 666 "$HOME/.config/postbag/config.toml"
run mail-deliver < one
exit_is 75 'a configuration that others may write to is refused'
rm "$HOME/.config/postbag/config.toml"
run mail-deliver --config "$T/none.toml" < one
exit_is 75 'a configuration that was named must be there'
is "$(messages | wc -l)" 0 'in none of these cases anything was stored'

mkfifo pipe
mail-deliver < pipe &
delivery=$!
exec 7> pipe
printf 'Subject: half\n\nbod' >&7
for ((waited = 0; waited < 100; waited++)); do [ "$(find "$M/tmp" -type f 2> /dev/null | wc -l)" = 1 ] && break; sleep 0.05; done
kill -TERM "$delivery"
wait "$delivery"
is $? 75 'a delivery that is asked to end answers 75'
exec 7>&-
is "$(find "$M" -type f | wc -l)" 0 'and leaves nothing at all'

mkdir -p "$M"/{cur,new,tmp}
touch -d '40 hours ago' "$M/tmp/left-over"
touch -d '30 hours ago' "$M/tmp/young"
runs 'a delivery cleans up' mail-deliver < one
is "$(ls "$M/tmp")" young 'what is older than 36 hours in tmp/'

# --- Other users

if [ "$(id -u)" = 0 ] && getent passwd nobody > /dev/null; then
  chmod 755 "$T" "$HOME"
  mkdir "$T/theirs" && chown nobody "$T/theirs"
  if [ -r "$POSTBAG_BIN/mail-deliver" ] && setpriv --reuid=nobody --regid=nogroup --clear-groups -- mail-deliver --version > /dev/null 2>&1; then
    run mail-deliver -d nobody --store "$T/theirs/Maildir" < one
    exit_is 0 'root delivers to another user'
    is "$(stat -c %U "$T/theirs/Maildir" "$T/theirs/Maildir"/new/* | sort -u)" nobody 'with the rights of that user alone'
    is "$(head -1 "$T/theirs/Maildir"/new/*)" 'Delivered-To: nobody' 'who is named in the message'
    before=$(messages | wc -l)
    MAILDIR=$M POSTBAG_CONFIG=$T/none.toml run mail-deliver -d nobody < one
    exit_is 75 'the environment of root says nothing about the home of others'
    is "$(messages | wc -l)" "$before" 'so it does not'
    run setpriv --reuid=nobody --regid=nogroup --clear-groups -- mail-deliver -d root --store "$T/theirs/Maildir" < one
    exit_is 75 'others may not name anybody else'
    run setpriv --reuid=nobody --regid=nogroup --clear-groups -- mail-deliver -d nobody --store "$T/theirs/Maildir" < one
    exit_is 0 'but themselves'
    run mail-deliver --store "$T/theirs/Maildir" < one
    exit_is 75 'the store of another user is refused, to root as well'
    is "$(find "$T/theirs/Maildir/new" -type f | wc -l)" 2 'so it was'
  else
    skip 'delivery to other users' 'they cannot reach the commands'
  fi
else
  skip 'delivery to other users' 'only root can'
fi

done_testing
