#!/bin/bash
# mail-search: what is found, in which order and form, what is remembered, and what a mistake looks like.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store

budget=$(message 'From: Ada Bank <ada@bank.example.org>' 'To: Ben Example <ben@example.com>' \
  'Subject: Budget for the board meeting' 'Message-ID: <budget@example.org>' 'Date: Mon, 04 Mar 2024 10:00:00 +0000' \
  -- 'Information about the budget, discussed at the board meeting in Zürich.' | put -s S)
draft=$(message 'From: Ada Bank <ada@bank.example.org>' 'Subject: Draft of a budget' \
  'Message-ID: <draft@example.org>' 'Date: Tue, 05 Mar 2024 10:00:00 +0000' -- 'The board meeting is not yet fixed.' |
  put -s DS)
reply=$(message 'From: Ben Example <ben@example.com>' 'To: Ada Bank <ada@bank.example.org>' \
  'Cc: Cleo <cleo@example.net>' 'Subject: Re: Budget for the board meeting' 'Message-ID: <reply@example.com>' \
  'In-Reply-To: <budget@example.org>' 'References: <budget@example.org>' 'Date: Wed, 06 Mar 2024 10:00:00 +0000' \
  -- 'Agreed.' | put -n)
list=$(message 'From: Dora <dora@example.net>' 'To: dev@lists.example.org' 'List-Id: Development <dev.lists.example.org>' \
  'Subject: A patch' 'Message-ID: <patch@example.net>' 'Date: Sat, 04 Mar 2017 10:00:00 +0000' \
  -- 'CVE-2017-1234 is fixed by this patch of the parser.' | put -s FS)
large=$(message 'From: Eve <eve@example.org>' 'Subject: Pictures' 'Message-ID: <pictures@example.org>' \
  'Date: Fri, 01 Feb 2019 10:00:00 +0000' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' \
  -- "$(printf -- '--b\nContent-Type: text/plain\n\nTwo pictures.\n--b\nContent-Type: application/pdf; name="report 2019.pdf"\n\n%s\n--b--\n' "$(printf '%2000s' x)")" |
  put -s RS)
japanese=$(message 'From: Yuki <yuki@example.org>' 'Subject: 会議の資料' 'Message-ID: <kaigi@example.org>' \
  'Date: Sat, 02 Feb 2019 10:00:00 +0000' 'Content-Type: text/plain; charset=utf-8' 'Content-Transfer-Encoding: 8bit' \
  -- '明日の会議は東京都で開きます。' | put -s PS)
trash=$(message 'Subject: An old budget' 'Message-ID: <old@example.org>' | put -f Trash -s S)
work=$(message 'Subject: Work on the roof' 'Message-ID: <roof@example.org>' | put -f Work/House -s S)

# finds NAME EXPECTED… -- QUERY…: the query finds exactly these paths, in whatever order.
finds() {
  local name=$1 expected=()
  shift
  while [ "$1" != -- ]; do
    expected+=("$1")
    shift
  done
  shift
  run mail-search "$@"
  is "$(sort <<< "$out")" "$([ ${#expected[@]} = 0 ] || printf '%s\n' "${expected[@]}" | sort)" "$name: $*"
}

# Words
finds 'a word' "$budget" "$draft" "$reply" -- budget
exit_is 0 'something found is 0'
finds 'several words' "$budget" "$reply" -- budget board -draft
finds 'words of one argument and of several are the same' "$budget" "$reply" -- 'budget board' -draft
finds 'OR' "$list" "$large" -- patch OR pictures
finds 'parentheses' "$budget" "$reply" -- 'budget (board OR patch) -draft'
finds 'NOT' "$draft" -- budget NOT for
finds 'a phrase' "$budget" "$draft" "$reply" -- '"board meeting"'
finds 'a phrase in the other order' -- '"meeting board"'
exit_is 1 'nothing found is 1'
finds 'the beginning of a word' "$budget" -- 'informa*'
finds 'no accents, no case' "$budget" -- ZURICH
finds 'accents though there are none' "$budget" -- büdget Zürich
finds 'a word of parts' "$list" -- CVE-2017-1234
finds 'two characters of Japanese' "$japanese" -- 東京
finds 'the last two of three' "$japanese" -- 京都
finds 'a single character' "$japanese" -- 資
finds 'characters that do not stand together' -- 東都

# Fields
finds 'from, a name' "$budget" "$draft" -- from:bank
finds 'from, an address' "$reply" -- from:ben@example.com
finds 'from, a domain and those below it' "$budget" "$draft" "$large" "$japanese" "$work" -- from:@example.org
finds 'to' "$reply" -- to:ada@bank.example.org
finds 'cc' "$reply" -- cc:cleo
finds 'with' "$budget" "$draft" "$reply" -- with:ada@bank.example.org
finds 'subject' "$budget" "$reply" -- 'subject:"board meeting"'
finds 'subject, one of two' "$list" "$large" -- 'subject:(patch OR pictures)'
finds 'body' "$budget" -- body:information
finds 'filename' "$large" -- filename:report
finds 'attachment, a phrase' "$large" -- 'attachment:"report 2019.pdf"'
finds 'type' "$large" -- type:application/pdf
finds 'type, short' "$large" -- type:pdf
finds 'list' "$list" -- list:dev
finds 'id' "$list" -- 'id:<patch@example.net>'
finds 'thread' "$budget" "$reply" -- thread:reply@example.com
finds 'folder' "$work" -- folder:work/house
finds 'folder with a star' "$work" -- 'folder:Work*'
finds 'a year' "$budget" "$draft" "$reply" -- 'date:2024 (budget OR board)'
finds 'a range of years without a field' "$large" "$japanese" -- 2018..2019
finds 'a range of days' "$draft" "$reply" -- '2024-03-05..2024-03-06'
finds 'before' "$list" -- before:2018
finds 'larger' "$large" -- larger:2000
finds 'size' "$large" -- size:2K..1M
finds 'unread' "$reply" -- is:unread
finds 'flagged' "$list" -- is:flagged
finds 'answered' "$large" -- is:answered
finds 'forwarded' "$japanese" -- is:forwarded
finds 'draft' "$draft" -- is:draft
finds 'from a list' "$list" -- is:list
finds 'attachment' "$large" -- has:attachment
finds 'nothing tagged' -- has:tag
finds 'everything but' "$large" "$japanese" "$list" "$work" -- -budget

# Trash and Junk
finds 'Trash when it is named' "$trash" -- folder:trash budget
finds 'Trash with --all' "$budget" "$draft" "$reply" "$trash" -- --all budget
finds 'one folder' "$work" -- --folder Work/House roof
finds 'two folders' "$trash" "$work" -- --folder trash --folder 'work/*' '*'
run mail-search --folder Nowhere roof
exit_is 66 'a folder that is not there is 66'
is "$err" "mail-search: Nowhere: no such folder
mail-folder list names the folders." 'it is named'

# System folders that are not on disk yet are empty
for name in sent Drafts templates JUNK; do
  run mail-search "folder:$name"
  exit_is 1 "nothing is in $name"
  is "$err" '' 'and that is no mistake'
done
run mail-search --folder Drafts budget
exit_is 1 'nothing is in --folder Drafts'
finds 'all but those in a folder that is not on disk' "$list" "$large" "$japanese" "$work" -- -folder:sent -budget
finds 'one of two folders' "$work" -- 'folder:(sent OR Work/House)'
printf '[folders]\nsent = "Gesendet"\n' > "$T/folders.toml"
run mail-search --config "$T/folders.toml" folder:gesendet
exit_is 1 'a configured folder that is not on disk is empty'
run mail-search --config "$T/folders.toml" folder:sent
exit_is 1 'also by its standard name'
run mail-search folder:gesendet
exit_is 66 'without the configuration it is no folder'

# Order and number
run mail-search --sort date budget
is "$out" "$reply
$draft
$budget" 'by date, the newest first'
run mail-search --sort date --reverse budget --limit 2
is "$out" "$budget
$draft" 'by date, the oldest first, two of them'
run mail-search --sort subject '*' --limit 3
is "$out" "$list
$reply
$budget" 'by subject'
run mail-search --sort size '*' --limit 1
is "$out" "$large" 'by size'
run mail-search --sort from '*' --limit 1
is "$out" "$draft" 'by sender, the newest of one sender first'
run mail-search --sort received '*' --limit all
is "$(wc -l <<< "$out")" 7 'by arrival, all'
run mail-search budget --limit 1
is "$out" "$budget" 'the best first: the word is in subject and text'
run mail-search budget --reverse
is "$(tail -n 1 <<< "$out")" "$budget" 'the best last with --reverse'
run mail-search --count budget
is "$out" 3 '--count counts'
run mail-search --count --limit 1 budget
is "$out" 3 '--count counts all'
run mail-search --count nothingofthekind
is "$out" 0 '--count of nothing'
exit_is 1 '--count of nothing is 1'
run mail-search --limit 0 budget
is "$out" '' '--limit 0 prints nothing'

# Forms
run mail-search --format ids from:ben@example.com
is "$out" 'id:reply@example.com' '--format ids'
run mail-search -0 --format paths from:ben@example.com
ok '-0 ends a path with NUL' cmp "$T/out" <(printf '%s\0' "$reply")
run mail-search --null from:ben@example.com
ok '--null is the same' cmp "$T/out" <(printf '%s\0' "$reply")
run mail-search --format json from:ben@example.com
like "$out" '^\{.*"message_id":"reply@example.com".*\}$' '--format json'
run mail-search -t from:ben@example.com
like "$out" '^ +1 +N.*Ben Example.*Inbox.*Re: Budget' '-t'
compact=$out
run mail-search --table --compact from:ben@example.com
is "$out" "$compact" '--table --compact is the same'
run mail-search -t --normal from:ben@example.com
is "$(wc -l <<< "$out")" 2 '--normal has two lines'
run mail-search -t --full-dates from:ben@example.com
like "$out" '2024-03-06 10:00' '--full-dates'
POSTBAG_FORMAT=ids run mail-search from:ben@example.com
is "$out" 'id:reply@example.com' 'the form that POSTBAG_FORMAT names'
tty mail-search from:ben@example.com
like "$out" 'Ben Example' 'a table on a terminal'
tty mail-search budget --sort date --limit 2
like "$out" '2 of 3; --limit all shows all$' 'a terminal is told that there are more'
tty mail-search budget --limit 3
unlike "$out" ' of 3' 'but not when all are shown'
run mail-search budget --limit 2
is "$err" '' 'nor is a pipe'
tty mail-search quaggaquagga
is "$out" 'mail-search: nothing found' 'a terminal is told that nothing was found'
exit_is 1 'and that is 1'
export POSTBAG_LIST=$T/numbers
run mail-search -t from:ben@example.com
run mail-search -t quaggaquagga
is "$out$err" '' 'a pipe is told by the exit code'
run mail-show --json 1
like "$out" "reply@example.com" "a search that finds nothing leaves the numbers as they were"
unset POSTBAG_LIST
run mail-list --stdin --format ids < <(mail-search from:ben@example.com)
is "$out" 'id:reply@example.com' 'mail-list reads what mail-search prints'

# The last search and saved ones
run mail-search --count --last
is "$out" 1 '--last repeats'
run mail-search '"board meeting"'
finds '--last narrowed down' "$draft" -- --last draft
run mail-search --save bills 'subject:(budget OR patch)'
exit_is 0 '--save is 0'
is "$out$err" '' '--save prints nothing'
finds 'a saved search' "$budget" "$draft" "$reply" "$list" -- @bills
finds 'a saved search among words' "$list" -- @bills -budget
run mail-search --save latest --last
run mail-search --saved
is "$out" "$(printf 'bills\tsubject:(budget OR patch)\nlatest\t@bills -budget')" '--saved, --save with --last'
run mail-search --delete latest
exit_is 0 '--delete is 0'
run mail-search --delete latest
exit_is 66 '--delete of what is not there is 66'
is "$err" 'mail-search: latest: no such saved search' 'it says so'
run mail-search --save bills '@bills draft'
exit_is 64 'a search that leads to itself is not saved'
like "$err" 'the saved search "bills" refers to itself' 'it says so'
run mail-search --save self @self
like "$err" 'the saved search "self" refers to itself' 'also one that is new'
run mail-search --save chain @bills
run mail-search --save bills @chain
exit_is 64 'nor a circle'
finds 'what was saved before stays' "$budget" "$draft" "$reply" "$list" -- @chain
run mail-search --delete chain
run mail-search --delete bills
run mail-search --saved
exit_is 1 '--saved is 1 when there are none'
run mail-search --save 'a b' budget
exit_is 64 'a name with a space is 64'
run mail-search @nobody
like "$err" 'no saved search is called "nobody"' 'a saved search that is not there is named'
exit_is 66 'a saved search that is not there is 64'

# What was understood
run mail-search --explain 'from:bank budget -draft "board meeting" 2024..2026'
is "$out" 'all of:
  from: bank
  budget
  not draft
  "board meeting"
  date from 2024-01-01 00:00:00 until before 2027-01-01 00:00:00
without the folders: Trash
order: by relevance among the newest 3,000 matches' '--explain'
run mail-search --explain --limit 5000 --all 'is:unread OR larger:1M'
is "$out" 'any of:
  unread
  size at least 1048577 bytes
order: the newest first, as there are no words to rank by' '--explain of a query without words'
TZ=Europe/Brussels run mail-search --explain date:2024-07-01
like "$out" 'from 2024-07-01 00:00:00 until before 2024-07-02' 'dates are local'

# Mistakes
mistake() {
  run mail-search "$1"
  is "$err" "$2" "a mistake is shown with its place: $1"
  exit_is 64 'and is 64'
}
mistake 'inf* budget' 'mail-search: expected at least 4 letters or digits before "*"
  inf* budget
     ^'
mistake '会議 (資料' 'mail-search: expected ")" for this "("
  会議 (資料
       ^'
mistake 'budget subject:-perl' 'mail-search: "-" stands before the field: write -subject:perl
  budget subject:-perl
                 ^'
mistake 'is:blue' 'mail-search: "is:" doesn'\''t know "blue"; expected unread, read, flagged, answered, forwarded, draft, list, signed, encrypted, high, low, tagged or commented
  is:blue
     ^'
mistake 'form:ada' 'mail-search: no field is called "form"; did you mean "from:"?
  form:ada
  ^'
mistake $'a\e[31m "b' 'mail-search: expected a closing quotation mark for this one
  a[31m "b
        ^'
run mail-search "$(printf 'word%.0s ' {1..40})x* $(printf 'more%.0s ' {1..40})"
ok 'a long query is cut to what fits' test "$(sed -n 2p <<< "$err" | wc -m)" -le 80
like "$(sed -n 2p <<< "$err")" '^  ….*x\*.*…$' 'around the mistake'
run mail-search
exit_is 64 'no query is 64'
run mail-search --saved budget
exit_is 64 '--saved with a query is 64'
run mail-search --limit -1 budget
exit_is 64 'a negative limit is 64'
run mail-search --sort colour budget
exit_is 64 'an unknown order is 64'

# Options and words
run mail-search --limit 2 --sort date --reverse --format ids --folder inbox budget
short=$out
run mail-search --limit=2 --sort=date --reverse --format=ids --folder=inbox budget
is "$out" "$short" 'options with = mean the same'
is "$out" "$(printf 'id:budget@example.org\nid:draft@example.org')" 'and do what they say'
finds 'everything after -- is a word' "$list" -- --sort date -- patch -nothing
run mail-search -- --count patch
like "$err" 'put --count in quotation marks' 'also what looks like an option'
exit_is 64 'which two dashes make a mistake'
run mail-search --count --foo
like "$err" "unknown option '--foo'" 'an unknown option is named, also without words'
exit_is 64 'and is 64'
run mail-search --count
like "$err" 'expected what to search for' 'no words'
for option in $(mail-search --help | grep -oE -- '--[a-z-]+ <[a-z]+>' | cut -d' ' -f1 | sort -u); do
  run mail-search budget "$option"
  like "$err" "[Mm]issing value for '$option" "$option takes the next word"
done

# The store
run mail-search --store "$T/nowhere" budget
exit_is 66 'a store that is not there is 66'
make_store "$T/other"
elsewhere=$(message 'Subject: Elsewhere' | put)
make_store
finds '--store' "$elsewhere" -- --store "$T/other" elsewhere
run mail-search --store "$T/other" --last --count
is "$out" 1 'each store has its own last search'
make_store "$T/german"
gesendet=$(message 'Subject: Elsewhere' | put -f Gesendet -s S)
for name in sent SENT gesendet Gesendet; do
  finds 'a folder that the configuration names' "$gesendet" -- --config "$T/folders.toml" --folder "$name" elsewhere
done
plain=$(message 'Subject: Elsewhere' | put -f Sent -s S)
finds 'a folder of this very name comes first' "$plain" -- --config "$T/folders.toml" folder:Sent
finds 'and the role otherwise' "$gesendet" -- --config "$T/folders.toml" folder:sent
make_store "$T/empty"
run mail-search --last
exit_is 66 '--last before the first search is 66'
run mail-search budget
exit_is 1 'nothing is found in an empty store'
make_store

# New mail, changed marks, deleted messages
new=$(message 'Subject: Fresh words' -- 'quixotic' | put -n)
finds 'mail that has just come' "$new" -- quixotic
mv "$new" "$MAILDIR/cur/${new##*/}:2,F"
finds 'a message that was marked meanwhile' "$MAILDIR/cur/${new##*/}:2,F" -- quixotic is:flagged
rm "$MAILDIR/cur/${new##*/}:2,F"
run mail-search --count quixotic
run mail-search --count quixotic
is "$out" 0 'a message that is gone is not found'

# The examples of the page
finds 'example' "$budget" -- from:bank budget -draft
finds 'example' "$budget" -- 'from:bank budget -draft "board meeting" 2024..2026'
run mail-search with:ada@example.org 2w.. --sort date --reverse -t
exit_is 1 'example: nothing exchanged in the last two weeks'
run mail-search --count is:unread -is:list
is "$out" 1 'example: unread, not from lists'
run mail-search --save bills 'subject:(invoice OR bill) -tag:paid'
exit_is 0 'example: --save'
run mail-search @bills 2w..
exit_is 1 'example: a saved search'

done_testing
