"""The API's operations of alerts, their rules, and what people prefer."""

from datetime import time
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import (
    AlertView,
    Direction,
    Kind,
    Preferences,
    RuleDraft,
    RuleView,
    Window,
)
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Micros,
    Moment,
    Number,
    Paging,
    Query,
    Schema,
    Strict,
    listed,
)

endpoints = Endpoints("alerts", _("Alerts"))
MANAGE = Permission.MANAGE


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


@endpoints.get("/alerts", answers=Listed[AlertAnswer], summary="Alerts")
def alerts(request: ApiRequest, wanted: Query[AlertsWanted]) -> dict[str, Any]:
    """Newest first."""
    found = facade.alerts(
        request.caller,
        state=wanted.state,
        program=wanted.program,
        rule=wanted.rule,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found)


@endpoints.get("/alerts/{int:alert}", answers=AlertAnswer, summary="One alert")
def alert(request: ApiRequest, alert: int) -> AlertView:
    """One alert."""
    return facade.alert(request.caller, alert)


@endpoints.post(
    "/alerts/{int:alert}/acknowledge", answers=AlertAnswer, needs=MANAGE, summary="Acknowledge an alert"
)
def acknowledge(request: ApiRequest, alert: int) -> AlertView:
    """Somebody is on it."""
    return facade.acknowledge(request.caller, alert)


@endpoints.get("/alerts/rules", answers=list[RuleAnswer], summary="Alert rules")
def rules(request: ApiRequest) -> list[RuleView]:
    """What is watched: your own rules, and those that came with the programs."""
    return facade.rules(request.caller)


@endpoints.post("/alerts/rules", answers=RuleAnswer, needs=MANAGE, status=201, summary="Make an alert rule")
def make(request: ApiRequest, body: RuleMade) -> RuleView:
    """It is looked at within a minute."""
    return facade.create_rule(request.caller, body.draft(), advertiser=body.advertiser)


@endpoints.get("/alerts/rules/{int:watch}", answers=RuleAnswer, summary="One alert rule")
def rule(request: ApiRequest, watch: int) -> RuleView:
    """One rule."""
    return facade.rule(request.caller, watch)


@endpoints.put("/alerts/rules/{int:watch}", answers=RuleAnswer, needs=MANAGE, summary="Change an alert rule")
def change(request: ApiRequest, watch: int, body: RuleSent) -> RuleView:
    """A rule of your own."""
    return facade.change_rule(request.caller, watch, body.draft())


@endpoints.post(
    "/alerts/rules/{int:watch}/switch", answers=RuleAnswer, needs=MANAGE, summary="Switch an alert rule"
)
def switch(request: ApiRequest, watch: int, body: SwitchSent) -> RuleView:
    """Look at it again, or no more."""
    return facade.switch_rule(request.caller, watch, body.is_on)


@endpoints.delete("/alerts/rules/{int:watch}", needs=MANAGE, summary="Remove an alert rule")
def remove(request: ApiRequest, watch: int) -> None:
    """With its alerts."""
    facade.remove_rule(request.caller, watch)


@endpoints.get(
    "/alerts/preferences",
    answers=PreferencesAnswer,
    summary="How you hear of alerts",
    conflicts=True,
)
def preferences(request: ApiRequest) -> Preferences:
    """A person's own; a key that no person stands behind has none."""
    return facade.preferences(request.caller)


@endpoints.put("/alerts/preferences", answers=PreferencesAnswer, summary="Change how you hear of alerts")
def prefer(request: ApiRequest, body: PreferencesSent) -> Preferences:
    """Kinds, channels, quiet hours and the digest."""
    return facade.set_preferences(request.caller, body.wanted())
