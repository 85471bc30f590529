#!/bin/bash
# mail-deliver when system calls fail, when it is killed at any step, and when many run at once: either nothing of a message
# is in the store or all of it, and the exit code says which.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'

"$compiler" -shared -fPIC -O1 -w -o faults.so "$tests/faults.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'
M=$HOME/Maildir
message 'Subject: fault' -- "$(for ((line = 0; line < 300; line++)); do echo "line $line of the body"; done)" > one
size=$(stat -c %s one)

# deliver CALL NUMBER KIND: one delivery with that fault; sets $status, and $happened to 1 if the fault came to pass.
deliver() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$HOME FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark mail-deliver "${options[@]}" < one > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

# check CALL NUMBER KIND: what the store must look like after it; complaints are added to $problems.
check() {
  local files whole=0 file
  mapfile -t files < <(find "$M" -type f -path '*/new/*' 2> /dev/null)
  for file in "${files[@]}"; do cmp -s one "$file" && whole=$((whole + 1)); done
  [ "$whole" = "${#files[@]}" ] || problems+=" $1/$2/$3:part-of-a-message"
  case $status in
    0) [ "$whole" = 1 ] || problems+=" $1/$2/$3:success-with-$whole" ;;
    75) [ "$whole" = 0 ] || problems+=" $1/$2/$3:75-but-stored" ;;
    137) [ "$whole" -le 1 ] || problems+=" $1/$2/$3:killed-with-$whole" ;;
    *) problems+=" $1/$2/$3:status-$status" ;;
  esac
  [ "$3" != eintr ] && [ "$3" != short ] || [ "$status" = 0 ] || problems+=" $1/$2/$3:not-delivered($status)"
}

# reset KIND-OF-STORE
reset() {
  rm -rf "$M"
  case $1 in
    existing) mkdir -p "$M"/{cur,new,tmp} ;;
    missing) ;;
    room)
      mkdir -p "$M"/{cur,new,tmp} "$M"/.Trash/{cur,new,tmp}
      for old in 1 2 3; do : > "$M/.Trash/cur/$old.a,S=1000:2,S"; done
      printf '%dS\n3000 3\n' $((size + 2500)) > "$M/maildirsize"
      ;;
    quota) mkdir -p "$M"/{cur,new,tmp} && printf '1000000S\n0 0\n' > "$M/maildirsize" ;;
  esac
}

# Every call of every kind fails once in each of these ways.
errors=(28 5 13 24 122 30 12) # ENOSPC EIO EACCES EMFILE EDQUOT EROFS ENOMEM
options=()
total=0
for store in existing missing quota room; do
  for call in open read write fsync close rename unlink mkdir stat list; do
    problems='' count=0
    case $call in unlink) kinds=(5) ;; *) kinds=("${errors[@]}") ;; esac
    case $call in read | write) kinds+=(eintr short) ;; open | fsync | rename | mkdir) kinds+=(eintr) ;; esac
    [ $store = existing ] || [ -n "${TORTURE-}" ] || kinds=(5 28)
    for kind in "${kinds[@]}"; do
      for ((number = 1; number < 40; number++)); do
        reset $store
        deliver "$call" "$number" "$kind"
        [ $happened = 1 ] || break
        count=$((count + 1))
        check "$call" "$number" "$kind"
        if [ $store = room ]; then
          left=$(find "$M/.Trash" -type f | wc -l)
          # A folder that can't be looked at is not counted, so that there is room without it.
          [ "$left" = 2 ] || { [ "$left" = 3 ] && [ "$status$call" != 0"${call#stat}" ]; } || problems+=" $call/$number/$kind:$left-left-in-Trash"
        fi
      done
    done
    total=$((total + count))
    is "$problems" '' "$store store: $count failures of $call lose and leave nothing"
  done
done
ok "all in all more than a hundred ($total) calls failed" test "$total" -gt 100

# What failed once succeeds the next time, whatever the first try has left.
problems=''
for call in open write fsync rename mkdir; do
  for ((number = 1; number < 20; number++)); do
    reset missing
    deliver "$call" "$number" 28
    [ $happened = 1 ] || break
    [ "$status" = 0 ] || { deliver none 0 0; check "$call" "$number" again; [ "$status" = 0 ] || problems+=" $call/$number:again-$status"; }
  done
done
is "$problems" '' 'after each of them the next delivery succeeds'

# Killed before every call.
for kind in kill term; do
  for store in existing missing; do
    problems='' count=0
    for ((number = 1; number < 100; number++)); do
      reset $store
      deliver any "$number" $kind
      [ $happened = 1 ] || break
      count=$((count + 1))
      check any "$number" $kind
      before=$(find "$M" -type f -path '*/new/*' 2> /dev/null | wc -l)
      deliver none 0 0
      [ "$status" = 0 ] || problems+=" $number:next-$status"
      [ "$(find "$M" -type f -path '*/new/*' | wc -l)" = $((before + 1)) ] || problems+=" $number:next-not-stored"
    done
    ok "$store store: there are many steps ($count)" test "$count" -gt 15
    is "$problems" '' "$store store: stopped by SIG${kind^^} before each of $count calls, nothing or all of it is there"
  done
done

# Killed at any time.
: "${kills:=${TORTURE_KILLS:-60}}"
reset existing
message 'Subject: large' -- "$(head -c 400000 /dev/zero | tr '\0' x | fold)" > large
sum=$(sha256sum < large)
began=$(date +%s%N)
mail-deliver < large
usual=$((($(date +%s%N) - began) / 1000))
reset existing
confirmed=0 killed=0
# The time until the kill follows the time that a delivery takes, so that about every second one is hit.
for ((number = 0; killed < kills && number < kills * 10; number++)); do
  mail-deliver < large &
  delivery=$!
  sleep "$(printf '0.%06d' $((RANDOM * usual / 32768 % 1000000)))"
  if { kill -KILL "$delivery"; wait "$delivery"; } 2> /dev/null; then
    confirmed=$((confirmed + 1)) usual=$((usual * 19 / 20 + 100))
  else
    killed=$((killed + 1)) usual=$((usual * 21 / 20 + 100))
  fi
done
is "$killed" "$kills" "$kills deliveries were killed"
stored=$(find "$M/new" -type f | wc -l)
is "$(find "$M/new" -type f -exec sha256sum {} + | awk '{print $1 "  -"}' | sort -u)" "$([ "$stored" = 0 ] || echo "$sum")" \
  "after $killed kills at any time every message in the store is whole ($stored stored, $confirmed confirmed)"
ok 'and none that was confirmed is missing' test "$stored" -ge "$confirmed"
diag "$killed kills: $stored stored, $confirmed confirmed"

# Many at once.
reset existing
: "${many:=${TORTURE_MANY:-200}}"
running=()
for ((number = 0; number < many; number++)); do
  { printf 'Subject: %s\n\n' "$number" && head -c $((number * 37)) one; } | mail-deliver &
  running+=($!)
done
failed=0
for job in "${running[@]}"; do wait "$job" || failed=$((failed + 1)); done
is "$failed" 0 "$many deliveries at once succeed"
is "$(find "$M/new" -type f | wc -l)" "$many" 'each message is there'
is "$(find "$M/new" -type f -exec head -qn 1 {} + | sort -u | wc -l)" "$many" 'once'
is "$(find "$M/new" -type f -printf '%f %s\n' | sed -n 's/.*,S=\([0-9]*\),W=[0-9]* \([0-9]*\)$/\1 \2/p' | awk '$1 != $2' | wc -l)" 0 'with its right size in its name'
is "$(find "$M/tmp" -type f | wc -l)" 0 'and nothing is left in tmp/'

if [ -e /dev/full ]; then
  reset existing
  run bash -c 'mail-deliver --bad-option 2> /dev/full'
  exit_is 64 'a standard error that is full changes nothing'
fi

# No space left on a real file system.
if [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=64k tmpfs small 2> /dev/null; then
  mail-deliver --store "$T/small/Maildir" < one
  run mail-deliver --store "$T/small/Maildir" < large
  exit_is 75 'a disk that is full makes mail wait'
  is "$(find small -type f | wc -l)" 1 'and nothing is left of the message'
  ok 'what was there before is whole' cmp one small/Maildir/new/*
  mount -o remount,ro small
  run mail-deliver --store "$T/small/Maildir" < one
  exit_is 75 'so does one that is read-only'
  umount small
else
  skip 'a disk that is full makes mail wait' 'mounting needs root'
fi

done_testing
