#!/bin/bash
# mail-trash: messages go to Trash and back, for good, and by themselves.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

needs sqlite3
make_store
chmod 700 "$MAILDIR"
export POSTBAG_LIST=$T/list

config() { mkdir -p "$HOME/.config/postbag" && cat > "$HOME/.config/postbag/config.toml"; }
state() { sqlite3 "$MAILDIR/postbag/state.db" "$1"; }
# subjects FOLDER: what lies in a folder, in the order of the alphabet
subjects() { find "$MAILDIR/$1" -path "$MAILDIR/$1/*/*" -type f -exec sed -n 's/^Subject: //p' {} + 2> /dev/null | sort | tr '\n' ' '; }
inbox() { cat "$MAILDIR"/cur/* "$MAILDIR"/new/* 2> /dev/null | sed -n 's/^Subject: //p' | sort | tr '\n' ' '; }
# letter SUBJECT [PUT OPTIONS]
letter() { local subject=$1 && shift && message "Subject: $subject" "Message-ID: <$subject@example.org>" | put "$@"; }
# aged DAYS SUBJECT…: they have been in their folders for so many days
aged() {
  local days=$1 subject key
  shift
  for subject; do
    key=$(basename "$(grep -rl "^Subject: $subject\$" "$MAILDIR" --include='*:2,*' | head -1)")
    state "UPDATE message SET since = unixepoch() - 86400 * $days WHERE key = '${key%%[:,]*}'"
  done
}

one=$(letter one)
two=$(letter two -f Work/Projects -s FS)
letter three > three

# --- To Trash and back

runs 'a message goes to Trash' mail-trash "$one"
is "$out$err" '' 'without a word'
is "$(subjects .Trash)$(inbox)" 'one three ' 'and lies there'
runs 'once more' mail-trash id:one@example.org "$one"
is "$(subjects .Trash)" 'one ' 'it stays there'
runs 'references are read from standard input' mail-trash < <(printf '%s\0' "$two" "$(cat three)")
is "$(subjects .Trash)" 'one three two ' 'separated by NUL too'
runs 'with -0 as well' mail-trash -0 < <(printf '%s\0' "$two")
runs 'nothing there is no error' mail-trash
tty mail-trash
exit_is 64 'on a terminal without messages it is 64'
run mail-trash id:none@example.org
exit_is 66 'a message that is not there is 66'
run mail-trash word
exit_is 64 'a word is no message'
run mail-trash < <(echo word)
exit_is 65 'nor is a line'

runs 'one comes back' mail-trash restore id:one@example.org
is "$(inbox)$(subjects .Trash)" 'one three two ' 'to the Inbox'
runs 'one comes back to its folder' mail-trash restore < <(mail-search folder:Trash two)
is "$err" '' 'without a word'
is "$(subjects .Work.Projects)" 'two ' 'with its name'
ok 'and with its flags' test -f "$MAILDIR/.Work.Projects/cur/$(basename "$two")"
runs 'what is not in Trash' mail-trash restore "$two"
is "$err" 'mail-trash: 1 message is not in Trash' 'is not moved'
mail-trash "$two"
rm -r "$MAILDIR/.Work.Projects"
runs 'a folder that is gone' mail-trash restore "$two"
is "$err" 'mail-trash: Work/Projects: the folder was gone, and is made again' 'is made again, which is told'
is "$(subjects .Work.Projects)" 'two ' 'for what was in it'
mail-trash "$two" && rm -r "$MAILDIR/.Work.Projects" && mail-index
state "UPDATE trashed SET folder = 'Sent/none' WHERE folder LIKE 'Work%'"
runs 'a folder that can not be made' mail-trash restore "$two"
like "$err" 'Sent/none: .* its messages are in the Inbox' 'gives its messages to the Inbox'
is "$(inbox)" 'one two ' 'where they are'
letter stranger -f Trash > stranger
runs 'what was always in Trash' mail-trash restore "$(cat stranger)"
like "$err" '1 message is in the Inbox now, because it is not known' 'comes to the Inbox, which is told'
is "$(inbox)" 'one stranger two ' 'and lies there'
mail-folder create Archive
mail-trash < <(mail-list)
runs 'all come' mail-trash restore --to Archive < <(mail-list Trash)
is "$(subjects .Archive)" 'one stranger three two ' 'to the folder that is named'
run mail-trash restore --to None id:one@example.org
exit_is 66 'which must be there'
run mail-trash restore --to Trash id:one@example.org
exit_is 64 'and not be Trash'
mail-trash id:one@example.org id:two@example.org
runs 'the last time' mail-move --undo
is "$(subjects .Archive)" 'one stranger three two ' 'is taken back by mail-move --undo'
message 'Subject: reply' 'Message-ID: <reply@example.org>' 'In-Reply-To: <one@example.org>' | put > /dev/null
runs 'a conversation' mail-trash --thread id:one@example.org
is "$(subjects .Trash)" 'one reply ' 'goes as a whole'

# --- Empty

runs 'what would go' mail-trash empty --dry-run
is "$(wc -l <<< "$out")" 2 'is told as paths'
run mail-trash empty -n0
is "$(tr -dc '\0' < "$T/out" | wc -c)" 2 'separated by NUL if wanted'
tty mail-trash empty -n
like "$out" '^Trash: 2 messages, [0-9]+ B$' 'or in words on a terminal'
is "$(subjects .Trash)" 'one reply ' 'and nothing has gone'
answer() { printf '%s\n' "$1" | script --quiet --return --echo never --command "mail-trash empty" /dev/null > "$T/out" 2>&1; }
answer n
is "$?" 1 'no is an answer'
like "$(cat "$T/out")" 'Remove 2 messages, [0-9]+ B for good\? \[y/N\]' 'to a clear question'
is "$(subjects .Trash)" 'one reply ' 'after which all is there'
answer y
is "$(subjects .Trash)" '' 'yes removes it'
runs 'an empty Trash' mail-trash empty --yes --verbose
is "$out" '' 'has nothing to remove'
run mail-trash empty
exit_is 64 'where nobody can be asked --yes is wanted'
like "$err" '--yes' 'which is told'
letter four > /dev/null
mail-folder create Old && letter five -f Old > /dev/null && mail-folder create Old/Older && letter six -f Old/Older > /dev/null
mail-trash id:four@example.org && mail-folder delete Old
runs 'folders that were deleted' mail-trash empty -n
is "$(wc -l <<< "$out")" 3 'are in Trash'
tty mail-trash empty --yes --verbose
like "$out" '^3 messages, [0-9]+ B, and 2 folders removed$' 'and go with it, unasked if wanted'
is "$(find "$MAILDIR" -name '.Trash.*')" '' 'for good'
mail-trash id:three@example.org
runs 'without a terminal' mail-trash empty -y -v
like "$out" '^1 message, ' 'it counts'
is "$(mail-index --check)" '' 'the index agrees'

for folder in Aa Bb; do mail-folder create $folder && letter "in-$folder" -f $folder > /dev/null && mail-folder delete $folder; done
echo precious > "$MAILDIR/.Trash.Aa/precious"
run mail-trash empty < <(yes)
exit_is 64 'a yes from a pipe is none'
is "$(subjects .Trash.Aa)$(subjects .Trash.Bb)" 'in-Aa in-Bb ' 'and removes nothing'
run mail-trash empty --yes
exit_is 77 'a foreign file in a deleted folder is 77'
like "$err" 'Trash.Aa/precious: belongs to no mail program' 'and is named'
is "$(cd "$MAILDIR" && echo .Trash.*)" '.Trash.Aa' 'the other folders are gone'
mv "$MAILDIR/.Trash.Aa/precious" "$T"
runs 'without it' mail-trash empty --yes
is "$(cd "$MAILDIR" && echo .Trash.*)" '.Trash.*' 'that folder goes as well'

# --- Expire

run mail-trash expire --dry-run --verbose
is "$status$out$err" '0mail-trash: 0 messages, 0 B would go' 'that nothing would go is told if wanted'
mkdir -m 700 "$T/nothing"
run mail-trash expire --store "$T/nothing"
is "$status$out$err" 0 'cron hears nothing of a directory without mail'
is "$(ls -A "$T/nothing")" '' 'and nothing is made in it'
run mail-trash expire --verbose --store "$T/nothing"
is "$status$err" "0mail-trash: $T/nothing: no mail yet" 'who asks is told'
touch "$T/no-directory"
run mail-trash expire --store "$T/no-directory"
exit_is 66 'a file is no store'

letter young > /dev/null
letter old > /dev/null
letter flagged -s FS > /dev/null
mail-trash id:young@example.org id:old@example.org id:flagged@example.org
aged 31 old flagged
aged 29 young
runs 'what will expire' mail-trash expire --dry-run
is "$(wc -l <<< "$out")" 2 'is told'
like "$out" "$MAILDIR/.Trash/cur/" 'by its path'
run mail-trash expire -n --null
is "$(tr -dc '\0' < "$T/out" | wc -c)" 2 'separated by NUL if wanted'
runs 'what is older than 30 days' mail-trash expire
is "$out$err" '' 'goes without a word'
is "$(subjects .Trash)" 'young ' 'flagged or not'
runs 'once more' mail-trash expire --verbose
is "$out" '0 messages, 0 B removed' 'there is nothing to do'
config <<< $'[expire]\ntrash = "4w"'
runs 'with another time' mail-trash expire -v
like "$out" '^1 message, [0-9]+ B removed' 'it goes earlier'
is "$(subjects .Trash)" '' 'for good'

for folder in Junk Lists/a Lists/b Lists Keep; do
  letter "new-${folder/\//-}" -f "$folder" > /dev/null
  letter "old-${folder/\//-}" -f "$folder" > /dev/null
  letter "star-${folder/\//-}" -f "$folder" -s F > /dev/null
done
mail-index
for folder in Junk Lists-a Lists-b Lists Keep; do aged 15 "old-$folder" "star-$folder"; aged 13 "new-$folder"; done
config <<< $'[expire]\nJunk = "14d"\n"Lists/b" = "never"\n"lists/*" = "2w"\nTrash = "never"\n"*" = "1y"\nNone = "1d"'
runs 'rules for folders' mail-trash expire -v
is "$out" "1 message, $(message 'Subject: old-Junk' 'Message-ID: <old-Junk@example.org>' | wc -c) B removed
1 moved to Trash" 'are followed'
is "$(subjects .Junk)" 'new-Junk star-Junk ' 'Junk loses what is old and not flagged'
is "$(subjects .Lists.a)" 'new-Lists-a star-Lists-a ' 'so does what a pattern means'
is "$(subjects .Trash)" 'old-Lists-a ' 'but to Trash'
is "$(subjects .Lists.b)$(subjects .Lists)" 'new-Lists-b old-Lists-b star-Lists-b new-Lists old-Lists star-Lists ' 'a name is stronger than a pattern'
aged 10000 old-Lists-a
runs 'never' mail-trash expire
is "$(subjects .Trash)" 'old-Lists-a ' 'is never'
runs 'what expired so' mail-trash restore < <(mail-list Trash)
is "$(subjects .Lists.a)" 'new-Lists-a old-Lists-a star-Lists-a ' 'can be restored'
for wrong in 14 '"14"' '"0d"' '"soon"'; do
  config <<< "[expire]"$'\n'"Junk = $wrong"
  run mail-trash expire
  exit_is 78 "Junk = $wrong is no time"
done
rm "$HOME/.config/postbag/config.toml"

# What was there when the store was first read counts from the last change of its file.
letter unknown -f Trash > /dev/null
rm -rf "$MAILDIR/postbag"
mail-index
is "$(state "SELECT count(*) FROM message WHERE since IS NOT NULL")" 0 'of an imported store nothing is known'
runs 'then the files count' mail-trash expire
is "$(subjects .Trash)" 'unknown ' 'which are new here'
is "$(state "SELECT abs(since - unixepoch()) < 60 FROM message WHERE since IS NOT NULL")" 1 'and from now on it is known'
aged 40 unknown
mail-mark unseen id:unknown@example.org
runs 'a new mark' mail-trash expire
is "$(subjects .Trash)" '' 'makes no message younger'

mail-folder create Gone && letter seven -f Gone > /dev/null && mail-folder create Gone/Deep && letter eight -f Gone/Deep > /dev/null
mail-index
aged 500 seven eight
mail-folder delete Gone
runs 'what is in a deleted folder' mail-trash expire
is "$(subjects .Trash.Gone)" 'seven ' 'counts from the deletion'
state "UPDATE deleted_folder SET time = time - 86400 * 31"
tty mail-trash expire -n
like "$out" $'Trash/Gone: 1 message, [0-9]+ B\nTrash/Gone/Deep: 1 message, [0-9]+ B\nTrash/Gone: the folder\nTrash/Gone/Deep: the folder' 'is told with its folders'
runs 'and goes' mail-trash expire -v
like "$out" '^2 messages, [0-9]+ B, and 2 folders removed$' 'with its folders'
is "$(find "$MAILDIR" -name '.Trash.*')$(mail-index --check)" '' 'for good'

for number in $(seq 300); do printf 'Subject: %s\n\nx\n' "$number" > "$MAILDIR/.Trash/cur/1700000000.M${number}P1.host:2,"; done
mail-index
state "UPDATE message SET since = 1"
for number in 1 2 3 4; do mail-trash expire > "$T/expire.$number" 2>&1 || echo "$?" >> "$T/expire.$number" & done
wait
is "$(cat "$T"/expire.[1-4])" '' 'four at once have nothing to say'
is "$(subjects .Trash)$(mail-index --check)" '' 'and harm nothing'

run mail-trash expire --store "$T/none"
is "$status$out$err" 0 'a store that is not there yet has nothing to expire'
runs 'nor has it with -v' mail-trash expire -v --store "$T/none"
like "$err" 'no such store yet' 'but says so'
run mail-trash empty --yes --store "$T/none"
exit_is 66 'which is 66 elsewhere'
runs 'an empty store' mail-trash expire --store "$(make_store "$T/fresh" && chmod 700 "$T/fresh" && echo "$T/fresh")"
is "$out$err" '' 'has nothing either'
for word in empty expire; do
  run mail-trash "$word" word
  exit_is 64 "$word takes no word"
done
run mail-trash restore --folder x
exit_is 64 'an unknown option is 64'

if [ "$(id -u)" = 0 ]; then
  skip 'a store that can not be written is 77' 'root writes everywhere'
else
  letter locked > locked
  mail-index
  chmod 500 "$MAILDIR/postbag" "$MAILDIR"
  run mail-trash "$(cat locked)"
  exit_is 77 'a store that can not be written is 77'
  chmod 700 "$MAILDIR" "$MAILDIR/postbag"
fi

# --- Examples of the page

mail-list -t > /dev/null
letter news > /dev/null
message 'Subject: paper' 'From: news@example.org' 'Message-ID: <paper@example.org>' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' | put > /dev/null
example() { sed -n "/^$1/s/^ *//p" "$root/man/mail-trash.1"; }
runs 'by the number of a list' bash -c 'mail-list -t > /dev/null && mail-trash 1'
runs 'and back' bash -c "$(example 'mail-move --undo')"
runs 'by a search' bash -c "$(example 'mail-search --limit all')"
is "$(subjects .Trash)" 'paper ' 'all that it finds'
aged 31 paper
runs 'what expires tonight' bash -c "$(example 'mail-trash expire --dry-run')"
like "$out" "$MAILDIR/.Trash/" 'can be listed'
runs 'by a search back' bash -c "$(example 'mail-search folder:Trash' | sed 's/ada/news/')"
is "$(subjects .Trash)" '' 'to where it was'

done_testing
