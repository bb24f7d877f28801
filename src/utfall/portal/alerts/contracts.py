"""What crosses the border of the alerts app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a rule judges. `quality` and `reminder` come with every program, `credit` and `overdue` with
    the terms and invoices of an advertiser; they are of nobody's making."""

    THRESHOLD = "threshold"
    CHANGE = "change"
    ANOMALY = "anomaly"
    BUDGET = "budget"
    SILENT = "silent"
    QUALITY = "quality"
    REMINDER = "reminder"
    CREDIT = "credit"
    OVERDUE = "overdue"


class Direction(StrEnum):
    """On which side of the bound it is worth a word."""

    ABOVE = "above"
    BELOW = "below"


class Window(StrEnum):
    """Over how long a value is taken, in the program's own zone. TODAY: what there is so far."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule as it is proposed.

    `bound`: of a threshold, in the metric's own unit (micros for money, parts per million for a ratio); of a
    change, in parts per million. `minimum`: less than this is too little to judge by.
    """

    kind: Kind
    metric: str = ""
    direction: Direction = Direction.BELOW
    window: Window = Window.DAY
    bound: int = 0
    minimum: int = 10
    program: int | None = None
    publisher: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule; `words` says it in a sentence, in the reader's language."""

    id: int
    kind: Kind
    name: str
    words: str
    metric: str
    direction: Direction
    window: Window
    bound: int
    minimum: int
    program: int | None
    program_name: str
    publisher: int | None
    is_on: bool
    is_preset: bool
    problem: str
    looked_at: datetime | None
    open_alerts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The past that a value was compared with, for a small chart."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What holds of one subject now."""

    subject: str = ""
    raises: bool
    keeps: bool
    facts: Mapping[str, Any]
    picture: Picture = field(default_factory=lambda: Picture(labels=(), values=()))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """An alert: `sentence` with its numbers, and where to look. `advertiser_name`: of what is no program's,
    but about its deposit, its credit or its invoices.
    """

    id: int
    rule: int
    kind: Kind
    name: str
    sentence: str
    program: int | None
    program_name: str
    advertiser: int | None
    advertiser_name: str
    raised_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    is_new: bool
    picture: Picture
    facts: Mapping[str, Any]
    url: str = ""

    @property
    def state(self) -> str:
        """open, acknowledged or ended."""
        if self.ended_at is not None:
            return "ended"
        return "acknowledged" if self.acknowledged_at is not None else "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How somebody wants to hear of alerts in one organisation.

    `page`, `email`: the kinds that are told there. Between `quiet_from` and `quiet_until`, in `zone`, no
    letter leaves; with `digest` they are gathered into one each morning.
    """

    page: tuple[Kind, ...] = tuple(Kind)
    email: tuple[Kind, ...] = tuple(Kind)
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: str = "Europe/Stockholm"
    digest: bool = False
