"""Orders in a browser: find one among many, read how it came about, and keep the columns one wants."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import DESKTOP, PHONE, axe, shot
from tests.portal import database
from tests.portal.conversions.lived import Lived, lived, own_installation
from tests.portal.market import MARKER, Tenant
from utfall.portal.access import Role
from utfall.portal.conversions import facade
from utfall.portal.people.models import User

settings: Any = django_settings


class Selling:
    """A portal with orders that have lived, in a browser."""

    def __init__(self, told: Lived, address: str) -> None:
        self.told, self.address = told, address

    def open(self, page: Page, tenant: Tenant, path: str) -> None:
        browser = Client()
        browser.force_login(User.objects.get(pk=tenant.users[Role.OWNER]))
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page.goto(f"{self.address}/{tenant.slug}/{path}")

    def order(self, tenant: Tenant, reference: str) -> str:
        (found,) = facade.find(tenant.caller(), [reference])[reference]
        return f"conversions/{found.id}/"


@pytest.fixture
def selling(watch: Watch, tmp_path: Path) -> Iterator[Selling]:
    # One page fades into the next, which a test does not wait for.
    watch.allow("Transition was")
    before, market = settings.SITE, database.fresh_market()
    settings.SITE = own_installation(before, tmp_path)
    told = lived(market)
    with served() as address:
        yield Selling(told, address)
    connections[settings.SITE.book_path].close()
    settings.SITE = before
    database.leave()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_orders_are_for_everybody(page: Page, selling: Selling, viewport: ViewportSize, scheme: str) -> None:
    side = selling.told.side
    for tenant in (side.advertiser, side.publisher):
        for path in ("conversions/", selling.order(tenant, "SE-20411")):
            selling.open(page, tenant, path)
            page.wait_for_load_state("networkidle")
            axe(page)
            kind = "list" if path == "conversions/" else "order"
            shot(page, f"conversions-{kind}-{tenant.kind}-{viewport['width']}-{scheme}")


def test_an_order_is_found_and_its_story_read(page: Page, selling: Selling) -> None:
    selling.open(page, selling.told.side.advertiser, "conversions/")
    page.get_by_label("Order or number").fill("SE-204")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page).to_have_url(re.compile("q=SE-204"))
    page.get_by_role("link", name="SE-20411").click()
    expect(page.get_by_text("Return 5512, one pair of socks").first).to_be_visible()
    expect(page.get_by_text("A later touch of the same class won.").first).to_be_visible()
    expect(page.get_by_text("The hold will end").first).to_be_visible()


def test_a_publisher_reads_its_own_side_of_the_story(page: Page, selling: Selling) -> None:
    publisher = selling.told.side.publisher
    selling.open(page, publisher, selling.order(publisher, "SE-20411"))
    expect(page.get_by_text("Another publisher").first).to_be_visible()
    assert MARKER not in page.content()
    assert "Network fee" not in page.content()


def test_columns_are_kept(page: Page, selling: Selling) -> None:
    selling.open(page, selling.told.side.advertiser, "conversions/")
    page.get_by_text("Columns").first.click()
    page.get_by_role("checkbox", name="Country").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader", name="Country")).to_be_visible()
    page.reload()
    expect(page.get_by_role("columnheader", name="Country")).to_be_visible()
