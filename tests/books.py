"""Books of tests that begin in a new file: migrations make the tables of the first in a run; all others are
copies of it, for hundreds of tests settle into a book of their own.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connections

from tests.once import once
from utfall.portal.book import connection
from utfall.portal.databases import BOOK
from utfall.portal.settings import DURABLE

FILE: Final = "book.sqlite3"


def begin_alike() -> None:
    """From now on a book that begins in a file of this process is a copy of the first."""
    connection.call_command = _begin  # type: ignore[assignment, attr-defined]


def _begin(command: str, *labels: str, database: str, **options: Any) -> None:
    wrapper: Any = connections[database]
    if wrapper.vendor != "sqlite" or wrapper.introspection.table_names():
        call_command(command, *labels, database=database, **options)
        return
    with closing(sqlite3.connect(once("book", _make) / FILE)) as made:
        made.backup(wrapper.connection)


def _make(folder: Path) -> None:
    alias = connection._alias(folder / FILE, DURABLE)
    call_command("migrate", BOOK, database=alias, verbosity=0)
    connections[alias].close()
    del connections[alias], connections.settings[alias]  # where it was made is not where it is kept
