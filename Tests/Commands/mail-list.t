#!/bin/bash
# mail-list: what is listed, in which order, in which form.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list

run mail-list
exit_is 0 'an empty store can be listed'
is "$out" '' 'and nothing is printed'

message 'Subject: oldest' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' 'From: Cy <cy@example.com>' 'Message-ID: <old@example.org>' |
  put -s S -t 1551693600 > old
message 'Subject: Re: middle' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' 'From: Ada <ada@example.org>' \
  'Message-ID: <mid@example.org>' 'In-Reply-To: <old@example.org>' -- "$(head -c 5000 /dev/zero | tr '\0' x)" |
  put -s RSF -t 1551780000 > mid
message 'Subject: newest' 'Date: Wed, 06 Mar 2019 10:00:00 +0000' 'From: Ben <ben@example.org>' \
  'Message-ID: <new@example.org>' 'X-Priority: 1' | put -n -t 1551866400 > new
message 'Subject: in work' 'Date: Thu, 07 Mar 2019 10:00:00 +0000' 'Message-ID: <work@example.org>' |
  put -f Work/Projects -t 1551952800 > work
message 'Subject: thrown away' 'Date: Fri, 08 Mar 2019 10:00:00 +0000' | put -f Trash -s S -t 1552039200 > trash
message 'Subject: cheap' 'Date: Fri, 08 Mar 2019 11:00:00 +0000' | put -f Junk -t 1552042800 > junk
message 'Subject: sent' 'Date: Fri, 08 Mar 2019 12:00:00 +0000' 'To: Dee <dee@example.org>' | put -f Sent -s S -t 1552046400 > sent

# Forms

runs 'a list is printed' mail-list
is "$out" "$(cat new mid old)" 'elsewhere than on a terminal it is absolute paths, newest first'
run mail-list --format ids
is "$out" $'id:new@example.org\nid:mid@example.org\nid:old@example.org' '--format ids prints references by Message-ID'
run mail-list -0
is "$out" "$(cat new mid old)" '-0 prints the same paths'
is "$(tr -dc '\0' < "$T/out" | wc -c)" 3 'each with a NUL behind it'
run mail-list --null --format ids
is "$(tr -dc '\n' < "$T/out" | wc -c)" 0 '--null leaves no newline'
POSTBAG_FORMAT=ids run mail-list --limit 1
is "$out" id:new@example.org 'POSTBAG_FORMAT decides when no option does'
POSTBAG_FORMAT=ids run mail-list --limit 1 --format paths
is "$out" "$(cat new)" '--format has the last word'
POSTBAG_FORMAT=xml run mail-list
exit_is 64 'a wrong POSTBAG_FORMAT is 64'

run mail-list --table
like "$out" '^  1 N    !  2019-03-06 Ben .* newest
  2  r \*    2019-03-05 Ada .*  [0-9.]+K Re: middle
  3         2019-03-04 Cy .* oldest$' 'a table has numbers, marks, dates, senders, sizes and subjects'
run mail-list -t --full-dates --limit 1
like "$out" ' 2019-03-06 10:00 Ben' '--full-dates shows the time too'
TZ=Asia/Kathmandu run mail-list -t --full-dates --limit 1
like "$out" ' 2019-03-06 15:45 Ben' 'in the local time zone'
run mail-list -t --normal --limit 1
like "${out%%$'\n'*}" "^  1 N    !  2019-03-06 Ben <ben@example\.org> +$(wc -c < "$(cat new)")\$" 'the first of two lines has name, address and size'
like "$out" $'\n {23}newest$' '--normal gives the subject a line of its own'
run mail-list -t --normal --compact --limit 1
is "$(wc -l <<< "$out")" 1 '--compact takes it back'
run mail-list -t Sent
like "$out" ' To Dee ' 'own mail shows to whom it went'

run mail-list --format json
is "$(wc -l <<< "$out")" 3 'JSON is an object a line'
if command -v jq > /dev/null; then
  is "$(jq -r '[.number, .message_id, .from, .from_address, .subject, .date, .time, (.flags | join(",")), .folder] | join("|")' <<< "$out" | sed -n 2p)" \
    '2|mid@example.org|Ada|ada@example.org|Re: middle|2019-03-05T10:00:00Z|1551780000|seen,answered,flagged|Inbox' 'with what is known of a message'
  is "$(jq -r .path <<< "$out")" "$(cat new mid old)" 'its path is absolute'
  is "$(jq .size <<< "$out" | sed -n 3p)" "$(wc -c < "$(cat old)")" 'its size is that of the file'
  is "$(jq -c '[.tags, .to, .received]' <<< "$out" | head -1)" '[[],"Ben Example",1551866400]' 'and it has recipients, tags, and when it came'
else
  skip 'members of JSON' 'jq is not installed'
fi

# What is listed

run mail-list --unread
is "$out" "$(cat new)" '--unread lists only unread messages'
run mail-list --flagged
is "$out" "$(cat mid)" '--flagged lists only flagged messages'
run mail-list --limit 2
is "$out" "$(cat new mid)" '--limit ends the list'
run mail-list --limit 0
is "$out" '' '--limit 0 lists nothing'
run mail-list Work/Projects
is "$out" "$(cat work)" 'a folder is named with slashes'
run mail-list inbox Work/Projects
is "$out" "$(cat work new mid old)" 'several folders are listed together'
run mail-list --all
is "$out" "$(cat sent work new mid old)" '--all leaves out Trash and Junk'
run mail-list trash
is "$out" "$(cat trash)" 'which can be named'
run mail-list --all -t
like "$out" 'Work/Projects +in work' 'with several folders the table names them'
run mail-list --tag nothing
is "$out" '' 'no message has a tag that does not exist'
run mail-list Drafts
exit_is 0 'a system folder that is not on disk is empty'

# Folders that fit, tags, dates

message 'Subject: other work' 'Date: Thu, 07 Mar 2019 11:00:00 +0000' 'Message-ID: <work2@example.org>' | put -f Work/Other -t 1551956400 > work2
message 'Subject: at work' 'Date: Thu, 07 Mar 2019 12:00:00 +0000' | put -f Work -t 1551960000 > atwork
run mail-list --folder 'work/*'
is "$out" "$(cat work2 work)" '--folder lists the folders that fit'
run mail-list --folder 'Work*' --folder trash
is "$out" "$(cat trash atwork work2 work)" 'may be given again'
run mail-list --folder 'Work*' --folder '*/Other' Work
is "$out" "$(cat atwork work2 work)" 'and lists each folder once'
run mail-list --folder 'S?nt' -t
like "$out" ' To Dee ' '? is one character'
run mail-list --folder 'no*such'
is "$status$out" 0 'a pattern that fits none lists nothing'
run mail-list --folder Nowhere
exit_is 66 'a name must be that of a folder'
run mail-list --folder Drafts
is "$status$out" 0 'or of a system folder that is not on disk'
run mail-list --folder 'Work*' --all
exit_is 64 '--folder and --all exclude each other'
run mail-list --folder 'Work/*' -t
like "$out" 'Work/(Other|Oth…) +other work' 'the table names the folders'
run mail-list --folder 'Work/*' --threads --limit 1
is "$out" "$(cat work2)" 'as conversations too'

run mail-list --since 2019-03-05
is "$out" "$(cat new mid)" '--since leaves out what is older'
run mail-list --since 2019-03-05T10:00:01
is "$out" "$(cat new)" 'to the second'
TZ=Pacific/Kiritimati run mail-list --since 2019-03-06
is "$out" "$(cat new mid)" 'in local time'
run mail-list --all --since 2019-03-07 --reverse
is "$out" "$(cat work work2 atwork sent)" 'with --all'
run mail-list --since 1d
is "$out" '' 'an age is so long ago'
run mail-list --since 2019-03-05 --threads --format ids
is "$out" $'id:new@example.org\nid:mid@example.org' 'with --threads'
run mail-list --since 2019-03-05 --format json
is "$(grep -o '"message_id":"[a-z]*' <<< "$out" | tr '\n' ' ')" '"message_id":"new "message_id":"mid ' 'and as JSON'
for date in nonsense 2019-13 2019..2020 ''; do
  run mail-list --since "$date"
  exit_is 64 "'--since $date' is 64"
done
like "$err" '^mail-list: --since : expected ' 'and what is expected is said'

mail-tag +work '+to do' "$(cat new)"
mail-tag +work/other "$(cat mid)"
mail-comment --text hello "$(cat mid)"
run mail-list --tag WORK
is "$out" "$(cat new)" '--tag lists what has the tag, whatever its case'
run mail-list --tag 'work*'
is "$out" "$(cat new mid)" '* stands for anything'
run mail-list --tag 'work*' --tag 'to do'
is "$out" "$(cat new)" 'given again all are wanted'
run mail-list --tag 'work*' --tag none
is "$out" '' 'also one that does not exist'
run mail-list --all --tag 'work*' --threads --format ids
is "$out" $'id:new@example.org\nid:mid@example.org' 'with --threads'
run mail-list --stdin --tag 'to ?o' < <(cat old new mid)
is "$out" "$(cat new)" 'and --stdin'
run mail-list -t --tag 'work*'
like "$out" '  1 N    !  2019-03-06 Ben .* \[to do\] \[work\] newest' 'tags stand before the subject'
like "$out" '  2  r \*  " 2019-03-05 Ada .*\[work/other\] Re: middle' 'a comment has a mark'
run mail-list --tag 'work*' --format json
like "$out" '"tags":\["to do","work"\],"thread"' 'JSON has the tags'
like "$out" '"commented"\],"tags":\["work/other"\],"comment":"hello","thread"' 'and the comment'
mail-tag '-*' "$(cat new mid)"
mail-comment --delete "$(cat mid)"
rm "$(cat work2)" "$(cat atwork)"
message 'Subject: all marks' 'X-Priority: 5' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' -- $'--b\n\nx\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\nx\n--b--' | put -f Marks -s RPF > marks
mail-comment --text hello "$(cat marks)"
run mail-list -t Marks
like "$out" '  1 Nrf\*@v" ' 'every mark has its column'

# In which order

run mail-list --reverse
is "$out" "$(cat old mid new)" '--reverse lists the oldest first'
run mail-list --sort date
is "$out" "$(cat new mid old)" '--sort date lists the newest first'
run mail-list --sort received
is "$out" "$(cat new mid old)" '--sort received too'
run mail-list --sort from
is "$out" "$(cat mid new old)" '--sort from goes from A to Z'
run mail-list --sort subject
is "$out" "$(cat mid new old)" '--sort subject passes over Re:'
run mail-list --sort size --limit 1
is "$out" "$(cat mid)" '--sort size begins with the largest'
run mail-list --sort size --reverse
is "$(tail -1 <<< "$out")" "$(cat mid)" 'and with --reverse ends with it'

run mail-list --threads
is "$out" "$(cat new old mid)" '--threads puts an answer under what it answers, newest conversation first'
run mail-list --threads -t
like "$out" $'\n  2 .*\\(2\\) oldest\n  3 .*└ Re: middle$' 'as a tree that says how many there are'
run mail-list --threads --unread
is "$out" "$(cat new)" '--threads --unread keeps conversations with an unread message'
message 'Subject: Re: gone' 'Message-ID: <g1@example.org>' 'In-Reply-To: <gone@example.org>' -- one | put -f Gone -s S > /dev/null
message 'Subject: Re: gone' 'Message-ID: <g2@example.org>' 'In-Reply-To: <gone@example.org>' -- two | put -f Gone > /dev/null
run mail-list --threads -t Gone
like "$out" '\(2, 1 unread\) Re: gone' 'answers to a message that is not there are a conversation'
is "$(mail-list --threads Gone | wc -l)" 2 'which has two paths'

# References on standard input

run mail-list --stdin < <(cat old new)
is "$out" "$(cat old new)" '--stdin lists in the order in which references come'
run mail-list --stdin --sort from < <(cat old new mid)
is "$out" "$(cat mid new old)" 'unless they are sorted'
run mail-list --stdin --sort date < <(cat old trash junk)
is "$out" "$(cat junk trash old)" 'messages that are named are listed even from Trash and Junk'
run mail-list --stdin --threads < <(cat mid trash old)
is "$out" "$(cat trash old mid)" 'as conversations too'
run mail-list --stdin --unread < <(cat old new mid)
is "$out" "$(cat new)" 'and only those that are wanted'
run mail-list --stdin < <(printf 'id:mid@example.org\nid:<old@example.org>\n\n')
is "$out" "$(cat mid old)" 'ids are references too, and empty lines are none'
run mail-list --stdin < <(tr '\n' '\0' < mid)
is "$out" "$(cat mid)" 'so are paths separated by NUL'
run mail-list --stdin
exit_is 0 'no references are no error'
is "$out$err" '' 'and nothing is said'
run mail-list --stdin < <(cat old; echo id:nobody@example.org; cat mid)
exit_is 66 'a message that is not there gives 66'
is "$out" "$(cat old mid)" 'after the others have been listed'
is "$err" 'mail-list: id:nobody@example.org: no such message' 'and is named'
run mail-list --stdin < <(echo 7)
exit_is 65 'a number on standard input is bad data'

mv "$(cat mid)" "$MAILDIR/.Work.Projects/cur/$(basename "$(cat mid)" :2,RSF):2,S"
run mail-list --stdin < mid
is "$out" "$MAILDIR/.Work.Projects/cur/$(basename "$(cat mid)" :2,RSF):2,S" 'a message that was moved and marked is found again'
mv "$out" "$(cat mid)"

# Terminals

tty mail-list
like "$out" '  1.*N.*newest' 'on a terminal a table is printed'
like "$out" $'\e\\[32mN' 'with colours'
NO_COLOR=1 tty mail-list
unlike "$out" $'\e' 'but not with NO_COLOR'
message "Subject: $(printf 'wide %.0s' {1..40})" 'From: Someone with a long name <long@example.org>' | put -f Wide -s S > wide
tty_columns=60 NO_COLOR=1 tty mail-list Wide
is "$(wc -L <<< "$out")" 60 'lines fit the terminal'
tty mail-list --format paths
is "$out" "$(cat new mid old)" '--format paths prints paths there too'
unset POSTBAG_LIST
tty bash -c 'mail-list > /dev/null; mail-list; mail-mark flagged 2; mail-list --flagged --format paths'
like "$out" "$(basename "$(cat mid)" | cut -d: -f1)" 'numbers are remembered for the terminal session'
export POSTBAG_LIST=$T/list
for number in $(seq 30); do message "Subject: many $number" | put -f Many -s S > /dev/null; done
PAGER="sed 's/^/PAGED /'" tty mail-list Many
is "$(grep -c '^PAGED' <<< "$out")" 30 'a long table goes through the pager'
PAGER="sed 's/^/PAGED /'" tty mail-list
is "$(grep -c '^PAGED' <<< "$out")" 0 'a short one does not'

for pager in /nonexistent false; do
  PAGER=$pager tty mail-list Many
  is "$(grep -c 'many [0-9]' <<< "$out")" 30 "without a pager that works ($pager) the table is printed"
done
mail-list -t Many > /dev/null
cp "$POSTBAG_LIST" before
tty mail-list Drafts
like "$out" 'no messages' 'an empty list is said to be empty'
ok 'and leaves the numbers of the last one' cmp -s before "$POSTBAG_LIST"
for columns in 20 30 40; do
  for options in '' --full-dates --normal '--normal --full-dates' --threads; do
    # shellcheck disable=SC2086
    NO_COLOR=1 tty_columns=$columns tty mail-list Wide Inbox --limit 9 $options
    ok "$columns columns are enough for a table ${options:-as it is}" test "$(wc -L <<< "$out")" = "$columns"
  done
done
NO_COLOR=1 tty_columns=50 tty mail-list --all --limit 1 --sort size
like "$out" 'Re: middle' 'the subject has room on a narrow terminal'
run mail-list --limit all
is "$(wc -l <<< "$out")" "$(mail-list | wc -l)" '--limit all is no limit'
run mail-list --limit -5
exit_is 64 '--limit -5 is 64'
like "$err" 'positive number' 'and says what is expected'

# What can go wrong

run mail-list Nowhere
exit_is 66 'no such folder is 66'
is "${err%%$'\n'*}" 'mail-list: Nowhere: no such folder' 'and says so in one line'
run mail-list --store "$T/nothing"
exit_is 66 'no such store is 66'
run mail-list --sort colour
exit_is 64 'an unknown order is 64'
run mail-list --all Work
exit_is 64 'folders and --all exclude each other'
run mail-list --limit -1
exit_is 64 'a negative limit is 64'
run mail-list --config /dev/null --store "$MAILDIR" --limit 1
is "$out" "$(cat new)" '--store names the store'
mkdir -p "$HOME/.config/postbag"
printf 'store = "%s"\n[folders]\nsent = "Gone"\n' "$MAILDIR" > "$HOME/.config/postbag/config.toml"
run env -u MAILDIR mail-list --limit 1
is "$out" "$(cat new)" 'without MAILDIR the configuration names the store'
run env -u MAILDIR mail-folder --format json
like "$out" '"name":"Gone","path":"[^"]*","role":"sent"' 'and which folder has a role'
printf 'store = 3\n' > "$T/bad.toml"
run mail-list --config "$T/bad.toml"
exit_is 78 'a wrong configuration is 78'
run mail-list --config "$T/none.toml"
exit_is 66 'a configuration that was named must be there'
rm "$HOME/.config/postbag/config.toml"
chmod 777 "$MAILDIR"
run mail-list
exit_is 77 'a store that others may write is refused'
chmod 700 "$MAILDIR"
is "$(mail-list Many | head -1 | wc -l)" 1 'a reader that goes away'
is "$(mail-list Many --format json | { read -r line; echo "${line:0:10}"; })" '{"number":' 'takes what it wants'
_make_maildir "$MAILDIR/.Huge"
for number in $(seq 1000); do printf 'Subject: %s\n\nx\n' "$number" > "$MAILDIR/.Huge/cur/1700000000.M${number}P1.host:2,S"; done
mail-list Huge --format json 2> err | true
is "${PIPESTATUS[0]}$(cat err)" 0 'is no error'
mail-list Huge --threads -t 2> err | head -1 > /dev/null
is "${PIPESTATUS[0]}$(cat err)" 0 'in whatever form'
run bash -c 'mail-list > /dev/full'
exit_is 74 'output that can not be written is 74'
message $'Subject: =?utf-8?Q?a=1B[31mb=E2=80=AEc?=' 'From: =?utf-8?Q?x=1B]0;y?= <x@example.org>' 'Message-ID: <esc@example.org>' |
  put -f Bad -s S > /dev/null
run mail-list -t Bad
unlike "$out" $'\e|\xe2\x80\xae' 'no control character from mail reaches the terminal'
run mail-list --format json Bad
unlike "$out" $'\e|\xe2\x80\xae|u001b|u202e' 'nor as JSON, also when it is decoded'

done_testing
