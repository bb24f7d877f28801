"""Statements over many rows, on the connection that Django holds: what `sqlite3.Connection` is for a file.

Values go apart from the statement, in binary where that is shorter, and a statement that comes again is
prepared by the server.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from psycopg import Connection, Cursor, ServerCursor
from psycopg.pq import TransactionStatus

from utfall.portal.postgresql.dialect import query

Values = Sequence[Any] | Mapping[str, Any]
_WALKED: Final = 2_000
"""Rows that are fetched at once where a whole table is walked."""
_names: Final = count(1)


class Plain:
    """A connection as the book's code uses one; marks are SQLite's."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return self._connection.info.transaction_status != TransactionStatus.IDLE

    def execute(self, sql: str, values: Values = (), /) -> Cursor[Any]:
        """Run one statement; all rows of its answer are here when this returns."""
        return Cursor(self._connection).execute(query(sql), values, binary=True)

    def executemany(self, sql: str, rows: Iterable[Values], /) -> Cursor[Any]:
        """Run a statement once for each row: sent one after the other, without waiting for answers."""
        cursor = Cursor(self._connection)
        cursor.executemany(query(sql), rows)
        return cursor

    def insert(self, into: str, rows: Sequence[Sequence[Any]], otherwise: str) -> None:
        """Insert rows into a table: by COPY, unless something else is done with those that are there."""
        if otherwise:
            marks = ", ".join("?" * len(rows[0]))
            self.executemany(f"INSERT INTO {into} VALUES ({marks}) {otherwise}", rows)
            return
        with Cursor(self._connection).copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def walk(self, sql: str, values: Values = ()) -> Iterator[Any]:
        """The rows of an answer that need not fit into memory."""
        held = not self.in_transaction
        name = f"walk_{next(_names)}"
        with ServerCursor(self._connection, name, withhold=held) as cursor:
            cursor.itersize = _WALKED
            yield from cursor.execute(query(sql), values, binary=True)
