"""What the operations of alerts answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class AlertRuleKind(Word):
    """How a rule judges. `quality` and `reminder` come with every program, `credit` and `overdue` with the
    terms and invoices of an advertiser; they are of nobody's making.
    """

    THRESHOLD = "threshold"
    CHANGE = "change"
    ANOMALY = "anomaly"
    BUDGET = "budget"
    SILENT = "silent"
    QUALITY = "quality"
    REMINDER = "reminder"
    CREDIT = "credit"
    OVERDUE = "overdue"


class AlertDirection(Word):
    """On which side of the bound it is worth a word."""

    ABOVE = "above"
    BELOW = "below"


class AlertWindow(Word):
    """Over how long a value is taken, in the program's own zone. TODAY: what there is so far."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    TODAY = "today"


class AlertPictureAnswer(Struct, frozen=True, kw_only=True):
    """The past that a value was compared with."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]


class AlertAnswer(Struct, frozen=True, kw_only=True):
    """An alert; `facts` are the numbers of its sentence."""

    id: int
    rule: int
    kind: AlertRuleKind
    name: str
    sentence: str
    state: str
    program: int | None
    program_name: str
    advertiser: int | None
    """Whose it is; null: a publisher's."""
    raised_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    picture: AlertPictureAnswer
    facts: dict[str, Any]


class AlertPreferencesAnswer(Struct, frozen=True, kw_only=True):
    """How a person wants to hear of alerts."""

    page: tuple[AlertRuleKind, ...]
    email: tuple[AlertRuleKind, ...]
    quiet_from: str | None
    quiet_until: str | None
    zone: str
    digest: bool


class AlertRuleAnswer(Struct, frozen=True, kw_only=True):
    """A rule, and a sentence that says it."""

    id: int
    kind: AlertRuleKind
    name: str
    words: str
    metric: str
    direction: AlertDirection
    window: AlertWindow
    bound: int
    minimum: int
    program: int | None
    publisher: int | None
    is_on: bool
    is_preset: bool
    problem: str
    """Why it could not be looked at last, as a code; else empty."""
    looked_at: datetime | None
    open_alerts: int


class ListedAlertAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[AlertAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "AlertAnswer",
    "AlertDirection",
    "AlertPictureAnswer",
    "AlertPreferencesAnswer",
    "AlertRuleAnswer",
    "AlertRuleKind",
    "AlertWindow",
    "ListedAlertAnswer",
]
