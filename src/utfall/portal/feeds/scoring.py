"""The health of a feed, from 0 to 100: docs/guides/feeds.md in code."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from utfall.portal.feeds.contracts import Fault, Health, Part

WHOLE: Final = 1_000_000
WEIGHTS: Final = {
    "completeness": 25,
    "links": 20,
    "images": 15,
    "prices": 15,
    "duplicates": 10,
    "freshness": 15,
}
"""How much of a hundred each part gives."""
BLAMED: Final[dict[str, frozenset[Fault]]] = {
    "links": frozenset({Fault.LINK_MISSING, Fault.LINK_UNREADABLE, Fault.LINK_ELSEWHERE}),
    "images": frozenset({Fault.IMAGE_MISSING, Fault.IMAGE_UNREADABLE}),
    "prices": frozenset(
        {
            Fault.PRICE_MISSING,
            Fault.PRICE_UNREADABLE,
            Fault.PRICE_NOT_POSITIVE,
            Fault.CURRENCY_OTHER,
        }
    ),
    "duplicates": frozenset({Fault.ID_MISSING, Fault.ID_TWICE, Fault.ID_TOO_LONG}),
}
"""The faults that each part counts; one row has one fault."""
FILLED: Final = ("brand", "gtin", "category", "description", "condition", "stock")
"""The fields that make a product easy to find and to trust."""
FRESH: Final = timedelta(hours=25)
STALE: Final = timedelta(days=7)


def shares_of(rows: int, faults: Mapping[str, int], accepted: int, filled: int) -> dict[str, int]:
    """The parts that a delivery decides, in ppm. `filled`: optional fields that hold something.

    >>> shares_of(10, {"link_elsewhere": 2}, 8, 24)["links"], shares_of(10, {}, 10, 30)["completeness"]
    (800000, 500000)
    """
    shares = {
        name: (rows - sum(faults.get(fault.value, 0) for fault in blamed)) * WHOLE // rows if rows else 0
        for name, blamed in BLAMED.items()
    }
    shares["completeness"] = filled * WHOLE // (accepted * len(FILLED)) if accepted else 0
    return shares


def freshness(taken_at: datetime | None, now: datetime) -> int:
    """How fresh a feed is, in ppm: whole for a day, nothing after a week, and evenly less between."""
    if taken_at is None:
        return 0
    age = now - taken_at
    if age <= FRESH:
        return WHOLE
    return max(0, (STALE - age) * WHOLE // (STALE - FRESH))


def health_of(shares: Mapping[str, int], taken_at: datetime | None, now: datetime) -> Health:
    """The score and its parts; nothing at all where no row was ever accepted."""
    told = {**shares, "freshness": freshness(taken_at, now)} if taken_at else {}
    parts = tuple(
        Part(name=name, share_ppm=told.get(name, 0), weight=weight) for name, weight in WEIGHTS.items()
    )
    return Health(score=sum(part.weight * part.share_ppm for part in parts) // WHOLE, parts=parts)
