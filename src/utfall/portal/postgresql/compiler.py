"""How Django's queries are put, but for one thing: what is unknown sorts before all else, as in SQLite."""

from typing import Any

from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.backends.postgresql.compiler import SQLCompiler as PostgresCompiler
from django.db.models.expressions import Col

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class SQLCompiler(PostgresCompiler):
    """Lists and pages are the same on both: their order says where unknown values stand."""

    def get_order_by(self) -> list[Any]:
        """The parts of ORDER BY; a column that is never unknown is left to its index."""
        return [
            (part, (sql + self._place_of_unknown(part), *rest))
            for part, (sql, *rest) in super().get_order_by()
        ]

    def _place_of_unknown(self, part: Any) -> str:
        if part.nulls_first or part.nulls_last or self._is_known(part.expression):
            return ""
        return " NULLS LAST" if part.descending else " NULLS FIRST"

    def _is_known(self, what: Any) -> bool:
        """A column of the query's own table that must have a value."""
        return isinstance(what, Col) and not what.target.null and what.alias == self.query.base_table
