# shellcheck shell=bash
# Helpers for the comparisons; each script in Benchmarks/ sources this file.
#
# The commands come from $POSTBAG_BIN (default .build/postbag/bin) and are first on PATH. What counts is the ratio of two
# programs that ran in turn in one run, not the milliseconds. A program that is not installed is left out.
#
#   section TITLE [AIM]          a heading, and what we aim at
#   pair [OPTIONS] LABEL NAME=COMMAND…
#                                runs the commands in turn and prints the median of each and ours : theirs; the first is
#                                ours. Options: see Benchmarks/pair
#   once LABEL COMMAND…          runs it once: time, processor time, peak memory
#   has PROGRAM                  is it installed?
#   bench_store                  prints the path of the large store (BENCH_STORE, else one of BENCH_MESSAGES messages,
#                                made by Benchmarks/make-store and kept in BENCH_CACHE)
#   copy_store FROM TO           a copy that shares the files' data (hard links), without any index
#   needle NAME                  the number of messages of that store in which the needle lies, see make-store
#   megabytes PATH…              sum of sizes
#   $W                           a temporary folder, removed at the end

set -u
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$benchmarks/.." && pwd)
: "${POSTBAG_BIN:=$root/.build/postbag/bin}" "${BENCH_MESSAGES:=20000}" "${BENCH_CACHE:=${TMPDIR:-/tmp}/postbag-bench}"
POSTBAG_BIN=$(cd "$POSTBAG_BIN" && pwd) || { echo "run make first" >&2; exit 1; }
PATH=$POSTBAG_BIN:$PATH
export PATH
command -v python3 > /dev/null || { echo 'the comparisons need python3' >&2; exit 1; }

mkdir -p "$BENCH_CACHE"
# Beside the store, so that copies can share its files.
W=$(mktemp -d "$BENCH_CACHE/work.XXXXXX") || exit 1
trap 'rm -rf "$W"' EXIT
export HOME=$W/home TZ=UTC LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=$W/runtime
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
unset MAILDIR POSTBAG_CONFIG POSTBAG_FORMAT POSTBAG_LIST XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME
exec < /dev/null

section() {
  printf '\n## %s\n' "$1"
  [ -z "${2-}" ] || printf 'aim: %s\n' "$2"
}

pair() { python3 "$benchmarks/pair" "$@"; }
once() { python3 "$benchmarks/pair" --once "$@"; }
has() { command -v "$1" > /dev/null; }

bench_store() {
  if [ -n "${BENCH_STORE-}" ]; then
    printf '%s\n' "$BENCH_STORE"
    return
  fi
  local store=$BENCH_CACHE/store-$BENCH_MESSAGES
  if [ ! -f "$store.needles" ]; then
    rm -rf "$store"
    python3 "$benchmarks/make-store" "$BENCH_MESSAGES" "$store" > "$store.needles.new" && mv "$store.needles.new" "$store.needles"
  fi
  printf '%s\n' "$store"
}

needle() { awk -v name="$1" '$1 == name { print $2 }' "$(bench_store).needles"; }

copy_store() {
  mkdir -p "${2%/*}"
  cp -al "$1" "$2"
  rm -rf "$2/postbag"
}

megabytes() { du -cm --apparent-size "$@" | awk 'END { print $1 " MB" }'; }
