"""The outside world of mail-setup, on loopback: the web (autoconfig, OAuth2) over TLS, and a name server.

setup-server.py FOLDER CERTIFICATE KEY: writes its ports to FOLDER/ports (web, names). FOLDER/web/… are documents; FOLDER/mode
says how the token endpoint behaves; FOLDER/forms gets the forms that were sent; FOLDER/names has lines such as
`_submissions._tcp.example.org SRV 0 1 465 localhost` and `example.org MX 10 mx.example.net`.
"""
import base64
import hashlib
import http.server
import json
import os
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse

folder, certificate, key = sys.argv[1:4]
state = {"number": 0, "challenge": None, "redirect": None, "polls": 0}
lock = threading.Lock()


def mode():
    try:
        with open(f"{folder}/mode") as file:
            return file.read().strip()
    except FileNotFoundError:
        return "good"


def tokens(lifetime=3600):
    state["number"] += 1
    number = state["number"]
    return 200, {
        "access_token": f"access-{number}", "token_type": "Bearer", "expires_in": lifetime,
        "refresh_token": f"refresh-{number}",
    }


def refused(code, text=""):
    return 400, {"error": code, "error_description": text}


def token(form):
    kind = form.get("grant_type")
    if form.get("client_id") != "client" or form.get("client_secret") != "secret & more":
        return refused("invalid_client")
    lifetime = 30 if mode() == "short" else 3600
    if kind == "authorization_code":
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if form.get("code") != "the code/+" or challenge != state["challenge"]:
            return refused("invalid_grant", "the proof is wrong")
        if form.get("redirect_uri") != state["redirect"]:
            return refused("invalid_grant", "another redirect")
        return tokens(lifetime)
    if kind == "refresh_token":
        if mode() == "revoked" or form.get("refresh_token") != f"refresh-{state['number']}":
            return refused("invalid_grant", "the token was revoked")
        time.sleep(0.2)
        return tokens(lifetime)
    if kind == "urn:ietf:params:oauth:grant-type:device_code" and form.get("device_code") == "device 1":
        state["polls"] += 1
        if state["polls"] == 1:
            return refused("authorization_pending")
        return refused("access_denied", "no\x1b[31m") if mode() == "denied" else tokens(lifetime)
    return refused("unsupported_grant_type")


class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *arguments):
        pass

    def reply(self, status, body, kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/slow":
            time.sleep(60)
        elif url.path == "/endless":
            self.send_response(200)
            self.end_headers()
            for _ in range(4000):
                self.wfile.write(b"<a>" * 1000)
        elif url.path == "/clear":
            self.reply(302, b"", Location=f"http://127.0.0.1:{clear.server_port}/config.xml")
        elif url.path == "/authorize":
            if query.get("response_type") != "code" or query.get("code_challenge_method") != "S256":
                return self.reply(400, b"wrong request")
            state["challenge"], state["redirect"] = query["code_challenge"], query["redirect_uri"]
            with open(f"{folder}/authorized", "w") as file:
                json.dump(query, file)
            answer = {"state": query["state"], "code": "the code/+"}
            if mode() == "denied":
                answer = {"state": query["state"], "error": "access_denied", "error_description": "no\x1b[31m"}
            self.reply(302, b"", Location=query["redirect_uri"] + "?" + urllib.parse.urlencode(answer))
        else:
            try:
                with open(f"{folder}/web{url.path}", "rb") as file:
                    self.reply(200, file.read(), "text/xml")
            except OSError:
                self.reply(404, b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with open(f"{folder}/forms", "a") as file:
            file.write(body + "\n")
        if mode() == "broken":
            return self.reply(500, b"<html>")
        if mode() == "nonsense":
            return self.reply(200, b'{"access_token": "a\\r\\nb"}')
        form = dict(urllib.parse.parse_qsl(body))
        with lock:
            if self.path == "/device":
                state["polls"] = 0
                status, answer = 200, {
                    "device_code": "device 1", "user_code": "WDJB-MJHT", "interval": 1, "expires_in": 60,
                    "verification_uri": "https://example.org/device",
                }
            else:
                status, answer = token(form)
        self.reply(status, json.dumps(answer).encode())


def name(text):
    return b"".join(bytes([len(part)]) + part.encode() for part in text.split(".") if part) + b"\0"


def answer(query):
    place, labels = 12, []
    while query[place]:
        labels.append(query[place + 1:place + 1 + query[place]].decode())
        place += query[place] + 1
    kind = struct.unpack(">H", query[place + 1:place + 3])[0]
    asked, records = ".".join(labels), []
    with open(f"{folder}/names") as file:
        for line in file:
            words = line.split()
            if words[0].lower() != asked.lower():
                continue
            if words[1] == "SRV" and kind == 33:
                records.append(struct.pack(">HHH", *map(int, words[2:5])) + name(words[5]))
            if words[1] == "MX" and kind == 15:
                records.append(struct.pack(">H", int(words[2])) + name(words[3]))
    head = query[:2] + struct.pack(">HHHHH", 0x8180 if records else 0x8183, 1, len(records), 0, 0)
    body = query[12:place + 5]
    for record in records:
        body += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(record)) + record
    return head + body


def serve_names(listener):
    while True:
        query, peer = listener.recvfrom(4096)
        listener.sendto(answer(query), peer)


open(f"{folder}/names", "a").close()
names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names.bind(("127.0.0.1", 0))
threading.Thread(target=serve_names, args=(names,), daemon=True).start()
web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
web.daemon_threads = True
clear = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
clear.daemon_threads = True
threading.Thread(target=clear.serve_forever, daemon=True).start()
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
web.socket = context.wrap_socket(web.socket, server_side=True)
with open(f"{folder}/ports.new", "w") as file:
    file.write(f"{web.server_port} {names.getsockname()[1]}\n")
os.rename(f"{folder}/ports.new", f"{folder}/ports")
web.serve_forever()
