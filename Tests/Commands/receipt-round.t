#!/bin/bash
# A letter that asks for a receipt, there and back: two people with a store each, and mail-deliver between them.
. "$(dirname "$0")/lib.sh"
person() {
  local name=$1
  mkdir -p "$T/$name/config/postbag" "$T/$name/state" "$T/$name/run"
  chmod -R go-rwx "$T/$name"
  cat > "$T/$name/config/postbag/config.toml" <<END
store = "$T/$name/Maildir"
[[identity]]
name = "$name"
address = "$name@example.org"
[outgoing]
kind = "command"
command = "$T/carry %f %r"
[send]
queue = "never"
END
  chmod 600 "$T/$name/config/postbag/config.toml"
  _make_maildir "$T/$name/Maildir"
}
as() { local name=$1; shift; env XDG_CONFIG_HOME="$T/$name/config" XDG_STATE_HOME="$T/$name/state" XDG_RUNTIME_DIR="$T/$name/run" "$@"; }
cat > "$T/carry" <<'END'
#!/bin/bash
sender=$1
shift
[ "$sender" != '<>' ] || sender=
cat > "$T/carried"
for address; do
  XDG_CONFIG_HOME=$T/${address%@*}/config mail-deliver -f "$sender" --store "$T/${address%@*}/Maildir" < "$T/carried" || exit
done
END
chmod +x "$T/carry"
export T
person ada
person ben

printf 'Hello Ben.\n' > text
as ada mail-compose --to ben@example.org --subject Plan --request-receipt < text > letter
like "$(cat letter)" 'Disposition-Notification-To: .*ada@example.org' 'the letter asks for a receipt'
runs 'it is sent' as ada mail-send < letter
runs 'ben sees who asks' as ben mail-receipt --format json
is "$(jq -r .subject "$T/out")" Plan 'the letter'
id=$(jq -r .message_id "$T/out")
runs 'to whom the receipt would go' as ben mail-receipt --format json "id:$id"
is "$(jq -c '[.receipt_to, .automatic]' "$T/out")" '[["ada@example.org"],true]' 'to ada, and nothing speaks against it'
runs 'ben sends it' as ben mail-receipt send "id:$id"
run as ben mail-receipt send "id:$id"
exit_is 1 'once'
runs 'ada has it' as ada mail-list --format json
is "$(jq -r '[.subject, (.flags | index("report") != null)] | @tsv' "$T/out")" $'Receipt: Plan\ttrue' 'in her Inbox'
runs 'her letter was read' as ada mail-list Sent -t
like "$out" ' R .*Plan' 'the list says'
runs 'by whom and when' as ada mail-show "id:$id"
like "$out" 'Read by: ben@example.org, 20[0-9-]+ [0-9:]+' 'is told'
run as ada mail-receipt
exit_is 1 'the receipt asks for none itself'
runs 'and it is in the conversation' as ada mail-list --all --threads -t
like "$out" 'Plan.*Receipt: Plan' 'under the letter'

done_testing
