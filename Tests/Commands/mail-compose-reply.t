#!/bin/bash
# shellcheck disable=SC2016 # Many words are for the shells that editors run in.
# mail-compose: answers, forwards, drafts and templates out of a pipe.
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

printf 'PDF' > plan.pdf

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
sed -i '1i [compose]\nquote = "none"\n' "$HOME/.config/postbag/config.toml"
runs 'the configuration says where' mail-compose --reply 1 < <(printf 'Yes.\n')
unlike "$(body)" '> A' 'it is'
sed -i 1,3d "$HOME/.config/postbag/config.toml"
runs 'an answer to all' mail-compose --reply-all 1 < <(printf 'Yes.\n')
is "$(field To)|$(field Cc)" 'Bob <bob@example.com>|carol@example.com, dave@example.com' 'leaves the user out'
runs 'an answer to the list' mail-compose --reply-list 1 < <(printf 'Yes.\n')
is "$(field To)|$(field Cc)" 'list@example.com|' 'goes there'
runs 'an answer to a message on standard input' mail-compose --reply - < "$one"
like "$(body)" '> A paragraph' 'has no text of its own'
runs 'an answer to a file without any store' env MAILDIR="$T/none" mail-compose --reply "./${one##*/}" --from Home < <(cd "$T" || exit; cp "$one" "./${one##*/}"; printf 'x\n')
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
like "$(mail-list Drafts --format json)" '"subject":"Later".*"draft"' 'where lists show it'
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

# Examples of the manual page

printf 'The plan.\n' > text
mail-list -t > /dev/null
runs 'example: an answer to all' mail-compose --reply-all 3 < text
runs 'example: three messages as they are' mail-compose --forward=attachment --to bob@example.com 1-3 < text
is "$(grep -c message/rfc822 <<< "$out")" 3 'are attached'
printf 'Left.\n' > way.txt
runs 'example: a template' mail-compose --save-template --subject Way < way.txt
runs 'example: an answer with it' mail-compose --reply --template Way 3 < /dev/null
like "$out" 'Left' 'has its text'

done_testing
