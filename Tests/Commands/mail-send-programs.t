#!/bin/bash
# mail-send as other programs call it: mutt, neomutt, git send-email, mailx, Python, and with mail-compose in a pipe.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=sink.sh
. "$tests/sink.sh"

start_sink
configure
make_store "$HOME/Maildir"
last() { cat "$S/mail/$(find "$S/mail" -type f -printf '%f\n' | sort -n | tail -1)"; }
mkdir "$T/bin"
for name in sendmail mailq newaliases; do ln -s "$POSTBAG_BIN/mail-send" "$T/bin/$name"; done

for program in mutt neomutt; do
  if ! command -v $program > /dev/null; then
    skip "$program" "$program is not installed"
    continue
  fi
  printf 'set sendmail="%s"\nset from="ada@example.org"\nset copy=no\n' "$T/bin/sendmail" > muttrc
  echo attached > file.txt
  runs "$program sends" $program -F muttrc -s "From $program: Grüße" -b dora@example.com -a file.txt -- ben@example.com < <(printf 'Hello\n.\nGrüße\n')
  like "$(last)" 'RCPT TO:<ben@example.com>' "$program: to"
  like "$(last)" 'RCPT TO:<dora@example.com>' "$program: Bcc gets it"
  unlike "$(last | sed 1,4d)" 'dora' "$program: and is not shown"
  like "$(last | tr -d '\r')" $'Hello\n\\.\n' "$program: the text is whole"
done

if git send-email -h 2>&1 | grep -q -- --to; then
  git init -q repository && cd repository || exit 1
  git config user.name Ada && git config user.email ada@example.org
  echo one > file && git add file && git commit -qm 'A first change'
  git format-patch -q --root -o ..
  runs 'git send-email sends' git send-email --quiet --confirm=never --suppress-cc=all --to=ben@example.com --sendmail-cmd="$T/bin/sendmail" ../0001-A-first-change.patch
  cd ..
  like "$(last)" 'Subject: \[PATCH\] A first change' 'git send-email: the patch'
else
  skip 'git send-email sends' 'git send-email is not installed'
fi

runs 'Python sends' python3 -c '
import subprocess, email.message
m = email.message.EmailMessage()
m["To"], m["Subject"] = "ben@example.com", "Straße"
m.set_content("Grüße")
subprocess.run([__import__("sys").argv[1], "-t", "-oi"], input=m.as_bytes(), check=True)' "$T/bin/sendmail"
like "$(last)" 'Subject: =\?utf-8' 'Python: the subject'

# cron's way
printf 'From: root (Cron Daemon)\nTo: root\nSubject: Cron <root@host> job\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nX-Cron-Env: <HOME=/root>\n\nout\n' > cron
runs 'cron sends' "$T/bin/sendmail" -FCronDaemon -i -B8BITMIME -oem root < cron
like "$(last)" 'From: Cron Daemon <ada@example.org>' 'cron: From has an address'
like "$(last)" 'RCPT TO:<ada@example.org>' 'cron: to the user'

if command -v mail-compose > /dev/null; then
  runs 'mail-compose sends in a pipe' bash -c 'echo text | mail-compose --to ben@example.com --subject Plan | mail-send'
  like "$(last)" 'Subject: Plan' 'the message it has made'
  unlike "$(last)" '[Pp]ostbag-' 'without our fields'
fi

# A cron table with nobody logged in has little environment.
runs 'without an environment' env -i HOME="$HOME" PATH="$PATH" "$T/bin/sendmail" ben@example.com < cron
run env -i PATH="$PATH" HOME=/nonexistent "$T/bin/sendmail" ben@example.com < cron
isnt "$status" 0 'without a home nothing is said to be sent'

done_testing
