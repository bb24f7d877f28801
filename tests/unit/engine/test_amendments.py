"""Approve, decline, amend, refund: what each does to an order, and when it is refused."""

from typing import Any

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment, click, lines, order, snapshot, varied
from utfall.engine import OrderStatus
from utfall.events import Action, DeclineReason, Line, LineChange, Outcome

COMMISSION, FEE = 8_000_000, 1_600_000


def pending(**more: Any) -> Ledger:
    ledger = Ledger(snapshot())
    ledger.settle(order("A-1", NOON, click(), **more))
    return ledger


def refused(ledger: Ledger, action: str, **more: Any) -> str | None:
    before = ledger.standing()
    ledger.settle(event := amendment(action, **more))
    if ledger.verdict(event) is not None:
        assert ledger.standing() == before, "what is refused moves no money"
    return ledger.verdict(event)


def test_approval_makes_the_commission_certain_and_starts_the_hold() -> None:
    ledger = pending()
    ledger.settle(amendment("approve"))
    assert ledger.standing() == {
        "advertiser 1 owed": COMMISSION + FEE,
        "operator 1 fee": -FEE,
        "publisher 10 approved": -COMMISSION,
    }
    assert ledger.order().payable_at == NOON + HOUR + 30 * DAY


def test_a_decline_takes_everything_back_and_says_why() -> None:
    ledger = pending()
    ledger.settle(amendment("decline", reason=DeclineReason.CANCELLED, evidence="ticket 7"))
    assert ledger.standing() == {}
    assert (ledger.order().status, ledger.order().reason) == (OrderStatus.DECLINED, "cancelled")
    receipt = msgspec.json.decode(ledger.decisions[-1].receipts[-1].body)
    assert (receipt["because"], receipt["evidence"]) == ("cancelled", "ticket 7")


def test_an_amendment_of_an_order_nobody_sent_is_unknown_order() -> None:
    assert refused(Ledger(snapshot()), "approve") == "unknown_order"


def test_an_amendment_by_an_advertiser_nobody_knows_is_unknown_advertiser() -> None:
    assert refused(pending(), "approve", advertiser=9) == "unknown_advertiser"


def test_an_amendment_sent_twice_is_a_duplicate_event() -> None:
    ledger = pending()
    event = amendment("approve")
    ledger.settle(event, event)
    assert ledger.verdict(event) == "duplicate_event"


def test_an_amendment_from_the_future_is_refused() -> None:
    assert refused(pending(), "approve", received_at=NOON) == "from_the_future"


@pytest.mark.parametrize("action", ["approve", "decline", "amend"])
def test_an_approved_order_is_not_pending(action: str) -> None:
    ledger = pending()
    ledger.settle(amendment("approve"))
    assert refused(ledger, action, lines=lines(1)) == "not_pending"


def test_an_order_nobody_is_paid_for_is_not_pending_when_approved() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(order())
    assert refused(ledger, "approve") == "not_pending"


@pytest.mark.parametrize("action", list(Action))
def test_a_declined_order_is_already_declined_for_every_action(action: Action) -> None:
    ledger = pending()
    ledger.settle(amendment("decline"))
    assert refused(ledger, action, lines=lines(1)) == "already_declined"


def test_a_refund_larger_than_the_order_is_refund_exceeds_order() -> None:
    assert refused(pending(), "refund", amount_micros=100_000_001) == "refund_exceeds_order"
    assert refused(pending(), "refund", amount_micros=0) == "refund_exceeds_order"
    assert refused(pending(), "refund", amount_micros=-1) == "refund_exceeds_order"


@pytest.mark.parametrize(
    "change",
    [
        LineChange(line=0, amount_micros=100_000_001),
        LineChange(line=0, amount_micros=-1),
        LineChange(line=1),
        LineChange(line=-1),
    ],
)
def test_a_refund_of_more_than_a_line_is_refund_exceeds_order(change: LineChange) -> None:
    assert refused(pending(), "refund", changes=(change,)) == "refund_exceeds_order"


def test_a_line_named_twice_in_a_refund_exceeds_the_order_together() -> None:
    twice = (LineChange(line=0, amount_micros=60_000_000), LineChange(line=0, amount_micros=60_000_000))
    assert refused(pending(), "refund", changes=twice) == "refund_exceeds_order"


def test_an_amendment_to_the_same_lines_leaves_nothing_changed() -> None:
    assert refused(pending(), "amend", lines=lines(100)) == "nothing_changed"


def test_an_amendment_without_lines_leaves_nothing_changed() -> None:
    """What is not said is not zero."""
    assert refused(pending(), "amend") == "nothing_changed"


def test_an_amendment_with_a_line_that_cannot_be_priced_is_an_invalid_field() -> None:
    assert refused(pending(), "amend", lines=(Line(amount_micros=-5),)) == "invalid_field"


def test_a_refund_of_what_was_refunded_leaves_nothing_changed() -> None:
    ledger = pending()
    ledger.settle(amendment("refund"))
    assert refused(ledger, "refund") == "nothing_changed"


def test_an_amended_order_is_priced_anew() -> None:
    ledger = pending()
    ledger.settle(amendment("amend", lines=lines(50, 25)))
    assert ledger.standing() == {
        "advertiser 1 accrued": 7_200_000,
        "operator 1 fee_pending": -1_200_000,
        "publisher 10 pending": -6_000_000,
    }


def test_an_amended_order_may_grow() -> None:
    ledger = pending()
    ledger.settle(amendment("amend", lines=lines(200)))
    assert ledger.balance("publisher", 10, "pending") == -2 * COMMISSION


def test_an_order_that_no_longer_fits_after_it_is_amended_is_not_paid() -> None:
    limit = """
    [[program.limit]]
    id = 1
    name = "a cap"
    measure = "commission"
    period = "total"
    cap = "10.00"

"""
    ledger = Ledger(varied("[[enrolment]]", limit + "[[enrolment]]"))
    ledger.settle(order("A-1", NOON, click()))
    ledger.settle(amendment("amend", lines=lines(200)))
    assert (ledger.order().status, ledger.order().reason) == (OrderStatus.UNPAID, "cap_reached")
    assert ledger.standing() == {}
    assert ledger.order().approve_at is None


@pytest.mark.parametrize(
    ("status", "bucket"), [("pending", "pending"), ("approved", "approved"), ("payable", "payable")]
)
def test_a_refund_is_taken_from_the_account_where_the_commission_stands(status: str, bucket: str) -> None:
    ledger = pending()
    if status != "pending":
        ledger.settle(amendment("approve"))
    if status == "payable":
        ledger.settle(now=NOON + 40 * DAY)
    assert ledger.order().status == status
    at = NOON + (41 * DAY if status == "payable" else 2 * HOUR)
    ledger.settle(amendment("refund", at=at, amount_micros=25_000_000))
    assert ledger.balance("publisher", 10, bucket) == -6_000_000
    ledger.settle(amendment("refund", at=at))
    assert ledger.standing() == {}
    assert ledger.order().status is OrderStatus.REVERSED


def test_many_small_refunds_take_no_more_than_one_large() -> None:
    terms = varied('share = "8 %"', 'share = "3.3333 %"')
    ledger = Ledger(terms)
    ledger.settle(order("A-1", NOON, one := click(), lines=(Line(amount_micros=1_000_001),)))
    ledger.settle(order("A-2", NOON, one, lines=(Line(amount_micros=1_000_001),)))
    for _ in range(7):
        ledger.settle(amendment("refund", "A-1", amount_micros=99_999))
    ledger.settle(amendment("refund", "A-2", amount_micros=7 * 99_999))
    assert ledger.order("A-1").commission_micros == ledger.order("A-2").commission_micros


def test_a_refund_of_one_line_leaves_the_others() -> None:
    ledger = pending(lines=lines(100, 50))
    ledger.settle(amendment("refund", changes=(LineChange(line=0),)))
    assert [line.left_micros for line in ledger.order().lines] == [0, 4_000_000]
    assert ledger.order().status is OrderStatus.PENDING


def test_a_lead_is_refunded_by_naming_its_only_line() -> None:
    """It has no amount to take a part of: naming it takes it whole."""
    rule = '\n    [[program.rule]]\n    id = 9\n    outcome = "lead"\n    flat = "50"\n\n'
    ledger = Ledger(varied("[[enrolment]]", rule + "[[enrolment]]"))
    ledger.settle(order("A-1", NOON, click(), outcome=Outcome.LEAD, lines=()))
    ledger.settle(amendment("refund", outcome=Outcome.LEAD, changes=(LineChange(line=0),)))
    assert ledger.standing() == {}
    assert ledger.order("A-1", "lead").status is OrderStatus.REVERSED


def test_a_refund_of_an_order_nobody_is_paid_for_lowers_its_revenue_only() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(order())
    ledger.settle(amendment("refund", amount_micros=40_000_000))
    assert ledger.standing() == {}
    assert sum(fact.revenue_micros for fact in ledger.facts) == 60_000_000


def test_a_refund_frees_its_part_of_a_cap() -> None:
    limit = """
    [[program.limit]]
    id = 1
    name = "a cap"
    measure = "cost"
    period = "month"
    cap = "9.60"

"""
    ledger = Ledger(varied("[[enrolment]]", limit + "[[enrolment]]"))
    ledger.settle(order("A-1", NOON, one := click()), amendment("approve"))
    ledger.settle(amendment("refund", amount_micros=50_000_000))
    (state,) = ledger.limits.values()
    assert (state.reserved, state.settled) == (0, 4_800_000)
    ledger.settle(order("A-2", NOON, one, lines=lines(50)), now=NOON + 2 * HOUR)
    assert ledger.order("A-2").status is OrderStatus.PENDING


def test_a_limit_that_is_no_longer_agreed_is_still_given_back_what_it_held() -> None:
    limit = """
    [[program.limit]]
    id = 1
    name = "a cap"
    measure = "cost"
    period = "month"
    cap = "9.60"

"""
    ledger = Ledger(varied("[[enrolment]]", limit + "[[enrolment]]"))
    ledger.settle(order("A-1", NOON, click()))
    ledger.settle(amendment("approve"), terms=snapshot())
    (state,) = ledger.limits.values()
    assert (state.reserved, state.settled) == (0, 9_600_000)
    ledger.settle(amendment("refund", amount_micros=50_000_000))
    assert (state.reserved, state.settled) == (0, 9_600_000), "what it measured is not known any more"


def test_every_change_of_an_order_is_a_link_in_the_chain_of_its_receipts() -> None:
    ledger = pending()
    ledger.settle(amendment("amend", lines=lines(90)))
    ledger.settle(amendment("approve"))
    ledger.settle(amendment("refund"))
    receipts = [decided.receipts[-1] for decided in ledger.decisions]
    assert [receipt.prior for receipt in receipts[1:]] == [receipt.hash for receipt in receipts[:-1]]
    assert [receipt.kind for receipt in receipts] == ["conversion", "amend", "approve", "refund"]


def test_a_refused_amendment_may_be_sent_again_with_the_same_id() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(event := amendment("approve"))
    assert ledger.verdict(event) == "unknown_order"
    ledger.settle(order("A-1", NOON, click()))
    ledger.settle(event)
    assert ledger.order().status is OrderStatus.APPROVED


def test_the_fee_of_a_refund_is_the_one_the_order_was_priced_with() -> None:
    ledger = pending()
    ledger.terms = varied('fee = "20 %"', 'fee = "50 %"')
    ledger.settle(amendment("refund", amount_micros=50_000_000))
    assert ledger.order().fee_micros == FEE // 2
