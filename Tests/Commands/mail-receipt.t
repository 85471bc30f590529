#!/bin/bash
. "$(dirname "$0")/lib.sh"
make_store

# mail-send gives what it sends to this program, which keeps it with its envelope.
mkdir -p "$HOME/.config/postbag" "$T/sent"
chmod 700 "$HOME/.config" "$HOME/.config/postbag"
cat > "$T/bin-sendmail" <<'END'
#!/bin/bash
[ ! -e "$OUTBOX/fail" ] || exit "$(cat "$OUTBOX/fail")"
number=$(ls "$OUTBOX" | grep -c mail)
printf '%s\n' "$@" > "$OUTBOX/envelope.$number"
cat > "$OUTBOX/mail.$number"
END
chmod +x "$T/bin-sendmail"
export OUTBOX=$T/sent
configuration() {
  cat > "$HOME/.config/postbag/config.toml" <<END
[[identity]]
name = "Ben Example"
address = "ben@example.com"
aliases = ["b@example.net"]
[outgoing]
kind = "command"
command = "$T/bin-sendmail %f %r"
$1
END
  chmod 600 "$HOME/.config/postbag/config.toml"
}
configuration '[send]
queue = "never"'
sent() { find "$OUTBOX" -name 'mail.*' | wc -l; }
reset() { rm -f "$OUTBOX"/*; }

ask=('Disposition-Notification-To: Ada Example <ada@example.org>' 'Return-Path: <ada@example.org>')
one=$(message "${ask[@]}" 'Message-ID: <one@example.org>' 'Subject: Plan' | put -s S)
message 'Message-ID: <two@example.org>' 'Subject: Nothing' | put -s S > two
message "${ask[@]}" 'Message-ID: <other@example.org>' 'Subject: Other' 'Return-Path: <mallory@example.net>' 'Date: Mon, 04 Mar 2024 09:00:00 +0000' \
  | grep -v 'Return-Path: <ada' | put -s S > other
message "${ask[@]}" 'Message-ID: <junk@example.org>' 'Subject: Junk' | put -f Junk -s S > junk

message 'Disposition-Notification-To: b@example.net' 'Subject: To myself' | put -s S > /dev/null
message 'Disposition-Notification-To: ada@example.org' 'Return-Path: <>' 'Subject: A report' | put -s S > /dev/null

# The list
runs 'messages that ask are listed' mail-receipt
is "$out" "$one"$'\n'"$(cat other)" 'all of them, newest first, and not what lies in Junk'
runs 'as a table' mail-receipt list -t
like "$out" '^ +1 .*Inbox +Plan' 'as mail-list has it'
runs 'as ids, separated by NUL' mail-receipt --format ids -0
is "$out" $'id:one@example.org\nid:other@example.org' 'for other commands'
runs 'as JSON' mail-receipt list --format json
like "$out" '"flags":\[[^]]*"asks-receipt"' 'with the flag'
runs 'in two lines each, with full dates' mail-receipt list -t --normal --full-dates
like "$out" '2024-03-04 10:00' 'the date'

# One message
runs 'of a message it says to whom the receipt would go' mail-receipt list -t "$one"
is "$out" 'Subject:    Plan
From:       Ada Example <ada@example.org>
Receipt to: Ada Example <ada@example.org>' 'and nothing speaks against it'
runs 'and what speaks against it' mail-receipt list -t id:other@example.org
like "$out" 'Note:       the receipt would go to another address than the message came from' 'here'
runs 'in JSON' mail-receipt --format json id:other@example.org id:one@example.org id:two@example.org
is "$(jq -r '[.message_id, (.receipt_to | join(",")), .automatic, (.notes | join(",")), .answered] | @tsv' "$T/out")" \
  $'other@example.org\tada@example.org\tfalse\totherReturnPath\tfalse
one@example.org\tada@example.org\ttrue\t\tfalse
two@example.org\t\tfalse\t\tfalse' 'too'
runs 'of a message that asks for nothing' mail-receipt list -t "$(cat two)"
like "$out" 'Receipt:    not asked for' 'that is said'
run mail-receipt list id:none@example.org
exit_is 66 'a message that is not there is 66'

# Sending
runs 'a receipt is sent' mail-receipt send "$one"
is "$(sent)" 1 'by mail-send'
is "$(head -n 2 "$OUTBOX/envelope.0")" $'<>\nada@example.org' 'without an envelope sender, to whom asked'
is "$(python3 - "$OUTBOX/mail.0" <<'END'
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
text, status = m.iter_parts()
fields = status.get_payload()[0]
print(m['From'], m['To'], m['Subject'], m['Auto-Submitted'], m['References'], sep='|')
print(m.get_content_type(), m.get_param('report-type'), m['Disposition-Notification-To'])
print(status.get_content_type(), fields['Final-Recipient'], fields['Original-Message-ID'], fields['Disposition'], sep='|')
print(m.defects)
END
)" 'Ben Example <ben@example.com>|Ada Example <ada@example.org>|Receipt: Plan|auto-replied|<one@example.org>
multipart/report disposition-notification None
message/disposition-notification|rfc822;ben@example.com|<one@example.org>|manual-action/MDN-sent-manually; displayed
[]' 'it is the report of RFC 8098'
is "$(count_files "$MAILDIR/.Sent" 2> /dev/null || echo 0)" 0 'no copy of it is kept'
run mail-receipt send "$one"
exit_is 1 'a second one is never sent'
like "$err" '^mail-receipt: Plan: a receipt was sent or refused before' 'which is said'
is "$(sent)" 1 'and none went'
runs 'what was answered is listed no more' mail-receipt
is "$out" "$(cat other)" 'the other one is'
runs 'but its state is told' mail-receipt list -t "$one"
like "$out" 'Answered:   yes' 'as answered'
mail-move Work "$one" 2> /dev/null || { mail-folder create Work && mail-move Work "$one"; }
run mail-receipt send id:one@example.org
exit_is 1 'also not after a move'

run mail-receipt send "$(cat other)"
exit_is 77 'without a terminal what is doubtful is not sent'
like "$err" 'another address than the message came from.*--yes' 'the reason and the way are told'
is "$(sent)" 1 'nothing went'
tty mail-receipt send "$(cat other)" < /dev/null
is "$(sent)" 1 'no answer is no yes'
answer() { local text=$1; shift; printf '%s\n' "$text" | script --quiet --return --echo never --command "$*" /dev/null > "$T/out" 2>&1; status=$?; out=$(tr -d '\r' < "$T/out"); }
answer '' mail-receipt send id:other@example.org
is "$status,$(sent)" 1,1 'Enter puts it off'
answer y mail-receipt send id:other@example.org
is "$status,$(sent)" 0,2 'yes sends it'
like "$out" 'asked for, to Ada Example <ada@example.org>' 'after having said to whom'
message "${ask[@]}" 'Message-ID: <list@example.org>' 'Subject: List' 'List-Id: <l.example.org>' | put -s S > list
answer n mail-receipt send id:list@example.org
is "$status,$(sent)" 0,2 'no is an answer too'
run mail-receipt send id:list@example.org
exit_is 1 'and is kept'
runs 'what lies in Junk is sent with --yes alone' mail-receipt send --yes "$(cat junk)"
is "$(sent)" 3 'then it goes'
run mail-receipt send "$(cat two)"
exit_is 1 'what asks for nothing gets nothing'
message "${ask[@]}" 'Message-ID: <kind@example.org>' 'Subject: Kind' 'To: b@example.net' | put -s S > kind
reset
runs 'what was done can be said' mail-receipt send --kind deleted "$(cat kind)"
like "$(cat "$OUTBOX/mail.0")" 'Disposition: manual-action/MDN-sent-manually; deleted' 'deleted'
like "$(cat "$OUTBOX/mail.0")" 'Final-Recipient: rfc822;b@example.net' 'for the address that it came to'
run mail-receipt send --kind eaten "$(cat kind)"
exit_is 64 'other words are 64'

# What is never answered
message 'Disposition-Notification-To: ada@example.org' 'Return-Path: <>' 'Subject: Report' 'Message-ID: <r@example.org>' | put -s S > report
run mail-receipt send --yes "$(cat report)"
exit_is 77 'a report is not answered'
message "${ask[@]}" 'Disposition-Notification-Options: x=required,y' 'Subject: Demand' 'Message-ID: <d@example.org>' | put -s S > demand
run mail-receipt send --yes "$(cat demand)"
exit_is 77 'a demand that nobody knows is not met'
message 'Disposition-Notification-To: <ada@>' 'Return-Path: <ada@example.org>' 'Subject: Bad' 'Message-ID: <bad@example.org>' | put -s S > bad
run mail-receipt send --yes "$(cat bad)"
exit_is 65 'an address that is none is 65'
message 'Disposition-Notification-To: <a@example.org>, <b@example.org>' 'Return-Path: <a@example.org>' 'Subject: Two' 'Message-ID: <t@example.org>' | put -s S > both
reset
runs 'several addresses all get it' mail-receipt send --yes "$(cat both)"
is "$(tail -n 2 "$OUTBOX/envelope.0")" $'a@example.org\nb@example.org' 'in one envelope'
message 'Disposition-Notification-To: <a@example.org>' 'Return-Path: <a@example.org>' 'Message-ID: <evil@example.org>' \
  $'Subject: =?utf-8?q?x=0D=0ABcc:_all@example.org?=' | put -s S > evil
reset
runs 'a subject can not become a field' mail-receipt send "$(cat evil)"
is "$(grep -ci '^bcc' "$OUTBOX/mail.0")" 0 'there is no Bcc'

# Failures
message "${ask[@]}" 'Message-ID: <fail@example.org>' 'Subject: Fail' | put -s S > failing
reset
echo 69 > "$OUTBOX/fail"
run mail-receipt send "$(cat failing)"
exit_is 69 'what mail-send refuses is told'
rm "$OUTBOX/fail"
runs 'and may be tried again' mail-receipt send "$(cat failing)"
is "$(sent)" 1 'then it goes'
message "${ask[@]}" 'Message-ID: <queue@example.org>' 'Subject: Queue' | put -s S > queued
configuration '[send]
queued-exit = 75'
echo 75 > "$OUTBOX/fail"
runs 'a receipt that waits in the queue is sent' mail-receipt send "$(cat queued)"
run mail-receipt send "$(cat queued)"
exit_is 1 'so it is not sent twice'
configuration '[send]
queue = "never"'
rm "$OUTBOX/fail"
mkdir "$T/alone"
ln -s "$POSTBAG_BIN/mail-receipt" "$T/alone/"
message "${ask[@]}" 'Message-ID: <alone@example.org>' 'Subject: Alone' | put -s S > lonely
run env PATH="$T/alone" "$T/alone/mail-receipt" send "$(cat lonely)"
exit_is 69 'without mail-send it is 69'

# Refusing
runs 'a receipt is refused' mail-receipt ignore "$(cat lonely)"
run mail-receipt send "$(cat lonely)"
exit_is 1 'and never sent'
run mail-receipt ignore "$(cat two)"
exit_is 1 'there is nothing to refuse where nothing is asked'
is "$(mail-tag list | wc -l)" 0 'the mark is no tag'

# Several at once, from other commands
reset
for number in 1 2 3; do message "${ask[@]}" "Message-ID: <m$number@example.org>" "Subject: M$number" | put -s S > /dev/null; done
runs 'references are read from standard input' mail-receipt send < <(mail-search --limit all subject:M1 OR subject:M2 OR subject:M3)
is "$(sent)" 3 'and all are answered'
runs 'separated by NUL' mail-receipt ignore -0 < <(mail-list --limit 1 -0)

# Receipts of others
sent_file=$(message 'From: Ben Example <ben@example.com>' 'To: ada@example.org, eve@example.org' 'Message-ID: <mine@example.com>' 'Subject: Mine' | put -f Sent -s S)
receipt() {
  message "From: $1" 'To: ben@example.com' "Subject: Read" 'Content-Type: multipart/report; report-type=disposition-notification; boundary=x' -- "--x

Read.
--x
Content-Type: message/disposition-notification

Final-Recipient: rfc822;$1
Original-Message-ID: <mine@example.com>
Disposition: manual-action/MDN-sent-manually; displayed
--x--"
}
receipt ada@example.org | put -n > first
runs 'a message that was read is marked in lists' mail-list Sent -t
like "$out" '^ +1 R .*Mine' 'with R'
runs 'and in JSON' mail-list Sent --format json
like "$out" '"was-read"' 'as a flag'
runs 'mail-show says who has read it when' mail-show "$sent_file"
like "$out" 'Read by: ada@example.org, 2024-03-04 10:00' 'in a line of the header'
runs 'and in JSON too' mail-show --json "$sent_file"
is "$(jq -c '.reports' "$T/out")" '[{"kind":"displayed","recipient":"ada@example.org","time":1709546400}]' 'as an object'
message 'From: MAILER-DAEMON@example.org' 'Return-Path: <>' 'Subject: Undelivered' 'Content-Type: multipart/report; report-type=delivery-status; boundary=x' \
  'Date: Mon, 04 Mar 2024 10:05:00 +0000' -- '--x

Not delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; eve@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--x
Content-Type: text/rfc822-headers

Message-ID: <mine@example.com>
--x--' | put -n > /dev/null
runs 'what could not be delivered is marked too' mail-list Sent -t
like "$out" '^ +1 X .*Mine' 'with X'
runs 'and the reason is shown' mail-show "$sent_file"
like "$out" 'Not delivered to: eve@example.org, 2024-03-04 10:05 \(5.1.1\): 550 5.1.1 no such' 'with what the server said'
rm -rf "$MAILDIR/postbag/index.db"*
runs 'all of that is made anew with the index' mail-show "$sent_file"
like "$out" 'Read by: ada@example.org' 'from the messages themselves'

# mail-show asks
message "${ask[@]}" 'Message-ID: <show@example.org>' 'Subject: Show' | put -s S > shown
reset
runs 'without a terminal mail-show tells of the request' mail-show "$(cat shown)"
like "$err" '^mail-show: the sender asks for a receipt to Ada Example <ada@example.org>; mail-receipt' 'on standard error'
answer '' mail-show id:show@example.org
like "$out" 'Send a receipt\?' 'on a terminal it asks'
is "$(sent)" 0 'and sends nothing unasked'
answer y mail-show id:show@example.org
is "$(sent)" 1 'yes sends it'
runs 'afterwards nothing is asked' mail-show "$(cat shown)"
is "$err" '' 'and nothing told'
message "${ask[@]}" 'Message-ID: <show2@example.org>' 'Subject: Show' | put -s S > shown
configuration '[receipt]
policy = "never"'
runs 'with the policy never' mail-show "$(cat shown)"
is "$err" '' 'nothing is told'
configuration '[receipt]
policy = "always"
[send]
queue = "never"'
reset
runs 'with the policy always and no terminal' mail-show "$(cat shown)"
is "$(sent)" 0 'nothing is sent: nobody has seen it'
answer '' mail-show id:show2@example.org
is "$(sent)" 1 'on a terminal it is sent without a question'
like "$(cat "$OUTBOX/mail.0")" 'manual-action/MDN-sent-automatically; displayed' 'and says so'
message "${ask[@]}" 'Message-ID: <show3@example.org>' 'Subject: Show' 'Return-Path: <mallory@example.net>' | grep -v 'Path: <ada' | put -s S > shown
reset
answer '' mail-show id:show3@example.org
is "$(sent)" 0 'but not to another address than it came from'
like "$out" 'Note: the receipt would go to another address' 'which is asked about'
message "${ask[@]}" 'Message-ID: <show4@example.org>' 'Subject: Show' 'Precedence: bulk' | put -s S > shown
answer '' mail-show id:show4@example.org
is "$(sent)" 0 'nor for mail to many'
unlike "$out" 'Send a receipt' 'about which nobody is asked'

# Examples of the manual page
message "${ask[@]}" 'Message-ID: <example@example.org>' 'Subject: Example' 'Date: Mon, 04 Mar 2024 11:00:00 +0000' | put -s S > example
configuration '[send]
queue = "never"'
export POSTBAG_LIST=$T/list
runs 'example: the list' mail-receipt -t
like "$out" '^ +1 .*Example' 'numbers the messages'
runs 'example: to whom' mail-receipt 1
like "$out" 'Receipt to: Ada Example <ada@example.org>' 'to her'
runs 'example: the first of them' mail-receipt send 1
run mail-receipt send 1
exit_is 1 'it was sent'
unset POSTBAG_LIST
runs 'example: refuse all' mail-receipt ignore < <(mail-receipt --format paths)
run mail-receipt
exit_is 1 'nobody asks any more'
runs 'example: which were read' mail-list Sent --limit all --format json
is "$(jq -r 'select(.flags | index("was-read")) | .subject' "$T/out")" Mine 'the one'

run mail-receipt --format ids send id:one@example.org
exit_is 64 'options before the action are 64'
like "$err" "options come behind 'send'" 'which is said'
run mail-receipt eat
exit_is 64 'an unknown action is 64'
run mail-receipt send --eat
exit_is 64 'an unknown option is 64'
tty mail-receipt ignore
run mail-receipt --store "$T/none"
exit_is 66 'a store that is not there is 66'
make_store "$T/empty"
run mail-receipt
exit_is 1 'where nobody asks it is 1'

done_testing
