#!/bin/bash
# mail-setup: the configuration made, changed and checked; where servers are looked for; the login; OAuth2.
# shellcheck disable=SC2154
. "$(dirname "$0")/lib.sh"
# shellcheck source=servers.sh
. "$tests/servers.sh"
needs python3 openssl curl

config=$HOME/.config/postbag/config.toml
copy() { cp "$config" "$T/before"; }
# shellcheck disable=SC2317
unchanged() { cmp -s "$config" "$T/before"; }

# --- A file made by options

runs 'all that is needed can be said by options' mail-setup --address ada@example.org --name 'Ada "A" Example' \
  --host mx.example.org --password-command 'pass "mail"' --no-test
is "$(stat -c %a "$config")" 600 'the file is private'
is "$(cat "$config")" '# See mail-config(5); mail-setup --check tells mistakes.

[[identity]]
name = "Ada \"A\" Example"
address = "ada@example.org"

[outgoing]
host = "mx.example.org"
port = 465
tls = "implicit"
user = "ada@example.org"
password-command = "pass \"mail\""' 'and says what was said'
like "$err" "$config is written" 'it says where it wrote'
runs 'and it has no mistakes' mail-setup --check

copy
run mail-setup --address ada@example.org --host other.example.org --no-test
exit_is 73 'a configuration that is there is not replaced unasked'
ok 'nor touched' unchanged
run mail-setup --address eve@example.org --host other.example.org --no-test
exit_is 73 'also for another address'
like "$err" '--add.*--replace' 'it says how to go on'

printf '# my own words\nstore = "~/Maildir"\n' | cat - "$config" > "$T/mine" && cat "$T/mine" > "$config"
copy
runs 'another address comes beside' mail-setup --add --address eve@example.com --name '' --host mx.example.com \
  --port 587 --tls starttls --user eve --no-test
ok 'what was there is kept in a copy' cmp "$config~" "$T/before"
is "$(stat -c %a "$config~")" 600 'which is private as well'
is "$(grep -v '^#' "$config")" 'store = "~/Maildir"

[[identity]]
name = "Ada \"A\" Example"
address = "ada@example.org"

[[outgoing]]
name = "default"
host = "mx.example.org"
port = 465
tls = "implicit"
user = "ada@example.org"
password-command = "pass \"mail\""

[[identity]]
address = "eve@example.com"
outgoing = "example.com"

[[outgoing]]
name = "example.com"
host = "mx.example.com"
port = 587
tls = "starttls"
user = "eve"' 'the server that was there gets a name'
like "$(head -1 "$config")" 'my own words' 'comments stay'
runs 'a third address may use a server that is there' mail-setup --address office@example.com --outgoing example.com
like "$(cat "$config")" 'address = "office@example.com"
outgoing = "example.com"$' 'by its name'
run mail-setup --address x@example.com --outgoing nowhere
exit_is 73 'which has to be there'
runs 'an account is changed in its place' mail-setup --replace --address eve@example.com --host new.example.com \
  --fingerprint "$(printf 'AB:%.0s' {1..32})" --no-login --no-test
like "$(cat "$config")" 'host = "new.example.com"
port = 465
tls = "implicit"
authentication = "none"
fingerprint = \["(ab){32}"\]' 'with its new values'
unlike "$(cat "$config")" 'mx.example.com' 'and without its old ones'

copy
runs 'what would be written can be seen' mail-setup --add --dry-run --address z@example.net --send-command 'sendmail -i -- %r'
like "$out" 'kind = "command"
command = "sendmail -i -- %r"' 'a program may take the mail'
ok 'and nothing is written' unchanged

rm "$config"
mkdir "$T/dotfiles"
printf 'store = "x"\n' > "$T/dotfiles/config.toml"
ln -s "$T/dotfiles/config.toml" "$config"
runs 'a configuration may be a link' mail-setup --address ada@example.org --host mx.example.org --no-login --no-test
ok 'and stays one' test -L "$config"
like "$(cat "$T/dotfiles/config.toml")" 'mx.example.org' 'what it leads to is written'
rm "$config" "$config~" 2> /dev/null

printf 'store = "x"\n' > "$T/foreign.toml" && chmod 666 "$T/foreign.toml"
run mail-setup --config "$T/foreign.toml" --address ada@example.org --host mx.example.org --no-login --no-test
exit_is 77 'a file that others may write is not changed'
is "$(cat "$T/foreign.toml")" 'store = "x"' 'nor taken over'
mkdir "$T/folder"
run mail-setup --config "$T/folder" --address ada@example.org --host mx.example.org --no-login --no-test
exit_is 74 'a folder is no configuration'
run mail-setup --config "$T/secret.d/c/config.toml" --address ada@example.org --host mx.example.org --no-login --no-test
is "$(stat -c %a "$T/secret.d/c")" 700 'folders are made, for the user alone'

# --- Passwords

run mail-setup --address ada@example.org --host mx.example.org --password-stdin --no-test --config "$T/new/config.toml" \
  < <(printf 'se"cret\r\nrest\n')
exit_is 0 'a password may come from standard input'
is "$(cat "$T/new/passwords/ada@example.org")" 'se"cret' 'its first line is kept'
is "$(stat -c '%a %n' "$T/new/passwords" "$T/new/passwords/ada@example.org" | cut -d' ' -f1 | xargs)" '700 600' \
  'in a file that nobody else can read'
like "$(cat "$T/new/config.toml")" 'password-file = "passwords/ada@example.org"' 'which the configuration names'
unlike "$(cat "$T/new/config.toml")$err" 'cret' 'the password stands nowhere else'
run mail-setup --address ada@example.org --host mx.example.org --password-stdin --no-test --config "$T/none.toml" < /dev/null
exit_is 65 'no password on standard input is an error'
fails 'and nothing is written' test -e "$T/none.toml"

# --- Mistakes on the command line

while IFS='|' read -r options name; do
  eval "run mail-setup $options"
  exit_is 64 "$name"
done << 'END'
|without answers and without a terminal nobody is asked
--address ada --host x|an address has an @
--address 'a@b,c@d' --host x|and is only one
--address a@b --host x --tls ssl|an unknown kind of TLS
--address a@b --host x --port 99999|a port that can't be
--address a@b --host x --send-command y|a server and a program
--address a@b --host x --no-login --password-command y|a password without login
--address a@b --send-command x --user y|a program wants no login
--address a@b --client-secret-command x|a secret without a client ID
--address a@b --fingerprint 12|half a fingerprint
--address a@b --add --replace|both ways at once
--address a@b --name-server localhost|a name server is an address
--address a@b --autoconfig-url http://localhost/x|autoconfig needs https
config.toml|a file without --check
providers --format yaml|an unknown format
oauth list --format yaml|an unknown format of oauth list
oauth login x --timeout 0|no time
oauth token x --good -1|a time that can't be
oauth token|a token of nobody
END

# --- --check

cat > "$T/bad.toml" << 'END'
stroe = "x"
[[identity]]
address = nobody
[outgoing]
host = "a"
user = "u"
password-file = "secret"
ca-file = "/nowhere/ca.pem"
[send]
delay = "10m"
END
chmod 600 "$T/bad.toml"
printf 'x\n' > "$T/secret" && chmod 644 "$T/secret"
run mail-setup --check "$T/bad.toml"
exit_is 78 'a file with mistakes is told by the exit code'
is "$out" "$T/bad.toml:1: stroe: unknown key; do you mean store?
$T/bad.toml:3: $(printf '\u201cnobody\u201d') is no value; strings stand in quotation marks
$T/bad.toml:7: outgoing.password-file: $T/secret: others may read it; chmod 600 helps
$T/bad.toml:8: outgoing.ca-file: /nowhere/ca.pem: no such file or directory (open)
$T/bad.toml:10: send.delay: must be a time such as \"30s\", \"15min\", \"4h\" or \"5d\"" \
  'every mistake has its file, line and key'
run mail-setup --config "$T/bad.toml" --add --address a@b.org --host x --no-test
exit_is 78 'a file with mistakes is not changed'
like "$err" 'stroe.*nobody.*delay.*nothing is changed' 'its mistakes are told'
run mail-setup --check "$T/nowhere.toml"
exit_is 66 'no such file'
run mail-setup --check
exit_is 66 'no configuration yet'
like "$err" 'mail-setup makes one' 'which can be mended'
printf 'store = "x"\n' > "$T/open.toml" && chmod 644 "$T/open.toml"
run mail-setup --check "$T/open.toml"
exit_is 0 'a file that others may read is no mistake'
like "$err" 'others may read it' 'but worth a word'
chmod 666 "$T/open.toml"
run mail-setup --check "$T/open.toml"
exit_is 77 'one that others may write is not trusted'
printf '[[footer]]\ndomain = "example.org"\ntext = "x"\n' > "$T/footer.toml" && chmod 600 "$T/footer.toml"
run mail-setup --check "$T/footer.toml"
like "$out" 'footer: is for the administrator' 'a footer is not for users'
head -c 100000 /dev/urandom > "$T/noise.toml" && chmod 600 "$T/noise.toml"
run mail-setup --check "$T/noise.toml"
exit_is 78 'noise is a file with mistakes'

# --- Providers

runs 'providers are listed' mail-setup providers
ok 'many of them' test "$(wc -l < "$T/out")" -ge 50
runs 'one is found by an address' mail-setup providers --format json ada@gmail.com
is "$(jq -r '[.name, .host, .port, .tls, .access] | @csv' "$T/out")" '"Gmail","smtp.gmail.com",465,"implicit","app-password"' \
  'with all that is known'
run mail-setup providers example.org
exit_is 1 'others are not known'
runs 'the table answers for its domains' mail-setup --address ada@posteo.de --password-command x --dry-run
like "$out" 'host = "posteo.de"
port = 465' 'with the server'
run mail-setup --address ada@tuta.com --no-test
exit_is 69 'a provider without SMTP is told'
run mail-setup --address ada@hotmail.com --no-test
exit_is 69 'one that takes OAuth2 alone wants to know more'
runs 'a client ID is enough' mail-setup --address ada@hotmail.com --client-id me --client-secret-command 'cat s' --dry-run
like "$out" 'token-command = "mail-setup oauth token ada@hotmail.com"' 'the token comes from us'
like "$out" '\[\[oauth\]\]
name = "ada@hotmail.com"
client-id = "me"
client-secret-command = "cat s"
authorization-endpoint = "https://login.microsoftonline.com' 'from where the provider gives it out'
run mail-setup --address ada@example.org --offline --no-test
exit_is 69 'offline nothing else is known'

# --- The web and the name service

W=$T/world
mkdir -p "$W/web"
make_ca
python3 "$(fixture setup-server.py)" "$W" "$T/ca/server.pem" "$T/ca/server.key" 2> "$W/log" &
server_pids+=($!)
until_true test -e "$W/ports" || { diag "$(cat "$W/log")"; skip_all 'no server'; }
read -r web names < "$W/ports"
url=https://localhost:$web

cat > "$W/web/config.xml" << 'END'
<clientConfig version="1.1"><emailProvider id="x">
  <outgoingServer type="smtp"><hostname>old.%EMAILDOMAIN%</hostname><port>25</port><socketType>plain</socketType></outgoingServer>
  <outgoingServer type="smtp"><hostname>out.%EMAILDOMAIN%</hostname><port>587</port><socketType>STARTTLS</socketType>
    <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></outgoingServer>
</emailProvider></clientConfig>
END
find_by() { run mail-setup --address ada@corp.example --dry-run --web-ca-file "$T/ca/ca.pem" --password-command x "$@"; }
find_by --autoconfig-url "$url/config.xml"
exit_is 0 'an autoconfig document is found'
like "$out" 'host = "out.corp.example"
port = 587
tls = "starttls"
user = "ada"' 'and its first encrypted server taken'
run mail-setup --address ada@corp.example --dry-run --autoconfig-url "$url/config.xml"
exit_is 75 'a web server of an unknown authority is not believed'
like "$err" 'certificate is not trusted' 'which is told'
find_by --autoconfig-url "$url/nothing.xml"
exit_is 75 'no document there'
find_by --autoconfig-url "$url/clear"
exit_is 75 'a redirection to http is not followed'
find_by --autoconfig-url "$url/endless"
exit_is 75 'an endless document is not read to its end'
printf '<!DOCTYPE a [<!ENTITY b "c">]><clientConfig/>' > "$W/web/dtd.xml"
find_by --autoconfig-url "$url/dtd.xml"
exit_is 75 'nor one with entities'

cat > "$W/names" << 'END'
_submissions._tcp.example.test SRV 10 0 465 second.example.test
_submissions._tcp.example.test SRV 0 1 465 first.example.test
_submission._tcp.example.test SRV 0 1 587 third.example.test
_submission._tcp.example.test SRV 0 1 587 third.example.test
_submission._tcp.away.test SRV 0 1 587 mail.elsewhere.test
_submissions._tcp.none.test SRV 0 0 0 .
hosted.test MX 10 aspmx.l.google.com
hosted.test MX 1 mx.hosted.test
END
# curl finds no such hosts; the name server is ours alone.
by_name() { run mail-setup --address "ada@$1" --dry-run --name-server "127.0.0.1:$names" --password-command x "${@:2}"; }
by_name example.test
exit_is 0 'SRV records are found'
like "$out" 'host = "first.example.test"
port = 465
tls = "implicit"' 'the first of the best kind is taken'
by_name away.test
exit_is 69 'a server of another domain is not taken from the name service unasked'
like "$err" 'nobody vouches' 'and why'
by_name away.test --yes
exit_is 0 'asked it is'
like "$out" 'host = "mail.elsewhere.test"
port = 587
tls = "starttls"' 'with STARTTLS by its kind'
by_name hosted.test --yes
like "$out" 'host = "smtp.gmail.com"' 'a mail exchanger tells whose customer the domain is'
by_name none.test --no-test
exit_is 69 'a domain may say that it has none'

# --- OAuth2

mkdir -p "${config%/*}"
cat > "$config" << END
[[oauth]]
name = "work"
client-id = "client"
client-secret-command = "printf 'secret & more'"
authorization-endpoint = "$url/authorize"
token-endpoint = "$url/token"
device-endpoint = "$url/device"
scope = "mail offline"
ca-file = "$T/ca/ca.pem"
END
chmod 600 "$config"
store=$HOME/.local/state/postbag/oauth
# What a browser would do with the address that a login prints.
browse() { until_true grep -q 'https://' "$1" && curl -sL --cacert "$T/ca/ca.pem" "$(grep -o 'https://.*' "$1")"; }

run mail-setup oauth token work
exit_is 77 'without a login there is no token'
like "$err" 'mail-setup oauth login work' 'and how to log in'
run mail-setup oauth token play
exit_is 78 'nor with a name that is not configured'
runs 'who is logged in is listed' mail-setup oauth list
is "$out" 'work  not logged in' 'nobody yet'

rm -f "$T/login.err"
mail-setup oauth login work --hint ada@example.org --timeout 30 > "$T/login.out" 2> "$T/login.err" &
login=$!
page=$(browse "$T/login.err")
wait "$login"
is $? 0 'a browser logs in'
like "$page" 'You may close this page' 'and is told so'
is "$(cat "$T/login.out")" '' 'nothing goes to standard output'
is "$(jq -r '[.client_id, .scope, .login_hint, .code_challenge_method] | join(" ")' "$W/authorized")" \
  'client mail offline ada@example.org S256' 'what was asked for'
is "$(stat -c %a "$store/work.json")" 600 'tokens are kept in a private file'
runs 'now there is a token' mail-setup oauth token work
is "$out" access-1 'the one that was given out'
runs 'and who is logged in is listed' mail-setup oauth list --format json
is "$(jq -r '[.name, .logged_in, .renewable] | join(" ")' "$T/out")" 'work true true' 'as JSON'
runs 'a token that is good long enough stays' mail-setup oauth token work --good 3000
is "$out" access-1 'the same'
runs 'one that is not is replaced' mail-setup oauth token work --good 4000
is "$out" access-2 'by a new one'
is "$(jq -r .refresh_token "$store/work.json")" refresh-2 'the new refresh token is kept'
for number in 1 2 3 4 5; do mail-setup oauth token work --good 4000 > "$T/token$number" & pids[number]=$!; done
failed=0
for number in 1 2 3 4 5; do wait "${pids[number]}" || failed=1; done
is "$failed" 0 'several processes at once renew one after the other'
is "$(jq -r .access_token "$store/work.json")" access-7 'each with the refresh token of the one before'

echo short > "$W/mode"
run mail-setup oauth token work --good 4000
run mail-setup oauth token work
is "$out" access-9 'a token that ends within a minute is renewed'
echo good > "$W/mode"
before=$(grep -c refresh_token "$W/forms")
jq -c '.expires_at = 1' "$store/work.json" > "$T/old.json" && cat "$T/old.json" > "$store/work.json"
for number in 1 2 3 4 5; do mail-setup oauth token work > "$T/token$number" & pids[number]=$!; done
for number in 1 2 3 4 5; do wait "${pids[number]}"; done
is "$(sort -u "$T"/token[1-5])" access-10 'of several processes at once one renews, and all have the new token'
is "$(($(grep -c refresh_token "$W/forms") - before))" 1 'by one question to the server'
echo broken > "$W/mode"
run mail-setup oauth token work --good 4000
exit_is 75 'a server in trouble may recover'
echo nonsense > "$W/mode"
run mail-setup oauth token work --good 4000
exit_is 75 'an answer that is no token is none'
is "$out" '' 'and is not printed'
echo revoked > "$W/mode"
run mail-setup oauth token work --good 4000
exit_is 77 'a token that was revoked wants a login'
unlike "$err$out" 'refresh-|access-|secret' 'no secret in an error'
echo good > "$W/mode"
sed -i "s|$url/token|$url/token2|" "$config"
run mail-setup oauth token work
exit_is 77 'tokens are not sent to another endpoint'
sed -i "s|$url/token2|$url/token|" "$config"

before=$(wc -l < "$W/forms")
runs 'another device logs in' mail-setup oauth login work --device --timeout 20
like "$err" 'https://example.org/device on any device and enter the code WDJB-MJHT' 'with a code'
is "$(($(wc -l < "$W/forms") - before))" 3 'it asked for the code, waited, and got the token'
runs 'and has a token' mail-setup oauth token work
echo denied > "$W/mode"
run mail-setup oauth login work --device --timeout 20
exit_is 77 'a refusal on the other device'
unlike "$err" $'\x1b' 'whose words are clean'
rm -f "$T/login.err"
mail-setup oauth login work > /dev/null 2> "$T/login.err" &
login=$!
browse "$T/login.err" > /dev/null
wait "$login"
is $? 77 'a refusal in the browser'
unlike "$(cat "$T/login.err")" $'\x1b' 'whose words are clean too'
echo good > "$W/mode"
rm -f "$T/login.err"
mail-setup oauth login work --timeout 2 > /dev/null 2> "$T/login.err" &
login=$!
until_true grep -q https:// "$T/login.err"
redirect=$(grep -o 'redirect_uri=[^&]*' "$T/login.err" | sed 's/.*127.0.0.1%3A\([0-9]*\)%2F/\1/')
curl -s "http://127.0.0.1:$redirect/?code=x&state=wrong" > "$T/stranger"
printf 'GARBAGE' > "/dev/tcp/127.0.0.1/$redirect"
wait "$login"
is $? 77 'who brings another state is no answer'
like "$(cat "$T/stranger")" 'nothing here' 'and is told nothing'
like "$(cat "$T/login.err")" "didn't come back" 'the browser has its time'
is "$(stat -c %a "$store")" 700 'the folder of tokens is private'
chmod 644 "$store/work.json"
run mail-setup oauth token work
exit_is 77 'tokens that others may read are not used'
chmod 600 "$store/work.json"
runs 'tokens can be forgotten' mail-setup oauth forget work
fails 'and are gone' test -e "$store/work.json"
run mail-setup oauth forget work
exit_is 77 'once'
rm -f "$T/login.err"
mail-setup oauth login work > /dev/null 2> "$T/login.err" &
login=$!
until_true grep -q https:// "$T/login.err"
kill -INT "$login"
wait "$login"
is $? 130 'Ctrl-C ends a login'

done_testing
