"""What the operations of operations take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.operations import AnnouncementAudience, AnnouncementLevel, OperatorMatter


class AnnouncementSent(Struct, frozen=True, kw_only=True):
    """An announcement, by language; one of them at least."""

    level: AnnouncementLevel | UnsetType = UNSET
    """Left out: "news"."""
    audience: AnnouncementAudience | UnsetType = UNSET
    """Left out: "all"."""
    sv: str | UnsetType = UNSET
    nb: str | UnsetType = UNSET
    en: str | UnsetType = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime


class NetworkFeeSent(Struct, frozen=True, kw_only=True):
    """A new fee, from a moment on; at once where none is said."""

    fee_ppm: int
    effective_from: datetime | UnsetType | None = UNSET
    why: str


class OperatorDecisionSent(Struct, frozen=True, kw_only=True):
    """A decision; a refusal needs a reason."""

    matter: OperatorMatter
    id: int
    approve: bool
    why: str | UnsetType = UNSET


class TenantLimitsSent(Struct, frozen=True, kw_only=True):
    """How much a tenant is allowed; null is the usual."""

    api_per_second: int | UnsetType | None = UNSET
    api_burst: int | UnsetType | None = UNSET
    api_keys: int | UnsetType | None = UNSET
    tasks: int | UnsetType | None = UNSET


__all__ = [
    "AnnouncementSent",
    "NetworkFeeSent",
    "OperatorDecisionSent",
    "TenantLimitsSent",
]
