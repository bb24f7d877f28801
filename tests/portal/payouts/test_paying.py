"""Who is due and why others are not; releasing by two people; and what the bank makes of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.portal.payouts.conftest import IBAN, Payday
from tests.unit.bank.schemas import said_of
from utfall.bank import Scheme, Verdict, bank_account
from utfall.events import PayoutEnd
from utfall.portal.access import NotFound, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import PolicyView, Required
from utfall.portal.look.formats import money
from utfall.portal.payouts import facade, judgements, letters
from utfall.portal.payouts.contracts import BatchState, BatchView, DueSum, PayoutState, Result, Schedule
from utfall.portal.post import facade as post


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


def alone(payday: Payday) -> None:
    """The operator asks for no second person."""
    policy = PolicyView(kind="payouts.release", required=Required.NEVER)
    audit.set_policy(payday.market.operator.caller(), policy)


def paid(payday: Payday) -> BatchView:
    """A batch that was released, settled and sent."""
    alone(payday)
    batch = facade.prepare(payday.operator, "SEK")
    facade.release(payday.operator, batch.id)
    payday.settle()
    return facade.send(payday.operator, batch.id)


def test_whoever_is_not_paid_is_told_every_reason_at_once(payday: Payday) -> None:
    missing = ["particulars", "agreement", "account_missing"]
    assert payday.reasons() == [*missing, "below_minimum", "no_house_account"]
    payday.complete()
    assert payday.reasons() == []
    facade.set_wishes(payday.publisher, currency="SEK", minimum_micros=10**9, schedule=Schedule.MANUAL)
    assert payday.reasons() == ["below_minimum", "not_asked"]
    facade.ask(payday.publisher)
    facade.stop(payday.publisher, "Not ours")
    assert payday.reasons() == ["stopped", "below_minimum"]


def test_a_new_account_waits_three_days_and_its_owners_are_told(payday: Payday) -> None:
    payday.complete()
    other = bank_account(Scheme.PLUSGIRO, "1037-1", "SE")
    facade.set_account(payday.publisher, "Acme Blog AB", other)
    assert payday.reasons() == ["account_new"]
    told = [one for one in _letters(payday) if "account" in one]
    assert told, "the owners are written to"
    with pytest.raises(Refused) as refused:
        facade.set_account(payday.publisher, "Acme Blog AB", other)
    assert code_of(refused) == "account_unchanged"
    with pytest.raises(Refused) as refused:
        facade.set_account(payday.publisher, "X", bank_account(Scheme.PLUSGIRO, "1037-2", "SE"))
    assert [one.code for one in refused.value.problems] == ["holder", "account_plusgiro"]


def _letters(payday: Payday) -> list[str]:
    return [one.subject for one in post.letters(payday.market.operator.caller()).items]


def test_two_people_release_what_was_looked_at(payday: Payday, client_of: Callable[..., Client]) -> None:
    payday.complete()
    batch = facade.prepare(payday.operator, "SEK")
    assert (batch.payouts, batch.amount_micros) == (1, 160_000_000)
    assert payday.reasons() == ["in_batch"]
    asked = facade.release(payday.operator, batch.id)
    assert asked.state is BatchState.PROPOSED
    assert asked.proposal is not None
    with pytest.raises(Refused):
        audit.decide(payday.operator, asked.proposal, approve=True)
    audit.decide(payday.second, asked.proposal, approve=True)
    assert facade.batch(payday.operator, batch.id).state is BatchState.RELEASED
    owner = payday.market.operator
    browser = client_of(owner.users[Role.OWNER])
    total = money(160_000_000, "SEK")
    asked_for = f"1 payout of {total} in all"
    allowed = next(one for one in audit.entries(owner.caller()).items if one.action == "proposal.approve")
    for page in ("approvals/?state=approved", f"approvals/{asked.proposal}/", f"audit/{allowed.seq}/"):
        shown = browser.get(f"/{owner.slug}/{page}").content.decode()
        assert "payout_batch" not in shown.replace("payout_batch.released", "").partition('"json"')[0], page
        assert asked_for in shown
    assert audit.told_changes(owner.caller(), allowed) == [
        ("Asked by", "", payday.operator.actor),
        ("What needs approval", "", "Release of payouts"),
        ("What it changes", "", asked_for),
        ("Paid on", "", batch.pay_on.isoformat()),
        ("Payouts", "", "1"),
        ("Amount", "", total),
    ]


def test_a_refused_release_gives_the_batch_back(payday: Payday) -> None:
    payday.complete()
    batch = facade.prepare(payday.operator, "SEK")
    asked = facade.release(payday.operator, batch.id)
    assert asked.proposal is not None
    audit.decide(payday.second, asked.proposal, approve=False, why="Too early")
    facade.follow_releases()
    assert facade.batch(payday.operator, batch.id).state is BatchState.DRAFT
    facade.discard(payday.operator, batch.id)
    assert payday.reasons() == []


def test_whoever_changed_the_account_since_falls_out(payday: Payday) -> None:
    payday.complete()
    batch = facade.prepare(payday.operator, "SEK")
    asked = facade.release(payday.operator, batch.id)
    assert asked.proposal is not None
    facade.set_account(payday.publisher, "Thief", bank_account(Scheme.BANKGIRO, "5050-1055", "SE"))
    with pytest.raises(Refused) as refused:
        audit.decide(payday.second, asked.proposal, approve=True)
    assert code_of(refused) == "all_changed"


def test_a_payout_goes_to_the_bank_and_is_paid_once(payday: Payday) -> None:
    payday.complete()
    batch = paid(payday)
    (one,) = facade.payouts_of_batch(payday.operator, batch.id).items
    assert one.state is PayoutState.SENT
    assert (letters.tell(), letters.tell()) == (1, 0)
    assert any("on its way" in one for one in _letters(payday))
    file = facade.bank_file(payday.operator, batch.id)
    assert said_of(file.content, "pain.001.001.09") == []
    assert IBAN.number.encode() in file.content
    assert file == facade.bank_file(payday.operator, batch.id)
    assert facade.due(payday.operator) == []
    said = Result(name=one.name, verdict=Verdict.COMPLETED, identity="B-1", on=date(2026, 11, 22))
    assert facade.note([said]) == ["noted"]
    assert facade.note([said]) == ["known"]
    payday.settle()
    assert facade.note([said]) == ["known"]
    (own,) = facade.payouts(payday.publisher).items
    assert own.state is PayoutState.COMPLETED
    commissions, following = facade.commissions(payday.publisher, own.id)
    assert [(one.reference, one.micros) for one in commissions] == [("P-1", 80_000_000), ("P-2", 80_000_000)]
    assert following == ""
    assert all(one.receipt for one in commissions)
    (earned,) = facade.earnings(payday.publisher)
    assert (earned.payable_micros, earned.paid_micros) == (0, 160_000_000)
    with pytest.raises(NotFound):
        facade.payout(payday.market.b.publisher.caller(), own.id)


def test_what_the_bank_refused_is_payable_again_and_needs_another_account(payday: Payday) -> None:
    payday.complete()
    batch = paid(payday)
    (one,) = facade.payouts_of_batch(payday.operator, batch.id).items
    said = Result(name=one.name, verdict=Verdict.FAILED, identity="B-1", on=date(2026, 11, 22), reason="AC04")
    assert facade.note([said, said]) == ["noted", "known"]
    payday.settle()
    assert facade.payout(payday.operator, one.id).state is PayoutState.FAILED
    assert payday.reasons() == ["account_refused"]
    facade.set_account(payday.publisher, "Acme Blog AB", bank_account(Scheme.BANKGIRO, "5050-1055", "SE"))
    payday.pass_days(3)
    assert payday.reasons() == []
    again = paid(payday)
    assert again.amount_micros == 160_000_000


def test_what_is_paid_can_come_back_by_hand(payday: Payday) -> None:
    payday.complete()
    batch = paid(payday)
    (one,) = facade.payouts_of_batch(payday.operator, batch.id).items
    with pytest.raises(Refused) as refused:
        facade.note_by_hand(payday.operator, one.id, PayoutEnd.COMPLETED, why=" ")
    assert code_of(refused) == "why_needed"
    facade.note_by_hand(payday.operator, one.id, PayoutEnd.COMPLETED, why="On the statement")
    payday.settle()
    facade.note_by_hand(payday.operator, one.id, PayoutEnd.RETURNED, why="Account closed")
    payday.settle()
    assert facade.payout(payday.operator, one.id).state is PayoutState.RETURNED
    (due,) = facade.due(payday.operator)
    assert due.payable_micros == 160_000_000


def test_an_amount_that_is_no_longer_payable_is_refused_by_the_book(payday: Payday) -> None:
    payday.complete()
    alone(payday)
    batch = facade.prepare(payday.operator, "SEK")
    payday.refund("P-2")
    facade.release(payday.operator, batch.id)
    payday.settle()
    (one,) = facade.payouts_of_batch(payday.operator, batch.id).items
    assert (one.state, one.reason) == (PayoutState.REFUSED, "exceeds_balance")
    (due,) = facade.due(payday.operator)
    assert due.pay_micros == 80_000_000


def test_a_page_of_who_is_due_is_judged_now_and_the_sums_once_until_something_changes(
    payday: Payday, monkeypatch: pytest.MonkeyPatch
) -> None:
    (waits,) = facade.due_page(payday.operator, facade.DueShow.WAITING).items
    assert waits.reasons
    assert facade.due_page(payday.operator, facade.DueShow.DUE).items == []
    monkeypatch.setattr(judgements, "AT_ONCE", 0)
    assert facade.known_sums(payday.operator) is None, "it would have to be judged first"
    assert facade.due_sums(payday.operator) == [sum_of(0, 0, 160)]
    assert facade.known_sums(payday.operator) == [sum_of(0, 0, 160)]
    payday.complete()
    assert facade.known_sums(payday.operator) is None, "people changed something"
    assert facade.due_sums(payday.operator) == [sum_of(1, 160, 0)]
    alone(payday)
    facade.release(payday.operator, facade.prepare(payday.operator, "SEK").id)
    assert facade.due_sums(payday.operator) == [sum_of(0, 0, 160)]
    payday.settle()
    assert facade.due_sums(payday.operator) == [], "the book changed"
    with pytest.raises(NotFound):
        facade.due_page(payday.publisher)


def sum_of(payouts: int, due: int, waiting: int) -> DueSum:
    """In whole kronor."""
    return DueSum(currency="SEK", payouts=payouts, micros=due * 10**6, waiting_micros=waiting * 10**6)
