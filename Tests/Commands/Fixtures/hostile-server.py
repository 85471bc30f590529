"""A mail server that misbehaves: hostile-server.py PORT MODE [ARGUMENT] [--tls CERTIFICATE KEY] [--starttls CERTIFICATE KEY].

Modes:
  good                  takes everything (550 for refused@, 450 for later@)
  silent                never says a word
  slow                  one byte a second
  end STAGE             closes the connection instead of answering at STAGE
  421 STAGE             answers 421 at STAGE and closes the connection
  injects               an answer comes along with the one to STARTTLS
  endless               the greeting never ends
  long                  the greeting is one endless line
  web                   speaks another protocol
  twice                 answers everything twice
Stages: greeting EHLO STARTTLS AUTH MAIL RCPT DATA message QUIT.

What it is told is written to standard output; `ready` goes to standard error when it listens.
"""
import socket, ssl, sys, threading, time

arguments = sys.argv[1:]
tls = starttls = None
for option in ('--tls', '--starttls'):
    if option in arguments:
        place = arguments.index(option)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments[place + 1], arguments[place + 2])
        if option == '--tls':
            tls = context
        else:
            starttls = context
        del arguments[place:place + 3]
port, mode, stage = int(arguments[0]), arguments[1], (arguments + ['', ''])[2]


class Over(Exception):
    pass


def serve(connection):
    try:
        talk(connection)
    except (Over, OSError, ssl.SSLError):
        pass
    finally:
        connection.close()


def talk(connection):
    if tls:
        connection = tls.wrap_socket(connection, server_side=True)
    lines = connection.makefile('rb')

    def say(text, at):
        if mode == 'silent':
            time.sleep(600)
        if mode == 'end' and stage == at:
            raise Over
        if mode == '421' and stage == at:
            connection.sendall(b'421 4.3.2 closing for today\r\n')
            connection.shutdown(socket.SHUT_WR)
            # What was sent meanwhile is read, so that nothing is reset before the client has seen why.
            connection.settimeout(2)
            while connection.recv(65536):
                pass
            raise Over
        reply = text.encode() + b'\r\n'
        if mode == 'twice':
            reply *= 2
        if mode == 'slow':
            for byte in reply:
                connection.sendall(bytes([byte]))
                time.sleep(1)
        else:
            connection.sendall(reply)

    if mode == 'endless':
        while True:
            connection.sendall(b'220-and more\r\n' * 100)
    if mode == 'long':
        while True:
            connection.sendall(b'220 ' + b'x' * 10000)
    if mode == 'web':
        say('HTTP/1.1 400 Bad Request', 'greeting')
        raise Over
    say('220 hostile.example.org ESMTP', 'greeting')
    hidden = False
    while True:
        line = lines.readline()
        if not line:
            return
        print(line.decode(errors='replace').rstrip(), flush=True)
        verb = line.split()[0].upper().decode() if line.split() else ''
        if verb in ('EHLO', 'HELO', 'LHLO'):
            offers = ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'DSN']
            if (starttls or mode == 'injects') and not hidden:
                offers.append('STARTTLS')
            offers.append('AUTH PLAIN LOGIN')
            say('\r\n'.join(['250-hostile.example.org'] + ['250-' + offer for offer in offers[:-1]] + ['250 ' + offers[-1]]), verb if stage != 'EHLO' else 'EHLO')
        elif verb == 'STARTTLS':
            if mode == 'injects':
                connection.sendall(b'220 go ahead\r\n250-hostile.example.org\r\n250 AUTH PLAIN\r\n')
            else:
                say('220 go ahead', verb)
            if not starttls:
                continue
            connection = starttls.wrap_socket(connection, server_side=True)
            lines = connection.makefile('rb')
            hidden = True
        elif verb == 'AUTH':
            say('235 2.7.0 welcome', verb)
        elif verb == 'DATA':
            say('354 go on', verb)
            size = 0
            while True:
                line = lines.readline()
                if not line:
                    return
                size += len(line)
                if line == b'.\r\n':
                    break
                print('| ' + line.decode(errors='replace').rstrip('\r\n'), flush=True)
            print(f'({size} bytes)', flush=True)
            say('250 2.0.0 taken', 'message')
        elif verb == 'QUIT':
            say('221 2.0.0 bye', verb)
            return
        elif verb == 'RCPT' and b'refused@' in line:
            say('550 5.1.1 no such user', verb)
        elif verb == 'RCPT' and b'later@' in line:
            say('450 4.2.0 come again', verb)
        else:
            say('250 2.0.0 ok', verb)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('127.0.0.1', port))
listener.listen(50)
print('ready', file=sys.stderr, flush=True)
while True:
    client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=serve, args=(client,), daemon=True).start()
