"""Questions about orders: a list, one, those with given references, how many fit and their sums."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Final

from django.core.cache import cache as kept
from django.db.models import Count, Min, Sum

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.access.times import from_ms
from utfall.portal.conversions import sharing
from utfall.portal.conversions.contracts import Counted, Filters, OrderView, Share, Total, Totals
from utfall.portal.conversions.finding import first_of, fitting, listed, party_of
from utfall.portal.conversions.models import Conversion
from utfall.portal.conversions.sharing import column, readable
from utfall.portal.conversions.showing import names_of, views

COUNTED_AT_MOST: Final = 10_000
FRESH_SECONDS: Final = 4
ADDED_AT_MOST: Final = 100_000
EXPORTED_AT_MOST: Final = 200_000
"""Rows of one export; a larger one is for the reports."""
_NAMED_AT_ONCE: Final = 500
_EXPORTED_AT_ONCE: Final = 1000


def conversions(
    caller: Caller, filters: Filters | None = None, after: int | None = None, limit: int = USUAL
) -> Slice[OrderView]:
    """The caller's orders that fit, in the order the filters ask for, from behind the order `after`."""
    wanted = filters or Filters()
    size = min(limit, LARGEST)
    rows = first_of(caller, wanted, after, size + 1)
    following = rows[size - 1].pk if len(rows) > size else None
    return Slice(views(caller, rows[:size]), following)


def order(caller: Caller, number: int) -> OrderView:
    """One order; NotFound where it is not the caller's."""
    caller.require(Permission.LOOK)
    (view,) = views(caller, [sharing.one(caller, number)])
    return view


def find(caller: Caller, references: Collection[str]) -> dict[str, list[OrderView]]:
    """The caller's orders by what their advertisers call them; one reference may be of several."""
    caller.require(Permission.LOOK)
    wanted, found = list(dict.fromkeys(references)), dict[str, list[OrderView]]()
    for start in range(0, len(wanted), _NAMED_AT_ONCE):
        some = wanted[start : start + _NAMED_AT_ONCE]
        for view in views(caller, list(readable(caller).filter(reference__in=some))):
            found.setdefault(view.reference, []).append(view)
    return found


def counted(caller: Caller, filters: Filters) -> Counted:
    """How many orders fit, as far as that is cheap to count."""
    number = fitting(caller, filters).order_by()[: COUNTED_AT_MOST + 1].count()
    return Counted(min(number, COUNTED_AT_MOST), number > COUNTED_AT_MOST)


def by_status(caller: Caller, filters: Filters) -> dict[OrderStatus, int]:
    """How many orders that fit stand where, all of them counted; many, at most every few seconds."""
    reach = None if caller.sees_all else (sorted(caller.advertisers), sorted(caller.publishers))
    told = repr((caller.kind.value, reach, filters)).encode()
    key = f"orders-by-status:{blake2b(told, digest_size=16).hexdigest()}"
    found: dict[OrderStatus, int] | None = kept.get(key)
    if found is None:
        rows = fitting(caller, filters).order_by().values_list("status").annotate(Count("pk"))
        found = {OrderStatus(status): count for status, count in rows}
        if sum(found.values()) > COUNTED_AT_MOST:
            kept.set(key, found, FRESH_SECONDS)
    return found


def totals(caller: Caller, filters: Filters) -> Totals:
    """The sums of what fits, by currency; none where too much fits to be added up while somebody waits."""
    rows = fitting(caller, filters)
    if rows.order_by()[: ADDED_AT_MOST + 1].count() > ADDED_AT_MOST:
        return Totals((), is_more=True)
    is_advertisers = party_of(caller) == "advertiser"
    sums = (
        rows.order_by("currency")
        .values("currency")
        .annotate(
            orders=Count("pk"),
            amount=Sum("amount_micros"),
            commission=Sum(column(rows, "commission_micros")),
            fee=Sum("fee_micros"),
        )
    )
    return Totals(
        [
            Total(
                currency=one["currency"],
                orders=one["orders"],
                amount_micros=one["amount"] if is_advertisers else None,
                commission_micros=one["commission"],
                fee_micros=one["fee"] if is_advertisers else None,
            )
            for one in sums
        ],
        is_more=False,
    )


def shares(caller: Caller, filters: Filters, most: int = USUAL) -> list[Share]:
    """What fits by partner (for a publisher: by program), the most commission first; none of too much."""
    rows = fitting(caller, filters)
    if rows.order_by()[: ADDED_AT_MOST + 1].count() > ADDED_AT_MOST:
        return []
    is_advertisers = party_of(caller) == "advertiser"
    party = "publisher" if is_advertisers else "program"
    sums = (
        rows.filter(**{f"{party}__isnull": False})
        .order_by()
        .values(party, "currency")
        .annotate(
            orders=Count("pk"),
            amount=Sum("amount_micros"),
            commission=Sum(column(rows, "commission_micros")),
            soonest=Min("approve_at"),
        )
        .order_by("-commission", party, "currency")[:most]
    )
    found = list(sums)
    named = names_of(caller, party, {one[party] for one in found})
    return [
        Share(
            id=one[party],
            name=named.get(one[party], f"#{one[party]}"),
            currency=one["currency"],
            orders=one["orders"],
            amount_micros=one["amount"] if is_advertisers else None,
            commission_micros=one["commission"],
            soonest=None if one["soonest"] is None else from_ms(one["soonest"]),
        )
        for one in found
    ]


def exported(caller: Caller, filters: Filters) -> Iterator[OrderView]:
    """Everything that fits, in its order, up to a limit; read in parts, so that nobody waits for it."""
    rows = listed(caller, filters)[:EXPORTED_AT_MOST]
    part: list[Conversion] = []
    for row in rows.iterator(chunk_size=_EXPORTED_AT_ONCE):
        part.append(row)
        if len(part) == _EXPORTED_AT_ONCE:
            yield from views(caller, part)
            part = []
    yield from views(caller, part)
