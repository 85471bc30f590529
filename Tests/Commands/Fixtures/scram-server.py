"""A submission server that knows SCRAM and nothing else, written against RFC 5802 alone: scram-server.py CERTIFICATE KEY MODE

Prints its port, then what it was told; user ada, password "secret word". TLS 1.2, so that Python can give tls-unique.

  good     SCRAM-SHA-256, without channel binding
  plus     SCRAM-SHA-256-PLUS and SCRAM-SHA-1-PLUS too, bound to this connection
  strip    the offer of -PLUS was struck from the list by somebody between
  relay    -PLUS, bound to another connection: somebody between holds the other end
  forged   takes whatever proof there is, and can't prove itself
  hurry    says yes before it has proved anything
  rounds   wants two thousand million iterations
  nonce    answers with a nonce of its own
  refuses  says that the proof is wrong
"""
import base64, hashlib, hmac, os, socket, ssl, sys

certificate, key, mode = sys.argv[1:4]
PASSWORD = b"secret word"
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.load_cert_chain(certificate, key)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)


def encode(data):
    return base64.b64encode(data).decode()


def serve(connection):
    lines = connection.makefile("rb")

    def say(text):
        connection.sendall(text.encode() + b"\r\n")

    def hear():
        line = lines.readline().decode()
        if not line:
            raise EOFError
        print(line.rstrip("\r\n"), flush=True)
        return line.rstrip("\r\n")

    def ask(text):
        say("334 " + encode(text.encode()))
        answer = hear()
        if answer == "*":
            say("501 5.7.0 cancelled")
            raise PermissionError
        return base64.b64decode(answer).decode()

    def log_in(mechanism, initial):
        function = "sha1" if "SHA-1" in mechanism else "sha256"
        first = base64.b64decode(initial).decode()
        flag, _, bare = first.split(",", 2)
        if mode == "hurry":
            return say("235 2.7.0 welcome")
        if flag == "y" and mode == "strip":
            # We do bind: whoever doesn't know that has been told a lie.
            print("downgrade", flush=True)
            return say("535 5.7.8 somebody is between us")
        nonce = ("own" if mode == "nonce" else dict(x.split("=", 1) for x in bare.split(","))["r"]) + encode(os.urandom(9))
        salt, rounds = os.urandom(12), 2_000_000_000 if mode == "rounds" else 4096
        challenge = f"r={nonce},s={encode(salt)},i={rounds}"
        final = ask(challenge)
        without, proof = final.rsplit(",p=", 1)
        message = f"{bare},{challenge},{without}".encode()
        salted = hashlib.pbkdf2_hmac(function, PASSWORD, salt, rounds)
        client = hmac.digest(salted, b"Client Key", function)
        signature = hmac.digest(hashlib.new(function, client).digest(), message, function)
        good = bytes(a ^ b for a, b in zip(client, signature)) == base64.b64decode(proof)
        bound = f"{flag},,".encode()
        if flag.startswith("p="):
            print("bound by", flag[2:], flush=True)
            bound += b"another connection" if mode == "relay" else connection.get_channel_binding(flag[2:])
        if dict(x.split("=", 1) for x in without.split(","))["c"] != encode(bound):
            ask("e=channel-bindings-dont-match")
            return say("535 5.7.8 no")
        if mode == "refuses" or (not good and mode != "forged"):
            ask("e=invalid-proof")
            return say("535 5.7.8 no")
        own = os.urandom(32) if mode == "forged" else hmac.digest(hmac.digest(salted, b"Server Key", function), message, function)
        ask("v=" + encode(own))
        say("235 2.7.0 welcome")

    say("220 ready")
    while True:
        word = hear()
        command = word.split()[0].upper()
        if command == "EHLO":
            offer = "SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS " if mode in ("plus", "relay") else ""
            say(f"250-mail.example.org\r\n250 AUTH {offer}SCRAM-SHA-256")
        elif command == "AUTH":
            try:
                log_in(*word.split()[1:3])
            except PermissionError:
                pass
        elif command == "DATA":
            say("354 go on")
            while hear() != ".":
                pass
            say("250 2.0.0 taken")
        elif command == "QUIT":
            return say("221 bye")
        else:
            say("250 2.0.0 fine")


while True:
    raw, _ = listener.accept()
    try:
        serve(context.wrap_socket(raw, server_side=True))
    except (OSError, EOFError):
        pass
