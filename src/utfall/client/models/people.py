"""What the operations of people answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class Role(Word):
    """What somebody is in an organisation."""

    OWNER = "owner"
    MANAGER = "manager"
    FINANCE = "finance"
    DEVELOPER = "developer"
    VIEWER = "viewer"


class Permission(Word):
    """What can be allowed. API keys carry these names as their scopes."""

    LOOK = "look"
    MANAGE = "manage"
    PRICE = "price"
    MONEY = "money"
    TRACK = "track"
    PEOPLE = "people"
    AUDIT = "audit"
    OPERATE = "operate"
    EVENTS = "events"


class OrganisationKind(Word):
    """What an organisation is in the market."""

    OPERATOR = "operator"
    ADVERTISER = "advertiser"
    AGENCY = "agency"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


class ColleagueInvitedAnswer(Struct, frozen=True, kw_only=True):
    """An invitation nobody accepted yet."""

    id: int
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime


class KeyAnswer(Struct, frozen=True, kw_only=True):
    """An API key, without its secret."""

    id: int
    name: str
    prefix: str
    role: Role
    scopes: tuple[Permission, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    successor: int | None
    """The key that replaces it."""


class OrganisationAnswer(Struct, frozen=True, kw_only=True):
    """An organisation, as its own people and the operator see it."""

    id: int
    kind: OrganisationKind
    number: int
    """Its id in terms and receipts as advertiser or publisher; 0 for others."""
    name: str
    slug: str
    """Its name in addresses."""
    state: str
    """pending, active, suspended or closed."""
    note: str
    """Why the operator suspended it."""
    website: str
    country: str
    """ISO 3166-1, two letters."""
    registration: str
    contact_email: str
    promotion_type: str
    second_factor: str
    """Of whom a second factor is asked: nobody, money, everyone."""
    accepts_pixel: bool
    has_postback_secret: bool
    created_at: datetime


class ListedOrganisationAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[OrganisationAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class MandateAnswer(Struct, frozen=True, kw_only=True):
    """An agency's power to act for an advertiser."""

    id: int
    agency: str
    agency_slug: str
    advertiser: int
    advertiser_name: str
    advertiser_slug: str
    asked_at: datetime
    granted_at: datetime | None
    letters: bool
    """Whether the agency's people are written to about the advertiser."""


class MemberAnswer(Struct, frozen=True, kw_only=True):
    """A member of the organisation."""

    user: int
    email: str
    name: str
    role: Role
    since: datetime
    visited_at: datetime | None
    has_second_factor: bool


class NewKeyAnswer(Struct, frozen=True, kw_only=True):
    """A new key with its secret, which is told this once."""

    key: KeyAnswer
    secret: str


class SecretAnswer(Struct, frozen=True, kw_only=True):
    """A secret that is told this once."""

    secret: str


class ThisKeyAnswer(Struct, frozen=True, kw_only=True):
    """Whom a key speaks for, and what it may do."""

    organisation: str
    slug: str
    kind: OrganisationKind
    number: int
    """Its id in terms and receipts as advertiser or publisher; 0 for others."""
    role: Role
    scopes: tuple[Permission, ...]
    advertisers: tuple[int, ...]
    """Advertisers it acts for."""
    publishers: tuple[int, ...]
    sees_all: bool
    """Everybody's records are within its reach."""


__all__ = [
    "ColleagueInvitedAnswer",
    "KeyAnswer",
    "ListedOrganisationAnswer",
    "MandateAnswer",
    "MemberAnswer",
    "NewKeyAnswer",
    "OrganisationAnswer",
    "OrganisationKind",
    "Permission",
    "Role",
    "SecretAnswer",
    "ThisKeyAnswer",
]
