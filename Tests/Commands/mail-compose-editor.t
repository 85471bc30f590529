#!/bin/bash
# shellcheck disable=SC2016 # Many words are for the shells that editors run in.
# mail-compose on a terminal: the editor and the questions. What may die meanwhile is in mail-compose-crash.t.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
needs python3 script

make_store
export POSTBAG_LIST=$T/list
unset VISUAL EDITOR EMAIL
mkdir -p "$HOME/.config/postbag" bin
cat > "$HOME/.config/postbag/config.toml" << 'END'
[compose]
autosave = 1
[[identity]]
name = "Ada Example"
address = "ada@example.org"
[identity.signature]
text = "Ada"
[[identity]]
name = "Home"
address = "ada@home.example"
[identity.signature]
text = "At home"
END
chmod 600 "$HOME/.config/postbag/config.toml"

# A mail-send that keeps what it gets, and answers what $SEND says.
cat > bin/mail-send << 'END'
#!/bin/sh
printf '%s\n' "$*" > "$T/sent.arguments"
cat > "$T/sent"
exit "${SEND:-0}"
END
# An editor that runs $EDIT on the file, with the file as $1; a second editor stays open until it is told to end.
cat > bin/ed1 << 'END'
#!/bin/bash
cp "$1" "$T/page"
printf '%s\n' "$1" > "$T/page.path"
eval "$EDIT"
END
cat > bin/ed2 << 'END'
#!/bin/bash
echo $$ > "$T/ed.pid"
eval "$EDIT"
touch "$T/ready"
while [ ! -e "$T/go" ]; do sleep 0.05; done
eval "${LATER-:}"
touch "$T/left"
END
chmod +x bin/*
cp -s "$POSTBAG_BIN"/mail-{compose,show,list} bin/
export T PATH=$T/bin:$PATH EDITOR=ed1 EDIT=:

drafts() { find "$MAILDIR/.Drafts" -type f -path '*/cur/*' 2> /dev/null; }
work() { find "$MAILDIR/postbag/compose" -mindepth 1 2> /dev/null; }
fresh() { rm -rf "$MAILDIR/.Drafts" "$MAILDIR/postbag/compose" sent go ready left; }
# talk [STEP]... -- COMMAND: the command on a terminal, see terminal.py.
talk() { run "$tests/terminal.py" -t 20 "$@"; }
prompt='expect:more [?]'

# The page and the questions

EDIT='sed -i "s/^To:.*/To: bob@example.com/; s/^Subject:.*/Subject: Hello/; s/^$/\nTyped text.\n/" "$1"'
talk "$prompt" 'send:s\n' -- mail-compose --cc c@example.com
exit_is 0 'a message is written and sent'
is "$(head -5 page)" $'From: Ada Example <ada@example.org>\nTo:\nCc: c@example.com\nBcc:\nSubject:' 'the editor has the fields'
is "$(sed '1,5d' page)" $'\n\n-- \nAda' 'and the signature'
like "$(cat page.path)" "^$MAILDIR/postbag/compose/.*/draft\.eml$" 'in a file of the store'
out=$(cat sent)
is "$(field To)|$(field Cc)|$(field Subject)" 'bob@example.com|c@example.com|Hello' 'mail-send gets the fields'
like "$(body)" $'Typed text\\.\n.*-- \nAda' 'and the text'
is "$(drafts)$(work)" '' 'no draft and no file stays'
is "$(cat sent.arguments)" -t 'recipients are those of the message'

talk "$prompt" 'send:s\n' -- mail-compose --store "$MAILDIR" --config "$HOME/.config/postbag/config.toml"
is "$(cat sent.arguments)" "--store $MAILDIR --config $HOME/.config/postbag/config.toml -t" 'mail-send uses the same store and configuration'

rm -f sent
SEND=75 talk "$prompt" 'send:s\n' 'expect:not sent' "$prompt" 'send:d\n' -- mail-compose
like "$out" 'mail-send ended with 75; the message is kept as a draft' 'a message that was not sent is kept'
like "$(cat "$(drafts)")" 'Typed text' 'as a draft'
like "$(cat sent)" "Postbag-Draft: $(basename "$(drafts)" | cut -d, -f1)" 'whose key mail-send knew'
EDIT='cat "$1" > "$T/again"' talk "$prompt" 'send:s\n' -- mail-compose --resume
like "$(cat again)" $'To: bob@example.com.*Typed text' 'it is gone on with'
like "$(cat sent)" 'Typed text' 'and sent'
is "$(drafts)" '' 'and no longer a draft'

rm -f sent
EDIT=: talk "$prompt" 'send:s\n' 'expect:no recipients' "$prompt" 'send:to bob@example.com, Carol <c@example.com>\n' 'expect:Carol' \
  "$prompt" 'send:s\n' 'expect:no subject' 'send:n\n' "$prompt" 'send:subject Now\n' 'expect:Now' "$prompt" 'send:from Home\n' 'expect:home.example' \
  "$prompt" 'send:priority high\n' 'expect:high' "$prompt" 'send:receipt\n' 'expect:requested' "$prompt" 'send:cc d@example.com\n' 'expect:d@' \
  "$prompt" 'send:?\n' 'expect:preview' "$prompt" 'send:p\n' 'expect:At home' "$prompt" 'send:s\n' -- mail-compose
exit_is 0 'what is missing is asked for and can be given'
out=$(cat sent)
is "$(field To)|$(field Cc)|$(field Subject)" 'bob@example.com, Carol <c@example.com>|d@example.com|Now' 'recipients and subject'
is "$(field From)|$(field X-Priority)|$(field Disposition-Notification-To)" 'Home <ada@home.example>|1 (Highest)|Home <ada@home.example>' 'sender, priority, receipt'
like "$(body)" 'At home' 'the signature follows the sender'
unlike "$(body)" 'Ada' 'the other one is gone'

rm -f sent
printf PDF > plan.pdf
EDIT='printf "The plan is attached.\n> en annexe\n" >> "$1"' talk "$prompt" 'send:s\n' "expect:You wrote 'attached'" 'send:n\n' "$prompt" 'send:a none.pdf\n' 'expect:no such file' \
  "$prompt" 'send:a plan.pdf\n' 'expect:1 plan.pdf' "$prompt" 'send:a\n' 'expect:File:' 'send:plan.pdf\n' 'expect:2 plan.pdf' "$prompt" 'send:r 2\n' \
  "$prompt" 'send:r 7\n' 'expect:by its number' "$prompt" 'send:s\n' -- mail-compose --signature none --to b@example.com --subject s
exit_is 0 'a promised attachment is asked for'
is "$(grep -c 'filename=plan.pdf' sent)" 1 'and attached'
EDIT='printf "See the sketch.\n" >> "$1"' talk "$prompt" 'send:s\n' -- mail-compose --to b@example.com --subject s
exit_is 0 'where nothing is promised nothing is asked'
printf '[compose]\nautosave = 1\nattachment-words = ["sketch"]\n[[identity]]\naddress = "ada@example.org"\n' > words.toml
chmod 600 words.toml
EDIT='printf "See the sketch, attached.\n" >> "$1"' talk "$prompt" 'send:s\n' "expect:You wrote 'sketch'" 'send:y\n' -- mail-compose --config words.toml --to b@example.com --subject s
exit_is 0 'the words can be configured'

rm -f sent
EDIT='sed -i "s/^Subject:.*/& x/; s/^Cc:.*/Attach: plan.pdf/; s/^Bcc:.*/no field at all/" "$1"' talk 'expect:line 4' 'expect:Edit again?' 'send:n\n' -- mail-compose --to b@example.com
exit_is 65 'a line that is no field is 65'
like "$(cat "$(drafts)")" 'no field at all' 'and the text is kept'
fresh
printf 'n=0\n' > turn
EDIT='. ./turn; echo "n=$((n + 1))" > turn; if [ $n = 0 ]; then sed -i "s/^Cc:.*/oops/" "$1"; else sed -i "s/^oops/Attach: plan.pdf/" "$1"; fi' \
  talk 'expect:Edit again?' 'send:\n' 'expect:1 plan.pdf' "$prompt" 'send:e\n' "$prompt" 'send:s\n' -- mail-compose --to b@example.com --subject s
exit_is 0 'it can be mended'
like "$(cat sent)" 'filename=plan.pdf' 'and files attached in the editor'
EDIT='sed -i "s/^To:.*/To: bob/" "$1"' talk "$prompt" 'send:s\n' "expect:To: 'bob' is not an address" "$prompt" 'send:x\n' 'expect:Discard' 'send:n\n' "$prompt" 'send:x\n' 'expect:Discard' 'send:y\n' -- mail-compose --subject s
exit_is 0 'a bad address is told; a message can be discarded'
is "$(drafts)$(work)" '' 'and nothing stays'
EDIT='printf "kept\n" >> "$1"' talk "$prompt" 'send:\x04' -- mail-compose --subject s
exit_is 0 'the end of input'
like "$(cat "$(drafts)")" kept 'keeps a draft'
fresh
EDIT='printf "kept\n" >> "$1"' talk -- mail-compose --draft --subject s
like "$out" '/\.Drafts/cur/' '--draft asks nothing'
fresh
EDIT='printf "model\n" >> "$1"' talk -- mail-compose --save-template --subject Model
like "$(cat "$MAILDIR"/.Templates/cur/*)" model 'a template is written in the editor'
is "$(drafts)" '' 'and is no draft'
EDIT='printf "out\n" >> "$1"; exit 3' talk -o piped "$prompt" 'send:s\n' -- mail-compose --to b@example.com --subject s
exit_is 0 'with standard output elsewhere'
like "$(cat piped)" $'^Date: .*\nout' 'the message goes there'
like "$out" 'ended with 3' 'that the editor failed is told'
like "$(cat piped)" 'Postbag-Draft: ' 'its draft is for mail-send to remove'
fresh
run env EDITOR=true mail-compose --to b@example.com --subject s < /dev/null
is "$out" "$out" 'without a terminal there is no editor'
talk -- env -u EDITOR PATH="$POSTBAG_BIN" mail-compose
exit_is 78 'without an editor it is 78'
fresh
run "$tests/terminal.py" "$prompt" 'send:d\n' -- env MAILDIR="$T/none" XDG_STATE_HOME="$T/state" EDIT='printf "no store\n" >> "$1"' mail-compose
like "$out" 'no store that can be written.*Kept in .*/state/postbag/compose/' 'without a store the text is kept elsewhere'
EDIT='cp "$1" "$T/again"' run "$tests/terminal.py" "$prompt" 'send:x\n' 'expect:Discard' 'send:y\n' -- env MAILDIR="$T/none" XDG_STATE_HOME="$T/state" mail-compose --resume
like "$(cat again)" 'no store' 'and gone on with from there'
is "$(find state -type f)" '' 'until it is discarded'

# With mail-send itself

fresh
export EDITOR=ed1
printf '[outgoing]\nkind = "command"\ncommand = "cat > %s/gone"\n' "$T" > real.toml
cat "$HOME/.config/postbag/config.toml" >> real.toml
chmod 600 real.toml
original=$(message 'Message-ID: <orig@example.org>' 'To: ada@example.org' | put)
passed=$(message 'Message-ID: <passed@example.org>' 'Subject: passed' | put)
EDIT='printf "Yes.\n" >> "$1"' PATH=$POSTBAG_BIN:$PATH talk "$prompt" 'send:s\n' -- mail-compose --config real.toml --reply "$original" --bcc secret@example.com
exit_is 0 'an answer is sent by mail-send'
like "$(cat gone)" $'In-Reply-To: <orig@example\\.org>.*> A line of text\\..*Yes\\.' 'as it was written'
unlike "$(cat gone)" 'Postbag-|secret@|Bcc' 'without fields of ours and Bcc'
like "$(mail-list --format json | grep orig@)" '"answered"' 'the original is marked as answered'
unlike "$(mail-list --format json | grep passed@)" '"forwarded"' 'others are not'
is "$(drafts)$(work)" '' 'the draft is gone'
like "$(cat "$MAILDIR"/.Sent/cur/*)" 'Yes\.' 'a copy is in Sent'
EDIT=: PATH=$POSTBAG_BIN:$PATH talk "$prompt" 'send:s\n' -- mail-compose --config real.toml --forward "$passed" --to b@example.com
like "$(mail-list --format json | grep passed@)" '"forwarded"' 'a forward is marked likewise'
sed -i "s#cat > .*gone#exit 69; cat#" real.toml
EDIT='printf "No.\n" >> "$1"' PATH=$POSTBAG_BIN:$PATH talk "$prompt" 'send:s\n' 'expect:not sent' "$prompt" 'send:d\n' -- mail-compose --config real.toml --to b@example.com --subject refused
like "$(cat "$(drafts)")" 'No\.' 'what is refused stays a draft'

fresh
chmod 500 "$MAILDIR"
if [ "$(id -u)" != 0 ]; then
  EDITOR=ed1 EDIT='printf "x\n" >> "$1"' talk "$prompt" 'send:d\n' -- env XDG_STATE_HOME="$T/state" mail-compose
  like "$out" 'Kept in' 'a store that can not be written loses nothing'
fi
chmod 700 "$MAILDIR"

done_testing
