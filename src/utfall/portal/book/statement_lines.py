"""What statements and accountants ask of the book: an account's lines with what they are about, sums between
two entries by what happened, and when things were settled.

An amount is debit positive, as everywhere in the book. Only accounts that have lines (`accounts.lines`).
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from utfall.portal.book.accounts import MONEY_KINDS, account_of, quoted, sum_of_lines
from utfall.portal.book.connection import Connection, raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.rows import chunks, marks
from utfall.portal.book.sums import parts, whole


class StatementLine(NamedTuple):
    """One transaction on an account, with what it is about: the order, the paper or the payout."""

    transaction: int
    kind: str
    settled_at: int
    occurred_at: int
    program: int
    publisher: int
    conversion: int | None
    reference: str | None
    paper: str | None
    payout: int | None
    receipt: int | None
    amount_micros: int


class _Paid(msgspec.Struct):
    """What is wanted of the receipt of a settling."""

    paper: str


_paid: Final = msgspec.json.Decoder(_Paid).decode


class KindSum(NamedTuple):
    """What transactions of one kind moved on an account."""

    kind: str
    transactions: int
    amount_micros: int


class AccountSpan(NamedTuple):
    """An account between two entries: what stood before, what moved by kind, and what stood after.

    `opening_micros` adds up lines; `standing_micros` is the account's balance less the lines that came after:
    two ways to what stood at the end.
    """

    opening_micros: int
    sums: tuple[KindSum, ...]
    standing_micros: int

    @property
    def closing_micros(self) -> int:
        """What stood before and what moved."""
        return self.opening_micros + sum(one.amount_micros for one in self.sums)


class Movement(NamedTuple):
    """What moved in a bucket between two entries, by a kind of money or by anything that was `earned`."""

    happening: str
    bucket: str
    currency: str
    amount_micros: int


class Credited(NamedTuple):
    """What transactions of one kind did to what is payable to a publisher; `credits`: how many added."""

    currency: str
    kind: str
    credits: int
    amount_micros: int


def settled_until(book: Book) -> int:
    """The clock of the last batch, in UTC milliseconds: nothing is settled before it any more."""
    row = raw(book).execute("SELECT now FROM book_batch WHERE seq = (SELECT seq FROM book_cursor)").fetchone()
    return int(row[0]) if row else 0


_KINDS: Final = f"""
    SELECT t.kind, count(*), {parts("line.amount_micros")}
    FROM book_line AS line JOIN book_transaction AS t ON t.id = line.transaction_id
    WHERE line.account_id = ? AND line.transaction_id > ? AND line.transaction_id <= ?
    GROUP BY t.kind ORDER BY t.kind
"""


def account_span(
    book: Book, owner: str, party: int, bucket: str, currency: str, *, after: int, through: int
) -> AccountSpan:
    """An account from after one entry through another."""
    connection = raw(book)
    account, now = account_of(connection, owner, party, bucket, currency)
    rows = connection.execute(_KINDS, (account, after, through)).fetchall()
    sums = tuple(KindSum(kind, count, whole(high, low)) for kind, count, high, low in rows)
    opening = sum_of_lines(connection, account, 0, after)
    return AccountSpan(opening, sums, now - sum_of_lines(connection, account, through))


_LINES: Final = """
    SELECT t.id, t.kind, b.now, t.occurred_at, t.program, t.publisher, t.conversion_id, o.reference, p.name,
        CASE WHEN t.kind IN ('payout', 'payout_result') THEN
            (SELECT max(x.number) FROM book_payout AS x WHERE x.publisher = ? AND x.currency = t.currency
                AND (x.transaction_id = t.id OR x.ended_id = t.id)) END,
        coalesce(
            (SELECT max(r.id) FROM book_receipt AS r
                WHERE t.conversion_id IS NOT NULL AND r.conversion_id = t.conversion_id
                AND r.transaction_id = t.id),
            (SELECT max(r.id) FROM book_receipt AS r
                WHERE r.conversion_id IS NULL AND r.transaction_id = t.id),
            (SELECT max(r.id) FROM book_receipt AS r
                WHERE t.conversion_id IS NULL AND r.conversion_id IS NULL
                AND r.transaction_id = t.corrects_id)),
        line.amount_micros
    FROM book_line AS line
    JOIN book_transaction AS t ON t.id = line.transaction_id
    JOIN book_batch AS b ON b.seq = t.batch
    LEFT JOIN book_conversion AS o ON o.id = t.conversion_id
    LEFT JOIN book_paper AS p ON p.event = t.event
    WHERE line.account_id = ? AND line.transaction_id > ? AND line.transaction_id <= ?
    ORDER BY line.transaction_id LIMIT ?
"""


def statement_lines(
    book: Book,
    owner: str,
    party: int,
    bucket: str,
    currency: str,
    *,
    after: int,
    through: int,
    count: int = 100,
) -> list[StatementLine]:
    """What moved on an account after one entry and through another, oldest first, at most `count`: the next
    part is after the last. What was settled never changes, so parts that are read apart fit together.
    """
    connection = raw(book)
    account, _ = account_of(connection, owner, party, bucket, currency)
    payee = party if owner == "publisher" else 0
    rows = connection.execute(_LINES, (payee, account, after, through, count))
    told = [StatementLine(*row) for row in rows.fetchall()]
    papers = _settled_papers(connection, [one.receipt for one in told if one.kind == "settling"])
    return [one._replace(paper=papers[one.receipt]) if one.receipt in papers else one for one in told]


def _settled_papers(connection: Connection, receipts: Sequence[int | None]) -> dict[int | None, str]:
    """Which paper was paid, by receipt: a settling says it there, and nowhere else."""
    told: dict[int | None, str] = {}
    for some in chunks(receipts):
        rows = connection.execute(f"SELECT id, body FROM book_receipt WHERE id IN ({marks(some)})", some)
        told |= {number: _paid(bytes(body)).paper for number, body in rows.fetchall()}
    return told


def moved_before(
    book: Book, owner: str, party: int, bucket: str, currency: str, *, after: int, through: int
) -> int:
    """What moved on an account after one entry and through another, in sum."""
    connection = raw(book)
    account, _ = account_of(connection, owner, party, bucket, currency)
    return sum_of_lines(connection, account, after, through)


_MOVEMENTS: Final = f"""
    SELECT happening, bucket, currency, {parts("amount_micros")} FROM (
        SELECT CASE WHEN t.kind IN ({quoted(MONEY_KINDS)}) THEN t.kind ELSE 'earned' END AS happening,
            a.bucket AS bucket, a.currency AS currency, e.amount_micros AS amount_micros
        FROM book_entry AS e
        JOIN book_transaction AS t ON t.id = e.transaction_id
        JOIN book_account AS a ON a.id = e.account_id
        WHERE e.transaction_id > ? AND e.transaction_id <= ?
    ) AS told GROUP BY happening, bucket, currency ORDER BY happening, bucket, currency
"""


def movements(book: Book, after: int, through: int) -> list[Movement]:
    """What all accounts of each bucket moved after one entry and through another, without what came to zero.

    It reads every entry between the two: meant for a day, by whoever keeps the sums.
    """
    rows = raw(book).execute(_MOVEMENTS, (after, through)).fetchall()
    told = [
        Movement(happening, bucket, currency, whole(*rest)) for happening, bucket, currency, *rest in rows
    ]
    return [one for one in told if one.amount_micros]


_CREDITED: Final = f"""
    SELECT a.currency, t.kind, count(CASE WHEN line.amount_micros < 0 THEN 1 END),
        {parts("line.amount_micros")}
    FROM book_account AS a
    JOIN book_line AS line ON line.account_id = a.id
    JOIN book_transaction AS t ON t.id = line.transaction_id
    WHERE a.owner = 'publisher' AND a.owner_id = ? AND a.bucket = 'payable'
        AND line.transaction_id > ? AND line.transaction_id <= ?
    GROUP BY a.currency, t.kind ORDER BY a.currency, t.kind
"""


def credited(book: Book, publisher: int, *, after: int, through: int) -> list[Credited]:
    """What was payable to a publisher and what became of it, by currency and kind; positive: to them."""
    rows = raw(book).execute(_CREDITED, (publisher, after, through)).fetchall()
    return [Credited(currency, kind, count, -whole(high, low)) for currency, kind, count, high, low in rows]


def publishers_paid(book: Book, *, after: int = 0, count: int = 100) -> list[int]:
    """The numbers of publishers to whom anything was ever payable, from above one on."""
    rows = raw(book).execute(
        "SELECT DISTINCT owner_id FROM book_account WHERE owner = 'publisher' AND bucket = 'payable'"
        " AND owner_id > ? ORDER BY owner_id LIMIT ?",
        (after, count),
    )
    return [number for (number,) in rows.fetchall()]
