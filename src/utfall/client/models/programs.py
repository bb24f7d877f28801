"""What the operations of programs answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.models.programs_words import (
    ChannelPolicy,
    LimitMeasure,
    LimitOverrun,
    LimitPeriod,
    Outcome,
    PriceKind,
    ProgramState,
    ProgramVisibility,
    PromotionType,
    QuestionKind,
)


class GoalAnswer(Struct, frozen=True, kw_only=True):
    """A goal."""

    id: int
    program: int
    outcome: Outcome
    target: int
    max_cost_micros: int | None
    starts_on: date
    ends_on: date


class GroupAnswer(Struct, frozen=True, kw_only=True):
    """A partner group."""

    id: int
    program: int
    name: str
    description: str
    created_at: datetime


class LimitAnswer(Struct, frozen=True, kw_only=True):
    """A budget or cap. `words`: all of it in a sentence, with the names of whom it is for."""

    id: int
    program: int
    name: str
    measure: LimitMeasure
    period: LimitPeriod
    cap: int
    over: LimitOverrun
    outcome: Outcome | None
    group: int | None
    publisher: int | None
    per_publisher: bool
    is_budget: bool
    per_customer: bool
    created_at: datetime
    words: str


class LimitUseAnswer(Struct, frozen=True, kw_only=True):
    """How much of a limit its current period has used."""

    limit: int
    period: str
    cap: int
    reserved: int
    settled: int
    left: int


class LimitedAnswer(Struct, frozen=True, kw_only=True):
    """The limit; or the proposal that waits for a second person."""

    limit: LimitAnswer | None = None
    proposal: int | None = None


class QuestionAnswer(Struct, frozen=True, kw_only=True):
    """A question of the application form."""

    key: str
    kind: QuestionKind
    words: str
    required: bool
    choices: tuple[str, ...]


class WindowsAnswer(Struct, frozen=True, kw_only=True):
    """Look-back in seconds per class of touch."""

    standard: int
    incentive: int
    soft: int
    view: int


class TermsAnswer(Struct, frozen=True, kw_only=True):
    """A version of the terms; `fee_ppm` is null for publishers."""

    program: int
    number: int
    status: ProgramState
    effective_from: datetime | None
    effective_until: datetime | None
    windows: WindowsAnswer
    attribution: tuple[str, ...]
    channels: dict[str, ChannelPolicy]
    channel_default: ChannelPolicy
    fee_ppm: int | None
    hold_days: int
    auto_approval_days: int | None
    max_age_days: int
    consent_required: bool
    delivery_days: int | None
    lock_days: int | None
    recurring_months: int
    lapsed_after_days: int | None
    promotion_types: tuple[PromotionType, ...]
    text: str
    note: str
    created_at: datetime
    created_by: str
    withdrawn_at: datetime | None


class PriceAnswer(Struct, frozen=True, kw_only=True):
    """The price of a draft, which becomes the first rule."""

    kind: PriceKind
    outcome: Outcome
    currency: str
    micros: int
    ppm: int


class ProgramAnswer(Struct, frozen=True, kw_only=True):
    """A program with the terms that count now."""

    id: int
    advertiser: int
    name: str
    tagline: str
    website: str
    category: str
    countries: tuple[str, ...]
    currency: str
    zone: str
    domains: tuple[str, ...]
    visibility: ProgramVisibility
    state: ProgramState
    held_by_operator: bool
    outcome: Outcome
    questions: tuple[QuestionAnswer, ...]
    auto_approve: bool
    terms: TermsAnswer
    starting_price: PriceAnswer | None
    goal: GoalAnswer | None
    returned_why: str
    created_at: datetime
    submitted_at: datetime | None
    live_since: datetime | None


class ListedProgramAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ProgramAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ProgramPolicyAnswer(Struct, frozen=True, kw_only=True):
    """The operator's rules for programs."""

    review_needed: bool
    fee_ppm: int


class ProgressDayAnswer(Struct, frozen=True, kw_only=True):
    """One of the program's calendar days."""

    day: date
    count: int
    cost_micros: int


class ProgressAnswer(Struct, frozen=True, kw_only=True):
    """How far the goal is, and where it is heading."""

    goal: GoalAnswer
    verdict: str
    ceiling: str
    done: int
    days_left: int
    expected: int | None
    low: int | None
    high: int | None
    per_day: int | None
    needed_per_day: int
    cost_micros: int
    cost_per_outcome_micros: int | None
    days: tuple[ProgressDayAnswer, ...]


class PublishedAnswer(Struct, frozen=True, kw_only=True):
    """The new version; or the proposal that waits for a second person."""

    version: TermsAnswer | None = None
    proposal: int | None = None


class TermsChangeAnswer(Struct, frozen=True, kw_only=True):
    """A clause that differs between two versions, in the language of the request."""

    key: str
    title: str
    before: str
    after: str


__all__ = [
    "GoalAnswer",
    "GroupAnswer",
    "LimitAnswer",
    "LimitUseAnswer",
    "LimitedAnswer",
    "ListedProgramAnswer",
    "PriceAnswer",
    "ProgramAnswer",
    "ProgramPolicyAnswer",
    "ProgressAnswer",
    "ProgressDayAnswer",
    "PublishedAnswer",
    "QuestionAnswer",
    "TermsAnswer",
    "TermsChangeAnswer",
    "WindowsAnswer",
]
