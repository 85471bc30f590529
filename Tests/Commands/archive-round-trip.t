#!/bin/bash
# mail-archive --delete, then mail-import: every byte, flag, tag, colour, comment, folder and time comes back, through a zip
# file and through a Maildir.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# What a store holds, in lines that can be compared: folder, checksum, time, flags, tags, comment of every message.
contents() {
  local path folder
  mail-list --all --limit all --format json | jq -r '[.path, (.flags | sort | join(",")), (.tags | sort | join(","))] | @tsv' |
    while IFS=$'\t' read -r path flags tags; do
      folder=${path#"$MAILDIR"/}
      folder=${folder%%/*}
      printf '%s %s %s [%s] [%s] [%s]\n' "$folder" "$(sha256sum < "$path" | cut -c1-64)" "$(stat -c %Y "$path")" \
        "$flags" "$tags" "$(mail-comment "$path" 2> /dev/null | tr '\n' '|')"
    done | sort
}

fill() {
  make_store "$1"
  message 'Subject: plain' 'X-Label: theirs' | put -s S > one
  message 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=' -- 'Grüße' | put -f Work -s FRS -t 1500000000 > two
  message 'Subject: a/b\c:d*e?"<>|' | put -f Work/Projects -s P > three
  message 'Subject: new' | put -n > four
  printf 'Subject: crlf\r\nMessage-ID: <crlf@example.org>\r\n\r\nFrom here\r\n.\r\n' | put -f '&AMk-t&AOk-' -s S > five
  printf 'no header at all, no line end' | put -f Work > six
  printf '' | put -f Work -s D > seven
  { message 'Subject: bytes' -- ''; head -c 300000 /dev/zero | tr '\0' '\377'; } | put > eight
  # The same message twice in one folder, and once more in another.
  message 'Message-ID: <twin@example.org>' 'Subject: twin' > twin
  put < twin > nine
  put -s F < twin > ten
  put -f Work < twin > eleven
  mail-tag create tax --colour '#c02020'
  mail-tag +tax '+öffentlich sehr' "$(cat one)" "$(cat two)" "$(cat nine)"
  mail-tag +other "$(cat ten)"
  mail-comment --text $'two lines\nof "text" \\ and 日本語' "$(cat two)"
  mail-comment --text 'on a twin' "$(cat eleven)"
}

for form in zip maildir; do
  fill "$T/$form-store"
  contents > before
  is "$(wc -l < before)" 11 "$form: the store is filled"
  case $form in zip) archive=$T/all.zip ;; maildir) archive=$T/all ;; esac
  runs "$form: everything is archived and removed" mail-archive --all --delete --format $form -o "$archive"
  is "$(find "$MAILDIR" -path '*/postbag' -prune -o \( -path '*/cur/*' -o -path '*/new/*' \) -print)" '' "$form: the store is empty"
  runs "$form: it is imported" mail-import "$archive"
  contents > after
  is "$(diff before after)" '' "$form: everything is as it was"
  runs "$form: nothing is amiss" mail-index --check

  make_store "$T/$form-fresh"
  runs "$form: a new store takes it too" mail-import "$archive"
  contents > again
  is "$(diff before again)" '' "$form: with everything"
  is "$(mail-tag list --format json | jq -r 'select(.name == "tax") | .colour')" '#c02020' "$form: and the colour of a tag"
done

# Tags keep their names in an mbox, whatever is in them.
make_store "$T/mbox-store"
message 'Subject: tagged' | put -s S > tagged
mail-tag '+to do' '+öffentlich' '+a,b' '+a=2Cb' '+plain' "$(cat tagged)"
mail-archive --all -o tags.mbox > /dev/null
is "$(grep X-Keywords tags.mbox)" 'X-Keywords: a=2Cb a=3D2Cb plain to=20do =C3=B6ffentlich' 'mbox: each tag is one keyword'
is "$(mail-archive list --format json tags.mbox | jq -c .tags)" '["a,b","a=2Cb","plain","to do","öffentlich"]' 'mbox: they are listed by their names'
make_store "$T/mbox-fresh"
runs 'mbox: it is imported' mail-import tags.mbox
is "$(mail-list --all --limit all --format json | jq -c '.tags | sort')" '["a,b","a=2Cb","plain","to do","öffentlich"]' 'mbox: tags have their names again'
done_testing
