"""What stands on accounts and how it came there: balances, lines, sums, and entries by the time of settling.

An *entry to count up to* (`through`) is the number of a transaction: what later ones did does not count.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from utfall.portal.book.connection import Connection, raw
from utfall.portal.book.contracts import Balance, Book
from utfall.portal.book.money import Line, Sum
from utfall.portal.book.sums import parts, whole

MONEY_KINDS: Final = ("funding", "matching", "paper", "settling", "payout", "payout_result", "exchange")
"""Transactions about money that moved; every other is about what somebody earned."""
PAID_KINDS: Final = ("payout", "payout_result", "exchange")
"""Those that take from what is payable, or give back what they took."""


def quoted(kinds: tuple[str, ...]) -> str:
    """Kinds of transactions as SQL has them in a list."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def last_transaction(book: Book) -> int:
    """The number of the last entry that is settled: the bound for whatever is drafted now."""
    (number,) = raw(book).execute("SELECT last_transaction FROM book_cursor").fetchone()
    return int(number)


_HALVED: Final = """
    WITH RECURSIVE halved (low, high) AS (
        SELECT CAST(0 AS BIGINT), CAST(:last AS BIGINT)
        UNION ALL
        SELECT CASE WHEN one.{known} <= :bound THEN one.{key} ELSE low END,
            CASE WHEN one.{known} <= :bound THEN high ELSE one.{key} - 1 END
        FROM halved JOIN {table} AS one ON one.{key} = (low + high + 1) / 2 WHERE low < high
    ) SELECT low FROM halved WHERE low = high
"""
"""The last row of a table whose `known` is not beyond a bound, 0 where there is none: both rise together."""
_BATCH: Final = _HALVED.format(table="book_batch", key="seq", known="now")
_OF_BATCH: Final = _HALVED.format(table="book_transaction", key="id", known="batch")


def transaction_at(book: Book, at_ms: int) -> int:
    """The last transaction settled at a time or before, 0 where there is none: found by halving."""
    connection = raw(book)
    seq, last = connection.execute("SELECT seq, last_transaction FROM book_cursor").fetchone()
    (batch,) = connection.execute(_BATCH, {"last": seq, "bound": at_ms}).fetchone()
    (number,) = connection.execute(_OF_BATCH, {"last": last, "bound": batch}).fetchone()
    return int(number)


def receipt_at(book: Book, at_ms: int) -> int:
    """The last receipt of what was settled at a time or before, 0 where there is none."""
    connection = raw(book)
    (seq,) = connection.execute("SELECT seq FROM book_cursor").fetchone()
    (batch,) = connection.execute(_BATCH, {"last": seq, "bound": at_ms}).fetchone()
    row = connection.execute(
        "SELECT first_receipt + receipts - 1 FROM book_batch WHERE seq = ?", (batch,)
    ).fetchone()
    return int(row[0]) if row else 0


def balances_of(book: Book, owner: str, party: int) -> list[Balance]:
    """Every account of a party with what stands on it, by bucket and currency; debit positive."""
    rows = raw(book).execute(
        "SELECT bucket, currency, balance_micros FROM book_account"
        " WHERE owner = ? AND owner_id = ? ORDER BY bucket, currency",
        (owner, party),
    )
    return [Balance(owner, party, bucket, currency, int(micros)) for bucket, currency, micros in rows]


def account_of(connection: Connection, owner: str, party: int, bucket: str, currency: str) -> tuple[int, int]:
    """The number of an account and what stands on it; (0, 0) where there is none yet."""
    row = connection.execute(
        "SELECT id, balance_micros FROM book_account"
        " WHERE owner = ? AND owner_id = ? AND bucket = ? AND currency = ?",
        (owner, party, bucket, currency),
    ).fetchone()
    return (row[0], int(row[1])) if row else (0, 0)


def standing_at(book: Book, owner: str, party: int, bucket: str, currency: str, through: int) -> int:
    """What stood on an account after a transaction; debit positive. Only for accounts that have lines."""
    connection = raw(book)
    account, now = account_of(connection, owner, party, bucket, currency)
    return now - sum_of_lines(connection, account, through)


_SUM: Final = f"""
    SELECT {parts("amount_micros")} FROM book_line AS line
    WHERE account_id = ? AND transaction_id > ? AND transaction_id <= ?
"""
_KIND: Final = "(SELECT kind FROM book_transaction WHERE id = line.transaction_id)"


def sum_of_lines(
    connection: Connection, account: int, after: int, through: int | None = None, but: tuple[str, ...] = ()
) -> int:
    """What transactions after one (and through another) moved on an account, but some kinds."""
    asked = f"{_SUM} AND {_KIND} NOT IN ({quoted(but)})" if but else _SUM
    row = connection.execute(asked, (account, after, through if through is not None else 1 << 62)).fetchone()
    return whole(*row)


_LINES: Final = """
    SELECT t.id, t.kind, t.currency, t.occurred_at, t.program, t.publisher, t.conversion_id, t.event, t.rule,
        t.corrects_id, line.amount_micros
    FROM book_line AS line JOIN book_transaction AS t ON t.id = line.transaction_id
    WHERE line.account_id = ? AND line.transaction_id > ? AND line.transaction_id <= ?
    ORDER BY line.transaction_id LIMIT ?
"""


def lines(
    book: Book,
    owner: str,
    party: int,
    bucket: str,
    currency: str,
    *,
    after: int = 0,
    through: int | None = None,
    count: int = 100,
) -> list[Line]:
    """What moved on an account after a transaction, oldest first, at most `count`: the next page is after the
    last. Buckets with lines: owed, receivable, deposit, payable, transfer; of the operator bank, suspense,
    vat_out, vat_in, exchange.
    """
    connection = raw(book)
    account, now = account_of(connection, owner, party, bucket, currency)
    bound = through if through is not None else 1 << 62
    rows = connection.execute(_LINES, (account, after, bound, count)).fetchall()
    opening = now - sum_of_lines(connection, account, after)
    standing = list(accumulate((row[-1] for row in rows), initial=opening))[1:]
    return [Line._make((*row, stands)) for row, stands in zip(rows, standing, strict=True)]


_SUMS: Final = f"""
    SELECT t.program, t.publisher, t.kind, count(*), {parts("line.amount_micros")},
        {parts("-fee.amount_micros")}
    FROM book_line AS line JOIN book_transaction AS t ON t.id = line.transaction_id
    LEFT JOIN book_entry AS fee ON fee.transaction_id = line.transaction_id AND fee.account_id = ?
    WHERE line.account_id = ? AND line.transaction_id > ? AND line.transaction_id <= ?
        AND t.kind NOT IN ({quoted(MONEY_KINDS)})
    GROUP BY t.program, t.publisher, t.kind ORDER BY t.program, t.publisher, t.kind
"""


def earned_sums(
    book: Book, owner: str, party: int, currency: str, *, after: int, through: int
) -> Iterator[Sum]:
    """What a paper is about: what was earned after one entry and through another, by program, publisher and
    kind. Positive: an advertiser owes it, a publisher is owed it.
    """
    connection = raw(book)
    bucket, sign = ("owed", 1) if owner == "advertiser" else ("payable", -1)
    account, _ = account_of(connection, owner, party, bucket, currency)
    fees, _ = account_of(connection, "operator", 1, "fee", currency) if owner == "advertiser" else (0, 0)
    for program, publisher, kind, count, high, low, *fee in connection.execute(
        _SUMS, (fees, account, after, through)
    ):
        amount = sign * whole(high, low)
        yield Sum(owner, party, currency, program, publisher, kind, count, amount, whole(*fee))
