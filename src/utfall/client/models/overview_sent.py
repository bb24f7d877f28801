"""What the operations of overview take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.overview import OverviewComparison, OverviewDays


class OverviewWanted(Struct, frozen=True, kw_only=True):
    """What is wanted; what is left out is what is usual."""

    days: OverviewDays | UnsetType = UNSET
    """Left out: "last_30"."""
    first: date | UnsetType | None = UNSET
    """The first day, with `days=custom`."""
    last: date | UnsetType | None = UNSET
    """The last day, which is included."""
    against: OverviewComparison | UnsetType = UNSET
    """What it is compared with. Left out: "period"."""
    program: int | UnsetType | None = UNSET
    currency: str | UnsetType = UNSET
    """Empty: the one with the most money."""
    metric: str | UnsetType = UNSET
    """Over time; a metric of reports."""
    other: str | UnsetType = UNSET
    """A second metric over time."""


class OverviewViewChanged(Struct, frozen=True, kw_only=True):
    """What of a view changes."""

    name: str | UnsetType | None = UNSET
    shared: bool | UnsetType | None = UNSET
    view: OverviewWanted | UnsetType | None = UNSET


class OverviewViewSent(Struct, frozen=True, kw_only=True):
    """A view as it is to be kept."""

    name: str
    shared: bool | UnsetType = UNSET
    """Left out: False."""
    view: OverviewWanted


__all__ = [
    "OverviewViewChanged",
    "OverviewViewSent",
    "OverviewWanted",
]
