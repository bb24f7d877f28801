"""What a book says of outcomes, rule by rule: orders as the engine knows them, and sums of touches."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from utfall.engine import OrderState
from utfall.portal.book.connection import raw, walk
from utfall.portal.book.contracts import Book
from utfall.portal.book.rows import chunks, marks
from utfall.portal.book.stored import decode_order
from utfall.portal.book.sums import parts, whole


class TouchSum(NamedTuple):
    """What one rule paid one publisher in a span of time: for touches, or by the corrections of its steps."""

    kind: str
    program: int
    publisher: int
    rule: int
    currency: str
    commission_micros: int
    fee_micros: int


def orders_by_key(book: Book) -> Iterator[OrderState]:
    """Every order as the engine knows it, by what the advertisers call them."""
    rows = walk(book, "SELECT state FROM book_conversion ORDER BY advertiser, outcome, reference")
    return (decode_order(state) for (state,) in rows)


def orders_numbered(book: Book, numbers: Collection[int]) -> dict[int, OrderState]:
    """Orders as the engine knows them, by their numbers."""
    found: dict[int, OrderState] = {}
    for some in chunks(numbers):
        rows = raw(book).execute(f"SELECT state FROM book_conversion WHERE id IN ({marks(some)})", some)
        found.update((order.id, order) for order in (decode_order(state) for (state,) in rows))
    return found


class Standing(NamedTuple):
    """How many orders stand in a status and currency, and their sums."""

    status: str
    currency: str
    orders: int
    amount_micros: int
    commission_micros: int
    fee_micros: int


def standings(book: Book) -> list[Standing]:
    """Counts and sums of all orders, by status and currency."""
    columns = ("amount_micros", "commission_micros", "fee_micros")
    rows = raw(book).execute(
        f"SELECT status, currency, count(*), {', '.join(map(parts, columns))}"
        " FROM book_conversion GROUP BY status, currency ORDER BY status, currency"
    )
    return [
        Standing(status, currency, count, whole(a, b), whole(c, d), whole(e, f))
        for status, currency, count, a, b, c, d, e, f in rows
    ]


def touch_sums(book: Book, since_ms: int, until_ms: int) -> list[TouchSum]:
    """What was paid for touches of the hours that begin in a span, by program, publisher and rule; and by how
    much the corrections of tiers were moved by orders of the span.
    """
    rows = raw(book).execute(
        f"SELECT t.kind, program, publisher, rule, t.currency, a.owner, {parts('-amount_micros')}"
        " FROM book_transaction AS t JOIN book_entry ON transaction_id = t.id"
        " JOIN book_account AS a ON a.id = account_id"
        " WHERE t.kind IN ('touches', 'tier') AND t.occurred_at >= ? AND t.occurred_at < ?"
        " AND a.owner <> 'advertiser'"
        " GROUP BY t.kind, program, publisher, rule, t.currency, a.owner",
        (since_ms, until_ms),
    )
    sums: dict[tuple[str, int, int, int, str], dict[str, int]] = {}
    for kind, program, publisher, rule, currency, owner, high, low in rows:
        sums.setdefault((kind, program, publisher, rule, currency), {})[owner] = whole(high, low)
    return [
        TouchSum(*key, held.get("publisher", 0), held.get("operator", 0))
        for key, held in sorted(sums.items())
    ]
