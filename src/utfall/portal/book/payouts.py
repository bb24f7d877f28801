"""Payouts as the book knows them, and which commissions one paid."""

from collections.abc import Collection
from typing import Final, NamedTuple

from utfall.portal.book.accounts import lines
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book, Unknown
from utfall.portal.book.money import Line, PaidCommission, PayoutRow, PayoutStatus
from utfall.portal.book.rows import marks, newest, select


def payout(book: Book, number: int) -> PayoutRow:
    """A payout by its number; Unknown if there is none."""
    for row in select(book, PayoutRow, "book_payout", "WHERE number = ?", (number,)):
        return row
    raise Unknown(f"no payout {number}")


def payouts(
    book: Book,
    *,
    publisher: int | None = None,
    currency: str | None = None,
    status: PayoutStatus | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[PayoutRow]:
    """The newest payouts first; `before` is the number of the last of the page before."""
    asked = {"publisher": publisher, "currency": currency, "status": status}
    return newest(book, PayoutRow, "book_payout", "number", asked, before=before, count=count)


def next_payout(book: Book) -> int:
    """A number that no payout in the book has; who drafts several counts on from it."""
    (number,) = raw(book).execute("SELECT max(number) FROM book_payout").fetchone()
    return (number or 0) + 1


def lines_of_payout(book: Book, number: int, *, after: int = 0, count: int = 100) -> list[Line]:
    """What makes up a payout: the lines of the payable account from the payout before it to its own entry."""
    row = payout(book, number)
    first = max(after, row.since)
    return lines(
        book,
        "publisher",
        row.publisher,
        "payable",
        row.currency,
        after=first,
        through=row.through,
        count=count,
    )


_PAID: Final = """
    SELECT source, number, c.program, c.publisher, c.currency,
        coalesce((SELECT -line.amount_micros
            FROM book_account AS a JOIN book_line AS line ON line.account_id = a.id
            WHERE a.owner = 'publisher' AND a.owner_id = c.publisher AND a.bucket = 'payable'
                AND a.currency = c.currency AND line.transaction_id = released), 0),
        o.reference, released,
        (SELECT max(r.id) FROM book_receipt AS r
            WHERE source = 'conversion' AND r.conversion_id = number AND r.transaction_id = released
            OR source <> 'conversion' AND r.conversion_id IS NULL AND r.transaction_id = number)
    FROM book_commission AS c
    LEFT JOIN book_conversion AS o ON source = 'conversion' AND o.id = number
    WHERE paid_by = ? AND (source, number) > (?, ?) ORDER BY source, number LIMIT ?
"""


def commissions_of_payout(
    book: Book, number: int, *, after: tuple[str, int] = ("", 0), count: int = 100
) -> list[PaidCommission]:
    """The commissions that a payout paid; `after` is source and number of the last of the page before.

    Those that were exchanged into its currency: `paid_by` for each of `exchanges_of_payout`.
    """
    return paid_by(book, payout(book, number).transaction, after, count)


def paid_by(book: Book, transaction: int, after: tuple[str, int], count: int) -> list[PaidCommission]:
    """The commissions that a transaction (of a payout or an exchange) took off the payable account."""
    rows = raw(book).execute(_PAID, (transaction, *after, count))
    return [PaidCommission(*row) for row in rows]


class Taken(NamedTuple):
    """Whose a payout is, and the transactions that took its commissions: its own, and of its exchanges."""

    publisher: int
    transactions: tuple[int, ...]


def takings(book: Book, numbers: Collection[int]) -> dict[int, Taken]:
    """The same of several payouts, by their numbers; of one that the book does not know nothing."""
    told = f"FROM book_payout AS p WHERE p.number IN ({marks(numbers)})"
    turned = f"JOIN book_exchange AS e ON e.paid_by = p.transaction_id WHERE p.number IN ({marks(numbers)})"
    rows = raw(book).execute(
        f"SELECT p.number, p.publisher, p.transaction_id {told}"
        f" UNION ALL SELECT p.number, p.publisher, e.transaction_id FROM book_payout AS p {turned}"
        " ORDER BY 1, 3",
        (*numbers, *numbers),
    )
    found: dict[int, Taken] = {}
    for number, publisher, transaction in rows:
        before = found[number].transactions if number in found else ()
        found[number] = Taken(publisher, (*before, transaction))
    return found


def orders_paid_by(book: Book, transactions: Collection[int], after: int, count: int) -> list[int]:
    """The orders whose commissions these transactions took off a payable account, after a number; but for
    those of nothing.
    """
    rows = raw(book).execute(
        f"SELECT number FROM book_commission WHERE paid_by IN ({marks(transactions)})"
        " AND source = 'conversion' AND number > ? AND commission_micros > 0 ORDER BY number LIMIT ?",
        (*transactions, after, count),
    )
    return [number for (number,) in rows]


class PaidOut(NamedTuple):
    """By which payout something was paid, and when its bank said so, in milliseconds."""

    payout: int
    at: int


def paid_out(book: Book, conversion: int, publisher: int) -> PaidOut | None:
    """How a publisher was paid for an order; None where no bank said that it was."""
    rows = raw(book).execute(
        "SELECT p.number, t.occurred_at FROM book_commission AS c"
        " LEFT JOIN book_exchange AS e ON e.transaction_id = c.paid_by"
        " JOIN book_payout AS p"
        " ON p.publisher = c.publisher AND p.transaction_id = coalesce(e.paid_by, c.paid_by)"
        " JOIN book_transaction AS t ON t.id = p.ended_id"
        " WHERE c.source = 'conversion' AND c.number = ? AND c.publisher = ? AND p.status = 'completed'",
        (conversion, publisher),
    )
    return next((PaidOut(*row) for row in rows), None)
