"""What the operations of partners answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.models.partners_words import FundedState, PartnershipState, PropertyKind


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


class FundedAnswer(Struct, frozen=True, kw_only=True):
    """What a publisher waits for in a program, and how much of it the advertiser has funded, in tenths."""

    program: int
    currency: str
    status: str
    """`pending`, `approved` or `payable`."""
    micros: int
    funded_micros: int
    invoiced_micros: int
    """Not funded: on invoices that can still be paid in time."""
    overdue_micros: int
    """Not funded: on invoices that are over their due date."""
    later_micros: int
    """Not funded, and not invoiced yet."""
    state: FundedState
    says: str
    """The same in words, in the language that was asked for."""


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
    funded: tuple[FundedAnswer, ...]
    """What you have earned there and are not paid yet, and how much of it is funded."""


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
    "EnrolmentAnswer",
    "FundedAnswer",
    "ListedApplicationAnswer",
    "ListedPartnershipAnswer",
    "ListedProgramOfferAnswer",
    "ObstacleAnswer",
    "OverrideAnswer",
    "PartnerLetterAnswer",
    "PartnershipAnswer",
    "ProfileAnswer",
    "ProgramMailInvitationAnswer",
    "ProgramOfferAnswer",
    "PropertyAnswer",
    "PublisherAnswer",
    "ShareSaid",
    "SplitAnswer",
    "VerificationStarted",
]
