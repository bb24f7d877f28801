"""Orders that fit some filters, narrowed to their caller: the query, and the order in which it is read."""

from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import islice
from typing import Any, Final, TypeVar, cast

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission, Problem, Refused, refuse
from utfall.portal.conversions.beside import all_beside, beside
from utfall.portal.conversions.contracts import Filters, Party, Sort
from utfall.portal.conversions.models import Conversion, SubId, TestOrder
from utfall.portal.conversions.narrowing import FEW, LAST, between, is_read_by_code, narrowed, number_of
from utfall.portal.conversions.paying import is_paid
from utfall.portal.conversions.plain import TOLD
from utfall.portal.conversions.sharing import column, readable, with_told

Row = TypeVar("Row", bound=Model)
COLUMNS: Final[Mapping[Sort, str]] = {
    Sort.NEWEST: "occurred_at",
    Sort.OLDEST: "occurred_at",
    Sort.SOONEST: "approve_at",
    Sort.LARGEST: "amount_micros",
    Sort.SMALLEST: "amount_micros",
    Sort.DEAREST: "commission_micros",
    Sort.CHEAPEST: "commission_micros",
}
PARTS_AT_MOST: Final = 24
_MORE: Final = 8
"""How many times as many orders are looked at once the first of them did not all fit."""
_ALIKE: Final = ("advertiser", "program", "publisher", "outcome", "reason", "link", "method", "currency")
_PLAIN: Final = ("amount_micros", "commission_micros", "approve_at", "code", "reference")
_ADVERTISERS: Final = ("channel", "customer", "source")
_ADVERTISERS_ASK: Final = ("tests", *_ADVERTISERS)


def party_of(caller: Caller) -> Party:
    """The side a caller reads: a publisher its own, everybody else the advertiser's."""
    return "publisher" if caller.kind is Kind.PUBLISHER else "advertiser"


def fitting(caller: Caller, filters: Filters) -> QuerySet[Conversion]:
    """The caller's orders that fit, in no order; Refused where a publisher asks what is not its to know."""
    _require(caller, filters)
    few = None if filters.tests else narrowed(caller, filters)
    if few is not None:
        return _few_that_fit(caller, filters, few)
    if (numbers := all_beside(caller, filters)) is not None:
        return _looked_at(caller, filters).filter(pk__in=numbers)
    return _all_that_fit(caller, filters)


def listed(caller: Caller, filters: Filters) -> QuerySet[Conversion]:
    """The same in the order of the list, to be read from its beginning to its end."""
    _require(caller, filters)
    few = None if filters.tests else narrowed(caller, filters)
    rows = _all_that_fit(caller, filters) if few is None else _few_that_fit(caller, filters, few)
    return in_order(rows, caller, filters.sort, None)


def _require(caller: Caller, filters: Filters) -> None:
    caller.require(Permission.LOOK)
    if party_of(caller) == "publisher" and (problems := list(_not_theirs(filters))):
        raise Refused(problems)


def _all_that_fit(caller: Caller, filters: Filters) -> QuerySet[Conversion]:
    """What fits, on the way through all of the caller's orders; or through all with a code."""
    if is_read_by_code(filters):
        return _looked_at(caller, filters).filter(code=filters.code)
    if filters.tests:
        rows = cast("QuerySet[Conversion]", TestOrder.objects.of(caller))
    else:
        rows = readable(caller, filters)
    rows = rows.filter(**dict(_equal(filters, party_of(caller))))
    if filters.statuses:
        rows = rows.filter(status__in=[one.value for one in filters.statuses])
    return _among(with_told(rows, _PLAIN), caller, filters)


def _few_that_fit(caller: Caller, filters: Filters, few: list[int]) -> QuerySet[Conversion]:
    """What fits among the few orders of these numbers."""
    return _looked_at(caller, filters).filter(pk__in=few)


def _looked_at(caller: Caller, filters: Filters) -> QuerySet[Conversion]:
    """What fits in rows that something else finds: all that is asked is looked at in them."""
    equal = dict(_equal(filters, party_of(caller)))
    rows = with_told(readable(caller, filters, is_numbered=True), (*equal, "status", *_PLAIN))
    rows = rows.filter(**{f"{TOLD}{name}": value for name, value in equal.items()})
    if filters.statuses:
        rows = rows.filter(**{f"{TOLD}status__in": [one.value for one in filters.statuses]})
    return _among(rows, caller, filters)


def _among(rows: QuerySet[Conversion], caller: Caller, filters: Filters) -> QuerySet[Conversion]:
    """What else is asked: only looked at in rows that are found already, never by its own index."""
    for name, lookup, value in between(filters):
        is_way = name in (COLUMNS[filters.sort], "occurred_at")
        rows = rows.filter(**{f"{column(rows, name) if is_way else f'{TOLD}{name}'}__{lookup}": value})
    if filters.sort is Sort.SOONEST or filters.never_due:
        rows = rows.filter(approve_at__isnull=filters.never_due)
    if filters.code:
        rows = rows.filter(Q(told_code=filters.code))
    if filters.search:
        rows = rows.filter(_searched(filters.search))
    if filters.sub:
        held = SubId.objects.system().filter(conversion=OuterRef("pk"), value=filters.sub)
        rows = rows.filter(Exists(held))
    if filters.paid:
        rows = rows.filter(is_paid(caller))
    return rows


def first_of(caller: Caller, filters: Filters, after: int | None, count: int) -> list[Conversion]:
    """The first orders of a list. Several statuses or advertisers are lists of their own, merged: each is
    read in its order by an index, all of them together could only be sorted. Few orders are sorted.
    """
    _require(caller, filters)
    if (first := _first_beside(caller, filters, after, count)) is not None:
        return first
    few = None if filters.tests else narrowed(caller, filters)
    if few is not None:
        found = _few_that_fit(caller, filters, few)
        return list(in_order(found, caller, filters.sort, after)[:count])
    rows, parts = _all_that_fit(caller, filters), _parts(caller, filters)
    if not 1 < len(parts) <= PARTS_AT_MOST:
        return list(in_order(rows, caller, filters.sort, after)[:count])
    ordered, falls = column(rows, COLUMNS[filters.sort]), filters.sort.value.startswith("-")
    lists = [list(in_order(rows.filter(**part), caller, filters.sort, after)[:count]) for part in parts]
    merged = merge(*lists, key=lambda row: (getattr(row, ordered), row.pk), reverse=falls)
    return list(islice(merged, count))


def _first_beside(caller: Caller, filters: Filters, after: int | None, count: int) -> list[Conversion] | None:
    """The first orders of a list by a table that has it in its order; None where none has, and where few of
    its orders fit: then what else is asked is the better way.
    """
    lists, sort = beside(caller, filters), filters.sort
    for most in (count, _MORE * count, FEW) if lists else ():
        places = [
            in_order(rows, caller, sort, after, "conversion").values_list("occurred_at", "conversion")[:most]
            for rows in lists
        ]
        merged = islice(merge(*places, reverse=sort is Sort.NEWEST), most)
        numbers = [number for _at, number in merged]
        found = list(in_order(_few_that_fit(caller, filters, numbers), caller, sort, None)[:count])
        if len(found) == count or len(numbers) < most:
            return found
    return None


def _parts(caller: Caller, filters: Filters) -> list[dict[str, Any]]:
    """What lists of their own are made of: every status that is wanted, of every advertiser in reach."""
    if is_read_by_code(filters):
        return [{}]
    is_open = not (filters.advertiser or filters.program or filters.publisher)
    owners: list[dict[str, Any]] = [{}]
    if is_open and not caller.sees_all and len(caller.advertisers) > 1:
        owners = [{"advertiser": one} for one in sorted(caller.advertisers)]
    statuses: list[dict[str, Any]] = [{"status": one.value} for one in filters.statuses] or [{}]
    return [owner | status for owner in owners for status in statuses]


def in_order(
    rows: QuerySet[Row], caller: Caller, sort: Sort, after: int | None, number: str = "pk"
) -> QuerySet[Row]:
    """Rows as a list shows them, from behind the order `after`, which is the last one that was seen. `number`
    is the column of the order's number.
    """
    ordered, falls = column(rows, COLUMNS[sort]), sort.value.startswith("-")
    if after is not None:
        is_test = rows.model is TestOrder
        known: QuerySet[Any] = TestOrder.objects.of(caller) if is_test else readable(caller)
        last = known.filter(pk=after).values_list(ordered, flat=True).first()
        if last is None:
            refuse("cursor_unknown", _("The list cannot go on from there: begin anew."), "after")
        way = "lt" if falls else "gt"
        behind = Q(**{f"{ordered}__{way}": last}) | Q(**{ordered: last, f"{number}__{way}": after})
        rows = rows.filter(behind, **{f"{ordered}__{way}e": last})
    return rows.order_by(*((f"-{ordered}", f"-{number}") if falls else (ordered, number)))


def _not_theirs(filters: Filters) -> Iterator[Problem]:
    """What a publisher cannot ask, for the answers would tell it."""
    asked = {name: getattr(filters, name) for name in _ADVERTISERS_ASK}
    asked["amount"] = filters.amount_from_micros is not None or filters.amount_to_micros is not None
    if filters.sort in (Sort.LARGEST, Sort.SMALLEST):
        asked["sort"] = filters.sort
    for name, value in asked.items():
        if value:
            yield Problem("not_your_side", _("Only the advertiser's side knows this: take it away."), name)


def _equal(filters: Filters, party: Party) -> Iterator[tuple[str, Any]]:
    for name in (*_ALIKE, *_ADVERTISERS):
        if value := getattr(filters, name):
            yield name, value
    prefix = "touch_" if party == "publisher" else ""
    for name in ("country", "device"):
        if value := getattr(filters, name):
            yield f"{prefix}{name}", value
    if filters.code and party == "publisher":  # another's code that a customer used is not its to know
        yield "method", "code"


def _searched(words: str) -> Q:
    """The beginning of a reference, as it is written; or the order's number."""
    number = number_of(words)
    if number is not None:
        return Q(pk=number)
    return Q(told_reference__gte=words, told_reference__lt=words + LAST)
