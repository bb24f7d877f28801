"""The few orders that something rare is true of: found by its own index, so that nobody searches through all.

A list is read in order of time (or amount) until fifty rows fit. That is quick unless what is asked is rare:
then nearly all rows would be looked at. So what could be rare (a code, a sub-id, the beginning of a
reference, a range of amounts) is first asked of its own index, for a few thousand numbers at most. Where
there are no more, the list is made of these; where there are, it is common enough to be met on the way.

SQLite would have to guess which of the two is better, and does not know how common one value is. What is
only to be looked at is asked as a value (`plain`), which keeps it from using an index for that.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from utfall.portal.access import Caller
from utfall.portal.access.times import to_ms
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.conversions.models import Conversion, SubId
from utfall.portal.conversions.sharing import shares_any

FEW: Final = 2000
LAST: Final = "\U0010ffff"
"""Behind every beginning of a text."""


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
    if filters.code and not is_read_by_code(filters):
        yield _numbers(Conversion.objects.system().filter(code=filters.code))
    if filters.sub:
        yield SubId.objects.system().filter(value=filters.sub).values_list("conversion", flat=True)
    if filters.search:
        wanted = {"reference__gte": filters.search, "reference__lt": filters.search + LAST}
        own = Conversion.objects.of(caller) if caller.advertisers else Conversion.objects.system()
        yield _numbers(own.filter(**wanted))  # a publisher's references have no index of their own
    for bounds in _ranges(filters):
        if not shares_any(caller):  # what somebody earns with shared orders has no index
            yield _numbers(Conversion.objects.of(caller).filter(**bounds))


def _numbers(rows: QuerySet[Conversion]) -> QuerySet[Any, int]:
    return rows.order_by().values_list("pk", flat=True)


def _ranges(filters: Filters) -> Iterator[dict[str, Any]]:
    for column in ("amount_micros", "commission_micros"):
        wanted = {f"{name}__{lookup}": value for name, lookup, value in between(filters) if name == column}
        if wanted:
            yield wanted


def between(filters: Filters) -> Iterable[tuple[str, str, int]]:
    """The bounds that were asked: column, lookup and value."""
    asked = (
        ("occurred_at", "gte", _ms(filters.since)),
        ("occurred_at", "lt", _ms(filters.until)),
        ("approve_at", "gte", _ms(filters.silence_since)),
        ("approve_at", "lt", _ms(filters.silence_until)),
        ("amount_micros", "gte", filters.amount_from_micros),
        ("amount_micros", "lte", filters.amount_to_micros),
        ("commission_micros", "gte", filters.commission_from_micros),
        ("commission_micros", "lte", filters.commission_to_micros),
    )
    return [(name, lookup, value) for name, lookup, value in asked if value is not None]


def is_read_by_code(filters: Filters) -> bool:
    """Whether the index of codes gives the list in its order: codes have their season, and the newest order
    with one may be a year old.
    """
    return bool(filters.code) and not filters.tests and filters.sort in (Sort.NEWEST, Sort.OLDEST)


def number_of(words: str) -> int | None:
    """The number in `#17`, by which people know an order; None where there is none."""
    number = words.removeprefix("#")
    is_number = words != number and number.isascii() and number.isdecimal() and len(number) < 19
    return int(number) if is_number else None


def _ms(when: datetime | None) -> int | None:
    return None if when is None else to_ms(when)
