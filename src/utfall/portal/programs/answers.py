"""What the API answers of programs. Times are UTC, money micros of the program's currency."""

from datetime import date, datetime

from pydantic import ConfigDict

from utfall.events import Outcome
from utfall.portal.programs.contracts import PriceKind, QuestionKind, State, Visibility
from utfall.portal.rest.facade import Schema
from utfall.terms import ChannelPolicy, Measure, Method, Over, Period, PromotionType


class Answer(Schema):
    """Read from a contract's attributes."""

    model_config = ConfigDict(from_attributes=True)


class QuestionAnswer(Answer):
    """A question of the application form."""

    key: str
    kind: QuestionKind
    words: str
    required: bool
    choices: list[str]


class WindowsAnswer(Answer):
    """Look-back in seconds per class of touch."""

    standard: int
    incentive: int
    soft: int
    view: int


class TermsAnswer(Answer):
    """A version of the terms; `fee_ppm` is null for publishers."""

    program: int
    number: int
    status: State
    effective_from: datetime | None
    effective_until: datetime | None
    windows: WindowsAnswer
    attribution: list[Method]
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
    promotion_types: list[PromotionType]
    text: str
    note: str
    created_at: datetime
    created_by: str
    withdrawn_at: datetime | None


class PriceAnswer(Answer):
    """The price of a draft, which becomes the first rule."""

    kind: PriceKind
    outcome: Outcome
    currency: str
    micros: int
    ppm: int


class GoalAnswer(Answer):
    """A goal."""

    id: int
    program: int
    outcome: Outcome
    target: int
    max_cost_micros: int | None
    starts_on: date
    ends_on: date


class ProgramAnswer(Answer):
    """A program with the terms that count now."""

    id: int
    advertiser: int
    name: str
    tagline: str
    website: str
    category: str
    countries: list[str]
    currency: str
    zone: str
    domains: list[str]
    visibility: Visibility
    state: State
    held_by_operator: bool
    outcome: Outcome
    questions: list[QuestionAnswer]
    auto_approve: bool
    terms: TermsAnswer
    starting_price: PriceAnswer | None
    goal: GoalAnswer | None
    returned_why: str
    created_at: datetime
    submitted_at: datetime | None
    live_since: datetime | None


class ChangeAnswer(Schema):
    """A clause that differs between two versions, in the language of the request."""

    key: str
    title: str
    before: str
    after: str


class PublishedAnswer(Schema):
    """The new version; or the proposal that waits for a second person."""

    version: TermsAnswer | None = None
    proposal: int | None = None


class GroupAnswer(Answer):
    """A partner group."""

    id: int
    program: int
    name: str
    description: str
    created_at: datetime


class LimitAnswer(Answer):
    """A budget or cap. `words`: all of it in a sentence, with the names of whom it is for."""

    id: int
    program: int
    name: str
    measure: Measure
    period: Period
    cap: int
    over: Over
    outcome: Outcome | None
    group: int | None
    publisher: int | None
    per_publisher: bool
    is_budget: bool
    per_customer: bool
    created_at: datetime
    words: str


class LimitedAnswer(Schema):
    """The limit; or the proposal that waits for a second person."""

    limit: LimitAnswer | None = None
    proposal: int | None = None


class UseAnswer(Answer):
    """How much of a limit its current period has used."""

    limit: int
    period: str
    cap: int
    reserved: int
    settled: int
    left: int


class DayAnswer(Answer):
    """One of the program's calendar days."""

    day: date
    count: int
    cost_micros: int


class ProgressAnswer(Answer):
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
    days: list[DayAnswer]


class PolicyAnswer(Answer):
    """The operator's rules for programs."""

    review_needed: bool
    fee_ppm: int
