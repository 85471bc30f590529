#!/bin/bash
# mail-tag and mail-comment when system calls fail and when they are killed at any step: each change is there whole or not at
# all, nothing else is harmed, and doing it again completes it.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'
needs sqlite3

M=$HOME/Maildir
make_store "$M"
for n in 1 2 3; do message "Subject: m$n" "Message-ID: <m$n@example.org>" | put -s S > /dev/null; done
mail-index
cp -a "$M" template

reset() { rm -rf "$M"; cp -a template "$M"; }

# faulty CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark "${@:4}" > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

count_of() { sqlite3 "$M/postbag/state.db" "SELECT count(*) FROM $1"; }

step=7
[ -z "${POSTBAG_TORTURE-}" ] || step=1

for test in 'message_tag 4 mail-tag +a +b id:m1@example.org id:m2@example.org' \
  'comment 2 mail-comment --text hello id:m1@example.org id:m2@example.org'; do
  read -r table all command <<< "$test"
  for kind in kill 28 5; do
    problems='' count=0
    call=any
    [ $kind = kill ] || call='write'
    for ((number = 1; number < 1000; number += step)); do
      reset
      # shellcheck disable=SC2086
      faulty $call "$number" $kind $command
      [ $happened = 1 ] || break
      count=$((count + 1))
      found=$(count_of "$table")
      case $status/$found in
        0/"$all" | [1-9]*/0) ;;
        # What was committed when the fault came stays.
        137/"$all" | 7[45]/"$all") ;;
        *) problems+=" $number:$status/$found($(head -c 200 err))" ;;
      esac
      mail-index --check > check.out 2>&1 || problems+=" $number:check($(head -c 200 check.out))"
      # shellcheck disable=SC2086
      $command > again.out 2>&1 || problems+=" $number:again"
      [ "$(count_of "$table")" = "$all" ] || problems+=" $number:again-$(count_of "$table")"
    done
    is "$problems" '' "${command%% *}: all or nothing with $count faults ($kind)"
    ok 'there were some' test $count -gt 0
  done
done

done_testing
