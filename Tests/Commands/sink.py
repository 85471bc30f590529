#!/usr/bin/python3
"""A mail server for tests that keeps what it gets: sink.py FOLDER

FOLDER/port gets the number of the port on 127.0.0.1. Each message becomes FOLDER/mail/N: the envelope as lines
"MAIL …" and "RCPT …", an empty line, the message as it came. FOLDER/log has a line for each connection and command.
FOLDER/mode, read for each command, may say
  drop      take the message, keep it, and close the connection in the place of the answer
  refuse    answer 421 to every connection
  slow      answer the end of a message after a second
  login     want a login (user ada, password secret)
Recipients nobody@ are unknown (550), later@ may come again (451), full@ are full (552).
"""
import base64, os, socketserver, sys, threading, time

folder = sys.argv[1]
os.makedirs(folder + "/mail", exist_ok=True)
lock = threading.Lock()
count = 0


def mode():
    try:
        return open(folder + "/mode").read().strip()
    except OSError:
        return ""


class Session(socketserver.StreamRequestHandler):
    wbufsize = 0

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def log(self, text):
        with lock, open(folder + "/log", "a") as log:
            log.write(text + "\n")

    def handle(self):
        try:
            self.session()
        except (ConnectionError, BrokenPipeError):
            pass

    def session(self):
        self.log("connection")
        if mode() == "refuse":
            self.say("421 4.3.2 not now")
            return
        self.say("220 sink.example.org ESMTP")
        envelope, recipients = [], 0
        while True:
            line = self.rfile.readline()
            if not line:
                return
            words = line.strip().decode("utf-8", "replace")
            verb = words.upper().split(" ")[0]
            self.log(words)
            if verb in ("EHLO", "LHLO"):
                for word in ("sink.example.org", "PIPELINING", "8BITMIME", "DSN", "ENHANCEDSTATUSCODES", "AUTH PLAIN"):
                    self.say("250-" + word)
                self.say("250 SIZE 100000000")
            elif verb == "AUTH":
                good = base64.b64decode(words.split(" ")[2]) == b"\0ada\0secret"
                self.say("235 2.7.0 welcome" if good else "535 5.7.8 wrong password")
            elif verb == "MAIL":
                envelope, recipients = [words], 0
                self.say("250 2.1.0 ok")
            elif verb == "RCPT":
                if "<nobody@" in words:
                    self.say("550 5.1.1 no such user")
                elif "<later@" in words:
                    self.say("451 4.2.1 try again later")
                elif "<full@" in words:
                    self.say("552 5.2.2 mailbox full")
                else:
                    envelope.append(words)
                    recipients += 1
                    self.say("250 2.1.5 ok")
            elif verb == "DATA":
                if not recipients:
                    self.say("554 5.5.1 no valid recipients")
                    continue
                self.say("354 go ahead")
                if not self.message(envelope):
                    return
            elif verb == "QUIT":
                self.say("221 2.0.0 bye")
                return
            else:
                self.say("250 2.0.0 ok")

    def message(self, envelope):
        global count
        lines = []
        while True:
            line = self.rfile.readline()
            if not line:
                return False
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        with lock:
            count += 1
            path = "%s/mail/%d" % (folder, count)
            with open(path + ".new", "wb") as file:
                file.write("\n".join(envelope).encode() + b"\n\n" + b"".join(lines))
            os.rename(path + ".new", path)
        if mode() == "drop":
            return False
        if mode() == "slow":
            time.sleep(1)
        self.say("250 2.0.0 taken")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Session)
with open(folder + "/port.new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(folder + "/port.new", folder + "/port")


def watch(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()
server.serve_forever()
