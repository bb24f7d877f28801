"""The single facts behind a number, newest first, and the way to the receipt of each."""

from datetime import datetime
from typing import Any, Final

from utfall.portal.access import Caller, NotFound, Permission
from utfall.portal.book import facade as book
from utfall.portal.reports.asking import lake_query, told
from utfall.portal.reports.contracts import EventView
from utfall.portal.reports.desk import events_of
from utfall.portal.reports.making import days_of, query_of
from utfall.portal.reports.reach import scope_of, sees_as_publisher
from utfall.portal.reports.wanted import Wanted
from utfall.portal.sealing.facade import terms_in_force

SHOWN: Final = 200
"""So many of the newest are shown; a file has them all."""
COUNTS: Final = (
    *("impressions", "viewables", "completed_views", "clicks", "leads", "actions", "sales", "installs"),
)
_ADVERTISERS: Final = ("cost_micros", "fee_micros", "imported_cost_micros")
_AMOUNTS: Final = (
    *("revenue_micros", "commission_pending_micros", "commission_approved_micros"),
    "commission_declined_micros",
)


def events(caller: Caller, wanted: Wanted, *, count: int = SHOWN) -> list[EventView]:
    """The newest facts that a report is made of, within the caller's reach."""
    caller.require(Permission.LOOK)
    query = query_of(caller, wanted, days_of(caller, wanted))
    with told():
        found = events_of(lake_query(query), min(count, SHOWN), scope_of(caller), terms_in_force())
    amounts = _AMOUNTS if sees_as_publisher(caller) else (*_ADVERTISERS, *_AMOUNTS)
    return [_view(row, amounts) for row in found.to_pylist()]


def receipt_of(caller: Caller, transaction: int) -> int:
    """The number of the receipt that explains a transaction, or NotFound; its page asks who may read it."""
    caller.require(Permission.LOOK)
    with book.opened() as opened:
        rows = [] if opened is None else book.receipts_of_transaction(opened, transaction)
    if not rows:
        raise NotFound
    return rows[-1].id


def _view(row: dict[str, Any], amounts: tuple[str, ...]) -> EventView:
    at: datetime = row["occurred_at"]
    return EventView(
        event=row["event"],
        occurred_at=at,
        kind=row["kind"] or "",
        verdict=row["verdict"] or "",
        reason=row["reason"] or "",
        status=row["status"] or "",
        program=row["program"],
        publisher=row["publisher"],
        transaction=row["transaction"],
        currency=row["currency"] or "",
        amounts={name.removesuffix("_micros"): row[name] for name in amounts if row[name]},
        counts={name: row[name] for name in COUNTS if row[name]},
    )
