"""Django's backend for PostgreSQL, with what our files promise: whoever writes is alone.

A writing transaction takes the lock of its schema before anything else, as one on a file does (IMMEDIATE), so
what was reasoned of a file holds here as well. Readers wait for nobody.
"""

from datetime import UTC, datetime
from typing import Any, Final

from django.db.backends.postgresql import base, operations, schema
from psycopg import Error
from psycopg.types.numeric import Int8BinaryDumper

from utfall.portal.postgresql.dialect import INSTR, REFUSE, definition
from utfall.portal.postgresql.rows import Plain

_BEGIN: Final = b"BEGIN; SELECT pg_advisory_xact_lock(hashtext(current_schema()))"
_ONE_VIEW: Final = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


_AS_WIDE: Final = {
    **dict.fromkeys(("CharField", "SlugField", "FileField"), "text"),
    **dict.fromkeys(
        ("IntegerField", "PositiveIntegerField", "SmallIntegerField", "PositiveSmallIntegerField"), "bigint"
    ),
}
"""Columns hold what a file's do; how long a text may be is said where it comes in."""


class Operations(operations.DatabaseOperations):
    """Django's own, but for the order of what is unknown."""

    compiler_module = "utfall.portal.postgresql.compiler"

    def adapt_datetimefield_value(self, value: Any) -> Any:
        """A time as the server is told it: in UTC, for it knows no zone further away than 16 hours."""
        return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Migrations whose SQL is written by hand speak SQLite's dialect."""

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Run a statement of a migration."""
        super().execute(definition(sql) if isinstance(sql, str) else sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to one schema of an installation's database."""

    SchemaEditorClass = SchemaEditor
    ops_class = Operations
    data_types = base.DatabaseWrapper.data_types | _AS_WIDE

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection on which whole numbers are as wide as our columns, so that a plan fits all of them."""
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_dumper(int, Int8BinaryDumper)
        return connection

    def init_connection_state(self) -> None:
        """Tell a session what it is for: by a statement, for no pool passes on how a connection begins."""
        super().init_connection_state()
        told = self.settings_dict["SESSION"].items()
        asked = ", ".join(["set_config(%s, %s, false)"] * len(told))
        self.connection.execute(f"SELECT {asked}", [word for setting in told for word in setting])

    def _start_transaction_under_autocommit(self) -> None:
        """Begin to write; Django calls this for the outermost `atomic`. Who was refused may begin again."""
        with self.wrap_database_errors:
            try:
                self.connection.execute(_BEGIN)
            except Error:
                if not self.connection.closed:
                    self.connection.rollback()
                raise

    def begin_view(self) -> None:
        """Begin to read: everything as it stands when the first question is asked."""
        with self.wrap_database_errors:
            self.connection.execute(_ONE_VIEW)

    def plain(self) -> Plain:
        """The connection for statements over many rows, in Django's own transaction."""
        self.ensure_connection()
        return Plain(self.connection)

    def make_room(self) -> None:
        """The schema, if there is none, and the word by which its guards refuse."""
        name = self.ops.quote_name(self.settings_dict["HOLDS"])
        with self.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
            cursor.execute(REFUSE)
            cursor.execute(INSTR)
