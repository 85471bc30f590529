#!/bin/bash
# mail-trash when it is killed before any of its calls, or one of them fails: no message is lost that was not to go, none is
# there twice, and the same command does the rest.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'
needs jq sqlite3

M=$HOME/Maildir

prepare() {
  make_store "$M"
  chmod 700 "$M"
  local folder
  for folder in INBOX Work Gone Old; do
    message "Message-ID: <${folder,,}@example.org>" | put -f "$folder" -s S > /dev/null
  done
  for folder in 1 2; do message "Message-ID: <stays$folder@example.org>" | put -f "Stays$folder" > /dev/null; done
  mail-tag +keep id:work@example.org id:gone@example.org
  mail-trash id:gone@example.org
  mail-folder delete Old
  printf '100000S\n%d 6\n' "$(cat "$M"/*/cur/* "$M"/cur/* "$M"/.*/cur/* 2> /dev/null | wc -c)" > "$M/maildirsize"
  mail-index
  sqlite3 "$M/postbag/state.db" 'UPDATE message SET since = 1; UPDATE deleted_folder SET time = 1; PRAGMA wal_checkpoint(TRUNCATE)' > /dev/null
  rm -rf template
  cp -a "$M" template
}

reset() { rm -rf "$M"; cp -a template "$M"; }

# What is there: each message with its folder and its tags.
state() { mail-list --format json --folder '*' | jq -r '[.message_id, .folder, (.tags | join(","))] | join(" ")' | sort; }

# faulty CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark "${@:4}" > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

# sound WHAT COMMAND…: each message is as it was before or as it is after; and after the command once more all are as after.
sound() {
  local what=$1 now line
  shift
  mail-index --check > check.out 2>&1 || problems+=" $what:check($(head -c 200 check.out))"
  now=$(state)
  while IFS= read -r line; do
    grep -qxF -- "$line" <<< "$before"$'\n'"$after" || problems+=" $what:unexpected($line)"
  done <<< "$now"
  [ "$(cut -d' ' -f1 <<< "$now" | sort | uniq -d)" = '' ] || problems+=" $what:twice"
  # What is neither before nor after has gone without reason.
  while IFS= read -r line; do
    cut -d' ' -f1 <<< "$now" | grep -qxF -- "$line" || problems+=" $what:lost($line)"
  done < <(comm -12 <(cut -d' ' -f1 <<< "$before") <(cut -d' ' -f1 <<< "$after"))
  "$@" > /dev/null 2>&1 || [ "$?" = 66 ] || problems+=" $what:again"
  [ "$(state)" = "$after" ] || problems+=" $what:not-finished"
}

prepare
before=$(state)
is "$(wc -l <<< "$before")" 6 'there are six messages'

step=1
[ -n "${POSTBAG_TORTURE-}" ] || step=61
while read -r command; do
  reset
  # shellcheck disable=SC2086
  $command || fail "$command works" "exit $?"
  after=$(state)
  isnt "$after" "$before" "$command changes something"
  kills=0 problems=''
  for ((number = 1; number < 5000; number += step)); do
    reset
    # shellcheck disable=SC2086
    faulty any "$number" kill $command
    [ $happened = 1 ] || break
    kills=$((kills + 1))
    # shellcheck disable=SC2086
    sound "kill/$number" $command
  done
  is "$problems" '' "$command: the store is whole after each of $kills kills"
  ok 'there were kills enough' test "$kills" -gt 2
  problems='' count=0
  for call in rename unlink fsync write; do
    for kind in 28 ${POSTBAG_TORTURE:+5 13}; do
      stride=1
      [ -n "${POSTBAG_TORTURE-}" ] || [[ $call != @(fsync|write) ]] || stride=7
      for ((number = 1; number < 400; number += stride)); do
        reset
        # shellcheck disable=SC2086
        faulty "$call" "$number" "$kind" $command
        [ $happened = 1 ] || break
        count=$((count + 1))
        case $status in 0 | 74 | 75 | 77) ;; *) problems+=" $call/$number/$kind:status-$status($(head -c 100 err))" ;; esac
        # shellcheck disable=SC2086
        sound "$call/$number/$kind" $command
      done
    done
  done
  is "$problems" '' "$command: $count failures of calls harm nothing"
done << 'END'
mail-trash id:inbox@example.org id:work@example.org
mail-trash restore id:gone@example.org id:old@example.org
mail-trash empty --yes
mail-trash expire
END

done_testing
