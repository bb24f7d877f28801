"""What the API takes and answers about alerts, their rules, and what people prefer."""

from datetime import time
from typing import Any, Literal

from utfall.portal.alerts.contracts import (
    Direction,
    Kind,
    Preferences,
    RuleDraft,
    Window,
)
from utfall.portal.rest.facade import (
    Field,
    Micros,
    Moment,
    Number,
    Paging,
    Schema,
    Strict,
)


class PictureAnswer(Schema):
    """The past that a value was compared with."""

    labels: list[str]
    values: list[float | None]


class AlertAnswer(Schema):
    """An alert; `facts` are the numbers of its sentence."""

    id: int
    rule: int
    kind: Kind
    name: str
    sentence: str
    state: str
    program: int | None
    program_name: str
    advertiser: int | None = Field(description="Whose it is; null: a publisher's.")
    raised_at: Moment
    ended_at: Moment | None
    acknowledged_at: Moment | None
    acknowledged_by: str
    picture: PictureAnswer
    facts: dict[str, Any]


class AlertsWanted(Paging):
    """Which alerts are wanted."""

    state: Literal["", "open", "ended"] = ""
    program: Number | None = None
    rule: Number | None = None


class RuleSent(Strict):
    """A rule as it is to be."""

    kind: Kind
    metric: str = Field("", max_length=40, description="A metric of reports; none for budgets and silence.")
    direction: Direction = Direction.BELOW
    window: Window = Window.DAY
    bound: Micros = Field(0, description="Micros, a count, or parts per million (rates and changes).")
    minimum: int = Field(10, ge=0, le=10**15)
    program: Number | None = None
    publisher: Number | None = None
    name: str = Field("", max_length=120)

    def draft(self) -> RuleDraft:
        """What was sent."""
        names = ("kind", "metric", "direction", "window", "bound", "minimum", "program", "publisher", "name")
        return RuleDraft(**{name: getattr(self, name) for name in names})


class RuleMade(RuleSent):
    """A new rule."""

    advertiser: Number | None = Field(None, description="An agency says for which of its advertisers.")


class RuleAnswer(Schema):
    """A rule, and a sentence that says it."""

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
    publisher: int | None
    is_on: bool
    is_preset: bool
    problem: str = Field(description="Why it could not be looked at last, as a code; else empty.")
    looked_at: Moment | None
    open_alerts: int


class SwitchSent(Strict):
    """Whether a rule is looked at."""

    is_on: bool


class PreferencesSent(Strict):
    """How a person wants to hear of alerts."""

    page: list[Kind] = Field(default_factory=lambda: list(Kind))
    email: list[Kind] = Field(default_factory=lambda: list(Kind))
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: str = Field("Europe/Stockholm", max_length=60)
    digest: bool = False

    def wanted(self) -> Preferences:
        """What was sent."""
        others = {name: getattr(self, name) for name in ("quiet_from", "quiet_until", "zone", "digest")}
        return Preferences(page=tuple(self.page), email=tuple(self.email), **others)


class PreferencesAnswer(Schema):
    """How a person wants to hear of alerts."""

    page: list[Kind]
    email: list[Kind]
    quiet_from: time | None
    quiet_until: time | None
    zone: str
    digest: bool
