#!/bin/bash
# mail-index and mail-mark when system calls fail and when they are killed at any step: afterwards the next run finds every
# message, once, with its number.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'

M=$HOME/Maildir
messages=6

# fill: a store with some mail that the index knows, and changes of every kind that it does not know yet.
prepare() {
  make_store "$M"
  for ((n = 1; n <= messages - 2; n++)); do message "Subject: m$n" "Message-ID: <m$n@example.org>" -- "word$n" | put -s S > "path$n"; done
  mkdir -p "$M"/.Work/{cur,new,tmp}
  mail-index
  message "Subject: late" "Message-ID: <m5@example.org>" -- 'word5' | put -n > path5
  message "Subject: later" "Message-ID: <m6@example.org>" "In-Reply-To: <m1@example.org>" -- 'word6' | put -n > path6
  mv "$(cat path1)" "$M/.Work/cur/"
  mv "$(cat path2)" "$(cat path2)F"
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

# sound WHAT: the next run mends everything; complaints are added to $problems.
sound() {
  mail-index > again.out 2>&1 || problems+=" $1:again-$?($(head -c 200 again.out))"
  mail-index --check > check.out 2>&1 || problems+=" $1:check($(head -c 200 check.out))"
  local found
  found=$(mail-list --all --format ids 2>&1 | sort | tr -d '\n')
  [ "$found" = "$expected" ] || problems+=" $1:found($found)"
  found=$(sqlite3 "$M/postbag/index.db" "SELECT count(DISTINCT m.id) FROM text JOIN message m ON m.id = text.rowid WHERE text MATCH 'word*'")
  [ "$found" = $messages ] || problems+=" $1:text($found)"
}

prepare
reset
mail-index
expected=$(mail-list --all --format ids | sort | tr -d '\n')
numbers=$(sqlite3 "$M/postbag/state.db" "SELECT id FROM message WHERE folder = (SELECT id FROM folder WHERE name = 'Work')")
is "$numbers" 1 'the message that another program moved keeps its number'

kills=0 problems=''
step=1
[ -n "${POSTBAG_TORTURE-}" ] || step=23
for command in 'mail-index' "mail-mark flagged id:m3@example.org id:m6@example.org" 'mail-move Work id:m3@example.org id:m6@example.org'; do
  for ((number = 1; number < 5000; number += step)); do
    reset
    # shellcheck disable=SC2086
    faulty any "$number" kill $command
    [ $happened = 1 ] || break
    kills=$((kills + 1))
    sound "kill/$number/${command%% *}"
  done
done
is "$problems" '' "the store is whole after each of $kills kills"
ok 'there were kills enough' test "$kills" -gt 10

for call in open read write fsync close rename mkdir stat list; do
  problems='' count=0
  for kind in 28 5 13 24; do
    # Every open: one of them is that of a message, which must be read again later.
    stride=$step
    [ "$call/$kind" != open/28 ] || stride=1
    for ((number = 1; number < 400; number += stride)); do
      reset
      faulty "$call" "$number" "$kind" mail-index
      [ $happened = 1 ] || break
      count=$((count + 1))
      [ "$status" -lt 100 ] || problems+=" $call/$number/$kind:status-$status"
      sound "$call/$number/$kind"
    done
    [ -n "${POSTBAG_TORTURE-}" ] || [ "$kind" = 28 ] || break
  done
  is "$problems" '' "$count failures of $call lose nothing"
done

# Changes go on while one run after the other is killed.
if [ -n "${POSTBAG_TORTURE-}" ]; then
  reset
  problems=''
  for ((round = 0; round < ${POSTBAG_KILLS:-1000}; round++)); do
    case $((round % 4)) in
      0) message "Subject: round $round" "Message-ID: <r$round@example.org>" -- 'word' | put -n > fresh ;;
      1) mv "$(cat fresh)" "$M/.Work/cur/$(basename "$(cat fresh)"):2,S" && echo "$M/.Work/cur/$(basename "$(cat fresh)"):2,S" > fresh ;;
      2) mv "$(cat fresh)" "$(cat fresh)F" && echo "$(cat fresh)F" > fresh ;;
      3) [ $((round % 8)) = 3 ] || rm "$(cat fresh)" ;;
    esac
    timeout -s KILL "0.00$((RANDOM % 90 + 10))" mail-index 2> /dev/null
    if [ $((round % 50)) = 49 ]; then
      mail-index --check > check.out 2>&1 || problems+=" $round:$(head -c 300 check.out)"
      files=$(find "$M" -type f \( -path '*/cur/*' -o -path '*/new/*' \) | wc -l)
      [ "$(mail-list --all --format paths | wc -l)" = "$files" ] || problems+=" $round:count"
    fi
  done
  is "$problems" '' "the store is whole after $round kills in a row"
fi

done_testing
