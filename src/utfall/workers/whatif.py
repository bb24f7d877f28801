"""What-if: history settled again under other terms, into a book that is thrown away; who gains and who loses.

    report = what_if(source, market, folder)
    report = what_if_within(source, market, folder, Scope(advertiser=1, since_ms=..., until_ms=...))

The second settles the events of one advertiser in a span alone, twice, so that before and after differ by the
terms and by nothing else: docs/algorithms/what-if.md.

Every manifest keeps its events and its clock; only its snapshot is replaced. Nothing is signed: what was not
decided has no receipt to show.
"""

from collections.abc import Callable, Iterator, Mapping
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
from utfall.workers.again import Again, Side, Terms, batches_from, starts_at
from utfall.workers.batches import under
from utfall.workers.compared import (
    Caution,
    Compared,
    OrderChange,
    OrderSide,
    PublisherChange,
    RuleChange,
    Scope,
    Stopped,
    Sums,
    TotalChange,
)
from utfall.workers.comparison import Comparison
from utfall.workers.publish import Shelf, keep
from utfall.workers.replay import Rebuilding, ReplaySource, Say, new_book

__all__ = [
    "Caution",
    "Change",
    "OrderChange",
    "OrderSide",
    "PublisherChange",
    "RuleChange",
    "Scope",
    "ScopedReport",
    "Stopped",
    "Sums",
    "Total",
    "TotalChange",
    "WhatIfReport",
    "batches_within",
    "what_if",
    "what_if_within",
]


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
    """A sum over all publishers of a currency."""

    currency: str
    before_micros: int
    after_micros: int

    @property
    def difference_micros(self) -> int:
        """What the advertisers would pay more in commission; negative, less."""
        return self.after_micros - self.before_micros


@dataclass(frozen=True, kw_only=True)
class WhatIfReport:
    """History under other terms beside history as it was. `caution`: as in `ReplayReport`.

    `corrections`: the part of each total by which retroactive steps corrected what orders had earned.
    """

    snapshot: str
    batches: int
    events: int
    changes: list[Change]
    totals: list[Total]
    corrections: list[Total]
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
        corrections=_corrections(facade.corrections(first), facade.corrections(second)),
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


def _corrections(before: Mapping[str, int], after: Mapping[str, int]) -> list[Total]:
    """The currencies in which anything was corrected on either side."""
    return [Total(one, before.get(one, 0), after.get(one, 0)) for one in sorted({*before, *after})]


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


class ScopedReport(Compared, frozen=True, kw_only=True):
    """One advertiser's span under two sets of terms. `baseline` None: every batch under its own snapshot."""

    scope: Scope
    candidate: str
    baseline: str | None
    batches: int
    events: int
    cautions: tuple[Caution, ...]


def what_if_within(
    source: ReplaySource,
    market: Market,
    folder: Path,
    scope: Scope,
    *,
    baseline: Market | None = None,
    say: Say = lambda told: None,
    stop: Callable[[], bool] = lambda: False,
) -> ScopedReport:
    """Settle one advertiser's span again under a market, beside a baseline. InvalidSnapshot: it is unsound.

    Stopped as soon as `stop` answers yes. The folder holds two books meanwhile; the caller clears it.
    """
    terms = Terms(Shelf(source.snapshots_dir))
    candidate = terms.suppose(market)
    base = None if baseline is None else terms.suppose(baseline)
    markets = [one for one in (market, baseline, terms.in_force()) if one is not None]
    first = facade.open_book(source.book_path)
    books = [new_book(folder / f"{name}.sqlite3") for name in ("before", "after")]
    try:
        again = Again(source, scope, terms, markets, stop)
        sides = (Side(source, books[0], terms, base), Side(source, books[1], terms, candidate))
        again.run(batches_from(first, starts_at(scope, markets)), sides, say)
        compared = Comparison(scope, stop).of(*books)
        return ScopedReport(
            **{name: getattr(compared, name) for name in compared.__struct_fields__},
            scope=scope,
            candidate=candidate,
            baseline=base,
            batches=again.batches,
            events=again.events,
            cautions=again.cautions(),
        )
    finally:
        for book in (first, *books):
            facade.close_book(book)


def batches_within(source: ReplaySource, scope: Scope, *markets: Market) -> range:
    """The batches that `what_if_within` will read: progress is how far `Told.seq` is in them."""
    in_force = Terms(Shelf(source.snapshots_dir)).in_force()
    book = facade.open_book(source.book_path)
    try:
        return batches_from(book, starts_at(scope, [*markets, *([in_force] if in_force else [])]))
    finally:
        facade.close_book(book)
