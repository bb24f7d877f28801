"""Opening a book: its file, its pragmas, its migrations; and the raw connection for bulk work."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction
from django.db.utils import DEFAULT_DB_ALIAS

from utfall.journal.durable import held, make_directory
from utfall.portal import setup
from utfall.portal.book.contracts import Book
from utfall.portal.settings import DURABLE, REBUILDABLE, database


def open_book(path: Path, *, durable: bool = True, migrate: bool = True) -> Book:
    """The book in a file, made if there is none, with the newest tables. Not durable: to be rebuilt."""
    setup(path)
    alias = _alias(path, DURABLE if durable else REBUILDABLE)
    if migrate:
        make_directory(path.parent)
        with held(path.with_name(f".{path.name}.lock")):
            call_command("migrate", "book", database=alias, verbosity=0)
    return Book(path, alias)


def close_book(book: Book) -> None:
    """Close this thread's connection; the book opens it again when it is used."""
    connections[book.alias].close()


def _alias(path: Path, pragmas: tuple[str, ...]) -> str:
    """The name of a book among Django's databases, which learn of it if it is new to them."""
    known = connections.settings
    if pragmas == DURABLE and known[DEFAULT_DB_ALIAS]["NAME"] == str(path):
        return DEFAULT_DB_ALIAS
    alias = f"{path}" if pragmas == DURABLE else f"{path} (rebuilt)"
    if alias not in known:
        filled = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: database(path, pragmas)})
        known[alias] = filled[alias]
    return alias


def raw(book: Book) -> sqlite3.Connection:
    """The SQLite connection under Django's: for statements over many rows, in Django's own transaction."""
    wrapper = connections[book.alias]
    wrapper.ensure_connection()
    found = wrapper.connection
    assert isinstance(found, sqlite3.Connection), "the book is in SQLite"
    return found


@contextmanager
def writing(book: Book) -> Iterator[sqlite3.Connection]:
    """One writing transaction, which takes the lock when it begins."""
    with transaction.atomic(using=book.alias):
        yield raw(book)


@contextmanager
def reading(book: Book) -> Iterator[sqlite3.Connection]:
    """One view of the whole book for as long as the block takes. A view within it is the same."""
    connection = raw(book)
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN DEFERRED")
    try:
        connection.execute("SELECT seq FROM book_cursor").fetchone()
        yield connection
    finally:
        connection.execute("ROLLBACK")


@contextmanager
def standing(path: Path) -> Iterator[Book | None]:
    """The book in a file as it now stands, for reading; None where nothing was settled yet."""
    if not path.exists():
        yield None
        return
    found = open_book(path, migrate=False)
    with ExitStack() as held:
        try:
            held.enter_context(reading(found))
        except sqlite3.OperationalError:  # the settler is just making it: there are no tables yet
            yield None
            return
        yield found
