"""Statements: what stood, what moved, what stands, and every line of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from utfall.portal.access import Caller, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.programs import facade as programs
from utfall.portal.statements.contracts import Account, LineView, Sort, SortSum, StatementView, Wanted
from utfall.portal.statements.days import bounds
from utfall.rates import Rate

AT_ONCE: Final = 1000
EXCHANGE: Final = "exchange"
_SORTS: Final = {
    **dict.fromkeys(("refund", "decline", "amend", "clawback"), Sort.REFUNDS),
    **dict.fromkeys(("payout", "payout_result"), Sort.PAID),
    **dict.fromkeys(("funding", "matching"), Sort.PAID_IN),
    "settling": Sort.SETTLED,
    EXCHANGE: Sort.EXCHANGED,
}


def sort_of(kind: str, account: Account) -> Sort:
    """What a kind of entry is on a statement.

    >>> sort_of("paper", Account.PAYABLE).value, sort_of("paper", Account.OWED).value
    ('tax', 'papers')
    """
    if kind == "paper":
        return Sort.TAX if account is Account.PAYABLE else Sort.PAPERS
    return _SORTS.get(kind, Sort.EARNED)


def statement(caller: Caller, wanted: Wanted) -> StatementView:
    """A statement without its lines."""
    caller.require(Permission.LOOK)
    with opened() as found:
        if found is None:
            return _nothing(wanted)
        after, through, is_over = bounds(found, wanted.first, wanted.last)
        span = book.account_span(found, *_place(wanted), after=after, through=through)
        standing = {
            one.bucket: -one.balance_micros
            for one in book.balances_of(found, wanted.kind.value, wanted.party)
            if one.currency == wanted.currency and wanted.account is Account.PAYABLE
        }
    sign = wanted.account.sign
    return StatementView(
        wanted=wanted,
        after=after,
        through=through,
        opening_micros=sign * span.opening_micros,
        sums=_sums(span.sums, wanted.account),
        closing_micros=sign * span.closing_micros,
        book_micros=sign * span.standing_micros,
        is_over=is_over,
        pending_micros=standing.get("pending", 0),
        held_micros=standing.get("approved", 0),
        sent_micros=standing.get("transfer", 0),
    )


def _nothing(wanted: Wanted) -> StatementView:
    return StatementView(
        wanted=wanted,
        after=0,
        through=0,
        opening_micros=0,
        sums=(),
        closing_micros=0,
        book_micros=0,
        is_over=False,
    )


def _place(wanted: Wanted) -> tuple[str, int, str, str]:
    return wanted.kind.value, wanted.party, wanted.account.value, wanted.currency


def _sums(kinds: Iterable[book.KindSum], account: Account) -> tuple[SortSum, ...]:
    told: dict[Sort, tuple[int, int]] = {}
    for one in kinds:
        sort = sort_of(one.kind, account)
        lines, micros = told.get(sort, (0, 0))
        told[sort] = lines + one.transactions, micros + account.sign * one.amount_micros
    return tuple(
        SortSum(sort=sort, lines=told[sort][0], micros=told[sort][1]) for sort in Sort if sort in told
    )


def lines(
    caller: Caller, view: StatementView, *, after: int | None = None, limit: int = USUAL
) -> Slice[LineView]:
    """Lines of a statement, oldest first; a cursor is the entry of the last one seen."""
    caller.require(Permission.LOOK)
    size = min(limit, LARGEST)
    start = max(view.after, after or 0)
    with opened() as found:
        if found is None:
            return Slice([])
        place = _place(view.wanted)
        rows = book.statement_lines(found, *place, after=start, through=view.through, count=size + 1)
        moved = book.moved_before(found, *place, after=view.after, through=start)
    shown = _shown(caller, view.wanted, rows[:size], view.opening_micros + view.wanted.account.sign * moved)
    return Slice(shown, rows[size - 1].transaction if len(rows) > size else None)


def all_lines(caller: Caller, view: StatementView) -> Iterator[LineView]:
    """Every line, read as it is asked for: what was settled does not change in between."""
    after, balance = view.after, view.opening_micros
    while True:
        with opened() as found:
            rows = (
                []
                if found is None
                else book.statement_lines(
                    found, *_place(view.wanted), after=after, through=view.through, count=AT_ONCE
                )
            )
        shown = _shown(caller, view.wanted, rows, balance)
        yield from shown
        if len(rows) < AT_ONCE:
            return
        after, balance = rows[-1].transaction, shown[-1].balance_micros


def _shown(
    caller: Caller, wanted: Wanted, rows: Sequence[book.StatementLine], balance: int
) -> list[LineView]:
    names = programs.names(caller, {one.program for one in rows if one.program})
    rates = _rates([one.transaction for one in rows if one.kind == EXCHANGE])
    told = []
    for one in rows:
        micros = wanted.account.sign * one.amount_micros
        balance += micros
        told.append(
            LineView(
                entry=one.transaction,
                sort=sort_of(one.kind, wanted.account),
                kind=one.kind,
                settled_at=from_ms(one.settled_at),
                occurred_at=from_ms(one.occurred_at),
                program=one.program or None,
                program_name=names.get(one.program, ""),
                order=one.conversion,
                reference=one.reference or "",
                paper=one.paper or "",
                payout=one.payout,
                receipt=one.receipt,
                micros=micros,
                balance_micros=balance,
                rate=rates.get(one.transaction),
            )
        )
    return told


def _rates(transactions: Collection[int]) -> dict[int, Rate]:
    """At which rates exchanges were made, by their entries."""
    if not transactions:
        return {}
    with opened() as found:
        rows = book.exchanges_of(found, transactions) if found is not None else {}
    return {number: _rate(one) for number, one in rows.items()}


def _rate(one: book.ExchangeRow) -> Rate:
    return Rate(
        source=one.rate_source,
        day=date.fromisoformat(one.day),
        currency=one.currency,
        into=one.into,
        currency_micros=one.currency_micros,
        into_micros=one.into_micros,
    )
