"""Products as files: a table and JSON lines, written as they are read, with the caller's own links."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from utfall.portal.feeds.contracts import ProductView
from utfall.portal.look.exports import csv_line, plain, safe

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
    """CSV, for programs: no mark of UTF-8 stands before it. What begins like a formula is made safe."""
    yield csv_line(NAMES)
    for view in views:
        told = told_of(view)
        yield csv_line(safe(cell) if isinstance(cell := told[name], str) else cell for name in NAMES)


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
    return None if micros is None else plain(micros)
