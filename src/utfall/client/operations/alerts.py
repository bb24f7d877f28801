"""The operations of alerts."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from typing import Literal

from utfall.client.models.alerts import (
    AlertAnswer,
    AlertPreferencesAnswer,
    AlertRuleAnswer,
    ListedAlertAnswer,
)
from utfall.client.models.alerts_sent import (
    AlertPreferencesSent,
    AlertRuleMade,
    AlertRuleSent,
    AlertRuleSwitchSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class Alerts:
    """Alerts."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def alerts(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        state: Literal["", "open", "ended"] | None = None,
        program: int | None = None,
        rule: int | None = None,
    ) -> ListedAlertAnswer:
        """Alerts. Newest first."""
        return self._calls.call(
            "GET",
            "/alerts",
            ListedAlertAnswer,
            query={"after": after, "limit": limit, "state": state, "program": program, "rule": rule},
        )

    def each_alerts(
        self,
        *,
        limit: int | None = None,
        state: Literal["", "open", "ended"] | None = None,
        program: int | None = None,
        rule: int | None = None,
    ) -> Iterator[AlertAnswer]:
        """Alerts. All of them, part by part."""
        return each(
            lambda after: self.alerts(after=after, limit=limit, state=state, program=program, rule=rule)
        )

    def alert(self, alert: int) -> AlertAnswer:
        """One alert."""
        return self._calls.call("GET", f"/alerts/{alert}", AlertAnswer)

    def acknowledge(self, alert: int, *, idempotency_key: str | None = None) -> AlertAnswer:
        """Acknowledge an alert. Somebody is on it."""
        return self._calls.call("POST", f"/alerts/{alert}/acknowledge", AlertAnswer, key=idempotency_key)

    def rules(self) -> tuple[AlertRuleAnswer, ...]:
        """Alert rules. What is watched: your own rules, and those that came with the programs."""
        return self._calls.call("GET", "/alerts/rules", tuple[AlertRuleAnswer, ...])

    def make(self, body: AlertRuleMade, *, idempotency_key: str | None = None) -> AlertRuleAnswer:
        """Make an alert rule. It is looked at within a minute."""
        return self._calls.call("POST", "/alerts/rules", AlertRuleAnswer, body=body, key=idempotency_key)

    def rule(self, watch: int) -> AlertRuleAnswer:
        """One alert rule. One rule."""
        return self._calls.call("GET", f"/alerts/rules/{watch}", AlertRuleAnswer)

    def change(
        self, watch: int, body: AlertRuleSent, *, idempotency_key: str | None = None
    ) -> AlertRuleAnswer:
        """Change an alert rule. A rule of your own."""
        return self._calls.call(
            "PUT", f"/alerts/rules/{watch}", AlertRuleAnswer, body=body, key=idempotency_key
        )

    def remove(self, watch: int, *, idempotency_key: str | None = None) -> None:
        """Remove an alert rule. With its alerts."""
        self._calls.call("DELETE", f"/alerts/rules/{watch}", type(None), key=idempotency_key)

    def switch(
        self, watch: int, body: AlertRuleSwitchSent, *, idempotency_key: str | None = None
    ) -> AlertRuleAnswer:
        """Switch an alert rule. Look at it again, or no more."""
        return self._calls.call(
            "POST", f"/alerts/rules/{watch}/switch", AlertRuleAnswer, body=body, key=idempotency_key
        )

    def preferences(self) -> AlertPreferencesAnswer:
        """How you hear of alerts. A person's own; a key that no person stands behind has none."""
        return self._calls.call("GET", "/alerts/preferences", AlertPreferencesAnswer)

    def prefer(
        self, body: AlertPreferencesSent, *, idempotency_key: str | None = None
    ) -> AlertPreferencesAnswer:
        """Change how you hear of alerts. Kinds, channels, quiet hours and the digest."""
        return self._calls.call(
            "PUT", "/alerts/preferences", AlertPreferencesAnswer, body=body, key=idempotency_key
        )
