#!/bin/bash
# mail-deliver in a full store: the oldest messages in Trash make room, as many as are needed, and no more.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

config() { mkdir -p "$HOME/.config/postbag" && cat > "$HOME/.config/postbag/config.toml"; }
# filled NUMBER: a store with so many messages of 1,000 bytes in Trash, the lower number there for longer
filled() {
  rm -rf "$T/Maildir"
  make_store
  chmod 700 "$MAILDIR"
  mkdir -p "$MAILDIR/.Trash"/{cur,new,tmp}
  local number
  for number in $(seq "$1"); do
    head -c 1000 /dev/zero | tr '\0' x > "$MAILDIR/.Trash/cur/170000$((1000 + number)).M1P1.host,S=1000:2,S"
    sleep 0.01
  done
}
trash() { find "$MAILDIR/.Trash" -name '17*' -type f -printf '%f\n' 2> /dev/null | cut -c7-10 | sort | tr '\n' ' '; }
delivered() { find "$MAILDIR/new" -type f | wc -l; }
message 'Subject: one' -- "$(head -c 700 /dev/zero | tr '\0' y)" > one
size=$(stat -c %s one)

filled 5
config <<< $'[quota]\nlimit = 4000'
runs 'a full store' mail-deliver < one
is "$out$err" '' 'takes mail without a word'
is "$(trash)" '1003 1004 1005 ' 'what has been in Trash longest has gone'
is "$(delivered)" 1 'for the message'
runs 'the sums' mail-quota --format json
like "$out" "\"bytes\":$((3000 + size)),.*\"messages\":4," 'are right'
is "$(awk 'NR > 1 { bytes += $1; count += $2 } END { print bytes, count }' "$MAILDIR/maildirsize")" "$((3000 + size)) 4" 'also for other deliverers'
is "$(find "$MAILDIR/postbag" -name '*.db')" '' 'and no database was made'

filled 3
config <<< $'[quota]\nmessages = 3'
runs 'a limit on their number' mail-deliver < one
is "$(trash)" '1002 1003 ' 'makes one go for one'
config <<< $'[quota]\nlimit = 500'
run mail-deliver < one
exit_is 75 'a message that is larger than the limit waits'
is "$(trash)" '1002 1003 ' 'and removes nothing'
head -c 3000 /dev/zero > "$MAILDIR/cur/1.a,S=3000:2,S"
config <<< $'[quota]\nlimit = 3800'
run mail-deliver < one
exit_is 75 'so does one that would not fit without Trash'
is "$(trash)$(delivered)" '1002 1003 1' 'and removes nothing either'
like "$err" 'quota exceeded' 'but says so'
config <<< $'[quota]\nlimit = 3800\nwhen-full = "reject"'
run mail-deliver < one
exit_is 69 'the configuration may have it refused'
is "$(trash)" '1002 1003 ' 'and nothing removed'
is "$(find "$MAILDIR"/tmp -type f | wc -l)" 0 'nothing is left of it'

# What our commands know of the time in Trash is stronger than the times of files.
if command -v sqlite3 > /dev/null; then
  filled 3
  mail-index
  sqlite3 "$MAILDIR/postbag/state.db" "UPDATE message SET since = CASE WHEN key LIKE '1700001003%' THEN 5 ELSE 9 END"
  config <<< $'[quota]\nmessages = 3'
  runs 'the time at which it came' mail-deliver < one
  is "$(trash)" '1001 1002 ' 'decides which goes first'
  is "$(mail-index --check)$(mail-list Trash | wc -l)" 2 'and the index finds that it has gone'
  mail-folder create Old > /dev/null
  message | put -f Old > /dev/null
  mail-folder delete Old
  sqlite3 "$MAILDIR/postbag/state.db" 'UPDATE deleted_folder SET time = 2; UPDATE message SET since = 1 WHERE since > 9'
  runs 'a message of a deleted folder' mail-deliver < one
  is "$(find "$MAILDIR/.Trash.Old" -name '17*' | wc -l)$(trash)" '01002 ' 'counts from the deletion'
else
  skip 'the time at which it came decides' 'sqlite3 is not installed'
fi

# --- Several at once

filled 20
config <<< $'[quota]\nlimit = 20000'
for number in $(seq 8); do (mail-deliver < one 2>> errors; echo "$?" >> codes) & done
wait
is "$(sort codes | uniq -c | tr -s ' ')" ' 8 0' 'eight at once are all delivered'
is "$(cat errors)" '' 'without a word'
is "$(delivered)" 8 'each once'
# Each needs a byte less than one message in Trash has, so that together they need eight or less.
left=$(trash | wc -w)
used=$((left * 1000 + 8 * size))
ok "no more goes than is needed ($left left of 20)" test $((used + 1000)) -gt 20000
ok 'and the limit holds' test "$used" -le 20000
rm -f codes errors
filled 3
config <<< $'[quota]\nmessages = 3'
for number in $(seq 6); do (mail-deliver < one 2> /dev/null; echo "$?" >> codes) & done
wait
is "$(sort codes | uniq -c | tr -s ' ' | tr '\n' ,)" ' 3 0, 3 75,' 'of six at once three get the places of three'
is "$(delivered)$(trash)" 3 'and the others wait'

done_testing
