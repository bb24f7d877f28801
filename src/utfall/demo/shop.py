"""A small shop: three things, a basket, a checkout and a thank-you page, with our tag and a consent banner.

Nothing is kept on the server: the basket is in a cookie that the shop needs, the consent in another.
"""

import secrets
import threading
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from socketserver import ThreadingMixIn
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from utfall.demo import drawing
from utfall.demo.goods import BY_SKU, put_in, read_basket, take_out, write_basket
from utfall.demo.shop_words import WORDS, language_of
from utfall.demo.visit import ShopConfig, Visit

FORM_BYTES: Final = 4096
BASKET: Final = "basket"
LANGUAGE: Final = "shop_language"
_FILES: Final = {"shop.css": "text/css", "shop.js": "text/javascript"} | {
    f"{name}.svg": "image/svg+xml" for name in ("boots", "jacket", "socks")
}

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]


class Answer(NamedTuple):
    """What the shop says: a page, or the way to another one; and the cookies that change."""

    body: str = ""
    status: str = "200 OK"
    location: str = ""
    cookies: tuple[tuple[str, str], ...] = ()


def application(config: ShopConfig) -> Application:
    """The shop as a WSGI application."""

    def answer(environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        name = path.removeprefix("/static/")
        if path.startswith("/static/") and name in _FILES:
            headers = [("Content-Type", f"{_FILES[name]}; charset=utf-8"), ("Cache-Control", "max-age=300")]
            start("200 OK", [*headers, ("X-Content-Type-Options", "nosniff")])
            return [drawing.file(name)]
        told = _answered(_visit(config, environ, path))
        start(told.status, [*_headers(config, told)])
        return [told.body.encode()]

    return answer


def serve(config: ShopConfig, stop: threading.Event) -> None:
    """Serve the shop until told to stop."""
    with make_server(config.host, config.port, application(config), _Threads, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        stop.wait()
        server.shutdown()
        thread.join()


class _Threads(ThreadingMixIn, WSGIServer):
    """A thread for each request: a browser holds several connections open."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Visits are not worth a line each."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _visit(config: ShopConfig, environ: Environ, path: str) -> Visit:
    cookies = _cookies(environ.get("HTTP_COOKIE", ""))
    language = language_of(
        cookies.get(LANGUAGE, ""), environ.get("HTTP_ACCEPT_LANGUAGE", ""), config.language
    )
    return Visit(
        config=config,
        method=environ.get("REQUEST_METHOD", "GET"),
        path=path,
        form=_form(environ),
        basket=read_basket(cookies.get(BASKET, "")),
        language=language,
    )


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _form(environ: Environ) -> dict[str, str]:
    length = environ.get("CONTENT_LENGTH") or "0"
    if environ.get("REQUEST_METHOD") != "POST" or not length.isdecimal() or int(length) > FORM_BYTES:
        return {}
    told = environ["wsgi.input"].read(int(length)).decode("utf-8", "replace")
    return {name: values[0] for name, values in parse_qs(told).items()}


def _answered(visit: Visit) -> Answer:
    """The page that a visit asks for. What changes something is a POST, and leads on."""
    match visit.method, visit.path.strip("/").split("/"):
        case "POST", ["basket"]:
            return _changed(visit)
        case "POST", ["order"]:
            return _ordered(visit)
        case "POST", ["language", language] if language in WORDS:
            return Answer(status="303 See Other", location="/", cookies=((LANGUAGE, language),))
        case (("GET" | "HEAD"), [""]):
            return Answer(drawing.shelf(visit))
        case (("GET" | "HEAD"), ["goods", sku]) if sku in BY_SKU:
            return Answer(drawing.goods(visit, BY_SKU[sku]))
        case (("GET" | "HEAD"), ["basket"]):
            return Answer(drawing.basket(visit))
        case (("GET" | "HEAD"), ["checkout"]) if visit.basket:
            return Answer(drawing.checkout(visit))
        case (("GET" | "HEAD"), ["checkout"]):
            return Answer(status="303 See Other", location="/basket")
    return Answer(drawing.nothing(visit), "404 Not Found")


def _changed(visit: Visit) -> Answer:
    added, removed = visit.form.get("add", ""), visit.form.get("remove", "")
    lines = take_out(put_in(visit.basket, added), removed)
    return Answer(status="303 See Other", location="/basket", cookies=((BASKET, write_basket(lines)),))


def _ordered(visit: Visit) -> Answer:
    """The thank-you page. It tells of the order once: told again, the tag and the edge know it."""
    if not visit.basket:
        return Answer(status="303 See Other", location="/basket")
    order = f"FJ-{secrets.token_hex(4).upper()}"
    code, email = visit.form.get("code", "").strip()[:40], visit.form.get("email", "").strip()[:200]
    return Answer(drawing.thanks(visit, order, code, email), cookies=((BASKET, ""),))


def _headers(config: ShopConfig, told: Answer) -> Iterable[tuple[str, str]]:
    """Headers of a page: the policy lets the shop's own files and the edge in, and no inline script."""
    yield "Content-Type", "text/html; charset=utf-8"
    yield "Cache-Control", "no-store"
    yield "Referrer-Policy", "same-origin"
    yield "X-Content-Type-Options", "nosniff"
    yield "Content-Security-Policy", _policy(config.edge_url)
    if told.location:
        yield "Location", told.location
    for name, value in told.cookies:
        life = "Max-Age=604800" if value else "Max-Age=0"
        yield "Set-Cookie", f"{name}={value}; {life}; Path=/; SameSite=Lax; HttpOnly"


def _policy(edge: str) -> str:
    from_edge = f"script-src 'self' {edge}; connect-src {edge}; img-src 'self' {edge} data:"
    return f"default-src 'none'; {from_edge}; style-src 'self'; form-action 'self'; base-uri 'none'"
