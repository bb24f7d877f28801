"""The table of exchange rates is fetched from where the operator said, and what is none changes nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
from django.test import override_settings
from django.utils import timezone

from tests.portal.payouts.conftest import own_site
from tests.unit.rates.test_files import packed
from utfall.portal.payouts.fetching import fetch_rates
from utfall.portal.rates import rates
from utfall.portal.site import SiteConfig, site

__all__ = ["own_site"]


class Bank(BaseHTTPRequestHandler):
    """Answers with what lies under an address."""

    files: dict[str, bytes]

    def do_GET(self) -> None:
        content = self.files.get(self.path)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_told: object) -> None:
        """Nothing."""


@contextmanager
def bank(**files: bytes) -> Iterator[str]:
    Bank.files = {f"/{name}": content for name, content in files.items()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fetched(url: str) -> bool:
    """Whether a newer table came from an address; "" is none."""
    config = msgspec.structs.replace(site(), reachable=("127.0.0.0/8",), rates_url=url)
    with override_settings(SITE=config):
        return fetch_rates()


def table(day: date) -> bytes:
    return packed(f"Date,SEK\n{day.isoformat()},10.978\n")


def test_a_newer_table_takes_its_place_and_nothing_else_does(portal: object, own_site: SiteConfig) -> None:
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    with bank(new=table(yesterday), old=table(date(1999, 1, 4)), other=b"hello", now=table(today)) as url:
        assert not fetched("")
        assert not any(fetched(f"{url}/{name}") for name in ("old", "other", "gone"))
        assert fetched(f"{url}/new")
        assert rates().newest == yesterday
        assert not fetched(f"{url}/new")
        assert fetched(f"{url}/now")
        assert not fetched(f"{url}/gone"), "today's is here: nothing is asked"
    assert rates().rate("NOK", "SEK", date(2026, 11, 1)).turned(1_000_000_000) == 1_064_584_950
