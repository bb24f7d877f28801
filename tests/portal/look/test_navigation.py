"""The menu: what a caller may open, in groups."""

from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Role, all_pages
from utfall.portal.look.navigation import entries_of, menu_of


def test_a_menu_holds_what_its_caller_may_open_and_nothing_else(market: TwoTenants) -> None:
    for tenant in market:
        for role in Role:
            caller = tenant.caller(role)
            allowed = {
                str(page.menu.words)
                for page in all_pages()
                if page.menu and caller.kind in page.kinds and caller.may(page.needs)
            }
            assert {str(entry.words) for entry in entries_of(caller)} == allowed


def test_entries_stand_in_order_and_the_first_group_needs_no_heading(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    menu = menu_of(caller, None)
    orders = [entry.order for group in menu for entry in group.entries]
    assert orders == sorted(orders)
    assert menu[0].words == ""
    assert all(str(group.words) for group in menu[1:])


def test_a_page_without_an_entry_marks_the_entry_of_its_app(market: TwoTenants) -> None:
    page = next(page for page in all_pages() if (page.app, page.name) == ("home", "search"))
    marked = [entry.app for entry in entries_of(market.a.advertiser.caller(), page) if entry.current]
    assert marked == ["home"]


def test_every_entry_opens(market: TwoTenants, client_of: ClientOf) -> None:
    for tenant in market:
        browser: Client = client_of(tenant.users[Role.OWNER])
        for entry in entries_of(tenant.caller()):
            assert browser.get(entry.url).status_code == 200, entry.url
