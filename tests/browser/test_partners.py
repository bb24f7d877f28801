"""A publisher applies and an advertiser approves, as they would, on a desktop and on a phone."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import SIZES, axe
from tests.portal import database
from tests.portal.market import Tenant, TwoTenants
from tests.portal.programs.drafts import live
from utfall.portal.access import Role


@pytest.fixture
def tenants() -> Iterator[TwoTenants]:
    yield database.fresh_market()
    database.leave()


@pytest.fixture
def address(tenants: TwoTenants, watch: Watch) -> Iterator[str]:
    watch.allow("Transition was")
    with served() as found:
        yield found


def sign_in(page: Page, address: str, tenant: Tenant) -> None:
    """With the cookie of somebody who has signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=tenant.users[Role.OWNER]))
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "portal", "value": client.cookies["portal"].value, "url": address}])


@pytest.mark.parametrize("viewport", SIZES, ids=["desktop", "phone"])
def test_a_publisher_applies_and_the_advertiser_approves(
    page: Page, viewport: ViewportSize, address: str, tenants: TwoTenants
) -> None:
    program = live(tenants.a.advertiser.caller(), tenants.operator.caller(), "Fjällbutiken")
    sign_in(page, address, tenants.a.publisher)
    page.goto(f"{address}/{tenants.a.publisher.slug}/marketplace/")
    axe(page)
    page.get_by_role("link", name="Apply Fjällbutiken").click()
    axe(page)
    page.get_by_label("Content and influencers").check()
    page.get_by_label("A word to the advertiser").fill("We test tents.")
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_role("heading", name="Fjällbutiken Waiting")).to_be_visible()
    axe(page)
    sign_in(page, address, tenants.a.advertiser)
    page.goto(f"{address}/{tenants.a.advertiser.slug}/partners/")
    axe(page)
    page.get_by_role("link", name="Review").click()
    expect(page.get_by_text("We test tents.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Acme Blog Active")).to_be_visible()
    axe(page)
    sign_in(page, address, tenants.a.publisher)
    page.goto(f"{address}/{tenants.a.publisher.slug}/marketplace/{program.id}/")
    expect(page.get_by_text("Make a link and put it on your site.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_several_are_chosen_and_approved_at_once(page: Page, address: str, tenants: TwoTenants) -> None:
    from utfall.portal.partners import facade
    from utfall.portal.partners.contracts import ApplicationDraft

    for name in ("One", "Two"):
        program = live(tenants.a.advertiser.caller(), tenants.operator.caller(), name)
        draft = ApplicationDraft(program=program.id, promotion_types=("content",))
        facade.apply(tenants.a.publisher.caller(), draft)
    sign_in(page, address, tenants.a.advertiser)
    page.goto(f"{address}/{tenants.a.advertiser.slug}/partners/")
    page.get_by_label("Choose all").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Approve 2 publishers")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="2 partners are done.")).to_be_visible()
    axe(page)
