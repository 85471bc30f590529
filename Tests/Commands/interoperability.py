"""Messages of mail-compose and mail-attach, and what other programs read in them: interoperability.py FOLDER"""
import email, email.header, email.policy, email.utils, json, os, pathlib, pty, select, shutil, signal, subprocess, sys, time

folder = pathlib.Path(sys.argv[1])
sent = folder / 'sent'
FROM = ('Ada Ünï, "Countess" Example', 'ada@example.org')
count = failed = 0


def check(got, expected, name):
    global count, failed
    count += 1
    if got == expected:
        return print(f'ok {count} - {name.replace("#", "")}')
    failed += 1
    print(f'not ok {count} - {name.replace("#", "")}')
    got, expected = str(got), str(expected)
    start = max(0, next((i for i, (one, other) in enumerate(zip(got, expected)) if one != other), 0) - 100)
    print(f'#      got: {got[start:start + 500]!r}\n# expected: {expected[start:start + 500]!r}', file=sys.stderr)


def run(*arguments, data=b''):
    return subprocess.run(arguments, input=data, stdout=subprocess.PIPE, check=True, cwd=folder, timeout=60).stdout


# The table

png = b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x08\2'
octets = bytes(range(256)) * 20
files = {
    'plan.pdf': b'%PDF-1.4\n' + octets, 'notes.txt': 'One\nZwei ö\n'.encode(), 'logo.png': png,
    'Übersicht – 日本 🏳️‍🌈, "final".pdf': b'%PDF-1.4\n', 'شعار.png': png, "a'b;c=d*e%f.txt": b'x\n',
    'a very long name that goes on and on ' * 5 + '.txt': b'x\n', 'dos.txt': b'a\r\nb\r\n', 'empty.txt': b'',
    'latin.txt': b'caf\xe9\n', 'data.bin': octets,
}
for name, contents in files.items():
    (folder / name).write_bytes(contents)
original = ('From: Cleo <cleo@example.net>\nTo: ada@example.org\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nMessage-ID: <old@example.net>\n'
            'Date: Mon, 04 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n'
            'Content-Transfer-Encoding: 8bit\n\nLiebe Ada,\nschöne Grüße\n').encode()
(pathlib.Path(os.environ['MAILDIR']) / 'cur' / '1709546400.M1P1Q1.test:2,S').write_bytes(original)

cases = []


def case(name, text='A line of text.\n', subject='A subject', to=(('', 'ben@example.com'),), compose=(), attach=(), **expected):
    cases.append(dict(name=name, text=text, subject=subject, to=list(to), compose=list(compose), attach=list(attach), **expected))


case('plain text')
case('an empty body', text='')
case('a text without a line break at its end', text='no end')
case('Latin letters', text='Größe, naïve, français\n', subject='Größe')
case('Cyrillic', text='Это по-русски\n' * 20, subject='Привет, мир')
case('Chinese, Japanese, Korean', text='日本語 中文 한국어\n', subject='日本語の件名 중요 中文')
case('right to left', text='שלום עולם\nمرحبا بالعالم 123\n', subject='שלום עולם and مرحبا mixed', to=[('דוד כהן', 'david@example.com')])
case('emoji', text='👩‍👩‍👧‍👦 🏳️‍🌈 🇧🇪\n', subject='👩‍👩‍👧‍👦🏳️‍🌈' * 30, to=[('🏳️‍🌈 Ben 👍🏽', 'ben@example.com')])
case('combining marks', subject='e\u0301o\u0308\u0323 ' * 40 + 'end')
case('a long subject', subject='word ' * 80 + 'end')
case('a long subject without spaces', subject='x' * 300)
case('a long subject that is no ASCII', subject='Größe und Gewicht ' * 30 + 'Ende')
case('a subject that looks encoded', subject='=?utf-8?q?no?= and =?x')
case('a subject with all punctuation', subject='!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ end')
case('a subject with double spaces', subject='two  spaces   three')
case('names with commas, quotes and backslashes', to=[
    ('Example, Ben', 'ben@example.com'), ('Joe "the, plumber" O\'Hara', 'joe@example.com'), ('back\\slash', 'b@example.com'),
    ('Dr. J. (Jr.) <x>', 'j@example.com'), ('a@b.example', 'c@example.com'), ('Ünï, "Größe"', 'u@example.com'), ('', 'plain@example.com')])
case('a long name', to=[('Name, ' * 30 + 'end', 'long@example.com'), ('Größe ' * 30 + 'Ende', 'longer@example.com')], old_python=True)
case('an international domain', to=[('Bücher', 'info@bücher.example')], read_to=[('Bücher', 'info@xn--bcher-kva.example')],
     mutt_to=[('Bücher', 'info@bücher.example')])
case('5,000 recipients', to=[(f'Person, {i} Größe', f'person{i}@example.com') for i in range(5000)], old_python=True)
case('NUL in the text', text='a\0b and more than a few words behind it\nlast\n')
case('a carriage return in the text', text='a\rb and more than a few words behind it\nlast\n')
case('a long line', text='x' * 2500 + '\n')
case('a long line that is no ASCII', text='ö' * 2500 + '\n')
case('lines that transport may change', text='From here\n.\n..\n> quoted\n leading\n')
case('flowed paragraphs', text='A paragraph of many words that goes on and on. ' * 20 + 'End.\n\nAnother one.\n')
case('Markdown', text='# Head\n\nThis is **bold** ö.\n', compose=['--markdown'], html='<strong>bold</strong> ö', anytext=True,
     structure='multipart/alternative(text/plain text/html)')
case('Markdown with an image', text='![The logo](logo.png)\n', compose=['--markdown'], html='<img src="cid:', anytext=True,
     parts={'logo.png': ('image/png', png)}, structure='multipart/alternative(text/plain multipart/related(text/html image/png))')
case('HTML', text='<p>Größe &amp; <b>x</b></p>\n', compose=['--html'], html='<b>x</b>', anytext=True,
     structure='multipart/alternative(text/plain text/html)')
case('an attachment', attach=['plan.pdf'], structure='multipart/mixed(text/plain application/pdf)')
case('attachments of every kind', text='Größe\n', attach=list(files))
case('attachments of mail-compose', compose=[word for name in files for word in ('--attach', name)], parts={
    name: (None, contents) for name, contents in files.items()})
case('attachments one after the other', attach=['notes.txt'], again=['plan.pdf'], parts={
    'notes.txt': ('text/plain', files['notes.txt']), 'plan.pdf': ('application/pdf', files['plan.pdf'])})
case('an attachment and an image', text='<p><img src="cid:logo.png"></p>', compose=['--html'], attach=['--inline', 'logo.png', 'plan.pdf'],
     html='cid:logo.png', anytext=True, parts={'logo.png': ('image/png', png), 'plan.pdf': ('application/pdf', files['plan.pdf'])},
     structure='multipart/mixed(multipart/alternative(text/plain multipart/related(text/html image/png)) application/pdf)')
case('a message', attach=['--message', 'id:old@example.net'], message=original)
case('a card', attach=['--vcard'], card=True)
case('a message forwarded as it is', to=[], subject=None, compose=['--forward=attachment', 'id:old@example.net'], data_to='ben@example.com', message=original, anytext=True)
case('a message forwarded in the text', to=[], subject=None, compose=['--forward=inline', 'id:old@example.net'], data_to='ben@example.com', anytext=True, contains='schöne Grüße')
case('an answer', to=[], subject='Re: Grüße', compose=['--reply', 'id:old@example.net'], read_to=[('Cleo', 'cleo@example.net')], anytext=True, contains='> schöne Grüße')


def address(name, mail):
    quoted = name.replace('\\', '\\\\').replace('"', '\\"')
    return f'"{quoted}" <{mail}>' if name else mail


def make(case):
    arguments = ['mail-compose', *case['compose']]
    if case['subject'] is not None and '--reply' not in case['compose']:
        arguments += ['--subject', case['subject']]
    if 'data_to' in case:
        arguments += ['--to', case['data_to']]
    for i in range(0, len(case['to']), 500):
        arguments += ['--to', ', '.join(address(*one) for one in case['to'][i:i + 500])]
    message = run(*arguments, data=case['text'].encode())
    for more in (case['attach'], case.get('again')):
        if more:
            message = run('mail-attach', *more, data=message)
    return message


# What is expected

def unflowed(text):
    """The lines as they were typed. RFC 3676."""
    lines, open_line = [], False
    for line in text.replace('\r\n', '\n').split('\n'):
        line = line.removeprefix(' ')
        if open_line:
            lines[-1] += line
        else:
            lines.append(line)
        open_line = line.endswith(' ') and line != '-- '
    return '\n'.join(line.rstrip(' ') for line in lines).rstrip('\n')


def typed(case):
    return '\n'.join(line.rstrip(' ') for line in case['text'].split('\n')).rstrip('\n')


def expected_parts(case):
    if 'parts' in case:
        return case['parts']
    return {name: (None, files[name]) for name in case['attach'] if name in files}


def expected_to(case):
    return case.get('read_to') or case['to'] or [('', case['data_to'])]


def check_text(case, text, reader):
    if case.get('contains'):
        check(case['contains'] in text, True, f'{case["name"]}: {reader} finds the text')
    if not case.get('anytext'):
        check(unflowed(text), typed(case), f'{case["name"]}: {reader} reads the text')


# Python

def structure(part):
    if part.is_multipart() and part.get_content_maintype() == 'multipart':
        return f'{part.get_content_type()}({" ".join(structure(one) for one in part.iter_parts())})'
    return part.get_content_type()


def defects(part):
    found = [f'{part.get_content_type()}: {one!r}' for one in part.defects]
    # Thousands of addresses take Python minutes.
    for name in ('subject', 'from', 'content-type', 'content-disposition', 'content-id', 'date', 'message-id'):
        if part[name] is not None:
            found += [f'{name}: {one!r}' for one in part[name].defects]
    if part.is_multipart():
        for one in part.iter_parts() if part.get_content_maintype() == 'multipart' else part.get_payload():
            found += defects(one)
    return found


def check_python(case, data):
    name = case['name']
    message = email.message_from_bytes(data, policy=email.policy.default)
    check(defects(message), [], f'{name}: Python finds no defects')
    if case['subject'] is not None:
        check(str(message['subject']), case['subject'], f'{name}: Python reads the subject')
    check([(one.display_name, one.addr_spec) for one in message['from'].addresses], [FROM], f'{name}: Python reads who sent it')
    if not case.get('old_python'):
        check([(one.display_name, one.addr_spec) for one in message['to'].addresses], expected_to(case), f'{name}: Python reads the recipients')
        check(list(message['to'].defects), [], f'{name}: Python finds no defects in them')
    else:
        # The new parser takes minutes for thousands, and puts spaces between the encoded words of one name.
        old = email.message_from_bytes(data)
        pairs = [(str(email.header.make_header(email.header.decode_header(one))), mail) for one, mail in email.utils.getaddresses([old['to']])]
        check(pairs, expected_to(case), f'{name}: Python reads the recipients')
    body = message.get_body(('plain',))
    check_text(case, body.get_content() if body else '', 'Python')
    if 'html' in case:
        html = message.get_body(('html',)).get_content()
        check(case['html'] in html, True, f'{name}: Python reads the HTML')
        identifiers = {part['content-id'].strip('<>') for part in message.walk() if part['content-id']}
        used = {word.split('"')[0] for word in html.split('src="cid:')[1:]}
        check(used, identifiers, f'{name}: what the HTML shows is there')
    if 'structure' in case:
        check(structure(message), case['structure'], f'{name}: Python sees the parts')
    found = {part.get_filename(): part for part in message.walk() if part.get_filename() and part.get_content_type() not in ('message/rfc822', 'text/vcard')}
    wanted = expected_parts(case)
    check(sorted(found), sorted(wanted), f'{name}: Python reads the file names')
    for file, (type, contents) in wanted.items():
        if file in found:
            check(found[file].get_payload(decode=True), contents, f'{name}: {file} arrives')
            if type:
                check(found[file].get_content_type(), type, f'{name}: {file} is {type}')
    for part in message.walk():
        if part.get_content_type() == 'message/rfc822' and 'message' in case:
            inner = part.get_payload(0)
            check(str(inner['subject']), 'Grüße', f'{name}: Python reads the message inside')
            check(case['message'] in data, True, f'{name}: which is as it was')
        if part.get_content_type() == 'text/vcard' and 'card' in case:
            check('FN:Ada Ünï\\, "Countess" Example' in part.get_content(), True, f'{name}: Python reads the card')
    longest = max(len(line) for line in data.split(b'\n'))
    check(longest <= 998, True, f'{name}: no line is too long')
    check(b'\0' in data, False, f'{name}: no NUL is in it')


# notmuch

def unquoted(addresses):
    return addresses.replace('"', '').replace('\\', '')


def notmuch_parts(parts):
    for part in parts:
        yield part
        content = part.get('content')
        if isinstance(content, list):
            for one in content:
                yield from notmuch_parts(one['body'] if 'body' in one else [one])


def the_message(tree):
    """The one message in lists of threads, messages and answers."""
    if isinstance(tree, dict):
        return tree
    return next(filter(None, map(the_message, tree or [])), None)


def check_notmuch(messages):
    (folder / 'notmuch').write_text(f'[database]\npath={sent}\n[user]\nname=x\nprimary_email=x@example.org\n[new]\ntags=\n')
    environment = {**os.environ, 'NOTMUCH_CONFIG': str(folder / 'notmuch')}

    def notmuch(*arguments):
        return subprocess.run(['notmuch', *arguments], env=environment, stdout=subprocess.PIPE, check=True, timeout=120).stdout
    notmuch('new', '--quiet')
    for case, identifier in messages:
        name = case['name']
        message = json.loads(notmuch('show', '--format=json', '--include-html', '--entire-thread=false', f'id:{identifier}').decode(errors='replace'))
        message = the_message(message)
        if not message:
            check(None, identifier, f'{name}: notmuch shows the message')
            continue
        headers = message['headers']
        if case['subject'] is not None:
            check(headers['Subject'].strip(), case['subject'], f'{name}: notmuch reads the subject')
        # notmuch prints names that it has decoded without the quotes that they would need.
        check(unquoted(headers['To']), unquoted(', '.join(address(*one) for one in expected_to(case))), f'{name}: notmuch reads the recipients')
        check(unquoted(headers['From']), unquoted(address(*FROM)), f'{name}: notmuch reads who sent it')
        parts = list(notmuch_parts(message['body']))
        text = next((one.get('content', '') for one in parts if one['content-type'] == 'text/plain' and 'filename' not in one), '')
        if '\0' not in case['text']:
            check_text(case, text, 'notmuch')
        else:
            # notmuch prints a text up to its first NUL only; the whole of it is there.
            number = next(one['id'] for one in parts if one['content-type'] == 'text/plain')
            check_text(case, notmuch('show', '--format=raw', f'--part={number}', f'id:{identifier}').decode(), 'notmuch')
        wanted = expected_parts(case)
        found = [one['filename'] for one in parts if 'filename' in one and one['content-type'] not in ('message/rfc822', 'text/vcard')]
        check(sorted(found), sorted(wanted), f'{name}: notmuch reads the file names')
        for one in parts:
            if one.get('filename') in wanted:
                raw = notmuch('show', '--format=raw', f'--part={one["id"]}', f'id:{identifier}')
                check(raw, wanted[one['filename']][1], f'{name}: notmuch decodes {one["filename"]}')


# Postbag itself

def check_ours(case, data):
    name = case['name']
    try:
        lines = run('mail-detach', '--format', 'json', '--all-parts', '-', data=data).decode().splitlines()
    except subprocess.CalledProcessError as error:
        return check(error.returncode, 0, f'{name}: mail-detach reads it')
    wanted = expected_parts(case)
    found = {one['name']: one for one in map(json.loads, lines) if one['name'] and one['type'] not in ('message/rfc822', 'text/vcard') and (one['attachment'] or one['content_id'])}
    check(sorted(found), sorted(wanted), f'{name}: mail-detach lists the files')
    if wanted:
        saved = folder / 'detached'
        saved.mkdir()
        run('mail-detach', '--all-parts', '--save', str(saved), '-', data=data)
        for file, one in found.items():
            if file in wanted:
                check((saved / one['file']).read_bytes(), wanted[file][1], f'{name}: mail-detach gives {file} back')
        shutil.rmtree(saved)
    shown = run('mail-show', '-', data=data).decode()
    if case['subject'] is not None and len(case['subject']) < 60:
        check(' '.join(f'Subject: {case["subject"]}'.split()) in shown, True, f'{name}: mail-show shows the subject')
    if not case.get('anytext') and len(case['text']) < 60:
        for line in typed(case).replace('\r', '').replace('\0', '').split('\n'):
            check(line.strip() in shown, True, f'{name}: mail-show shows the text')


# mutt and neomutt

def on_terminal(arguments, limit, **environment):
    """Runs a program on a terminal of its own and ends it after `limit` seconds; true when it ended by itself."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder / 'saved')
        os.environ.update(environment)
        os.execvp(arguments[0], arguments)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                if not os.read(terminal, 65536):
                    break
            except OSError:
                break
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    return os.waitpid(pid, 0)[1] == 0


def check_mutt(program, messages):
    out = folder / f'{program}-out'
    shutil.rmtree(folder / 'saved', ignore_errors=True)
    (folder / 'saved').mkdir()
    out.mkdir()
    (folder / 'save').write_text(f'#!/bin/sh\ncat > {out}/$(ls {out} | wc -l)\n')
    (folder / 'save').chmod(0o700)
    settings = ('set charset=utf-8 pipe_decode pipe_split wait_key=no quit=yes mbox_type=Maildir sort=mailbox-order mark_old=no folder=""\n'
                'set record="" save_empty=no wrap=0 header_cache="" reflow_text=no delete=no move=no\nset crypt_use_gpgme=no\n'
                'ignore *\nunignore from to cc subject message-id\n')
    (folder / 'rc').write_text(settings + f'push "<tag-pattern>~A<enter><tag-prefix><pipe-message>{folder}/save<enter><exit>"\n')
    ended = on_terminal([program, '-n', '-F', str(folder / 'rc'), '-f', str(sent)], 60, TERM='xterm', EDITOR='true')
    check(ended, True, f'{program} ends')
    read = {}
    for file in out.iterdir():
        headers, _, body = file.read_bytes().decode('utf-8', 'replace').partition('\n\n')
        fields = {}
        for line in headers.replace('\n ', ' ').replace('\n\t', ' ').split('\n'):
            key, _, value = line.partition(': ')
            fields[key.lower()] = value
        read[fields.get('message-id', '').strip('<>')] = (fields, body)
    for case, identifier in messages:
        name = case['name']
        if identifier not in read:
            check(None, identifier, f'{name}: {program} shows the message')
            continue
        fields, body = read[identifier]
        if case['subject'] is not None:
            # mutt folds what it prints, also where there was no space.
            got, wanted = fields['subject'].strip(), case['subject']
            if len(wanted) > 78:
                got, wanted = got.replace(' ', ''), wanted.replace(' ', '')
            check(got, wanted, f'{name}: {program} reads the subject')
        wanted = case.get('mutt_to') or expected_to(case)
        check(unquoted(fields['to']), unquoted(', '.join(address(*one) for one in wanted)), f'{name}: {program} reads the recipients')
        if not expected_parts(case) and 'message' not in case and 'card' not in case and 'html' not in case:
            # mutt shows a text up to its first NUL.
            check_text({**case, 'text': case['text'].split('\0')[0]}, body, program)
    name = 'Übersicht – 日本 🏳️‍🌈, "final".pdf'
    identifier = next(one for case, one in messages if case['name'] == 'attachments of every kind')
    steps = f'<limit>~i{identifier}<enter><view-attachments><search>bersicht<enter><save-entry><enter><exit><exit>'
    (folder / 'rc').write_text(settings + f'push "{steps}"\n')
    on_terminal([program, '-n', '-F', str(folder / 'rc'), '-f', str(sent)], 30, TERM='xterm', EDITOR='true')
    check(os.listdir(folder / 'saved'), [name], f'{program} saves a file under its name')


for directory in ('cur', 'new', 'tmp'):
    (sent / directory).mkdir(parents=True)
messages = []
for number, one in enumerate(cases):
    try:
        data = make(one)
    except subprocess.CalledProcessError as error:
        check(error.returncode, 0, f'{one["name"]}: is made')
        continue
    (sent / 'cur' / f'{1700000000 + number}.M{number}P1.test:2,S').write_bytes(data)
    messages.append((one, email.message_from_bytes(data)['message-id'].strip().strip('<>')))
    check_python(one, data)
    check_ours(one, data)
if shutil.which('notmuch'):
    check_notmuch(messages)
else:
    count += 1
    print(f'ok {count} - notmuch # SKIP not installed')
for program in ('mutt', 'neomutt'):
    if shutil.which(program):
        check_mutt(program, messages)
    else:
        count += 1
        print(f'ok {count} - {program} # SKIP not installed')
print(f'1..{count}')
sys.exit(failed > 0)
