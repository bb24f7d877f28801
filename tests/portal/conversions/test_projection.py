"""The projection says what the book says, for each side its own."""

from tests.portal.conversions.conftest import Happen
from tests.portal.market import TwoTenants
from utfall.engine import OrderStatus
from utfall.portal.changes import facade as changes
from utfall.portal.conversions import facade


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
