"""What crosses the border of the people app."""

from dataclasses import dataclass
from datetime import datetime

from utfall.portal.access import Kind, Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation as others may know it: who it is, not who works there."""

    kind: Kind
    number: int
    name: str
    slug: str
    state: str
    website: str = ""
    country: str = ""
    contact_email: str = ""
    promotion_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Somebody to write to at an organisation; `language` is empty where none was chosen.

    `organisation` and `slug`: the one in whose pages they read of it, which for an advertiser's agency is not
    the advertiser.
    """

    email: str
    language: str
    user: int = 0
    organisation: int = 0
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """An organisation as its own people, and the operator, see it."""

    id: int
    kind: Kind
    number: int
    name: str
    slug: str
    state: str
    note: str
    website: str
    country: str
    registration: str
    contact_email: str
    promotion_type: str
    second_factor: str
    approves_sign_ups: bool
    accepts_pixel: bool
    has_postback_secret: bool
    created_at: datetime
    members: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """An organisation that signs up, or that the operator creates."""

    kind: Kind
    name: str
    website: str = ""
    country: str = ""
    promotion_type: str = ""
    contact_email: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The person who signs up; `password` is None for one who exists already."""

    email: str
    name: str = ""
    password: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of an organisation."""

    user: int
    email: str
    name: str
    role: Role
    since: datetime
    visited_at: datetime | None
    has_second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An API key as it can be listed: never its secret."""

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
    successor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that was just made, with its secret: the only time that anybody sees it."""

    key: Key
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation as it can be listed."""

    id: int
    email: str
    role: Role
    invited_by: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An invitation as the invited sees it, who holds its secret."""

    organisation: str
    kind: Kind
    email: str
    role: Role
    invited_by: str
    expires_at: datetime
    has_account: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateView:
    """An agency's power to act for an advertiser: asked for, granted, or ended.

    `letters`: whether the agency's people are written to about the advertiser.
    """

    id: int
    agency: str
    agency_slug: str
    advertiser: int
    advertiser_name: str
    advertiser_slug: str
    asked_at: datetime
    granted_at: datetime | None
    ended_at: datetime | None
    letters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which somebody is signed in."""

    id: int
    ip: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A user's own account."""

    user: int
    email: str
    name: str
    language: str
    theme: str
    has_second_factor: bool
