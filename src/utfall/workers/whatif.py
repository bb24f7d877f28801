"""What-if: history settled again under other terms, into a book that is thrown away; who gains and who loses.

    report = what_if(source, market, folder)

Every manifest keeps its events and its clock; only its snapshot is replaced. Nothing is signed: what was not
decided has no receipt to show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from utfall.portal.book import facade
from utfall.portal.book.facade import Book, ConversionRow
from utfall.terms import Market
from utfall.workers.batches import under
from utfall.workers.publish import keep
from utfall.workers.replay import Rebuilding, ReplaySource, Say, new_book


class Change(NamedTuple):
    """What one publisher would have earned, and what it did."""

    publisher: int
    currency: str
    before_micros: int
    after_micros: int

    @property
    def difference_micros(self) -> int:
        """What the publisher would gain; negative, what it would lose."""
        return self.after_micros - self.before_micros


class Total(NamedTuple):
    """The sum over all publishers of a currency."""

    currency: str
    before_micros: int
    after_micros: int

    @property
    def difference_micros(self) -> int:
        """What the advertisers would pay more in commission; negative, less."""
        return self.after_micros - self.before_micros


@dataclass(frozen=True, kw_only=True)
class WhatIfReport:
    """History under other terms beside history as it was. `caution`: as in `ReplayReport`."""

    snapshot: str
    batches: int
    events: int
    changes: list[Change]
    totals: list[Total]
    orders: int
    orders_with_another_payer: int
    orders_with_another_commission: int
    caution: str | None = None


def what_if(source: ReplaySource, market: Market, folder: Path, say: Say = lambda told: None) -> WhatIfReport:
    """Settle all of history again under a market, in a folder of its own. InvalidSnapshot: it is unsound."""
    snapshot = keep(market, source.snapshots_dir)
    first, second = facade.open_book(source.book_path), new_book(folder / "whatif.sqlite3")
    try:
        rebuilding = Rebuilding(source, second, signer=None, change=partial(under, snapshot=snapshot))
        with facade.reading(first):
            rebuilding.run(facade.progress(first).seq, say)
            return _report(first, second, snapshot, rebuilding)
    finally:
        facade.close_book(first)
        facade.close_book(second)


def _report(first: Book, second: Book, snapshot: str, rebuilding: Rebuilding) -> WhatIfReport:
    before, after = _earned(first), _earned(second)
    changes = [Change(*key, before.get(key, 0), after.get(key, 0)) for key in sorted({*before, *after})]
    orders = payers = commissions = 0
    for one, other in _pairs(first, second):
        orders += 1
        payers += one.publisher != other.publisher
        commissions += one.commission_micros != other.commission_micros
    return WhatIfReport(
        snapshot=snapshot,
        batches=rebuilding.batches,
        events=rebuilding.events,
        changes=changes,
        totals=_totals(changes),
        orders=orders,
        orders_with_another_payer=payers,
        orders_with_another_commission=commissions,
        caution=rebuilding.caution,
    )


def _earned(book: Book) -> dict[tuple[int, str], int]:
    sums: dict[tuple[int, str], int] = {}
    for one in facade.earned(book):
        key = (one.publisher, one.currency)
        sums[key] = sums.get(key, 0) + one.commission_micros
    return sums


def _totals(changes: list[Change]) -> list[Total]:
    return [
        Total(
            currency,
            sum(one.before_micros for one in changes if one.currency == currency),
            sum(one.after_micros for one in changes if one.currency == currency),
        )
        for currency in sorted({one.currency for one in changes})
    ]


def _pairs(first: Book, second: Book) -> Iterator[tuple[ConversionRow, ConversionRow]]:
    """Each order as it was and as it would be; other terms may refuse one, or record one that was refused."""
    both = merge(
        ((_key(row), 0, row) for row in facade.conversions_by_key(first)),
        ((_key(row), 1, row) for row in facade.conversions_by_key(second)),
    )
    for _, rows in groupby(both, key=itemgetter(0)):
        found = {side: row for _, side, row in rows}
        known = found.get(0) or found[1]
        yield found.get(0, _absent(known)), found.get(1, _absent(known))


def _key(row: ConversionRow) -> tuple[int, str, str]:
    return (row.advertiser, row.outcome, row.reference)


def _absent(row: ConversionRow) -> ConversionRow:
    """The order where it was refused: nobody is paid."""
    return row._replace(publisher=None, commission_micros=0, fee_micros=0, status="refused")
