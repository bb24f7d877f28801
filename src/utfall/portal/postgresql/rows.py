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
_STAGED: Final = 32
"""From so many rows on, a table between is cheaper than a statement for each."""
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
        """Insert rows into a table (with its columns): by COPY. `otherwise`: what is done about those that
        are there already (each once); then many go by way of a table of this session's own.
        """
        if not otherwise:
            self._copy(into, rows)
        elif len(rows) < _STAGED:
            marks = ", ".join("?" * len(rows[0]))
            self.executemany(f"INSERT INTO {into} VALUES ({marks}) {otherwise}", rows)
        else:
            self._by_stage(into, rows, otherwise)

    def _by_stage(self, into: str, rows: Sequence[Sequence[Any]], otherwise: str) -> None:
        table, _, columns = into.strip().partition(" ")
        stage, ask = f"staged_{table}", self._connection.execute
        ask(
            f"CREATE TEMP TABLE IF NOT EXISTS {stage} (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
        )
        self._copy(f"{stage} {columns}", rows)
        ask(query(f"INSERT INTO {into} SELECT {columns.strip()[1:-1] or '*'} FROM {stage} {otherwise}"))
        ask(f"DELETE FROM {stage}")

    def _copy(self, into: str, rows: Sequence[Sequence[Any]]) -> None:
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
