#!/bin/bash
# mutt, mbsync and Dovecot work on one store together with mail-move and mail-mark, all at the same time: no
# message is lost. Programs that are not installed are left out. (A message that two programs move at the same moment may be
# there twice: mutt and Dovecot move by copying.)
# Functions are called by the names that until_end is given.
# shellcheck source=lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

chmod 755 "$T"
seconds=${POSTBAG_CHURN_SECONDS-4} count=${POSTBAG_CHURN_MESSAGES-150}

# Dovecot refuses to work for root: as root everything here runs as another user.
as_user=()
if [ "$(id -u)" = 0 ]; then
  as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
"${as_user[@]}" mail-list --version > /dev/null 2>&1 || skip_all 'another user can not run the commands'
user() { "${as_user[@]}" env USER=tester "$@"; }

make_store
mkdir -p "$MAILDIR"/.Work/{cur,new,tmp} "$T/far"/{cur,new,tmp} "$T/sync" "$T/dovecot" "$T/scratch"
for ((n = 0; n < count; n++)); do
  message "Subject: message $n" "Message-ID: <once-$n@example.org>" | put -s S > /dev/null
done
cat > "$T/dovecot.conf" << END
base_dir = $T/dovecot/run
log_path = $T/dovecot/log
ssl = no
mail_location = maildir:$MAILDIR
first_valid_uid = 1
first_valid_gid = 1
END
cat > "$T/mbsyncrc" << END
MaildirStore far
Inbox $T/far
SubFolders Maildir++

MaildirStore near
Inbox $MAILDIR
SubFolders Maildir++

Channel all
Far :far:
Near :near:
Patterns INBOX Work
Create Far
Sync Push
SyncState $T/sync/
END
printf 'set folder=%s spoolfile=%s mbox_type=Maildir quit=yes delete=yes move=no wait_key=no confirmappend=no\n' \
  "$MAILDIR" "$MAILDIR" > "$T/muttrc"
[ "$(id -u)" != 0 ] || chown -R 65534:65534 "$MAILDIR" "$T/far" "$T/sync" "$T/dovecot" "$T/scratch" "$HOME" "$XDG_RUNTIME_DIR"
export HOME=$T/scratch

until_end() {
  local rounds=0
  while [ "${EPOCHSECONDS}" -lt "$end" ]; do
    "$@"
    rounds=$((rounds + 1))
  done > "$T/$1.out" 2> "$T/$1.err"
  echo $rounds > "$T/$1.rounds"
}

ours() {
  user mail-list Inbox --format paths | shuf -n 25 > "$T/ours.move"
  user mail-move Work < "$T/ours.move"
  echo "move $?" >> "$T/ours.status"
  user mail-list Work --format paths | shuf -n 20 > "$T/ours.back"
  user mail-move Inbox < "$T/ours.back"
  echo "back $?" >> "$T/ours.status"
  user mail-list --all --format paths | shuf -n 30 > "$T/ours.mark"
  user mail-mark flagged < "$T/ours.mark"
  echo "mark $?" >> "$T/ours.status"
  user mail-mark unflagged < "$T/ours.mark"
  echo "mark $?" >> "$T/ours.status"
}
dovecot() {
  local doveadm=(user doveadm -c "$T/dovecot.conf")
  "${doveadm[@]}" flags add '\Answered' mailbox INBOX subject 'message 1'
  "${doveadm[@]}" move Work mailbox INBOX subject 'message 2'
  "${doveadm[@]}" flags remove '\Answered' mailbox INBOX ALL
  "${doveadm[@]}" move INBOX mailbox Work subject 'message 2'
}
mbsyncs() { user mbsync -c "$T/mbsyncrc" -a; }
mutts() {
  TERM=xterm timeout 20 script --quiet --return --echo never --command \
    "${as_user[*]} env HOME=$T/scratch $mutt -n -F $T/muttrc -f $MAILDIR -e 'push \"<tag-pattern>~s \\\"message 3\\\"<enter><tag-prefix><toggle-new><sync-mailbox><quit>\"'" /dev/null
  TERM=xterm timeout 20 script --quiet --return --echo never --command \
    "${as_user[*]} env HOME=$T/scratch $mutt -n -F $T/muttrc -f $MAILDIR -e 'push \"<tag-pattern>~s \\\"message 4\\\"<enter><tag-prefix><save-message>=.Work<enter><sync-mailbox><quit>\"'" /dev/null
}

end=$((EPOCHSECONDS + seconds))
workers=()
present='mail-move and mail-mark'
until_end ours &
workers+=($!)
if command -v doveadm > /dev/null; then
  until_end dovecot & workers+=($!)
  present+=', Dovecot'
fi
if command -v mbsync > /dev/null; then
  until_end mbsyncs & workers+=($!)
  present+=', mbsync'
fi
mutt=$(command -v mutt || command -v neomutt)
if [ -n "$mutt" ]; then
  until_end mutts & workers+=($!)
  present+=", ${mutt##*/}"
fi
for worker in "${workers[@]}"; do wait "$worker"; done
for file in "$T"/*.rounds; do
  name=${file##*/}
  ok "${name%.rounds} worked" test "$(cat "$file")" -gt 0
  [ -z "${POSTBAG_TORTURE-}" ] || diag "${name%.rounds}: $(cat "$file") rounds; $(sort "$T/${name%.rounds}.err" | uniq -c | sort -rn | head -5)"
done
# A message may go while a list of references is worked through (66), but nothing else may fail.
is "$(grep -vE ' (0|66)$' "$T/ours.status" | sort | uniq -c)" '' 'our commands did their work or said that a message had gone'

find "$MAILDIR"/cur "$MAILDIR"/new "$MAILDIR"/.Work/{cur,new} -type f -exec grep -h '^Message-I[Dd]:' {} + | grep -o 'once-[0-9]*' | sort -u > "$T/there"
is "$(wc -l < "$T/there")" "$count" "no message is lost while $present work at once"
run user mail-index
run user mail-index --check
exit_is 0 'files, index and state agree afterwards'
is "$out" '' 'in everything'
is "$(user mail-list --all --format ids | grep -o 'once-[0-9]*' | sort -u | wc -l)" "$count" 'every message is listed'
is "$(user mail-list --all --format paths | wc -l)" \
  "$(find "$MAILDIR"/cur "$MAILDIR"/new "$MAILDIR"/.Work/{cur,new} -type f | wc -l)" 'every file once'
done_testing
