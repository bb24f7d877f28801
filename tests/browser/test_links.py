"""Links and codes by hand: the builder follows its program, and the leak report is for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import DESKTOP, PHONE, axe
from tests.portal import database
from tests.portal.links.leaking import Leaking, leaking
from tests.portal.market import Tenant
from utfall.portal.access import Role
from utfall.portal.links import facade
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.people.models import User

settings: Any = django_settings


class Selling:
    """The worked example of the leak report, in a browser."""

    def __init__(self, told: Leaking, address: str) -> None:
        self.told, self.address = told, address
        self.link = facade.create_link(
            told.market.a.publisher.caller(), LinkDraft(program=told.program, name="Start")
        )

    def open(self, page: Page, tenant: Tenant, path: str) -> None:
        browser = Client()
        browser.force_login(User.objects.get(pk=tenant.users[Role.OWNER]))
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page.goto(f"{self.address}/{tenant.slug}/{path}")


@pytest.fixture
def selling(watch: Watch, tmp_path: Path) -> Iterator[Selling]:
    # One page fades into the next, which a test does not wait for.
    watch.allow("Transition was")
    before, market = settings.SITE, database.fresh_market()
    settings.SITE = msgspec.structs.replace(
        before,
        journal_dir=str(tmp_path / "journal"),
        book_path=str(tmp_path / "book.sqlite3"),
        keys_dir=str(tmp_path / "keys"),
    )
    told = leaking(market)
    with served() as address:
        yield Selling(told, address)
    connections[settings.SITE.book_path].close()
    settings.SITE = before
    database.leave()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_every_page_of_links_is_for_everybody(page: Page, selling: Selling, viewport: ViewportSize) -> None:
    side, code = selling.told.market.a, selling.told.code.id
    link = f"links/{selling.link.id}/"
    for tenant, path in (
        *(
            (side.advertiser, one)
            for one in ("codes/leaks/", f"codes/{code}/orders/", "codes/", "codes/new/")
        ),
        *((side.publisher, one) for one in ("codes/leaks/", "links/", "links/new/", "links/many/", link)),
    ):
        selling.open(page, tenant, path)
        axe(page)


def test_the_leak_report_leads_to_its_orders_and_to_an_end(page: Page, selling: Selling) -> None:
    selling.open(page, selling.told.market.a.advertiser, "codes/leaks/")
    row = page.get_by_role("row").filter(has_text="HOST20")
    expect(row.get_by_text("Leaking")).to_be_visible()
    row.get_by_role("link", name="Orders").click()
    page.get_by_label("How it came").select_option("other_click")
    expect(page.get_by_role("row")).to_have_count(5)
    page.go_back()
    page.goto(f"{selling.address}/{selling.told.market.a.advertiser.slug}/codes/leaks/")
    row.get_by_role("link", name="Give another").click()
    expect(page.get_by_label("Publisher")).to_have_value(str(selling.told.owner))
