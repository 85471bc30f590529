#!/bin/bash
# mail-deliver as mail servers and fetchers run it: a Postfix on loopback with its own configuration and queue (mailbox
# command, .forward, pipe transport), fetchmail and getmail reading from a Dovecot on loopback.
# shellcheck source=lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"
[ "$(id -u)" = 0 ] || skip_all 'starting a mail server needs root'
getent passwd nobody > /dev/null || skip_all 'there is no user nobody'
chmod 755 "$T"
as_nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; }
as_nobody "$POSTBAG_BIN/mail-deliver" --version > /dev/null 2>&1 || skip_all 'the user nobody cannot reach the commands'

deliver=$(readlink -f "$POSTBAG_BIN")/mail-deliver
servers=()
stop_servers() {
  [ ! -e "$T/postfix/etc/main.cf" ] || postfix -c "$T/postfix/etc" stop > /dev/null 2>&1
  [ ${#servers[@]} = 0 ] || kill "${servers[@]}" 2> /dev/null
  wait
}
trap 'stop_servers; chmod -R u+rwX "$T" 2> /dev/null; rm -rf "$T"' EXIT

free_port() {
  local port
  for ((port = 20000 + RANDOM % 20000; port < 60000; port++)); do
    (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo "$port" && return; }
  done
}
# until_true COMMAND…: waits up to 20 seconds
until_true() {
  local tries
  for ((tries = 0; tries < 200; tries++)); do
    "$@" > /dev/null 2>&1 && return
    sleep 0.1
  done
  return 1
}
answers() { (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }
store() { [ -e "$1" ] || install -d -o nobody -g nogroup -m 700 "$1"; }
stored() { find "$1" -path '*/new/*' -type f 2> /dev/null | wc -l; }
has_stored() { [ "$(stored "$1")" -ge "$2" ]; }

# --- Postfix

if command -v postfix > /dev/null && [ -x /usr/lib/postfix/sbin/master ] && getent passwd postfix > /dev/null; then
  port=$(free_port)
  P=$T/postfix
  mkdir -p "$P"/{etc,queue,forward}
  install -d -o postfix "$P/data"
  store "$P/mail"
  cat > "$P/etc/main.cf" << END
compatibility_level = 3.6
queue_directory = $P/queue
data_directory = $P/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mx.example.org
mydestination = example.org
mynetworks = 127.0.0.0/8
local_recipient_maps =
alias_maps =
alias_database =
allow_mail_to_commands = alias,forward
recipient_delimiter = +
forward_path = $P/forward/\$user
mailbox_command = $P/command -a "\$RECIPIENT"
bounce_size_limit = 1000
transport_maps = inline:{ {pipe.example.org = postbag:} }
relay_domains = pipe.example.org
maillog_file = $P/log
maillog_file_prefixes = $T
minimal_backoff_time = 1s
queue_run_delay = 1s
smtpd_peername_lookup = no
END
  cat > "$P/etc/master.cf" << END
127.0.0.1:$port inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
error unix - - n - - error
local unix - n n - - local
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
postbag unix - n n - - pipe
  flags=R user=nobody:nogroup argv=$deliver --config $P/config.toml --store $P/mail/Piped -f \${sender} -a \${recipient}
END
  # command OPTION: what mailbox_command runs
  command_with() {
    printf '#!/bin/sh\nexec %s --config %s --store %s %s "$@"\n' "$deliver" "$P/config.toml" "$P/mail/Maildir" "$1" > "$P/command.new"
    chmod 755 "$P/command.new"
    mv "$P/command.new" "$P/command"
  }
  command_with ''
  printf '[delivery]\nsize-limit = 20000\ndetail-folders = true\n' > "$P/config.toml"
  chmod 644 "$P/config.toml"
  postfix -c "$P/etc" start > "$P/start.log" 2>&1
  if until_true answers "$port"; then
    # submit SENDER RECIPIENT < message: by SMTP
    submit() {
      local line
      exec 8<> "/dev/tcp/127.0.0.1/$port"
      read -r line <&8
      { printf 'EHLO client.example.org\r\nMAIL FROM:<%s>\r\nRCPT TO:<%s>\r\nDATA\r\n' "$1" "$2"; sed 's/^\./../; s/$/\r/'; printf '.\r\nQUIT\r\n'; } >&8
      grep -c 'queued as' <&8 > "$T/submitted"
      exec 8>&-
    }
    queue_is_empty() { [ -z "$(find "$P"/queue/{active,incoming,maildrop,deferred} -type f 2> /dev/null)" ]; }
    is_deferred() { [ "$(find "$P/queue/deferred" -type f | wc -l)" -ge 1 ]; }
    flush() { postqueue -c "$P/etc" -f 2> /dev/null; }
    M=$P/mail/Maildir

    message 'Subject: by command' > one
    submit sender@example.com nobody@example.org < one
    ok 'Postfix delivers through mailbox_command' until_true has_stored "$M" 1
    file=$(find "$M/new" -type f)
    is "$(grep -c '^Return-Path: <sender@example.com>$' "$file")" 1 'the sender is in the one Return-Path'
    is "$(grep -ci '^Return-Path:' "$file")" 1 'so it is'
    is "$(grep -c '^Delivered-To: nobody@example.org$' "$file")" 1 'the recipient is in the one Delivered-To'
    is "$(grep -c '^From ' "$file")" 0 'there is no mbox line'
    like "$(head -3 "$file")" '^Return-Path' 'Return-Path is on top'
    is "$(stat -c '%U %a' "$file")" 'nobody 600' 'the file belongs to the recipient alone'

    submit '' nobody@example.org < one
    ok 'a delivery report comes in' until_true has_stored "$M" 2
    is "$(grep -l '^Return-Path: <>$' "$M"/new/* | wc -l)" 1 'with its empty sender'

    HOME=/nonexistent as_nobody "$deliver" --store "$M" -m Lists < one
    submit sender@example.com nobody+lists@example.org < one
    ok 'an address with a detail comes to its folder' until_true has_stored "$M/.Lists" 2
    is "$(stored "$M/.Lists")" 2 'so it does'

    command_with --no-such-option
    submit sender@example.com nobody@example.org < one
    ok 'a mistake in mailbox_command keeps mail in the queue' until_true is_deferred
    command_with ''
    before=$(stored "$M")
    flush
    ok 'it is delivered when that is mended' until_true has_stored "$M" $((before + 1))
    ok 'and nothing was returned' until_true queue_is_empty

    chmod 000 "$M/tmp" && rm -rf "$M/tmp" && touch "$M/tmp"
    submit sender@example.com nobody@example.org < one
    ok 'a store that is broken keeps mail in the queue' until_true is_deferred
    rm "$M/tmp"
    before=$(stored "$M")
    flush
    ok 'and loses nothing' until_true has_stored "$M" $((before + 1))

    before=$(stored "$M")
    message 'Subject: too big' -- "$(head -c 30000 /dev/zero | tr '\0' x | fold)" > big
    submit nobody@example.org nobody@example.org < big
    ok 'a message over the limit is returned' until_true has_stored "$M" $((before + 1))
    is "$(grep -l 'the message is larger than 20 kB' "$M"/new/* | wc -l)" 1 'and its sender told why'

    message 'Subject: by forward' > forwarded
    printf '"|%s --config %s --store %s -m Forwarded"\n' "$deliver" "$P/config.toml" "$M" > "$P/forward/nobody"
    chown nobody "$P/forward/nobody"
    submit sender@example.com nobody@example.org < forwarded
    ok 'a command in .forward delivers' until_true has_stored "$M/.Forwarded" 1
    is "$(grep -c '^Return-Path: <sender@example.com>$' "$M/.Forwarded"/new/*)" 1 'with the sender'
    rm "$P/forward/nobody"

    message 'Subject: by pipe' > piped
    submit sender@example.com ada+x@pipe.example.org < piped
    ok 'a pipe transport delivers' until_true has_stored "$P/mail/Piped" 1
    is "$(head -2 "$P"/mail/Piped/new/*)" $'Return-Path: <sender@example.com>\nDelivered-To: ada+x@pipe.example.org' 'with sender and recipient'

    before=$(stored "$M/.")
    for ((number = 0; number < 25; number++)); do submit sender@example.com nobody@example.org < one; done
    ok 'twenty-five messages come in' until_true has_stored "$M/." $((before + 25))
    ok 'the queue is empty' until_true queue_is_empty
    is "$(stored "$M/.")" $((before + 25)) 'none came twice'
    [ "$tests_failed" = 0 ] || diag "$(grep -E 'status=(deferred|bounced)|warning|fatal' "$P/log" | tail -20)"
  else
    fail 'Postfix starts' "$(cat "$P/start.log" "$P/log" 2> /dev/null)"
  fi
else
  skip 'delivery by Postfix' 'Postfix is not installed'
fi

# --- Fetchers

if command -v dovecot > /dev/null && getent passwd dovenull > /dev/null; then
  D=$T/dovecot
  imap=$(free_port)
  mkdir -p "$D/run"
  store "$D/ada"
  as_nobody mkdir "$D/ada"/{cur,new,tmp}
  for number in 1 2 3 4 5; do
    message "Subject: fetched $number" | sed 's/$/\r/' | as_nobody tee "$D/ada/new/170000000$number.M1P${number}.example" > /dev/null
  done
  cat > "$D/dovecot.conf" << END
base_dir = $D/run
log_path = $D/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:$D/ada
first_valid_uid = 1
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$D/ada
}
END
  dovecot -F -c "$D/dovecot.conf" > "$D/start.log" 2>&1 &
  servers+=($!)
  if until_true answers "$imap"; then
    if command -v fetchmail > /dev/null; then
      umask 077
      printf 'poll 127.0.0.1 service %s protocol IMAP user ada password secret keep mda "%s --store %s -f %%F"\n' \
        "$imap" "$deliver" "$T/fetched" > fetchmailrc
      FETCHMAILHOME=$T run fetchmail --nosyslog --fetchmailrc "$T/fetchmailrc" --sslproto ''
      exit_is 0 'fetchmail fetches through mail-deliver'
      is "$(stored "$T/fetched")" 5 'every message is there'
      is "$(grep -h '^Subject:' "$T"/fetched/new/* | sort)" "$(for number in 1 2 3 4 5; do echo "Subject: fetched $number"; done)" 'once'
      is "$(grep -l '^Return-Path: <ada@example.org>' "$T"/fetched/new/* | wc -l)" 5 'with its sender'
    else
      skip 'fetchmail fetches through mail-deliver' 'fetchmail is not installed'
    fi
    if command -v getmail > /dev/null; then
      mkdir -p "$T/getmail"
      cat > "$T/getmail/rc" << END
[retriever]
type = SimpleIMAPRetriever
server = 127.0.0.1
port = $imap
username = ada
password = secret
[destination]
type = MDA_external
path = $deliver
arguments = ("--store", "$T/got", "-f", "%(sender)")
allow_root_commands = True
[options]
read_all = True
delivered_to = False
received = False
END
      run getmail --getmaildir "$T/getmail" --rcfile rc
      exit_is 0 'getmail fetches through mail-deliver'
      is "$(stored "$T/got")" 5 'every message is there'
      touch "$T/broken"
      sed -i "s,$T/got,$T/broken," "$T/getmail/rc"
      run getmail --getmaildir "$T/getmail" --rcfile rc
      like "$out$err" 'error|75' 'it sees when a delivery fails'
    else
      skip 'getmail fetches through mail-deliver' 'getmail is not installed'
    fi
  else
    fail 'Dovecot starts' "$(cat "$D/start.log" "$D/log" 2> /dev/null)"
  fi
else
  skip 'fetching with fetchmail and getmail' 'Dovecot is not installed'
fi

done_testing
