#!/bin/bash
# mail-send when it is killed before any of its calls, and when calls fail: a message is sent once, or it is in the queue and
# goes with the next run, or it was never accepted; the copy in Sent is there exactly when the message is on its way or gone.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=sink.sh
. "$tests/sink.sh"
compiler=$(command -v cc || command -v clang) || skip_all 'there is no C compiler'
"$compiler" -shared -fPIC -O1 -w -o faults.so "$tests/faults.c" -ldl 2> compiler.log || skip_all 'the C compiler fails'

start_sink
configure
message 'To: ben@example.com' 'Subject: once' -- 'The text.' > one

# How many calls are passed over after each that is looked at, so that it doesn't take minutes; another set each time.
step() { [ -n "${POSTBAG_TORTURE-}" ] && echo 1 || echo "$1"; }
first() { echo $((1 + RANDOM % $(step "$1"))); }

# fault CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
fault() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$HOME FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark "${@:4}" < one > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

reset() {
  rm -rf "$HOME/Maildir" "$Q"
  (umask 077 && mkdir -p "$HOME/Maildir"/{cur,new,tmp})
  empty_sink
}

# check WHAT: after another run of the queue everything is as it must be.
check() {
  local sent copies queued
  mail-send --queue flush > flush.out 2> flush.err
  sent=$(sink_count) copies=$(sent_files | wc -l) queued=$(queue_count)
  [ "$queued" = 0 ] || [ "$(grep -c giving "$Q"/*.log)" = 1 ] || problems+=" $1:$queued-left-in-the-queue"
  [ "$sent" -le 1 ] || problems+=" $1:sent-$sent-times"
  case $status in
    0) [ "$sent" = 1 ] || problems+=" $1:said-sent-but-$sent" ;;
    137) ;;
    # What was said to have failed must not go.
    *) [ "$sent" = 0 ] || problems+=" $1:status-$status-but-sent" ;;
  esac
  if [ "$sent" = 1 ]; then
    [ "$copies" = 1 ] || problems+=" $1:sent-with-$copies-copies"
  elif [ "$queued" = 0 ]; then
    [ "$copies" = 0 ] || problems+=" $1:not-sent-but-$copies-copies"
  fi
}

# Killed before each call in turn.
problems='' count=0
for ((number = $(first 40); number < 400; number += $(step 40))); do
  reset
  fault any $number kill mail-send
  [ $happened = 1 ] || break
  count=$((count + 1))
  check "kill/$number"
done
is "$problems" '' "killed before each of $count calls, a message is sent once and has its copy, or was never accepted"
ok 'there were more than twenty calls' test "$count" -gt 3

# Killed in each call of a run of the queue.
problems='' count=0
for ((number = $(first 20); number < 400; number += $(step 20))); do
  reset
  sink_mode refuse
  mail-send < one 2> /dev/null
  sink_mode
  fault any $number kill mail-send --queue flush
  [ $happened = 1 ] || break
  count=$((count + 1))
  status=137
  check "run/$number"
  [ "$(sink_count)" = 1 ] || problems+=" run/$number:lost"
done
is "$problems" '' "a run of the queue that is killed before each of $count calls loses and repeats nothing"

# Killed while it reports what can't be delivered: one report, whatever happens.
problems='' count=0
for ((number = $(first 6); number < 400; number += $(step 6))); do
  reset
  printf 'To: ben@example.com, nobody@example.com\nSubject: half\n\nx\n' > half
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$HOME/Maildir FAULT_CALL=any FAULT_NUMBER=$number FAULT_KIND=kill FAULT_MARK=$PWD/mark mail-send --no-copy < half > out 2> err; } 2> /dev/null
  [ -e mark ] || break
  count=$((count + 1))
  mail-send --queue flush 2> flush.err
  reports=$(grep -l 'Action: failed' "$HOME"/Maildir/new/* 2> /dev/null | wc -l)
  # Killed before it was accepted, or all of it has happened.
  case $(sink_count)$reports$(queue_count) in 000 | 110) ;; *) problems+=" $number:$(sink_count)-sent-$reports-reports-$(queue_count)-queued" ;; esac
done
is "$problems" '' "killed before each of $count calls in the store: one report"

# Each call fails once.
for kind in 28 5; do
  problems='' count=0
  for call in open write fsync rename link mkdir; do
    for ((number = $(first 16); number < 60; number += $(step 16))); do
      reset
      fault $call $number $kind mail-send
      [ $happened = 1 ] || break
      count=$((count + 1))
      check "$call/$number/$kind"
    done
  done
  is "$problems" '' "error $kind in each of $count calls: sent once, or refused and gone"
done

done_testing
