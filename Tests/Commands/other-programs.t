#!/bin/bash
# Other programs change the store while our commands read it: nothing is missed, nothing is listed twice, and no error is
# made of a file that has just gone. Programs that are not installed are left out.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

chmod 755 "$T"
seconds=${POSTBAG_CHURN_SECONDS-3}

# fill COUNT: a store of COUNT messages in two folders; the word "pebble" is in every third.
fill() {
  rm -rf "$T/Maildir"
  make_store
  local number
  for ((number = 1; number <= $1; number++)); do
    message "Subject: message $number" "Message-ID: <fill-$number@example.org>" \
      -- "$([ $((number % 3)) = 0 ] && echo a pebble || echo a stone)" > "$T/input"
    put -f "$([ $((number % 5)) = 0 ] && echo Work || echo INBOX)" < "$T/input" > /dev/null
  done
}

# The part of a name that stays the same, of every path on standard input.
keys() { sed 's|.*/||; s/[:,].*//'; }

# watch LABEL COUNT COMMAND…: while $churn runs, COMMAND succeeds, says nothing, and prints COUNT different messages.
watch() {
  local label=$1 expected=$2 runs=0 wrong=''
  shift 2
  while kill -0 "$churn" 2> /dev/null; do
    run "$@"
    runs=$((runs + 1))
    local lines unique
    lines=$(grep -c . <<< "$out")
    unique=$(keys <<< "$out" | sort -u | grep -c .)
    if [ "$status" != 0 ] || [ -n "$err" ] || [ "$lines" != "$expected" ] || [ "$unique" != "$expected" ]; then
      wrong="run $runs: status $status, $lines lines, $unique messages, expected $expected: $err"
      break
    fi
  done
  kill "$churn" 2> /dev/null
  wait "$churn" 2> /dev/null
  if [ -z "$wrong" ] && [ "$runs" -gt 1 ]; then pass "$label ($runs runs)"; else fail "$label" "$wrong ($runs runs)"; fi
}

# churn KIND: renames messages for some seconds as other programs do: flags, new/ to cur/, and with "move" between folders.
churn() {
  perl -e '
    my ($root, $kind, $seconds) = @ARGV;
    my @folders = $kind eq "move" ? ("cur", ".Work/cur") : ("cur");
    my $end = time + $seconds;
    srand 7;
    while (time < $end) {
      for my $folder (@folders) {
        opendir my $in, "$root/$folder" or die;
        for my $name (sort grep { !/^\./ } readdir $in) {
          next if rand() > 0.3;
          (my $key = $name) =~ s/:2,.*//;
          my $flags = join "", grep { rand() < 0.5 } qw(F R S);
          my $target = $kind eq "move" ? $folders[rand @folders] : $folder;
          rename "$root/$folder/$name", "$root/$target/$key:2,$flags";
        }
      }
      select undef, undef, undef, 0.03;
    }' "$MAILDIR" "$1" "$seconds" &
  churn=$!
}

fill 200
run mail-list --all --format paths
is "$(grep -c . <<< "$out")" 200 'a store of another program is listed whole'

churn flags
watch 'while flags change, mail-list --all lists every message once' 200 mail-list --all --format paths
churn flags
watch 'while flags change, a search finds every message once' 66 mail-search --format paths --limit 1000 pebble
churn move
watch 'while messages move between folders, mail-list --all lists every message once' 200 mail-list --all --format paths
churn move
watch 'while messages move, a search finds every message once' 66 mail-search --format paths --limit 1000 pebble
run mail-index --check
exit_is 0 'after that the index is whole'

# A reader that opens each message right after it was listed.
churn flags
while kill -0 "$churn" 2> /dev/null; do
  run mail-list --format paths --limit 5
  mapfile -t paths <<< "$out"
  run mail-show "${paths[@]}"
  if [ "$status" != 0 ] || [ -n "$err" ]; then break; fi
done
kill "$churn" 2> /dev/null
wait "$churn" 2> /dev/null
exit_is 0 'a message whose flags changed since it was listed is shown all the same'
is "$err" '' 'and nothing is said about it'

# --- mdeliver, mflag, mrefile -----------------------------------------------------------------------------------------

if command -v mdeliver mflag mrefile > "$T/found"; then
  fill 60
  run mail-list --all --format paths
  (for number in {1..80}; do message "Subject: mblaze $number" -- 'a pebble' | mdeliver "$MAILDIR"; done) > "$T/delivered" &
  churn=$! last=60 wrong=''
  while kill -0 "$churn" 2> /dev/null; do
    run mail-list --all --format paths
    lines=$(grep -c . <<< "$out")
    if [ "$status" != 0 ] || [ -n "$err" ] || [ "$lines" -lt "$last" ] ||
      [ "$lines" != "$(keys <<< "$out" | sort -u | grep -c .)" ]; then
      wrong="status $status, $lines lines after $last: $err"
    fi
    last=$lines
  done
  wait "$churn"
  is "$wrong" '' 'while mdeliver delivers, lists grow and repeat nothing'
  is "$(mail-list --all --format paths | grep -c .)" 140 'everything that mdeliver delivered is listed'
  is "$(mail-search --format paths --limit 1000 pebble | grep -c .)" 100 'everything that mdeliver delivered is found'

  mail-list --format paths --limit 20 | mflag -S > "$T/flagged"
  is "$(mail-list --all --unread --format paths | grep -c .)" 120 'messages that mflag marked seen are read'
  mail-list Work --format paths | mrefile "$MAILDIR" > "$T/refiled"
  is "$(mail-list Work --format paths | grep -c .)" 0 'messages that mrefile moved are gone from their folder'
  is "$(mail-list --all --format paths | keys | sort -u | grep -c .)" 140 'and are in the other'
else
  skip 'mdeliver, mflag and mrefile change the store' 'mblaze is not installed'
fi

# --- mutt and neomutt -------------------------------------------------------------------------------------------------

for program in neomutt mutt; do
  if ! command -v $program > /dev/null; then
    skip "$program changes the store" "$program is not installed"
    continue
  fi
  fill 40
  run mail-list --format paths
  printf 'set folder=%s spoolfile=%s mbox_type=Maildir quit=yes delete=yes move=no wait_key=no\n' "$MAILDIR" "$MAILDIR" > "$T/muttrc"
  tty $program -n -F "$T/muttrc" -f "$MAILDIR" -e 'push "<tag-pattern>~A<enter><tag-prefix><flag-message><sync-mailbox><quit>"'
  is "$(mail-search --format paths --limit 1000 is:flagged | grep -c .)" 32 "messages that $program flagged are flagged"
  tty $program -n -F "$T/muttrc" -f "$MAILDIR" -e 'push "<delete-pattern>~s \"message 1\"<enter><sync-mailbox><quit>"'
  left=$(find "$MAILDIR/cur" "$MAILDIR/new" -type f | wc -l)
  ok "$program deleted some" test "$left" -lt 32
  run mail-list --format paths
  is "$(grep -c . <<< "$out")" "$left" "messages that $program deleted are gone"
done

# --- mbsync -----------------------------------------------------------------------------------------------------------

if command -v mbsync > /dev/null; then
  fill 0
  mkdir -p "$T/far/cur" "$T/far/new" "$T/far/tmp" "$T/sync"
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
Patterns *
Create Both
Expunge Both
SyncState $T/sync/
END
  for number in {1..25}; do
    message "Subject: far $number" -- 'a pebble' > "$T/far/new/17000000$number.M1P1Q$number.far"
  done
  mbsync -c "$T/mbsyncrc" -a > "$T/mbsync" 2>&1 &
  churn=$! last=0 wrong=''
  while kill -0 "$churn" 2> /dev/null; do
    run mail-list --all --format paths
    lines=$(grep -c . <<< "$out")
    [ "$status" = 0 ] && [ -z "$err" ] && [ "$lines" -ge "$last" ] || wrong="status $status, $lines lines after $last: $err"
    last=$lines
  done
  wait "$churn"
  is "$wrong" '' 'while mbsync fetches, lists grow'
  is "$(mail-list --format paths | grep -c .)" 25 'what mbsync fetched is listed'
  is "$(mail-search --format paths pebble | grep -c .)" 25 'what mbsync fetched is found'
  mail-list --format paths --limit 10 | mail-mark seen
  mbsync -c "$T/mbsyncrc" -a > "$T/mbsync" 2>&1
  is "$(find "$T/far" -name '*:2,*S*' | wc -l)" 10 'mbsync carries our marks to the other side'
  find "$T/far" -name '*:2,*S*' -exec rm {} +
  mbsync -c "$T/mbsyncrc" -a > "$T/mbsync" 2>&1
  run mail-list --format paths
  is "$(grep -c . <<< "$out")" 15 'what mbsync removed is gone'
  is "$err" '' 'without a word'
else
  skip 'mbsync changes the store' 'mbsync is not installed'
fi

# --- Dovecot, and a store that can't be written -----------------------------------------------------------------------

# Dovecot refuses to work for root, and permissions do not bind root: as root these tests run as another user.
as_user() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  as_user() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
fi
own() { [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$@"; }

if ! as_user mail-list --version > /dev/null 2>&1; then
  skip 'Dovecot changes the store' 'another user can not run the commands'
elif ! command -v doveadm > /dev/null; then
  skip 'Dovecot changes the store' 'doveadm is not installed'
else
  fill 50
  mkdir -p "$T/dovecot"
  cat > "$T/dovecot.conf" << END
base_dir = $T/dovecot/run
log_path = $T/dovecot/log
ssl = no
mail_location = maildir:$MAILDIR
first_valid_uid = 1
first_valid_gid = 1
END
  own "$MAILDIR" "$T/dovecot" "$HOME" "$XDG_RUNTIME_DIR"
  doveadm() { as_user env USER=tester HOME="$T/dovecot" "$(type -P doveadm)" -c "$T/dovecot.conf" "$@" >> "$T/dovecot.out" 2>&1; }
  run as_user mail-list --all --format paths
  is "$(grep -c . <<< "$out")" 50 'the store is listed before Dovecot comes'
  (
    for _ in 1 2 3; do
      doveadm flags add '\Flagged' mailbox INBOX subject 'message 1'
      doveadm flags add '\Seen' mailbox INBOX ALL
      doveadm flags remove '\Seen' mailbox INBOX ALL
    done
  ) &
  churn=$!
  watch 'while Dovecot changes flags, mail-list --all lists every message once' 50 as_user mail-list --all --format paths
  doveadm move Work mailbox INBOX subject 'message 2'
  is "$(as_user mail-list --all --format paths | grep -c .)" 50 'after Dovecot moved messages every one is listed once'
  doveadm move INBOX mailbox Work ALL
  doveadm flags add '\Seen' mailbox INBOX ALL
  is "$(as_user mail-list --all --unread --format paths | grep -c .)" 0 'messages that Dovecot marked seen are read'
  doveadm expunge mailbox INBOX subject 'message 3'
  left=$(find "$MAILDIR/cur" "$MAILDIR/new" -type f | wc -l)
  ok 'Dovecot expunged some' test "$left" -lt 50
  is "$(as_user mail-list --format paths | grep -c .)" "$left" 'messages that Dovecot expunged are gone'
  as_user mail-list --format paths --limit 7 | as_user mail-mark flagged
  as_user env USER=tester HOME="$T/dovecot" "$(type -P doveadm)" -c "$T/dovecot.conf" search mailbox INBOX flagged > "$T/found" 2>&1
  ok 'Dovecot sees our marks' test "$(wc -l < "$T/found")" -ge 7
fi

if as_user mail-list --version > /dev/null 2>&1; then
  fill 20
  own "$MAILDIR" "$HOME" "$XDG_RUNTIME_DIR"
  run as_user mail-search --format paths pebble
  is "$(grep -c . <<< "$out")" 6 'a store that can be written is searched'
  chmod -R a-w "$MAILDIR"
  run as_user mail-list --all --format paths
  exit_is 0 'a store that can not be written is listed'
  is "$(grep -c . <<< "$out")" 20 'whole'
  run as_user mail-search --format paths pebble
  exit_is 0 'a store that can not be written is searched'
  is "$(grep -c . <<< "$out")" 6 'and everything is found'
  chmod -R u+w "$MAILDIR"
  rm -rf "$MAILDIR/postbag"
  chmod -R a-w "$MAILDIR"
  run as_user mail-list --all --format paths
  exit_is 0 'a store that can not be written and has no index is listed'
  is "$(grep -c . <<< "$out")" 20 'whole, too'
  run as_user mail-search --format paths pebble
  is "$(grep -c . <<< "$out")" 6 'and searched'
  chmod -R u+w "$MAILDIR"
fi

# --- many deliveries at once ------------------------------------------------------------------------------------------

fill 0
(
  for number in {1..200}; do
    message "Subject: crowd $number" -- "a pebble of number$number" > "$T/crowd.$number"
  done
  touch "$T/ready"
  for _ in 1 2 3; do
    for number in {1..200}; do (mail-deliver < "$T/crowd.$number" || echo "$number: $?" >> "$T/refused") & done
    wait
  done
) &
churn=$! last=0 wrong='' searches=0
while kill -0 "$churn" 2> /dev/null; do
  [ -f "$T/ready" ] || continue
  run mail-list --format paths
  lines=$(grep -c . <<< "$out")
  [ "$status" = 0 ] && [ -z "$err" ] && [ "$lines" -ge "$last" ] &&
    [ "$lines" = "$(keys <<< "$out" | sort -u | grep -c .)" ] || wrong="list: status $status, $lines lines after $last: $err"
  last=$lines
  run mail-search --format paths --limit 1000 pebble
  searches=$((searches + 1))
  [ "$status" -le 1 ] && [ -z "$err" ] || wrong="search: status $status: $err"
done
wait "$churn"
is "$wrong" '' 'three times 200 simultaneous deliveries do not disturb lists and searches'
ok 'no delivery was refused' test ! -f "$T/refused"
is "$(count_files "$MAILDIR/new")" 600 'every message is in new/'
is "$(count_files "$MAILDIR/tmp")" 0 'nothing is left in tmp/'
is "$(mail-list --format paths | keys | sort -u | grep -c .)" 600 'every message is listed once'
is "$(mail-search --format paths --limit 1000 pebble | keys | sort -u | grep -c .)" 600 'every message is found once'
diag "$searches lists and searches were made meanwhile"

done_testing
