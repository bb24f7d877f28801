"""What the operations of programs answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.words import Word


class ChannelPolicy(Word):
    """What a program does with an order that the advertiser credits to a channel."""

    NONE = "none"
    ANY = "any"
    CLICK = "click"
    VIEW = "view"


class Outcome(Word):
    """What an advertiser can pay for."""

    IMPRESSION = "impression"
    VIEWABLE = "viewable"
    VIDEO = "video"
    CLICK = "click"
    LEAD = "lead"
    ACTION = "action"
    SALE = "sale"
    INSTALL = "install"


class LimitMeasure(Word):
    """What a limit counts: what the advertiser owes (commission and fee), the commission, or outcomes."""

    COST = "cost"
    COMMISSION = "commission"
    COUNT = "count"


class LimitPeriod(Word):
    """The calendar period of a limit, in the program's time zone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TOTAL = "total"


class LimitOverrun(Word):
    """What happens to an outcome that does not fit whole: it is not paid, or is paid what is left."""

    REFUSE = "refuse"
    CLAMP = "clamp"


class ProgramVisibility(Word):
    """Who may take part: everybody at once, whoever is approved, or only who is invited."""

    PUBLIC = "public"
    APPROVAL = "approval"
    PRIVATE = "private"


class ProgramState(Word):
    """Where a program is in its life; only an active one pays."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class QuestionKind(Word):
    """How a question of the application form is answered."""

    TEXT = "text"
    CHOICE = "choice"
    URL = "url"


class PromotionType(Word):
    """How a publisher promotes."""

    CONTENT = "content"
    EMAIL = "email"
    PRICE_COMPARISON = "price_comparison"
    VOUCHER = "voucher"
    CASHBACK = "cashback"
    LOYALTY = "loyalty"
    CARD_LINKED = "card_linked"
    EMPLOYEE_BENEFITS = "employee_benefits"
    SUB_NETWORK = "sub_network"
    DISPLAY = "display"
    SEARCH = "search"
    RETARGETING = "retargeting"
    EXTENSION = "extension"


class PriceKind(Word):
    """The kinds of price that a commission rule can have."""

    SHARE = "share"
    FLAT = "flat"
    PER_UNIT = "per_unit"
    PER_THOUSAND = "per_thousand"


class ProgramPreset(Word):
    """What kind of business a program was started for."""

    SHOP = "shop"
    B2B = "b2b"
    APP = "app"
    LOCAL = "local"
    BLANK = "blank"


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
    """A budget or cap."""

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
    "ChannelPolicy",
    "GoalAnswer",
    "GroupAnswer",
    "LimitAnswer",
    "LimitMeasure",
    "LimitOverrun",
    "LimitPeriod",
    "LimitUseAnswer",
    "LimitedAnswer",
    "ListedProgramAnswer",
    "Outcome",
    "PriceAnswer",
    "PriceKind",
    "ProgramAnswer",
    "ProgramPolicyAnswer",
    "ProgramPreset",
    "ProgramState",
    "ProgramVisibility",
    "ProgressAnswer",
    "ProgressDayAnswer",
    "PromotionType",
    "PublishedAnswer",
    "QuestionAnswer",
    "QuestionKind",
    "TermsAnswer",
    "TermsChangeAnswer",
    "WindowsAnswer",
]
