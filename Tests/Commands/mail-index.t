#!/bin/bash
# mail-index: the index follows the files, whatever happens to either.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
count() { sqlite3 "$MAILDIR/postbag/index.db" "SELECT count(*) FROM $1"; }

runs 'an empty store' mail-index
is "$out$err" '' 'is no trouble, and nothing is said'
run mail-index -v
is "$out" '0 messages, 0 unread, in 1 folders' '-v counts'

for n in 1 2 3; do message "Subject: m$n" -- "needle$n in the body" | put -n > "$T/path$n"; done
message 'Subject: other' -- 'elsewhere' | put -f Work -s S > /dev/null
run mail-index --verbose
is "$out" '4 messages, 3 unread, in 2 folders' 'new messages and folders are found'
is "$(sqlite3 "$MAILDIR/postbag/index.db" "SELECT count(*) FROM text WHERE text MATCH 'needle2'")" 1 'their text is indexed'
runs 'everything agrees' mail-index --check
is "$out" '' 'and so nothing is printed'

message 'Subject: late' -- 'lateneedle' | put -n > /dev/null
runs 'envelopes only' mail-index --envelopes
is "$(count message)" 5 'the envelope is there'
is "$(sqlite3 "$MAILDIR/postbag/index.db" "SELECT count(*) FROM text WHERE text MATCH 'lateneedle'")" 0 'the text is not'

rm "$(cat "$T/path1")"
mv "$(cat "$T/path2")" "$MAILDIR/.Work/cur/$(basename "$(cat "$T/path2")"):2,FS"
run mail-index -v
is "$out" '4 messages, 2 unread, in 2 folders' 'what others delete, move and mark is followed'
runs 'and agrees' mail-index --check

rm -f "$MAILDIR"/postbag/index.db*
run mail-index -v
is "$out$err" '4 messages, 2 unread, in 2 folders' 'a deleted index is made anew without a word'
head -c 20000 /dev/urandom > "$MAILDIR/postbag/index.db"
rm -f "$MAILDIR"/postbag/index.db-*
run mail-index -v
is "$out" '4 messages, 2 unread, in 2 folders' 'so is a damaged one'
like "$err" 'index.db was damaged' 'and that is said'
is "$status" 0 'and is no failure'

before=$(sqlite3 "$MAILDIR/postbag/state.db" 'SELECT id, folder, uid FROM message WHERE vanished IS NULL ORDER BY id')
runs 'rebuild' mail-index --rebuild
is "$(sqlite3 "$MAILDIR/postbag/state.db" 'SELECT id, folder, uid FROM message WHERE vanished IS NULL ORDER BY id')" "$before" \
  'keeps the numbers'
is "$(sqlite3 "$MAILDIR/postbag/index.db" "SELECT count(*) FROM text WHERE text MATCH 'lateneedle'")" 1 'and indexes all text'

sqlite3 "$MAILDIR/postbag/index.db" "UPDATE message SET size = size + 1 WHERE id = (SELECT min(id) FROM message);
  UPDATE folder SET unread = 77 WHERE name = 'Work'; DELETE FROM message WHERE id = (SELECT max(id) FROM message)"
run mail-index --check
exit_is 1 'differences give 1'
like "$out" 'is said to have' 'a wrong size is found'
like "$out" 'Work: unread: 77 recorded' 'so is a wrong count'
like "$out" 'not in the index' 'and a message that is missing'
runs 'rebuilding mends it' mail-index --rebuild
runs 'all of it' mail-index --check

run mail-index --check --rebuild
exit_is 64 '--check and --rebuild exclude each other'
run mail-index --no-such-option
exit_is 64 'an unknown option'
run mail-index --store "$T/nowhere"
exit_is 66 'a store that is not there'
like "$err" '^mail-index: .*nowhere: no such store' 'says so in one line'
mkdir "$T/plain"
run mail-index --store "$T/plain"
exit_is 66 'a directory that is no Maildir'
is "$(ls -A "$T/plain")" '' 'is left as it was'
chmod 777 "$MAILDIR"
run mail-index
exit_is 77 'a store that others may write to is refused'
chmod 700 "$MAILDIR"

# Permissions mean nothing to root, so this is done as another user, where that user can run the command at all.
other=()
[ "$(id -u)" != 0 ] || other=(setpriv --reuid=65534 --regid=65534 --clear-groups env "HOME=$T/other")
cp -a "$MAILDIR" "$T/other"
[ "$(id -u)" != 0 ] || { chown -R 65534:65534 "$T/other" && chmod 711 "$T"; }
if "${other[@]}" mail-index --store "$T/other" 2> /dev/null; then
  chmod 000 "$T/other/.Work"
  run "${other[@]}" mail-index --store "$T/other"
  exit_is 77 'a folder that may not be entered is no folder that has gone'
  like "$err" 'Work/cur' 'it is named'
  chmod 700 "$T/other/.Work"
  runs 'when it may be entered again' "${other[@]}" mail-index --check --store "$T/other"
else
  skip 'a folder that may not be entered' 'another user cannot run the command here'
fi

message 'Subject: twice' | put -n > /dev/null
for _ in 1 2 3 4 5 6 7 8; do mail-index & done
wait
runs 'eight at the same time' mail-index --check
is "$(count message)" 5 'index each message once'

done_testing
