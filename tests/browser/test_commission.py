"""The commission editor by hand: dragged, moved by keyboard, edited, reviewed and saved."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import DESKTOP, PHONE, axe
from tests.portal import database
from tests.portal.commission.made import SHOES, put, share, shop
from tests.portal.market import TwoTenants
from utfall.portal.access import Caller, Role
from utfall.portal.commission import facade
from utfall.portal.people.models import User
from utfall.portal.programs.contracts import ProgramView


class Editing:
    """A program with three rules, its editor in a browser, and who is signed in there."""

    def __init__(self, market: TwoTenants, address: str) -> None:
        self.caller: Caller
        self.program: ProgramView
        self.caller, self.program = shop(market)
        put(self.caller, self.program, [share("First", 5, when=SHOES), share("Second", 6), share("Third", 7)])
        self.url = f"{address}/{self.caller.slug}/programs/{self.program.id}/commission/"
        self.address, self.user = address, market.a.advertiser.users[Role.OWNER]

    def open(self, page: Page) -> None:
        browser = Client()
        browser.force_login(User.objects.get(pk=self.user))
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        page.goto(self.url)

    def standing(self) -> list[str]:
        found = facade.rules(self.caller, self.program.id, timezone.now())
        return [one.draft.name for one in found]


@pytest.fixture
def editing(watch: Watch) -> Iterator[Editing]:
    # One page fades into the next, which a test does not wait for.
    watch.allow("Transition was")
    market = database.fresh_market()
    with served() as address:
        yield Editing(market, address)
    database.leave()


def names(page: Page) -> list[str]:
    return page.locator(".rules .rule-name").all_inner_texts()


def test_rules_are_dragged_moved_by_keyboard_edited_reviewed_and_saved(page: Page, editing: Editing) -> None:
    editing.open(page)
    rules = page.locator(".rules > li")
    expect(rules).to_have_count(3)

    rules.nth(2).locator(".sortable-handle").drag_to(rules.nth(0), target_position={"x": 30, "y": 2})
    expect(page.locator(".rules .rule-name").first).to_have_text("Third")
    expect(page.locator(".draft-words")).to_contain_text("not in force yet")

    page.get_by_role("button", name="Move Third down").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".rules .rule-name").first).to_have_text("First")
    expect(page.get_by_role("button", name="Move Third down")).to_be_focused()
    assert names(page) == ["First", "Third", "Second"]

    page.get_by_role("link", name="Edit First").click()
    page.get_by_label("Share").fill("12.5")
    page.get_by_role("button", name="Condition", exact=True).click()
    page.get_by_label("What is compared").nth(1).select_option("customer.is_new")
    expect(page.locator(".condition-line").nth(1).get_by_label("Value")).to_have_value("yes")
    axe(page)
    page.get_by_role("button", name="Keep in the draft").click()
    expect(rules.nth(0)).to_contain_text("12.5% of each order line")
    expect(rules.nth(0)).to_contain_text("the customer is new")

    page.get_by_role("button", name="Undo").click()
    expect(rules.nth(0)).to_contain_text("5% of each order line")
    assert editing.standing() == ["First", "Second", "Third"]

    page.get_by_role("link", name="Review and save").click()
    expect(page.locator(".changes")).to_contain_text("Moved")
    axe(page)
    page.get_by_label("Why").fill("Third sells better")
    page.get_by_role("button", name="Save the rules").click()
    expect(page.locator(".toasts")).to_contain_text("The new rules hold from now on.")
    assert editing.standing() == ["First", "Third", "Second"]


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_every_page_of_commission_is_for_everybody(
    page: Page, editing: Editing, viewport: ViewportSize
) -> None:
    facade.set_rule(editing.caller, editing.program.id, share("Never", 9))
    editing.open(page)
    axe(page)
    page.get_by_role("link", name="Add a rule").click()
    page.get_by_role("button", name="Condition", exact=True).click()
    expect(page.locator(".condition-line")).to_have_count(1)
    axe(page)
    for part in ("review/", "history/"):
        page.goto(editing.url + part)
        axe(page)
