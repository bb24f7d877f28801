"""What the API takes of programs. Times are UTC, money micros of the program's currency."""

from datetime import date

from utfall.events import Outcome
from utfall.portal.programs.contracts import (
    GoalDraft,
    LimitDraft,
    Preset,
    PriceKind,
    Profile,
    Question,
    QuestionKind,
    State,
    TermsDraft,
    Visibility,
)
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Ppm, Strict
from utfall.terms import ChannelPolicy, Measure, Method, Over, Period, PromotionType, Windows

SECONDS = 730 * 86_400


class QuestionSaid(Strict):
    """A question of the application form."""

    key: str = Field(pattern="^[a-z0-9_-]{1,40}$")
    kind: QuestionKind
    words: str = Field(max_length=300)
    required: bool = True
    choices: list[str] = Field([], max_length=20)


class WindowsSaid(Strict):
    """Look-back in seconds per class of touch; zero switches a class off."""

    standard: int = Field(default=30 * 86_400, ge=0, le=SECONDS)
    incentive: int = Field(default=30 * 86_400, ge=0, le=SECONDS)
    soft: int = Field(default=7 * 86_400, ge=0, le=SECONDS)
    view: int = Field(default=86_400, ge=0, le=SECONDS)


class ProfileSaid(Strict):
    """What a program says of itself and who may take part: no term, so it holds at once."""

    name: str = Field(max_length=120)
    tagline: str = Field("", max_length=200)
    website: str = Field("", max_length=300)
    category: str = Field("", max_length=30)
    countries: list[str] = Field([], max_length=250, description="ISO 3166 alpha-2; none means everywhere.")
    domains: list[str] = Field([], max_length=50, description="Further hosts that deep links may lead to.")
    visibility: Visibility = Visibility.APPROVAL
    auto_approve: bool = False
    questions: list[QuestionSaid] = Field([], max_length=20)

    def profile(self) -> Profile:
        """As the facade takes it."""
        return Profile(
            name=self.name,
            tagline=self.tagline,
            website=self.website,
            category=self.category,
            countries=tuple(self.countries),
            domains=tuple(self.domains),
            visibility=self.visibility,
            auto_approve=self.auto_approve,
            questions=tuple(
                Question(
                    key=one.key,
                    kind=one.kind,
                    words=one.words,
                    required=one.required,
                    choices=tuple(one.choices),
                )
                for one in self.questions
            ),
        )


class NewProgram(Strict):
    """A draft to begin with; the preset fills in the rest."""

    name: str = Field(max_length=120)
    currency: str = Field(pattern="^[A-Z]{3}$")
    zone: str = Field(max_length=64, examples=["Europe/Stockholm"])
    preset: Preset = Preset.BLANK
    website: str = Field("", max_length=300)
    advertiser: Number | None = Field(None, description="For whom; needed where the key reaches several.")


class PlaceSaid(Strict):
    """The money and the clock of a draft."""

    currency: str = Field(pattern="^[A-Z]{3}$")
    zone: str = Field(max_length=64)


class PriceSaid(Strict):
    """The first commission of a draft: `ppm` for a share, else `micros`."""

    kind: PriceKind
    outcome: Outcome
    micros: Micros = 0
    ppm: Ppm = 0


class TermsSaid(Strict):
    """Everything a version of the terms says."""

    windows: WindowsSaid = WindowsSaid()
    attribution: list[Method] = Field(["code", "click", "view"], max_length=4)
    channels: dict[str, ChannelPolicy] = Field({}, max_length=50)
    channel_default: ChannelPolicy = ChannelPolicy.ANY
    fee_ppm: Ppm | None = Field(None, description="Set by the operator; null keeps it.")
    hold_days: int = Field(30, ge=0, le=730)
    auto_approval_days: int | None = Field(30, ge=0, le=730, description="Null: a person decides.")
    max_age_days: int = Field(90, ge=1, le=730)
    consent_required: bool = True
    delivery_days: int | None = Field(
        None, ge=0, le=730, description="Silence waits for return windows, which open after these days."
    )
    lock_days: int | None = Field(None, ge=0, le=730, description="Locked so long after approval.")
    recurring_months: int = Field(
        0, ge=0, le=1200, description="How long a customer's first order bonds it to the publisher; 0: not."
    )
    lapsed_after_days: int | None = Field(
        None,
        ge=1,
        le=3650,
        description="Days without an order until a customer has lapsed; null: never.",
    )
    promotion_types: list[PromotionType] = Field([], description="None means every kind.")
    text: str = Field("", max_length=40_000)

    def draft(self) -> TermsDraft:
        """As the facade takes it."""
        return TermsDraft(
            windows=Windows(**self.windows.dict()),
            attribution=tuple(self.attribution),
            channels=dict(self.channels),
            channel_default=self.channel_default,
            fee_ppm=self.fee_ppm,
            hold_days=self.hold_days,
            auto_approval_days=self.auto_approval_days,
            max_age_days=self.max_age_days,
            consent_required=self.consent_required,
            delivery_days=self.delivery_days,
            lock_days=self.lock_days,
            recurring_months=self.recurring_months,
            lapsed_after_days=self.lapsed_after_days,
            promotion_types=tuple(self.promotion_types),
            text=self.text,
        )


class NewVersion(Strict):
    """New terms, from when, and why."""

    terms: TermsSaid
    effective_from: Moment | None = Field(None, description="Null: at once.")
    note: str = Field("", max_length=1000)


class StateSaid(Strict):
    """Another state, and why."""

    state: State
    why: str = Field("", max_length=1000)


class Why(Strict):
    """A reason for the log."""

    why: str = Field("", max_length=1000)


class GoalSaid(Strict):
    """A measurable goal."""

    outcome: Outcome
    target: int = Field(ge=1, le=1_000_000_000)
    starts_on: date
    ends_on: date
    max_cost_micros: Micros | None = None

    def draft(self) -> GoalDraft:
        """As the facade takes it."""
        return GoalDraft(**self.dict())


class GroupSaid(Strict):
    """A partner group."""

    name: str = Field(max_length=80)
    description: str = Field("", max_length=300)


class LimitSaid(Strict):
    """A new budget or cap; `cap` in micros, or a count where `measure` is count."""

    measure: Measure
    period: Period
    cap: int = Field(ge=0, le=10**18)
    name: str = Field("", max_length=80)
    over: Over = Over.REFUSE
    outcome: Outcome | None = None
    group: Number | None = None
    publisher: Number | None = None
    per_publisher: bool = False
    is_budget: bool = False
    per_customer: bool = False

    def draft(self) -> LimitDraft:
        """As the facade takes it."""
        return LimitDraft(**self.dict())


class HeightSaid(Strict):
    """Another height of a limit."""

    cap: int = Field(ge=0, le=10**18)
    over: Over
    name: str = Field("", max_length=80)
    why: str = Field("", max_length=1000)


class PolicySaid(Strict):
    """The operator's rules for programs."""

    review_needed: bool
    fee_ppm: Ppm
