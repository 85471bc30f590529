#!/bin/bash
# shellcheck disable=SC2016 # Many words are for the shells that editors run in.
# mail-compose: messages out of a pipe; what it says, whom it goes to, mistakes. Answers and drafts are in mail-compose-reply.t,
# the editor in mail-compose-editor.t.
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
  is "$(field Bcc)|$(field To)" 'bob@example.com, eve@example.com|undisclosed-recipients:;' 'is in Bcc'
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
for words in '--header Content-Type:x' '--header nothing' '--header Nämé:x' '--priority soon' '--markdown --html' '--reply --forward 1' '--draft --save-template' '--template x --resume' '--quote left'; do
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
  mail-compose --draft --subject s < /dev/null > /dev/null
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

run mail-compose --to $'a@example.com\nBcc: eve@example.net' --subject s < <(printf 'x\n')
exit_is 65 'nobody stands behind a line break in an address'

# Examples of the manual page

printf 'The plan.\n' > text
runs 'example: a pipe' bash -c 'mail-compose --to team@example.org --subject Plan < text | mail-attach plan.pdf'
like "$out" 'plan\.pdf' 'attaches the file'
runs 'example: a draft' mail-compose --draft --subject Minutes < text
runs 'example: gone on with' mail-compose --resume --to a@example.com < /dev/null
is "$(field Subject)" Minutes 'is the newest'
runs 'example: a URL' mail-compose 'mailto:ada@example.org?subject=Hello' < text
is "$(field Subject)" Hello 'has its subject'

done_testing
