#!/usr/bin/env python3
"""Servers for tests. Each line of standard input starts one, whose port is printed:

    echo|tls|starttls|inject|silent|slow|flood|cut|truncate|socks [name=value...]

and a port number alone stops the one there. Values are percent-encoded. The names:

cert, key, ca (asks for a client certificate), max (newest version of TLS), family (6), user and password (socks),
path (a socket of the file system), pause (seconds between the bytes of slow).
"""
import os, socket, ssl, struct, sys, threading, time, urllib.parse, warnings

warnings.simplefilter("ignore")
names = {}


def context(options):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(options["cert"], options["key"])
    if "ca" in options:
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(options["ca"])
    if options.get("max") == "1.2":
        made.maximum_version = ssl.TLSVersion.TLSv1_2
    if options.get("max") == "1.1":
        made.minimum_version = ssl.TLSVersion.TLSv1
        made.maximum_version = ssl.TLSVersion.TLSv1_1
        made.set_ciphers("ALL:@SECLEVEL=0")
    made.sni_callback = lambda connection, name, _: names.__setitem__(connection, name)
    return made


def echo(connection):
    """Answers each line with itself; a few words ask for facts."""
    for line in connection.makefile("rb"):
        word = line.strip()
        if word == b"sni":
            line = (names.get(connection) or "none").encode() + b"\n"
        elif word == b"unique":
            line = connection.get_channel_binding("tls-unique").hex().encode() + b"\n"
        elif word == b"client":
            line = dict(x[0] for x in connection.getpeercert()["subject"])["organizationName"].encode() + b"\n"
        elif word == b"bye":
            return
        connection.sendall(line)


def serve(connection, mode, options, shared):
    def encrypted(connection):
        return shared.wrap_socket(connection, server_side=True)

    if mode == "echo":
        echo(connection)
    elif mode == "tls":
        with encrypted(connection) as safe:
            echo(safe)
    elif mode in ("starttls", "inject"):
        connection.sendall(b"220 ready\r\n")
        line = connection.makefile("rb").readline()
        connection.sendall(b"220 go on\r\n" + (b"250 injected\r\n" if mode == "inject" else b""))
        with encrypted(connection) as safe:
            echo(safe)
    elif mode == "silent":
        time.sleep(60)
    elif mode == "slow":
        while True:
            connection.sendall(b"x")
            time.sleep(float(options.get("pause", "0.05")))
    elif mode == "flood":
        while True:
            connection.sendall(b"x" * 65536)
    elif mode == "cut":
        connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif mode == "truncate":
        safe = encrypted(connection)
        safe.sendall(b"half a li")
        os.close(safe.detach())
    elif mode == "socks":
        socks(connection, options)


def exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def socks(connection, options):
    methods = exactly(connection, exactly(connection, 2)[1])
    if "user" in options:
        if 2 not in methods:
            return connection.sendall(b"\x05\xff")
        connection.sendall(b"\x05\x02")
        name = exactly(connection, exactly(connection, 2)[1])
        password = exactly(connection, exactly(connection, 1)[0])
        good = (name.decode(), password.decode()) == (options["user"], options["password"])
        connection.sendall(b"\x01" + (b"\x00" if good else b"\x01"))
        if not good:
            return
    else:
        connection.sendall(b"\x05\x00")
    kind = exactly(connection, 4)[3]
    if kind == 3:
        host = exactly(connection, exactly(connection, 1)[0]).decode()
    else:
        host = socket.inet_ntop(*((socket.AF_INET, exactly(connection, 4)) if kind == 1 else (socket.AF_INET6, exactly(connection, 16))))
    port = struct.unpack(">H", exactly(connection, 2))[0]
    if host == "refused.example":
        return connection.sendall(b"\x05\x05\x00\x01" + bytes(6))
    # A name that only the proxy knows.
    target = socket.create_connection(("127.0.0.1" if host.endswith(".example") else host, port))
    connection.sendall(b"\x05\x00\x00\x03\x05proxy" + bytes(2))
    threading.Thread(target=pump, args=(target, connection), daemon=True).start()
    pump(connection, target)


def pump(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def handle(connection, *rest):
    try:
        serve(connection, *rest)
    except (OSError, EOFError):
        pass
    finally:
        connection.close()


def accept(listener, *rest):
    try:
        while True:
            threading.Thread(target=handle, args=(listener.accept()[0], *rest), daemon=True).start()
    except OSError:
        pass


def listen(options):
    if "path" in options:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(options["path"])
    else:
        listener = socket.socket(socket.AF_INET6 if options.get("family") == "6" else socket.AF_INET)
        listener.bind(("::1" if options.get("family") == "6" else "127.0.0.1", 0))
    listener.listen(16)
    return listener


listeners = {}
for line in sys.stdin:
    words = [urllib.parse.unquote(word) for word in line.split()]
    if words[0].isdigit():
        stopped = listeners.pop(int(words[0]))
        stopped.shutdown(socket.SHUT_RDWR)
        stopped.close()
        print("stopped", flush=True)
        continue
    options = dict(word.split("=", 1) for word in words[1:])
    listener = listen(options)
    port = 0 if "path" in options else listener.getsockname()[1]
    listeners[port] = listener
    shared = context(options) if "cert" in options else None
    threading.Thread(target=accept, args=(listener, words[0], options, shared), daemon=True).start()
    print(port, flush=True)
os._exit(0)
