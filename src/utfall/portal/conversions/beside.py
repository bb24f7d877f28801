"""Lists that a table beside the orders has in their order: of orders with a sub-id, and of those paid out.

Both lie anywhere among a publisher's orders: what was paid out is never its newest, and a sub-id may have
had its season. So the table that names them is read in order of time, and what else was asked is looked at
in the orders that it names.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Kind
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.conversions.models import PaidOut, SubId
from utfall.portal.conversions.narrowing import between

Rows = QuerySet[Any]


def beside(caller: Caller, filters: Filters) -> list[Rows]:
    """Rows whose `conversion`s are the list where they fit, one list for each owner that an index leads with;
    none where no table has the list in its order.
    """
    rows = _named(caller, filters)
    if rows is None or filters.sort not in (Sort.NEWEST, Sort.OLDEST):
        return []
    return [rows.filter(**owner) for owner in _owners(caller, filters) if owner or not filters.sub]


def all_beside(caller: Caller, filters: Filters) -> Rows | None:
    """The numbers of all orders that could fit, in no order; None where no table names them."""
    rows = _named(caller, filters)
    if rows is not None and filters.publisher and caller.kind is not Kind.PUBLISHER:
        rows = rows.filter(publisher=filters.publisher)
    return None if rows is None else rows.values("conversion")


def _named(caller: Caller, filters: Filters) -> Rows | None:
    """Rows of the table that names what is asked; None where none does, or something else is the rarer: the
    beginning of a reference, a code, or where an order stands that is hardly ever paid out.
    """
    if filters.tests or filters.search or filters.code:
        return None
    placed = {f"{name}__{lookup}": value for name, lookup, value in between(filters) if name == "occurred_at"}
    if filters.sub:
        return SubId.objects.of(caller).filter(value=filters.sub, **placed)
    if filters.paid and OrderStatus.PAYABLE in (filters.statuses or OrderStatus):
        return PaidOut.objects.of(caller).filter(**placed)
    return None


def _owners(caller: Caller, filters: Filters) -> Iterator[dict[str, int]]:
    """Whose rows are read. A publisher reads its own alone, whoever won: it may have a part in it."""
    if caller.kind is Kind.PUBLISHER:
        yield from ({"publisher": one} for one in sorted(caller.publishers))
    elif filters.publisher:
        yield {"publisher": filters.publisher}
    elif filters.advertiser:
        yield {"advertiser": filters.advertiser}
    elif caller.sees_all:
        yield {}
    else:
        yield from ({"advertiser": one} for one in sorted(caller.advertisers))
