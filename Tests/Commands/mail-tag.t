#!/bin/bash
# mail-tag: tags on messages, the tags themselves, and the keywords of other programs.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list

# What a message has, separated by "|".
tags() { mail-list --stdin --format json <<< "$1" | sed 's/.*"tags":\[//; s/\].*//; s/","/|/g; s/"//g'; }

# An empty store

runs 'an empty store has no tags' mail-tag list
is "$out$err" '' 'and nothing is printed'
run mail-tag list -t
is "$out" '' 'nor is a table'
tty mail-tag list
is "$out" 'mail-tag: no tags' 'on a terminal that is said'
runs 'nothing on standard input is no error' mail-tag +todo
is "$(mail-tag list)" '' 'and makes no tag'

one=$(message 'Subject: one' 'Message-ID: <one@example.org>' 'Date: Mon, 04 Mar 2019 10:00:00 +0000' | put -s S)
two=$(message 'Subject: two' 'Message-ID: <two@example.org>' 'Date: Tue, 05 Mar 2019 10:00:00 +0000' 'In-Reply-To: <one@example.org>' | put)
three=$(message 'Subject: three' 'Message-ID: <three@example.org>' 'Date: Wed, 06 Mar 2019 10:00:00 +0000' 'In-Reply-To: <two@example.org>' | put -f Work)

# On and off

runs 'a tag is put on a message' mail-tag +todo "$one"
is "$out$err" '' 'without a word'
is "$(tags "$one")" todo 'the message has it'
is "$(mail-tag list)" todo 'and the tag is made'
runs 'several at once, in any order' mail-tag "$two" +a "$one" -todo '+to do'
is "$(tags "$one"), $(tags "$two")" 'a|to do, a|to do' 'on and off'
runs 'differing case is the same tag' mail-tag +A -TODO id:one@example.org
is "$(tags "$one")" 'a|to do' 'nothing changes'
is "$(mail-tag list)" $'a\nto do\ntodo' 'and the first spelling stays'
runs 'beyond ASCII too' mail-tag +Été "$one"
mail-tag +éTÉ "$two"
is "$(tags "$two")" 'a|to do|Été' 'the first spelling counts'
run mail-tag -none "$one"
exit_is 0 'a tag that does not exist is taken off without an error'
is "$err" 'mail-tag: none: no such tag, nothing to take off' 'which is said'
runs 'all tags are taken off' mail-tag '-*' +b "$two"
is "$(tags "$two")" b 'before others are put on'
run mail-tag -- +-t "$one"
exit_is 64 'no tag begins with a dash'
runs 'a tag may be called like an option' mail-tag +t +0 -- "$one"
is "$(tags "$one")" '0|a|t|to do|Été' 'when it is put on'
runs 'and taken off' mail-tag "$one" -- -t -0
is "$(tags "$one")" 'a|to do|Été' 'behind --'
runs 'the word change may be said' mail-tag change +c -b "$two"
is "$(tags "$two")" c 'and does the same'
runs 'options may stand before it' mail-tag --store "$MAILDIR" change -c "$two"
is "$(tags "$two")" '' 'in any place'

# Which messages

runs 'whole conversations are tagged' mail-tag --thread +thread id:two@example.org
is "$(mail-search tag:thread --format ids --sort date --reverse)" $'id:one@example.org\nid:two@example.org\nid:three@example.org' 'in all folders'
mail-list -t --reverse > /dev/null
runs 'numbers are of the last list' mail-tag +numbered 1-2
is "$(mail-list --tag numbered --reverse)" "$one"$'\n'"$two" 'and ranges'
runs 'references come on standard input' mail-tag +in < <(mail-list)
is "$(mail-list --tag in | wc -l)" 2 'all of them'
runs 'separated by NUL' mail-tag -0 -in < <(mail-list -0)
is "$(mail-list --tag in | wc -l)" 0 'with -0'
runs 'and with its long name' mail-tag --null +in < <(mail-list --null)
run mail-tag +x < <(printf 'word\n')
exit_is 65 'a line that is no reference is 65'
run mail-tag +x id:none@example.org "$one"
exit_is 66 'a message that is not there is 66'
like "$err" '^mail-tag: id:none@example.org: no such message' 'and is named'
is "$(tags "$one")" 'a|in|numbered|thread|to do|x|Été' 'the others are tagged'
tty mail-tag +x
exit_is 64 'on a terminal without messages it is 64'
tty mail-tag +fresh "$one"
like "$out" '^mail-tag: fresh: a new tag$' 'on a terminal a new tag is told of'
message 'Message-ID: <same@example.org>' -- one | put > a
message 'Message-ID: <same@example.org>' -- two | put > b
run mail-tag +x id:same@example.org
exit_is 65 'an id of two different messages is 65'
is "$(tags "$(cat a)")$(tags "$(cat b)")" '' 'and neither is tagged'
rm "$(cat a)" "$(cat b)"

# Mistakes

# shellcheck disable=SC2016 # No expansion is wanted.
for words in '' '3' '+x -x' '+X -x' '+' '-' '+-x' '++x' '+$Junk' '+\Seen' '+*' '--bogus +x' '+x --format json'; do
  # shellcheck disable=SC2086
  run mail-tag $words "$one"
  exit_is 64 "'mail-tag $words' is 64"
done
run mail-tag $'+a\eb' "$one"
exit_is 64 'control characters are refused'
unlike "$err" $'\e' 'and not repeated'
run mail-tag "+$(printf 'x%.0s' {1..201})" "$one"
exit_is 64 'so is a name that is too long'
run mail-tag $'+\xff' "$one"
exit_is 64 'and one that is not UTF-8'
run mail-tag '+ x' "$one"
exit_is 64 'and one that begins with a space'
run mail-tag +x --store "$T/nowhere" "$one"
exit_is 66 'a store that is not there is 66'

# The tags themselves

runs 'a tag is made' mail-tag create bills --colour red
runs 'several are' mail-tag create x1 x2 --colour '#FF8700'
run mail-tag create BILLS x3
exit_is 73 'one that exists is 73'
like "$(mail-tag list)" x3 'the others are made'
mail-tag delete x3
run mail-tag create y --colour rouge
exit_is 64 'a colour that is none is 64'
run mail-tag create -- -y
exit_is 64 'a bad name is 64'
run mail-tag create
exit_is 64 'no name is 64'
runs 'a colour is changed' mail-tag colour Bills green
runs 'or taken away' mail-tag colour x2 none
runs 'also in American' mail-tag color x2 blue
mail-tag colour x2 none
run mail-tag colour none red
exit_is 66 'a tag that does not exist is 66'
like "$err" 'mail-tag list' 'and what there is can be listed'
run mail-tag colour bills
exit_is 64 'a colour is needed'

mail-tag +bills "$one" "$two" "$three"
run mail-tag list
is "$out" "$(printf '%s\n' 0 a b bills c fresh in numbered t thread 'to do' todo x x1 x2 Été)" 'tags are listed by name'
run mail-tag list -0
is "$(tr -dc '\0' < "$T/out" | wc -c)" 16 '-0 ends names with NUL'
run mail-tag list --null --format names
is "$(tr -dc '\n' < "$T/out" | wc -c)" 0 'so does --null'
run mail-tag list --table
like "$out" $'^  unread   total  tag\n' 'a table has a head'
like "$out" $'\n       2       3  bills\n' 'and counts'
run mail-tag list --format table
like "$out" $'\n       2       3  bills\n' '--format table is the same'
POSTBAG_FORMAT=table run mail-tag list
like "$out" '  unread' 'so is POSTBAG_FORMAT'
run mail-tag list --format paths
exit_is 64 'another form is 64'
run mail-tag list --format json
like "$out" '\{"name":"bills","keyword":"bills","colour":"green","total":3,"unread":2\}' 'JSON has counts and colour'
like "$out" '\{"name":"to do","keyword":"to=20do","colour":null,' 'and the keyword'
like "$out" '"keyword":"=C3=89t=C3=A9"' 'of any name'
like "$out" '"name":"x1","keyword":"x1","colour":"#ff8700"' 'colours have small letters'
tty mail-tag list
like "$out" $'\e\\[32mbills\e\\[0m' 'on a terminal a tag has its colour'
like "$out" $'\e\\[38;5;208mx1\e\\[0m' 'or the nearest one'
COLORTERM=truecolor tty mail-tag list
like "$out" $'\e\\[38;2;255;135;0mx1' 'or the very one'
NO_COLOR=1 tty mail-tag list
unlike "$out" $'\e\\[3' 'NO_COLOR means none'
tty mail-list
like "$out" $'\e\\[32m\\[bills\\]\e\\[0m' 'lists show tags in their colour'
mkdir -p "$MAILDIR/.Trash/cur" "$MAILDIR/.Trash/new" "$MAILDIR/.Trash/tmp"
mv "$three" "$MAILDIR/.Trash/cur/"
run mail-tag list --format json
like "$out" '"name":"bills".*"total":2,"unread":1\}' 'messages in Trash are not counted'

run mail-tag delete bills
exit_is 0 'a tag is deleted'
is "$out$err" 'mail-tag: bills: deleted; 3 messages had it' 'and how many had it is said'
unlike "$(tags "$one")" bills 'it is off the messages'
run mail-tag delete bills todo
exit_is 66 'and gone'
unlike "$(mail-tag list)" todo 'the others are deleted'
run mail-tag delete x1 X2
is "$out$err" '' 'nothing is said of tags that nobody had'
run mail-tag delete
exit_is 64 'no name is 64'

# Keywords of other programs

cat > "$MAILDIR/dovecot-keywords" << 'END'
0 $Forwarded
1 Project
2 to=20do
3 NonJunk
END
message 'Subject: dovecot' | put -s Sabcd > dovecot
message 'Subject: mutt' 'X-Label: my label' | put -f Mutt -s S > mutt
message 'Subject: web' 'X-Keywords: web mail, =?utf-8?q?=C3=A9t=C3=A9?=' 'Keywords: buy, now' | put -f Mutt -s S > web
# shellcheck disable=SC2016 # No expansion is wanted.
message 'Subject: mbox' 'X-Keywords: k1 k2 $Junk' 'X-Label: +no' | put -f Mutt -s S > mbox
run mail-tag import --dry-run --all
exit_is 0 'keywords can be looked at'
is "$out" $'1\tk1\n1\tk2\n1\tmy label\n1\tProject\n1\tto do\n1\tweb mail\n1\tété' 'with how many messages have them'
is "$err" "mail-tag: +no: can't be the name of a tag, passed over" 'what can be no tag is said'
unlike "$(mail-tag list)" Project 'and nothing is changed'
runs 'keywords of a folder become tags' mail-tag import --folder 'mut*'
is "$(tags "$(cat web)")" 'web mail|Été' 'those of web mailers'
is "$(tags "$(cat mutt)")" 'my label' "mutt's"
is "$(tags "$(cat mbox)")" 'k1|k2' 'and those of mbox files'
is "$(tags "$(cat dovecot)")" '' 'other folders are left alone'
runs 'the field Keywords counts when it is asked for' mail-tag import --keywords "$(cat web)"
is "$(tags "$(cat web)")" 'buy|now|web mail|Été' 'and has commas between'
runs 'references come on standard input' mail-tag import < dovecot
is "$(tags "$(cat dovecot)")" 'Project|to do' "Dovecot's letters are words"
like "$(mail-list --format json --stdin < dovecot)" '"forwarded"' 'Forwarded is the mark'
is "$(basename "$(mail-list --stdin < dovecot)" | sed 's/.*,//')" PSabcd 'and the letters stay'
run mail-tag import --all
exit_is 0 'it may be done again'
run mail-tag import --all
is "$out" '' 'without a change'
unlike "$err" 'new tags' 'nor a word about one'
run mail-tag import --all "$one"
exit_is 64 '--all and messages exclude each other'
run mail-tag import --folder Nowhere
exit_is 66 'a folder that is not there is 66'

# Examples of the manual page

mail-list --all -t > /dev/null
runs 'example: two messages' mail-tag +tax -todo 3 4
runs 'example: a search' mail-tag +bills < <(mail-search --limit all from:ada one)
is "$(mail-search tag:bills)" "$(mail-search one)" 'what was found has the tag'
runs 'example: a tag with a space' mail-tag '+to do' --thread 2
runs 'example: a colour' mail-tag colour bills '#ff8700'
mail-tag +bank "$one"
mail-tag +banking "$two"
runs 'example: one tag in place of two' mail-tag +bills -bank -banking < <(mail-list --all --tag 'bank*')
runs 'example: which are forgotten' mail-tag delete bank banking
is "$(mail-list --tag bills | wc -l)" 2 'both have the new one'

# Stores that can't be written, and many messages

if [ "$(id -u)" != 0 ]; then
  chmod a-w "$MAILDIR" "$MAILDIR/postbag"
  run mail-tag +x "$one"
  exit_is 77 'a store that can not be written is 77'
  chmod u+w "$MAILDIR" "$MAILDIR/postbag"
else
  skip 'a store that can not be written' 'root writes everywhere'
fi
chmod o+w "$MAILDIR"
run mail-tag +x "$one"
exit_is 77 'one that others may write to is refused'
chmod o-w "$MAILDIR"
for number in $(seq 300); do printf 'Subject: %s\nMessage-ID: <m%s@example.org>\n\nx\n' "$number" "$number" > "$MAILDIR/new/1700000000.M${number}P1.host"; done
runs 'many are tagged at once' mail-tag +many < <(mail-list --unread)
is "$(mail-list --tag many | wc -l)" "$(mail-list --unread | wc -l)" 'all of them'
is "$(mail-search --count tag:many)" "$(mail-list --all --tag many | wc -l)" 'and found'
runs 'the index agrees' mail-index --check

done_testing
