#!/bin/bash
# mail-import killed and failing at any step: the same command goes on, no message is lost, none comes twice.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'

M=$HOME/Maildir
make_store "$M"
line='From ada@example.org Mon Mar  4 10:00:00 2024'
mkdir -p source/Work source/md/{cur,new,tmp}
for n in 1 2 3; do printf '%s\nSubject: b%s\nMessage-ID: <b%s@example.org>\nX-Keywords: work\nStatus: RO\n\nbody\n\n' "$line" "$n" "$n"; done > source/box
for n in 1 2; do message "Subject: e$n" "Message-ID: <e$n@example.org>" > "source/Work/$n.eml"; done
for n in 1 2 3 4 5 6 7 8; do message "Subject: m$n" "Message-ID: <m$n@example.org>" > "source/md/cur/$n.key:2,F"; done
message 'Subject: there' 'Message-ID: <there@example.org>' | put > /dev/null
mail-index
cp -a "$M" template
expected='<b1@example.org><b2@example.org><b3@example.org><e1@example.org><e2@example.org><m1@example.org><m2@example.org><m3@example.org><m4@example.org><m5@example.org><m6@example.org><m7@example.org><m8@example.org><there@example.org>'

reset() { rm -rf "$M"; cp -a template "$M"; }
journals() { find "$M/postbag" -name 'import-*' | wc -l; }
files() { find "$M" -path '*/cur/*' -o -path '*/new/*' | wc -l; }

faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark mail-import --tag all source > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

# goes_on WHAT: the same command does the rest, unless all was done; complaints are added to $problems.
goes_on() {
  if [ "$(journals)" != 0 ] || [ "$(files)" != 14 ]; then
    mail-import --tag all source > again.out 2>&1 || problems+=" $1:again-$?($(head -c 200 again.out))"
  fi
  mail-index --check > check.out 2>&1 || problems+=" $1:check($(head -c 200 check.out))"
  local found
  found=$(grep -rhoi '^Message-ID: <.*>' "$M" --include='*:2,*' | cut -d' ' -f2 | sort | tr -d '\n')
  [ "$found" = "$expected" ] || problems+=" $1:found($found)"
  found=$(mail-list --all --format json | jq -r '"\(.tags | sort | join("+")) \(.flags)"' | sort | uniq -c | tr -s ' \n' ' ')
  [ "$found" = "$tagged" ] || problems+=" $1:tags($found)"
  [ "$(journals)" = 0 ] || problems+=" $1:journal"
}

tagged=''
problems=''
goes_on first
tagged=$(mail-list --all --format json | jq -r '"\(.tags | sort | join("+")) \(.flags)"' | sort | uniq -c | tr -s ' \n' ' ')
like "$tagged" '3 all\+work' 'tags come with the messages'
problems=''
reset
goes_on again
is "$problems" '' 'without a fault everything is imported once'

for ((number = 1; number < 200; number += 6)); do
  reset
  faulty write "$number" 28
  # Before the first message it may be the index that can wait.
  ! grep -q 'imported\. The same' err || break
done
is "$status,$happened" 75,1 'a full disk is 75'
like "$(cat err)" 'messages? imported. The same command goes on from there' 'and what to do is said'

step=1
[ -n "${POSTBAG_TORTURE-}" ] || step=41
kills=0
for ((number = 1; number < 5000; number += step)); do
  reset
  faulty any "$number" kill
  [ $happened = 1 ] || break
  kills=$((kills + 1))
  goes_on "kill/$number"
done
is "$problems" '' "the import goes on after each of $kills kills"
ok 'there were kills enough' test "$kills" -gt 5

for call in open write fsync rename mkdir unlink; do
  problems='' count=0
  for kind in 28 5 13; do
    for ((number = 1; number < 900; number += step)); do
      reset
      faulty "$call" "$number" "$kind"
      [ $happened = 1 ] || break
      count=$((count + 1))
      [ "$status" -lt 100 ] || problems+=" $call/$number/$kind:status-$status"
      goes_on "$call/$number/$kind"
    done
    [ -n "${POSTBAG_TORTURE-}" ] || break
  done
  is "$problems" '' "$count failures of $call lose nothing"
done

# A source that changes while an import waits to be gone on with
reset
printf '%s\nSubject: a\n\nx\n\n' "$line" > grows.mbox
number=1
while :; do
  reset
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=rename FAULT_NUMBER=$number FAULT_KIND=kill mail-import grows.mbox; } > /dev/null 2>&1
  [ "$(journals)" = 0 ] || break
  number=$((number + 1))
  [ $number -lt 50 ] || break
done
is "$(journals)" 1 'an import that is killed leaves a journal'
cp -a "$M" interrupted
flock "$(find "$M/postbag" -name 'import-*')" sleep 3 &
sleep 0.2
run mail-import grows.mbox
exit_is 75 'the same import at the same time is 75'
wait
printf '%s\nSubject: b\n\ny\n\n' "$line" >> grows.mbox
run mail-import grows.mbox
is "$status,$(files)" 0,3 'a mailbox may have grown since'
like "$err" '^mail-import: going on with the import that was begun at 2' 'that it goes on is said'
rm -rf "$M" && mv interrupted "$M"
sed -i 's/^Subject: a/Subject: quite another/; s/^y/z/' grows.mbox && truncate -s 50 grows.mbox
run mail-import grows.mbox
exit_is 65 'one that has become shorter is not gone on with'
like "$err" 'start-over' 'what can be done is said'
run mail-import --start-over grows.mbox
is "$status,$(journals)" 0,0 '--start-over begins anew'

# Ctrl-C
reset
mkfifo pipe
mail-import - < pipe > out 2> err &
importer=$!
exec 7> pipe
printf '%s\nSubject: a\n\nx\n\n%s\nSubject: b\n\ny\n\n' "$line" "$line" >&7
head -c 200000 /dev/zero | tr '\0' 'x' >&7
sleep 0.3
kill -TERM $importer
printf '\n\n%s\nSubject: c\n\nz\n\n' "$line" >&7
exec 7>&-
wait $importer
is $? 130 'an interrupt ends it with 130'
is "$(cat err),$(journals)" 'mail-import: stopped: 0 messages imported,0' 'and where nothing is stored there is nothing to go on with'

if [ -n "${POSTBAG_TORTURE-}" ]; then
  for n in $(seq 9000); do printf '%s\nSubject: r%s\n\nbody %s\n\n' "$line" "$n" "$n"; done > large.mbox
  problems=''
  for ((round = 0; round < ${POSTBAG_KILLS:-40}; round++)); do
    rm -rf "$M" && make_store "$M"
    for ((attempt = 0; attempt < 200; attempt++)); do
      timeout -s KILL "$((attempt / 20)).$((RANDOM % 900 + 100))" mail-import -q large.mbox 2> /dev/null && break
    done
    [ "$(find "$M" -path '*/cur/*' | wc -l)" = 9000 ] || problems+=" $round:$(find "$M" -path '*/cur/*' | wc -l)"
    [ "$(grep -rh '^Subject' "$M/cur" | sort -u | wc -l)" = 9000 ] || problems+=" $round:different"
    mail-index --check > check.out 2>&1 || problems+=" $round:check"
  done
  is "$problems" '' "$round imports, each killed at random moments until it was done, gave each message once"
fi

done_testing
