"""Every component in a real browser: sizes, themes, keyboard, and nothing that keeps anybody out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Scheme, Watch
from tests.browser.viewing import SIZES, axe, shot
from tests.portal.look.gallery import gallery_served
from tests.portal.market import TwoTenants
from utfall.portal.access import Role


@pytest.fixture
def site(market: TwoTenants) -> Iterator[str]:
    with gallery_served() as address:
        yield address


@pytest.fixture
def open_gallery(page: Page, site: str, market: TwoTenants, cookie: dict[str, str]) -> Page:
    page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": site}])
    page.goto(f"{site}/gallery")
    page.wait_for_selector(".task-done")  # nothing is asked any more
    return page


@pytest.fixture
def cookie(market: TwoTenants) -> dict[str, str]:
    """The session of somebody who is signed in."""
    from django.conf import settings
    from django.test import Client

    from utfall.portal.people.models import User

    client = Client()
    client.force_login(User.objects.get(pk=market.a.advertiser.users[Role.OWNER]))
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(open_gallery: Page, viewport: ViewportSize, scheme: Scheme) -> None:
    axe(open_gallery)
    width = open_gallery.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], "nothing reaches beyond the screen"
    shot(open_gallery, f"gallery-{viewport['width']}-{scheme}")


def test_a_question_comes_before_what_cannot_be_taken_back(open_gallery: Page) -> None:
    open_gallery.get_by_role("button", name="Pause").click()
    dialog = open_gallery.get_by_role("dialog", name="Pause the program?")
    expect(dialog).to_contain_text("Links stop paying at once.")
    open_gallery.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_list_is_put_in_order_by_keyboard(open_gallery: Page) -> None:
    first = open_gallery.locator(".sortable > li").first
    name = first.inner_text()
    open_gallery.get_by_role("button", name=f"{name} down").press("Enter")
    expect(open_gallery.locator("[data-sortable-order]")).to_have_value("2,1,3")
    expect(open_gallery.locator("#toasts")).to_contain_text("Moved to place 2")


def test_many_are_chosen_at_once(open_gallery: Page) -> None:
    open_gallery.get_by_label("All", exact=True).check()
    expect(open_gallery.locator("[data-bulk-bar]")).to_contain_text("3 selected")


def test_a_chart_is_a_table_for_whoever_wants_one(open_gallery: Page) -> None:
    chart = open_gallery.locator("[data-chart]").first
    chart.scroll_into_view_if_needed()
    expect(chart.locator("canvas")).to_be_visible()
    chart.get_by_role("button", name="Table").click()
    expect(chart.get_by_role("rowheader", name="2 nov", exact=True)).to_be_visible()
    with open_gallery.expect_download() as download:
        chart.get_by_role("button", name="CSV").click()
    assert re.search("Sales per day", download.value.suggested_filename)


def test_the_palette_opens_by_keyboard_and_goes(open_gallery: Page, watch: Watch) -> None:
    open_gallery.keyboard.press("Control+k")
    open_gallery.get_by_role("combobox", name="Search").fill("peop")
    expect(open_gallery.locator("#palette [role=option]")).to_have_count(1)
    open_gallery.keyboard.press("Enter")
    open_gallery.wait_for_url("**/people/", wait_until="networkidle")  # the bell asks once a page is there
