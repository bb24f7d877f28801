"""Deadlines: the dates that docs/algorithms/deadlines.md works out by hand, and what each of them refuses."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import HOUR, amendment, click, order, snapshot, varied, zone_of
from utfall.engine.deadlines import window_ends
from utfall.engine.state import Deferral, OrderStatus
from utfall.events import DeclineReason, Line, LineChange
from utfall.terms import Snapshot


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


PLACED = ms("2026-10-15 21:30")
SILENCE = ms("2026-10-29 21:30")
COAT = ms("2026-11-17 23:00")
LOCKED = ms("2026-11-27 23:00")
BASKET = (
    Line(amount_micros=60_000_000, sku="socks"),
    Line(amount_micros=40_000_000, sku="coat"),
)


def terms() -> Snapshot:
    days = 'fee = "20 %"\n    auto_approval_days = 14\n    delivery_days = 3\n    lock_days = 10'
    return varied('currency = "SEK"\n\n    [[program.terms]]\n    fee = "20 %"', PROGRAM + days)


PROGRAM = (
    'currency = "SEK"\nzone = "Europe/Stockholm"\nevidence_for = ["fraud"]\n\n    [[program.terms]]\n    '
)


def placed(agreed: Snapshot | None = None, at: int = PLACED) -> Ledger:
    ledger = Ledger(agreed or terms())
    ledger.settle(order("A-1", at, click(at - HOUR), lines=BASKET))
    return ledger


def item(sku: str, days: int | None) -> Line:
    return Line(amount_micros=0, sku=sku, return_days=days)


def deferred(ledger: Ledger, sku: str = "coat", days: int | None = 30, at: int = PLACED + HOUR) -> str | None:
    ledger.settle(event := amendment("defer", at=at, lines=(item(sku, days),)))
    return ledger.verdict(event)


def refused(ledger: Ledger, action: str, at: int, **more: Any) -> str | None:
    ledger.settle(event := amendment(action, at=at, **more))
    return ledger.verdict(event)


def shown(ledger: Ledger) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(ledger.decisions[-1].receipts[-1].body)
    return told


def test_silence_waits_for_the_coat_over_the_end_of_summer_time() -> None:
    ledger = placed()
    assert ledger.order().approve_at == SILENCE
    assert deferred(ledger) is None
    assert ledger.order().approve_at == COAT
    assert shown(ledger)["deadlines"] == {
        "approve_at": COAT,
        "delivery_days": 3,
        "return_days": 30,
        "sku": "coat",
    }
    ledger.settle(now=COAT - 1)
    assert ledger.order().status is OrderStatus.PENDING
    ledger.settle(now=COAT)
    one = ledger.order()
    assert (one.status, one.locks_at, one.payable_at) == (
        OrderStatus.APPROVED,
        LOCKED,
        ms("2026-12-17 23:00"),
    )
    assert shown(ledger)["deadlines"]["locks_at"] == LOCKED


@pytest.mark.parametrize(
    ("zone", "placed_at", "days", "ends"),
    [
        ("Europe/Stockholm", "2026-10-15 21:30", 3 + 14, "2026-11-01 23:00"),
        ("Europe/Stockholm", "2026-10-15 22:30", 3 + 30, "2026-11-18 23:00"),
        ("Europe/Stockholm", "2027-03-20 11:00", 3 + 30, "2027-04-22 22:00"),
        ("America/Santiago", "2026-09-05 12:00", 0, "2026-09-06 04:00"),
    ],
)
def test_a_window_ends_with_its_last_day_by_the_programs_clock(
    zone: str, placed_at: str, days: int, ends: str
) -> None:
    assert window_ends(ms(placed_at), zone_of(zone), days) == ms(ends)


def test_the_later_item_decides_and_what_is_not_later_changes_nothing() -> None:
    ledger = placed()
    assert deferred(ledger) is None
    assert deferred(ledger, "socks", 14) == "not_later"
    assert ledger.order().deferred == Deferral(COAT, "coat", 30, 3)


@pytest.mark.parametrize(
    ("sku", "days"), [("coat", None), ("coat", 0), ("coat", 731), ("", 30), ("c" * 101, 30)]
)
def test_a_deferral_without_an_item_or_its_days_is_an_invalid_field(sku: str, days: int | None) -> None:
    assert deferred(placed(), sku, days) == "invalid_field"


def test_an_item_the_order_lacks_is_an_unknown_item() -> None:
    assert deferred(placed(), "hat") == "unknown_item"


def test_an_item_that_was_returned_is_an_unknown_item() -> None:
    ledger = placed()
    ledger.settle(amendment("refund", at=PLACED + HOUR, changes=(LineChange(line=1),)))
    assert deferred(ledger, at=PLACED + 2 * HOUR) == "unknown_item"


def test_a_program_that_waits_for_no_window_has_not_agreed_to_one() -> None:
    assert deferred(placed(snapshot())) == "not_agreed"


def test_where_silence_never_approves_no_day_is_later() -> None:
    never = varied(
        'currency = "SEK"\n\n    [[program.terms]]\n    fee = "20 %"',
        PROGRAM + 'fee = "20 %"\n    auto_approval_days = "never"\n    delivery_days = 3',
    )
    assert deferred(placed(never)) == "not_later"


def test_a_deferral_that_came_after_silence_is_not_pending() -> None:
    assert deferred(placed(), at=SILENCE + HOUR) == "not_pending"


def test_a_deferral_received_in_time_holds_however_late_it_is_settled() -> None:
    ledger = placed()
    ledger.settle(amendment("defer", at=SILENCE - 1, lines=(item("coat", 30),)), now=SILENCE + 4 * 24 * HOUR)
    assert (ledger.order().status, ledger.order().approve_at) == (OrderStatus.PENDING, COAT)


def test_an_order_that_is_amended_waits_as_long_as_before() -> None:
    ledger = placed()
    assert deferred(ledger) is None
    ledger.settle(amendment("amend", at=PLACED + 2 * HOUR, lines=BASKET[1:]))
    assert ledger.order().approve_at == COAT


def test_a_person_may_approve_before_the_deferred_day() -> None:
    ledger = placed()
    assert deferred(ledger) is None
    at = ms("2026-11-01 12:00")
    ledger.settle(amendment("approve", at=at))
    assert (ledger.order().locks_at, ledger.order().payable_at) == (
        ms("2026-11-11 12:00"),
        ms("2026-12-01 12:00"),
    )


@pytest.mark.parametrize("action", ["approve", "decline", "amend"])
def test_what_is_locked_is_refused_as_locked_and_before_as_not_pending(action: str) -> None:
    ledger = placed()
    deferred(ledger)
    ledger.settle(now=COAT)
    assert refused(ledger, action, ms("2026-11-20 12:00"), lines=BASKET[:1]) == "not_pending"
    before = ledger.standing()
    assert refused(ledger, action, ms("2026-11-30 12:00"), lines=BASKET[:1]) == "locked"
    assert ledger.standing() == before


def test_a_locked_order_can_still_be_charged_back() -> None:
    ledger = placed()
    deferred(ledger)
    ledger.settle(now=LOCKED)
    assert refused(ledger, "refund", LOCKED + HOUR, amount_micros=50_000_000) is None
    assert (shown(ledger)["deadlines"]["locks_at"], ledger.order().commission_micros) == (LOCKED, 4_000_000)
    assert refused(ledger, "refund", LOCKED + HOUR) is None
    assert (ledger.order().status, ledger.order().locks_at) == (OrderStatus.REVERSED, None)
    assert ledger.standing() == {}


@pytest.mark.parametrize("action", ["decline", "refund"])
def test_a_reason_that_needs_evidence_is_evidence_missing_without_it(action: str) -> None:
    ledger = placed()
    assert refused(ledger, action, PLACED + HOUR, reason=DeclineReason.FRAUD) == "evidence_missing"
    assert (
        refused(ledger, action, PLACED + HOUR, reason=DeclineReason.FRAUD, evidence=" ") == "evidence_missing"
    )
    assert refused(ledger, action, PLACED + HOUR, reason=DeclineReason.FRAUD, evidence="card stolen") is None


@pytest.mark.parametrize("action", ["decline", "refund"])
def test_other_reasons_need_no_evidence(action: str) -> None:
    assert refused(placed(), action, PLACED + HOUR, reason=DeclineReason.CANCELLED) is None
