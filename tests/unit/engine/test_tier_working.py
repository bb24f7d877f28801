"""What a price in steps comes to for so many orders alike: the example of docs/algorithms/tiers.md."""

import pytest

from utfall.engine.tier_working import ORDERS_MOST, work_out
from utfall.events import Outcome
from utfall.terms import Flat, Portion, Step, Tiered, TierMeasure, TierPeriod

KRONA = 1_000_000
SHARES = (Step(0, Portion(80_000)), Step(1000 * KRONA, Portion(100_000)))
AMOUNTS = (Step(0, Flat(50 * KRONA)), Step(3, Flat(60 * KRONA)))


@pytest.mark.parametrize(("retroactive", "commission", "correction"), [(False, 5980, 0), (True, 6000, 20)])
def test_a_hundred_and_twenty_orders_of_500(retroactive: bool, commission: int, correction: int) -> None:
    price = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, SHARES, retroactive=retroactive)
    told = work_out(price, Outcome.SALE, orders=120, amount_micros=500 * KRONA)
    assert [(one.orders, one.commission_micros // KRONA) for one in told.steps] == [(2, 80), (118, 5900)]
    assert (told.commission_micros, told.correction_micros) == (commission * KRONA, correction * KRONA)
    assert told.reached == 1


def test_an_order_that_crosses_a_step_has_a_part_at_each() -> None:
    price = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, SHARES)
    told = work_out(price, Outcome.SALE, orders=1, amount_micros=1500 * KRONA)
    assert [one.amount_micros // KRONA for one in told.steps] == [1000, 500]
    assert told.commission_micros == 130 * KRONA


@pytest.mark.parametrize(("retroactive", "commission"), [(False, 150), (True, 180)])
def test_three_leads_reach_the_third(retroactive: bool, commission: int) -> None:
    """50.00, and 60.00 from the third on: it comes on top of two, so only a correction pays it more."""
    price = Tiered(TierMeasure.ORDERS, TierPeriod.YEAR, AMOUNTS, retroactive=retroactive)
    told = work_out(price, Outcome.LEAD, orders=3, amount_micros=0)
    assert told.commission_micros == commission * KRONA


def test_an_example_has_a_thousand_orders_at_most() -> None:
    price = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, SHARES)
    told = work_out(price, Outcome.SALE, orders=ORDERS_MOST, amount_micros=KRONA)
    assert [one.orders for one in told.steps] == [ORDERS_MOST]
    with pytest.raises(AssertionError, match="an example is small"):
        work_out(price, Outcome.SALE, orders=ORDERS_MOST + 1, amount_micros=KRONA)
