"""Payouts as the book knows them, what the next one must say, and which commissions one paid."""

from collections.abc import Iterator
from typing import Any, Final

from utfall.money import minor_micros
from utfall.portal.book.accounts import PAID_KINDS, account_of, lines, quoted, sum_of_lines
from utfall.portal.book.connection import Connection, raw
from utfall.portal.book.contracts import Book, Unknown
from utfall.portal.book.money import Line, PaidCommission, Payable, PayoutRow, PayoutStatus

_COLUMNS: Final = ", ".join(
    {"transaction": "transaction_id", "ended": "ended_id"}.get(name, name) for name in PayoutRow._fields
)


def payout(book: Book, number: int) -> PayoutRow:
    """A payout by its number; Unknown if there is none."""
    for row in raw(book).execute(f"SELECT {_COLUMNS} FROM book_payout WHERE number = ?", (number,)):
        return PayoutRow(*row)
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
    asked: dict[str, Any] = {"publisher": publisher, "currency": currency, "status": status}
    held = {name: value for name, value in asked.items() if value is not None}
    where = [f"{name} = :{name}" for name in held]
    if before is not None:
        where.append("number < :before")
    rows = raw(book).execute(
        f"SELECT {_COLUMNS} FROM book_payout WHERE {' AND '.join(where) or 'TRUE'}"
        " ORDER BY number DESC LIMIT :count",
        {**held, "before": before, "count": count},
    )
    return [PayoutRow(*row) for row in rows]


def next_payout(book: Book) -> int:
    """A number that no payout in the book has; who drafts several counts on from it."""
    (number,) = raw(book).execute("SELECT max(number) FROM book_payout").fetchone()
    return (number or 0) + 1


def payable(book: Book, publisher: int, currency: str, through: int) -> Payable:
    """What a payout through an entry must say."""
    standing, now = payable_through(raw(book), publisher, currency, through)
    unit = minor_micros(currency)
    return Payable(publisher, currency, standing, now, max(standing, 0) // unit * unit)


def payables(book: Book, through: int) -> Iterator[Payable]:
    """The same of every publisher and currency; who owes has a standing below zero, which carries forward."""
    rows = raw(book).execute(
        "SELECT owner_id, currency FROM book_account WHERE owner = 'publisher' AND bucket = 'payable'"
        " ORDER BY owner_id, currency"
    )
    for publisher, currency in rows.fetchall():
        yield payable(book, publisher, currency, through)


def payable_through(connection: Connection, publisher: int, currency: str, through: int) -> tuple[int, int]:
    """What is payable through an entry, and now. What was paid after it is gone, too."""
    account, now = account_of(connection, "publisher", publisher, "payable", currency)
    later = sum_of_lines(connection, account, through, but=quoted(PAID_KINDS))
    return later - now, -now


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
