"""What a rule may ask of touch, partner and customer; and what becomes of a limit that is lowered."""

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment, click, order, varied
from utfall.engine import LimitKey
from utfall.terms import Snapshot

FEE = 'fee = "20 %"'
KRONA = 1_000_000
COST = 9_600_000
"""An order of 100.00 SEK costs 8.00 and a fee of 1.60."""
ROW = LimitKey(1, 0, "2026-06", "")


def asking(when: str) -> Snapshot:
    """The small market, in which 2 % are paid for a sale that fits."""
    rule = f"""
    [[program.rule]]
    id = 9
    outcome = "sale"
    share = "2 %"
    priority = 1
    when = {{ {when} }}

"""
    return varied("[[enrolment]]", rule + "[[enrolment]]")


def limited(units: int) -> Snapshot:
    limit = f"""
    [[program.limit]]
    id = 1
    measure = "cost"
    period = "month"
    cap = "{units}.00"

"""
    return varied("[[enrolment]]", limit + "[[enrolment]]")


@pytest.mark.parametrize(("before", "commission"), [(HOUR, 2), (HOUR + 1000, 8)])
def test_the_age_of_a_touch_is_counted_in_seconds_until_the_order(before: int, commission: int) -> None:
    ledger = Ledger(asking('field = "touch.age_seconds", op = "le", value = 3600'))
    ledger.settle(order("A-1", NOON, click(NOON - before)))
    assert ledger.order().commission_micros == commission * KRONA


@pytest.mark.parametrize(("link", "commission"), [(1000, 8), (1001, 2)])
def test_a_partner_has_the_promotion_type_of_its_publisher(link: int, commission: int) -> None:
    ledger = Ledger(asking('field = "partner.promotion_type", op = "eq", value = "cashback"'))
    ledger.settle(order("A-1", NOON, click(NOON - HOUR, link)))
    assert ledger.order().commission_micros == commission * KRONA


@pytest.mark.parametrize(("days", "told"), [(30, True), (29, None)])
def test_a_customer_who_lapsed_is_told_as_such_in_the_advertisers_receipt(
    days: int, told: bool | None
) -> None:
    ledger = Ledger(varied(FEE, f"{FEE}\nlapsed_after_days = 30"))
    ledger.settle(order("A-1", NOON, customer="c"))
    at = NOON + days * DAY
    decided = ledger.settle(order("A-2", at, click(at - HOUR), customer="c"))
    assert msgspec.json.decode(decided.receipts[-1].advertiser_side).get("has_lapsed") is told


def test_a_limit_that_is_lowered_below_what_is_used_takes_nothing_and_gives_back_what_is_refunded() -> None:
    ledger = Ledger(limited(30))
    ledger.settle(*(order(f"A-{number}", NOON, click()) for number in (1, 2)))
    ledger.settle(amendment("approve", "A-1"))
    ledger.settle(order("A-3", NOON + DAY, click(NOON)), terms=limited(10))
    assert (ledger.order("A-3").commission_micros, ledger.order("A-3").reason) == (0, "cap_reached")
    ledger.settle(amendment("refund", "A-1", NOON + DAY))
    state = ledger.limits[ROW]
    assert (state.reserved, state.settled) == (COST, 0)
    ledger.settle(order("A-4", NOON + DAY, click(NOON)), terms=limited(20))
    assert (ledger.order("A-4").commission_micros, state.cap) == (8 * KRONA, 20 * KRONA)
