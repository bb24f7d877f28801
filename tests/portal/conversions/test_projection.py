"""The projection says what the book says, for each side its own."""

from itertools import product

import pytest

from tests.portal.conversions.conftest import Happen
from tests.portal.conversions.lived import Lived, lived
from tests.portal.market import TwoTenants
from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Refused
from utfall.portal.changes import facade as changes
from utfall.portal.conversions import facade, finding, narrowing, projecting, reading
from utfall.portal.conversions.beside import beside
from utfall.portal.conversions.contracts import Sort
from utfall.portal.conversions.finding import in_order
from utfall.portal.databases import CONVERSIONS, on_server
from utfall.portal.site import SiteConfig
from utfall.portal.validation import facade as validation
from utfall.workers.follow import catch_up


def test_an_order_is_listed_for_both_sides_each_with_its_own(market: TwoTenants, order_of: Happen) -> None:
    made = order_of(market.a)
    (bought,) = facade.conversions(market.a.advertiser.caller()).items
    (sold,) = facade.conversions(market.a.publisher.caller()).items
    assert bought.reference == sold.reference == made.order
    assert bought.status is OrderStatus.PENDING
    assert (bought.amount_micros, bought.commission_micros) == (1_000_000_000, 80_000_000)
    assert (sold.amount_micros, sold.fee_micros, sold.commission_micros) == (None, None, 80_000_000)
    assert sold.subs == (f"{market.a.publisher.name} top",)
    assert facade.conversions(market.b.advertiser.caller()).items == []


def test_orders_are_counted_by_where_they_stand_and_never_for_another(
    market: TwoTenants, order_of: Happen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "COUNTED_AT_MOST", 0)  # so that what is counted is kept for a moment
    order_of(market.a)
    for _again in range(2):
        for caller in (market.a.advertiser.caller(), market.a.publisher.caller(), market.operator.caller()):
            assert facade.by_status(caller, facade.Filters()) == {OrderStatus.PENDING: 1}
        assert facade.by_status(market.b.advertiser.caller(), facade.Filters()) == {}


def test_the_feed_tells_each_side_its_own(market: TwoTenants, order_of: Happen) -> None:
    order_of(market.a)
    before = changes.latest()
    kinds = [changes.Kind.CONVERSION_RECORDED]
    (bought,) = changes.changes(market.a.advertiser.caller(), kinds=kinds).items
    (sold,) = changes.changes(market.a.publisher.caller(), kinds=kinds).items
    assert bought.body["fee_micros"] == 16_000_000
    assert "fee_micros" not in sold.body
    assert sold.body["commission_micros"] == 80_000_000
    assert before == changes.latest()


def test_a_test_order_is_listed_apart_for_the_advertiser_alone(market: TwoTenants, order_of: Happen) -> None:
    made = order_of(market.a)
    owner = market.a.advertiser.caller()
    (test,) = facade.conversions(owner, facade.Filters(tests=True)).items
    assert (test.reference, test.is_test, test.reason) == (f"{made.order}-T", True, "test")
    assert (test.status, test.amount_micros, test.id) == (OrderStatus.UNPAID, 1_000_000_000, -test.receipt)
    assert not any(one.is_test for one in facade.conversions(owner).items)
    assert facade.conversions(market.b.advertiser.caller(), facade.Filters(tests=True)).items == []
    with pytest.raises(Refused):
        facade.conversions(market.a.publisher.caller(), facade.Filters(tests=True))
    (told,) = [one for one in changes.changes(owner, limit=50).items if one.body["is_test"]]
    assert (told.kind, told.body["order"]) == (changes.Kind.CONVERSION_REFUSED, test.reference)


def test_a_test_says_what_it_would_have_earned_and_cannot_be_decided(
    market: TwoTenants, own_site: SiteConfig
) -> None:
    told = Lived(market)
    click = told.click(market.a)
    told.settle(click, told.sale("T-1", click, test=True, code="HEJ"))
    owner = market.a.advertiser.caller()
    (test,) = facade.conversions(owner, facade.Filters(tests=True, code="HEJ")).items
    assert (test.publisher, test.method, test.source) == (market.a.publisher.number, "click", "postback")
    assert (test.commission_micros, test.fee_micros) == (123_880_000, 24_776_000)
    assert facade.counted(owner, facade.Filters(tests=True)).orders == 1
    assert facade.counted(owner, facade.Filters()).orders == 0
    batch = validation.decide(owner, [validation.asked(test.id, "approve")])
    assert validation.rows(owner, batch.id).items[0].code == "unknown_order"
    projecting.forget_all()
    catch_up(told.config.book_path, print)
    assert facade.conversions(owner, facade.Filters(tests=True)).items == [test]


def test_a_common_sub_id_is_read_in_its_own_order_and_goes_on_from_anywhere(
    market: TwoTenants, own_site: SiteConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As though a handful were many, so that every way is taken."""
    monkeypatch.setattr(narrowing, "FEW", 0)
    monkeypatch.setattr(finding, "FEW", 4)
    told = lived(market)
    callers = market.a.publisher.caller(), market.a.advertiser.caller(), market.operator.caller()
    for caller in callers:
        every = facade.conversions(caller, facade.Filters()).items
        for sub, sort, status in product(("post-1", "newsletter", "none"), (Sort.NEWEST, Sort.OLDEST), _ALL):
            wanted = facade.Filters(sub=sub, sort=sort, statuses=status, publisher=told.side.publisher.number)
            fits = [
                one.id
                for one in every
                if sub in one.subs
                and one.publisher == wanted.publisher
                and (not status or one.status in status)
            ]
            assert _read_on(caller, wanted) == (fits if sort is Sort.NEWEST else fits[::-1])
            assert facade.counted(caller, wanted).orders == len(fits)


def test_an_index_has_the_lists_of_sub_ids_and_of_what_was_paid_out_in_their_order(
    market: TwoTenants, own_site: SiteConfig
) -> None:
    if on_server(CONVERSIONS):  # whose planner knows that these tables are empty
        return
    for caller in (market.a.publisher.caller(), market.a.advertiser.caller(), market.operator.caller()):
        for wanted in (facade.Filters(sub="top", advertiser=1), facade.Filters(paid=True)):
            (rows,) = beside(caller, wanted)
            read = in_order(rows, caller, Sort.NEWEST, None, "conversion")
            plan = read.values_list("occurred_at", "conversion").explain()
            assert "COVERING INDEX conversion_" in plan
            assert "ORDER BY" not in plan


_ALL = ((), (OrderStatus.PENDING, OrderStatus.APPROVED), (OrderStatus.DECLINED,))


def _read_on(caller: Caller, wanted: facade.Filters) -> list[int]:
    """A list read order by order."""
    part = facade.conversions(caller, wanted, limit=1)
    found = [one.id for one in part.items]
    while part.following is not None:
        part = facade.conversions(caller, wanted, part.following, limit=1)
        found += [one.id for one in part.items]
    return found
