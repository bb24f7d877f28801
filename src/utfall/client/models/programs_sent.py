"""What the operations of programs take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.programs_words import (
    ChannelPolicy,
    LimitMeasure,
    LimitOverrun,
    LimitPeriod,
    Outcome,
    PriceKind,
    ProgramPreset,
    ProgramState,
    ProgramVisibility,
    PromotionType,
    QuestionKind,
)


class GoalSaid(Struct, frozen=True, kw_only=True):
    """A measurable goal."""

    outcome: Outcome
    target: int
    starts_on: date
    ends_on: date
    max_cost_micros: int | UnsetType | None = UNSET


class GroupSaid(Struct, frozen=True, kw_only=True):
    """A partner group."""

    name: str
    description: str | UnsetType = UNSET


class LimitHeightSaid(Struct, frozen=True, kw_only=True):
    """Another height of a limit."""

    cap: int
    over: LimitOverrun
    name: str | UnsetType = UNSET
    why: str | UnsetType = UNSET


class LimitSaid(Struct, frozen=True, kw_only=True):
    """A new budget or cap; `cap` in micros, or a count where `measure` is count."""

    measure: LimitMeasure
    period: LimitPeriod
    cap: int
    name: str | UnsetType = UNSET
    over: LimitOverrun | UnsetType = UNSET
    """Left out: "refuse"."""
    outcome: Outcome | UnsetType | None = UNSET
    group: int | UnsetType | None = UNSET
    publisher: int | UnsetType | None = UNSET
    per_publisher: bool | UnsetType = UNSET
    """Left out: False."""
    is_budget: bool | UnsetType = UNSET
    """Left out: False."""
    per_customer: bool | UnsetType = UNSET
    """Left out: False."""


class NewProgram(Struct, frozen=True, kw_only=True):
    """A draft to begin with; the preset fills in the rest."""

    name: str
    currency: str
    zone: str
    preset: ProgramPreset | UnsetType = UNSET
    """Left out: "blank"."""
    website: str | UnsetType = UNSET
    advertiser: int | UnsetType | None = UNSET
    """For whom; needed where the key reaches several."""


class WindowsSaid(Struct, frozen=True, kw_only=True):
    """Look-back in seconds per class of touch; zero switches a class off."""

    standard: int | UnsetType = UNSET
    """Left out: 2592000."""
    incentive: int | UnsetType = UNSET
    """Left out: 2592000."""
    soft: int | UnsetType = UNSET
    """Left out: 604800."""
    view: int | UnsetType = UNSET
    """Left out: 86400."""


class TermsSaid(Struct, frozen=True, kw_only=True):
    """Everything a version of the terms says."""

    windows: WindowsSaid | UnsetType = UNSET
    """Left out: { "standard": 2592000, "incentive": 2592000, "soft": 604800, "view": 86400}."""
    attribution: Sequence[Literal["code", "click", "view", "recurring"]] | UnsetType = UNSET
    """Left out: ["code", "click", "view"]."""
    channels: Mapping[str, ChannelPolicy] | UnsetType = UNSET
    channel_default: ChannelPolicy | UnsetType = UNSET
    """Left out: "any"."""
    fee_ppm: int | UnsetType | None = UNSET
    """Set by the operator; null keeps it."""
    hold_days: int | UnsetType = UNSET
    """Left out: 30."""
    auto_approval_days: int | UnsetType | None = UNSET
    """Null: a person decides. Left out: 30."""
    max_age_days: int | UnsetType = UNSET
    """Left out: 90."""
    consent_required: bool | UnsetType = UNSET
    """Left out: True."""
    delivery_days: int | UnsetType | None = UNSET
    """Silence waits for return windows, which open after these days."""
    lock_days: int | UnsetType | None = UNSET
    """Locked so long after approval."""
    recurring_months: int | UnsetType = UNSET
    """How long a customer's first order bonds it to the publisher; 0: not. Left out: 0."""
    lapsed_after_days: int | UnsetType | None = UNSET
    """Days without an order until a customer has lapsed; null: never."""
    promotion_types: Sequence[PromotionType] | UnsetType = UNSET
    """None means every kind."""
    text: str | UnsetType = UNSET


class NewVersion(Struct, frozen=True, kw_only=True):
    """New terms, from when, and why."""

    terms: TermsSaid
    effective_from: datetime | UnsetType | None = UNSET
    """Null: at once."""
    note: str | UnsetType = UNSET


class PriceSaid(Struct, frozen=True, kw_only=True):
    """The first commission of a draft: `ppm` for a share, else `micros`."""

    kind: PriceKind
    outcome: Outcome
    micros: int | UnsetType = UNSET
    """Left out: 0."""
    ppm: int | UnsetType = UNSET
    """Left out: 0."""


class ProgramPlaceSaid(Struct, frozen=True, kw_only=True):
    """The money and the clock of a draft."""

    currency: str
    zone: str


class ProgramPolicySaid(Struct, frozen=True, kw_only=True):
    """The operator's rules for programs."""

    review_needed: bool
    fee_ppm: int


class QuestionSaid(Struct, frozen=True, kw_only=True):
    """A question of the application form."""

    key: str
    kind: QuestionKind
    words: str
    required: bool | UnsetType = UNSET
    """Left out: True."""
    choices: Sequence[str] | UnsetType = UNSET


class ProgramProfileSaid(Struct, frozen=True, kw_only=True):
    """What a program says of itself and who may take part: no term, so it holds at once."""

    name: str
    tagline: str | UnsetType = UNSET
    website: str | UnsetType = UNSET
    category: str | UnsetType = UNSET
    countries: Sequence[str] | UnsetType = UNSET
    """ISO 3166 alpha-2; none means everywhere."""
    domains: Sequence[str] | UnsetType = UNSET
    """Further hosts that deep links may lead to."""
    visibility: ProgramVisibility | UnsetType = UNSET
    """Left out: "approval"."""
    auto_approve: bool | UnsetType = UNSET
    """Left out: False."""
    questions: Sequence[QuestionSaid] | UnsetType = UNSET


class ProgramReasonGiven(Struct, frozen=True, kw_only=True):
    """A reason for the log."""

    why: str | UnsetType = UNSET


class ProgramStateSaid(Struct, frozen=True, kw_only=True):
    """Another state, and why."""

    state: ProgramState
    why: str | UnsetType = UNSET


__all__ = [
    "GoalSaid",
    "GroupSaid",
    "LimitHeightSaid",
    "LimitSaid",
    "NewProgram",
    "NewVersion",
    "PriceSaid",
    "ProgramPlaceSaid",
    "ProgramPolicySaid",
    "ProgramProfileSaid",
    "ProgramReasonGiven",
    "ProgramStateSaid",
    "QuestionSaid",
    "TermsSaid",
    "WindowsSaid",
]
