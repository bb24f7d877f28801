"""What crosses the border about splits and overrides."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitDraft:
    """A split as it is proposed: pairs of a publisher and its parts per million. No start: at once."""

    program: int
    publisher: int
    shares: tuple[tuple[int, int], ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitView:
    """How what a publisher wins in a program is shared. A publisher reads its own share only."""

    id: int
    program: int
    advertiser: int
    publisher: int
    shares: tuple[tuple[int, int], ...]
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideDraft:
    """An override as it is proposed; without a program for all of them. No start: at once."""

    parent: int
    child: int
    ppm: int
    program: int | None = None
    on_top: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideView:
    """What a parent gets of what its child earns: on top of it, or out of it."""

    id: int
    program: int | None
    advertiser: int | None
    parent: int
    child: int
    ppm: int
    on_top: bool
    starts_at: datetime
    ends_at: datetime | None
