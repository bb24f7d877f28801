"""The API's operations of alerts, their rules, and what people prefer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import (
    AlertView,
    Preferences,
    RuleView,
)
from utfall.portal.alerts.schemas import (
    AlertAnswer,
    AlertsWanted,
    PreferencesAnswer,
    PreferencesSent,
    RuleAnswer,
    RuleMade,
    RuleSent,
    SwitchSent,
)
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Listed,
    Query,
    listed,
)

endpoints = Endpoints("alerts", _("Alerts"))
MANAGE = Permission.MANAGE


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
