"""Guarded calls, against real servers on this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from utfall.portal.outside import Limits, Unreachable, fetch

HERE = ("127.0.0.0/8",)
USUAL = Limits()


class Shop(BaseHTTPRequestHandler):
    """Answers by its path: /to/<address> redirects, /big is large, /slow trickles."""

    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = b"x" * 100_000 if self.path == "/big" else f"you asked {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.path == "/silent":
            threading.Event().wait(3)
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def shop() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def code_of(url: str, limits: Limits = USUAL, reachable: tuple[str, ...] = ()) -> str:
    with pytest.raises(Unreachable) as refused:
        fetch(url, limits, reachable=reachable)
    return refused.value.code


def test_an_allowed_network_is_reached_and_read() -> None:
    with shop() as url:
        fetched = fetch(f"{url}/hello?a=1", Limits(), reachable=HERE)
    assert (fetched.status, fetched.body, fetched.hops) == (200, b"you asked /hello?a=1", ())


def test_this_machine_is_refused_unless_it_is_allowed() -> None:
    with shop() as url:
        assert code_of(url) == "private"
        assert code_of(url.replace("127.0.0.1", "localhost")) == "private"


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[2002:7f00:1::]/",
    ],
)
def test_no_way_of_writing_a_private_address_is_let_through(url: str) -> None:
    assert code_of(url) == "private"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://shop.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("http://user:word@shop.example/", "credentials"),
        ("http://shop.example:22/", "port"),
        ("http://shop.example:99999/", "scheme"),
        ("http://no-such-host.invalid/", "unresolved"),
        ("http://shop.example/\r\nX: y", "scheme"),
    ],
)
def test_what_is_no_address_for_us_is_named(url: str, code: str) -> None:
    assert code_of(url) == code


def test_a_redirect_is_followed_and_remembered() -> None:
    with shop() as url:
        fetched = fetch(f"{url}/to//there", Limits(), reachable=HERE)
    assert (fetched.url, fetched.hops) == (f"{url}/there", (f"{url}/to//there",))


def test_a_redirect_to_a_private_address_is_refused() -> None:
    with shop() as url:
        assert code_of(f"{url}/to/http://10.1.2.3/", reachable=HERE) == "private"
        assert code_of(f"{url}/to/file:///etc/passwd", reachable=HERE) == "scheme"


def test_redirects_without_end_are_given_up() -> None:
    with shop() as url:
        assert code_of(f"{url}/to/" + "/to/" * 9, Limits(redirects=3), HERE) == "redirects"


def test_a_body_beyond_the_limit_is_refused() -> None:
    with shop() as url:
        assert code_of(f"{url}/big", Limits(max_bytes=99_999), HERE) == "too_large"
        assert len(fetch(f"{url}/big", Limits(max_bytes=100_000), reachable=HERE).body) == 100_000


def test_a_body_can_be_stored_in_pieces() -> None:
    pieces: list[bytes] = []
    with shop() as url:
        fetched = fetch(f"{url}/big", Limits(), reachable=HERE, store=pieces.append)
    assert (fetched.body, sum(map(len, pieces))) == (b"", 100_000)


def test_a_server_that_says_nothing_is_given_up() -> None:
    with shop() as url:
        assert code_of(f"{url}/silent", Limits(timeout_s=0.3), HERE) == "timeout"


def test_nobody_listening_is_refused() -> None:
    with shop() as url:
        pass
    assert code_of(url, reachable=HERE) == "refused"


def test_a_server_without_tls_is_named() -> None:
    with shop() as url:
        assert code_of(url.replace("http:", "https:"), reachable=HERE) == "tls"
