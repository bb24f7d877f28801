"""The demo's shop over WSGI: basket, checkout, languages, and a policy without inline scripts."""

import re
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen
from wsgiref.util import setup_testing_defaults

import pytest

from utfall.demo import ShopConfig, application, serve
from utfall.demo.shop_words import WORDS


class Visitor:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, language: str = "sv") -> None:
        self._shop = application(ShopConfig(7, "https://go.shop.example"))
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.status = 0
        self._language = language

    def get(self, path: str) -> str:
        return self._ask("GET", path, b"")

    def post(self, path: str, **form: str) -> str:
        return self._ask("POST", path, urlencode(form).encode())

    def _ask(self, method: str, path: str, body: bytes) -> str:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "wsgi.input": BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_ACCEPT_LANGUAGE": self._language,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        setup_testing_defaults(environ)

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            self.status, self.headers = int(status[:3]), dict(headers)
            for name, value in headers:
                if name == "Set-Cookie":
                    kept, _, rest = value.partition("; ")
                    self.cookies[kept.partition("=")[0]] = kept.partition("=")[2]
                    assert "SameSite=Lax" in rest

        return b"".join(self._shop(environ, start)).decode()


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_what_is_bought_is_told_with_its_lines(visitor: Visitor) -> None:
    for sku in ("K-204", "S-007", "S-007"):
        visitor.post("/basket", add=sku)
        assert (visitor.status, visitor.headers["Location"]) == (303, "/basket")
    assert "data-checkout" in visitor.get("/basket")
    assert "data-checkout" in visitor.get("/checkout")
    page = visitor.post("/order", code="KUNG10", email='"><script>eva@example.com')
    assert "&quot;sku&quot;: &quot;K-204&quot;" in page
    assert "&quot;quantity&quot;: 2, &quot;amount&quot;: &quot;358&quot;" in page
    assert "<script>eva" not in page
    assert visitor.cookies["basket"] == ""
    visitor.post("/order")
    assert (visitor.status, visitor.headers["Location"]) == (303, "/basket")


def test_something_is_taken_out_again(visitor: Visitor) -> None:
    visitor.post("/basket", add="K-204")
    visitor.post("/basket", remove="K-204")
    assert visitor.cookies["basket"] == ""
    assert "data-checkout" not in visitor.get("/basket")
    visitor.get("/checkout")
    assert visitor.status == 303


@pytest.mark.parametrize("basket", ["X-999.1", "K-204.0", "<b>", "K-204.1_" * 40])
def test_a_basket_that_is_none_of_ours_is_empty(visitor: Visitor, basket: str) -> None:
    visitor.cookies["basket"] = basket
    assert "data-checkout" not in visitor.get("/basket")


@pytest.mark.parametrize(("accepted", "language"), [("nb-NO", "nb"), ("en-GB,sv", "en"), ("fi", "sv")])
def test_it_speaks_the_visitors_language(accepted: str, language: str) -> None:
    visitor = Visitor(accepted)
    page = visitor.get("/")
    assert f'<html lang="{language}">' in page
    assert WORDS[language]["demo"] in page
    visitor.post("/language/sv")
    assert '<html lang="sv">' in visitor.get("/")


def test_every_language_says_everything() -> None:
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["en"])}


def test_no_page_has_a_script_or_style_of_its_own(visitor: Visitor) -> None:
    visitor.post("/basket", add="J-118")
    for path in ("/", "/goods/J-118", "/basket", "/checkout", "/nowhere"):
        page = visitor.get(path)
        assert "script-src 'self' https://go.shop.example;" in visitor.headers["Content-Security-Policy"]
        assert re.search(r"<script(?! src)|<style| on\w+=|style=", page) is None
        assert 'src="https://go.shop.example/t.js" data-advertiser="7"' in page
    assert visitor.status == 404


def test_it_serves_until_told_to_stop(free_port: int) -> None:
    stop = threading.Event()
    config = ShopConfig(7, "http://127.0.0.1:1", port=free_port)
    thread = threading.Thread(target=serve, args=(config, stop))
    thread.start()
    try:
        for _ in _turns():
            try:
                with urlopen(f"http://127.0.0.1:{free_port}/static/shop.css") as answer:
                    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
                break
            except OSError:
                continue
    finally:
        stop.set()
        thread.join()


def _turns() -> Iterator[int]:
    pause = threading.Event()
    for turn in range(200):
        yield turn
        pause.wait(0.02)
    raise AssertionError("the shop did not answer")
