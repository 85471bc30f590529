# shellcheck shell=bash
# Test helpers for the commands; each .t file sources this one and ends with done_testing.
#
# The commands come from $POSTBAG_BIN (default .build/debug) and are first on PATH. Everything happens below $T, a
# temporary folder that is removed at the end; HOME and XDG_* lie in it, TZ is UTC and the locale is C.UTF-8.
# Standard input is /dev/null: write `run mail-x < file` or `run mail-x < <(printf …)`, not `… | run mail-x`, since
# a pipe would run `run` in another process and lose its results.
#
#   run COMMAND…                runs it; sets $out, $err (without their last newlines) and $status; the bytes stay
#                               in the files $T/out and $T/err
#   tty COMMAND…                the same on a pseudo-terminal of $tty_columns × $tty_lines (80 × 24); $out is what the
#                               terminal received, stderr included, carriage returns removed
#   ok NAME COMMAND…            passes when the command succeeds
#   fails NAME COMMAND…         passes when it does not
#   is GOT EXPECTED NAME        equal strings
#   isnt GOT OTHER NAME
#   like GOT REGEX NAME         an extended regular expression matches
#   unlike GOT REGEX NAME
#   exit_is CODE NAME           the last run ended with CODE
#   matches_file FIXTURE NAME   $out is what Fixtures/FIXTURE holds; with POSTBAG_RECORD set it is recorded instead
#   runs NAME COMMAND…          run, and pass when it exits 0
#   pass NAME, fail NAME [DIAGNOSTIC]
#   skip NAME REASON            one test that can't be made here
#   skip_all REASON             the whole file
#   needs PROGRAM…              skip_all unless all are installed
#   diag TEXT                   a line for people
#
#   make_store [DIR]            an empty store (default $T/Maildir); sets and exports MAILDIR
#   message [Name: value]… [-- BODY]      prints a message; From, To, Date, Message-ID and Subject have defaults
#   put [-f FOLDER] [-s FLAGS] [-n] [-t TIME] < message
#                               puts a file into the store as any Maildir program would, and prints its path; -n: into new/
#   count_files DIR             number of files below it
#   field NAME                  the value of a field of the message in $out, unfolded; several are joined
#   body                        what follows the header of the message in $out
#   fixture NAME                path of Tests/Commands/Fixtures/NAME

set -u

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests/../.." && pwd)
: "${POSTBAG_BIN:=$root/.build/debug}"
POSTBAG_BIN=$(cd "$POSTBAG_BIN" && pwd) || { echo "Bail out! no commands in $POSTBAG_BIN"; exit 1; }
PATH=$POSTBAG_BIN:$PATH
export POSTBAG_BIN PATH

T=$(mktemp -d "${TMPDIR:-/tmp}/postbag-test.XXXXXX") || exit 1
T=$(cd "$T" && pwd -P)
trap 'chmod -R u+rwX "$T" 2>/dev/null; rm -rf "$T"' EXIT
mkdir -m 700 "$T/home" "$T/runtime"
for name in $(compgen -e); do
  case $name in POSTBAG_BIN | POSTBAG_RECORD | POSTBAG_TORTURE | POSTBAG_KILLS | POSTBAG_MANY) ;; POSTBAG_* | XDG_* | LC_* | LANG | LANGUAGE | MAILDIR | NO_COLOR | PAGER | LESS | COLUMNS | LINES) unset "$name" ;; esac
done
export HOME=$T/home XDG_RUNTIME_DIR=$T/runtime TZ=UTC LC_ALL=C.UTF-8 TERM=xterm-256color
umask 022
exec < /dev/null
cd "$T" || exit 1

tests_run=0
tests_failed=0
out='' err='' status=0
export tty_columns=80 tty_lines=24

diag() { printf '%s\n' "$*" | sed 's/^/# /' >&2; }

pass() {
  tests_run=$((tests_run + 1))
  printf 'ok %d - %s\n' "$tests_run" "${1//#/\\#}"
}

fail() {
  tests_run=$((tests_run + 1))
  tests_failed=$((tests_failed + 1))
  printf 'not ok %d - %s\n' "$tests_run" "${1//#/\\#}"
  diag "failed: $1 (line $(_line))"
  [ -z "${2-}" ] || diag "$2"
}

# The line of the test file that made the failing call.
_line() {
  local depth
  for ((depth = ${#BASH_SOURCE[@]} - 1; depth > 0; depth--)); do
    case ${BASH_SOURCE[depth]} in *.t) printf '%s' "${BASH_LINENO[depth - 1]}" && return ;; esac
  done
}

run() {
  "$@" > "$T/out" 2> "$T/err"
  status=$?
  _read_results
}

# NUL can't be held in a variable: it becomes a newline in $out.
_read_results() {
  out=$(tr '\0' '\n' < "$T/out")
  err=$(tr '\0' '\n' < "$T/err")
}

tty() {
  printf 'stty rows %d cols %d; exec' "$tty_lines" "$tty_columns" > "$T/tty-command"
  printf ' %q' "$@" >> "$T/tty-command"
  script --quiet --return --echo never --command "bash $T/tty-command" /dev/null > "$T/out" 2> "$T/err"
  status=$?
  tr -d '\r' < "$T/out" > "$T/out-lines" && mv "$T/out-lines" "$T/out"
  _read_results
}

_last_run() { printf 'status %s\nstdout: %s\nstderr: %s' "$status" "${out:0:2000}" "${err:0:2000}"; }

ok() {
  local name=$1
  shift
  if "$@" > "$T/ok.log" 2>&1; then pass "$name"; else fail "$name" "$* exited $?: $(head -c 2000 "$T/ok.log")"; fi
}

fails() {
  local name=$1
  shift
  if "$@" > "$T/ok.log" 2>&1; then fail "$name" "$* succeeded: $(head -c 2000 "$T/ok.log")"; else pass "$name"; fi
}

matches_file() {
  local file
  file=$(fixture "$1")
  if [ -n "${POSTBAG_RECORD-}" ]; then mkdir -p "${file%/*}" && printf '%s\n' "$out" > "$file"; fi
  if diff -u "$file" <(printf '%s\n' "$out") > "$T/difference" 2>&1; then
    pass "$2"
  else
    fail "$2" "$(head -c 4000 "$T/difference")"
  fi
}

runs() {
  local name=$1
  shift
  run "$@"
  if [ "$status" = 0 ]; then pass "$name"; else fail "$name" "$(_last_run)"; fi
}

is() { if [ "$1" = "$2" ]; then pass "$3"; else fail "$3" "     got: $1"$'\n'"expected: $2"; fi; }
isnt() { if [ "$1" != "$2" ]; then pass "$3"; else fail "$3" "got what it must not be: $1"; fi; }
like() { if [[ $1 =~ $2 ]]; then pass "$3"; else fail "$3" "       got: $1"$'\n'"must match: $2"; fi; }
unlike() { if [[ $1 =~ $2 ]]; then fail "$3" "           got: $1"$'\n'"must not match: $2"; else pass "$3"; fi; }
exit_is() { if [ "$status" = "$1" ]; then pass "$2"; else fail "$2" "expected status $1"$'\n'"$(_last_run)"; fi; }

skip() {
  tests_run=$((tests_run + 1))
  printf 'ok %d - %s # SKIP %s\n' "$tests_run" "${1//#/\\#}" "$2"
}

skip_all() {
  printf '1..0 # SKIP %s\n' "$*"
  exit 0
}

needs() {
  local program
  for program; do command -v "$program" > /dev/null || skip_all "$program is not installed"; done
}

done_testing() {
  printf '1..%d\n' "$tests_run"
  [ "$tests_failed" = 0 ] || diag "$tests_failed of $tests_run failed"
  exit $((tests_failed > 0))
}

_make_maildir() { (umask 077 && mkdir -p "$1/cur" "$1/new" "$1/tmp"); }

make_store() {
  MAILDIR=${1:-$T/Maildir}
  _make_maildir "$MAILDIR"
  export MAILDIR
}

message_number=0
message() {
  message_number=$((message_number + 1))
  local name field body='A line of text.' number=$BASHPID-$message_number-$RANDOM$RANDOM
  local -A seen=()
  local -a fields=()
  while [ $# -gt 0 ]; do
    if [ "$1" = -- ]; then
      body=$2
      break
    fi
    fields+=("$1")
    name=${1%%:*}
    seen[${name,,}]=1
    shift
  done
  for field in 'From: Ada Example <ada@example.org>' 'To: Ben Example <ben@example.com>' \
    "Message-ID: <test-$number@example.org>" 'Date: Mon, 04 Mar 2024 10:00:00 +0000' 'Subject: A test message'; do
    name=${field%%:*}
    [ -n "${seen[${name,,}]-}" ] || fields+=("$field")
  done
  printf '%s\n' "${fields[@]}" '' "$body"
}

put() {
  local folder=INBOX flags='' where=cur time='' OPTIND option directory name
  while getopts f:s:t:n option; do
    case $option in
      f) folder=$OPTARG ;;
      s) flags=$OPTARG ;;
      t) time=$OPTARG ;;
      n) where=new ;;
      *) return 64 ;;
    esac
  done
  directory=$MAILDIR
  [ "${folder^^}" = INBOX ] || directory=$MAILDIR/.${folder//\//.}
  _make_maildir "$directory"
  # Names ascend as they are made, also from processes of their own.
  name=${time:-1700000000}.M${EPOCHREALTIME//[!0-9]/}P${BASHPID}Q$RANDOM.test
  [ $where = new ] || name=$name:2,$flags
  cat > "$directory/tmp/$name"
  [ -z "$time" ] || touch -d "@$time" "$directory/tmp/$name"
  mv "$directory/tmp/$name" "$directory/$where/$name"
  printf '%s\n' "$directory/$where/$name"
}

field() {
  awk -v name="${1,,}:" '/^$/ {exit} /^[ \t]/ {if (on) printf "%s", $0; next}
    {on = tolower(substr($0, 1, length(name))) == name} on {printf "%s", substr($0, length(name) + 2)}' <<< "$out"
}

body() { sed '1,/^$/d' <<< "$out"; }

count_files() { find "$1" -type f | wc -l; }

fixture() { printf '%s\n' "$tests/Fixtures/$1"; }
