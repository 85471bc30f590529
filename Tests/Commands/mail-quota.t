#!/bin/bash
# mail-quota: what the store takes, by the names of its files, and what it may take.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
chmod 700 "$MAILDIR"

# sized FOLDER NAME,S=…: an empty file whose name claims a size
sized() { mkdir -p "$1"/{cur,new,tmp} && : > "$1/cur/$2:2,S"; }
config() { mkdir -p "$HOME/.config/postbag" && cat > "$HOME/.config/postbag/config.toml"; }

runs 'an empty store has a quota of nothing' mail-quota
is "$out$err" '0 B in 0 messages, no limit' 'and says so'

sized "$MAILDIR" 1.a,S=1000000
sized "$MAILDIR/.Trash" 2.a,S=500000
sized "$MAILDIR/.Work.Projects" 3.a,S=2500000
printf 'Subject: x\n\nx\n' > "$MAILDIR/new/4.a"
runs 'without a limit' mail-quota
is "$out" '4.0 MB in 4 messages, no limit' 'what is there is told, Trash too'
is "$(find "$MAILDIR" -name maildirsize -o -name postbag)" '' 'and nothing is written'

config <<< $'[quota]\nlimit = "8 MB"\nmessages = 40'
runs 'with limits' mail-quota
is "$out" $'size      50%  4.0 MB of 8.0 MB\nmessages  10%  4 of 40' 'both are shown'
tty mail-quota
exit_is 0 'on a terminal too'
is "$out" $'size     [####################--------------------]  50%  4.0 MB of 8.0 MB\nmessages [####------------------------------------]  10%  4 of 40' 'with gauges'
NO_COLOR='' tty_columns=36 tty mail-quota
is "$out" $'size      50%  4.0 MB of 8.0 MB\nmessages  10%  4 of 40' 'unless it is too narrow'
config <<< $'[quota]\nlimit = "4.1 MB"'
run mail-quota
exit_is 78 'a limit that is none is 78'
config <<< $'[quota]\nlimit = 4100000'
tty mail-quota
like "$out" $'\e\\[31m###' 'a gauge that is nearly full is red'
NO_COLOR=1 tty mail-quota
unlike "$out" $'\e' 'without NO_COLOR'
like "$out" $'\nmessages 4$' 'what has no limit is told all the same'
config <<< $'[quota]\nmessages = 4'
runs 'exactly full is not over' mail-quota
like "$out" '^messages 100%  4 of 4' 'but full'
config <<< $'[quota]\nmessages = 3'
run mail-quota
exit_is 1 'more than the limit is 1'
is "$out" $'messages 133%  4 of 3\nsize     4.0 MB' 'and shown all the same'

runs 'JSON' env POSTBAG_CONFIG=/dev/null mail-quota --format json
is "$out" '{"bytes":4000014,"limit":null,"messages":4,"message_limit":null,"percent":null,"over":false}' 'has null for what has no limit'
run mail-quota --format json --folders
exit_is 1 'JSON of a store that is over'
is "$out" '{"folder":"Work/Projects","bytes":2500000,"messages":1}
{"folder":"Inbox","bytes":1000014,"messages":2}
{"folder":"Trash","bytes":500000,"messages":1}
{"bytes":4000014,"limit":null,"messages":4,"message_limit":3,"percent":133,"over":true}' 'is one object for each folder and one for all'
ok 'each line is JSON' python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1])]' "$T/out"
POSTBAG_FORMAT=json run mail-quota
like "$out" '^\{"bytes"' 'POSTBAG_FORMAT=json does it too'
config <<< $'[quota]\nlimit = "8 MB"'
runs 'the folders' mail-quota --folders
is "$out" '    size messages  folder
  2.5 MB        1  Work/Projects
  1.0 MB        2  Inbox
  500 kB        1  Trash

size      50%  4.0 MB of 8.0 MB
messages 4' 'come with the largest first'
tty_columns=24 tty mail-quota --folders
like "$out" 'Work/Pr…' 'their names are cut on a narrow terminal'

# --- maildirsize

rm "$HOME/.config/postbag/config.toml"
printf '16000000S,8C\n12000000 7\n' > "$MAILDIR/maildirsize"
runs 'limits of other deliverers count' mail-quota
is "$out" $'size      25%  4.0 MB of 16 MB\nmessages  50%  4 of 8' 'but not their sums'
is "$(cat "$MAILDIR/maildirsize")" $'16000000S,8C\n12000000 7' 'which stay as they are'
runs 'they are made anew' mail-quota --recalculate
is "$(cat "$MAILDIR/maildirsize")" $'16000000S,8C\n4000014 4' 'when asked for'
config <<< $'[quota]\nlimit = "8 MB"'
runs 'the configuration is stronger' mail-quota --recalculate
is "$(cat "$MAILDIR/maildirsize")" $'8000000S\n4000014 4' 'also in the file'
rm "$HOME/.config/postbag/config.toml" "$MAILDIR/maildirsize"
runs 'without a quota there are no sums' mail-quota --recalculate
is "$(find "$MAILDIR" -name maildirsize)" '' 'to be written'

: > "$MAILDIR/cur/9.a,S=99999999999999999:2,"
: > "$MAILDIR/cur/8.a,S=9223372036854775807:2,"
printf '16000000S,8C\n12000000 7\n' > "$MAILDIR/maildirsize"
run mail-quota
exit_is 1 'absurd sizes in names'
like "$out" '^size     9999%' 'are shown as such'
rm "$MAILDIR"/cur/[89].a*

run mail-quota --store "$T/none"
exit_is 66 'no store is 66'
run mail-quota word
exit_is 64 'a word is 64'
run mail-quota --format paths
exit_is 64 'there are no paths'
mkdir -m 777 "$T/open" && chmod 777 "$T/open" && run mail-quota --store "$T/open"
exit_is 77 'a store that others may write to is 77'
run bash -c 'mail-quota > /dev/full'
exit_is 74 'output that fails is 74'
run mail-quota --config "$T/none"
exit_is 66 'a configuration that was named and is not there is 66'
if [ "$(id -u)" = 0 ]; then
  skip 'maildirsize that can not be written is 77' 'root writes everywhere'
else
  chmod 500 "$MAILDIR"
  runs 'a store that can not be written is counted' mail-quota
  run mail-quota --recalculate
  exit_is 77 'maildirsize that can not be written is 77'
  chmod 700 "$MAILDIR"
fi

# --- Examples of the page

if command -v jq > /dev/null; then
  printf '4200000S\n' > "$MAILDIR/maildirsize"
  run bash -c "$(sed -n '/^mail-quota --format json |/s/\\e/\\/p' "$root/man/mail-quota.1")"
  is "$out" '95% full' 'cron can tell that it is nearly full'
else
  skip 'cron can tell that it is nearly full' 'jq is not installed'
fi

(umask 077 && mkdir -p "$T/no-store/etc")
run mail-quota --store "$T/no-store" --recalculate
exit_is 66 'a directory that is no Maildir is 66'
is "$(ls "$T/no-store")" etc 'and nothing is written there'

done_testing
