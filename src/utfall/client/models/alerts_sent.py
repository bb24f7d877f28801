"""What the operations of alerts take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.alerts import AlertDirection, AlertRuleKind, AlertWindow


class AlertPreferencesSent(Struct, frozen=True, kw_only=True):
    """How a person wants to hear of alerts."""

    page: Sequence[AlertRuleKind] | UnsetType = UNSET
    email: Sequence[AlertRuleKind] | UnsetType = UNSET
    quiet_from: str | UnsetType | None = UNSET
    quiet_until: str | UnsetType | None = UNSET
    zone: str | UnsetType = UNSET
    """Left out: "Europe/Stockholm"."""
    digest: bool | UnsetType = UNSET
    """Left out: False."""


class AlertRuleMade(Struct, frozen=True, kw_only=True):
    """A new rule."""

    kind: AlertRuleKind
    metric: str | UnsetType = UNSET
    """A metric of reports; none for budgets and silence."""
    direction: AlertDirection | UnsetType = UNSET
    """Left out: "below"."""
    window: AlertWindow | UnsetType = UNSET
    """Left out: "day"."""
    bound: int | UnsetType = UNSET
    """Micros, a count, or parts per million (rates and changes). Left out: 0."""
    minimum: int | UnsetType = UNSET
    """Left out: 10."""
    program: int | UnsetType | None = UNSET
    publisher: int | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    advertiser: int | UnsetType | None = UNSET
    """An agency says for which of its advertisers."""


class AlertRuleSent(Struct, frozen=True, kw_only=True):
    """A rule as it is to be."""

    kind: AlertRuleKind
    metric: str | UnsetType = UNSET
    """A metric of reports; none for budgets and silence."""
    direction: AlertDirection | UnsetType = UNSET
    """Left out: "below"."""
    window: AlertWindow | UnsetType = UNSET
    """Left out: "day"."""
    bound: int | UnsetType = UNSET
    """Micros, a count, or parts per million (rates and changes). Left out: 0."""
    minimum: int | UnsetType = UNSET
    """Left out: 10."""
    program: int | UnsetType | None = UNSET
    publisher: int | UnsetType | None = UNSET
    name: str | UnsetType = UNSET


class AlertRuleSwitchSent(Struct, frozen=True, kw_only=True):
    """Whether a rule is looked at."""

    is_on: bool


__all__ = [
    "AlertPreferencesSent",
    "AlertRuleMade",
    "AlertRuleSent",
    "AlertRuleSwitchSent",
]
