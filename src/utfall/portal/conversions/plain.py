"""Columns as values: what is asked of them is only looked at, in rows that were found by something else.

SQLite guesses which index finds the fewest rows, and without statistics it takes an advertiser for ten
orders. Of a dozen numbers and an advertiser it would walk through the advertiser's million: so what is asked
of rows whose numbers are known is asked of values, which no index answers.

    Conversion.numbered.of(caller).alias(**told(["status"])).filter(pk__in=few, told_status="pending")
"""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from django.db.models import Func, Model, QuerySet

from utfall.portal.access import Owners, Records

Row = TypeVar("Row", bound=Model)
TOLD: Final = "told_"
"""What the name of a column begins with where it is asked for as a value."""


class Plain(Func):
    """A column as a value: what is asked of it uses no index of its own."""

    template = "+%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **how: Any) -> Any:
        """PostgreSQL weighs all ways by statistics, and adds only numbers: there it is the column itself."""
        return self.as_sql(compiler, connection, **how, template="%(expressions)s")


def told(names: Iterable[str]) -> dict[str, Plain]:
    """Columns as values, by the names they are asked for."""
    return {f"{TOLD}{name}": Plain(name) for name in names}


class Numbered(Records[Row]):
    """Rows whose numbers are known already: whose they are is looked at in them."""

    def get_queryset(self) -> QuerySet[Row]:
        """All rows, with the columns that say whose they are also as values."""
        own = super()._owners()
        values = told(path for path in (own.advertiser, own.publisher) if path)
        rows: QuerySet[Row] = super().get_queryset().alias(**values)
        return rows

    def _owners(self) -> Owners:
        own = super()._owners()
        return own._replace(advertiser=_told(own.advertiser), publisher=_told(own.publisher))


def _told(path: str) -> str:
    return path and f"{TOLD}{path}"
