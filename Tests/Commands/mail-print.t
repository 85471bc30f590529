#!/bin/bash
# mail-print: messages and conversations as PDF and as pages of HTML that load nothing.
# shellcheck disable=SC2016 # Other shells expand these.
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

make_store
export POSTBAG_LIST=$T/list PAPERSIZE=a4
pixel=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==

# related HTML [ATTACHMENT-NAME]: a body in HTML with a picture that has the Content-ID pic@example.org.
related() {
  printf -- '--b\nContent-Type: text/html; charset=utf-8\n\n%s\n' "$1"
  printf -- '--b\nContent-Type: image/png\nContent-ID: <pic@example.org>\nContent-Transfer-Encoding: base64\n\n%s\n' $pixel
  [ -z "${2-}" ] || printf -- '--b\nContent-Type: application/zip\nContent-Disposition: attachment; filename="%s"\n\nzipped bytes\n' "$2"
  printf -- '--b--'
}
first=$(message 'Subject: Invoice <7>' 'Message-ID: <first@example.org>' 'X-Odd: odd field' 'Date: Tue, 05 Mar 2024 14:03:12 +0000' 'MIME-Version: 1.0' 'Content-Type: multipart/mixed; boundary=b' -- \
  "$(related '<p style="color:red">Dear <b>customer</b> <img src="cid:pic@example.org">' plans.zip)" | put -s S)
reply=$(message 'Subject: Re: Invoice <7>' 'Message-ID: <reply@example.org>' 'In-Reply-To: <first@example.org>' 'Date: Wed, 06 Mar 2024 10:00:00 +0000' -- $'Thank you <very> much.\n> quoted\n-- \nsigned' | put -s S)
plain=$(message 'Subject: Other' 'Message-ID: <other@example.org>' -- 'Something else.' | put)
mail-index
mail-comment --text 'my own words' "$first"
mail-tag +paid "$first"

# HTML

runs 'a page of HTML' mail-print --html "$first"
like "$out" '<!DOCTYPE html>' 'begins like one'
like "$out" '<title>Invoice &lt;7&gt;</title>' 'has the subject as title'
like "$out" '<p style="color:red">Dear <b>customer</b>' 'has the HTML of the message'
like "$out" '<img src="data:image/png;base64,iVBORw0K' 'and its picture'
like "$out" '<td>plans.zip</td><td>application/zip</td><td>13 B</td>|<td>plans.zip</td><td>application/zip</td><td>12 B</td>' 'attachments are listed'
unlike "$out" 'image/png</td>' 'but not the picture that is in the text'
like "$out" "default-src 'none'; img-src data:;" 'browsers are told to load nothing'
like "$out" 'size: A4;' 'for A4'
unlike "$out" 'my own words|paid|odd field' 'without comment, tags and other fields'
runs 'with comments' mail-print --html --comments "$first"
like "$out" 'class="pb-comment">my own words' 'the comment stands above'
like "$out" '<th>Tags</th><td>paid</td>' 'and tags below the fields'
runs 'with all headers' mail-print --html --headers "$first"
like "$out" '<th>X-Odd</th><td>odd field</td>' 'every field is there'
runs 'on other paper' mail-print --html --paper letter "$first"
like "$out" 'size: letter;' 'the page says so'
for case in PAPERSIZE=letter:letter PAPERSIZE=a4:A4 PAPERSIZE=other:A4; do
  run env "${case%:*}" LC_ALL=en_US.UTF-8 mail-print --html "$first"
  like "$out" "size: ${case#*:};" "with ${case%:*} it is ${case#*:}"
done
if [ -e /etc/papersize ]; then
  skip 'the paper of the locale' 'there is /etc/papersize'
else
  run env -u PAPERSIZE LC_ALL=en_US.UTF-8 mail-print --html "$first"
  like "$out" 'size: letter;' 'the paper of the locale'
fi
runs 'plain text' mail-print --html "$reply"
like "$out" 'Thank you &lt;very&gt; much.' 'is escaped'
like "$out" '<span class="pb-quote">&gt; quoted</span>' 'quotes are marked'
runs 'a conversation' mail-print --html --thread "$reply"
is "$(grep -c '^<article>' "$T/out")" 2 'has all its messages'
is "$(grep -o '<h1 class="pb-subject">[^<]*' "$T/out" | head -1)" '<h1 class="pb-subject">Invoice &lt;7&gt;' 'oldest first'
like "$out" 'break-before: page' 'each on a page of its own'
runs 'several messages' mail-print --html "$plain" "$first"
is "$(grep -o '<h1 class="pb-subject">[^<]*' "$T/out" | head -1)" '<h1 class="pb-subject">Other' 'in the order in which they are named'
runs 'a message on standard input' mail-print --html - < "$first"
like "$out" 'Dear <b>customer' 'is printed too'
runs 'references on standard input' mail-print --html < <(mail-list --all)
is "$(grep -c '^<article>' "$T/out")" 3 'are followed'
runs 'nothing there is no error' mail-print --html -o nothing.html
ok 'and nothing is written' test ! -e nothing.html
tty mail-print --html "$plain"
exit_is 0 'HTML may go to a terminal'
is "$(find "$MAILDIR" -path "$plain" | wc -l)" 1 'printing marks nothing as seen'

# Files

runs 'a name that ends in .html asks for HTML' mail-print "$first" -o page.html
is "$out" '' 'nothing goes to standard output'
like "$(head -1 page.html)" '<!DOCTYPE html>' 'it is HTML'
is "$(stat -c %a page.html)" 644 'as the umask allows'
runs 'also with another ending' mail-print --html "$first" --output page.txt
like "$(head -1 page.txt)" '<!DOCTYPE html>' 'if that is asked for'
echo old > old.html
runs 'a file is replaced' mail-print "$plain" -o old.html
like "$(cat old.html)" 'Something else' 'by the new one'
run mail-print --html "$first" -o -
like "$out" 'Dear <b>customer' '- is standard output'
mkfifo pipe
cat pipe > through &
runs 'a pipe takes what comes' mail-print --html "$first" -o pipe
wait $!
like "$(cat through)" 'Dear <b>customer' 'all of it'
echo old > target.html
ln -s target.html link.html
runs 'a link is followed' mail-print "$plain" -o link.html
ok 'it stays' test -L link.html
like "$(cat target.html)" 'Something else' 'what it leads to is replaced'
run mail-print "$first" -o nowhere/page.html
exit_is 66 'a directory that is not there is 66'
mkdir directory.html
run mail-print "$first" -o directory.html
exit_is 73 'a file that is a directory is 73'
echo old > kept.html
(ulimit -f 0; trap '' XFSZ; exec mail-print "$first" -o kept.html) > /dev/null 2>&1
is "$?,$(cat kept.html),$(find . -name 'kept.html?*')" 74,old, 'what can not be written whole leaves the old file alone'
if [ -w /dev/full ]; then
  mail-print --html "$first" > /dev/full 2> "$T/err"
  is $? 74 'a full disk behind standard output is 74'
fi
run mail-print --html "$first" /nowhere/at/all
exit_is 66 'a message that is not there is 66'
like "$out" 'Dear <b>customer' 'the others are printed'

# Hostile HTML

listener() {
  perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1") or die; $| = 1; print $s->sockport, "\n";
    while ($c = $s->accept) { print STDERR "asked\n"; print $c "HTTP/1.0 404 No\r\n\r\n"; close $c }' > port 2> asked &
  listener=$!
  trap 'kill "$listener" 2> /dev/null; chmod -R u+rwX "$T" 2> /dev/null; rm -rf "$T"' EXIT
  for ((n = 0; n < 100; n++)); do [ -s port ] && break; sleep 0.05; done
  port=$(cat port)
}
listener
echo 'SECRET-OF-THE-FILE' > secret.txt
echo 'p { color: red } /* SECRET */' > secret.css
hostile=$(message 'Subject: <script>alert(1)</script>' 'MIME-Version: 1.0' 'Content-Type: multipart/related; boundary=b' -- "$(related "
  <html><head><script src='http://127.0.0.1:$port/a.js'>alert(2)</script><base href='file://$T/'><link rel=stylesheet href='http://127.0.0.1:$port/b.css'>
  <link rel=attachment href='file://$T/secret.txt'><style>@import 'http://127.0.0.1:$port/c.css'; p { background: url(http://127.0.0.1:$port/d.png) }</style>
  <meta http-equiv=refresh content='0; url=http://127.0.0.1:$port/'></head><body background='http://127.0.0.1:$port/e.png' onload='alert(3)'>
  </div></div></article></body><p style='background: url(file://$T/secret.txt)'>one<p style='background: u\\72l(http://127.0.0.1:$port/f.png)'>two
  <img src='http://127.0.0.1:$port/g.png'><img src='//127.0.0.1:$port/h.png'><img src='file://$T/secret.txt'><img src='secret.txt'>
  <img srcset='http://127.0.0.1:$port/i.png 2x'><svg><image href='http://127.0.0.1:$port/j.png'/></svg><object data='file://$T/secret.txt'></object>
  <embed src='file://$T/secret.txt'><iframe src='file://$T/secret.txt'></iframe><a rel=attachment href='file://$T/secret.txt'>link</a>
  <ul style='list-style-image: url(http://127.0.0.1:$port/k.png)'><li>three</ul><img src='data:image/svg+xml;base64,PHN2Zy8+'>
  <p style='position: fixed; top: 0; content: attr(x)'>over<p style='margin-top: -999px'>all<p style='-weasy-link: url(file://$T/secret.txt)'>four</body>")" | put)
runs 'hostile HTML' mail-print --html "$hostile"
unlike "$(grep -v '^<meta http-equiv="Content-Security-Policy"' "$T/out")" '<script|alert\([23]\)|onload|url\(|@import|file:|127\.0\.0\.1|<base|<link|<svg|<object|<embed|<iframe|position: fixed|-999|weasy|http-equiv|svg' 'is harmless'
like "$out" '&lt;script&gt;alert\(1\)' 'a subject is no HTML'
like "$out" 'one.*|three' 'what can be read stays'
is "$(grep -c '</article>' "$T/out"),$(grep -o '<div' "$T/out" | wc -l)" "1,$(grep -o '</div' "$T/out" | wc -l)" 'it can not leave its place'
like "$err" 'not loaded' 'what was left out is said'
like "$err" '--remote-images' 'and how to have it'
runs 'with --remote-images' mail-print --html --remote-images "$hostile"
like "$out" "src=\"http://127.0.0.1:$port/g.png\"" 'images of other hosts stay'
unlike "$out" 'file:|<script|<link|<svg|@import|url\(|<base' 'and nothing else'
is "$(cat asked)" '' 'for HTML nobody is asked'

# PDF

tty mail-print "$first"
exit_is 64 'a PDF is not for a terminal'
like "$out" '-o FILE.pdf' 'and it is said what to do'
bare=$T/bare
mkdir "$bare" "$T/fake"
for program in mail-print tr; do ln -s "$(command -v $program)" "$bare/"; done
PATH=$bare run mail-print "$first"
exit_is 69 'without weasyprint it is 69'
like "$err" "Install the package 'weasyprint'" 'and it is said what to install'
PATH=$bare run mail-print --html "$first"
exit_is 0 'HTML needs it not'
printf '#!/bin/sh\ncat > /dev/null\necho broken >&2\nexit 3\n' > fake/weasyprint
chmod +x fake/weasyprint
echo old > kept.pdf
PATH=$T/fake:$PATH run mail-print "$first" -o kept.pdf
exit_is 74 'a weasyprint that fails is 74'
is "$(cat kept.pdf)" old 'and the old file stays'
printf '#!/bin/sh\ncat > /dev/null\necho no PDF\n' > fake/weasyprint
PATH=$T/fake:$PATH run mail-print "$first" -o kept.pdf
is "$status,$(cat kept.pdf)" 74,old 'so it is when it makes something else'
printf '#!/bin/sh\nkill -9 $$\n' > fake/weasyprint
PATH=$T/fake:$PATH run mail-print "$first"
exit_is 74 'and when it is killed'
printf '#!/bin/sh\n{ echo %%PDF-; echo "$@"; echo "$http_proxy"; grep -c "<article>"; }\n' > fake/weasyprint
PATH=$T/fake:$PATH run mail-print --pdf "$first" "$plain" -o given.html
is "$out$err,$(tr '\n' '|' < given.html)" ',%PDF-|--quiet --presentational-hints --encoding utf-8 --base-url  - -|http://127.0.0.1:0/|2|' 'it is given one page, no place to look for files, no way out'
PATH=$T/fake:$PATH run mail-print --remote-images "$plain"
unlike "$out" 127.0.0.1:0 'with --remote-images it may ask'

if command -v weasyprint > /dev/null && command -v pdftotext > /dev/null; then
  runs 'a PDF' mail-print "$first" -o one.pdf
  is "$(head -c 5 one.pdf)" '%PDF-' 'is one'
  like "$(pdftotext -layout one.pdf -)" 'Dear customer' 'with the text'
  like "$(pdftotext -layout one.pdf -)" 'plans.zip +application/zip' 'and the attachments'
  mail-print "$first" "$reply" "$plain" | cat > three.pdf
  like "$(pdfinfo three.pdf)" 'Pages: +3' 'each message begins on a page of its own; a pipe gets a PDF'
  like "$(pdfinfo three.pdf)" 'Page size: .*A4' 'A4'
  runs 'other paper' mail-print --paper letter "$plain" --pdf -o letter.page
  like "$(pdfinfo letter.page)" 'Page size: .*letter' 'is said'
  : > asked
  runs 'hostile HTML as PDF' mail-print "$hostile" -o hostile.pdf
  is "$(cat asked)" '' 'asks nobody'
  unlike "$(pdftotext hostile.pdf -; pdfdetach -list hostile.pdf; tr -d '\0' < hostile.pdf)" 'SECRET' 'reads no files'
  like "$(pdfdetach -list hostile.pdf)" '^0 ' 'embeds none'
  like "$(pdftotext hostile.pdf -)" three 'and shows what there is to read'
  runs 'with --remote-images' mail-print --remote-images "$hostile" -o remote.pdf
  isnt "$(cat asked)" '' 'the host is asked'
  unlike "$(pdftotext remote.pdf -; pdfdetach -list remote.pdf)" 'SECRET|secret' 'files are not'
else
  skip 'PDF' 'weasyprint or pdftotext is not installed'
fi
kill "$listener"

# Wrong command lines

run mail-print -o '' "$first"
exit_is 64 '64: an empty name'
for line in '--pdf --html' '--paper a5' '--nonsense'; do
  # shellcheck disable=SC2086
  run mail-print $line "$first"
  exit_is 64 "64: $line"
done
tty mail-print --html
exit_is 64 'without references on a terminal it is 64'
mail-list -t > /dev/null
runs 'numbers of the last list' mail-print --html 1-2
MAILDIR=$T/nowhere run mail-print --html id:x@example.org
exit_is 66 'a store that is not there is 66'
printf 'x = [\n' > wrong.toml
run mail-print --html --config wrong.toml id:x@example.org
exit_is 78 'a wrong configuration is 78'
run mail-print --html < <(echo word)
exit_is 65 'a line that is no reference is 65'
run mail-print --html --store "$MAILDIR" id:nobody@example.org
exit_is 66 'a message of that name that is not there'
runs 'references separated by NUL' mail-print --html -0 < <(printf '%s\0' "$plain" "$first")
is "$(grep -c '^<article>' "$T/out")" 2 'are followed'

# Examples of the page

runs 'example: invoices one after the other' bash -c 'mail-search --limit all subject:invoice date:2024 | mail-print --html --paper letter -o invoices.html'
is "$(grep -c '^<article>' invoices.html)" 2 'has both'
runs 'example: a conversation with comments' mail-print --thread --comments 1 -o project.html
cp "$first" letter.eml
runs 'example: a file from elsewhere' bash -c 'mail-print --html - < letter.eml > letter.html'
ok 'is there' test -s letter.html

done_testing
