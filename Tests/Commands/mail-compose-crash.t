#!/bin/bash
# shellcheck disable=SC2016 # Many words are for the shells that editors run in.
# mail-compose on a terminal: drafts that follow the editor, and everything that may die meanwhile.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
needs python3 script

make_store
export POSTBAG_LIST=$T/list
unset VISUAL EDITOR EMAIL
mkdir -p "$HOME/.config/postbag" bin
cat > "$HOME/.config/postbag/config.toml" << 'END'
[compose]
autosave = 1
[[identity]]
name = "Ada Example"
address = "ada@example.org"
[identity.signature]
text = "Ada"
[[identity]]
name = "Home"
address = "ada@home.example"
[identity.signature]
text = "At home"
END
chmod 600 "$HOME/.config/postbag/config.toml"

# A mail-send that keeps what it gets, and answers what $SEND says.
cat > bin/mail-send << 'END'
#!/bin/sh
printf '%s\n' "$*" > "$T/sent.arguments"
cat > "$T/sent"
exit "${SEND:-0}"
END
# An editor that runs $EDIT on the file, with the file as $1; a second editor stays open until it is told to end.
cat > bin/ed1 << 'END'
#!/bin/bash
cp "$1" "$T/page"
printf '%s\n' "$1" > "$T/page.path"
eval "$EDIT"
END
cat > bin/ed2 << 'END'
#!/bin/bash
echo $$ > "$T/ed.pid"
eval "$EDIT"
touch "$T/ready"
while [ ! -e "$T/go" ]; do sleep 0.05; done
eval "${LATER-:}"
touch "$T/left"
END
chmod +x bin/*
cp -s "$POSTBAG_BIN"/mail-{compose,show,list} bin/
export T PATH=$T/bin:$PATH EDITOR=ed1 EDIT=:

drafts() { find "$MAILDIR/.Drafts" -type f -path '*/cur/*' 2> /dev/null; }
work() { find "$MAILDIR/postbag/compose" -mindepth 1 2> /dev/null; }
fresh() { rm -rf "$MAILDIR/.Drafts" "$MAILDIR/postbag/compose" sent go ready left; }
# talk [STEP]... -- COMMAND: the command on a terminal, see terminal.py.
talk() { run "$tests/terminal.py" -t 20 "$@"; }
prompt='expect:more [?]'

# The draft follows the text

export EDITOR=ed2
EDIT='printf "first\n" >> "$1"' LATER='printf "last\n" >> "$1"' talk 'file:ready' 'sleep:2' 'file:ready' 'send:x' -- \
  bash -c '(sleep 2.2; cat "$MAILDIR"/.Drafts/cur/* > seen; touch go) & exec mail-compose --to b@example.com --subject s --draft'
like "$(cat seen)" 'first' 'the draft in Drafts follows the editor within seconds'
like "$(cat "$(drafts)")" $'first\nlast' 'and has everything at the end'
is "$(drafts | wc -l)" 1 'there is one draft'

# What dies while the editor is open

printf PDF > plan.pdf

dies() {
  local name=$1 status=$2
  shift 2
  fresh
  EDIT='printf "typed %s\n" words >> "$1"; printf "Attach: x\n" > /dev/null' talk 'file:ready' "$@" -- mail-compose --to b@example.com --subject dying --attach plan.pdf
  exit_is "$status" "$name"
  if [ -e ed.pid ]; then kill "$(cat ed.pid)" 2> /dev/null; fi
  run mail-compose --resume < /dev/null
  like "$out" $'typed words.*plan\\.pdf' 'the draft is resumed with text and attachment'
  is "$(work)" '' 'and nothing else stays'
  is "$(drafts | wc -l)" 1 'but the draft'
}
dies 'SIGHUP to mail-compose' 130 kill:HUP
dies 'SIGKILL to mail-compose' 137 kill:KILL
dies 'SIGTERM to mail-compose' 130 kill:TERM
dies 'SIGKILL to the editor' 0 pidfile:KILL:ed.pid "$prompt" 'send:d\n'
dies 'a terminal that is closed' 130 hangup
dies 'SIGKILL after the draft was saved' 137 sleep:1.5 kill:KILL

fresh
EDIT='trap "" HUP; printf "typed\n" >> "$1"' LATER='printf "after the death\n" >> "$1"' talk 'file:ready' kill:KILL -- mail-compose --to b@example.com --subject s
touch go
for _ in {1..50}; do [ -e left ] && break; sleep 0.1; done
EDITOR=ed1 EDIT='cp "$1" "$T/again"; printf "and more\n" >> "$1"' talk "$prompt" 'send:s\n' -- mail-compose --resume
like "$(cat again)" $'typed\nafter the death' 'what the editor writes after the death of mail-compose is there'
like "$(cat sent)" $'after the death\nand more' 'and is sent'
is "$(drafts)$(work)" '' 'and then gone'

fresh
EDIT='printf "in file\n" >> "$1"; cp "$1" "$1.save"; printf "in emergency\n" >> "$1.save"; touch -d "+1 second" "$1.save"' talk 'file:ready' kill:KILL -- mail-compose --to b@example.com --subject s
kill "$(cat ed.pid)"
run mail-compose --resume < /dev/null
like "$out" $'in file\nin emergency' 'what an editor saved in an emergency counts'

fresh
EDIT='printf "busy\n" >> "$1"' talk 'file:ready' 'send:x' -- bash -c '(while [ ! -e ready ]; do sleep 0.1; done; sleep 0.3; mail-compose --resume "$(find "$MAILDIR/.Drafts/cur" -type f)" < /dev/null > other 2>&1; echo $? > other.status; touch go) & exec mail-compose --to b@example.com --subject s --draft'
is "$(cat other.status)" 75 'a draft that is being written is 75 for another'
like "$(cat other)" 'another mail-compose' 'which is said'

fresh
rm -f ed.pid
if command -v vim > /dev/null && [[ $(readlink -f "$(command -v vim)") != *tiny* ]]; then
  printf '#!/bin/sh\necho $$ > "$T/ed.pid"\nexec %s -u NONE -N "$@"\n' "$(command -v vim)" > bin/vim
  chmod +x bin/vim
  EDITOR=vim talk 'file:ed.pid' 'sleep:1' 'send:Gofrom vim' 'sleep:2.5' kill:KILL -- mail-compose --to b@example.com --subject s
  kill -KILL "$(cat ed.pid)" 2> /dev/null
  run mail-compose --resume < /dev/null
  like "$out" 'from vim' 'vim writes what is typed by itself'
else
  skip 'vim writes what is typed by itself' 'vim is not installed'
fi

done_testing
