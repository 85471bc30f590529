"""Runs a command on a terminal of its own and types answers: answers.py SCRIPT COMMAND…

Each line of SCRIPT is `what is waited for|what is typed` (^C, ^D and ^Z are those keys). Prints all that the terminal showed, and
exits as the command does; 99 when what is waited for doesn't come within 15 seconds.
"""
import os
import pty
import select
import sys
import time

with open(sys.argv[1]) as file:
    steps = [line.rstrip("\n").split("|", 1) for line in file if "|" in line]
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown, seen = b"", 0
end = time.monotonic() + 15
while time.monotonic() < end:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    if steps:
        wanted, answer = steps[0]
        place = shown.find(wanted.encode(), seen)
        if place >= 0:
            steps.pop(0)
            seen = place + len(wanted)
            keys = {"^C": b"\x03", "^D": b"\x04", "^Z": b"\x1a"}
            os.write(terminal, keys.get(answer, answer.encode() + b"\n"))
            end = time.monotonic() + 15
else:
    sys.stdout.buffer.write(shown)
    os.kill(child, 9)
    sys.exit(99)
sys.stdout.buffer.write(shown.replace(b"\r", b""))
_, status = os.waitpid(child, 0)
sys.exit(99 if steps else os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
