"""What crosses the border of the programs app: frozen values, never a model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from utfall.events import Outcome
from utfall.portal.access.errors import Words
from utfall.terms import ChannelPolicy, Measure, Method, Over, Period, PromotionType, Status, Windows

State = Status
"""Where a program is in its life, as the sealed terms name it."""


class Visibility(StrEnum):
    """Who may take part: everybody at once, whoever is approved, or only who is invited."""

    PUBLIC = "public"
    APPROVAL = "approval"
    PRIVATE = "private"


class Preset(StrEnum):
    """What kind of business a program was started for."""

    SHOP = "shop"
    B2B = "b2b"
    APP = "app"
    LOCAL = "local"
    BLANK = "blank"


class PriceKind(StrEnum):
    """The kinds of price that a commission rule can have."""

    SHARE = "share"
    FLAT = "flat"
    PER_UNIT = "per_unit"
    PER_THOUSAND = "per_thousand"


class QuestionKind(StrEnum):
    """How a question of the application form is answered."""

    TEXT = "text"
    CHOICE = "choice"
    URL = "url"


class Unchanged(StrEnum):
    """Stands for a value that is left as it is, where None is a value of its own."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a program's application form; `choices` where one is chosen."""

    key: str
    kind: QuestionKind
    words: str
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingPrice:
    """The price chosen in the wizard: the first commission rule, for everybody and every such outcome.

    `ppm` where `kind` is SHARE, else `micros` of the program's currency.
    """

    kind: PriceKind
    outcome: Outcome
    currency: str
    micros: int = 0
    ppm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDraft:
    """Everything a version of the terms says, as proposed. `fee_ppm`: None leaves the fee as it is."""

    windows: Windows = field(default_factory=Windows)
    attribution: tuple[Method, ...] = ("code", "click", "view")
    channels: Mapping[str, ChannelPolicy] = field(default_factory=dict)
    channel_default: ChannelPolicy = ChannelPolicy.ANY
    fee_ppm: int | None = None
    hold_days: int = 30
    auto_approval_days: int | None = 30
    max_age_days: int = 90
    consent_required: bool = True
    delivery_days: int | None = None
    lock_days: int | None = None
    recurring_months: int = 0
    lapsed_after_days: int | None = None
    promotion_types: tuple[PromotionType, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView:
    """A version of a program's terms. `number` is what receipts call it.

    `effective_from` is None for a draft; `effective_until` is when the next version takes over. `fee_ppm` is
    None for publishers, whom it does not concern. No `promotion_types` at all means every type.
    """

    program: int
    number: int
    status: State
    effective_from: datetime | None
    effective_until: datetime | None
    windows: Windows
    attribution: tuple[Method, ...]
    channels: Mapping[str, ChannelPolicy]
    channel_default: ChannelPolicy
    fee_ppm: int | None
    hold_days: int
    auto_approval_days: int | None
    max_age_days: int
    consent_required: bool
    recurring_months: int
    lapsed_after_days: int | None
    promotion_types: tuple[PromotionType, ...]
    text: str
    note: str
    created_at: datetime
    created_by: str
    withdrawn_at: datetime | None = None
    delivery_days: int | None = None
    lock_days: int | None = None

    def allows(self, promotion_type: PromotionType | str) -> bool:
        """Whether publishers of this type may take part."""
        return not self.promotion_types or promotion_type in self.promotion_types


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause in words: `key` for machines, its title and what it says."""

    key: str
    title: Words
    says: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph of a text that is compared with another: kept, added or removed."""

    kind: Literal["kept", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A clause that differs between two versions; `pieces` where it is the text of the terms."""

    key: str
    title: Words
    before: Words
    after: Words
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """A goal as it is proposed: so many outcomes by a day, each for at most so much."""

    outcome: Outcome
    target: int
    starts_on: date
    ends_on: date
    max_cost_micros: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """A goal of a program."""

    id: int
    program: int
    outcome: Outcome
    target: int
    max_cost_micros: int | None
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A tier of partners within a program."""

    id: int
    program: int
    name: str
    description: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDraft:
    """A budget or cap as it is proposed; `cap` in micros, or a count where `measure` is COUNT."""

    measure: Measure
    period: Period
    cap: int
    name: str = ""
    over: Over = Over.REFUSE
    outcome: Outcome | None = None
    group: int | None = None
    publisher: int | None = None
    per_publisher: bool = False
    is_budget: bool = False
    per_customer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitView:
    """A budget or cap of a program."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUse:
    """How much of a limit its current period has used; `reserved` is spoken for and may come free again."""

    limit: int
    period: str
    cap: int
    reserved: int
    settled: int

    @property
    def left(self) -> int:
        """What still fits."""
        return max(self.cap - self.reserved - self.settled, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a program says of itself and who may take part: everything that can change without a version."""

    name: str
    tagline: str = ""
    website: str = ""
    category: str = ""
    countries: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    visibility: Visibility = Visibility.APPROVAL
    auto_approve: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramView:
    """A program. `terms` are those in force, those of the draft, or the first to come."""

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
    visibility: Visibility
    state: State
    held_by_operator: bool
    outcome: Outcome
    preset: str
    steps: tuple[str, ...]
    """The steps of the wizard that were saved."""
    questions: tuple[Question, ...]
    auto_approve: bool
    terms: TermsView
    starting_price: StartingPrice | None
    goal: GoalView | None
    returned_why: str
    created_at: datetime
    submitted_at: datetime | None
    live_since: datetime | None

    @property
    def profile(self) -> Profile:
        """What it says of itself, as a value to change and hand back."""
        return Profile(
            name=self.name,
            tagline=self.tagline,
            website=self.website,
            category=self.category,
            countries=self.countries,
            domains=self.domains,
            visibility=self.visibility,
            auto_approve=self.auto_approve,
            questions=self.questions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """The operator's rules for programs: whether each is reviewed before it is live, and the usual fee."""

    review_needed: bool
    fee_ppm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """What a program had on one of its calendar days."""

    day: date
    count: int
    cost_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalProgress:
    """How far a goal is, and where it is heading (`low` and `high` hold four times out of five).

    `verdict`: reached, on_track, at_risk, out_of_reach or too_early; `ceiling`: none, within, at_risk or
    over, for what one outcome costs.
    """

    goal: GoalView
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
    days: tuple[DayFigures, ...] = ()
