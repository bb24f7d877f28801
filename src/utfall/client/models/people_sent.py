"""What the operations of people take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.people import OrganisationKind, Permission, Role


class AdvertiserNamed(Struct, frozen=True, kw_only=True):
    """Which advertiser, where the caller is not one itself."""

    advertiser: int | UnsetType | None = UNSET


class ApprovalChange(Struct, frozen=True, kw_only=True):
    """Whether newcomers wait for the operator."""

    approval_needed: bool


class ColleagueInvitation(Struct, frozen=True, kw_only=True):
    """Whom to invite."""

    email: str
    role: Role | UnsetType = UNSET
    """Left out: "viewer"."""


class KeyOverlap(Struct, frozen=True, kw_only=True):
    """How long the old key works on."""

    overlap_hours: int | UnsetType = UNSET
    """Left out: 24."""


class KeyWanted(Struct, frozen=True, kw_only=True):
    """A key to be made."""

    name: str
    scopes: Sequence[Permission]
    role: Role | UnsetType | None = UNSET
    """No wider than your own, which is the default."""
    expires_at: datetime | UnsetType | None = UNSET


class LettersWanted(Struct, frozen=True, kw_only=True):
    """Whether letters are wanted."""

    wanted: bool


class MandateWanted(Struct, frozen=True, kw_only=True):
    """An advertiser names the agency it trusts; an agency the advertiser it asks."""

    party: str
    """The other side's name in addresses."""


class OrganisationChange(Struct, frozen=True, kw_only=True):
    """What an organisation says of itself; what is left out stays."""

    name: str | UnsetType | None = UNSET
    website: str | UnsetType | None = UNSET
    country: str | UnsetType | None = UNSET
    registration: str | UnsetType | None = UNSET
    contact_email: str | UnsetType | None = UNSET
    promotion_type: str | UnsetType | None = UNSET
    why: str | UnsetType = UNSET
    """Stands in the log."""


class OrganisationReasonGiven(Struct, frozen=True, kw_only=True):
    """A reason."""

    why: str | UnsetType = UNSET


class PixelChange(Struct, frozen=True, kw_only=True):
    """Whether browsers may tell of orders."""

    accepts_pixel: bool
    advertiser: int | UnsetType | None = UNSET
    """For agencies: which advertiser."""


class RoleChange(Struct, frozen=True, kw_only=True):
    """Another role."""

    role: Role


class SecondFactorChange(Struct, frozen=True, kw_only=True):
    """Of whom a second factor is asked."""

    second_factor: str
    """nobody, money or everyone."""


class TenantWanted(Struct, frozen=True, kw_only=True):
    """An organisation that the operator creates."""

    kind: OrganisationKind
    name: str
    owner_email: str
    """Gets an invitation as its first owner."""
    slug: str | UnsetType = UNSET
    website: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    promotion_type: str | UnsetType = UNSET
    contact_email: str | UnsetType = UNSET


__all__ = [
    "AdvertiserNamed",
    "ApprovalChange",
    "ColleagueInvitation",
    "KeyOverlap",
    "KeyWanted",
    "LettersWanted",
    "MandateWanted",
    "OrganisationChange",
    "OrganisationReasonGiven",
    "PixelChange",
    "RoleChange",
    "SecondFactorChange",
    "TenantWanted",
]
