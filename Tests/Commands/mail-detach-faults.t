#!/bin/bash
# mail-detach --remove when system calls fail and when it is killed at any step: the message is there once afterwards, old or
# new and whole, with its tags; what --save was to keep is on the disk before anything goes.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'

M=$HOME/Maildir
make_store "$M"
message 'Subject: other' 'Message-ID: <other@example.org>' | put -s S > /dev/null
message 'Subject: big' 'Message-ID: <big@example.org>' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' -- "$(
  printf -- '--b\n\nHello.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="big.pdf"\n'
  printf 'Content-Transfer-Encoding: base64\n\n%s\n--b--' "$(seq 999 | base64)")" | put -s FS > path
cp "$(cat path)" before
mail-index
mail-tag +keep id:big@example.org
cp -a "$M" template
seq 999 > content

reset() { rm -rf "$M" saved; cp -a template "$M"; mkdir saved; }

# faulty CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark "${@:4}" > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

# sound WHAT STATUS: the message is there once, whole, with its tag, and the same command completes the work.
sound() {
  mail-index > again.out 2>&1 || problems+=" $1:again-$?($(head -c 200 again.out))"
  mail-index --check > check.out 2>&1 || problems+=" $1:check($(head -c 200 check.out))"
  local files found
  files=$(grep -l '^Message-ID: <big@' "$M"/cur/* "$M"/new/* 2> /dev/null)
  [ "$(grep -c . <<< "$files")" = 1 ] || problems+=" $1:files($files)"
  found=$(mail-list --all --format ids 2>&1 | sort | tr -d '\n')
  [ "$found" = 'id:big@example.orgid:other@example.org' ] || problems+=" $1:found($found)"
  [ "$(mail-list --all --tag keep --format ids)" = id:big@example.org ] || problems+=" $1:tag"
  if [ "$(mail-detach id:big@example.org | wc -l)" = 2 ]; then
    [ "$2" != 0 ] || problems+=" $1:not-removed"
    cmp -s "$files" before || problems+=" $1:changed"
    mail-detach id:big@example.org --remove all > /dev/null || problems+=" $1:again-$?"
  else
    removed=$((removed + 1))
    [ -z "$save" ] || cmp -s content saved/big.pdf || problems+=" $1:not-saved"
  fi
  [ "$(mail-detach id:big@example.org | wc -l)" = 0 ] || problems+=" $1:still-there"
  cmp -s <(sed '/^Content-Type: application.pdf/,$d' before) <(sed '/^Content-Type: message.external-body/,$d' "$(mail-search id:big@example.org)") ||
    problems+=" $1:rest"
}

step=47
[ -z "${POSTBAG_TORTURE-}" ] || step=1

for save in '' '--save saved'; do
  problems='' kills=0 removed=0
  # Files that are saved lie outside the store, so only the calls on the store are counted.
  for ((number = 1; number < 5000; number += step)); do
    reset
    # shellcheck disable=SC2086
    faulty any "$number" kill mail-detach $save --remove 2 id:big@example.org
    [ $happened = 1 ] || break
    kills=$((kills + 1))
    sound "kill/$number" "$status"
  done
  is "$problems" '' "the message is there once after each of $kills kills ($removed of them after the removal)${save:+ with --save}"
  ok 'there were kills enough' test "$kills" -gt 4
done

save='' removed=0
for call in open write fsync close rename unlink stat; do
  problems='' count=0
  for kind in 28 5 13; do
    for ((number = 1; number < 400; number += step)); do
      reset
      faulty "$call" "$number" "$kind" mail-detach --remove 2 id:big@example.org
      [ $happened = 1 ] || break
      count=$((count + 1))
      [ "$status" -lt 128 ] || problems+=" $call/$kind/$number:status-$status"
      sound "$call/$kind/$number" "$status"
    done
  done
  is "$problems" '' "$call: nothing is lost by $count failures"
done

done_testing
