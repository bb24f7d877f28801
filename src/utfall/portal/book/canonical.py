"""The book as canonical rows: two books are the same exactly when these are the same, byte for byte.

Left out is what belongs to a file and not to history: the fence, and the outbox, which empties as the lake
takes it.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from utfall.portal.book.connection import reading, walk
from utfall.portal.book.contracts import Book
from utfall.portal.book.stored import encode

TABLES: Final[dict[str, str]] = {
    "book_account": "id",
    "book_answer": "event",
    "book_batch": "seq",
    "book_bond": "advertiser, customer, program",
    "book_budget": "limit_id, period, customer, publisher",
    "book_click": "id",
    "book_commission": "source, number, publisher",
    "book_conversion": "id",
    "book_cursor": "id",
    "book_customer": "advertiser, customer",
    "book_entry": "transaction_id, account_id",
    "book_exchange": "transaction_id",
    "book_funding": "id",
    "book_identity": "advertiser, identity, at, touch",
    "book_line": "account_id, transaction_id",
    "book_paper": "id",
    "book_payout": "number",
    "book_position": "stream",
    "book_receipt": "id",
    "book_seen": "event",
    "book_side": "receipt_id, publisher",
    "book_tier": "rule, period, publisher",
    "book_trafficmemory": "batch",
    "book_transaction": "id",
}
"""Every table of history with its key, in the order of the dump."""


class Difference(NamedTuple):
    """The first row that is not the same in two books; None where one has no such row."""

    table: str
    first: tuple[Any, ...] | None
    second: tuple[Any, ...] | None


def rows_of(book: Book, table: str) -> Iterator[tuple[Any, ...]]:
    """A table's rows in the order of its key."""
    return walk(book, f"SELECT * FROM {table} ORDER BY {TABLES[table]}")


def table_digests(book: Book) -> dict[str, str]:
    """BLAKE2b-256 over each table's rows."""
    with reading(book):
        return {table: _digest(rows_of(book, table)) for table in TABLES}


def book_digest(book: Book) -> str:
    """One digest over the whole book."""
    return blake2b("".join(table_digests(book).values()).encode(), digest_size=32).hexdigest()


def _digest(rows: Iterator[tuple[Any, ...]]) -> str:
    state = blake2b(digest_size=32)
    for row in rows:
        state.update(encode(row))
    return state.hexdigest()


def first_difference(first: Book, second: Book) -> Difference | None:
    """Where two books part, table by table and row by row; None when they are identical."""
    with reading(first), reading(second):
        for table in TABLES:
            for one, other in zip_longest(rows_of(first, table), rows_of(second, table)):
                if one != other:
                    return Difference(table, one, other)
    return None
