#!/bin/bash
# mail-folder when it is killed before any of its calls, or one of them fails: afterwards every message is there, once, with
# its number and its tags, in one folder tree or the other.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'

M=$HOME/Maildir

prepare() {
  make_store "$M"
  local folder
  for folder in INBOX Work Work/Projects Work/Projects/Old Other; do
    message "Subject: in $folder" "Message-ID: <${folder//\//.}@example.org>" | put -f "$folder" -s S > /dev/null
  done
  mail-folder subscribe Work Work/Projects Other
  mail-tag +keep id:Work.Projects@example.org
  mail-folder create Trash/Gone
  message "Message-ID: <gone@example.org>" | put -f Trash/Gone > /dev/null
  mail-folder delete Other
  mail-index
  rm -rf template
  cp -a "$M" template
}

reset() { rm -rf "$M"; cp -a template "$M"; }

# faulty CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark "${@:4}" > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

# What is there: each message with its number and its tags.
state() { mail-list --format json --folder '*' | jq -r '[.message_id, .id, (.tags | join(","))] | map(tostring) | join(" ")' | sort; }

# sound WHAT BEFORE AFTER: the folders are those of before or of after, the rest is as it was.
sound() {
  mail-index --check > check.out 2>&1 || problems+=" $1:check($(head -c 200 check.out))"
  local folders subscribed now
  folders=$(mail-folder list | tr '\n' ' ')
  [ "$folders" = "$2" ] || [ "$folders" = "$3" ] || problems+=" $1:folders($folders)"
  now=$(state)
  [ "$now" = "$expected" ] || { [ -n "$4" ] && [ "$now" = "$without" ]; } || problems+=" $1:messages($now)"
  subscribed=$(mail-folder list --subscribed | wc -l)
  [ "$subscribed" = 3 ] || problems+=" $1:subscribed($subscribed: $folders)"
  [ "$(sqlite3 "$M/postbag/state.db" 'SELECT count(*) FROM folder_rename')" = 0 ] || problems+=" $1:journal"
  [ ! -e "$M/subscriptions.lock" ] || mail-folder subscribe --off Nothing 2> /dev/null
}

needs jq sqlite3
prepare
expected=$(state)
is "$(wc -l <<< "$expected")" 6 'there are six messages'
without=$(grep -v gone <<< "$expected")
before=$(mail-folder list | tr '\n' ' ')

step=1
[ -n "${POSTBAG_TORTURE-}" ] || step=61
while read -r what command; do
  reset
  # shellcheck disable=SC2086
  $command || fail "$command works" "exit $?"
  after=$(mail-folder list | tr '\n' ' ')
  isnt "$after" "$before" "$command changes the folders"
  removes=
  [[ $command != *permanently* ]] || removes=1
  kills=0 problems=''
  for ((number = 1; number < 5000; number += step)); do
    reset
    # shellcheck disable=SC2086
    faulty any "$number" kill $command
    [ $happened = 1 ] || break
    kills=$((kills + 1))
    sound "kill/$number" "$before" "$after" "$removes"
  done
  is "$problems" '' "$what: the store is whole after each of $kills kills"
  ok 'there were kills enough' test "$kills" -gt 3
  problems='' count=0
  calls='rename link mkdir'
  [ -z "${POSTBAG_TORTURE-}" ] || calls='rename fsync write link unlink mkdir open stat'
  for call in $calls; do
    for kind in 28 5 13; do
      stride=1
      [ "$call" != stat ] && [ "$call" != open ] && [ "$call" != fsync ] && [ "$call" != write ] || stride=$step
      for ((number = 1; number < 400; number += stride)); do
        reset
        # shellcheck disable=SC2086
        faulty "$call" "$number" "$kind" $command
        [ $happened = 1 ] || break
        count=$((count + 1))
        [ "$status" -lt 100 ] || problems+=" $call/$number/$kind:status-$status"
        sound "$call/$number/$kind" "$before" "$after" "$removes"
      done
      [ -n "${POSTBAG_TORTURE-}" ] || break
    done
  done
  is "$problems" '' "$what: $count failures of calls lose nothing"
done << 'END'
rename mail-folder rename Work Arbeit/2026
delete mail-folder delete Work
restore mail-folder restore Other
remove mail-folder delete --permanently Trash/Gone
END

done_testing
