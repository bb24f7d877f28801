"""One of too many for a list, in a browser: what is typed proposes, and what is proposed is taken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import DESKTOP, PHONE, axe, shot
from tests.portal import database
from tests.portal.market import TwoTenants
from utfall.portal.access import Role
from utfall.portal.people import parties
from utfall.portal.people.models import User

settings: Any = django_settings


@pytest.fixture
def market(watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwoTenants]:
    """Two advertisers, which are too many for a list."""
    watch.allow("Transition was")
    monkeypatch.setattr(parties, "LISTED_AT_MOST", 1)
    before, market = settings.SITE, database.fresh_market()
    own = {"journal_dir": "journal", "book_path": "book.sqlite3", "keys_dir": "keys"}
    paths = {name: str(tmp_path / path) for name, path in own.items()}
    settings.SITE = msgspec.structs.replace(before, **paths)
    yield market
    settings.SITE = before
    database.leave()


def opened(page: Page, address: str, market: TwoTenants, path: str) -> None:
    """A page of the operator's."""
    operator, browser = market.operator, Client()
    browser.force_login(User.objects.get(pk=operator.users[Role.OWNER]))
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    page.goto(f"{address}/{operator.slug}/{path}")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_program_is_begun_for_whom_is_typed(page: Page, market: TwoTenants, viewport: ViewportSize) -> None:
    shop = market.a.advertiser
    with served() as address:
        opened(page, address, market, "programs/new/")
        line, proposed = page.get_by_label("Advertiser"), page.locator("datalist option")
        line.focus()
        expect(proposed).to_have_count(2)
        line.press_sequentially(shop.name[:4].lower())
        expect(proposed).to_have_count(1)
        expect(proposed).to_have_attribute("value", f"{shop.name} ({shop.number})")
        axe(page)
        shot(page, f"choosing-{viewport['width']}")
        line.fill(f"{shop.name} ({shop.number})")
        page.get_by_label("What shall it be called?").fill("Tents")
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/draft/goal/")


def test_the_debugger_shows_whose_calls_are_typed(page: Page, market: TwoTenants) -> None:
    """The line proposes beside filters that ask for themselves, and neither takes the other's answer."""
    shop = market.a.advertiser
    with served() as address:
        opened(page, address, market, "tracking/debugger/")
        line = page.get_by_label("Advertiser")
        line.focus()
        expect(page.locator("datalist option")).to_have_count(2)
        assert page.url.endswith("/tracking/debugger/"), "what is proposed is no page to go to"
        line.fill(f"{shop.name} ({shop.number})")
        line.blur()
        page.wait_for_url("**advertiser=*")
        expect(page.locator("#watch")).to_have_count(1)
        expect(line).to_have_value(f"{shop.name} ({shop.number})")
        shot(page, "choosing-debugger")
