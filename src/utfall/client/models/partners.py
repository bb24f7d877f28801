"""What the operations of partners answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class BanReason(Word):
    """Why a partnership is ended for good."""

    TERMS_VIOLATION = "terms_violation"
    INAPPROPRIATE_CONTENT = "inappropriate_content"
    FAKE_TRAFFIC = "fake_traffic"
    FRAUD = "fraud"
    SPAM = "spam"
    BRAND_ABUSE = "brand_abuse"


class PartnershipState(Word):
    """Where a partnership stands; only an approved one earns."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    INVITED = "invited"
    DECLINED = "declined"
    PAUSED = "paused"
    BANNED = "banned"
    ARCHIVED = "archived"


class PropertyKind(Word):
    """What a publisher owns."""

    SITE = "site"
    APP = "app"
    SOCIAL = "social"
    NEWSLETTER = "newsletter"
    PODCAST = "podcast"
    OTHER = "other"


class ReapplyRule(Word):
    """Whether somebody who was turned down may ask again: at once, after a while, or never."""

    AT_ONCE = "at_once"
    LATER = "later"
    NEVER = "never"


class RejectionReason(Word):
    """Why an application is turned down."""

    PROMOTION_TYPE = "promotion_type"
    AUDIENCE = "audience"
    CONTENT = "content"
    INCOMPLETE = "incomplete"
    BRAND = "brand"
    FULL = "full"
    OTHER = "other"


class AcceptanceAnswer(Struct, frozen=True, kw_only=True):
    """How many of one promotion type were let in; null where there are too few to tell."""

    promotion_type: str
    decided: int
    share_ppm: int | None


class ApplicationAnswer(Struct, frozen=True, kw_only=True):
    """An application and what became of it."""

    id: int
    partnership: int
    program: int
    publisher: int
    answers: dict[str, str]
    """By the question's key."""
    promotion_types: tuple[str, ...]
    properties: tuple[int, ...]
    message: str
    terms_version: int
    submitted_at: datetime
    decided_at: datetime | None
    decided_by: str
    verdict: str
    reason: str
    note: str


class EnrolmentAnswer(Struct, frozen=True, kw_only=True):
    """An interval in which a publisher earned, and its group."""

    id: int
    group: int | None
    starts_at: datetime
    ends_at: datetime | None


class ListedApplicationAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ApplicationAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PartnershipAnswer(Struct, frozen=True, kw_only=True):
    """A publisher in a program."""

    id: int
    program: int
    advertiser: int
    publisher: int
    state: PartnershipState
    group: int | None
    reason: str
    """Why it was rejected or banned."""
    note: str
    reapply_from: datetime | None
    promotion_types: tuple[str, ...]
    since: datetime
    application: int | None
    """The newest application."""


class ListedPartnershipAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PartnershipAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ObstacleAnswer(Struct, frozen=True, kw_only=True):
    """Why one cannot apply, and what would mend it."""

    code: str
    clause: str
    says: str
    mend: str


class ProgramOfferAnswer(Struct, frozen=True, kw_only=True):
    """A program as the marketplace shows it."""

    program: int
    name: str
    tagline: str
    advertiser: str
    currency: str
    category: str
    countries: tuple[str, ...]
    pays: tuple[str, ...]
    """In words, in the language that was asked for."""
    click_window_seconds: int
    payable_after_days: int | None
    promotion_types: tuple[str, ...]
    """Allowed; none means all."""
    decision_seconds: int | None
    """The median over a year; null where there are too few."""
    acceptance_ppm: int | None
    acceptance_by_type: tuple[AcceptanceAnswer, ...]
    epc_micros: int | None
    """Commission per click over 30 days; null below 100 clicks."""
    obstacles: tuple[ObstacleAnswer, ...]
    is_open: bool
    partnership: PartnershipAnswer | None


class ListedProgramOfferAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ProgramOfferAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class OverrideAnswer(Struct, frozen=True, kw_only=True):
    """What a parent gets of what its child earns."""

    id: int
    program: int | None
    advertiser: int | None
    parent: int
    child: int
    ppm: int
    on_top: bool
    starts_at: datetime
    ends_at: datetime | None


class PartnerLetterAnswer(Struct, frozen=True, kw_only=True):
    """A letter that was sent."""

    id: int
    subject: str
    text: str
    written_by: str
    sent_at: datetime


class ProfileAnswer(Struct, frozen=True, kw_only=True):
    """What a publisher tells of itself."""

    publisher: int
    headline: str
    description: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    monthly_visitors: int | None
    listed: bool


class ProgramMailInvitationAnswer(Struct, frozen=True, kw_only=True):
    """An invitation by e-mail that nobody has claimed yet."""

    id: int
    program: int
    email: str
    note: str
    group: int | None
    invited_by: str
    created_at: datetime
    expires_at: datetime


class PropertyAnswer(Struct, frozen=True, kw_only=True):
    """A site, app, channel or list."""

    id: int
    publisher: int
    kind: PropertyKind
    name: str
    url: str
    promotion_type: str
    audience: dict[str, Any]
    verified_at: datetime | None
    archived_at: datetime | None
    token: str
    """The mark that proves ownership; only its own publisher is told."""
    checked_at: datetime | None
    problem: str
    """Why the newest check did not verify it."""


class PublisherAnswer(Struct, frozen=True, kw_only=True):
    """A publisher as advertisers see it."""

    number: int
    name: str
    website: str
    country: str
    profile: ProfileAnswer
    properties: tuple[PropertyAnswer, ...]


class ShareSaid(Struct, frozen=True, kw_only=True):
    """A publisher and its share, in parts per million."""

    publisher: int
    ppm: int


class SplitAnswer(Struct, frozen=True, kw_only=True):
    """How what a publisher wins in a program is shared; a publisher reads its own share only."""

    id: int
    program: int
    advertiser: int
    publisher: int
    shares: tuple[ShareSaid, ...]
    starts_at: datetime
    ends_at: datetime | None


class VerificationStarted(Struct, frozen=True, kw_only=True):
    """Work that was begun; see its progress under `work`."""

    work: int


__all__ = [
    "AcceptanceAnswer",
    "ApplicationAnswer",
    "BanReason",
    "EnrolmentAnswer",
    "ListedApplicationAnswer",
    "ListedPartnershipAnswer",
    "ListedProgramOfferAnswer",
    "ObstacleAnswer",
    "OverrideAnswer",
    "PartnerLetterAnswer",
    "PartnershipAnswer",
    "PartnershipState",
    "ProfileAnswer",
    "ProgramMailInvitationAnswer",
    "ProgramOfferAnswer",
    "PropertyAnswer",
    "PropertyKind",
    "PublisherAnswer",
    "ReapplyRule",
    "RejectionReason",
    "ShareSaid",
    "SplitAnswer",
    "VerificationStarted",
]
