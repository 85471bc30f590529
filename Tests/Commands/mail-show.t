#!/bin/bash
# mail-show: what is shown of a message, in every form, and what happens to it.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list
esc=$'\e'

message 'Subject: first' 'Date: Mon, 04 Mar 2019 10:00:00 +0100' 'From: Cy <cy@example.com>' 'To: Ada <ada@example.org>' \
  'Message-ID: <first@example.org>' -- 'Hello Ada.' | put -s S -t 1551690000 > first
{
  printf '%s\n' 'From: Ada <ada@example.org>' 'To: Cy <cy@example.com>' 'Subject: Re: first' \
    'Date: Tue, 05 Mar 2019 10:00:00 +0000' 'Message-ID: <second@example.org>' 'In-Reply-To: <first@example.org>' \
    'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' \
    '--b' 'Content-Type: text/plain; charset=utf-8' 'Content-Transfer-Encoding: base64' '' "$(printf '> Hello Ada.\nHéllo Cy.\n' | base64)" \
    '--b' 'Content-Type: application/pdf' 'Content-Disposition: attachment; filename="plan.pdf"' \
    'Content-Transfer-Encoding: base64' '' "$(printf 'PDF bytes' | base64)" '--b--'
} > second.eml
put -t 1551780000 < second.eml > second
{
  printf '%s\n' 'From: News <news@example.net>' 'Subject: =?utf-8?q?A=1B]0;evil=07_sale?=' 'Date: Wed, 06 Mar 2019 10:00:00 +0000' \
    'Message-ID: <third@example.org>' 'Content-Type: text/html; charset=utf-8' '' \
    "<p onclick='x()'>Buy <a href='https://shop.example.net/x'>now</a>${esc}[31m&#x202E;!</p><script>alert(1)</script>" \
    "<img src='http://track.example.net/1.png'>"
} | put -t 1551866400 > third

# A message

runs 'a message is shown' mail-show "$(cat first)"
is "$out" $'From: Cy <cy@example.com>\nTo: Ada <ada@example.org>\nDate: Mon, 04 Mar 2019 10:00:00 +0100 (09:00 here)\nSubject: first\n\nHello Ada.' \
  'with the fields that matter and its text'
is "$err" '' 'and no other word'

run mail-show id:second@example.org
like "$out" $'\n> Hello Ada.\nHéllo Cy.\n' 'text is decoded'
like "$out" $'\n\\[2\\] plan.pdf  application/pdf  9 B$' 'an attachment has a line with number, name, type and size'
run mail-show --no-attachments id:second@example.org
unlike "$out" plan.pdf '--no-attachments leaves it out'

run mail-show "$(cat third)"
like "$out" 'Buy now \[1\]' 'HTML is shown as text'
like "$out" $'\n\\[1\\] https://shop.example.net/x\n' 'with its links'
like "$out" '1 remote image was not loaded' 'remote content is announced'
unlike "$out" 'alert|onclick' 'scripts are not shown'
is "$(tr -d '\n\40-\176' < "$T/out" | wc -c)" 0 'and no control character or override of direction gets through'
like "$out" 'Subject: A]0;evil sale' 'in the header neither'

# References

run mail-list -t
run mail-show 2-3
like "$out" $'Re: first\n.*━━.*\nFrom: Cy' 'numbers and ranges of the last list are shown in order, with a line between'
is "$(cat first second)" "$(mail-list --reverse --limit 2)" 'nothing shown into a pipe is marked'
run mail-show .
like "$out" 'Subject: first' '. is the message that was shown last'
run mail-show < <(cat second first)
like "$out" $'Re: first.*Subject: first' 'references are read from standard input'
run mail-show < /dev/null
exit_is 0 'none there is no error'
is "$out" '' 'and nothing is printed'
run mail-show - < second.eml
like "$out" 'Subject: Re: first' '- is a message on standard input'
run env MAILDIR="$T/nowhere" mail-show - < second.eml
exit_is 0 'which needs no store'
cp second.eml elsewhere.eml
run env MAILDIR="$T/nowhere" mail-show ./elsewhere.eml
like "$out" 'Subject: Re: first' 'a file outside any store can be shown'
exit_is 0 'and that needs no store'
run mail-show --thread id:second@example.org
like "$out" $'^From: Cy.*━━.*From: Ada' '--thread shows the conversation, oldest first'
mv "$(cat first)" "$(cat first)R"
run mail-show "$(cat first)"
like "$out" 'Hello Ada' 'a message that was marked by another program is found by its old path'
mv "$(cat first)R" "$(cat first)"

# Forms

run mail-show --raw id:second@example.org
ok '--raw gives the bytes as they are' cmp "$T/out" second.eml
run mail-show --headers "$(cat third)"
like "$out" $'^From: News <news@example.net>\nSubject: A]0;evil sale\n' '--headers gives every field, decoded and clean'
like "$out" 'Content-Type: text/html' 'also those that are not shown otherwise'
unlike "$out" 'Buy' 'and no text'
run mail-show --part 2 id:second@example.org
is "$out" 'PDF bytes' '--part decodes a part'
run mail-show --part 1 id:first@example.org
is "$out" 'Hello Ada.' 'a message without parts is its part 1'
run mail-show --part 2.MIME id:second@example.org
like "$out" 'filename="plan.pdf"' '--part 2.MIME gives the header of a part'
run mail-show --part HEADER id:first@example.org
like "$out" 'Message-ID: <first@example.org>' '--part HEADER gives the header of the message'
run mail-show --part TEXT id:first@example.org
is "$out" 'Hello Ada.' '--part TEXT gives its body'
run mail-show --part 7 id:second@example.org
exit_is 66 'a part that is not there gives 66'
is "$err" $'mail-show: 7: no such part\nmail-show lists the parts that are attached.' 'and is named'
run mail-show --part x id:second@example.org
exit_is 66 'so does a section that there is none of'

run mail-show --html "$(cat third)"
like "$out" '<p>Buy <a href="https://shop.example.net/x" rel="noopener noreferrer">now</a>' '--html gives a page'
unlike "$out" 'alert|onclick|track.example.net' 'without scripts, event handlers and remote content'
like "$err" '1 remote image was not loaded' 'which is said'
run mail-show --html --remote-images "$(cat third)"
like "$out" '<img src="http://track.example.net/1.png">' '--remote-images leaves them in'
is "$err" '' 'and says nothing'

run mail-show --json id:second@example.org
is "$(wc -l < "$T/out")" 1 '--json gives one line'
if command -v python3 > /dev/null; then
  is "$(python3 -c 'import json,sys; m=json.load(sys.stdin); print(m["subject"], m["from"][0]["address"], m["parts"][0]["parts"][1]["name"], m["in_reply_to"][0], m["folder"], m["unread"], sep="|"); print(m["text"])' < "$T/out")" \
    $'Re: first|ada@example.org|plan.pdf|first@example.org|Inbox|True\n> Hello Ada.\nHéllo Cy.' 'with header, parts and text'
else
  skip 'with header, parts and text' 'no python3'
fi

# Width

long=$(printf 'word%.0s ' {1..40})
message 'Subject: long' 'Message-ID: <long@example.org>' 'Content-Type: text/plain; charset=utf-8' -- "> $long" | put > long
run mail-show id:long@example.org
is "$(sed -n '$p' "$T/out" | wc -L)" 202 'elsewhere than on a terminal long lines stay'
run mail-show --width 40 id:long@example.org
ok '--width wraps them' test "$(sed '1,/^$/d' "$T/out" | wc -L)" -le 40
is "$(sed '1,/^$/d' "$T/out" | grep -vc '^> ')" 0 'with their quote marks'

# On a terminal

unlike "$(cat "$(cat first)")" "$esc" 'the message has no escape sequence'
tty mail-show id:second@example.org
like "$out" "$esc\\[1mFrom: " 'a terminal gets colours'
like "$out" "$esc\\[32m> Hello Ada" 'quotes too'
run mail-list --unread --format ids
unlike "$out" second 'what was shown on a terminal is marked as seen'
NO_COLOR=1 tty mail-show id:second@example.org
unlike "$out" "$esc" 'unless NO_COLOR is set'
like "$(mail-list --unread --format ids)" third 'what was shown into a pipe is still unread'
tty mail-show --headers "$(cat third)"
like "$(mail-list --unread --format ids)" third 'headers alone mark nothing'
run mail-show --seen "$(cat third)"
unlike "$(mail-list --unread --format ids)" third '--seen marks in a pipe'
message 'Subject: paged' 'Message-ID: <paged@example.org>' -- "$(seq 200)" | put > paged
PAGER='sed s/^/P:/' tty mail-show id:paged@example.org
like "$out" $'P:200' 'what is longer than the screen goes through the pager'
PAGER='sed s/^/P:/' tty mail-show id:first@example.org
unlike "$out" 'P:' 'what fits does not'

# Encrypted

message 'Subject: secret' 'Message-ID: <secret@example.org>' \
  'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e' -- \
  $'--e\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--e\nContent-Type: application/octet-stream\n\nxyz\n--e--' | put > secret
run mail-show id:secret@example.org
like "$out" 'This message is encrypted with OpenPGP; mail-decrypt makes it readable.' 'an encrypted message says so'

# A huge message

{ message 'Subject: huge' 'Message-ID: <huge@example.org>' -- start; yes 'a line of a huge text' | head -c 20000000; } | put > huge
run mail-show id:huge@example.org
like "$out" 'Part 1 is 20 MB long; the first 4.2 MB of it are shown.$' 'only the beginning of a huge text is shown'
ok 'and no more' test "$(wc -c < "$T/out")" -lt 5000000

run mail-show --json "$(cat huge)"
like "$out" '"list_id":null' 'JSON has null for what a message does not have'
message $'Subject: =?utf-8?Q?a=1B[31mb=E2=80=AEc?=' 'From: =?utf-8?Q?x=1B]0;y?= <x@example.org>' 'Message-ID: <esc@example.org>' -- $'one\ntwo' | put > esc
run mail-show --json id:esc@example.org
unlike "$out" 'u001b|u202e|\\r' 'JSON has no control character from mail, also when it is decoded'
like "$out" '"subject":"a\[31mbc"' 'what remains stays'
like "$out" 'one\\ntwo' 'and the text has its lines'
for pager in /nonexistent false 'exit 3'; do
  PAGER=$pager tty mail-show id:paged@example.org
  is "$(grep -cxE '[0-9]+' <<< "$out")" 200 "without a pager that works ($pager) everything is printed"
done
PAGER='head -1' tty mail-show id:paged@example.org
ok 'a pager that is left early is no error' test "$(wc -l <<< "$out")" -lt 5

# Mistakes

run mail-show --part 2 id:first@example.org id:missing@example.org id:second@example.org
exit_is 66 'a part that one of several messages lacks gives 66'
is "$out" 'PDF bytes' 'and those of the others are printed'
like "$err" 'mail-show: 2: no such part' 'it is reported'
like "$err" 'missing@example.org: no such message' 'and so is a message that is not there'
run mail-show --part '' id:first@example.org
exit_is 64 'an empty part gives 64'
run mail-show < <(message)
exit_is 65 'a message on standard input without - gives 65'
like "$err" "mail-show -" 'and how it is read is said'
POSTBAG_LIST='' run mail-show .
like "$err" 'POSTBAG_LIST' 'without a list its variable is named'
run mail-show --config <(echo 'store = 3') id:first@example.org
exit_is 78 'a wrong configuration gives 78'

run mail-show --raw --html "$(cat first)"
exit_is 64 'two forms at once give 64'
run mail-show --remote-images "$(cat first)"
exit_is 64 '--remote-images without --html gives 64'
run mail-show --width 5 "$(cat first)"
exit_is 64 'a width that is too small gives 64'
run mail-show nonsense
exit_is 64 'a word that is no reference gives 64'
run mail-show id:missing@example.org "$(cat first)"
exit_is 66 'a message that is not there gives 66'
is "$err" 'mail-show: id:missing@example.org: no such message' 'and is named'
like "$out" 'Hello Ada' 'the others are shown'
run mail-show "$T/no/such/file"
exit_is 66 'a file that is not there gives 66'
run mail-show < <(echo nonsense)
exit_is 65 'a line of standard input that is no reference gives 65'
MAILDIR=$T/nowhere run mail-show id:first@example.org
exit_is 66 'a store that is not there gives 66'
run mail-show --store "$T/Maildir" --config /dev/null "$(cat first)"
exit_is 0 '--store and --config name store and configuration'
POSTBAG_LIST='' run mail-show 3
exit_is 64 'numbers without a list give 64'

done_testing
