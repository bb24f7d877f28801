"""A real receiver on this machine: it keeps what it is sent and answers as it was told to.

It is also the clock of these tests: `wait(n)` returns when n calls have come.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_S = 30.0
HERE = ("127.0.0.0/8",)


@dataclass(frozen=True)
class Got:
    """One call."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """What came, and what is answered: `answers` one after the other, then `usual`."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    usual: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hold: threading.Event | None = None
    came: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, number: int) -> list[Got]:
        """Wait until so many calls have come."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.got) >= number, PATIENCE_S), f"{len(self.got)} came"
            return list(self.got)


@contextmanager
def receiving(receiver: Receiver | None = None) -> Iterator[Receiver]:
    """A receiver, listening."""
    told = receiver or Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with told.came:
                told.got.append(Got(self.command, self.path, headers, body))
                status = told.answers.pop(0) if told.answers else told.usual
                told.came.notify_all()
            if told.hold is not None:
                told.hold.wait(PATIENCE_S)
            self.send_response(status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield told
    finally:
        if told.hold is not None:
            told.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()


def until(what: Callable[[], bool]) -> None:
    """Wait for a row instead of a call."""
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)
