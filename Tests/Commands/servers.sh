# shellcheck shell=bash
# Mail servers on loopback for tests, each with its own configuration, queue and mail below $T, stopped at the end. Source it
# after lib.sh. All need root and the user nobody; what is not installed is left out: ask with `has_server NAME`.
#
#   make_ca                 a certificate authority: $T/ca/ca.pem; a certificate for localhost and 127.0.0.1: $T/ca/server.pem
#                           with server.key; one of nobody's for a client: client.pem, client.key
#   free_port               a port that nobody listens at
#   until_true COMMAND…     waits until it succeeds, at most 20 seconds
#   within SECONDS COMMAND…  the same with another limit
#   answers PORT            somebody listens there
#   start_dovecot           users ada, password "secret word", and what they may log in with: $T/dovecot/mail/<user> are
#                           Maildirs; the LMTP socket is $T/dovecot/lmtp. Submission, which relays to Postfix, at
#                           $dovecot_tls (implicit TLS) and $dovecot_starttls
#   start_postfix           takes mail for example.com into $T/postfix/mail/<user>/; at $postfix_plain, at $postfix_starttls,
#                           where one has to log in as with Dovecot, and at $postfix_tls
#   start_opensmtpd         takes mail for example.com into $T/opensmtpd/mail/; at $opensmtpd_plain, and at
#                           $opensmtpd_starttls and $opensmtpd_tls, where ada logs in. The program is looked for in PATH and
#                           in $POSTBAG_OPENSMTPD, where the package's files lie
#   hostile MODE            a server that misbehaves (Fixtures/hostile-server.py MODE): sets $hostile_port; what it was told
#                           lies in $T/hostile.heard
#   arrived FILE            the message in FILE without the fields that servers put on top, with LF
#   stop_servers            is called at the end

server_pids=()
stop_servers() {
  [ ! -e "$T/postfix/etc/main.cf" ] || postfix -c "$T/postfix/etc" abort > /dev/null 2>&1
  [ ! -e "$T/dovecot/dovecot.conf" ] || doveadm -c "$T/dovecot/dovecot.conf" stop > /dev/null 2>&1
  [ ${#server_pids[@]} = 0 ] || kill "${server_pids[@]}" 2> /dev/null
  server_pids=()
  wait
}
trap 'stop_servers; chmod -R u+rwX "$T" 2> /dev/null; rm -rf "$T"' EXIT

free_port() {
  local port
  for ((port = 20000 + RANDOM % 20000; port < 60000; port++)); do
    answers "$port" || { echo "$port" && return; }
  done
}

until_true() { within 20 "$@"; }

within() {
  local tries
  for ((tries = 0; tries < $1 * 20; tries++)); do
    "${@:2}" > /dev/null 2>&1 && return
    sleep 0.05
  done
  return 1
}

answers() { (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

make_ca() {
  local C=$T/ca
  [ ! -e "$C/ca.pem" ] || return 0
  mkdir -p "$C"
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=Test authority' \
      -keyout "$C/ca.key" -out "$C/ca.pem"
    _certificate server localhost 'subjectAltName=DNS:localhost,IP:127.0.0.1'
    _certificate other mail.example.net 'subjectAltName=DNS:mail.example.net'
    _certificate client ada 'extendedKeyUsage=clientAuth'
  } 2> /dev/null
  chmod 644 "$C"/*
}

# _certificate NAME COMMON-NAME EXTENSION
_certificate() {
  local C=$T/ca
  # OpenSMTPD takes RSA alone.
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -keyout "$C/$1.key" -out "$C/$1.csr"
  openssl x509 -req -in "$C/$1.csr" -CA "$C/ca.pem" -CAkey "$C/ca.key" -CAcreateserial -days 2 -out "$C/$1.pem" \
    -extfile <(printf '%s\n' "$3")
}

has_server() {
  [ "$(id -u)" = 0 ] && getent passwd nobody > /dev/null || return 1
  case $1 in
    postfix) command -v postfix > /dev/null && [ -x /usr/lib/postfix/sbin/master ] && getent passwd postfix > /dev/null ;;
    dovecot) command -v dovecot > /dev/null && [ -e /usr/lib/dovecot/lmtp ] && getent passwd dovenull > /dev/null ;;
    submission) has_server dovecot && [ -e /usr/lib/dovecot/submission ] ;;
    opensmtpd) _opensmtpd > /dev/null && unshare --mount true 2> /dev/null ;;
  esac
}

# --- Dovecot

start_dovecot() {
  local D=$T/dovecot
  make_ca
  chmod 755 "$T"
  mkdir -p "$D/run" "$D/mail"
  chown nobody "$D/mail"
  dovecot_tls=$(free_port) dovecot_starttls=$(free_port)
  printf 'ada:{PLAIN}secret word::::::\njörg:{PLAIN}pässwörd::::::\n' > "$D/users"
  # A token is a signed claim, which Dovecot checks by itself.
  mkdir -p "$D/keys/default/HS256"
  printf 'a key for tests alone' | base64 > "$D/keys/default/HS256/default"
  cat > "$D/oauth2.conf" << END
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$D/keys/
username_attribute = sub
END
  cat > "$D/dovecot.conf" << END
base_dir = $D/run
log_path = $D/log

protocols = lmtp submission
listen = 127.0.0.1
ssl = yes
ssl_cert = <$T/ca/server.pem
ssl_key = <$T/ca/server.key
ssl_ca = <$T/ca/ca.pem
ssl_verify_client_cert = yes
ssl_require_crl = no
auth_ssl_username_from_cert = yes
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer external
mail_location = maildir:~/Maildir
default_internal_user = nobody
default_internal_group = nogroup
first_valid_uid = 1
submission_relay_host = 127.0.0.1
submission_relay_port = ${postfix_plain:-25}
submission_relay_trusted = yes
hostname = dovecot.example.org
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $D/oauth2.conf
}
passdb {
  driver = static
  mechanisms = external
  args = nopassword=yes
}
passdb {
  driver = passwd-file
  mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
  args = username_format=%u $D/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$D/mail/%n allow_all_users=yes
}
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
service lmtp {
  unix_listener $D/lmtp {
    mode = 0666
  }
}
service submission-login {
  inet_listener submission {
    port = $dovecot_starttls
  }
  inet_listener submissions {
    port = $dovecot_tls
    ssl = yes
  }
}
protocol lmtp {
  postmaster_address = postmaster@example.com
}
END
  dovecot -c "$D/dovecot.conf" > "$D/start.log" 2>&1
  until_true test -S "$D/lmtp" && until_true answers "$dovecot_tls"
}

# token USER: what that user may log in with instead of a password
token() {
  local claims head
  head=$(printf '{"alg":"HS256","typ":"JWT"}' | base64url)
  claims=$(printf '{"sub":"%s","email":"%s","exp":%d,"iat":%d}' "$1" "$1" "$(($(date +%s) + 600))" "$(($(date +%s) - 5))" | base64url)
  printf '%s.%s.%s' "$head" "$claims" \
    "$(printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -hmac 'a key for tests alone' -binary | base64url)"
}
base64url() { base64 -w 0 | tr '+/' '-_' | tr -d '='; }

# --- Postfix

start_postfix() {
  local P=$T/postfix
  make_ca
  chmod 755 "$T"
  postfix_plain=$(free_port) postfix_starttls=$(free_port) postfix_tls=$(free_port)
  mkdir -p "$P"/{etc,queue}
  install -d -o postfix "$P/data"
  install -d -o nobody -g nogroup -m 700 "$P/mail"
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
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.com
virtual_mailbox_base = $P/mail
virtual_mailbox_maps = inline:{ {nobody-here@example.com = }, {@example.com = box/} }
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
mailbox_size_limit = 0
message_size_limit = 100000000
smtpd_recipient_limit = 1000
maillog_file = $P/log
maillog_file_prefixes = $T
smtpd_tls_cert_file = $T/ca/server.pem
smtpd_tls_key_file = $T/ca/server.key
smtpd_tls_CAfile = $T/ca/ca.pem
smtpd_tls_session_cache_database =
smtpd_sasl_type = dovecot
smtpd_sasl_path = $T/dovecot/run/auth-client
smtpd_peername_lookup = no
smtpd_recipient_restrictions = check_recipient_access inline:{ {refused@example.com = 550 5.1.1 no such user}, {later@example.com = 450 4.2.0 come again} }, permit_mynetworks, reject
END
  local login='-o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=yes -o smtpd_relay_restrictions=permit_sasl_authenticated,reject'
  cat > "$P/etc/master.cf" << END
127.0.0.1:$postfix_plain inet n - n - - smtpd
127.0.0.1:$postfix_starttls inet n - n - - smtpd -o smtpd_tls_security_level=encrypt $login
127.0.0.1:$postfix_tls inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_tls_security_level=encrypt $login
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
END
  postfix -c "$P/etc" start > "$P/start.log" 2>&1
  until_true answers "$postfix_tls" && until_true answers "$postfix_plain"
}

# --- OpenSMTPD

_opensmtpd() {
  local place
  for place in "$(command -v smtpd 2> /dev/null)" "${POSTBAG_OPENSMTPD-}/usr/sbin/smtpd"; do
    [ -x "$place" ] && strings "$place" 2> /dev/null | grep -q OpenSMTPD && echo "$place" && return
  done
  return 1
}

# It has fixed paths and users of its own: it runs where these exist for it alone.
start_opensmtpd() {
  local O=$T/opensmtpd program
  program=$(_opensmtpd)
  make_ca
  chmod 755 "$T"
  opensmtpd_plain=$(free_port) opensmtpd_starttls=$(free_port) opensmtpd_tls=$(free_port)
  mkdir -p "$O"/{spool,run,lib}
  chmod 711 "$O/spool"
  install -d -o nobody -g nogroup -m 700 "$O/mail"
  cp "$T/ca/server.key" "$O/server.key"
  chmod 600 "$O/server.key"
  { cat /etc/passwd; printf 'opensmtpd:x:64001:64001::/run/smtpd:/bin/false\nopensmtpq:x:64002:64002::/run/smtpd:/bin/false\nvmail:x:65534:65534::%s:/bin/false\n' "$O/mail"; } > "$O/passwd"
  { cat /etc/group; printf 'opensmtpd:x:64001:\nopensmtpq:x:64002:\n'; } > "$O/group"
  printf 'ada %s\n' "$(openssl passwd -6 'secret word')" > "$O/credentials"
  chmod 644 "$O/credentials"
  cat > "$O/smtpd.conf" << END
pki server cert "$T/ca/server.pem"
pki server key "$O/server.key"
table credentials file:$O/credentials
listen on 127.0.0.1 port $opensmtpd_plain hostname opensmtpd.example.org
listen on 127.0.0.1 port $opensmtpd_starttls tls-require pki server auth <credentials> hostname opensmtpd.example.org
listen on 127.0.0.1 port $opensmtpd_tls smtps pki server auth <credentials> hostname opensmtpd.example.org
smtp max-message-size 100M
action "store" maildir "$O/mail" virtual { "@" = vmail }
match from any for domain "example.com" action "store"
END
  chmod 644 "$O/smtpd.conf"
  # shellcheck disable=SC2016
  unshare --mount sh -c '
    set -e
    O=$1
    mount --bind "$O/passwd" /etc/passwd
    mount --bind "$O/group" /etc/group
    mount -t tmpfs tmpfs /var/spool
    mkdir -m 711 /var/spool/smtpd
    mount -t tmpfs tmpfs /run
    mkdir -p /var/lib /run/smtpd
    if [ ! -e /var/lib/opensmtpd ]; then mkdir -p /tmp/empty; mount -t tmpfs tmpfs /var/lib; mkdir -p /var/lib/opensmtpd/empty; fi
    if [ -n "$3" ]; then mount -t tmpfs tmpfs /usr/libexec 2> /dev/null || { mkdir -p /usr/libexec; mount -t tmpfs tmpfs /usr/libexec; }; cp -a "$3/usr/libexec/opensmtpd" /usr/libexec/; fi
    exec "$2" -d -f "$O/smtpd.conf"
  ' sh "$O" "$program" "${POSTBAG_OPENSMTPD-}" > "$O/log" 2>&1 &
  server_pids+=($!)
  until_true answers "$opensmtpd_tls"
}

# --- Others

hostile() {
  hostile_port=$(free_port)
  rm -f "$T/hostile.log"
  python3 "$tests/Fixtures/hostile-server.py" "$hostile_port" "$@" > "$T/hostile.heard" 2> "$T/hostile.log" &
  server_pids+=($!)
  until_true grep -q ready "$T/hostile.log"
}

arrived() {
  python3 - "$1" << 'END'
import re, sys
data = open(sys.argv[1], 'rb').read().replace(b'\r\n', b'\n')
own = re.compile(rb'(Return-Path|X-Original-To|Delivered-To|Received|DKIM-Signature):[^\n]*\n(?:[ \t][^\n]*\n)*', re.I)
while True:
    match = own.match(data)
    if not match:
        break
    data = data[match.end():]
sys.stdout.buffer.write(data)
END
}
