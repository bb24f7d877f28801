"""Which codes are found where they should not be, from a real book."""

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.links.leaking import leaking
from tests.portal.links.test_links import made
from tests.portal.market import TwoTenants
from utfall.portal.access import NotFound, Refused, Role
from utfall.portal.links import facade
from utfall.portal.links.contracts import Came, CodeDraft, Leak, LeakVerdict
from utfall.portal.links.leaks import LEAKED_ABOVE_PPM, LEAST_ORDERS, verdict_of
from utfall.portal.site import SiteConfig

pytestmark = pytest.mark.usefixtures("own_site")


def only(leaks: tuple[Leak, ...]) -> Leak:
    (leak,) = leaks
    return leak


def test_the_worked_example_leaks(market: TwoTenants) -> None:
    told = leaking(market)
    leak = only(facade.leaks(market.a.advertiser.caller()).leaks)
    assert (leak.orders, leak.without_click, leak.own_clicks, leak.elsewhere) == (12, 5, 3, 4)
    assert [(one.publisher, one.orders, one.promotion_types) for one in leak.others] == [
        (told.voucher, 3, ("voucher",)),
        (told.blog, 1, ("content",)),
    ]
    assert (leak.by_vouchers, leak.by_rest) == (3, 1)
    assert (leak.commission_micros, leak.at_stake_micros, leak.currency) == (960_000_000, 320_000_000, "SEK")
    assert (leak.share_ppm, leak.verdict) == (333_333, LeakVerdict.LEAKED)


def test_nine_orders_are_too_few_to_tell(market: TwoTenants) -> None:
    leaking(market, orders=9)
    leak = only(facade.leaks(market.a.advertiser.caller()).leaks)
    assert (leak.orders, leak.verdict) == (9, LeakVerdict.TOO_FEW)


def test_a_code_leaks_above_the_share_and_not_at_it() -> None:
    most = 10 * LEAST_ORDERS * LEAKED_ABOVE_PPM // 1_000_000
    assert verdict_of(10 * LEAST_ORDERS, most) is LeakVerdict.KEPT
    assert verdict_of(10 * LEAST_ORDERS, most + 1) is LeakVerdict.LEAKED


def test_a_publisher_is_not_told_whose_clicks_the_others_were(market: TwoTenants) -> None:
    told = leaking(market)
    caller = market.a.publisher.caller()
    leak = only(facade.leaks(caller).leaks)
    assert (leak.orders, leak.elsewhere, leak.others) == (12, 4, ())
    with pytest.raises(NotFound):
        facade.code_orders(caller, told.code.id)


def test_a_stranger_sees_nothing_of_it(market: TwoTenants) -> None:
    told = leaking(market)
    for side in market.b:
        assert facade.leaks(side.caller()).leaks == ()
        with pytest.raises(NotFound):
            facade.code_orders(side.caller(), told.code.id)


def test_the_orders_say_which_click_they_came_by(market: TwoTenants) -> None:
    told = leaking(market)
    orders = facade.code_orders(market.a.advertiser.caller(), told.code.id)
    assert [one.reference for one in orders][:2] == ["H-12", "H-11"]
    assert (orders[0].came, orders[0].by, orders[0].is_at_checkout) == (Came.OTHER_CLICK, told.blog, False)
    assert (orders[1].came, orders[1].by, orders[1].is_at_checkout) == (Came.OTHER_CLICK, told.voucher, True)
    assert (orders[-1].came, orders[-1].by, orders[-1].clicked_at) == (Came.WITHOUT_CLICK, None, None)
    assert {one.commission_micros for one in orders} == {80_000_000}


def test_a_code_answers_only_for_its_own_interval(market: TwoTenants) -> None:
    told = leaking(market)
    caller = market.a.advertiser.caller()
    facade.end_code(caller, told.code.id)
    draft = CodeDraft(program=told.program, publisher=told.owner, code="HOST20")
    again = facade.assign_code(caller, draft)
    found = {one.code.id: one.orders for one in facade.leaks(caller, days=30).leaks}
    assert found == {told.code.id: 12, again.id: 0}


def test_another_span_is_refused(market: TwoTenants) -> None:
    with pytest.raises(Refused):
        facade.leaks(market.a.advertiser.caller(), days=7)


def test_without_a_book_there_are_no_orders(market: TwoTenants, own_site: SiteConfig) -> None:
    link = made(market)
    caller = market.a.advertiser.caller()
    facade.assign_code(caller, CodeDraft(program=link.program, publisher=link.publisher, code="EARLY"))
    leak = only(facade.leaks(caller).leaks)
    assert (leak.orders, leak.share_ppm, leak.verdict) == (0, None, LeakVerdict.TOO_FEW)


def test_the_pages_show_the_leak_to_each_in_their_measure(market: TwoTenants, client_of: ClientOf) -> None:
    told = leaking(market)
    buyer, seller = market.a.advertiser, market.a.publisher
    viewer, owner = client_of(buyer.users[Role.VIEWER]), client_of(seller.users[Role.OWNER])
    page = viewer.get(f"/{buyer.slug}/codes/leaks/")
    assert page.status_code == 200
    for words in ("HOST20", "Leaking", "Rabatt", "320.00"):
        assert words in page.content.decode()
    orders = viewer.get(f"/{buyer.slug}/codes/{told.code.id}/orders/?days=30&came=other_click")
    assert b"H-12" in orders.content
    assert b"during checkout" in orders.content
    assert b"H-01" not in orders.content
    own = owner.get(f"/{seller.slug}/codes/leaks/")
    assert own.status_code == 200
    assert b"HOST20" in own.content
    assert b"Rabatt" not in own.content
    assert owner.get(f"/{seller.slug}/codes/{told.code.id}/orders/").status_code in (403, 404)
