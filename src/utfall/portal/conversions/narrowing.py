"""The few orders that something rare is true of: found by its own index, so that nobody searches through all.

A list is read in order of time (or amount) until fifty rows fit. That is quick unless what is asked is rare:
then nearly all rows would be looked at. So what could be rare (a code, a sub-id, the beginning of a
reference, a range of amounts) is first asked of its own index, for a few thousand numbers at most. Where
there are no more, the list is made of these; where there are, it is common enough to be met on the way.

SQLite would have to guess which of the two is better, and does not know how common one value is. `Plain`
keeps it from using an index for what is only to be looked at.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Func, QuerySet

from utfall.portal.access import Caller
from utfall.portal.access.times import to_ms
from utfall.portal.conversions.contracts import Filters
from utfall.portal.conversions.models import Conversion, SubId
from utfall.portal.conversions.sharing import readable, shares_any

FEW: Final = 2000
LAST: Final = "\U0010ffff"
"""Behind every beginning of a text."""


class Plain(Func):
    """A column as a value: what is asked of it uses no index of its own."""

    template = "+%(expressions)s"
    arity = 1


def narrowed(caller: Caller, filters: Filters) -> list[int] | None:
    """The numbers of the few orders that could fit; None where what is asked is common."""
    for rows in _rare(caller, filters):
        found = list(rows[: FEW + 1])
        if len(found) <= FEW:
            return found
    return None


def _rare(caller: Caller, filters: Filters) -> Iterator[QuerySet[Any, int]]:
    """What could be rare, each asked of an index that answers it alone; narrowed to the caller afterwards."""
    if (number := number_of(filters.search)) is not None:
        yield _numbers(Conversion.objects.system().filter(pk=number))
    if filters.code:
        yield _numbers(Conversion.objects.system().filter(code=filters.code))
    if filters.sub:
        yield SubId.objects.system().filter(value=filters.sub).values_list("conversion", flat=True)
    for wanted in _ranges(filters):
        if "commission" not in "".join(wanted) or not shares_any(caller):
            yield _numbers(readable(caller).filter(**wanted))


def _numbers(rows: QuerySet[Conversion]) -> QuerySet[Any, int]:
    return rows.order_by().values_list("pk", flat=True)


def _ranges(filters: Filters) -> Iterator[dict[str, Any]]:
    if filters.search:
        yield {"reference__gte": filters.search, "reference__lt": filters.search + LAST}
    for column in ("amount_micros", "commission_micros"):
        wanted = {f"{name}__{lookup}": value for name, lookup, value in between(filters) if name == column}
        if wanted:
            yield wanted


def between(filters: Filters) -> Iterable[tuple[str, str, int]]:
    """The bounds that were asked: column, lookup and value."""
    asked = (
        ("occurred_at", "gte", _ms(filters.since)),
        ("occurred_at", "lt", _ms(filters.until)),
        ("approve_at", "gte", _ms(filters.due_from)),
        ("approve_at", "lt", _ms(filters.due_until)),
        ("amount_micros", "gte", filters.amount_from_micros),
        ("amount_micros", "lte", filters.amount_to_micros),
        ("commission_micros", "gte", filters.commission_from_micros),
        ("commission_micros", "lte", filters.commission_to_micros),
    )
    return [(name, lookup, value) for name, lookup, value in asked if value is not None]


def number_of(words: str) -> int | None:
    """The number in `#17`, by which people know an order; None where there is none."""
    number = words.removeprefix("#")
    is_number = words != number and number.isascii() and number.isdecimal() and len(number) < 19
    return int(number) if is_number else None


def _ms(when: datetime | None) -> int | None:
    return None if when is None else to_ms(when)
