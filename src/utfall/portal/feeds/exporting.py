"""Products as files: a table and JSON lines, written as they are read, with the caller's own links."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from utfall.portal.feeds.contracts import ProductView

NAMES: Final = (
    *(
        "product_id",
        "name",
        "price",
        "rrp",
        "currency",
        "commission",
        "tracked_link",
        "deep_link",
        "image_url",
    ),
    *("brand", "gtin", "mpn", "condition", "stock", "category", "description", "return_days"),
)


def as_table(views: Iterable[ProductView]) -> Iterator[str]:
    """CSV; what begins like a formula is made harmless for spreadsheets."""
    yield _line(NAMES)
    for view in views:
        told = told_of(view)
        yield _line([_harmless(told[name]) for name in NAMES])


def as_lines(views: Iterable[ProductView]) -> Iterator[bytes]:
    """One JSON object a line."""
    for view in views:
        yield msgspec.json.encode(told_of(view)) + b"\n"


def told_of(view: ProductView) -> dict[str, Any]:
    """A product as its file names it; amounts as decimals, None where there is none."""
    told: dict[str, Any] = {name: getattr(view, name) for name in NAMES if hasattr(view, name)}
    told["price"] = decimal(view.price_micros)
    told["rrp"] = decimal(view.rrp_micros)
    told["commission"] = decimal(view.commission_micros)
    return told


def decimal(micros: int | None) -> str | None:
    """An amount with a dot and at least two decimals.

    >>> decimal(1_234_500_000), decimal(1), decimal(None)
    ('1234.50', '0.000001', None)
    """
    if micros is None:
        return None
    whole, rest = divmod(abs(micros), 1_000_000)
    return f"{'-' if micros < 0 else ''}{whole}.{f'{rest:06d}'.rstrip('0').ljust(2, '0')}"


def _line(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
