"""Rows of the book's tables as frozen values, the newest page of them, and questions about many keys."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final, TypeVar

from utfall.portal.book.connection import Values, raw, walk
from utfall.portal.book.contracts import Book, TransactionRow

Row = TypeVar("Row", bound=tuple[Any, ...])

_COLUMNS: Final = {
    "conversion": "conversion_id",
    "transaction": "transaction_id",
    "into_transaction": "into_transaction_id",
    "ended": "ended_id",
    "limit": "limit_id",
    "into": '"into"',
}
"""Columns whose field has another name; what a transaction corrects is one, too."""
_OF_TRANSACTIONS: Final = {**_COLUMNS, "corrects": "corrects_id"}
_AT_ONCE: Final = 500
"""Keys to a question."""


@cache
def columns(kind: type[tuple[Any, ...]]) -> str:
    """The columns of a table, in the order of the fields of its rows.

    >>> columns(TransactionRow)
    'id, kind, currency, occurred_at, program, publisher, batch, event, conversion_id, rule, corrects_id'
    """
    names = _OF_TRANSACTIONS if kind is TransactionRow else _COLUMNS
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return ", ".join(names.get(field, field) for field in fields)


def select(book: Book, kind: type[Row], table: str, tail: str, values: Values = ()) -> Iterator[Row]:
    """The rows of a table as values of a kind whose fields name its columns."""
    return (kind(*row) for row in raw(book).execute(f"SELECT {columns(kind)} FROM {table} {tail}", values))


def select_all(book: Book, kind: type[Row], table: str, tail: str, values: Values = ()) -> Iterator[Row]:
    """The same of rows that may be too many to hold at once."""
    return (kind(*row) for row in walk(book, f"SELECT {columns(kind)} FROM {table} {tail}", values))


def newest(
    book: Book,
    kind: type[Row],
    table: str,
    key: str,
    asked: Mapping[str, Any],
    *,
    before: int | None,
    count: int,
) -> list[Row]:
    """A page, the highest key first; `before` is the key of the last of the page before.

    `asked`: what columns must have, None where anything will do.
    """
    held = {name: value for name, value in asked.items() if value is not None}
    where = [f"{name} = :{name}" for name in held]
    if before is not None:
        where.append(f"{key} < :before")
    tail = f"WHERE {' AND '.join(where) or 'TRUE'} ORDER BY {key} DESC LIMIT :count"
    return list(select(book, kind, table, tail, {**held, "before": before, "count": count}))


def chunks(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys, so many at once as a question may name."""
    rest = iter(keys)
    while chunk := list(islice(rest, _AT_ONCE)):
        yield chunk


def marks(keys: Collection[Any]) -> str:
    """A mark for each key, as SQL has them in a list.

    >>> marks([7, 8])
    '?, ?'
    """
    return ", ".join("?" * len(keys))
