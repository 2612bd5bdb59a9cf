"""A mail server of our own, as much of SMTP as a client needs; and what it took in, as messages."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Session(socketserver.StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            command = line.split(b":")[0].split(b" ")[0].strip().upper().decode()
            if command in self.server.behaviour:
                answer = self.server.behaviour[command]
                if answer is None:
                    return
                self.say(answer)
            elif command == "EHLO":
                self.say("250-here\r\n250 8BITMIME")
            elif command == "DATA":
                self.say("354 go on")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.say(self.server.behaviour.get("END") or "250 taken")
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """`behaviour` answers instead of us: {command: answer}, None closes the connection."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails: list[bytes] = []
        self.behaviour: dict[str, str | None] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def read(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=policy.default) for each in self.mails]


@contextmanager
def listening() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
