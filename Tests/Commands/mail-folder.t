#!/bin/bash
# mail-folder: the list of folders with their counts, and new folders.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

needs jq
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
# Restricted lists.
run mail-folder list Familie 'w*'
is "$out" $'Familie/Großeltern & Co\nWork/Projects' 'folders that are named or fit a pattern'
run mail-folder list Nirgends
exit_is 66 'a name that fits nothing is 66'
runs 'a pattern that fits nothing' mail-folder list 'nix*'
is "$out" '' 'is no error'
run mail-folder list --unread
is "$out" $'Inbox\nInbox/Sub3\nWork/Projects' '--unread leaves out what has been seen'

# Names at the edge.
for name in $'a\u202eb' $'\u00a0x' 'x/ y' $'a\u2066b'; do
  run mail-folder create "$name"
  exit_is 64 "$(printf '%q' "$name") can't be a name"
  unlike "$err" $'\u202e|\u2066' 'and the error does not change the direction'
done
run mail-folder create "$(printf 'ü%.0s' $(seq 100))"
exit_is 64 'a name of 200 bytes that has more on disk is too long'
like "$err" '255 bytes' 'and is told why'
runs 'a name of 254 bytes on disk is not' mail-folder create "$(printf 'x%.0s' $(seq 254))"
runs 'an accent in one form' mail-folder create $'Caf\u00e9'
run mail-folder create $'Cafe\u0301'
exit_is 73 'is the same name as in the other'
run mail-folder create reisen
exit_is 73 'a name that differs in case only exists'
mkdir -p "$MAILDIR"/.odd'&IC4-'name/{cur,new,tmp}
like "$(mail-folder)" $'\noddname\n' "another program's name is shown without what is dangerous"
runs 'and is renamed as it is shown' mail-folder rename oddname Even
ok 'on disk' test -d "$MAILDIR/.Even/cur"

# System folders.
for folder in Inbox INBOX Sent drafts Templates Trash Junk; do
  for command in "rename $folder New" "move $folder Work" "delete $folder"; do
    # shellcheck disable=SC2086
    run mail-folder $command
    exit_is 77 "mail-folder $command is 77"
  done
done
is "$err" "mail-folder: Junk: the system folder for junk mail can't be deleted" 'and says why'
for command in 'create Sent/x' 'create Junk/x/y' 'rename Reisen Sent/Reisen' 'move Reisen Junk'; do
  # shellcheck disable=SC2086
  run mail-folder $command
  exit_is 77 "mail-folder $command is 77"
done
is "$err" "mail-folder: Junk/Reisen: Junk can't have folders in it" 'and says why'
run mail-folder rename Reisen Sent
exit_is 73 'a system folder that is not on disk exists'

# Rename and move, with all below.
message 'Message-ID: <deep@example.org>' | put -f Work/Projects/Deep > /dev/null
number=$(mail-list Work/Projects/Deep --format json | jq .id)
mail-tag +keep id:deep@example.org
runs 'a folder that is none by itself is renamed' mail-folder rename Work Arbeit
is "$out$err" '' 'without a word'
is "$(mail-folder list Arbeit)" $'Arbeit/Projects\nArbeit/Projects/Deep' 'with all below it'
fails 'the old directory has gone' test -e "$MAILDIR/.Work.Projects"
is "$(mail-list Arbeit/Projects/Deep --format json | jq -c '[.id, .tags[]]')" "[$number,\"keep\"]" 'number and tags stay'
runs 'by case only' mail-folder rename Arbeit/Projects Arbeit/projects
runs 'into another folder' mail-folder move Arbeit/projects Archive Inbox
is "$(mail-folder list Inbox | tail -4)" $'Inbox/Sub2\nInbox/Sub3\nInbox/projects\nInbox/projects/Deep' 'as they are'
runs 'and to the top level' mail-folder move inbox/Archive /
run mail-folder move Archive Nirgends
exit_is 66 'the parent must exist'
run mail-folder rename Archive Reisen
exit_is 73 'a folder that exists is not overwritten'
run mail-folder rename Inbox/projects Inbox/projects/Deep/x
exit_is 64 'a folder does not go into itself'
run mail-folder rename Nirgends Irgendwo
exit_is 66 'what is renamed must exist'
run mail-folder rename Archive $'a\nb'
exit_is 64 'a new name can be wrong'
run mail-folder rename Archive
exit_is 64 'rename takes two names'
run mail-folder move Archive
exit_is 64 'move takes two names'
mkdir "$MAILDIR/.Taken"
run mail-folder rename Archive Taken
exit_is 73 'a directory that is no folder is not overwritten'

# A name made anew gets a new UIDVALIDITY.
validity() { sqlite3 "$MAILDIR/postbag/state.db" "SELECT uidvalidity FROM folder WHERE name = '$1'"; }
if command -v sqlite3 > /dev/null; then
  mail-folder create Names
  first=$(validity Names)
  mail-folder rename Names Names2
  is "$(validity Names2)" "$first" 'a renamed folder keeps its UIDVALIDITY'
  mail-folder create Names
  ok 'a folder of the old name gets a larger one' test "$(validity Names)" -gt "$first"
  second=$(validity Names)
  mail-folder delete Names
  mail-folder delete --permanently Trash/Names
  mail-folder create Names
  ok 'and so after it was removed' test "$(validity Names)" -gt "$second"
  mail-folder delete Names
  mail-folder rename Names2 Names
  ok 'a folder that takes over a name gets a larger one than it ever had' test "$(validity Names)" -gt "$second"
fi

# Delete and restore.
runs 'a folder is deleted' mail-folder delete Inbox/projects
is "$out$err" '' 'without a word'
is "$(mail-folder list Trash)" $'Trash\nTrash/Names\nTrash/projects\nTrash/projects/Deep' 'it lies in Trash, with its tree'
is "$(mail-list Trash/projects/Deep --format json | jq -c '[.id, .tags[]]')" "[$number,\"keep\"]" 'number and tags stay'
is "$(mail-folder list --deleted)" $'Trash/Names\nTrash/projects' '--deleted lists what was deleted'
is "$(mail-folder list --deleted --format json | jq -r .deleted_from | tail -1)" Inbox/projects 'JSON tells from where'
mail-folder create Cased/A && run mail-folder create CASED/B Cased/b
exit_is 64 'a level that differs only in case from one that is there is 64'
is "$err" 'mail-folder: CASED/B: CASED is called Cased here' 'and told'
is "$(mail-folder list 'cased/*')" $'Cased/A\nCased/b' 'the others are made'
run mail-folder rename Cased/b trash/b
exit_is 64 'nor does a folder go below such a level by another name'
mail-folder delete Cased/b && mail-folder delete --permanently Trash/b
runs 'but the level is renamed with all in it' mail-folder rename Cased CASED
is "$(mail-folder list 'cased/*')" CASED/A 'to another case'
mail-folder delete CASED/A && mail-folder delete --permanently Trash/A
runs 'a name with a dot' mail-folder create example.org
like "$err" '^mail-folder: example.org: Dovecot' 'is made with a warning'
mail-folder delete example.org && mail-folder delete --permanently Trash/example.org
mail-folder create Level/Below && mail-folder delete Level
is "$(mail-folder list --deleted Trash/Level)" Trash/Level 'also one that is only a level'
is "$(mail-folder list Trash/Level)" Trash/Level/Below 'which is no folder otherwise'
mail-folder restore Level && mail-folder delete Level/Below && mail-folder delete --permanently Trash/Below
mail-folder create Inbox/projects
mail-folder delete Inbox/projects
is "$(mail-folder list 'Trash/projects*')" $'Trash/projects\nTrash/projects 2\nTrash/projects/Deep' 'a name that is taken gets a number'
run mail-folder restore Inbox/projects
exit_is 65 'a name that fits two is 65'
is "$err" $'mail-folder: Inbox/projects: fits 2 deleted folders\nTrash/projects\nTrash/projects 2' 'and tells them'
runs 'the name in Trash is enough' mail-folder restore projects
is "$(mail-list Inbox/projects/Deep --format json | jq -c '[.id, .tags[]]')" "[$number,\"keep\"]" 'it is back with all that was in it'
run mail-folder restore 'Trash/projects 2'
exit_is 73 'its old name may be taken'
like "$err" '--to' 'and a way out is told'
runs 'it is restored elsewhere' mail-folder restore 'Trash/projects 2' --to Elsewhere
like "$(mail-folder)" Elsewhere 'under another name'
mail-folder create Bin
mail-folder move Bin Trash
runs 'what was moved into Trash is restored, too' mail-folder restore Bin
run mail-folder restore Nirgends
exit_is 66 'what was not deleted is 66'
like "$err" 'no such folder in Trash' 'and says so'
run mail-folder restore Inbox
exit_is 66 'also where there is such a folder elsewhere'
run mail-folder move Archive ''
exit_is 64 'a parent needs a name'
run mail-folder restore
exit_is 64 'a name is needed'
run mail-folder restore --to x Names Names
exit_is 64 '--to is for one folder'
run mail-folder restore --to Sent/x Names
exit_is 77 'nothing is restored into Sent'
run mail-folder delete Trash/Names
exit_is 77 'what lies in Trash is not deleted again'
like "$err" '--permanently' 'and a way is told'
run mail-folder delete --permanently Elsewhere
exit_is 77 'nothing else is removed for good'
mkdir -p "$MAILDIR"/.Trash.Foreign/{cur,new,tmp}
run mail-folder restore Trash/Foreign
exit_is 64 'where a folder was that another program put into Trash is not known'
mkdir -p "$MAILDIR/.Trash.Foreign/notes"
touch "$MAILDIR/.Trash.Foreign/dovecot.index.log"
run mail-folder delete --permanently Trash/Foreign
exit_is 77 'what belongs to no mail program is not removed'
like "$err" 'Trash.Foreign/notes: belongs to no mail program' 'and is named'
rmdir "$MAILDIR/.Trash.Foreign/notes"
message 'Message-ID: <away@example.org>' | put -f Trash/Foreign > /dev/null
runs 'a folder is removed for good' mail-folder delete --permanently Trash/Foreign
fails 'with all in it' test -e "$MAILDIR/.Trash.Foreign"
fails 'its messages are not found' mail-show id:away@example.org
run mail-folder delete
exit_is 64 'delete needs a name'

mkdir -p "$T/elsewhere/cur" "$MAILDIR/.Trash.Linked"/{new,tmp}
touch "$T/elsewhere/cur/1.M1.x:2,S"
ln -s "$T/elsewhere/cur" "$MAILDIR/.Trash.Linked/cur"
mail-folder delete --permanently Trash/Linked
ok 'what links lead to is not removed' test -e "$T/elsewhere/cur/1.M1.x:2,S"

message 'Message-ID: <under@example.org>' | put -f Over/Under > /dev/null
mail-folder delete Over
runs 'folders below a name that is none are removed' mail-folder delete --permanently Trash/Over
is "$(mail-folder list 'Trash/*')" Trash/Names 'too'

# Thousands of links to one file: what is interrupted is done by mail-index.
mkdir -p "$MAILDIR"/.Trash.Many/{cur,new,tmp}
message > "$T/many"
for ((n = 1; n <= 3000; n++)); do echo "$MAILDIR/.Trash.Many/cur/1700000000.M$n.many:2,S"; done > links
# shellcheck disable=SC2016
xargs -n 500 sh -c 'for name; do ln "$0" "$name"; done' "$T/many" < links
mail-index --envelopes
mail-folder delete --permanently Trash/Many 2> err &
pid=$!
while [ ! -e "$MAILDIR/postbag/removed" ] && kill -0 $pid 2> /dev/null; do :; done
sleep 0.02
kill -INT $pid 2> /dev/null
wait $pid
status=$?
ok 'Ctrl-C stops it, or it was quicker' test $status = 130 -o $status = 0
mail-index
fails 'nothing is left to be removed' test -e "$MAILDIR/postbag/removed"
unlike "$(mail-folder)" Many 'the folder has gone'

# Subscriptions.
runs 'folders are subscribed' mail-folder subscribe Elsewhere 'Familie/Großeltern & Co' inbox a.b
is "$(cat "$MAILDIR/subscriptions")" $'V\t2\n\nElsewhere\nFamilie\tGro&AN8-eltern &- Co\nINBOX\na&AC4-b' 'as Dovecot writes it'
is "$(mail-folder list --subscribed)" $'Inbox\nElsewhere\nFamilie/Großeltern & Co\na.b' '--subscribed lists them'
is "$(mail-folder list Elsewhere --format json | jq .subscribed)" true 'JSON tells so'
mail-folder rename Elsewhere There
mail-folder delete There
mail-folder restore There
is "$(mail-folder list --subscribed | tail -3)" $'Familie/Großeltern & Co\nThere\na.b' 'they follow'
runs 'and are unsubscribed' mail-folder subscribe --off There a.b
is "$(mail-folder list --subscribed)" $'Inbox\nFamilie/Großeltern & Co' 'one by one'
run mail-folder subscribe Nirgends
exit_is 66 'what is subscribed must exist'
run mail-folder subscribe
exit_is 64 'subscribe needs a name'

# Roles.
mkdir -p "$MAILDIR"/.INBOX.Sent/{cur,new,tmp}
cat > roles.toml << 'END'
[folders]
sent = ["Sent Items", ".INBOX.Sent"]
junk = "Spam"
trash = "Papierkorb"
END
like "$(mail-folder list --config roles.toml --format json | jq -r 'select(.role) | [.name, .role] | join("=")' | tr '\n' ' ')" \
  '^Inbox=inbox Inbox/Sent=sent Drafts=drafts Templates=templates Papierkorb=trash Spam=junk $' 'configured folders have the roles'
run mail-folder delete --config roles.toml Inbox/Sent
exit_is 77 'and are system folders'
fails 'one that is not on disk is not made to be listed' test -e "$MAILDIR/.Papierkorb"
runs 'but when it is needed' mail-folder delete --config roles.toml Reisen
ok 'under the name configured' test -d "$MAILDIR/.Papierkorb.Reisen/cur"
printf '[folders]\nsent = "X"\njunk = "X"\n' > twice.toml
run mail-folder list --config twice.toml
exit_is 78 'one folder has one role'
printf '[folders]\nsent = "X/"\n' > bad.toml
run mail-folder list --config bad.toml
exit_is 78 'a configured name can be wrong'

# The examples of the page.
make_store "$T/examples"
mail-folder create Projects Work Lists/swift-dev Lists/other
runs 'example: move' mail-folder move Projects Work
runs 'example: rename' mail-folder rename Work/Projects Work/2026
runs 'example: delete' mail-folder delete Work/2026
is "$(mail-folder list --deleted --format json | jq -r .name)" Trash/2026 'example: what was deleted'
runs 'example: restore' mail-folder restore Work/2026
mail-folder list 'Lists/*dev' -0 | xargs -0r mail-folder subscribe
is "$(mail-folder list --subscribed)" Lists/swift-dev 'example: subscribe'

# A tree of plain Maildirs.
M=$MAILDIR
make_tree() { for name; do (umask 077 && mkdir -p "$T/tree/$name"/{cur,new,tmp}); done; }
make_tree Inbox Work/Projects Work/Projects/Old Lists
MAILDIR=$T/tree
printf 'Message-ID: <tree@example.org>\n\nx\n' > "$T/tree/Work/Projects/Old/cur/1.M1.t:2,S"
mail-tag +keep id:tree@example.org
runs 'a folder of a tree is renamed' mail-folder rename Work Arbeit
is "$(mail-folder list Arbeit)" $'Arbeit/Projects\nArbeit/Projects/Old' 'with all below it'
runs 'deleted' mail-folder delete Arbeit/Projects
ok 'into Trash' test -d "$T/tree/Trash/Projects/Old/cur"
fails 'nothing is left where it was' test -e "$T/tree/Arbeit"
runs 'restored' mail-folder restore Arbeit/Projects
runs 'and moved' mail-folder move Arbeit/Projects Lists
is "$(mail-list Lists/Projects/Old --format json | jq -c .tags)" '["keep"]' 'with its tags'
mail-folder delete Lists/Projects
runs 'and removed' mail-folder delete --permanently Trash/Projects
is "$(mail-folder)" $'Inbox\nSent\nDrafts\nTemplates\nTrash\nJunk\nLists' 'as a whole'
run mail-folder create cur
exit_is 64 'a tree has names of its own'
MAILDIR=$M

# Other programs rename folders too.
mail-folder create Foreign
message 'Message-ID: <foreign@example.org>' | put -f Foreign > /dev/null
mail-tag +keep id:foreign@example.org
before=$(mail-list Foreign --format json | jq -c '[.id, .tags]')
mv "$MAILDIR/.Foreign" "$MAILDIR/.Renamed"
is "$(mail-list Renamed --format json | jq -c '[.id, .tags]')" "$before" 'numbers and tags follow a directory that another program renames'
runs 'and the index is right' mail-index --check

run mail-folder list --format ids
exit_is 64 'ids are no form of folders'
run mail-folder list --store "$T/nothing"
exit_is 66 'no such store is 66'
run mail-folder list --config /dev/null
exit_is 0 '--config names a configuration'
# A store that can't be written: as another user, since root may write everywhere.
user() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
  chown -R 65534:65534 "$T"
fi
if user test -x "$POSTBAG_BIN/mail-folder"; then
  user mail-folder delete Lists/other
  chmod 500 "$MAILDIR" "$MAILDIR/postbag"
  for command in 'create x' 'rename Work c' 'move Work Lists' 'delete Work' 'restore other' 'delete --permanently Trash/other' 'subscribe Work'; do
    # shellcheck disable=SC2086
    run user mail-folder $command
    exit_is 77 "mail-folder $command in a store that can not be written is 77"
  done
  runs 'but it can be listed' user mail-folder list --deleted
  is "$out" Trash/other 'from a copy of what is known about it'
  chmod 700 "$MAILDIR" "$MAILDIR/postbag"
else
  skip 'a store that can not be written is 77' 'another user can not run the commands'
fi

# Dovecot and we keep the same file, and see the same folders.
if command -v doveadm > /dev/null && user test -x "$POSTBAG_BIN/mail-folder"; then
  mkdir "$T/dovecot"
  cat > dovecot.conf << END
base_dir = $T/dovecot/run
log_path = $T/dovecot/log
ssl = no
mail_location = maildir:$T/shared
first_valid_uid = 1
first_valid_gid = 1
END
  make_store "$T/shared"
  chown -R 65534:65534 "$T/shared" "$T/dovecot" 2> /dev/null
  dove() { user env HOME="$T/dovecot" USER=nobody doveadm -c "$T/dovecot.conf" mailbox "$@"; }
  run user mail-folder create Work/Projects 'Entwürfe & mehr' Other
  run user mail-folder subscribe Work/Projects 'Entwürfe & mehr' inbox
  is "$(dove list -s | sort)" $'Entwürfe & mehr\nINBOX\nWork.Projects' 'Dovecot reads what we have subscribed'
  dove subscribe Other
  dove unsubscribe 'Entwürfe & mehr'
  dove rename Other Another
  run user mail-folder rename Work Arbeit
  is "$(user mail-folder list --subscribed)" $'Inbox\nArbeit/Projects' 'and we what Dovecot has'
  is "$(dove list | sort)" $'Another\nArbeit\nArbeit.Projects\nEntwürfe & mehr\nINBOX' 'folders are the same for both'
else
  skip 'Dovecot reads what we have subscribed' 'doveadm is not installed'
fi

done_testing
