#!/bin/bash
# mail-archive --delete when system calls fail and when it is killed at any step: afterwards every message is in the store,
# or in an archive that is whole.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'

M=$HOME/Maildir
make_store "$M"
for n in 1 2 3 4; do message "Subject: m$n" "Message-ID: <m$n@example.org>" -- "word$n" | put -s S > /dev/null; done
message "Subject: m5" "Message-ID: <m5@example.org>" | put -f Work > /dev/null
mail-tag +tax id:m1@example.org
mail-index
cp -a "$M" template
all='m1 m2 m3 m4 m5'

reset() { rm -rf "$M" out; mkdir out; cp -a template "$M"; }

# faulty CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=${fault_root:-$T} FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=/dev/shm/mark.$$ "${@:4}" > stdout 2> stderr; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e /dev/shm/mark.$$ ] || happened=1
  rm -f /dev/shm/mark.$$
}

in_store() { mail-list --all --format json | jq -r .subject | sort | paste -sd' '; }
in_archive() { mail-archive list --format json "$1" | jq -r .subject | sort | paste -sd' '; }

# sound WHAT ARCHIVE: complaints are added to $problems.
sound() {
  local stored archived='' name='' either
  mail-index --check > check.out 2>&1 || problems+=" $1:check($(head -c 200 check.out))"
  stored=$(in_store)
  for name in out/*; do
    [ -e "$name" ] || continue
    if [ -d "$name" ]; then
      archived=$(mail-list --store "$name" --all --format json | jq -r .subject | sort | paste -sd' ')
    else
      archived=$(in_archive "$name" 2>&1)
    fi
    # What has its name is whole.
    [ "$archived" = "$all" ] || problems+=" $1:archive($archived)"
  done
  either=$(tr ' ' '\n' <<< "$stored $archived" | grep . | sort -u | paste -sd' ')
  [ "$either" = "$all" ] || problems+=" $1:lost($either)"
}

# Without it each number would be a step of the whole command.
step=1
[ -n "${POSTBAG_TORTURE-}" ] || step=31
for form in x.zip copy/; do
  kills=0 problems='' partly=0
  for ((number = 1; number < 5000; number += step)); do
    reset
    faulty any "$number" kill mail-archive --all --delete -o "out/$form"
    [ $happened = 1 ] || break
    kills=$((kills + 1))
    sound "$form/kill/$number"
    [ -z "$(ls out)" ] || partly=$((partly + 1))
  done
  is "$problems" '' "no message is lost by $kills kills of an archive $form"
  ok 'there were kills before the archive was there and after' test "$partly" -gt 0 -a "$partly" -lt "$kills"
done

for call in open read write fsync close rename unlink stat; do
  problems='' count=0
  for kind in 28 5; do
    for ((number = 1; number < 400; number += step)); do
      reset
      faulty "$call" "$number" "$kind" mail-archive --all --delete -o out/x.zip
      [ $happened = 1 ] || break
      count=$((count + 1))
      [ "$status" -lt 100 ] || problems+=" $call/$number/$kind:status-$status"
      # When it says that all went well it did.
      [ "$status" != 0 ] || [ -z "$(in_store)" ] || problems+=" $call/$number/$kind:says-0"
      [ -z "$(find out -name '.*')" ] || [ "$call" = unlink ] || problems+=" $call/$number/$kind:left($(ls -A out))"
      sound "$call/$number/$kind"
    done
    [ -n "${POSTBAG_TORTURE-}" ] || break
  done
  is "$problems" '' "$count failures of $call lose nothing"
done

for call in open write fsync rename; do
  reset
  fault_root=$T/out faulty $call 1 28 mail-archive --all --delete -o out/x.zip
  is "$status $happened $(ls -A out) $(in_store)" "75 1  $all" "a disk that is full at $call is 75, leaves no archive and all messages"
done

# Asked to stop at any step.
problems='' count=0
for ((number = 1; number < 5000; number += step)); do
  reset
  faulty any "$number" term mail-archive --all --delete -o out/x.zip
  [ $happened = 1 ] || break
  count=$((count + 1))
  case $status in 0 | 130 | 143) ;; *) problems+=" $number:status-$status($(head -c 100 stderr))" ;; esac
  [ "$status" != 130 ] || [ -z "$(find out -name '.*')" ] || problems+=" $number:left"
  sound "term/$number"
done
is "$problems" '' "$count interrupts lose nothing"

done_testing
