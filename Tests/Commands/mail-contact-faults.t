#!/bin/bash
# mail-contact when system calls fail, when it is killed at any step, and when several work on a book at once: each change is
# there whole or not at all, and doing it again completes it.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
needs sqlite3

M=$HOME/Maildir
make_store "$M"
printf '[[contacts.group]]\nname = "Club"\npath = "%s/club.db"\n' "$M" > config.toml
export POSTBAG_CONFIG=$T/config.toml
for n in {1..20}; do
  printf 'BEGIN:VCARD\nVERSION:4.0\nFN:Person %s\nEMAIL:p%s@example.org\nTEL:+3361234%04d\nEND:VCARD\n' "$n" "$n" "$n"
done > cards.vcf
printf 'BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:mailto:p1@example.org\nMEMBER:mailto:x@example.org\nEND:VCARD\n' >> cards.vcf

# Several at once

for n in {1..12}; do
  mail-contact add "At Once $n <once$n@example.org>" &
  mail-contact add --book Club "Club $n <club$n@example.org>" &
done
wait
is "$(mail-contact list --book private --count)" 12 'twelve processes lose nothing in the private book'
is "$(mail-contact list --book Club --count)" 12 'nor in that of a group'
mail-contact list-create All
for n in {1..12}; do mail-contact list-add All "once$n@example.org" & done
wait
is "$(mail-contact list-show All | wc -l)" 12 'nor on a list'
mail-contact import cards.vcf 2> /dev/null &
mail-contact import cards.vcf 2> /dev/null &
while kill -0 $! 2> /dev/null; do mail-contact query p1 > /dev/null || [ $? = 1 ] || touch bad; done
wait
is "$(mail-contact list --book private --count)" 32 'two imports of one file store it once'
ok 'and queries are answered meanwhile' test ! -e bad

# Faults

compiler=$(command -v cc || command -v clang) || { skip 'faults' 'there is no C compiler'; done_testing; }
"$compiler" -shared -fPIC -O1 -w -I"$tests" -o faults.so "$tests/faults-database.c" -ldl 2> compiler.log || { skip 'faults' 'the C compiler fails'; done_testing; }
rm -rf "$M"
make_store "$M"
mail-index
mail-contact add --book Club 'First <first@example.org>'
cp -a "$M" template

reset() { rm -rf "$M"; cp -a template "$M"; }

# faulty CALL NUMBER KIND COMMAND…: sets $status, and $happened to 1 if the fault came to pass.
faulty() {
  rm -f mark
  { LD_PRELOAD=$PWD/faults.so FAULT_ROOT=$M FAULT_CALL=$1 FAULT_NUMBER=$2 FAULT_KIND=$3 FAULT_MARK=$PWD/mark "${@:4}" > out 2> err; } 2> /dev/null
  status=$?
  happened=0
  [ ! -e mark ] || happened=1
}

# What a book holds, and whether its tables fit each other.
found() {
  sqlite3 "$1" "PRAGMA query_only=1; SELECT count(*) || '/' || (SELECT count(*) FROM contact_list_member) FROM contact;
    SELECT 'odd' FROM contact_address WHERE contact NOT IN (SELECT id FROM contact) UNION
    SELECT 'odd' FROM contact_word WHERE contact NOT IN (SELECT id FROM contact)" 2>&1 | tr '\n' ' '
}

step=31
[ -z "${POSTBAG_TORTURE-}" ] || step=1

for test in "private state.db 0/0 20/2" "Club club.db 1/0 21/2"; do
  read -r book file none all <<< "$test"
  case $file in state.db) file=$M/postbag/state.db ;; *) file=$M/$file ;; esac
  for kind in kill 28 5; do
    problems='' count=0
    call=any
    [ $kind = kill ] || call='write'
    for ((number = 1; number < 1000; number += step)); do
      reset
      faulty $call "$number" $kind mail-contact import --book "$book" cards.vcf
      [ $happened = 1 ] || break
      count=$((count + 1))
      # A journal that is left is played back by who comes next.
      mail-contact list --book "$book" --count > check.out 2>&1 || problems+=" $number:list($(head -c 200 check.out))"
      got=$(found "$file")
      case $status/$got in
        0/"$all " | [1-9]*/"$none ") ;;
        # What was committed when the fault came stays.
        137/"$all " | 7[45]/"$all ") ;;
        *) problems+=" $number:$status/$got($(head -c 200 err))" ;;
      esac
      mail-contact import --book "$book" cards.vcf > again.out 2>&1 || problems+=" $number:again($(head -c 200 again.out))"
      [ "$(found "$file")" = "$all " ] || problems+=" $number:again-$(found "$file")"
    done
    is "$problems" '' "an import into $book: all or nothing with $count faults ($kind)"
    ok 'there were some' test $count -gt 0
  done
done

# Ctrl-C

reset
for n in {1..3000}; do printf 'BEGIN:VCARD\nFN:Person %s\nEMAIL:p%s@example.org\nEND:VCARD\n' "$n" "$n"; done > many.vcf
# A background job of a shell ignores Ctrl-C unless it is told otherwise.
env --default-signal=INT mail-contact import many.vcf 2> err &
sleep 0.15
kill -INT $! 2> /dev/null
wait $!
status=$?
case $status/$(mail-contact list --book private --count) in
  130/0) pass 'Ctrl-C leaves nothing of an import' ;;
  0/3000) skip 'Ctrl-C leaves nothing of an import' 'it was done already' ;;
  *) fail 'Ctrl-C leaves nothing of an import' "status $status: $(cat err)" ;;
esac

done_testing
