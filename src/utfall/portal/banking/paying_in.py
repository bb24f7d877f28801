"""Paying in: an advertiser's reference, the accounts to pay to, and what stands on its deposit."""

from typing import Final

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.banking.contracts import DepositView, PayIn
from utfall.portal.banking.references import deposit_reference, deposit_rf
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.invoices import facade as invoices
from utfall.portal.people import facade as people

SHOWN: Final = 50


def pay_in(caller: Caller, advertiser: int | None = None) -> PayIn:
    """How an advertiser pays in: the caller's own, or one that an agency or the operator names."""
    caller.require(Permission.MONEY)
    number = caller.advertiser(advertiser)
    balances, deposits = _standing(number)
    return PayIn(
        advertiser=number,
        advertiser_name=people.party(Kind.ADVERTISER, number).name,
        house_name=invoices.view_of(Kind.OPERATOR, 0).draft.name,
        reference=deposit_reference(number),
        rf=deposit_rf(number),
        accounts=tuple(invoices.all_house_accounts()),
        balances=balances,
        deposits=deposits,
    )


def _standing(advertiser: int) -> tuple[tuple[tuple[str, int], ...], tuple[DepositView, ...]]:
    with opened() as found:
        if found is None:
            return (), ()
        told = book.balances_of(found, "advertiser", advertiser)
        rows = book.fundings(found, advertiser=advertiser, status="deposit", count=SHOWN)
    balances = tuple((one.currency, -one.balance_micros) for one in told if one.bucket == "deposit")
    return balances, tuple(_deposit(one) for one in rows)


def _deposit(row: book.FundingRow) -> DepositView:
    return DepositView(day=row.day, micros=row.amount_micros, currency=row.currency, receipt=row.id)
