#!/bin/bash
# mail-contact: contacts, queries, merging, import and export.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# Before there is anything

run mail-contact query x --store "$T/nowhere"
exit_is 66 'a store that is not there is 66'
run mail-contact
exit_is 0 'without a word it explains itself'
like "$out" 'query ' 'and names what it does'
make_store
run mail-contact query ada
exit_is 1 'nobody is found in an empty store'
is "$out" 'nothing found' "which mutt shows"
run mail-contact list
is "$status$out$err" 0 'an empty list is nothing'
run mail-contact list-show
is "$status$out$err" 0 'there are no lists'
run mail-contact merge
exit_is 1 'and no duplicates'
run mail-contact export
is "$status$out$err" 0 'an empty export is nothing'

# Adding

runs 'a contact is added' mail-contact add 'Ada Lovelace <ada@example.org>' --phone 'cell:+33 6 12 34 56 78' --email work:ada@engines.example --organisation Engines
runs 'by its parts' mail-contact add --first Charles --last Babbage --email charles@example.org --nickname Charly --title Inventor --note 'owes me money' --birthday 1791-12-26 --url https://example.org/
runs 'by its address alone' mail-contact add solo@example.com
is "$(mail-contact list)" $'Ada Lovelace <ada@example.org>\nCharles Babbage <charles@example.org>\nsolo@example.com' 'they are listed by name'
run mail-contact add 'Other Ada <ada@example.org>'
exit_is 0 'an address may be there twice'
like "$err" 'Ada Lovelace has this address already' 'and is told of'
mail-contact delete 'Other Ada'
run mail-contact add Bad --email nonsense
exit_is 65 'what is no address is 65'
run mail-contact add two names
exit_is 64 'two names are 64'
run mail-contact add
exit_is 64 'no name is 64'
run mail-contact add --field to x
exit_is 64 '--field needs a message'
runs 'an address comes to a contact' mail-contact add --to Ada ada@home.example
like "$(mail-contact show ada --format json)" '"address":"ada@home.example","label":""' 'it has it'
runs 'so does a number' mail-contact add --to 'Ada Lovelace' --phone fax:0123456789
run mail-contact add --to Nobody x@example.org
exit_is 66 'a contact that is not there is 66'
run mail-contact add --to Ada
exit_is 64 'something to add is needed'
run mail-contact add X --bogus
exit_is 64 'an unknown option is 64'

# Showing

run mail-contact show charly
is "$out" "$(printf '%s\n' 'Name: Charles Babbage' 'Nickname: Charly' 'Title: Inventor' 'Email: charles@example.org' 'Web: https://example.org/' 'Birthday: 1791-12-26' 'Note: owes me money' 'Book: private')"$'\n'"$(grep UID "$T/out")" 'a contact is shown'
run mail-contact show ada@example.org --format vcard
like "$out" $'^BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Lovelace\r\n' 'as a vCard'
like "$out" 'TEL;TYPE=cell:' 'with its numbers'
run mail-contact show +33612345678 --format json
like "$out" '"name":"Ada Lovelace","first":"Ada"' 'as JSON, found by its number'
run mail-contact show "$(mail-contact show charly --format json | sed 's/.*"uid":"\([^"]*\)".*/\1/')"
like "$out" 'Charles' 'by its UID'
run mail-contact show nobody
exit_is 66 'who is not there is 66'
run mail-contact show
exit_is 64 'without a name it is 64'
run mail-contact list --count
is "$out" 3 'contacts are counted'
run mail-contact list -0
is "$(tr -dc '\0' < "$T/out" | wc -c)" 3 'names end with NUL'
run mail-contact list --null --format names
is "$(tr -dc '\n' < "$T/out" | wc -c)" 0 'so with --null'
run mail-contact list --format table
like "$out" 'Ada Lovelace +ada@example.org, ' 'a table has addresses'
run mail-contact list --format json
is "$(grep -c '^{"uid":"urn:uuid:' <<< "$out")" 3 'JSON is an object a line'
tty mail-contact list
like "$out" 'Charles Babbage  +charles@example.org' 'a terminal gets a table'
run mail-contact list --book Nowhere
exit_is 66 'a book that is not there is 66'

# Queries

run mail-contact query LOVE
is "$out" $'3 found\nada@example.org\tAda Lovelace\tEngines\nada@engines.example\tAda Lovelace\twork, Engines\nada@home.example\tAda Lovelace\tEngines' "mutt's form"
run mail-contact query --format aerc ada eng
is "$out" $'ada@example.org\tAda Lovelace\nada@engines.example\tAda Lovelace\nada@home.example\tAda Lovelace' "aerc's form"
run mail-contact query charl --limit 1 --format json
is "$out" '{"address":"charles@example.org","name":"Charles Babbage","note":null,"source":"contact"}' 'JSON'
run mail-contact query --limit 2 example
is "$(head -n 1 "$T/out")" '2 found' 'no more than are asked for'
run mail-contact query --limit 0
is "$(head -n 1 "$T/out")" '5 found' 'or all'
run mail-contact query --limit x ada
exit_is 64 'a limit that is no number is 64'
run mail-contact query --limit -1 ada
exit_is 64 'nor is a negative one'
run mail-contact query --format what ada
exit_is 64 'an unknown form is 64'
run mail-contact query --phones ada
is "$out" $'2 found\n+33612345678@SMS\tAda Lovelace\tcell, Engines\n0123456789@fax\tAda Lovelace\tfax, Engines' 'numbers are found for SMS and fax'
run mail-contact query --config /dev/null --store "$MAILDIR" -- ada
exit_is 0 'the store may be named'
tty mail-contact query babb
like "$out" 'charles@example.org +Charles Babbage' 'people get a table'
POSTBAG_FORMAT=json run mail-contact query babb
like "$out" '^\{"address"' 'POSTBAG_FORMAT has a say'
run mail-contact query $'\e[31m' $'a\tb'
is "$status$(grep -c $'\e' "$T/out")" 10 'what was typed is not repeated'
mail-contact add $'Evil\e[31m\tName\u202e <evil@example.org>'
run mail-contact query evil
is "$out" $'1 found\nevil@example.org\tEvil[31m Name\t' 'no control characters come out'
mail-contact delete evil@example.org

# From messages

one=$(message 'From: "Byron, Annabella" <anna@example.com>' 'To: Ada <ada@example.org>, New Person <new@example.com>' 'Cc: copy@example.com' 'Message-ID: <m1@example.org>' | put -s S)
runs 'the sender of a message becomes a contact' mail-contact add --from-message "$one"
is "$(mail-contact query anna)" $'1 found\nanna@example.com\tAnnabella Byron\t' 'with its name'
run mail-contact add --from-message "$one"
exit_is 0 'a second time it is no error'
like "$err" 'anna@example.com: is in the address book already' 'and is said'
runs 'recipients too' mail-contact add --from-message --field to id:m1@example.org
like "$(mail-contact list)" 'New Person <new@example.com>' 'those that are no contacts'
runs 'the address comes to a contact' mail-contact add --from-message --field cc --to Charles "$one"
like "$(mail-contact show charles)" 'Email: copy@example.com' 'which has it'
runs 'references come on standard input' mail-contact add --from-message --field all < <(printf '%s\n' "$one")
message 'From: Piped <piped@example.com>' | put > /dev/null
run mail-contact add --from-message - < <(message 'From: Piped <piped@example.com>')
exit_is 0 'so does a message'
like "$(mail-contact list)" 'Piped <piped@example.com>' 'with -'
run mail-contact add --from-message id:none@example.org
exit_is 66 'a message that is not there is 66'
run mail-contact add --from-message - < <(message 'From: nobody')
exit_is 1 'a message of nobody is 1'
run mail-contact add --from-message --edit "$one"
exit_is 64 '--edit goes with a name'
run mail-contact add --from-message --email x@example.org "$one"
exit_is 64 'so do fields'

# Editing

cat > "$T/editor" << 'END'
#!/bin/bash
cp "$1" "$HOME/seen"
eval "$EDIT"
END
chmod +x "$T/editor"
export EDITOR=$T/editor EDIT=:
run mail-contact edit charly
exit_is 0 'an editor that changes nothing'
like "$err" 'nothing is changed' 'changes nothing'
like "$(cat "$HOME/seen")" 'Email: charles@example.org' 'it is given lines of fields'
# shellcheck disable=SC2016 # The editor expands it.
EDIT='sed -i "s/^Title: .*/Title: Mathematician/; s/^Email: copy.*//" "$1"' runs 'fields are changed' mail-contact edit charly
like "$(mail-contact show charly)" 'Title: Mathematician' 'as they were edited'
unlike "$(mail-contact show charly)" 'copy@example' 'lines that are gone are gone'
# shellcheck disable=SC2016
EDIT='echo "Shoe: 38" >> "$1"' run mail-contact edit charly
exit_is 65 'a field that is none is 65'
like "$err" "form, line [0-9]+: 'shoe' is no field" 'and named with its line'
# shellcheck disable=SC2016
EDIT='sed -i "s/^TITLE:.*/TITLE:Lord/" "$1"' runs 'the card itself is edited' mail-contact edit --vcard charly
like "$(mail-contact show charly)" 'Title: Lord' 'with --vcard'
# shellcheck disable=SC2016
EDIT='echo junk > "$1"' run mail-contact edit --vcard charly
exit_is 65 'what is no card is 65'
EDIT='exit 3' run mail-contact edit charly
exit_is 1 'an editor that fails is 1'
# shellcheck disable=SC2016
EDIT='mail-contact edit charly --title Other; sed -i "s/^Title.*/Title: Mine/" "$1"' run mail-contact edit charly
exit_is 65 'what somebody else changed meanwhile is not overwritten'
like "$(mail-contact show charly)" 'Title: Other' 'theirs stays'
runs 'options change as well' mail-contact edit charly --name 'Charles B.' --email home:cb@example.org --remove-email charles@example.org --organisation '' --phone 555123 --first Charles --last B --nickname Charly --title Sir --note '' --birthday '' --url https://b.example/
run mail-contact show cb@example.org
is "$(grep -v UID <<< "$out")" "$(printf '%s\n' 'Name: Charles B.' 'Nickname: Charly' 'Title: Sir' 'Email (home): cb@example.org' 'Phone: 555123' 'Web: https://example.org/' 'Web: https://b.example/' 'Book: private')" 'all of it'
runs 'numbers are taken away' mail-contact edit charly --remove-phone 555-123
run mail-contact edit charly --remove-phone 555123
exit_is 66 'once'
run mail-contact edit charly --remove-email none@example.org
exit_is 66 'an address that is not there is 66'
run mail-contact edit charly --vcard --name X
exit_is 64 '--vcard takes no other change'
run mail-contact edit a
exit_is 65 'who is not meant without doubt is 65'
like "$err" 'Ada Lovelace <ada@example.org>' 'and those that may be are named'
# shellcheck disable=SC2016
EDIT='printf "Name: Edited\nEmail: edited@example.org\n" > "$1"' runs 'a new contact comes out of the editor' mail-contact add --edit
like "$(mail-contact list)" 'Edited <edited@example.org>' 'as well'

# Deleting

run mail-contact delete edited@example.org Nobody 'Annabella Byron'
exit_is 66 'one that is not there is 66'
unlike "$(mail-contact list)" 'Edited|Annabella' 'the others are deleted'
run mail-contact delete char
exit_is 66 'only whole names are deleted'
run mail-contact delete
exit_is 64 'without a name it is 64'

# Merging

mail-contact add 'Twin One <twin@example.org>' --note first
mail-contact add 'Twin One <twin@example.org>' --phone 0612345678 2> /dev/null
mail-contact add 'Twin Two <twin@example.org>' 2> /dev/null
run mail-contact merge
like "$out" $'^# an address or a number in common\nTwin One <twin@example.org>\n' 'duplicates are shown'
run mail-contact merge --format json
is "$(wc -l <<< "$out")" 3 'as JSON'
run mail-contact merge --all --dry-run
exit_is 1 'different names are not merged by themselves'
mail-contact delete 'Twin Two'
run mail-contact merge --all --dry-run
like "$out" $'Phone: 0612345678\nNote: first' 'what would come out can be looked at'
is "$(mail-contact list | grep -c Twin)" 2 'without a change'
runs 'all are merged' mail-contact merge --all
is "$(mail-contact list | grep -c Twin)" 1 'into one'
run mail-contact merge --all
exit_is 1 'once'
mail-contact add 'Third <third@example.org>'
run mail-contact merge 'Twin One' third@example.org --dry-run
like "$out" 'Nickname: Third' 'two may be named'
runs 'and merged' mail-contact merge 'Twin One' third@example.org
is "$(mail-contact query third)" $'2 found\ntwin@example.org\tTwin One\t\nthird@example.org\tTwin One\t' 'and found by both names'
run mail-contact merge 'Twin One'
exit_is 64 'one alone is 64'
run mail-contact merge 'Twin One' third@example.org
exit_is 65 'with itself nothing is merged'
run mail-contact merge --all Ada Charles
exit_is 64 '--all and contacts exclude each other'
run mail-contact merge --dry-run
exit_is 64 '--dry-run needs them'
run mail-contact merge --all --format json
exit_is 64 'a form is for showing'

# Import and export

rm -r "$MAILDIR" && make_store
cat > cards.vcf << 'END'
BEGIN:VCARD
VERSION:3.0
N:Müller;Jörg;;;
FN:Jörg Müller
EMAIL;TYPE=INTERNET,WORK:joerg@example.org
X-FOO;X-BAR=1:kept
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ex=E9mple;Zo=E9
TEL;CELL:0612345678
END:VCARD
END
runs 'cards are imported' mail-contact import cards.vcf
is "$err" 'mail-contact: added 2' 'and counted'
is "$(mail-contact list)" $'Jörg Müller <joerg@example.org>\nZoé Exémple' 'old ones too'
run mail-contact query jorg mull
like "$out" 'joerg@example.org' 'accents need not be typed'
run mail-contact import cards.vcf
is "$err" 'mail-contact: added 0, there already 2' 'a second time nothing is added'
runs 'on standard input' mail-contact import < cards.vcf
runs 'or named so' mail-contact import --duplicates add - < cards.vcf
is "$(mail-contact list --count)" 4 'twice if that is wanted'
run mail-contact merge --all
exit_is 0 'and merged again'
run mail-contact export --vcard-version 3.0 'Jörg Müller'
is "$(tr -d '\r' <<< "$out" | sed '/^UID/d')" "$(sed -n '1,/END/p' cards.vcf | sed 's/INTERNET,WORK/internet,work/; s/^N:\(.*\)/N:\1/')" 'what is not known comes back'
runs 'to a file' mail-contact export -o all.vcf
is "$(grep -c '^VERSION:4.0' all.vcf)" 2 'in version 4.0'
runs 'with its long name' mail-contact export --output all.vcf --vcard-version 4.0
run mail-contact export --format csv
like "$out" $'\r\nJörg Müller,Jörg,,Müller,,,,work,joerg@example.org,' 'as CSV'
mail-contact export --format csv > all.csv
cp -r "$MAILDIR" other
runs 'which is read again' mail-contact import --store "$T/other" all.csv
is "$(mail-contact list --count --store "$T/other")" 2 'as the same contacts'
printf 'Name,E-mail Address\n=1+1,calc@example.org\n' > calc.csv
runs 'a table is imported' mail-contact import --format csv calc.csv
like "$(mail-contact export --format csv)" $'\r\n'"'=1\\+1," 'and no spreadsheet computes a name'
run mail-contact import --dry-run calc.csv
is "$out" '=1+1 <calc@example.org>' 'what would be imported can be looked at'
run mail-contact import --duplicates skip calc.csv
is "$err" 'mail-contact: added 0, there already 1' 'what is there may stay as it is'
printf 'alias ada Ada <ada@example.org>\nalias both ada@example.org, ben@example.org\n' > aliases
runs "mutt's aliases" mail-contact import aliases
like "$(mail-contact list-show both)" 'ben@example.org' 'give lists as well'
printf '# abook addressbook file\n\n[format]\nprogram=abook\n\n[0]\nname=Old Friend\nemail=old@example.org\n' > addressbook
runs "abook's file" mail-contact import --format abook addressbook
run mail-contact import nowhere.vcf
exit_is 66 'a file that is not there is 66'
printf 'x\0\377\n' > garbage
run mail-contact import garbage
exit_is 65 'garbage is 65'
like "$err" 'garbage: CSV, line 1: ' 'with its name and line'
run mail-contact import cards.vcf garbage
exit_is 65 'beside a good file as well'
printf 'BEGIN:VCARD\nX-A:1\nEND:VCARD\nBEGIN:VCARD\nFN:Good\nbroken\n' > half.vcf
run mail-contact import half.vcf
exit_is 65 'a card of nobody is 65'
like "$err" 'half.vcf: line 6: not a property' 'what is damaged is named'
like "$(mail-contact list)" Good 'and the rest is imported'
run mail-contact import --format what cards.vcf
exit_is 64 'an unknown form is 64'
run mail-contact import --duplicates what cards.vcf
exit_is 64 'so is what else to do'
tty mail-contact import
exit_is 64 'on a terminal a file is needed'
run mail-contact export Nobody
exit_is 66 'who is not there is not exported'
run mail-contact export -o nowhere/x.vcf
exit_is 66 'nor to a folder that is not there'

# Read only

chmod -R a-w "$MAILDIR"
if [ "$(id -u)" = 0 ]; then
  skip 'a store that can not be written answers' 'root writes everywhere'
else
  runs 'a store that can not be written answers' mail-contact query jorg
  run mail-contact add X
  exit_is 77 'and takes nothing'
fi
chmod -R u+w "$MAILDIR"

done_testing
