#!/bin/bash
# What is installed beside the commands: pages, completions, units of systemd, examples; and all of it goes away again.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# A suite as link-suite leaves it: two programs, and each command a link to one of them.
mkdir -p "$T/suite/lib/postbag" "$T/suite/bin"
for program in postbag postbag-tls; do printf '#!/bin/sh\nexit 0\n' > "$T/suite/lib/postbag/$program"; done
for folder in "$root"/Sources/mail-*; do ln -s ../lib/postbag/postbag "$T/suite/bin/${folder##*/}"; done
ln -sfn ../lib/postbag/postbag-tls "$T/suite/bin/mail-send"
export DESTDIR=$T/destination PREFIX=/opt/mail
D=$DESTDIR$PREFIX

runs 'the suite is installed' "$root/scripts/install-suite" "$T/suite"
for folder in "$root"/Sources/mail-*; do
  command=${folder##*/}
  program=postbag
  [ "$command" != mail-send ] || program=postbag-tls
  is "$(readlink "$D/bin/$command")" "../lib/postbag/$program" "$command is a link to its program"
done
is "$(cd "$D/lib/postbag" && echo *)" 'postbag postbag-tls' 'both programs are there'
for page in "$root"/man/*; do
  ok "${page##*/} is there" cmp "$page" "$D/share/man/man${page##*.}/${page##*/}"
done

units=$D/lib/systemd/user
is "$(sed -n 's/^ExecStart=//p' "$units/postbag-expire.service")" "$PREFIX/bin/mail-trash expire" 'the service runs what was installed'
ok 'the timer is there' grep -q '^OnCalendar=daily' "$units/postbag-expire.timer"
like "$(cat "$D/share/doc/postbag/examples/crontab")" $'PATH=/opt/mail/bin:.*\n30 3 \\* \\* \\*  mail-trash expire' 'so does the line for cron'
is "$(grep -rl '@PREFIX@' "$D" || true)" '' 'nothing is left to be filled in'
is "$(find "$D" -type f -perm /022)" '' 'nobody else may write to it'
if command -v systemd-analyze > /dev/null; then
  # It wants to find the program, and runs without a manager of its own.
  sed "s|$PREFIX|$D|" "$units/postbag-expire.service" > "$T/postbag-expire.service"
  cp "$units/postbag-expire.timer" "$T"
  run systemd-analyze verify --man=no --user "$T/postbag-expire.timer" "$T/postbag-expire.service"
  if [[ $err =~ 'Failed to initialize manager' ]]; then
    skip 'systemd finds nothing wrong with the units' 'there is no manager for units'
  else
    is "$status$err" 0 'systemd finds nothing wrong with the units'
  fi
else
  skip 'systemd finds nothing wrong with the units' 'systemd-analyze is not installed'
fi

touch "$D/share/doc/other"
runs 'the suite is taken away' "$root/scripts/install-suite" --uninstall "$T/suite"
is "$(find "$D" -type f -o -type l)" "$D/share/doc/other" 'all of it, and nothing else'

done_testing
