#!/bin/bash
# mail-mark: flags of messages, one by one, by conversation, and many at once.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list

flags() { basename "$(find "$MAILDIR" -name "$(basename "$1" | cut -d: -f1)*" -path '*/cur/*')" | sed 's/.*:2,//'; }

one=$(message 'Subject: one' 'Message-ID: <one@example.org>' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' | put -n)
two=$(message 'Subject: two' 'Message-ID: <two@example.org>' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' 'In-Reply-To: <one@example.org>' | put)
three=$(message 'Subject: three' 'Message-ID: <three@example.org>' 'Date: Wed, 06 Mar 2019 10:00:00 +0000' 'In-Reply-To: <two@example.org>' | put -f Work)

runs 'a message is marked by its path' mail-mark seen "$one"
is "$out$err" '' 'without a word'
is "$(flags "$one")" S 'its file has the letter'
runs 'the old path still means it' mail-mark flagged "$one"
is "$(flags "$one")" FS 'letters are sorted'
runs 'marks are taken off' mail-mark unseen unflagged id:one@example.org
is "$(flags "$one")" '' 'several at once'
for mark in read:S answered:R forwarded:P draft:D flagged:F seen:S; do
  run mail-mark "${mark%:*}" "$two"
  is "$(flags "$two")" "${mark#*:}" "${mark%:*} is the letter ${mark#*:}"
  case ${mark%:*} in read) un=unread ;; *) un=un${mark%:*} ;; esac
  run mail-mark "$un" "$two"
  is "$(flags "$two")" '' "$un takes it off"
done

runs 'the conversation is marked' mail-mark seen --thread id:two@example.org
is "$(flags "$one")$(flags "$two")$(flags "$three")" SSS 'in all folders'
runs 'and marked unread' mail-mark --thread unread "$three"
is "$(flags "$one")$(flags "$two")$(flags "$three")" '' 'whole'

mail-list -t --reverse > /dev/null
runs 'numbers are of the last list' mail-mark seen 2
is "$(flags "$one"),$(flags "$two")" ,S 'the second is the second'
runs 'so are ranges' mail-mark flagged 1-2
is "$(flags "$one"),$(flags "$two")" F,FS 'from the first to the last'
run mail-mark seen 1-3
exit_is 64 'a number beyond the list is 64'
run mail-mark seen 0
exit_is 64 'there is no number 0'
POSTBAG_LIST=$T/none run mail-mark seen 1
exit_is 64 'without a list numbers are 64'
run mail-mark seen .
exit_is 64 'so is . when nothing has been shown'
message 'Message-ID: <brief@example.org>' | put > brief
mail-list -t --limit 1 > /dev/null
rm "$MAILDIR"/cur/"$(basename "$(cat brief)" | cut -d: -f1)"*
run mail-mark seen 1
exit_is 66 'a number whose message is gone is 66'

runs 'references are read from standard input' mail-mark answered < <(mail-list)
is "$(flags "$one"),$(flags "$two")" FR,FRS 'and all marked'
runs 'separated by NUL too' mail-mark unanswered -0 < <(mail-list -0)
is "$(flags "$one"),$(flags "$two")" F,FS 'and all marked again'
runs 'nothing there is no error' mail-mark seen
run mail-mark seen < <(printf 'word\n')
exit_is 65 'a line that is no reference is 65'
run mail-mark draft id:none@example.org id:one@example.org "$MAILDIR/cur/none:2,"
exit_is 66 'a message that is not there is 66'
is "$(flags "$one")" DF 'the others are marked'
like "$err" '^mail-mark: id:none@example.org: no such message' 'and it is named'
tty mail-mark seen
exit_is 64 'on a terminal without messages it is 64'

run mail-mark
exit_is 64 'no mark is 64'
run mail-mark blue "$one"
exit_is 64 'an unknown mark is 64'
run mail-mark seen unseen "$one"
exit_is 64 'a contradiction is 64'
run mail-mark seen word
exit_is 64 'a word is no message'
like "$err" "^mail-mark: word: not a message" 'and is named'

message 'Subject: a' 'Message-ID: <same@example.org>' -- one | put > a
message 'Subject: b' 'Message-ID: <same@example.org>' -- two | put > b
run mail-mark seen id:same@example.org
exit_is 65 'an id of two different messages is 65'
like "$err" "$(cat a)" 'both are named'
is "$(flags "$(cat a)")$(flags "$(cat b)")" '' 'neither is marked'
cp "$(cat a)" "$MAILDIR/.Work/cur/copy:2,"
rm "$(cat b)"
runs 'an id of two equal messages is clear' mail-mark seen id:same@example.org
is "$(flags "$(cat a)"),$(flags "$MAILDIR/.Work/cur/copy")" S,S 'both are marked'
cp "$(cat a)"* "$T/outside" 2> /dev/null || cp "$MAILDIR"/cur/"$(basename "$(cat a)" | cut -d: -f1)"* "$T/outside"
run mail-mark seen "$T/outside"
exit_is 66 'a file outside the store is not marked'

message 'Subject: foreign' 'Message-ID: <foreign@example.org>' | put -s Sabx > foreign
runs 'letters of other programs' mail-mark flagged unseen id:foreign@example.org
is "$(flags "$(cat foreign)")" Fabx 'stay'
before=$(find "$MAILDIR" -path '*/cur/*' -printf '%C@ %p\n' | sort)
runs 'marks that are there already' mail-mark flagged id:foreign@example.org
is "$(find "$MAILDIR" -path '*/cur/*' -printf '%C@ %p\n' | sort)" "$before" 'touch no file'

# Examples of the manual page
mail-list --all -t > /dev/null
runs 'example: numbers and ranges' mail-mark seen 1 2-3
is "$(mail-list --all --limit 3 --format json | grep -c '"seen"')" 3 'are marked'
runs 'example: a conversation' mail-mark unread --thread 3
runs 'example: a newsletter' mail-mark seen unflagged < <(mail-search --limit all from:ada)
is "$(mail-list --all --unread)$(mail-list --all --flagged)" '' 'is marked whole'

for number in $(seq 300); do printf 'Subject: %s\nMessage-ID: <m%s@example.org>\n\nx\n' "$number" "$number" > "$MAILDIR/new/1700000000.M${number}P1.host"; done
runs 'many are marked at once' mail-mark seen < <(mail-list --unread)
is "$(mail-list --unread | wc -l)" 0 'all of them'
is "$(find "$MAILDIR/new" -type f | wc -l)" 0 'and lie in cur'

done_testing
