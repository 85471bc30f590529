#!/bin/bash
# mail-compose: messages out of a pipe; answers, forwards, templates, drafts. The editor is in mail-compose-editor.t.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list
unset VISUAL EDITOR EMAIL
mkdir -p "$HOME/.config/postbag"
cat > "$HOME/.config/postbag/config.toml" << 'END'
[[identity]]
name = "Ada Example"
address = "ada@example.org"
aliases = ["info@example.org"]
organization = "Example"
[identity.signature]
text = "Ada\n+1 234"

[[identity]]
name = "Home"
address = "ada@home.example"
END
chmod 600 "$HOME/.config/postbag/config.toml"

# The value of a field of $out, unfolded.
field() { awk -v name="${1,,}:" '/^$/ {exit} /^[ \t]/ {if (on) printf "%s", $0; next} {on = tolower(substr($0, 1, length(name))) == name} on {printf "%s", substr($0, length(name) + 2)}' <<< "$out"; }
body() { sed '1,/^$/d' <<< "$out"; }

# A new message

runs 'text becomes a message' mail-compose --to 'Bob "B." Example <bob@example.com>' --subject 'Grüße aus Köln' < <(printf 'Hello\n')
is "$err" '' 'without a word'
is "$(field From)" 'Ada Example <ada@example.org>' 'from the first identity'
is "$(field To)" '"Bob B. Example" <bob@example.com>' 'to whom it is for'
like "$(field Subject)" '^=\?utf-8\?' 'with its subject'
like "$(field Message-ID)" '^<[a-z0-9.]+@example\.org>$' 'an identifier that says nothing of the machine'
like "$(field Date)" '^[A-Z][a-z]{2}, [0-9]{2} .* \+0000$' 'a date'
is "$(field Organization)" Example 'what the identity has besides'
is "$(field Postbag-Identity)" ada@example.org 'who it is, for mail-send'
is "$(body)" $'Hello\n\n-- \nAda\n+1 234' 'and the signature'
runs 'recipients are arguments too' mail-compose --subject s bob@example.com 'Carol <carol@example.com>, d@example.com' < <(printf 'x\n')
is "$(field To)" 'bob@example.com, Carol <carol@example.com>, d@example.com' 'several in one'
runs 'all fields can be given' mail-compose --to a@example.com --to b@example.com --cc c@example.com --bcc d@example.com --from Home \
  --subject s --header 'X-Note: hi there' --header 'Reply-To: r@example.com' --priority high --request-receipt --signature none < <(printf 'x\n')
is "$(field To)|$(field Cc)|$(field Bcc)" 'a@example.com, b@example.com|c@example.com|d@example.com' 'recipients'
is "$(field From)|$(field X-Note)|$(field Reply-To)" 'Home <ada@home.example>|hi there|r@example.com' 'identity and other fields'
is "$(field X-Priority)|$(field Importance)" '1 (Highest)|high' 'priority'
is "$(field Disposition-Notification-To)" 'Home <ada@home.example>' 'a receipt'
is "$(field Postbag-Signature)|$(body)" 'none|x' 'no signature'
runs 'low priority' mail-compose --to a@example.com --subject s --priority low < /dev/null
is "$(field X-Priority)" '5 (Lowest)' 'is said'
runs 'normal priority' mail-compose --to a@example.com --subject s --priority normal < /dev/null
is "$(field X-Priority)" '' 'is not'
runs 'Bcc alone' mail-compose --bcc a@example.com --subject s < /dev/null
is "$(field To)" 'undisclosed-recipients:;' 'leaves nobody in To'
runs 'no subject' mail-compose --to a@example.com < <(printf 'x\n')
like "$err" 'no subject' 'is told'
unlike "$out" 'Subject:' 'and left out'
runs 'a text file' mail-compose --to a@example.com --subject s --signature none --text-file <(printf 'from a file\r\n')
is "$(body)" 'from a file' 'is the text'
printf 'Other\n' > other.sig
runs 'another signature' mail-compose --to a@example.com --subject s --signature ./other.sig < <(printf 'x\n')
is "$(body)" $'x\n\n-- \nOther' 'out of a file'
runs 'the signature of another identity' mail-compose --from Home --signature ada@example.org --to a@example.com --subject s < <(printf 'x\n')
is "$(body)" $'x\n\n-- \nAda\n+1 234' 'by its address'
runs 'the mark' mail-compose --to a@example.com --subject s < <(printf 'Hi\n{signature}\nPS\n')
is "$(body)" $'Hi\nAda\n+1 234\nPS' 'is where the signature goes'
runs 'text that is not UTF-8' mail-compose --to a@example.com --subject s --signature none < <(printf 'caf\xe9\n')
is "$(body)" 'café' 'is read as windows-1252'
like "$err" 'not UTF-8' 'which is told'
runs 'long lines and trailing spaces' mail-compose --to a@example.com --subject s --signature none < <(printf 'soft \nend\n%s\n' "$(printf 'word %.0s' {1..40})")
is "$(body | head -1)" 'soft end' 'are flowed'
ok 'in lines that are short' test "$(body | wc -L)" -le 78
runs 'nothing at all' mail-compose --to a@example.com --subject s --signature none < /dev/null
is "$(body)" '' 'is an empty text'

# Attachments and forms

printf 'PDF' > plan.pdf
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' > 'a b.png'
runs 'files are attached' mail-compose --to a@example.com --subject s --attach plan.pdf --attach "$T/a b.png" < <(printf 'see\n')
python3 - "$T/out" > parts << 'END'
import email, email.policy, sys
message = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
for part in message.walk():
    print(part.get_content_type(), part.get_filename(), part.get_content_disposition())
END
is "$(cat parts)" $'multipart/mixed None None\ntext/plain None None\napplication/pdf plan.pdf attachment\nimage/png a b.png attachment' 'as what they are'
runs 'a visiting card' mail-compose --to a@example.com --subject s --vcard < <(printf 'x\n')
like "$out" 'text/vcard.*Ada Example.vcf' 'goes along'
like "$(grep -A20 'vcf"$' <<< "$out" | grep -E '^[A-Za-z0-9+/=]+$' | base64 -d)" 'FN:Ada Example.*EMAIL;TYPE=INTERNET:ada@example.org' 'and says who writes'
runs 'Markdown' mail-compose --markdown --to a@example.com --subject s < <(printf '# Plan\n\n![p](a%%20b.png) *now*\n')
like "$out" 'multipart/alternative.*text/plain.*# Plan.*text/html.*<h1>Plan</h1>.*src="cid:.*image/png' 'is text, HTML and images'
runs 'HTML' mail-compose --html --to a@example.com --subject s < <(printf '<p>Hi <b>you</b></p>\n')
like "$out" 'text/plain.*Hi you.*text/html.*<b>you</b>' 'is text and HTML'
sed -i '1i [compose]\nformat = "markdown"\n' "$HOME/.config/postbag/config.toml"
runs 'the configuration says the usual form' mail-compose --to a@example.com --subject s < <(printf '*x*\n')
like "$out" '<em>x</em>' 'which is used'
runs 'an option another' mail-compose --plain --to a@example.com --subject s < <(printf '*x*\n')
unlike "$out" 'text/html' 'which wins'
sed -i 1,3d "$HOME/.config/postbag/config.toml"

# Lists

mail-contact add 'Bob' --mail bob@example.com > /dev/null 2>&1 && mail-contact add 'Eve' --mail eve@example.com > /dev/null 2>&1
if mail-contact list-create Team bob@example.com eve@example.com > /dev/null 2>&1; then
  runs 'a list' mail-compose --list Team --subject s < <(printf 'x\n')
  is "$(field Bcc)|$(field To)" 'Bob <bob@example.com>, Eve <eve@example.com>|undisclosed-recipients:;' 'is in Bcc'
  runs 'also as an argument' mail-compose list:Team --subject s < <(printf 'x\n')
  like "$(field Bcc)" 'eve@' 'of that form'
  runs 'in To' mail-compose --to list:Team --subject s < <(printf 'x\n')
  like "$(field To)$err" 'bob@.*eve@.*see each other' 'it is allowed, with a warning'
fi
run mail-compose --to list:Nobody --subject s < <(printf 'x\n')
exit_is 65 'an unknown list is 65'
like "$err" "To: there is no list 'Nobody'" 'and named with its place'
run mail-compose --group Nobody --subject s < <(printf 'x\n')
exit_is 65 'so is a group'

# URLs

runs 'a URL' mail-compose 'mailto:bob@example.com,c@example.com?subject=Caf%C3%A9&cc=d@example.com&body=one%0D%0Atwo&attach=/etc/passwd&in-reply-to=%3C1@x%3E' < /dev/null
is "$(field To)|$(field Cc)|$(field In-Reply-To)" 'bob@example.com, c@example.com|d@example.com|<1@x>' 'gives fields'
like "$(body)" $'^one\ntwo\n' 'and the text'
like "$err" "'attach' is not taken" 'but no files'
unlike "$out" 'root:' 'at all'
run mail-compose 'mailto:%zz' < /dev/null
exit_is 64 'a broken one is 64'

# Answers

one=$(put << 'END'
From: Bob <bob@example.com>
To: info@example.org, carol@example.com
Cc: ada+list@example.org, dave@example.com
Subject: AW: Re: Plan
Date: Mon, 23 Nov 2026 10:11:12 +0100
Message-ID: <one@example.com>
References: <zero@example.com>
List-Post: <mailto:list@example.com>
Content-Type: text/plain; format=flowed

A paragraph that goes 
on.
> earlier
-- 
Bob
END
)
mail-list -t > /dev/null
runs 'an answer' mail-compose --reply 1 < <(printf 'Yes.\n')
is "$(field To)|$(field Cc)|$(field Subject)" 'Bob <bob@example.com>||Re: Plan' 'goes to who wrote'
is "$(field From)" 'Ada Example <info@example.org>' 'from the address that was written to'
is "$(field In-Reply-To)|$(field References)" '<one@example.com>|<zero@example.com> <one@example.com>' 'in its conversation'
is "$(field Postbag-Replied)" '<one@example.com>' 'mail-send will mark the original'
is "$(body)" $'On Mon, 23 Nov 2026 10:11 +0100, Bob wrote:\n> A paragraph that goes on.\n>> earlier\n\nYes.\n\n-- \nAda\n+1 234' 'with the original above the text'
like "$(mail-list --format json)" '"flags":\[(|"seen")\]' 'which is not marked yet'
runs 'an answer with the original below' mail-compose --reply --quote below "$one" < <(printf 'Yes.\n')
like "$(body)" $'^Yes.\n\nOn Mon.*earlier\n\n-- ' 'has it there'
runs 'or without' mail-compose --reply --quote none id:one@example.com < <(printf 'Yes.\n')
is "$(body)" $'Yes.\n\n-- \nAda\n+1 234' 'it'
runs 'and above' mail-compose --reply --quote above "$one" < /dev/null
like "$(body)" '^On Mon' 'as usual'
runs 'an answer to all' mail-compose --reply-all 1 < <(printf 'Yes.\n')
is "$(field To)|$(field Cc)" 'Bob <bob@example.com>|carol@example.com, dave@example.com' 'leaves the user out'
runs 'an answer to the list' mail-compose --reply-list 1 < <(printf 'Yes.\n')
is "$(field To)|$(field Cc)" 'list@example.com|' 'goes there'
runs 'an answer to a message on standard input' mail-compose --reply - < "$one"
like "$(body)" '> A paragraph' 'has no text of its own'
runs 'an answer to a file without any store' env MAILDIR="$T/none" mail-compose --reply "./${one##*/}" --from Home < <(cd "$T"; cp "$one" "./${one##*/}"; printf 'x\n')
is "$(field From)" 'Home <ada@home.example>' 'works, as somebody else'
runs 'an answer in Markdown' mail-compose --reply 1 --markdown < <(printf '*Yes.*\n')
like "$out" '<blockquote>.*A paragraph.*<em>Yes' 'quotes in HTML too'
runs 'an answer in HTML' mail-compose --reply 1 --html < <(printf '<p>Yes.</p>\n')
like "$out" '<blockquote type="cite">.*A paragraph.*</blockquote>.*<p>Yes' 'likewise'
message 'Message-ID: <nolist@example.org>' | put > /dev/null
run mail-compose --reply-list id:nolist@example.org < /dev/null
exit_is 65 'a message of no list can not be answered there'
run mail-compose --reply 1 2 < /dev/null
exit_is 64 'nor two messages at once'
run mail-compose --reply < /dev/null
exit_is 64 'nor none'
run mail-compose --reply id:none@example.org < /dev/null
exit_is 66 'nor one that is not there'

# Forwards

two=$(put << 'END'
From: Bob <bob@example.com>
To: ada@home.example
Subject: Report
Message-ID: <two@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<p>In <b>HTML</b></p>
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="r.pdf"
Content-Transfer-Encoding: base64

UERG
--b--
END
)
runs 'a forward' mail-compose --forward --to eve@example.com "$two" < <(printf 'See.\n')
is "$(field From)|$(field Subject)|$(field Postbag-Forwarded)" 'Home <ada@home.example>|Fwd: Report|<two@example.com>' 'says what it is'
like "$out" $'See\\.\n\n-+ Forwarded message -+\nFrom: Bob <bob@example.com>\nSubject: Report\nTo: ada@home.example\n\nIn HTML\n.*r\\.pdf.*UERG' 'has text and attachments'
runs 'a forward in the text' mail-compose --forward=inline --to eve@example.com "$two" < /dev/null
like "$out" 'Forwarded message' 'if asked for'
runs 'a forward as it is' mail-compose --forward=attachment --to eve@example.com "$two" < <(printf 'See.\n')
like "$out" 'message/rfc822.*Report\.eml.*Content-Type: multipart/mixed; boundary=b' 'has all of it'
runs 'several' mail-compose --forward=attachment --to eve@example.com "$one" "$two" < /dev/null
is "$(field Subject)|$(field Postbag-Forwarded)|$(grep -c message/rfc822 <<< "$out")" 'Fwd: 2 messages|<one@example.com><two@example.com>|2' 'at once'
sed -i '1i [compose]\nforward = "attachment"\n' "$HOME/.config/postbag/config.toml"
runs 'the configuration says how' mail-compose --forward --to eve@example.com "$two" < /dev/null
like "$out" 'message/rfc822' 'it is done'
sed -i 1,3d "$HOME/.config/postbag/config.toml"
secret=$(message 'Content-Type: multipart/encrypted; boundary=e' -- $'--e\n\nVersion: 1\n--e\n\nx\n--e--' | put)
runs 'what is encrypted' mail-compose --forward --to eve@example.com "$secret" < /dev/null
like "$out$err" 'message/rfc822.*is encrypted' 'is passed on as it is'
run mail-compose --forward=pieces "$two" < /dev/null
exit_is 64 'there is no other way'

# Drafts

run mail-compose --draft --subject 'Later' --to 'bob, list:Team' --attach plan.pdf < <(printf 'Draft text\n')
exit_is 0 'a draft is kept'
draft=$out
like "$draft" '/\.Drafts/cur/.*:2,DS$' 'in Drafts, and its path printed'
like "$(mail-list Drafts --format json)" '"draft".*"subject":"Later"' 'where lists show it'
run mail-compose --resume "$draft" < /dev/null
exit_is 65 'a draft that is not finished can not be sent'
like "$err" "To: 'bob' is not an address" 'which is said'
run mail-compose --draft --subject 'Newer' --to bob@example.com < <(printf 'Newer text\n')
newer=$out
runs 'the newest draft is gone on with' mail-compose --resume < /dev/null
is "$(field Subject)|$(body | head -1)" 'Newer|Newer text' 'and printed'
like "$newer" "/$(field Postbag-Draft)," 'with its key, for mail-send'
runs 'with other fields and text' mail-compose --resume "$newer" --cc c@example.com --subject Other --signature none < <(printf 'Changed\n')
is "$(field Cc)|$(field Subject)|$(body)" 'c@example.com|Other|Changed' 'if they are given'
ok 'the draft itself stays' test -f "$newer"
runs 'a draft of another program' mail-compose --resume "$(message 'Subject: foreign' -- 'by mutt' | put -f Drafts -s D)" < /dev/null
is "$(field Subject)|$(body)" 'foreign|by mutt' 'is gone on with too'
run mail-compose --resume "$one" < /dev/null
exit_is 65 'another message is no draft'
run mail-compose --resume 1 2 < /dev/null
exit_is 64 'one at a time'
run env MAILDIR="$T/empty" bash -c 'mkdir -p "$MAILDIR"/{cur,new,tmp}; mail-compose --resume < /dev/null'
exit_is 66 'no draft at all is 66'

# Templates

run mail-compose --save-template --subject 'Directions' --attach plan.pdf < <(printf 'Turn left.\n')
exit_is 0 'a template is kept'
like "$out" '/\.Templates/cur/' 'in Templates'
template=$out
sum=$(md5sum < "$template")
run mail-compose --save-template --subject Directions < <(printf 'Turn right.\n')
exit_is 73 'a second one of that name is not'
runs 'a message begins with it' mail-compose --template directions --to bob@example.com < <(printf 'And right.\n')
is "$(field Subject)" Directions 'with its subject'
like "$out" $'Turn left\\.\nAnd right\\.\n\n-- \nAda.*plan\\.pdf' 'text and attachment'
runs 'an answer too' mail-compose --reply --template Dir 1 < <(printf 'Bye.\n')
is "$(field Subject)" 'Re: Plan' 'with the subject of the answer'
like "$out" $'> A paragraph.*Turn left\\.\nBye\\..*plan\\.pdf' 'and the text and attachment of the template'
runs 'a template by its path' mail-compose --template "$template" --to bob@example.com < /dev/null
like "$out" 'Turn left' 'is the same'
is "$(md5sum < "$template")" "$sum" 'the template never changes'
runs 'any message becomes a template' mail-compose --save-template "$two"
runs 'by its subject' mail-compose --template Report --to eve@example.com < /dev/null
like "$out" 'In <b>HTML</b>.*r\.pdf' 'with what it has'
is "$(field To)" eve@example.com 'but not whom it was for'
run mail-compose --template Nothing --to bob@example.com < /dev/null
exit_is 66 'an unknown template is 66'
run mail-compose --save-template < <(printf 'x\n')
exit_is 64 'one without a name is 64'
mail-compose --save-template --subject 'Directions 2' < /dev/null > /dev/null
run mail-compose --template Direct --to bob@example.com < /dev/null
exit_is 65 'a name that fits several is 65'
like "$err" $'Directions\nDirections 2|Directions 2\nDirections' 'which are named'

# Mistakes

run mail-compose --subject s < <(printf 'x\n')
exit_is 64 'nobody to write to is 64'
run mail-compose --to 'a@example.com, Bob Smith' --subject s < /dev/null
exit_is 65 'a bad address is 65'
like "$err" "To: 'Bob Smith' is not an address" 'and named with its place'
run mail-compose --to a@example.com --from Nobody < /dev/null
exit_is 64 'an unknown identity is 64'
run mail-compose --to a@example.com --subject s --attach none.pdf < /dev/null
exit_is 66 'a file that is not there is 66'
run mail-compose --to a@example.com --subject s --attach . < /dev/null
exit_is 66 'so is a folder'
run mail-compose --to a@example.com --subject s --text-file none < /dev/null
exit_is 66 'a text that is not there is 66'
run mail-compose --to a@example.com --subject s --signature ./none < /dev/null
exit_is 66 'a signature that is not there is 66'
for words in '--header Content-Type:x' '--header nothing' '--header Bad\ name:x' '--priority soon' '--markdown --html' '--reply --forward 1' '--draft --save-template' '--template x --resume' '--quote left'; do
  # shellcheck disable=SC2086 # Several words.
  run mail-compose --to a@example.com $words < /dev/null
  exit_is 64 "$words is 64"
done
run mail-compose --config "$T/none.toml" --to a@example.com < /dev/null
exit_is 66 'a configuration that is not there is 66'
printf '[compose]\nformat = "word"\n' > bad.toml
run mail-compose --config bad.toml --to a@example.com < /dev/null
exit_is 78 'a wrong one is 78'
run env MAILDIR="$T/none" mail-compose --draft --subject s < /dev/null
exit_is 66 'drafts need a store'
run bash -c 'mail-compose --to a@example.com --subject s < /dev/null > /dev/full'
exit_is 74 'a full disk is 74'
if [ "$(id -u)" != 0 ]; then
  chmod 500 "$MAILDIR/.Drafts/tmp" "$MAILDIR"
  run mail-compose --draft --subject s < /dev/null
  exit_is 77 'a folder that can not be written is 77'
  chmod 700 "$MAILDIR/.Drafts/tmp" "$MAILDIR"
fi
rm "$HOME/.config/postbag/config.toml"
runs 'without a configuration' env EMAIL='Me <me@example.net>' mail-compose --to a@example.com --subject s < <(printf 'x\n')
is "$(field From)" 'Me <me@example.net>' 'EMAIL says who writes'
runs 'or the account' mail-compose --to a@example.com --subject s < <(printf 'x\n')
like "$(field From)" '.+@.+' 'does'

# Examples of the manual page

printf 'The plan.\n' > text
runs 'example: a pipe' bash -c 'mail-compose --to team@example.org --subject Plan < text | mail-attach plan.pdf'
like "$out" 'plan\.pdf' 'attaches the file'
runs 'example: an answer to all' mail-compose --reply-all 1 < text
runs 'example: three messages as they are' mail-compose --forward=attachment --to bob@example.com 1-3 < text
is "$(grep -c message/rfc822 <<< "$out")" 3 'are attached'
runs 'example: a draft' mail-compose --draft --subject Minutes < text
runs 'example: gone on with' mail-compose --resume --to a@example.com < /dev/null
is "$(field Subject)" Minutes 'is the newest'
runs 'example: a URL' mail-compose 'mailto:ada@example.org?subject=Hello' < text
is "$(field Subject)" Hello 'has its subject'

done_testing
