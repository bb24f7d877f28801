"""The portal in a thread of the test's own process, so that a test can seed it and a browser can use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class Server(ThreadedWSGIServer):
    """Requests side by side, as in production."""

    request_queue_size = 128
    """A browser asks for all of a page at once; the kernel resets what finds the queue full."""


class Quiet(WSGIRequestHandler):
    """Requests are not worth a line each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(port: int = 0) -> Iterator[str]:
    """Where the portal answers: `http://localhost:…`, a name that passkeys are allowed for."""
    server = Server(("127.0.0.1", port), Quiet)
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
