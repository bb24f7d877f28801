"""The example of docs/algorithms/payouts.md, *Banking days*: when whoever is due is paid, and told so."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_pages import call
from tests.portal.payouts.test_paying import alone, code_of
from utfall.bank import Scheme, bank_account
from utfall.portal.access import Permission, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import HouseAccount
from utfall.portal.payouts import facade
from utfall.portal.payouts.contracts import Due, Schedule
from utfall.portal.payouts.models import Batch
from utfall.portal.people import facade as people

EUROS = bank_account(Scheme.IBAN, "DE89370400440532013000", "DE", "COBADEFF")
SATURDAY, MONDAY = date(2026, 8, 15), date(2026, 8, 17)
Clock = Callable[[date], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the portal's day; what the bank, the book and the journal do is of now."""

    def set_to(day: date) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(day.year, day.month, day.day, 10, tzinfo=UTC))

    return set_to


@pytest.fixture
def monthly(payday: Payday, clock: Clock) -> Payday:
    """Who is paid monthly, and was on 15 July."""
    clock(date(2026, 7, 10))
    payday.complete()
    facade.set_wishes(payday.publisher, currency="SEK", minimum_micros=50_000_000, schedule=Schedule.MONTHLY)
    alone(payday)
    clock(date(2026, 7, 15))
    pay(payday)
    payday.earn("P-3")
    return payday


def pay(payday: Payday, on: date | None = None) -> Batch:
    """Whoever is due, on the day that is proposed, or on another."""
    made = facade.prepare(payday.operator, "SEK", pay_on=on)
    facade.release(payday.operator, made.id)
    payday.settle()
    return Batch.objects.system().get(pk=made.id)


def due(payday: Payday) -> Due:
    (one,) = facade.due(payday.operator)
    return one


def told(payday: Payday) -> tuple[list[tuple[str, date | None]], date | None]:
    """Why the publisher is not paid, with the day, and what is its next."""
    (one,) = facade.earnings(payday.publisher)
    return [(each.reason.value, each.day) for each in one.reasons], one.next_day


def test_the_worked_example(monthly: Payday, clock: Clock) -> None:
    clock(date(2026, 8, 14))
    assert told(monthly) == ([("not_yet", MONDAY)], MONDAY)
    (coming,) = facade.due_days(monthly.operator).days["SEK"]
    assert coming.day == MONDAY
    clock(SATURDAY)
    assert told(monthly) == ([], MONDAY)
    (coming,) = facade.due_days(monthly.operator).days["SEK"]
    assert coming.day == MONDAY, "nobody is paid on a Saturday"
    for day in (SATURDAY, date(2026, 8, 16)):
        with pytest.raises(Refused) as refused:
            facade.prepare(monthly.operator, "SEK", pay_on=day)
        assert code_of(refused) == "not_banking_day"
        assert "17 Aug 2026" in str(refused.value.problems[0].sentence)
    assert pay(monthly).pay_on == MONDAY
    monthly.earn("P-4")
    clock(date(2026, 8, 16))
    assert told(monthly) == ([("not_yet", date(2026, 9, 15))], date(2026, 9, 15))
    clock(MONDAY)
    assert not due(monthly).is_due, "what was released on Saturday is Monday's payout"
    clock(date(2026, 9, 15))
    assert due(monthly).is_due


def test_who_is_paid_on_mondays_is_paid_once_by_a_batch_of_the_weekend(payday: Payday, clock: Clock) -> None:
    clock(date(2026, 11, 9))
    payday.complete()
    alone(payday)
    pay(payday)
    payday.earn("P-3")
    clock(date(2026, 11, 13))
    assert told(payday) == ([("not_yet", date(2026, 11, 16))], date(2026, 11, 16))
    clock(date(2026, 11, 14))
    assert pay(payday).pay_on == date(2026, 11, 16)
    payday.earn("P-4")
    clock(date(2026, 11, 16))
    assert told(payday) == ([("not_yet", date(2026, 11, 23))], date(2026, 11, 23))


def test_who_asks_on_the_day_after_a_release_is_heard(payday: Payday, clock: Clock) -> None:
    clock(date(2026, 11, 10))
    payday.complete()
    alone(payday)
    facade.set_wishes(payday.publisher, currency="SEK", minimum_micros=50_000_000, schedule=Schedule.MANUAL)
    clock(date(2026, 11, 14))
    facade.ask(payday.publisher)
    pay(payday)
    payday.earn("P-3")
    assert told(payday) == ([("not_asked", None)], None)
    clock(date(2026, 11, 15))
    facade.ask(payday.publisher)
    assert told(payday) == ([], None), "though the payout of Saturday is Monday's"


def test_what_goes_to_the_bank_on_christmas_eve_is_paid_when_banks_are_open(
    payday: Payday, clock: Clock
) -> None:
    clock(date(2026, 12, 20))
    payday.complete()
    alone(payday)
    clock(date(2026, 12, 23))
    batch = pay(payday)
    assert batch.pay_on == date(2026, 12, 23)
    clock(date(2026, 12, 24))
    assert facade.send(payday.operator, batch.pk).pay_on == date(2026, 12, 28)
    file = facade.bank_file(payday.operator, batch.pk).content.decode()
    assert "<Dt>2026-12-28</Dt>" in file
    sent = next(one for one in audit.entries(payday.operator).items if one.action == "payout_batch.sent")
    assert sent.after is not None
    assert sent.after["pay_on"] == "2026-12-28", "who agreed to the 23rd finds the day in the log"


def test_the_day_that_a_refusal_names_is_taken(payday: Payday, clock: Clock) -> None:
    clock(date(2026, 11, 10))
    payday.complete()
    alone(payday)
    clock(date(2026, 11, 17))
    last = date(2027, 1, 16)
    with pytest.raises(Refused) as refused:
        facade.prepare(payday.operator, "SEK", pay_on=last)
    assert code_of(refused) == "not_banking_day", "sixty days ahead is a Saturday"
    assert "18 Jan 2027" in str(refused.value.problems[0].sentence)
    with pytest.raises(Refused) as refused:
        facade.prepare(payday.operator, "SEK", pay_on=date(2027, 1, 19))
    assert code_of(refused) == "pay_on_range"
    assert facade.prepare(payday.operator, "SEK", pay_on=date(2027, 1, 18)).pay_on == date(2027, 1, 18)


def test_days_begin_at_midnight_in_swedish_time(
    payday: Payday, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half past midnight on a Saturday it is too late for Friday, though it is Friday in UTC."""
    clock(date(2026, 11, 15))
    payday.complete()
    alone(payday)
    friday = date(2026, 11, 20)
    night = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: night)
    (coming,) = facade.due_days(payday.operator).days["SEK"]
    assert (coming.day, told(payday)) == (date(2026, 11, 23), ([], date(2026, 11, 23)))
    with pytest.raises(Refused) as refused:
        facade.prepare(payday.operator, "SEK", pay_on=friday)
    assert code_of(refused) == "pay_on_range"
    batch = pay(payday)
    assert batch.pay_on == date(2026, 11, 23)
    Batch.objects.system().filter(pk=batch.pk).update(pay_on=friday)
    assert facade.send(payday.operator, batch.pk).pay_on == date(2026, 11, 23)
    payday.earn("P-3")
    clock(date(2026, 11, 23))
    assert not due(payday).is_due, "what was released in that night is Monday's payout"


def test_pages_and_api_propose_a_banking_day_and_take_no_other(
    payday: Payday, clock: Clock, client_of: Callable[..., Client]
) -> None:
    clock(date(2026, 11, 20))
    payday.complete()
    invoices.set_house_account(payday.operator, HouseAccount(currency="EUR", account=EUROS))
    clock(date(2026, 11, 22))
    house = client_of(payday.market.operator.users[Role.FINANCE])
    root = f"/{payday.market.operator.slug}/payouts/"
    page = house.get(root).content.decode()
    assert 'value="2026-11-23"' in page
    assert 'value="2026-11-22"' not in page
    answer = house.post(f"{root}prepare/", {"currency": "SEK", "pay_on": "2026-11-22"}, follow=True)
    said = "Banks do not pay SEK on 22 Nov 2026. The next banking day is 23 Nov 2026."
    assert said in " ".join(answer.content.decode().split())
    scopes = [Permission.LOOK, Permission.MONEY]
    key = people.create_key(payday.market.operator.caller(), "h", scopes).secret
    refused = call(key, "post", "/payouts/batches", {"currency": "SEK", "pay_on": "2026-12-25"})
    assert refused.status_code == 422
    (problem,) = refused.json()["errors"]
    assert problem["code"] == "not_banking_day"
    assert "28 Dec 2026" in str(problem)
    made = call(key, "post", "/payouts/batches", {"currency": "SEK"})
    assert (made.status_code, made.json()["pay_on"]) == (201, "2026-11-23")
    assert not call(key, "get", "/payouts/due").json()[0]["is_due"]


def test_a_batch_that_was_made_ahead_is_the_payout_of_its_day(payday: Payday, clock: Clock) -> None:
    """The second worked example, and weeks before the day is reached."""
    clock(date(2026, 12, 21))
    payday.complete()
    alone(payday)
    pay(payday)
    payday.earn("P-3")
    clock(date(2026, 12, 23))
    pay(payday, date(2026, 12, 28))
    payday.earn("P-4")
    assert told(payday) == ([("not_yet", date(2027, 1, 4))], date(2027, 1, 4))
    clock(date(2026, 12, 28))
    assert told(payday) == ([("not_yet", date(2027, 1, 4))], date(2027, 1, 4))
    clock(date(2027, 1, 4))
    assert due(payday).is_due


def test_a_batch_that_was_made_far_ahead_keeps_nobody_waiting(payday: Payday, clock: Clock) -> None:
    clock(date(2026, 11, 9))
    payday.complete()
    alone(payday)
    pay(payday, date(2026, 11, 30))
    payday.earn("P-3")
    clock(date(2026, 11, 16))
    assert due(payday).is_due
