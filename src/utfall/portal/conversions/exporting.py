"""Orders as a CSV file, written while it is read."""

from collections.abc import Iterator
from typing import Final

from utfall.portal.access import Caller
from utfall.portal.conversions.contracts import Filters, OrderView
from utfall.portal.conversions.finding import party_of
from utfall.portal.conversions.reading import exported
from utfall.portal.look.exports import csv_line, first_line, plain, safe

_BOTH: Final = (
    *("id", "reference", "occurred_at", "status", "reason", "outcome", "advertiser", "advertiser_name"),
    *("program", "program_name", "publisher", "publisher_name", "currency"),
)
_ADVERTISERS: Final = ("amount", "refunded", "fee")
_REST: Final = (
    *("commission", "method", "touch_at", "touch_seconds", "link", "subs", "code", "device", "country"),
    *("recorded_at", "decided_at", "approve_at", "payable_at", "locks_at", "paid_at", "receipt", "receipts"),
)
_ADVERTISERS_REST: Final = ("channel", "customer", "source", "is_test")
_AMOUNTS: Final = frozenset({"amount", "refunded", "fee", "commission"})


def csv_lines(caller: Caller, filters: Filters) -> Iterator[str]:
    """A heading and a line for each order that fits, as the caller's side may read it."""
    is_advertisers = party_of(caller) == "advertiser"
    columns = (*_BOTH, *_ADVERTISERS, *_REST, *_ADVERTISERS_REST) if is_advertisers else (*_BOTH, *_REST)
    yield first_line(columns)
    for order in exported(caller, filters):
        yield csv_line([_cell(order, name) for name in columns])


def _cell(order: OrderView, name: str) -> str:
    if name in _AMOUNTS:
        micros: int = getattr(order, f"{name}_micros")
        return plain(micros)
    value = getattr(order, name)
    if value is None:
        return ""
    if name == "subs":
        return safe(" ".join(order.subs))
    return value.isoformat() if name.endswith("_at") else safe(str(value))
