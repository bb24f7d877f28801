"""Orders as a CSV file, written while it is read."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from utfall.portal.access import Caller
from utfall.portal.conversions.contracts import Filters, OrderView
from utfall.portal.conversions.finding import party_of
from utfall.portal.conversions.reading import exported
from utfall.portal.look.fields import written

_FIRST: Final = "\ufeff"
"""So that spreadsheets read UTF-8."""
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
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(caller: Caller, filters: Filters) -> Iterator[str]:
    """A heading and a line for each order that fits, as the caller's side may read it."""
    is_advertisers = party_of(caller) == "advertiser"
    columns = (*_BOTH, *_ADVERTISERS, *_REST, *_ADVERTISERS_REST) if is_advertisers else (*_BOTH, *_REST)
    yield _FIRST + _line(columns)
    for order in exported(caller, filters):
        yield _line([_cell(order, name) for name in columns])


def _cell(order: OrderView, name: str) -> str:
    if name in _AMOUNTS:
        micros: int = getattr(order, f"{name}_micros")
        return _plain(micros)
    value = getattr(order, name)
    if value is None:
        return ""
    if name == "subs":
        return _safe(" ".join(order.subs))
    return value.isoformat() if name.endswith("_at") else _safe(str(value))


def _plain(micros: int) -> str:
    """An amount with a dot, whatever the language: a file is for programs, too."""
    return written(micros).replace(",", ".")


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: tuple[str, ...] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
