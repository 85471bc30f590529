#!/bin/bash
# mail-comment: what the owner writes on messages, and where it is seen and found.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list
unset VISUAL EDITOR

runs 'nothing on standard input is no error' mail-comment
is "$out$err" '' 'and nothing is printed'
runs 'also when something is to be written' mail-comment --text hello

one=$(message 'Subject: one' 'Message-ID: <one@example.org>' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' | put)
two=$(message 'Subject: two' 'Message-ID: <two@example.org>' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' | put -s S)
bytes=$(md5sum < "$one")

run mail-comment "$one"
exit_is 1 'a message without a comment is 1'
is "$out$err" '' 'without a word'
runs 'a comment is written' mail-comment --text 'Call back' "$one"
is "$out$err" '' 'without a word'
run mail-comment "$one"
is "$out" 'Call back' 'and printed'
runs 'it is replaced' mail-comment id:one@example.org --text $'Café before Monday\n\n  bring  the\tpapers\n\n'
run mail-comment "$one"
is "$out" $'Café before Monday\n\n  bring  the\tpapers' 'with its lines'
is "$(md5sum < "$one")" "$bytes" 'the message is not touched'

# Where it is seen and found

run mail-list -t
like "$out" '  2 N     " 2019-03-04 ' 'lists mark it'
unlike "$out" '  1 .*".*two' 'and only it'
run mail-list --format json
like "$out" '"commented".*"comment":"Café before Monday\\n\\n  bring  the\\tpapers"' 'it is in the JSON of lists'
run mail-show "$one"
is "$(head -5 <<< "$out")" $'Comment: Café before Monday\n\n           bring  the\tpapers\n\nFrom: Ada Example <ada@example.org>' 'mail-show has it above the message'
run mail-show --json "$one"
like "$out" '"comment":"Café before Monday\\n\\n' 'and in its JSON'
run mail-show --raw "$one"
unlike "$out" 'Café' 'but not among its bytes'
for words in comment:cafe comment:CAFÉ comment:monday 'comment:"before monday"' has:comment is:commented 'comment:bring subject:one'; do
  run mail-search "$words"
  is "$out" "$one" "$words finds it"
done
for words in cafe comment:call comment:subject 'comment:monday subject:two'; do
  run mail-search "$words"
  exit_is 1 "$words does not"
done

# Several messages

runs 'several get the same' mail-comment --text 'for the accountant' "$one" "$two"
run mail-comment "$one" "$two"
is "$out" $'Ada Example: one\nfor the accountant\n\nAda Example: two\nfor the accountant' 'and are told apart'
run mail-comment --format json "$one" "$two"
is "$(wc -l <<< "$out")" 2 'JSON is an object a line'
like "$out" '^\{"id":[0-9]+,"message_id":"one@example.org","path":"/.*","subject":"one","comment":"for the accountant"\}' 'that says which message'
run mail-comment --format text "$one"
is "$out" 'for the accountant' '--format text is as without'
runs 'references come on standard input' mail-comment --text stdin < <(mail-list)
is "$(mail-comment "$one" "$two" | grep -c stdin)" 2 'for all of them'
runs 'separated by NUL' mail-comment -0 --text nul < <(mail-list -0)
runs 'also with the long name' mail-comment --null < <(mail-list --null)
like "$out" 'nul.*nul' 'all are printed'
mail-list -t > /dev/null
runs 'numbers are of the last list' mail-comment --text numbered 1-2
is "$(mail-comment 2)" numbered 'and ranges'
runs 'the text comes on standard input' mail-comment --text - 2 < <(printf 'from a file\r\nwith lines\r\n')
is "$(mail-comment 2)" $'from a file\nwith lines' 'when it is asked for'
runs 'a text may begin with a dash' mail-comment --text '-- so' 2
is "$(mail-comment 2)" '-- so' 'and is kept'
runs 'comments are taken away' mail-comment --delete 1 id:one@example.org
run mail-comment 1 2
exit_is 1 'all of them'
runs 'also when there is none' mail-comment --delete 1
mail-comment --text back "$one"
name=$(basename "$one")
mkdir -p "$MAILDIR/.Work/cur" "$MAILDIR/.Work/new" "$MAILDIR/.Work/tmp"
mv "$one" "$MAILDIR/.Work/cur/${name}F"
run mail-comment id:one@example.org
is "$out" back 'a comment stays with a message that another program moves'
mv "$MAILDIR/.Work/cur/${name}F" "$one"

# The editor

cat > "$T/ed" << 'END'
#!/bin/sh
stat -c '%a %n' "$1" "$(dirname "$1")" > "$EDITOR_LOG"
cp "$1" "$EDITOR_LOG.text"
printf 'edited\n' >> "$1"
END
chmod +x "$T/ed"
export EDITOR_LOG=$T/log TMPDIR=$T/tmp
mkdir "$TMPDIR"
EDITOR=$T/ed runs 'a comment is edited' mail-comment --edit "$one"
is "$(mail-comment "$one")" $'back\nedited' 'with what was there'
like "$(cat log)" '^600 .*comment.txt' 'in a file of the owner'
like "$(cat log)" $'\n700 ' 'in a folder of the owner'
is "$(ls "$TMPDIR")" '' 'which is gone afterwards'
EDITOR=false VISUAL="$T/ed " runs 'VISUAL comes first, and may have spaces' mail-comment --edit "$two"
is "$(cat log.text)" '' 'a new comment begins empty'
is "$(mail-comment "$two")" edited 'and is written'
EDITOR=true runs 'an editor that changes nothing changes nothing' mail-comment --edit "$two"
is "$(mail-comment "$two")" edited 'the comment stays'
# shellcheck disable=SC2016 # For the shell that runs the editor.
EDITOR='sh -c "echo x > \"\$1\"; exit 3" sh' run mail-comment --edit "$two"
exit_is 1 'an editor that fails is 1'
like "$err" 'ended with 3; nothing is changed' 'which is said'
is "$(mail-comment "$two")" edited 'the comment stays'
EDITOR=$T/no-such-editor run mail-comment --edit "$two"
exit_is 1 'so is one that is not there'
EDITOR=: run env PATH="$POSTBAG_BIN" mail-comment --edit "$one" "$two"
exit_is 65 'different comments are not edited together'
EDITOR='truncate -s 0' runs 'an empty text' mail-comment --edit "$two"
run mail-comment "$two"
exit_is 1 'takes the comment away'
mail-comment --delete "$one"
EDITOR=$T/ed runs 'several without a comment are edited together' mail-comment --edit < <(mail-list)
is "$(mail-comment "$one")$(mail-comment "$two")" editededited 'and get the same'
is "$(ls "$TMPDIR")" '' 'nothing stays behind'
run env PATH="$POSTBAG_BIN" "$POSTBAG_BIN/mail-comment" --edit "$one"
exit_is 78 'without any editor it is 78'

# Mistakes

run mail-comment --text '' "$one"
exit_is 64 'an empty text is 64'
run mail-comment --text $' \n' "$one"
exit_is 64 'so is one of spaces'
run mail-comment --text x --delete "$one"
exit_is 64 'two things at once are 64'
run mail-comment --text x --format json "$one"
exit_is 64 'also with --format'
run mail-comment --text - < <(echo "$one")
exit_is 64 'text and references can not both come on standard input'
run mail-comment --text - "$one" < <(printf 'a\xffb')
exit_is 65 'what is not UTF-8 is 65'
run mail-comment --text - "$one" < <(head -c 70000 /dev/zero | tr '\0' x)
exit_is 69 'a text that is too long is 69'
runs 'the longest is kept' mail-comment --text - "$one" < <(head -c 65536 /dev/zero | tr '\0' x)
is "$(mail-comment "$one" | wc -c)" 65537 'whole'
run mail-comment --text x id:none@example.org "$two"
exit_is 66 'a message that is not there is 66'
is "$(mail-comment "$two")" x 'the others are done'
run mail-comment --text x < <(echo word)
exit_is 65 'a line that is no reference is 65'
tty mail-comment --text x
exit_is 64 'on a terminal without messages it is 64'
run mail-comment --text x --store "$T/nowhere" "$one"
exit_is 66 'a store that is not there is 66'
mail-comment --text $'bad\e[2J\u202Eend' "$two"
run mail-comment "$two"
is "$out" 'bad[2Jend' 'control characters are not printed'
unlike "$(mail-show "$two"; mail-list --format json; mail-show --json "$two"; mail-comment --format json "$two")" $'\e' 'nowhere'

# Examples of the manual page

mail-list -t > /dev/null
message 'Subject: statement' 'From: Bank <bank@example.com>' | put -n > three
mail-list -t > /dev/null
runs 'example: a text' mail-comment --text 'Answer before Monday' 3
runs 'example: what it says' mail-comment 3
is "$out" 'Answer before Monday' 'is what was written'
runs 'example: all that a search finds' mail-comment --text 'for the accountant' < <(mail-search from:bank is:unread)
is "$(mail-comment "$(cat three)")" 'for the accountant' 'is found by its people'
echo 'a note' > notes.txt
runs 'example: out of a file' mail-comment --text - 3 < notes.txt
is "$(mail-comment 3)" 'a note' 'is what the file says'
runs 'example: all comments' mail-comment < <(mail-search --limit all has:comment)
like "$out" $'Bank: statement\nfor the accountant' 'one after the other'
EDITOR=$T/ed runs 'example: one of them edited' mail-comment --edit < <(mail-search comment:accountant --limit 1)
is "$(mail-comment "$(cat three)")" $'for the accountant\nedited' 'is the one that was found'

done_testing
