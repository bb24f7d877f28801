"""Orders that several publishers share: each reads the order by its own part, and nobody another's.

Only where the caller has a part in any shared order is anything else asked than for other orders.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from utfall.portal.access import Caller, Kind, NotFound
from utfall.portal.conversions.contracts import Filters
from utfall.portal.conversions.models import Conversion, Part
from utfall.portal.conversions.plain import TOLD, Plain

OWN: Final = "own_micros"
"""The caller's own commission with an order: the column that takes the place of `commission_micros`."""
_OF_A_TOUCH: Final = ("link", "code", "sub", "country", "device", "method")


def shares_any(caller: Caller) -> bool:
    """Whether the caller is a publisher with a part in any shared order."""
    return caller.kind is Kind.PUBLISHER and Part.objects.of(caller).exists()


def readable(
    caller: Caller, filters: Filters | None = None, *, is_numbered: bool = False
) -> QuerySet[Conversion]:
    """The caller's own orders, and those in which it has a part, with what it earns.

    What is asked of the touch that won is asked of the caller's own touches only. `is_numbered`: something
    else finds the rows, so that whose they are is only looked at in them (`plain`).
    """
    records, told = (Conversion.numbered, TOLD) if is_numbered else (Conversion.objects, "")
    rows = records.of(caller)
    if not shares_any(caller):
        return rows
    if filters is None or not any(getattr(filters, name) for name in _OF_A_TOUCH):
        shared = Part.objects.of(caller).values("conversion")
        reach = {"publisher": caller.publishers, "advertiser": caller.advertisers}
        own = Q(*((f"{told}{name}__in", ids) for name, ids in reach.items()), _connector=Q.OR)
        rows = records.system().filter(own | Q(pk__in=shared))
    mine = Part.objects.of(caller).filter(conversion=OuterRef("pk")).values("conversion")
    micros = Subquery(mine.annotate(all=Sum("commission_micros")).values("all"))
    return rows.annotate(**{OWN: Coalesce(micros, F("commission_micros"))})


def one(caller: Caller, number: int) -> Conversion:
    """An order that the caller may read; NotFound where it is not its own and it has no part in it."""
    row = readable(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def own_parts(caller: Caller, rows: Collection[Conversion]) -> dict[int, int]:
    """What publishers read instead of the whole commission of these orders: the caller's own part, or the
    winner's for whoever looks from elsewhere.
    """
    parts = Part.objects.system().filter(conversion__in=[row.pk for row in rows])
    winners = {row.pk: row.publisher for row in rows}
    mine = caller.publishers if caller.kind is Kind.PUBLISHER else frozenset[int]()
    found: dict[int, int] = {}
    for part in parts:
        if part.publisher in mine or (not mine and part.publisher == winners[part.conversion]):
            found[part.conversion] = found.get(part.conversion, 0) + part.commission_micros
    return found


def is_others(caller: Caller, row: Conversion) -> bool:
    """Whether a publisher reads an order that another one won: its touch is not the caller's."""
    return caller.kind is Kind.PUBLISHER and row.publisher not in caller.publishers


def column(rows: QuerySet[Any], name: str) -> str:
    """The column that a caller's rows have for a name."""
    return OWN if name == "commission_micros" and OWN in rows.query.annotations else name


def with_told(rows: QuerySet[Conversion], names: Iterable[str]) -> QuerySet[Conversion]:
    """Rows with columns also as values, by the names they are asked for."""
    return rows.alias(**{f"{TOLD}{name}": Plain(column(rows, name)) for name in names})
