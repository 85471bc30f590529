#!/bin/bash
# What every command has: help, a version, exit 64 for an unknown option, a manual page that names every long option
# and passes mandoc's checks, completions that are current, and no Foundation among its libraries.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store

for folder in "$root"/Sources/mail-*; do
  command=${folder##*/}
  page=$root/man/$command.1

  run "$command" --help
  exit_is 0 "$command --help succeeds"
  like "$out" "USAGE: $command" "$command --help shows its usage on standard output"
  is "$err" '' "$command --help leaves standard error alone"
  help=$out

  run "$command" --version
  exit_is 0 "$command --version succeeds"
  like "$out" "^$command \(Postbag\) [0-9]+\.[0-9]+\.[0-9]+$" "$command --version names the command and the version"

  run "$command" --no-such-option word
  like "$err" "^$command: .*no-such-option" "$command names the unknown option in one line"
  exit_is 64 "$command exits 64 for an unknown option"

  if [ -f "$page" ]; then
    pass "$command has a manual page"
    options=$(grep -oE -- '(^|[ ,/(|[])--[a-z][a-z-]*' <<< "$help" | grep -oE -- '--[a-z-]+' | sort -u)
    missing=
    # mdoc writes --option as "Fl -option", in the list of options or after another word.
    for option in $options; do
      grep -qE -- "Fl ([A-Za-z0-9] , )?-${option#--}([ ,.=|]|\$)|-${option}([^a-z-]|\$)" "$page" || missing+=" $option"
    done
    is "$missing" '' "$command(1) names every long option of --help"
    ok "$command(1) has examples" grep -q '^\.Sh EXAMPLES' "$page"
    ok "$command(1) lists its exit status" grep -q '^\.Sh EXIT STATUS' "$page"
    if command -v mandoc > /dev/null; then
      run mandoc -T lint -W warning "$page"
      is "$out" '' "$command(1) passes mandoc -T lint -W warning"
    fi
  else
    fail "$command has a manual page" "man/$command.1 is missing"
  fi

  if [ -f "$POSTBAG_BIN/$command" ] && command -v ldd > /dev/null; then
    unwanted='libFoundation\.so|FoundationICU'
    # Two speak TLS.
    case $command in mail-send | mail-setup) ;; *) unwanted+='|libssl|libcrypto' ;; esac
    unlike "$(ldd "$POSTBAG_BIN/$command")" "$unwanted" "$command links no Foundation, and OpenSSL only for TLS"
  fi
done

ok 'completions can be made' "$root/scripts/make-completions" "$POSTBAG_BIN" "$T/completions"
for file in $(cd "$T/completions" && find . -type f); do
  ok "completions/${file#./} is current (else: make completions)" cmp "$T/completions/$file" "$root/completions/$file"
done
ok 'there are no completions of commands that are gone' \
  diff <(cd "$root/completions" && find . -type f | sort) <(cd "$T/completions" && find . -type f | sort)

for shell in bash zsh fish; do
  command -v $shell > /dev/null || continue
  for file in "$root/completions/$shell"/*; do
    ok "$shell reads completions/$shell/${file##*/}" $shell -n "$file"
  done
done

for page in "$root"/man/*.[578]; do
  [ -f "$page" ] || continue
  if command -v mandoc > /dev/null; then
    run mandoc -T lint -W warning "$page"
    is "$out" '' "${page##*/} passes mandoc -T lint -W warning"
  fi
done

done_testing
