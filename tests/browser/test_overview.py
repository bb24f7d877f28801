"""The overview by hand: what is chosen is in the address, new facts come in by themselves, a view is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import DESKTOP, PHONE, axe
from tests.portal import database
from tests.portal.market import Tenant, TwoTenants
from tests.portal.reports import measured
from tests.unit.lake.worlds import SEK, fact, facts
from utfall.lake import LakeWriter
from utfall.portal.access import Role
from utfall.portal.people.models import User
from utfall.portal.site import site

FIGURE = "[data-figure={}]"


class Mornings:
    """A market in which both sides have had three days of traffic, in a browser."""

    def __init__(self, market: TwoTenants, address: str) -> None:
        self.market, self.address = market, address

    def open(self, page: Page, tenant: Tenant, query: str = "") -> None:
        browser = Client()
        browser.force_login(User.objects.get(pk=tenant.users[Role.OWNER]))
        cookie = browser.cookies[django_settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page.goto(f"{self.address}/{tenant.slug}/overview/{query}")

    def sell(self) -> None:
        """One more sale of Acme's, shipped to the lake."""
        side = self.market.a
        parties = {"advertiser": side.advertiser.number, "publisher": side.publisher.number, "program": 1}
        sold = fact(77, at=measured.at(0), sales=1, revenue_micros=50 * SEK, cost_micros=SEK, **parties)
        with LakeWriter(Path(site().lake_dir)) as lake:
            lake.write_part(facts(sold, batch=4), first_batch=4, last_batch=4, now_ms=measured.at(0))


@pytest.fixture
def mornings(watch: Watch) -> Iterator[Mornings]:
    # One page fades into the next, which a test does not wait for.
    watch.allow("Transition was")
    # The page reads itself anew while the test takes its market away, or signs somebody else in.
    watch.allow("overview/board")
    market = database.fresh_market()
    measured.fill(market)
    with served() as address:
        yield Mornings(market, address)
    measured.empty()
    database.leave()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_overview_is_for_everybody(page: Page, mornings: Mornings, viewport: ViewportSize) -> None:
    for tenant in (mornings.market.a.advertiser, mornings.market.a.publisher, mornings.market.operator):
        mornings.open(page, tenant, "?days=last_7")
        expect(page.locator("#series canvas")).to_have_count(1)
        expect(page.locator("#attention .attention-waits")).to_have_count(0)
        axe(page)


def test_new_facts_come_in_by_themselves_and_nothing_that_was_open_closes(
    page: Page, mornings: Mornings
) -> None:
    mornings.open(page, mornings.market.a.advertiser, "?days=last_7")
    expect(page.locator(FIGURE.format("conversions"))).to_have_text("3")
    page.get_by_text("The same as a table").click()
    page.locator("#step-clicks").focus()
    page.evaluate("document.querySelector('#series').dataset.same = 'yes'")
    mornings.sell()
    expect(page.locator(FIGURE.format("conversions"))).to_have_text("4")
    expect(page.get_by_role("region", name="Over time").get_by_role("table")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "step-clicks"
    assert page.evaluate("document.querySelector('#series').dataset.same") == "yes", (
        "the chart was not drawn anew"
    )
    drawn = "document.querySelector('#series').chart.getOption().series[0].data"
    page.wait_for_function(f"{drawn}.at(-1).value === 2")


def test_what_is_chosen_is_in_the_address_and_a_view_of_it_is_kept(page: Page, mornings: Mornings) -> None:
    mornings.open(page, mornings.market.a.advertiser)
    page.get_by_label("Days").select_option("last_7")
    page.wait_for_url("**days=last_7**")
    page.get_by_label("Metric", exact=True).select_option("clicks")
    page.wait_for_url("**m=clicks**")
    page.get_by_role("button", name="Saved views").click()
    page.get_by_label("Keep this view").fill("Mornings")
    page.get_by_label("Open it first").check()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_url("**view=**")
    page.goto(f"{mornings.address}/{mornings.market.a.advertiser.slug}/overview/")
    expect(page.get_by_label("Metric", exact=True)).to_have_value("clicks")
    assert "days=last_7" in page.url


def test_a_metric_explains_itself_and_the_chart_is_taken_along(page: Page, mornings: Mornings) -> None:
    mornings.open(page, mornings.market.a.advertiser, "?days=last_7")
    page.locator("#card-about-cvr").click()
    expect(page.locator("#about-cvr")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#about-cvr")).to_be_hidden()
    expect(page.locator("#series canvas")).to_have_count(1)
    for kind in ("png", "csv"):
        with page.expect_download() as download:
            page.locator(f"[data-series={kind}]").click()
        assert download.value.suggested_filename.endswith(f".{kind}")
