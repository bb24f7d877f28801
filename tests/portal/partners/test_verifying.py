"""Ownership is proved by a mark that a real server shows, and by nothing that a visitor could leave there."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.portal.market import TwoTenants
from utfall.portal.access import Caller, NotFound, Refused
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import PropertyDraft, PropertyKind
from utfall.portal.partners.verifying import looked_for, tag_of, verify

TOKEN = "0123456789abcdef0123456789abcdef"  # of a test
HERE = ("127.0.0.0/8",)


class Site(ThreadingHTTPServer):
    """A publisher's site: what each path answers."""

    pages: dict[str, tuple[int, str]]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Site)
        status, body = self.server.pages.get(self.path, (404, ""))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", body)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Handler)
    server.pages = {}
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def result(site: Site, kind: PropertyKind = PropertyKind.SITE, path: str = "/") -> str:
    return looked_for(f"http://127.0.0.1:{site.server_port}{path}", TOKEN, kind, reachable=HERE)


def test_a_file_at_the_root_verifies_a_site(site: Site) -> None:
    site.pages[f"/utfall-{TOKEN}.txt"] = (200, TOKEN + "\n")
    assert result(site) == ""


def test_a_tag_in_the_head_verifies_a_site(site: Site) -> None:
    site.pages["/"] = (200, f"<html><head>{tag_of(TOKEN)}</head><body>Tents</body></html>")
    assert result(site) == ""


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head></head><body>{tag_of(TOKEN)}</body></html>",
        f"<html><body><p>{TOKEN}</p></body></html>",
        f"<html><head><!-- {tag_of(TOKEN)} --></head></html>",
    ],
)
def test_what_a_visitor_can_leave_on_a_page_verifies_nothing(site: Site, page: str) -> None:
    site.pages["/"] = (200, page)
    assert result(site) == "missing"


def test_a_channel_is_verified_by_its_text(site: Site) -> None:
    site.pages["/@tents"] = (200, f"<p>We test tents. {TOKEN}</p>")
    assert result(site, PropertyKind.SOCIAL, "/@tents") == ""


def test_another_site_proves_nothing_for_this_one(site: Site) -> None:
    other = f"http://localhost:{site.server_port}/there"
    site.pages["/"] = (302, other)
    site.pages["/there"] = (200, f"<head>{tag_of(TOKEN)}</head>")
    assert result(site) == "elsewhere"


def test_an_error_and_a_private_address_are_told_apart(site: Site) -> None:
    assert result(site) == "status"
    assert looked_for(f"http://127.0.0.1:{site.server_port}/", TOKEN, PropertyKind.SITE) == "private"


class Reported:
    """A report for one caller."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    def __call__(self, done: int, total: int, said: object = "") -> None:
        """Nobody looks."""


def test_the_property_says_what_came_of_the_check(market: TwoTenants) -> None:
    caller = market.a.publisher.caller()
    draft = PropertyDraft(
        kind=PropertyKind.SITE, name="Blog", promotion_type="content", url="http://127.0.0.1.nip.test/"
    )
    owned = facade.add_property(caller, draft)
    work = facade.verify_property(caller, owned.id)
    assert facade.own_property(caller, owned.id).work == work
    verify({"property": owned.id}, Reported(caller))
    seen = facade.own_property(caller, owned.id)
    assert (seen.problem, seen.verified_at, seen.work) == ("unresolved", None, None)
    with pytest.raises(NotFound):
        facade.verify_property(market.b.publisher.caller(), owned.id)


def test_another_address_has_to_be_verified_anew(market: TwoTenants) -> None:
    caller = market.a.publisher.caller()
    draft = PropertyDraft(
        kind=PropertyKind.SITE, name="Blog", promotion_type="content", url="https://one.example/"
    )
    owned = facade.add_property(caller, draft)
    facade.set_verified(market.operator.caller(), owned.id)
    with pytest.raises(Refused):
        facade.verify_property(caller, owned.id)
    moved = PropertyDraft(
        kind=PropertyKind.SITE, name="Blog", promotion_type="content", url="https://two.example/"
    )
    changed = facade.change_property(caller, owned.id, moved)
    assert changed.verified_at is None
    assert changed.token != owned.token
