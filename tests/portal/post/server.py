"""A mail server for tests: a real one, on a real port, that accepts what it is told to accept."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What the server took, and how it answers."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    """Recipients with the answer they get."""
    greets: str = "220 ready"
    sessions: int = 0


class Session(socketserver.StreamRequestHandler):
    """One connection: as much of RFC 5321 as a client needs."""

    server: "Server"

    def handle(self) -> None:
        self.server.mailbox.sessions += 1
        self.say(self.server.mailbox.greets)
        for line in self.rfile:
            if not self.obey(line.decode().strip()):
                return

    def obey(self, line: str) -> bool:
        verb = line[:4].upper()
        match verb:
            case "EHLO" | "HELO":
                self.say("250 mail.test")
            case "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self.say(self.server.mailbox.refuses.get(address, "250 fine"))
            case "DATA":
                self.say("354 go on")
                self.take()
            case "QUIT":
                self.say("221 bye")
                return False
            case _:
                self.say("250 fine")
        return True

    def take(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.mailbox.messages.append(message)
        self.say("250 taken")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    """The server on a free port of the loopback address."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        super().__init__(("127.0.0.1", mailbox.port), Session)
        mailbox.port = self.server_address[1]


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[Mailbox]:
    """A mail server while the block runs."""
    with Server(mailbox) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
