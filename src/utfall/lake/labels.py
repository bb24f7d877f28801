"""Whole numbers as people write them: days, weeks, months, hours with their offset, and currencies.

Applied to the few rows that a scan leaves, never to facts.
"""

from typing import Any

import ibis

from utfall.lake.clocks import Shape
from utfall.lake.query import CURRENCY
from utfall.lake.semantics import Dimension


def label(about: Dimension, scanned: Any, shape: Shape) -> Any:
    """The final value of a dimension that is not stored as it is."""
    match about.name:
        case "currency":
            return scanned[CURRENCY].coalesce(ibis.literal(shape.currency, "string"))
        case "hour":
            local = (scanned["local_hour"] * 3600).as_timestamp("s").strftime("%Y-%m-%dT%H:00")
            names = {each: offset_name(each) for each in shape.offsets}
            return local + scanned["local_offset"].cases(*names.items(), else_="+00:00")
        case "day":
            return _midnight(scanned).date()
        case "week":
            return _midnight(scanned).strftime("%G-W%V")
        case "month":
            return _midnight(scanned).strftime("%Y-%m")
    raise TypeError(f"{about.name} has no label")


def offset_name(offset_ms: int) -> str:
    """An offset as ISO 8601 has it.

    >>> offset_name(-12_600_000)
    '-03:30'
    """
    hours, minutes = divmod(abs(offset_ms) // 60_000, 60)
    return f"{'-' if offset_ms < 0 else '+'}{hours:02d}:{minutes:02d}"


def _midnight(scanned: Any) -> Any:
    return (scanned["local_day"] * 86_400).as_timestamp("s")
