#!/bin/bash
# mail-folder: the list of folders with their counts, and new folders.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
runs 'a store without folders has the system folders' mail-folder list
is "$out" $'Inbox\nSent\nDrafts\nTemplates\nTrash\nJunk' 'in their order'

message | put -n > /dev/null
message | put -s S > /dev/null
message | put -f Work/Projects > /dev/null
message | put -f Archive -s S > /dev/null

runs 'the list has no need of its name' mail-folder
is "$out" $'Inbox\nSent\nDrafts\nTemplates\nTrash\nJunk\nArchive\nWork/Projects' 'elsewhere than on a terminal it is names'
run mail-folder list --table
like "$out" '^  unread   total   size  folder
      1        2 +[0-9]+  Inbox
' 'the table has counts'
like "$out" '       \+ {17}Work
      1        1 +[0-9]+    Projects$' 'and a parent shows that a child has unread mail'
run mail-folder list -t
like "$out" '      0        1 +[0-9]+  Archive' 'a folder without unread mail has 0'
run mail-folder list --format json
if command -v jq > /dev/null; then
  is "$(jq -r '[.name, .role, .total, .unread] | map(tostring) | join("|")' <<< "$out")" \
    $'Inbox|inbox|2|1\nSent|sent|0|0\nDrafts|drafts|0|0\nTemplates|templates|0|0\nTrash|trash|0|0\nJunk|junk|0|0\nArchive|null|1|0\nWork/Projects|null|1|1' \
    'JSON has name, role, total and unread'
else
  skip 'members of JSON' 'jq is not installed'
fi
run mail-folder list --format paths
like "$out" "$MAILDIR/.Work.Projects" 'paths are absolute'
run mail-folder list -0
is "$(tr -dc '\0' < "$T/out" | wc -c)" 8 '-0 ends names with NUL'
is "$(mail-folder list --format names --null | tr '\0' '\n' | head -1)" Inbox '--null too'
tty mail-folder
like "$out" 'total   size  folder' 'on a terminal it is a table'

runs 'a folder is made' mail-folder create Reisen
is "$out$err" '' 'without a word'
for half in cur new tmp; do ok "it has $half" test -d "$MAILDIR/.Reisen/$half"; done
is "$(stat -c %a "$MAILDIR/.Reisen")" 700 'it is private'
like "$(mail-folder)" Reisen 'and listed'
runs 'names are UTF-8' mail-folder create 'Familie/Großeltern & Co' '日本'
ok 'and modified UTF-7 on disk' test -d "$MAILDIR/.Familie.Gro&AN8-eltern &- Co"
like "$(mail-folder)" $'Familie/Großeltern & Co\n' 'they are listed as they were given'
like "$(mail-folder)" '日本' 'in any script'
runs 'a name may have dots' mail-folder create a.b
ok 'written so that other programs see one folder' test -d "$MAILDIR/.a&AC4-b/cur"
like "$(mail-folder)" $'a\\.b\n' 'and read back'
run mail-folder create Reisen
exit_is 73 'a folder that exists is 73'
is "${err%%$'\n'*}" 'mail-folder: Reisen: the folder exists already' 'and says so'
run mail-folder create One
run mail-folder create Two One Three
exit_is 73 'one of several that exists is 73'
is "$err" 'mail-folder: One: the folder exists already' 'and is named'
like "$(mail-folder)" $'Three\n.*Two' 'the others are made'
run mail-folder create $'caf\xe9'
exit_is 64 'a name that is no UTF-8 is 64'
like "$err" 'not UTF-8' 'and why is said'
run mail-folder create -x
exit_is 64 'an unknown option of create is 64'
like "$err" "-x" 'and is named'
runs 'a folder below the Inbox is made' mail-folder create INBOX/Sub inbox/Sub2
like "$(mail-folder)" $'Inbox/Sub\nInbox/Sub2' 'with one spelling of the Inbox'
run mail-folder create Inbox/SUB
exit_is 73 'so that it exists in any'
run mail-deliver -m INBOX/Sub3 < <(message)
exit_is 0 'a message is delivered below the Inbox'
like "$(mail-folder)" Inbox/Sub3 'in a folder of the same spelling'
unlike "$(mail-folder)" INBOX 'mail-deliver spells it so, too'
run mail-folder create INBOX
exit_is 73 'the Inbox exists in any case'
for name in '' a//b /a a/ $'a\nb' $'a\eb' ' a' 'a ' ../x; do
  run mail-folder create "$name"
  exit_is 64 "$(printf '%q' "$name") can't be a name"
  unlike "$err" $'\e' 'and the error has no control character'
done
runs 'a dot is a letter of a name' mail-folder create 'v1.2/a.b'
ok 'and is escaped on disk' test -d "$MAILDIR/.v1&AC4-2.a&AC4-b/cur"
like "$(mail-folder)" 'a\.b' 'so that it is listed as it was given'
run mail-folder create
exit_is 64 'a name is needed'
run mail-folder create "$(printf 'x%.0s' $(seq 300))"
exit_is 64 'a name can be too long'
run mail-folder remove-everything
exit_is 64 'an unknown word is 64'
run mail-folder list --format ids
exit_is 64 'ids are no form of folders'
run mail-folder list --store "$T/nothing"
exit_is 66 'no such store is 66'
run mail-folder list --config /dev/null
exit_is 0 '--config names a configuration'

done_testing
