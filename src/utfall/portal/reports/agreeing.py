"""Whether reports agree with the book: the caller's sums of all time in both, to the micro.

Every report is a part of the same facts, so what holds of their sum is the ground under each of them.
"""

from typing import Final

from django.core.cache import cache

from utfall.portal.access import Caller
from utfall.portal.book import facade as book
from utfall.portal.reports.asking import ask
from utfall.portal.reports.contracts import Agreed, Agreement, Column, Query
from utfall.portal.reports.reach import sees_as_publisher

FRESH_SECONDS: Final = 20
ACCOUNTS: Final[dict[str, tuple[str, tuple[str, ...], int]]] = {
    "cost": ("advertiser", ("accrued", "owed"), 1),
    "commission_pending": ("publisher", ("pending",), -1),
    "commission_approved": ("publisher", ("approved", "payable"), -1),
}
"""Whose accounts hold a metric, which of them, and the sign of what was earned on them."""


def agreement(caller: Caller) -> Agreement | None:
    """The caller's sums in the lake and in the book; None where nothing was settled. Fresh within seconds."""
    key = f"reports-agreement:{caller.organisation}"
    found: Agreement | None = cache.get(key)
    if found is None:
        found = _compared(caller)
        if found is not None and found.is_compared:
            cache.set(key, found, FRESH_SECONDS)
    return found


def _compared(caller: Caller) -> Agreement | None:
    names = ("commission_pending", "commission_approved") if sees_as_publisher(caller) else ("cost",)
    owner = ACCOUNTS[names[0]][0]
    reach = caller.advertisers if owner == "advertiser" else caller.publishers
    with book.opened() as opened:
        if opened is None:
            return None
        settled = book.progress(opened).seq
        balances = book.balances_earned(opened, owner, None if caller.sees_all else reach)
    # The book first: what is shipped since then makes the two wait for each other, never differ.
    report = ask(caller, Query(names, ("currency",)))
    columns = [one for one in report.columns if one.is_metric]
    currencies = sorted(
        {row["currency"] for row in report.rows if row["currency"]} | {one.currency for one in balances}
    )
    rows = {row["currency"]: row for row in report.rows}
    return Agreement(
        shipped=report.shipped,
        settled=settled,
        sums=tuple(
            Agreed(
                name=column.name,
                words=column.words,
                currency=currency,
                lake=rows.get(currency, {}).get(column.name) or 0,
                book=_in_book(balances, column, currency),
            )
            for column in columns
            for currency in currencies
        ),
    )


def _in_book(balances: list[book.Balance], column: Column, currency: str) -> int:
    _owner, buckets, sign = ACCOUNTS[column.name]
    return sign * sum(
        one.balance_micros for one in balances if one.bucket in buckets and one.currency == currency
    )
