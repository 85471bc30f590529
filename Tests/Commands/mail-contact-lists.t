#!/bin/bash
# mail-contact: lists, groups, correspondents, and the programs that ask for addresses.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
mail-contact add 'Ada <ada@example.org>' --phone cell:+33612345678 --phone fax:+33123456789
mail-contact add 'Ben <ben@example.org>'

# Lists

runs 'a list is made' mail-contact list-create Friends
runs 'with members at once' mail-contact list-create 'Chess Club' Ada Zoe@example.com +33699999999@SMS
run mail-contact list-create friends
exit_is 73 'one that exists is 73'
run mail-contact list-create a,b
exit_is 64 'a name that could not stand in a header is 64'
run mail-contact list-create Bad nobody
exit_is 65 'a member that is none is 65'
run mail-contact list-show
is "$out" $'Chess Club\nFriends' 'and no list is made'
run mail-contact list-create
exit_is 64 'without a name it is 64'
runs 'members are added' mail-contact list-add Friends Ada 'Carl <carl@example.org>'
run mail-contact list-add friends ada@example.org Ben
is "$err" 'mail-contact: friends: had 1 of them already' 'each once'
runs 'by SMS' mail-contact list-add --sms Friends Ada
runs 'by fax' mail-contact list-add --fax Friends Ada
run mail-contact list-add --fax Friends Ben
exit_is 65 'who has no fax is 65'
run mail-contact list-add --sms --fax Friends Ada
exit_is 64 'one kind at a time'
runs 'from standard input' mail-contact list-add Friends < <(printf 'dora@example.org\r\n\nEve <eve@example.org>\n')
run mail-contact list-show Friends
is "$out" "$(printf '%s\n' 'Ada <ada@example.org>' 'Carl <carl@example.org>' 'Ben <ben@example.org>' 'Ada <+33612345678@SMS>' 'Ada <+33123456789@fax>' dora@example.org 'Eve <eve@example.org>')" 'members of all kinds are mixed'
run mail-contact list-show Friends --format json
is "$(sed -n 4p <<< "$out")" '{"kind":"sms","value":"+33612345678","name":"Ada","recipient":"+33612345678@SMS"}' 'as JSON'
run mail-contact list-show --format table
is "$out" $'     3  Chess Club\n     7  Friends' 'a table counts them'
run mail-contact list-show --format json
is "$(head -n 1 <<< "$out")" '{"name":"Chess Club","book":"private","members":3,"editors":[],"editable":true}' 'JSON too'
tty mail-contact list-show Friends
like "$out" 'carl@example.org +Carl' 'a terminal gets a table'
run mail-contact list-export Friends
is "$out" "$(printf '%s\r\n' 'Name,E-mail Address,Mobile Phone,Fax Number' 'Ada,ada@example.org,,' 'Carl,carl@example.org,,' 'Ben,ben@example.org,,' 'Ada,,+33612345678,' 'Ada,,,+33123456789' ',dora@example.org,,' 'Eve,eve@example.org,,')" 'a list is exported as CSV'
runs 'members are taken off' mail-contact list-remove Friends Carl@example.org eve@example.org
runs 'a contact with all its ways' mail-contact list-remove Friends Ada
runs 'also from standard input' mail-contact list-remove Friends < <(echo dora@example.org)
is "$(mail-contact list-show Friends)" 'Ben <ben@example.org>' 'the others stay'
run mail-contact list-remove Friends nobody@example.org
exit_is 66 'who is not on the list is 66'
mail-contact edit Ben --email new@example.org --remove-email ben@example.org
is "$(mail-contact list-show Friends)" 'Ben <new@example.org>' 'a list follows the contact'
run mail-contact delete Ben
is "$err" 'mail-contact: taken off lists as well: 1 place' 'a contact that is deleted leaves it'
is "$(mail-contact list-show Friends)" '' 'and is gone'
runs 'a list gets another name' mail-contact list-rename 'chess club' Chess
run mail-contact list-rename Chess Friends
exit_is 73 'that no other has'
run mail-contact list-show None
exit_is 66 'a list that is not there is 66'
like "$err" 'mail-contact list-show names the lists' 'and what there is can be found out'
runs 'a list is deleted' mail-contact list-delete Chess
like "$(mail-contact list)" Ada 'its contacts stay'
run mail-contact list-delete Chess
exit_is 66 'once'
run mail-contact list-add Friends list:Chess
exit_is 65 'a list holds no lists'
run mail-contact list-access Friends someone
exit_is 64 'a private list has no editors'
run mail-contact list-create Private --editor someone
exit_is 64 'not when it is made either'

# Limits

printf '[contacts]\nmax-lists = 2\nmax-members = 2\n' > limits.toml
mail-contact list-create Second
run mail-contact list-create Third --config limits.toml
exit_is 69 'no more lists than allowed'
like "$err" 'mail-config' 'and where that is said'
run mail-contact list-add Second a@example.org b@example.org c@example.org --config limits.toml
exit_is 69 'no more members than allowed'
is "$(mail-contact list-show Second)" '' 'and none of them is added'

# Groups

cat > group.toml << END
[[identity]]
address = "me@example.org"

[[contacts.group]]
name = "Club"
path = "$T/club.db"
members = ["Zoe <zoe@example.org>", "me@example.org"]

[[contacts.group]]
name = "Plain"
members = ["p@example.org"]
END
sed 's/^members = \["Zoe.*/&\neditors = ["boss@example.org"]/' group.toml > reader.toml
export POSTBAG_CONFIG=$T/group.toml
runs 'groups are shown' mail-contact group-show
is "$out" $'Club\nPlain' 'by name'
run mail-contact group-show --format table
is "$out" $'     2  Club\n     1  Plain  (no address book)' 'as a table'
run mail-contact group-show --format json
like "$out" '^\{"name":"Club","path":"/.*/club.db","members":2,"editable":true\}' 'as JSON'
run mail-contact group-show Club
is "$out" $'Zoe <zoe@example.org>\nme@example.org' 'with their members'
run mail-contact group-show Nobody
exit_is 66 'a group that is not there is 66'
is "$(mail-contact query zoe)" $'1 found\nzoe@example.org\tZoe\tClub' 'members are found by queries'
run mail-contact add 'Guest <guest@example.org>' --book Plain
exit_is 66 'a group without a book has no contacts'
runs 'a contact goes into the book of a group' mail-contact add 'Carl <carl@example.org>' --book Club
is "$(stat -c %a club.db)" 640 'which others may not write to unless they are let'
is "$(mail-contact list --book Club)" 'Carl <carl@example.org>' 'and is there'
is "$(mail-contact list --book private)" 'Ada <ada@example.org>' 'and not in the private one'
is "$(mail-contact query carl)" $'1 found\ncarl@example.org\tCarl\tClub' 'a query looks into all books'
runs 'a list of a group' mail-contact list-create Club/Board Carl
is "$(mail-contact list-show Club/Board)" 'Carl <carl@example.org>' 'is that group'\''s'
runs 'members of the group may stand in its book' mail-contact list-create Club/members new@example.org ZOE@example.org
is "$(mail-contact group-show Club | wc -l)" 3 'each counts once'
export POSTBAG_CONFIG=$T/reader.toml
run mail-contact add X --book Club
exit_is 77 'who is no editor adds nothing'
run mail-contact list-add Club/Board x@example.org
exit_is 77 'nor to lists'
runs 'but sends to them' mail-contact list-show Club/Board
run mail-contact list-access Club/Board me@example.org
exit_is 77 'and gives himself no right'
POSTBAG_CONFIG=$T/group.toml runs 'an editor gives it' mail-contact list-access Club/Board me@example.org
runs 'then it works' mail-contact list-add Club/Board x@example.org
POSTBAG_CONFIG=$T/group.toml runs 'to everybody' mail-contact list-access Club/Board '*'
POSTBAG_CONFIG=$T/group.toml runs 'or to nobody' mail-contact list-access Club/Board
run mail-contact list-add Club/Board y@example.org
exit_is 77 'then it does not'
runs 'a list is made with editors' env POSTBAG_CONFIG="$T/group.toml" mail-contact list-create Club/Open --editor '*'
runs 'for all members' mail-contact list-add Club/Open y@example.org
chmod 666 club.db
run mail-contact query carl
exit_is 1 'a book that everybody may write to is not read'
like "$err" 'everybody may write to it \(chmod o-w\)' 'and what to do is said'
chmod 640 club.db
echo 'no database, but of some length, so that it is looked at' > club.db
run mail-contact query ada
exit_is 0 'a book that is none does not keep the others from answering'
like "$err" 'the address book of Club can.t be read' 'and is named'
unset POSTBAG_CONFIG

# Correspondents

message 'From: Stranger <stranger@example.com>' | put -s S > /dev/null
message 'From: me@example.org' 'To: Dear <dear@example.com>, Ada <ada@example.org>' | put -f Sent -s S > /dev/null
runs 'correspondents are learnt' mail-contact harvest
run mail-contact query --limit 0
is "$(sed 1d <<< "$out" | cut -f1,3)" $'ada@example.org\t\ndear@example.com\tnot a contact\nstranger@example.com\tnot a contact' 'and offered after the contacts'
run mail-contact query strang --format json
is "$out" '{"address":"stranger@example.com","name":"Stranger","note":null,"source":"correspondent"}' 'as what they are'
unlike "$(mail-contact list)" Stranger 'they are no contacts'
runs 'one is forgotten' mail-contact forget stranger@example.com
run mail-contact query strang
exit_is 1 'for good'
run mail-contact forget nobody@example.com
exit_is 66 'who is not known is 66'
run mail-contact forget
exit_is 64 'nobody is 64'
message 'From: Later <later@example.com>' | put -s S > /dev/null
mail-index
is "$(mail-contact query later)" $'1 found\nlater@example.com\tLater\tnot a contact' 'mail-index learns too'
printf '[contacts]\nharvest = false\n' > off.toml
run mail-contact query later --config off.toml
exit_is 1 'who does not want that is offered none'
run mail-contact harvest --config off.toml
exit_is 78 'and none are learnt'

# The programs that ask

if command -v neomutt > /dev/null; then
  cat > muttrc << END
set query_command = "mail-contact query %s"
set folder = $T/box
set spoolfile = $T/box
set quit = yes
set sort = threads
set use_threads = no
END
  touch box
  # Ctrl-T completes the address that is being typed; the picture of the screen shows what it became.
  sed -i '/use_threads/d; /^set sort/d' muttrc
  { sleep 1; printf 'm'; sleep 0.5; printf 'ada'; sleep 0.3; printf '\024'; sleep 1.5; printf '\007'; sleep 0.3; printf 'x'; sleep 0.2; printf 'q'; sleep 0.2; } |
    timeout 15 script --quiet --return --command "stty rows 24 cols 80; neomutt -n -F $T/muttrc" /dev/null > screen 2>&1
  like "$(tr -d '\0' < screen)" 'ada@example.org' 'neomutt completes an address'
else
  skip 'neomutt completes an address' 'neomutt is not installed'
fi

# The vCard of a message

{
  printf '%s\n' 'From: a@example.org' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' '' '--b' 'Content-Type: text/plain' '' hi '--b' \
    'Content-Type: text/vcard; name=card.vcf' 'Content-Disposition: attachment; filename=card.vcf' 'Content-Transfer-Encoding: base64' '' \
    "$(printf 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Carded Person\r\nEMAIL:carded@example.org\r\nEND:VCARD\r\n' | base64)" '--b--'
} > card.eml
make_store "$T/second"
runs 'a card in a message goes to the contacts' mail-detach --to-contacts --store "$T/second" ./card.eml
is "$(mail-contact list --store "$T/second")" 'Carded Person <carded@example.org>' 'of that store'

done_testing
