"""One currency for everything: planned with the batch, told with the payout, undone where that never left."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_paying import alone, code_of
from utfall.bank import Scheme, bank_account
from utfall.portal.access import Refused, Role
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import HouseAccount
from utfall.portal.payouts import facade
from utfall.portal.payouts.contracts import BatchView, ExchangeState, Payable, PayoutState, Schedule
from utfall.portal.payouts.gathering import gathered
from utfall.portal.payouts.models import Payout
from utfall.portal.site import site
from utfall.rates import RATES_NAME, bundled

EUROS = bank_account(Scheme.IBAN, "DE89370400440532013000", "DE", "COBADEFF")


def payable(currency: str, amount: str) -> Payable:
    micros = int(Decimal(amount).scaleb(6))
    return Payable(publisher=3, currency=currency, micros=micros, whole_micros=0, up_to=9)


def test_the_worked_example() -> None:
    balances = [payable("EUR", "1.005"), payable("NOK", "500"), payable("SEK", "1234.56789")]
    owing = payable("DKK", "-7")
    alone, whole = gathered("EUR", [owing, *balances], bundled, date(2026, 11, 1))
    assert alone.payable is owing
    assert [(one.currency, one.into_micros) for one in whole.exchanges] == [
        ("NOK", 48_487_199),
        ("SEK", 112_458_361),
    ]
    assert {one.rate.day for one in whole.exchanges} == {date(2026, 10, 30)}
    assert (whole.payable.micros, whole.payable.whole_micros) == (161_950_560, 161_950_000)
    without = list(gathered("EUR", balances, bundled, date(1998, 12, 31)))
    assert [(one.payable.currency, one.is_old) for one in without] == [
        ("EUR", False),
        ("NOK", True),
        ("SEK", True),
    ]


def in_euros(payday: Payday) -> None:
    """Everything is in place, yesterday's rates are here, and the publisher chose euros."""
    payday.complete()
    alone(payday)
    site().rates_path.mkdir(parents=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    (site().rates_path / RATES_NAME).write_text(f"Date,SEK,NOK\n{yesterday.isoformat()},10.978,10.312\n")
    wishes = {"currency": "SEK", "minimum_micros": 50_000_000, "schedule": Schedule.WEEKLY, "into": "EUR"}
    with pytest.raises(Refused) as refused:
        facade.set_wishes(payday.publisher, **wishes)  # type: ignore[arg-type]  # the operator has none yet
    assert code_of(refused) == "payout_currency"
    invoices.set_house_account(payday.operator, HouseAccount(currency="EUR", account=EUROS))
    facade.set_wishes(payday.publisher, **wishes)  # type: ignore[arg-type]  # a dictionary of them


def released(payday: Payday, batch: BatchView) -> None:
    facade.release(payday.operator, batch.id)
    payday.settle()
    payday.settle()


def test_everything_is_paid_in_one_currency_and_each_commission_has_its_receipt(
    payday: Payday, client_of: Callable[..., Client]
) -> None:
    in_euros(payday)
    (due,) = facade.due(payday.operator)
    assert (due.currency, due.payable_micros, due.pay_micros) == ("EUR", 14_574_604, 14_570_000)
    (earned,) = facade.earnings(payday.publisher)
    assert earned.exchanged is not None
    assert (earned.currency, earned.exchanged.into_micros, earned.reasons) == ("SEK", 14_574_604, ())
    batch = facade.prepare(payday.operator, "EUR")
    assert [each.reason.value for one in facade.due(payday.operator) for each in one.reasons] == ["in_batch"]
    released(payday, batch)
    (one,) = facade.payouts(payday.publisher).items
    assert (one.state, one.amount_micros) == (PayoutState.READY, 14_570_000)
    (exchange,) = one.exchanges
    assert (exchange.state, exchange.micros) == (ExchangeState.MADE, 160_000_000)
    assert exchange.receipt is not None
    sums = facade.sums(payday.publisher, one.id)
    assert sums is not None
    assert (sums.commissions_micros, sums.exchanged_micros, sums.carried_micros) == (0, 14_574_604, -4_604)
    told, following = facade.commissions(payday.publisher, one.id)
    assert [(each.reference, each.currency, each.micros) for each in told] == [
        ("P-1", "SEK", 80_000_000),
        ("P-2", "SEK", 80_000_000),
    ]
    assert all(each.receipt for each in told)
    assert following == ""
    facade.send(payday.operator, batch.id)
    assert b'Ccy="EUR">14.57<' in facade.bank_file(payday.operator, batch.id).content
    browser = client_of(payday.side.publisher.users[Role.FINANCE])
    page = browser.get(f"/{payday.side.publisher.slug}/payouts/{one.id}/").content.decode()
    rate = f"1 EUR = 10.978 SEK (ECB {exchange.rate.day.isoformat()})"
    of_receipt = f"receipts/{exchange.receipt}/"
    for where in (f"payouts/{one.id}/", of_receipt, "statements/?currency=SEK", "statements/?currency=EUR"):
        told_of = browser.get(f"/{payday.side.publisher.slug}/{where}").content.decode()
        assert rate in told_of, "at which rate, of which day and from where stands wherever it was used"
        assert of_receipt in told_of or where == of_receipt, "either half leads to the one receipt of both"
    sent = browser.get(f"/{payday.side.publisher.slug}/receipts/{one.receipt}/").content.decode()
    assert f"/payouts/{one.id}/" in sent, "and from the payout's own one comes to what was exchanged for it"
    for each in told:
        receipt = f"/{payday.side.publisher.slug}/receipts/{each.receipt}/"
        assert receipt in page
        assert each.reference in browser.get(receipt).content.decode()


def test_what_was_refunded_before_the_release_is_refused_with_its_exchange(payday: Payday) -> None:
    in_euros(payday)
    batch = facade.prepare(payday.operator, "EUR")
    payday.refund("P-2")
    released(payday, batch)
    (one,) = facade.payouts(payday.publisher).items
    assert (one.state, one.exchanges[0].state) == (PayoutState.REFUSED, ExchangeState.REFUSED)
    assert (one.reason, one.exchanges[0].code) == ("exceeds_balance", "exceeds_balance")
    (due,) = facade.due(payday.operator)
    assert due.exchanges[0].micros == 80_000_000


def test_an_exchange_is_undone_where_its_payout_never_left(payday: Payday) -> None:
    in_euros(payday)
    batch = facade.prepare(payday.operator, "EUR")
    Payout.objects.system().update(amount_micros=14_580_000)  # a cent more than there will be
    released(payday, batch)
    (one,) = facade.payouts(payday.publisher).items
    assert (one.state, one.reason) == (PayoutState.REFUSED, "amount_differs")
    assert one.exchanges[0].state is ExchangeState.UNDONE
    (due,) = facade.due(payday.operator)
    assert (due.is_due, due.exchanges[0].micros) == (True, 160_000_000)
    batch = facade.prepare(payday.operator, "EUR")
    released(payday, batch)
    assert facade.batch(payday.operator, batch.id).may_send


def test_without_a_rate_of_the_last_week_nothing_is_exchanged(payday: Payday) -> None:
    in_euros(payday)
    (due,) = facade.due(payday.operator, date(1998, 12, 31))
    assert "rate_old" in [one.reason.value for one in due.reasons]
    assert due.currency == "SEK"


def test_who_owes_is_told_only_that(payday: Payday) -> None:
    in_euros(payday)
    released(payday, facade.prepare(payday.operator, "EUR"))
    payday.refund("P-2")
    owing, rest = sorted(facade.due(payday.operator), key=lambda one: one.payable_micros)
    assert (owing.currency, owing.payable_micros) == ("SEK", -80_000_000)
    assert [one.reason.value for one in owing.reasons] == ["owed"]
    assert (rest.currency, rest.payable_micros) == ("EUR", 4_604)
