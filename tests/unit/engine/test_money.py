"""Money that moves outside, event by event: what it posts, and why it is refused."""

from typing import Any

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment, click, lines, new_id, order, snapshot
from tests.unit.engine.treasury import EURO, SEK_PER_EURO, Treasury
from utfall.engine.money.documents import MoneyBody, MoneySide
from utfall.events import BonusReason, Funding, PaperKind


@pytest.fixture
def office() -> Treasury:
    """Publisher 10 has earned 80.00, which is payable; the advertiser owes 96.00 for it."""
    ledger = Ledger(snapshot())
    ledger.settle(order("A-1", NOON, click(NOON - HOUR), lines=lines(1000)))
    ledger.settle(amendment("approve", "A-1", NOON))
    ledger.settle(now=NOON + 30 * DAY)
    return Treasury(ledger, now=NOON + 30 * DAY)


def kroner(units: float) -> int:
    return round(units * 1_000_000)


def funding_of(office: Treasury) -> str:
    return next(reversed(office.ledger.purse.fundings))


def test_an_event_of_money_counts_once(office: Treasury) -> None:
    event = Funding(
        id=new_id(NOON),
        occurred_at=NOON,
        received_at=NOON,
        advertiser=1,
        currency="SEK",
        amount_micros=kroner(100),
        identity="B1",
        day="2026-06-10",
    )
    office.ledger.settle(event, event, now=office.now)
    decided = office.ledger.settle(event, now=office.now)
    assert office.held("advertiser", 1, "deposit") == kroner(100)
    assert [msgspec.json.decode(one.body)["reason"] for one in decided.receipts] == ["duplicate_event"]
    assert decided.money.answers == []


def test_a_duplicate_movement_of_the_bank_is_refused(office: Treasury) -> None:
    assert office.fund(kroner(100), "B1") is None
    assert office.fund(kroner(100), "B1") == "duplicate_movement"
    assert office.held("advertiser", 1, "deposit") == kroner(100)


def test_what_was_refused_may_be_mended_and_told_again(office: Treasury) -> None:
    assert office.fund(kroner(100), "B1", 999) == "unknown_advertiser"
    assert office.fund(kroner(100), "B1") is None


@pytest.mark.parametrize(
    ("micros", "fields", "reason"),
    [
        (kroner(100), {"currency": "XXX"}, "invalid_currency"),
        (0, {}, "invalid_field"),
        (kroner(-1), {"advertiser": None}, "invalid_field"),
    ],
)
def test_a_deposit_of_nothing_or_in_no_currency_is_refused(
    office: Treasury, micros: int, fields: dict[str, Any], reason: str
) -> None:
    assert office.fund(micros, "B1", **{"advertiser": 1, **fields}) == reason


def test_an_amount_that_is_not_whole_is_refused(office: Treasury) -> None:
    assert office.fund(kroner(100) + 1, "B1") == "not_whole"
    assert office.fund(kroner(100) + 10_000, "B1", currency="ISK") == "not_whole"


def test_paying_back_what_exceeds_balance_is_refused(office: Treasury) -> None:
    office.fund(kroner(100), "B1")
    assert office.fund(kroner(-101), "B2") == "exceeds_balance"
    assert office.fund(kroner(-100), "B2") is None


def test_an_unknown_funding_cannot_be_matched_and_a_known_one_only_once(office: Treasury) -> None:
    assert office.match("nothing") == "unknown_funding"
    office.fund(kroner(50), "B1", None)
    assert office.match(funding_of(office)) is None
    assert office.match(funding_of(office)) == "unknown_funding"
    office.fund(kroner(50), "B2", None)
    assert office.match(funding_of(office), None) is None
    assert office.ledger.standing()["operator 1 bank"] == kroner(50)


def test_a_paper_that_is_not_next_number_of_its_series_is_refused(office: Treasury) -> None:
    assert office.paper("advertiser", 1, number=2) == "not_next_number"
    assert office.paper("advertiser", 1) is None
    said = {"net_micros": kroner(1), "tax_micros": 0}
    assert office.paper("advertiser", 1, number=1, **said) == "not_next_number"


def test_a_paper_whose_amount_differs_from_what_was_earned_is_refused(office: Treasury) -> None:
    assert office.paper("advertiser", 1, net_micros=kroner(95), tax_micros=0) == "amount_differs"
    assert office.paper("publisher", 10, net_micros=kroner(81), tax_micros=0) == "amount_differs"
    assert office.paper("publisher", 10, net_micros=kroner(80), tax_micros=0) is None


def test_a_paper_through_an_unknown_bound_is_refused(office: Treasury) -> None:
    last = office.ledger.purse.last
    assert office.paper("advertiser", 1, through=last + 1) == "unknown_bound"
    assert office.paper("advertiser", 1) is None
    assert (
        office.paper("advertiser", 1, through=last - 1, net_micros=kroner(1), tax_micros=0) == "unknown_bound"
    )


def test_a_paper_to_an_unknown_publisher_is_refused(office: Treasury) -> None:
    said = {"net_micros": kroner(1), "tax_micros": 0}
    assert office.paper("publisher", 999, paper=PaperKind.SELF_BILLING, **said) == "unknown_publisher"
    assert office.paper("advertiser", 999, paper=PaperKind.INVOICE, **said) == "unknown_advertiser"


def test_a_paper_whose_signs_are_wrong_is_refused(office: Treasury) -> None:
    assert office.paper("advertiser", 1, tax_micros=kroner(-1)) == "invalid_field"
    assert office.paper("advertiser", 1, tax_micros=kroner(97)) == "invalid_field"
    assert office.paper("advertiser", 1, paper=PaperKind.CREDIT_NOTE) == "invalid_field"
    assert office.paper("advertiser", 1, corrects="A1-000001") == "invalid_field"


def test_a_correction_that_exceeds_paper_is_refused(office: Treasury) -> None:
    office.paper("advertiser", 1)
    assert office.correct("A1-000001", kroner(97), 0) == "exceeds_paper"
    assert office.correct("A1-000001", kroner(90), kroner(22.5)) is None
    assert office.correct("A1-000001", kroner(7), 0) == "exceeds_paper"
    assert office.correct("A1-000001", kroner(6), kroner(1.5)) is None
    assert office.unpapered_of("advertiser", 1) == kroner(96)


def test_what_a_correction_took_back_is_invoiced_again(office: Treasury) -> None:
    office.paper("advertiser", 1)
    office.correct("A1-000001", kroner(96), kroner(24))
    assert office.paper("advertiser", 1) is None
    assert office.ledger.purse.papers["A1-000003"].net_micros == kroner(96)
    assert office.held("advertiser", 1, "receivable") == kroner(-120)


def test_an_unknown_paper_cannot_be_paid_or_corrected(office: Treasury) -> None:
    assert office.settle("A1-000001", kroner(1)) == "unknown_paper"
    said = {"paper": PaperKind.CREDIT_NOTE, "net_micros": kroner(-1), "tax_micros": 0}
    assert office.paper("advertiser", 1, corrects="A1-000009", **said) == "unknown_paper"
    office.paper("publisher", 10)
    assert office.settle("P10-000001", kroner(1)) == "unknown_paper"


def test_a_deposit_pays_no_more_than_a_paper_and_than_it_holds(office: Treasury) -> None:
    office.paper("advertiser", 1)
    assert office.settle("A1-000001", kroner(120)) == "exceeds_balance"
    office.fund(kroner(200), "B1")
    assert office.settle("A1-000001", kroner(120.01)) == "exceeds_paper"
    assert office.settle("A1-000001", kroner(-1)) == "exceeds_paper"
    assert office.settle("A1-000001", 0) == "invalid_field"
    assert office.settle("A1-000001", kroner(120)) is None
    assert office.ledger.purse.papers["A1-000001"].open_micros == 0


def test_a_payout_of_what_is_not_payable_is_refused_and_nobody_is_paid_twice(office: Treasury) -> None:
    last = office.ledger.purse.last
    assert office.pay(10, amount_micros=kroner(81)) == "amount_differs"
    assert office.pay(10, amount_micros=kroner(79)) == "amount_differs"
    assert office.pay(10, through=last + 1) == "unknown_bound"
    assert office.pay(999) == "unknown_publisher"
    assert office.pay(10) is None
    assert office.pay(10, through=last, amount_micros=kroner(80)) == "amount_differs"
    assert office.ledger.purse.paid_by == {("conversion", 1, 10): last + 1}


def test_a_payout_whose_number_taken_by_another_is_refused(office: Treasury) -> None:
    office.pay(10)
    assert office.pay(10, number=1) == "number_taken"


def test_a_payout_drafted_before_a_refund_exceeds_balance_and_is_refused(office: Treasury) -> None:
    last = office.ledger.purse.last
    office.ledger.settle(amendment("refund", "A-1", office.now, amount_micros=kroner(500)))
    assert office.pay(10, through=last, amount_micros=kroner(80)) == "exceeds_balance"
    assert office.pay(10) is None
    assert office.ledger.purse.payouts[1].amount_micros == kroner(40)


def test_before_the_hold_ends_nothing_is_payable() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(order("A-1", NOON, click(NOON - HOUR), lines=lines(1000)))
    ledger.settle(amendment("approve", "A-1", NOON))
    office = Treasury(ledger, now=NOON + 30 * DAY - 1)
    assert office.pay(10, amount_micros=kroner(80)) == "amount_differs"


def test_an_answer_about_an_unknown_payout_is_refused(office: Treasury) -> None:
    assert office.end(7, "completed") == "unknown_payout"


def test_an_answer_in_the_wrong_state_is_refused(office: Treasury) -> None:
    office.pay(10)
    assert office.end(1, "returned") == "wrong_state"
    assert office.end(1, "completed") is None
    assert office.end(1, "completed") == "wrong_state"
    assert office.end(1, "failed") == "wrong_state"
    assert office.end(1, "returned") is None
    assert office.end(1, "returned") == "wrong_state"


def test_what_came_back_is_paid_again_with_its_commissions(office: Treasury) -> None:
    office.pay(10)
    office.end(1, "failed")
    assert office.ledger.purse.paid_by == {}
    assert office.pay(10) is None
    assert office.ledger.purse.paid_by == {("conversion", 1, 10): office.ledger.purse.payouts[2].transaction}


def test_a_refund_after_a_payout_is_owed_and_goes_against_what_is_earned_next(office: Treasury) -> None:
    office.pay(10)
    office.end(1, "completed")
    office.ledger.settle(amendment("refund", "A-1", office.now))
    assert office.held("publisher", 10, "payable") == kroner(-80)
    office.grant(10, kroner(100))
    office.now += 30 * DAY
    office.ledger.settle(now=office.now)
    assert office.pay(10) is None
    assert office.ledger.purse.payouts[2].amount_micros == kroner(20)


def test_a_bonus_is_held_and_a_clawback_is_not(office: Treasury) -> None:
    assert office.grant(11, kroner(25)) is None
    assert office.held("publisher", 11, "approved") == kroner(25)
    assert office.grant(11, kroner(-10)) is None
    assert office.held("publisher", 11, "payable") == kroner(-10)
    office.now += 30 * DAY
    office.ledger.settle(now=office.now)
    assert office.held("publisher", 11, "payable") == kroner(15)
    assert office.held("advertiser", 1, "owed") == kroner(-96 - 30 + 12)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"program": 999}, "unknown_program"),
        ({"publisher": 999}, "unknown_publisher"),
        ({"currency": "EUR"}, "currency_mismatch"),
        ({"currency": "XXX"}, "invalid_currency"),
        ({"reason": BonusReason.CLAWBACK}, "invalid_field"),
        ({"occurred_at": -1}, "not_enrolled"),
    ],
)
def test_a_bonus_outside_of_the_terms_is_refused(
    office: Treasury, fields: dict[str, Any], reason: str
) -> None:
    assert office.grant(**{"publisher": 10, "micros": kroner(1), **fields}) == reason
    assert office.held("publisher", 10, "approved") == 0


def test_an_exchange_whose_rate_differs_is_refused(office: Treasury) -> None:
    assert office.exchange("publisher", 10, kroner(80), into_amount_micros=7_287_301) == "rate_differs"
    assert office.exchange("publisher", 10, kroner(79)) == "amount_differs"
    assert office.exchange("advertiser", 1, kroner(1)) == "exceeds_balance"
    assert office.exchange("publisher", 10, kroner(80), into="SEK") == "invalid_field"


def test_exchanged_commissions_are_paid_in_the_other_currency(office: Treasury) -> None:
    assert office.exchange("publisher", 10, kroner(80)) is None
    (exchange,) = office.ledger.purse.exchanges.values()
    assert office.pay(10, amount_micros=kroner(80)) == "amount_differs"
    assert office.pay(10, "EUR") is None
    assert office.ledger.purse.payouts[1].amount_micros == 7_280_000
    (exchange,) = office.ledger.purse.exchanges.values()
    assert exchange.paid_by == office.ledger.purse.payouts[1].transaction
    assert office.ledger.purse.paid_by == {("conversion", 1, 10): exchange.transaction}


def test_an_unknown_exchange_cannot_be_taken_back_nor_one_that_was_paid_out(office: Treasury) -> None:
    back = {"amount_micros": kroner(-80), "into_amount_micros": -7_287_302}
    assert office.exchange("publisher", 10, 0, **back, undoes="nothing") == "unknown_exchange"
    office.exchange("publisher", 10, kroner(80))
    (name,) = office.ledger.purse.exchanges
    office.pay(10, "EUR")
    assert office.exchange("publisher", 10, 0, **back, undoes=name) == "unknown_exchange"
    office.end(1, "failed")
    assert office.exchange("publisher", 10, 0, **back, undoes=name, into_micros=EURO + 1) == "rate_differs"
    assert office.exchange("publisher", 10, 0, **back, undoes=name) is None
    assert office.held("publisher", 10, "payable") == kroner(80)
    assert office.ledger.purse.paid_by == {}
    assert SEK_PER_EURO > EURO


def test_the_fields_of_a_receipt_about_money_stand_in_the_order_of_their_names() -> None:
    for kind in (MoneyBody, MoneySide):
        assert list(kind.__struct_fields__) == sorted(kind.__struct_fields__)


def test_no_party_reads_what_a_bonus_is_to_the_other(office: Treasury) -> None:
    office.grant(10, kroner(25))
    (receipt,) = office.ledger.decisions[-1].receipts
    assert b"micros" not in receipt.body
    own, other = (msgspec.json.decode(one) for one in (receipt.advertiser_side, receipt.publisher_side))
    assert (own["cost_micros"], own["fee_micros"]) == (kroner(30), kroner(5))
    assert set(other) == {"commission_micros", "salt"}
