"""What the API's operations of this app take and answer."""

from typing import Any

from utfall.portal.funding.schemas import FundedAnswer
from utfall.portal.partners.contracts import (
    ApplicationView,
    BanReason,
    Order,
    PropertyKind,
    Reapply,
    Rejection,
    State,
)
from utfall.portal.programs.contracts import PriceKind
from utfall.portal.rest.facade import Field, Moment, Number, Paging, Schema, Strict
from utfall.terms import PromotionType


class PartnershipAnswer(Schema):
    """A publisher in a program."""

    id: int
    program: int
    advertiser: int
    publisher: int
    state: State
    group: int | None
    reason: str = Field(description="Why it was rejected or banned.")
    note: str
    reapply_from: Moment | None
    promotion_types: list[str]
    since: Moment
    application: int | None = Field(description="The newest application.")


class EnrolmentAnswer(Schema):
    """An interval in which a publisher earned, and its group."""

    id: int
    group: int | None
    starts_at: Moment
    ends_at: Moment | None


class ApplicationAnswer(Schema):
    """An application and what became of it."""

    id: int
    partnership: int
    program: int
    publisher: int
    answers: dict[str, str] = Field(description="By the question's key.")
    promotion_types: list[str]
    properties: list[int]
    message: str
    terms_version: int
    submitted_at: Moment
    decided_at: Moment | None
    decided_by: str
    verdict: str
    reason: str
    note: str

    @staticmethod
    def resolve_answers(view: ApplicationView) -> dict[str, str]:
        """The answers of a view, which holds them as pairs."""
        return dict(view.answers)


class Apply(Strict):
    """An application."""

    program: Number
    promotion_types: list[PromotionType] = Field(max_length=20)
    answers: dict[str, str] = Field(default_factory=dict, description="By the question's key.")
    properties: list[Number] = Field(default_factory=list, max_length=200)
    message: str = Field("", max_length=4000)
    publisher: Number | None = Field(None, description="For operators: who applies.")


class Decision(Strict):
    """Approve or reject. A rejection has a reason."""

    verdict: State = Field(description="approved or rejected.")
    reason: Rejection | None = None
    note: str = Field("", max_length=4000)
    reapply: Reapply = Reapply.LATER
    group: Number | None = None


class NumberedDecision(Decision):
    """A decision about one of several applications."""

    application: Number


class Move(Strict):
    """Into which group; null into none."""

    group: Number | None
    why: str = Field("", max_length=300)


class NumberedMove(Move):
    """A move of one of several partners."""

    partnership: Number


class Why(Strict):
    """A reason that the publisher reads."""

    why: str = Field(max_length=4000)


class Ban(Why):
    """Why a partnership ends for good."""

    reason: BanReason


class Answer(Strict):
    """Whether an invitation is accepted."""

    accept: bool


class Invitation(Strict):
    """Who is invited into which program."""

    program: Number
    publisher: Number
    note: str = Field("", max_length=4000)
    group: Number | None = None


class MailInvitation(Strict):
    """An address that is invited into a program."""

    program: Number
    email: str = Field(max_length=254)
    note: str = Field("", max_length=4000)
    group: Number | None = None


class MailInvitationAnswer(Schema):
    """An invitation by e-mail that nobody has claimed yet."""

    id: int
    program: int
    email: str
    note: str
    group: int | None
    invited_by: str
    created_at: Moment
    expires_at: Moment


class LetterWanted(Strict):
    """A letter to a partner."""

    subject: str = Field(max_length=150)
    text: str = Field(max_length=4000)


class LetterAnswer(Schema):
    """A letter that was sent."""

    id: int
    subject: str
    text: str
    written_by: str
    sent_at: Moment


class Partnerships(Paging):
    """Which partnerships are wanted."""

    program: Number | None = None
    publisher: Number | None = None
    group: Number | None = None
    state: State | None = None
    promotion_type: PromotionType | None = None
    q: str = Field("", max_length=100, description="In the publisher's name or website.")


class Applications(Paging):
    """Which applications are wanted."""

    program: Number | None = None
    publisher: Number | None = None
    waiting: bool = False


class ProfileAnswer(Schema):
    """What a publisher tells of itself."""

    publisher: int
    headline: str
    description: str
    countries: list[str]
    languages: list[str]
    categories: list[str]
    monthly_visitors: int | None
    listed: bool


class ProfileWanted(Strict):
    """A profile as it is to be."""

    headline: str = Field("", max_length=160)
    description: str = Field("", max_length=4000)
    countries: list[str] = Field(default_factory=list, max_length=250)
    languages: list[str] = Field(default_factory=list, max_length=50)
    categories: list[str] = Field(default_factory=list, max_length=50)
    monthly_visitors: int | None = Field(None, ge=0, le=10**12)
    listed: bool = True


class PropertyAnswer(Schema):
    """A site, app, channel or list."""

    id: int
    publisher: int
    kind: PropertyKind
    name: str
    url: str
    promotion_type: str
    audience: dict[str, Any]
    verified_at: Moment | None
    archived_at: Moment | None
    token: str = Field(description="The mark that proves ownership; only its own publisher is told.")
    checked_at: Moment | None
    problem: str = Field(description="Why the newest check did not verify it.")


class PropertyWanted(Strict):
    """A property as it is to be."""

    kind: PropertyKind
    name: str = Field(max_length=120)
    promotion_type: PromotionType
    url: str = Field("", max_length=500)
    monthly: int | None = Field(None, ge=0, le=10**12, description="Visitors or followers a month.")


class Started(Schema):
    """Work that was begun; see its progress under `work`."""

    work: int


class PublisherAnswer(Schema):
    """A publisher as advertisers see it."""

    number: int
    name: str
    website: str
    country: str
    profile: ProfileAnswer
    properties: list[PropertyAnswer]


class Publishers(Strict):
    """Which publishers are wanted."""

    q: str = Field("", max_length=100)
    promotion_type: PromotionType | None = None
    country: str = Field("", max_length=2)
    category: str = Field("", max_length=30)


class Offers(Paging):
    """Which offers are wanted, and in which order."""

    q: str = Field("", max_length=100)
    category: str = Field("", max_length=30)
    country: str = Field("", max_length=2)
    currency: str = Field("", max_length=3)
    outcome: str = Field("", max_length=12)
    price: PriceKind | None = None
    promotion_type: PromotionType | None = None
    open_only: bool = False
    sort: Order = Order.NEWEST


class ObstacleAnswer(Schema):
    """Why one cannot apply, and what would mend it."""

    code: str
    clause: str
    says: str
    mend: str


class AcceptanceAnswer(Schema):
    """How many of one promotion type were let in; null where there are too few to tell."""

    promotion_type: str
    decided: int
    share_ppm: int | None


class OfferAnswer(Schema):
    """A program as the marketplace shows it."""

    program: int
    name: str
    tagline: str
    advertiser: str
    currency: str
    category: str
    countries: list[str]
    pays: list[str] = Field(description="In words, in the language that was asked for.")
    click_window_seconds: int
    payable_after_days: int | None
    promotion_types: list[str] = Field(description="Allowed; none means all.")
    decision_seconds: int | None = Field(description="The median over a year; null where there are too few.")
    acceptance_ppm: int | None
    acceptance_by_type: list[AcceptanceAnswer]
    epc_micros: int | None = Field(description="Commission per click over 30 days; null below 100 clicks.")
    obstacles: list[ObstacleAnswer]
    is_open: bool
    partnership: PartnershipAnswer | None
    funded: list[FundedAnswer] = Field(
        description="What you have earned there and are not paid yet, and how much of it is funded."
    )
