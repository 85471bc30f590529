#!/usr/bin/env python3
"""Runs a command on a pseudo-terminal and talks to it as a person would.

    terminal.py [-t SECONDS] [-o FILE] [-e FILE] STEP... -- COMMAND...

Steps, in order: 'expect:TEXT' waits until the terminal shows TEXT (behind what was shown at the last expect), 'send:TEXT'
types TEXT (\\n, \\x03 and so on mean what they mean in Python), 'file:PATH' waits until there is such a file, 'sleep:SECONDS',
'kill:SIGNAL' sends a signal to the command, 'pidfile:SIGNAL:PATH' to the process whose number PATH holds, 'hangup' closes the
terminal. Then the end of the command is waited for. With -o standard output is FILE instead of the terminal.

What the terminal received goes to standard output; the exit status is the command's, 128 and more for a signal, 124 when
something didn't come in time."""
import ast, os, pty, select, signal, sys, time

arguments = sys.argv[1:]
limit, output, errors = 10.0, None, None
while arguments and arguments[0] in ('-t', '-o', '-e'):
    option, value, arguments = arguments[0], arguments[1], arguments[2:]
    if option == '-t':
        limit = float(value)
    elif option == '-o':
        output = value
    else:
        errors = value
split = arguments.index('--')
steps, command = arguments[:split], arguments[split + 1:]

child, master = pty.fork()
if child == 0:
    for name, number in ((output, 1), (errors, 2)):
        if name:
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.execvp(command[0], command)

shown, place, isOpen, status = b'', 0, True, None


def read(patience):
    global shown, isOpen
    if not isOpen:
        time.sleep(patience)
        return
    if select.select([master], [], [], patience)[0]:
        try:
            data = os.read(master, 65536)
        except OSError:
            data = b''
        if not data:
            isOpen = False
        shown += data


def fail(text):
    sys.stdout.buffer.write(shown)
    print('\nterminal.py: %s' % text)
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    sys.exit(124)


def ended():
    global status
    if status is None:
        pid, result = os.waitpid(child, os.WNOHANG)
        if pid:
            status = os.waitstatus_to_exitcode(result)
            status = 128 - status if status < 0 else status
    return status is not None


for step in steps:
    kind, _, text = step.partition(':')
    end = time.monotonic() + limit
    if kind == 'expect':
        wanted = text.encode()
        while shown.find(wanted, place) < 0:
            if time.monotonic() > end or (ended() and not isOpen):
                fail('no %r' % text)
            read(0.05)
        place = shown.find(wanted, place) + len(wanted)
    elif kind == 'send':
        os.write(master, ast.literal_eval('"""%s"""' % text.replace('"', '\\"')).encode())
    elif kind == 'file':
        while not os.path.exists(text):
            if time.monotonic() > end:
                fail('no file %s' % text)
            read(0.02)
    elif kind == 'sleep':
        end = time.monotonic() + float(text)
        while time.monotonic() < end:
            read(0.05)
    elif kind == 'kill':
        os.kill(child, getattr(signal, 'SIG' + text))
    elif kind == 'pidfile':
        name, _, path = text.partition(':')
        os.kill(int(open(path).read()), getattr(signal, 'SIG' + name))
    elif kind == 'hangup':
        os.close(master)
        isOpen = False
    else:
        fail('unknown step %s' % step)

end = time.monotonic() + limit
while not ended():
    if time.monotonic() > end:
        fail('it goes on')
    read(0.02)
while isOpen and select.select([master], [], [], 0.05)[0]:
    read(0)
sys.stdout.buffer.write(shown.replace(b'\r', b''))
sys.stdout.flush()
sys.exit(status)
