"""Opening a book: its file or schema, its migrations; and the raw connection for bulk work.

Statements are written once, with SQLite's marks (`?`, `:name`) and in words that PostgreSQL knows as well;
its connection turns the few that it does not (`utfall.portal.postgresql.dialect`).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Final, Protocol

from django.core.management import call_command
from django.db import connections, transaction
from django.db.utils import DEFAULT_DB_ALIAS

from utfall.journal.durable import held, make_directory
from utfall.portal import server_of, setup
from utfall.portal.book.contracts import Book
from utfall.portal.databases import BOOK, is_current, make_room, one_view
from utfall.portal.drivers import not_made
from utfall.portal.settings import DURABLE, REBUILDABLE, book_database

Values = Sequence[Any] | Mapping[str, Any]
_ROWS: Final = 64
"""Short rows to a statement."""


class Cursor(Iterator[Any], Protocol):
    """The answer to a statement."""

    @property
    def rowcount(self) -> int:
        """How many rows a statement changed."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""


class Connection(Protocol):
    """What a book in a file and one on a server have in common."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way."""

    def execute(self, sql: str, values: Values = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Values], /) -> Cursor:
        """Run a statement once for each row."""


def open_book(path: Path, *, durable: bool = True, migrate: bool = True) -> Book:
    """The book in a file, made if there is none, with the newest tables. Not durable: to be rebuilt."""
    setup(path)
    alias = _alias(path, DURABLE if durable else REBUILDABLE)
    if migrate:
        make_directory(path.parent)
        with held(path.with_name(f".{path.name}.lock")):
            make_room(alias)
            if not is_current(alias, BOOK):
                call_command("migrate", BOOK, database=alias, verbosity=0)
    return Book(path, alias)


def close_book(book: Book) -> None:
    """Close this thread's connection; the book opens it again when it is used."""
    connections[book.alias].close()


def _alias(path: Path, pragmas: tuple[str, ...]) -> str:
    """The name of a book among Django's databases, which learn of it if it is new to them."""
    known = connections.settings
    if pragmas == DURABLE and known[DEFAULT_DB_ALIAS].get("STANDS_FOR") == str(path):
        return DEFAULT_DB_ALIAS
    alias = f"{path}" if pragmas == DURABLE else f"{path} (rebuilt)"
    if alias not in known:
        made = book_database(path, server_of(path), pragmas)
        known[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: made})[alias]
    return alias


def raw(book: Book) -> Connection:
    """The connection under Django's: for statements over many rows, in Django's own transaction."""
    wrapper: Any = connections[book.alias]
    wrapper.ensure_connection()
    found: Connection = wrapper.connection
    return found if isinstance(found, sqlite3.Connection) else wrapper.plain()


def insert(
    connection: Connection,
    into: str,
    rows: Sequence[tuple[Any, ...]],
    otherwise: str = "",
    at_once: int = _ROWS,
) -> None:
    """Insert rows into a table (with its columns): what a short row costs is mostly its statement, so a file
    is given many at once, and a server a stream of them. `otherwise`: ON CONFLICT, and what then.
    """
    if not rows:
        return
    if not isinstance(connection, sqlite3.Connection):
        server: Any = connection
        server.insert(into, rows, otherwise)
        return
    # OR FAIL, for triggers watch every row: no page is copied to undo a statement, as a batch that is refused
    # is rolled back whole.
    order = "INSERT" if otherwise else "INSERT OR FAIL"
    if at_once == 1:
        connection.executemany(
            f"{order} INTO {into} VALUES ({','.join('?' * len(rows[0]))}) {otherwise}", rows
        )
        return
    for first in range(0, len(rows), at_once):
        part = rows[first : first + at_once]
        marks = "(" + ",".join("?" * len(part[0])) + ")"
        statement = f"{order} INTO {into} VALUES {','.join([marks] * len(part))} {otherwise}"
        connection.execute(statement, [*chain(*part)])


def walk(book: Book, sql: str, values: Values = ()) -> Iterator[Any]:
    """The rows of a statement, one after the other, however many they are: never all of them at once."""
    connection: Any = raw(book)
    ask = connection.execute if isinstance(connection, sqlite3.Connection) else connection.walk
    found: Iterator[Any] = ask(sql, values)
    return found


@contextmanager
def writing(book: Book) -> Iterator[Connection]:
    """One writing transaction, which takes the lock when it begins."""
    with transaction.atomic(using=book.alias):
        yield raw(book)


@contextmanager
def reading(book: Book) -> Iterator[Connection]:
    """One view of the whole book for as long as the block takes. A view within it is the same."""
    connection = raw(book)
    if connection.in_transaction:
        yield connection
        return
    with one_view(book.alias):
        connection.execute("SELECT seq FROM book_cursor").fetchone()
        yield connection


def is_begun(path: Path) -> bool:
    """Whether the book of a path was ever made."""
    if not server_of(path):
        return path.exists()
    setup(path)
    with connections[_alias(path, DURABLE)].cursor() as cursor:
        cursor.execute("SELECT to_regclass('book_cursor') IS NOT NULL")
        return bool(cursor.fetchone()[0])


@contextmanager
def standing(path: Path) -> Iterator[Book | None]:
    """The book of a path as it now stands, for reading; None where nothing was settled yet."""
    if not server_of(path) and not path.exists():
        yield None
        return
    found = open_book(path, migrate=False)
    with ExitStack() as view:
        try:
            view.enter_context(reading(found))
        except not_made():  # the settler is just making it: there are no tables yet
            yield None
            return
        yield found
