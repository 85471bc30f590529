#!/bin/bash
# The queue of mail-send: what waits, when it goes, what is told, several at once, and servers that fail in every way.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=sink.sh
. "$tests/sink.sh"

start_sink
configure
make_store "$HOME/Maildir"
id() { mail-send --queue list --format json | python3 -c 'import json,sys
for line in sys.stdin: print(json.loads(line)["id"])'; }
field() { mail-send --queue list --format json | python3 -c 'import json,sys
for line in sys.stdin: print(json.loads(line)[sys.argv[1]])' "$1"; }
# keyword NAME: how many messages have this keyword in the store
keyword() { python3 -c 'import sqlite3,sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM message_keyword WHERE keyword=?", ["$" + sys.argv[2]]).fetchone()[0])' "$HOME/Maildir/postbag/state.db" "$1"; }

# --- A server that can't be reached
sink_mode refuse
run mail-send ben@example.com < <(printf 'Subject: waits\n\nx\n')
exit_is 0 'a message that waits was accepted'
like "$err" 'ben@example.com: waits in the queue as [a-z0-9]+: .*421' 'which is said, with the reason'
is "$(queue_count)" 1 'it is in the queue'
is "$(sent_files | wc -l)" 1 'and in Sent'
is "$(keyword SubmitPending)" 1 'where it is marked as waiting'
is "$(field state) $(field attempts)" 'waiting 1' '--queue list --format json tells its state'
run mail-send --queue list
like "$out" "^$(id)  20.*waiting, next 20.*ada@example.org to ben@example.com.*waits" '--queue list does so for people'
runs 'a run of the queue sends only what is due' mail-send --queue run
is "$(field attempts)" 1 'this is not'
sink_mode
runs 'flush sends it' mail-send --queue flush
is "$(sink_count) $(queue_count)" '1 0' 'it has gone'
is "$(keyword SubmitPending) $(keyword Submitted)" '0 1' 'and the copy is marked as sent'
empty_sink
sink_mode refuse
configure '[send]' 'queued-exit = 75'
run mail-send ben@example.com < <(printf 'x\n')
exit_is 75 'queued-exit = 75'
mail-send --queue delete "$(id)"
configure '[send]' 'queue = "never"'
run mail-send ben@example.com < <(printf 'x\n')
exit_is 75 'queue = "never"'
is "$(queue_count)" 0 'keeps nothing'
rm -f "$HOME"/Maildir/.Sent/cur/* "$HOME"/Maildir/.Trash/cur/*
sink_mode
configure '[send]' 'queue = "always"'
run mail-send ben@example.com < <(printf 'x\n')
exit_is 0 'queue = "always"'
for _ in {1..50}; do [ "$(sink_count)" = 1 ] && [ "$(queue_count)" = 0 ] && break; sleep 0.1; done
is "$(sink_count) $(queue_count)" '1 0' 'sends it by another process'
configure

# --- Hold, release, delete
empty_sink
sink_mode refuse
printf 'Subject: one\n\nx\n' | mail-send ben@example.com 2> /dev/null
one=$(id)
runs 'hold' mail-send --queue hold "$one"
run mail-send --queue flush "$one"
like "$err" "$one: held; --queue release" 'what is held is said to stay'
sink_mode
mail-send --queue flush
is "$(field state) $(sink_count)" 'held 0' 'what is held does not go'
runs 'release' mail-send --queue release "$one"
runs 'then a run' mail-send --queue run
is "$(queue_count) $(sink_count)" '0 1' 'sends it'
sink_mode refuse
rm -f "$HOME"/Maildir/.Sent/cur/*
printf 'Subject: two\n\nx\n' | mail-send ben@example.com 2> /dev/null
runs 'delete' mail-send --queue delete "$(id)"
is "$(queue_count) $(sent_files | wc -l) $(find "$HOME/Maildir/.Trash/cur" -type f | wc -l)" '0 0 1' 'takes it out of the queue; the copy is in Trash'
is "$(keyword SubmitPending)" 0 'and no longer marked as waiting'
sink_mode

# --- Delay, undo, a time
empty_sink
run mail-send --delay 60 ben@example.com < <(printf 'Subject: oops\n\nx\n')
like "$err" '^[a-z0-9]+: goes at .*--undo' 'a delayed message can be taken back'
is "$(field state)" 'scheduled' 'it is scheduled'
runs 'undo' mail-send --undo
is "$(queue_count) $(sent_files | wc -l) $(find "$HOME/Maildir/.Drafts/cur" -name '*:2,DS' | wc -l)" '0 0 1' 'it is in Drafts, not in Sent'
mail-send --delay 1 ben@example.com < <(printf 'x\n') 2> /dev/null
for _ in {1..60}; do [ "$(sink_count)" = 1 ] && [ "$(queue_count)" = 0 ] && break; sleep 0.1; done
is "$(sink_count) $(queue_count)" '1 0' 'after the delay it goes by itself'
runs 'a message for tomorrow' mail-send --at 'tomorrow 8:30' ben@example.com < <(printf 'Date: Mon, 1 Jan 2024 00:00:00 +0000\n\nx\n')
tomorrow=$(date -d 'tomorrow 8:30' +%s)
is "$(field due)" "$tomorrow" 'waits until then'
like "$(cat "$Q"/*.eml)" "Date: $(date -d "@$tomorrow" '+%a, %d %b %Y 08:30:00') " 'and is dated so'
mail-send --queue run
is "$(queue_count)" 1 'a run leaves it'
runs 'undo by name' mail-send --undo "$(id)"
configure '[send]' 'delay = 30'
printf 'x\n' | mail-send ben@example.com 2> /dev/null
is "$(field state)" scheduled 'a delay in the configuration'
mail-send --undo 2> /dev/null
configure

# --- 4xx and 5xx
empty_sink
rm -f "$HOME"/Maildir/new/*
mail-send ben@example.com < <(printf 'Subject: mixed\n\nx\n')
run mail-send later@example.com ben@example.com nobody@example.com < <(printf 'Subject: mixed\n\nx\n')
exit_is 0 'some now, some later, some never'
is "$(field results)" "['temporary', 'sent', 'permanent']" 'each for itself'
is "$(find "$HOME/Maildir/new" -type f | wc -l)" 1 'one report'
mail-send --queue flush 2> /dev/null
is "$(cat "$S"/mail/* | grep -c 'RCPT TO:<ben')" 2 'who has got it is not sent it again'
is "$(find "$HOME/Maildir/new" -type f | wc -l)" 1 'nor is the failure reported again'
# Given up after days: the clock of the record is set back.
sed -i 's/^created .*/created 1000000000/; s/^not-before .*/not-before 1000000000/' "$Q"/*.log
mail-send --queue flush 2> /dev/null
is "$(queue_count)" 0 'after five days it is given up'
like "$(cat "$HOME"/Maildir/new/*)" 'later@example.com.*Status: 4.4.7' 'and reported'
sink_mode refuse
rm -f "$HOME"/Maildir/new/*
printf 'Subject: slow\n\nx\n' | mail-send ben@example.com 2> /dev/null
sed -i "s/^created .*/created $(($(date +%s) - 20000))/; s/^not-before .*/not-before 0/" "$Q"/*.log
mail-send --queue flush 2> /dev/null
mail-send --queue flush 2> /dev/null
is "$(grep -l 'Action: delayed' "$HOME"/Maildir/new/* | wc -l)" 1 'after some hours the sender is warned, once'
mail-send --queue delete "$(id)"
sink_mode

# --- In doubt
empty_sink
rm -f "$HOME"/Maildir/new/*
sink_mode drop
printf 'Subject: dropped\nMessage-ID: <same@example.org>\n\nx\n' | mail-send ben@example.com 2> /dev/null
sink_mode
mail-send --queue flush 2> /dev/null
is "$(grep -c 'Message-ID: <same@example.org>' <(sink_mail))" 2 'a server that dies before its answer gets it again, with the same Message-ID'
empty_sink
sink_mode slow
printf 'Subject: killed\n\nx\n' > killed
mail-send ben@example.com < killed 2> /dev/null &
sender=$!
for _ in {1..60}; do [ "$(sink_count)" = 1 ] && break; sleep 0.05; done
kill -9 $sender
wait $sender 2> /dev/null
sink_mode
mail-send --queue flush
is "$(sink_count) $(field state)" '1 doubtful' 'killed while it waits for the answer: not sent again by itself'
runs 'it can be released' mail-send --queue release "$(id)"
mail-send --queue run
is "$(sink_count) $(queue_count)" '2 0' 'and is sent then'

# --- Several at once
empty_sink
sink_mode refuse
for number in $(seq 20); do printf 'Subject: %s\n\nx\n' "$number" | mail-send --no-copy ben@example.com 2> /dev/null; done
sink_mode
is "$(queue_count)" 20 'twenty wait'
for _ in 1 2 3 4; do mail-send --queue flush & done
wait
is "$(queue_count) $(sink_count) $(sink_mail | grep '^Subject' | sort -u | wc -l)" '0 20 20' 'four runs at once send each once'
is "$(grep -c connection "$S/log" | awk '{print ($1 < 60)}')" 1 'over few connections'

# --- Limits
configure 'max-recipients = 2' 'rate = "3/1h"'
empty_sink
printf 'x\n' | mail-send a@example.com b@example.com c@example.com
is "$(sink_count) $(grep -c RCPT <(sink_mail))" '2 3' 'max-recipients in one transaction'
run mail-send a@example.com b@example.com c@example.com < <(printf 'x\n')
like "$err" 'c@example.com: waits in the queue as .*no more than 3 in 3600 s' 'rate'
is "$(sink_count)" 3 'what is above it waits'
mail-send --queue delete "$(id)"
configure

# --- Another configuration
empty_sink
sed 's/Ada Example/Ada Elsewhere/' "$HOME/.config/postbag/config.toml" > other.toml
sink_mode refuse
printf 'x\n' | mail-send --config other.toml ben@example.com 2> /dev/null
sed -i 's/^port = .*/port = 1/' "$HOME/.config/postbag/config.toml"
sink_mode
mail-send --queue flush
is "$(sink_count) $(queue_count)" '1 0' 'a message goes as the configuration says that it was accepted with'
configure

# --- Ctrl-C
sink_mode slow
python3 -c '
import socket, sys, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(5)
open(sys.argv[1], "w").write(str(s.getsockname()[1]))
time.sleep(20)' silent &
silent=$!
disown
for _ in {1..50}; do [ -s silent ] && break; sleep 0.05; done
sed "s/^port = .*/port = $(cat silent)/" "$HOME/.config/postbag/config.toml" > silent.toml
rm -f "$HOME"/Maildir/.Sent/cur/*
mail-send --config silent.toml ben@example.com < <(printf 'x\n') 2> /dev/null &
sender=$!
for _ in {1..50}; do [ "$(queue_count)" = 1 ] && break; sleep 0.05; done
sleep 0.3
kill -INT $sender
wait $sender
is "$? $(queue_count) $(sent_files | wc -l)" '130 0 0' 'Ctrl-C while a server says nothing: nothing is sent or kept'
kill $silent
sink_mode

# --- Odd things in the queue
echo garbage > "$Q/brokenentry.log"
run mail-send --queue run
exit_is 0 'a damaged entry'
: > "$Q/brokenentry.eml"
run mail-send --queue run
like "$err" 'brokenentry: .*damaged' 'is named'
runs 'and can be deleted' mail-send --queue delete brokenentry
is "$(queue_count)" 0 'then it is gone'
chmod 777 "$Q"
run mail-send --queue list
exit_is 77 'a queue that others may write to is not used'
chmod 700 "$Q"

# --- SMTP on standard input
empty_sink
printf 'EHLO me\r\nMAIL FROM:<ada@example.org> BODY=8BITMIME\r\nRCPT TO:<ben@example.com>\r\nRCPT TO:<bad>x y>\r\nDATA\r\nSubject: by SMTP\r\n\r\n..dot\r\n.\r\nDATA\r\nWHAT\r\nQUIT\r\n' > session
runs '-bs speaks SMTP' mail-send -bs < session
is "$(tr -d '\r' <<< "$out" | cut -c1-3 | tr '\n' ' ')" '220 250 250 250 250 250 250 250 501 354 250 554 500 221 ' 'with these answers'
like "$(sink_mail | tr -d '\r')" $'RCPT TO:<ben@example.com>.*Subject: by SMTP.*\n\\.dot' 'and sends the message'

done_testing
