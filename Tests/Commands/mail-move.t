#!/bin/bash
# mail-move: messages go from folder to folder, with what belongs to them, and back.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list
state() { sqlite3 "$MAILDIR/postbag/state.db" "$1"; }
in_folder() { mail-list "$1" --format ids --reverse | sed 's/id://; s/@.*//' | xargs; }

one=$(message 'Subject: one' 'Message-ID: <one@example.org>' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' | put -s FS)
two=$(message 'Subject: two' 'Message-ID: <two@example.org>' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' | put -n)
message 'Subject: three' 'Message-ID: <three@example.org>' 'Date: Wed, 06 Mar 2019 10:00:00 +0000' \
  'In-Reply-To: <two@example.org>' | put -f Work > three

runs 'a message is moved by its path' mail-move Work "$one"
is "$out$err" '' 'without a word'
is "$(in_folder Work)" 'one three' 'it lies in the folder'
ok 'its file has the same name there' test -e "$MAILDIR/.Work/cur/${one##*/}"
is "$(mail-list Work --format json | jq -r 'select(.subject == "one") | .flags | join(",")')" 'seen,flagged' 'its flags followed'
runs 'its old path still means it' mail-move inbox "$one"
is "$(in_folder Inbox)" 'one two' 'the Inbox is known in any case of its letters'
runs 'a message in new/ stays new' mail-move Work id:two@example.org
ok 'in the new folder' test -e "$MAILDIR/.Work/new/${two##*/}"
runs 'a message that is there already stays' mail-move Work "$two"
runs 'a system folder is made when it is needed' mail-move sent "$one"
is "$(in_folder Sent)" one 'and holds the message'

run mail-move Archive "$one"
exit_is 66 'a folder that is missing is 66'
like "$err" 'mail-move: Archive: no such folder' 'and named'
ok 'nothing was moved' test "$(in_folder Sent)" = one
runs 'but made when asked for' mail-move --create Archive/2019 "$one"
is "$(in_folder Archive/2019)" one 'with its parent in the name'
runs 'and used when it is there' mail-move --create Archive/2019 "$two"
run mail-move --create 'Sent/Old' "$one"
exit_is 77 'a folder that can not be is 77'
run mail-move --create $'a\tb' "$one"
exit_is 64 'a name that can not be is 64'

runs 'the last move is taken back' mail-move --undo
is "$err" 'mail-move: 1 message moved back to Work' 'it says what was done'
is "$(in_folder Work)" 'two three' 'the message is where it was'
runs 'taking it back again moves it again' mail-move --undo
is "$(in_folder Archive/2019)" 'one two' 'as before'
runs 'a conversation goes whole' mail-move --thread Lists --create id:three@example.org
is "$(in_folder Lists)" 'two three' 'from all its folders'
runs 'and comes back to all its folders' mail-move --undo
is "$(in_folder Archive/2019),$(in_folder Work)" 'one two,three' 'each message to its own'
runs 'also forth again' mail-move --undo
is "$(in_folder Lists)" 'two three' 'in one piece'
mail-move Inbox id:one@example.org id:two@example.org
mail-move Work id:two@example.org 2> /dev/null
rm "$(mail-list Work)"
run mail-move --undo
is "$err" 'mail-move: 1 message has been moved or removed since, and is left alone' 'what has changed since stays'

two=$(message 'Message-ID: <two@example.org>' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' | put -s S)
mail-list > /dev/null
id=$(state "SELECT id FROM message WHERE key = '$(basename "$two" | cut -d: -f1)'")
state "INSERT INTO tag(name) VALUES('tax'); INSERT INTO message_tag VALUES($id, last_insert_rowid()); INSERT INTO comment VALUES($id, 'mine', 0)"
runs 'a message is copied' mail-move --copy Work "$two" --print
copy=$out
like "$copy" "^$MAILDIR/\.Work/cur/[^/]*:2,S$" '--print gives the path of the copy'
is "$(stat -c %h "$copy")" 2 'which takes no space'
is "$(mail-list Work --format json | jq -c '[.tags, .flags]')" '[["tax"],["seen","commented"]]' 'it has tags, flags and comment'
mail-mark flagged "$copy"
is "$(mail-list Inbox --tag tax --format json | jq -c .flags)" '["seen","commented"]' 'marks of the copy are its own'
rm "$two"
is "$(mail-show --raw "$copy" | grep -c .)" 6 'and it stays when the first one goes'
runs 'a copy is taken back' mail-move --undo
is "$err" 'mail-move: 1 copy of a message moved to Trash' 'into Trash'
is "$(in_folder Trash)" two 'where it can still be had'
runs 'a copy in its own folder' mail-move --copy Trash "$copy"
is "$(in_folder Trash)" 'two two' 'makes two of it'
run mail-move Inbox id:two@example.org
exit_is 0 'an id of two equal messages means both'
is "$(in_folder Trash)" '' 'and both are moved'

is "$(mail-list Inbox | mail-move Work --print | xargs dirname | sort -u)" "$MAILDIR/.Work/cur" 'references come on standard input'
runs 'separated by NUL too' mail-move Inbox -0 --print < <(mail-list Work -0)
is "$(tr -cd '\0' < out | wc -c)" 3 'and are printed so'
runs 'nothing there is no error' mail-move Work
tty mail-move Work
exit_is 64 'no message on a terminal is 64'
run mail-move
exit_is 64 'no folder is 64'
run mail-move --undo Work
exit_is 64 '--undo stands alone'
run mail-move Work id:none@example.org id:one@example.org
exit_is 66 'a message that is missing is 66'
is "$(in_folder Work)" one 'the others are moved'
run mail-move Inbox < <(echo word)
exit_is 65 'a line that is no reference is 65'
message 'Message-ID: <one@example.org>' -- 'another text' | put > other
run mail-move Work id:one@example.org
exit_is 65 'an id of two different messages is 65'
run mail-move Inbox "$(cat three)" --store "$T/none"
exit_is 66 'a store that is missing is 66'
printf 'x = 1\n' > bad.toml
run mail-move Inbox "$one" --config bad.toml
exit_is 78 'a wrong configuration is 78'
rm "$(cat other)"

# One name in two folders: another program copied the file.
make_store "$T/Clash"
message 'Subject: first' | put -s S > path
mkdir -p "$MAILDIR"/.Work/{cur,new,tmp}
name=$(basename "$(cat path)")
sed 's/first/second/' "$(cat path)" > "$MAILDIR/.Work/cur/$name"
mail-list > /dev/null
runs 'a message of the same name harms nothing' mail-move Work "$(cat path)"
is "$(mail-list Work --format json | jq -r .subject | sort | xargs)" 'first second' 'both are there'
runs 'nothing is amiss' mail-index --check
run mail-move --undo
is "$(mail-list Inbox --format json | jq -r .subject)" first 'and it comes back'
make_store "$T/Fresh"
run mail-move --undo
exit_is 1 'no move to take back is 1'
like "$err" 'no move to take back' 'and said'

if [ "$(id -u)" != 0 ]; then
  chmod -R a-w "$MAILDIR"
  run mail-move Inbox id:one@example.org
  exit_is 77 'a store that can not be written is 77'
  chmod -R u+w "$MAILDIR"
fi

# Many at once, stopped in the middle.
make_store "$T/Many"
for ((n = 0; n < 9000; n++)); do printf 'Subject: m%d\n\n' "$n" > "$MAILDIR/cur/1700000000.M${n}P1.test:2,S"; done
mail-list --format paths > all
mkdir -p "$MAILDIR"/.Work/{cur,new,tmp}
mail-move Work < all &
pid=$!
for ((n = 0; n < 400; n++)); do
  [ -z "$(find "$MAILDIR/.Work/cur" -type f -print -quit)" ] || break
  sleep 0.01
done
kill -INT $pid 2> /dev/null
wait $pid
status=$?
ok 'Ctrl-C stops it, or it was quicker' test $status = 130 -o $status = 0
is $(($(mail-list Inbox | wc -l) + $(mail-list Work | wc -l))) 9000 'no message is lost or doubled'
runs 'nothing is amiss after it' mail-index --check
runs 'the rest is moved by the same command' mail-move Work < all
is "$(mail-list Work | wc -l)" 9000 'all of it'

done_testing
