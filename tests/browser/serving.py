"""The portal in a thread of the test's own process, so that a test can seed it and a browser can use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from utfall.edge.views import PIXEL


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


class Points(BaseHTTPRequestHandler):
    """An edge whose creatives are all a single point, wherever it stands."""

    def do_GET(self) -> None:
        """Answer with a picture."""
        self.send_response(200)
        self.send_header("Content-Type", "image/gif")
        self.send_header("Content-Length", str(len(PIXEL)))
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def points_served() -> Iterator[str]:
    """The address of a proxy by which a browser reaches such an edge.

    A browser that hands its requests to the test instead (`route`) keeps nothing that it has fetched, and
    would read the same scripts again for every page.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), Points) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
