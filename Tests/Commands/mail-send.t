#!/bin/bash
# mail-send: what goes out, to whom, what is kept, the options of sendmail, and the exit codes.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=sink.sh
. "$tests/sink.sh"

start_sink
configure
make_store "$HOME/Maildir"

# last: the message that the sink got last
last() { cat "$S/mail/$(find "$S/mail" -type f -printf '%f\n' | sort -n | tail -1)"; }

# --- What goes out
message 'To: ben@example.com' 'Cc: "Carl, C." <carl@example.com>' 'Bcc: dora@example.com' 'Subject: Plan' \
  'Postbag-Replied: <question@example.net>' 'Return-Path: <old@example.net>' -- $'first\n.\n..two\n' > plan
runs 'a message is sent to those it names' mail-send < plan
is "$out$err" '' 'without a word'
like "$(last)" 'RCPT TO:<ben@example.com>.*RCPT TO:<carl@example.com>.*RCPT TO:<dora@example.com>' 'To, Cc and Bcc get it'
like "$(last)" '^MAIL FROM:<ada@example.org>' 'the envelope sender is the identity'
unlike "$(last | sed 1,5d)" 'dora|Bcc' 'Bcc is not in what goes out'
unlike "$(last)" '[Pp]ostbag-|Return-Path' 'neither are our fields and Return-Path'
like "$(last | tr -d '\r')" $'first\n\\.\n\\.\\.two' 'dots arrive as they were'
copy=$(sent_files)
is "$(wc -l <<< "$copy")" 1 'there is one copy in Sent'
like "$copy" ':2,S$' 'which is marked as seen'
like "$(cat "$copy")" 'Bcc: dora@example.com' 'and has the Bcc'
unlike "$(cat "$copy")" '[Pp]ostbag-' 'but none of our fields'
is "$(queue_count)" 0 'the queue is empty'

empty_sink
printf 'Subject: bare\n\nAt noon?\n' | mail-send ben@example.com
like "$(last)" 'From: Ada Example <ada@example.org>' 'From is added'
like "$(last)" 'Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20' 'Date is added'
like "$(last)" 'Message-ID: <[^ @]+@example.org>' 'Message-ID is added, of the domain of the sender'
unlike "$(last)" 'Bcc' 'recipients of the command line are shown to nobody'

# What is no header is text, and none of it is lost.
empty_sink
printf 'Hello Ben,\nmeet at noon\n\nsecond paragraph\n' | mail-send ben@example.com
like "$(last | tr -d '\r')" $'\n\nHello Ben,\nmeet at noon\n\nsecond paragraph' 'a text without a header arrives whole'
printf '\xef\xbb\xbfTo: ben@example.com\nBcc: dora@example.com\nSubject: mark\n\nx\n' | mail-send -t
like "$(last)" 'RCPT TO:<dora@example.com>' 'a byte order mark hides no field'
printf 'Subject: mark\nno field\n\nx\n' | mail-send ben@example.com
like "$(last | tr -d '\r')" $'\n\nno field\n\nx' 'a line that is no field begins the text'
run mail-send -t < <(printf 'garbage\nTo: ben@example.com\nBcc: dora@example.com\n\nx\n')
exit_is 65 'a Bcc behind it is refused'
run mail-send -t < <(printf 'To: ben@example.com\nSubject: x\rBcc: dora@example.com\n\nx\n')
exit_is 65 'so is one behind a CR alone'

like "$(cat "$(grep -rl '^Subject: bare' "$HOME/Maildir/.Sent/cur")")" 'Bcc: ben@example.com' 'but the copy says who got it'

printf 'just text, no header\n' | mail-send ben@example.com
like "$(last | tr -d '\r')" $'\n\njust text, no header$' 'text without a header becomes a body'
printf 'To: ben@example.com\r\nSubject: crlf\r\n\r\none\r\ntwo' | mail-send
like "$(last | od -c | tr -d ' \n0123456789')" 'one\\r\\ntwo\\r\\n' 'CRLF stays one line end, a missing one is added'
printf 'To: ben@example.com\n\ncaf\303\251\n' | mail-send
like "$(last)" 'Content-Type: text/plain; charset=utf-8' 'UTF-8 that says nothing of itself is declared'
printf 'To: ben@example.com\nFrom: eve@example.net\n\nx\n' > foreign
runs 'a From that is no identity is sent' mail-send < foreign
like "$err" 'eve@example.net is none of your identities' 'with a warning'
like "$(last)" 'Sender: Ada Example <ada@example.org>' 'and a Sender'
like "$(last)" '^MAIL FROM:<ada@example.org>' 'from the identity'
printf 'To: ben@example.com\nFrom: A <a@example.org>\nSender: eve@example.net\n\nx\n' | mail-send
like "$(last)" '^MAIL FROM:<a@example.org>' 'an alias is the sender of its messages'
unlike "$(last)" 'Sender' 'and nobody else is'

# --- Resent
message 'From: eve@example.net' 'Message-ID: <original@example.net>' 'To: ada@example.org' 'Bcc: old@example.com' | {
  printf 'Resent-From: ada@example.org\nResent-To: ben@example.com\nResent-Bcc: dora@example.com\n'
  cat
} > resent
runs 'a message is sent on' mail-send -t < resent
like "$(last)" 'RCPT TO:<ben@example.com>.*RCPT TO:<dora@example.com>' 'to those in the Resent- fields'
unlike "$(last)" 'RCPT TO:<(ada|old)@' 'and not to those of the first sending'
like "$(last)" 'Message-ID: <original@example.net>' 'its Message-ID stays'
like "$(last)" 'Resent-Date: .*' 'it gets a Resent-Date'
like "$(last)" 'Resent-Message-ID: <' 'and a Resent-Message-ID'
unlike "$(last | sed 1,4d)" 'dora|old@example.com' 'Resent-Bcc and Bcc are not sent'

# --- As sendmail
printf 'To: carl@example.com\n\nx\n' | mail-send -t ben@example.com
like "$(last)" 'RCPT TO:<ben@.*RCPT TO:<carl@' '-t adds those in the message to those of the command line'
printf 'To: carl@example.com\n\nx\n' | mail-send ben@example.com
unlike "$(last)" 'RCPT TO:<carl@' 'without -t the command line is all'
printf 'From: (Cron Daemon)\nTo: root\n\nx\n' | mail-send -FCronDaemon -i -odi -oem -oi -t -B8BITMIME
like "$(last)" 'From: CronDaemon <ada@example.org>' 'a From of cron gets an address'
like "$(last)" 'RCPT TO:<ada@example.org>' 'root is the first identity'
printf 'x\n' | mail-send -f bounces@example.org -F 'The Robot' -N success,delay -R hdrs -V id-1 -- ben@example.com
like "$(last)" '^MAIL FROM:<bounces@example.org>.* RET=HDRS ENVID=id-1' '-f, -R and -V reach the server'
like "$(last)" 'RCPT TO:<ben@example.com> NOTIFY=SUCCESS,DELAY' '-N does'
like "$(last)" 'From: The Robot <ada@example.org>' '-F names the author'
printf 'x\n' | mail-send '-f<>' -N never ben@example.com
like "$(last)" '^MAIL FROM:<>' '-f <> is the empty sender'
printf 'x\n' | mail-send --sender=s@example.org ben@example.com
like "$(last)" '^MAIL FROM:<s@example.org>' '--sender is -f'
printf 'x\n' | mail-send -oQ/var/spool/mqueue -O DeliveryMode=b -C/etc/mail.cf -h 3 -L tag -p SMTP -X /dev/null -dn -U -G -v 'Ben <ben@example.com>, carl@example.com' 2> verbose
like "$(last)" 'RCPT TO:<ben@.*RCPT TO:<carl@' 'other options of sendmail change nothing; a word may have several addresses'
like "$(cat verbose)" 'C: EHLO .*S: 250.*C: QUIT' '-v shows the dialogue'
ln -s "$(command -v mail-send)" sendmail
ln -s "$(command -v mail-send)" mailq
ln -s "$(command -v mail-send)" newaliases
printf 'Subject: link\n\nx\n' | ./sendmail ben@example.com
like "$(last)" 'Subject: link' 'it can be called sendmail'
runs 'newaliases does nothing' ./newaliases
runs 'mailq lists the queue' ./mailq
runs '-bi does nothing' mail-send -bi
runs '-bp lists the queue' mail-send -bp
runs '-q runs it' mail-send -q
runs '-q15m does' mail-send -q15m

# --- Copies
rm -f "$HOME"/Maildir/.Sent/cur/*
printf 'x\n' | mail-send --no-copy ben@example.com
is "$(sent_files)" '' '--no-copy keeps none'
(umask 077 && mkdir -p other/cur other/new other/tmp)
printf 'x\n' | mail-send --store other ben@example.com
is "$(find other/.Sent/cur -type f | wc -l)" 1 '--store says where'
empty_sink
chmod 500 "$HOME/Maildir/.Sent/cur"
if [ "$(id -u)" = 0 ]; then
  skip 'nothing is sent without its copy' 'root writes everywhere'
else
  printf 'x\n' | run mail-send ben@example.com
fi
chmod 700 "$HOME/Maildir/.Sent/cur"
rm -rf "$HOME/Maildir/.Sent" && : > "$HOME/Maildir/.Sent"
run mail-send ben@example.com < <(printf 'x\n')
exit_is 75 'nothing is sent when the copy can not be written'
is "$(sink_count)$(queue_count)" 00 'nor kept'
rm "$HOME/Maildir/.Sent"

# --- Results
run mail-send nobody@example.com < <(printf 'x\n')
exit_is 67 'an unknown recipient'
like "$err" 'nobody@example.com: refused: 550 5.1.1 no such user' 'is named, with what the server said'
is "$(sent_files)" '' 'and there is no copy of what went nowhere'
run mail-send full@example.com < <(printf 'x\n')
exit_is 69 'a full mailbox is refused for good'
rm -f "$HOME"/Maildir/new/*
run mail-send nobody@example.com ben@example.com < <(printf 'Subject: both\n\nx\n')
exit_is 0 'refused for one, sent to another'
like "$err" 'nobody@example.com: refused' 'is said'
like "$(cat "$HOME"/Maildir/new/*)" 'Action: failed' 'and reported in the Inbox'
ok 'the report is one of RFC 3464' python3 -c '
import email, sys, glob
m = email.message_from_file(open(glob.glob(sys.argv[1])[0]))
assert m.get_content_type() == "multipart/report", m.get_content_type()
assert m.get_payload(1).get_payload(1)["Final-Recipient"].endswith("nobody@example.com")
assert m.get_payload(1).get_payload(1)["Status"] == "5.1.1"
' "$HOME/Maildir/new/*"
run mail-send --format json nobody@example.com ben@example.com later@example.com < <(printf 'x\n')
is "$(python3 -c 'import json,sys
for line in sys.stdin: o=json.loads(line); print(o["address"], o["result"], o.get("status"))' < "$T/out")" \
  $'nobody@example.com refused 5.1.1\nben@example.com sent 2.0.0\nlater@example.com queued 4.2.1' '--format json has a line for each recipient'
mail-send --queue delete "$(mail-send --queue list | awk 'NR==1 {print $1}')"

# --- Mistakes
for bad in 'ben' 'a b@example.com' 'ben@exa mple.com' $'ben@example.com\nRCPT TO:<x@y>' '<ben@example.com' '@example.com' 'ben@' 'ben@example..com' 'ben@example.com>x' 'x;id@example.com'; do
  empty_sink
  run mail-send -- "$bad" < <(printf 'x\n')
  if [ "$status" = 0 ]; then
    unlike "$(cat "$S"/mail/* 2> /dev/null | grep -c RCPT)" '[2-9]' "'${bad//$'\n'/ }' adds no recipient"
  else
    like "$status" '65|69' "'${bad//$'\n'/ }' is no address"
  fi
done
run mail-send < <(printf 'Subject: to nobody\n\nx\n')
exit_is 65 'a message that names nobody'
run mail-send ben@example.com < /dev/null
exit_is 65 'an empty message'
run mail-send --at yesterday ben@example.com < plan
exit_is 64 'a time that is none'
run mail-send --delay soon ben@example.com < plan
exit_is 64 'a delay that is none'
run mail-send --delay 5 --at 9:00 ben@example.com < plan
exit_is 64 'a delay and a time'
run mail-send --queue eat
exit_is 64 'an action that is none'
run mail-send --queue hold
exit_is 64 'an action without a message'
run mail-send --queue hold nosuch1
exit_is 66 'a message that is not there'
run mail-send -N sometimes ben@example.com < plan
exit_is 64 'a wrong -N'
run mail-send -bd
exit_is 64 '-bd is for mail servers'
run mail-send -f
exit_is 64 'a missing value'
run mail-send --undo
exit_is 1 'nothing to undo'
run mail-send --config nosuch.toml ben@example.com < plan
exit_is 66 'a configuration that is not there'
printf '[outgoing]\n' > bad.toml
run mail-send --config bad.toml ben@example.com < plan
exit_is 78 'a wrong configuration'
printf '[[identity]]\naddress = "ada@example.org"\n' > none.toml
run mail-send --config none.toml ben@example.com < plan
exit_is 78 'no server'
like "$err" 'mail-setup' 'is helped'
configure '[send]' 'size-limit = 1000' 'max-recipients = 2'
run mail-send ben@example.com < <(printf 'Subject: x\n\n' && head -c 2000 /dev/zero | tr '\0' x)
exit_is 69 'a message that is too large'
run mail-send a@example.com b@example.com c@example.com < <(printf 'x\n')
exit_is 69 'too many recipients'
is "$(queue_count)" 0 'none of them is left in the queue'
is "$(find "$Q/tmp" -type f | wc -l)" 0 'and no half of a message'
configure 'user = "ada"' 'password-command = "echo wrong"' 'clear-text-login = true'
run mail-send -v ben@example.com < <(printf 'x\n')
exit_is 77 'a login that is refused'
unlike "$err" "wrong[^ ]|$(printf '\0ada\0wrong' | base64 | tr -d =)" 'the password is not shown'
configure 'user = "ada"' 'password-command = "echo secret"' 'clear-text-login = true'
runs 'a login' mail-send ben@example.com < <(printf 'x\n')

# --- A program takes the mail
cat > taker << 'END'
#!/bin/sh
{ printf '%s\n' "$@"; cat; } > "$T/taken"
exit ${TAKER_EXIT-0}
END
chmod +x taker
export T
configure
sed -i '/outgoing/,$d' "$HOME/.config/postbag/config.toml"
printf '[[outgoing]]\nkind = "command"\ncommand = "%s/taker -i -f %%f -- %%r"\n' "$T" >> "$HOME/.config/postbag/config.toml"
# shellcheck disable=SC2016 # these are no words of this shell
runs 'a program takes the message' mail-send "it's@example.com" '$x`id`|y@example.com' < <(printf 'Subject: piped\nBcc: dora@example.com\n\n.\nx\n')
is "$(head -6 taken | tr '\n' ' ')" "-i -f ada@example.org -- it's@example.com \$x\`id\`|y@example.com " 'its words are quoted for the shell'
like "$(cat taken)" $'Subject: piped.*\n\n\\.\nx' 'with the message as it is'
unlike "$(cat taken)" 'dora' 'but Bcc'
TAKER_EXIT=67 run mail-send ben@example.com < <(printf 'x\n')
exit_is 67 'it knows no such user'
TAKER_EXIT=69 run mail-send ben@example.com < <(printf 'x\n')
exit_is 69 'it refuses'
TAKER_EXIT=75 run mail-send ben@example.com < <(printf 'x\n')
exit_is 0 'it wants to be asked again'
is "$(queue_count)" 1 'the message waits'

# --- Store
configure
make_store "$HOME/Maildir"
message 'Message-ID: <question@example.net>' | put > question
printf 'To: ben@example.com\nPostbag-Replied: <question@example.net>\nSubject: Re: x\n\nyes\n' | mail-send
like "$(find "$HOME/Maildir/cur" -type f)" ':2,R' 'the answered message is marked, now that the answer has left'
draft=$(message 'Subject: draft' | put -f Drafts -s DS)
key=${draft##*/}
printf 'To: ben@example.com\nPostbag-Draft: %s\n\nx\n' "${key%%[,:]*}" | mail-send
ok 'the draft has gone' test ! -e "$draft"

done_testing
