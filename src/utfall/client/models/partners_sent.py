"""What the operations of partners take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.partners_words import (
    BanReason,
    PartnershipState,
    PropertyKind,
    ReapplyRule,
    RejectionReason,
)
from utfall.client.models.programs_words import PromotionType


class ApplicationDecision(Struct, frozen=True, kw_only=True):
    """Approve or reject. A rejection has a reason."""

    verdict: PartnershipState
    """approved or rejected."""
    reason: RejectionReason | UnsetType | None = UNSET
    note: str | UnsetType = UNSET
    reapply: ReapplyRule | UnsetType = UNSET
    """Left out: "later"."""
    group: int | UnsetType | None = UNSET


class ApplicationSent(Struct, frozen=True, kw_only=True):
    """An application."""

    program: int
    promotion_types: Sequence[PromotionType]
    answers: Mapping[str, str] | UnsetType = UNSET
    """By the question's key."""
    properties: Sequence[int] | UnsetType = UNSET
    message: str | UnsetType = UNSET
    publisher: int | UnsetType | None = UNSET
    """For operators: who applies."""


class GroupMove(Struct, frozen=True, kw_only=True):
    """Into which group; null into none."""

    group: int | None
    why: str | UnsetType = UNSET


class InvitationReply(Struct, frozen=True, kw_only=True):
    """Whether an invitation is accepted."""

    accept: bool


class NumberedApplicationDecision(Struct, frozen=True, kw_only=True):
    """A decision about one of several applications."""

    verdict: PartnershipState
    """approved or rejected."""
    reason: RejectionReason | UnsetType | None = UNSET
    note: str | UnsetType = UNSET
    reapply: ReapplyRule | UnsetType = UNSET
    """Left out: "later"."""
    group: int | UnsetType | None = UNSET
    application: int


class NumberedGroupMove(Struct, frozen=True, kw_only=True):
    """A move of one of several partners."""

    group: int | None
    why: str | UnsetType = UNSET
    partnership: int


class OverrideSent(Struct, frozen=True, kw_only=True):
    """An override to be."""

    parent: int
    child: int
    ppm: int
    """Of what the child earns."""
    program: int | UnsetType | None = UNSET
    """Null: in all programs."""
    on_top: bool | UnsetType = UNSET
    """The advertiser pays it; else the child gives it away. Left out: False."""
    starts_at: datetime | UnsetType | None = UNSET
    """Null: at once."""
    ends_at: datetime | UnsetType | None = UNSET


class PartnerLetterWanted(Struct, frozen=True, kw_only=True):
    """A letter to a partner."""

    subject: str
    text: str


class PartnershipBan(Struct, frozen=True, kw_only=True):
    """Why a partnership ends for good."""

    why: str
    reason: BanReason


class PartnershipReasonGiven(Struct, frozen=True, kw_only=True):
    """A reason that the publisher reads."""

    why: str


class ProfileWanted(Struct, frozen=True, kw_only=True):
    """A profile as it is to be."""

    headline: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    countries: Sequence[str] | UnsetType = UNSET
    languages: Sequence[str] | UnsetType = UNSET
    categories: Sequence[str] | UnsetType = UNSET
    monthly_visitors: int | UnsetType | None = UNSET
    listed: bool | UnsetType = UNSET
    """Left out: True."""


class ProgramInvitation(Struct, frozen=True, kw_only=True):
    """Who is invited into which program."""

    program: int
    publisher: int
    note: str | UnsetType = UNSET
    group: int | UnsetType | None = UNSET


class ProgramMailInvitation(Struct, frozen=True, kw_only=True):
    """An address that is invited into a program."""

    program: int
    email: str
    note: str | UnsetType = UNSET
    group: int | UnsetType | None = UNSET


class PropertyWanted(Struct, frozen=True, kw_only=True):
    """A property as it is to be."""

    kind: PropertyKind
    name: str
    promotion_type: PromotionType
    url: str | UnsetType = UNSET
    monthly: int | UnsetType | None = UNSET
    """Visitors or followers a month."""


class ShareSent(Struct, frozen=True, kw_only=True):
    """A publisher and its share, in parts per million."""

    publisher: int
    ppm: int


class SharingEnded(Struct, frozen=True, kw_only=True):
    """When it ends, and why."""

    at: datetime | UnsetType | None = UNSET
    """Null: at once."""
    why: str | UnsetType = UNSET


class SplitSent(Struct, frozen=True, kw_only=True):
    """A split to be. The shares come to a million, and the publisher that wins has one of them."""

    program: int
    publisher: int
    """Whose orders are shared."""
    shares: Sequence[ShareSent]
    starts_at: datetime | UnsetType | None = UNSET
    """Null: at once."""
    ends_at: datetime | UnsetType | None = UNSET


__all__ = [
    "ApplicationDecision",
    "ApplicationSent",
    "GroupMove",
    "InvitationReply",
    "NumberedApplicationDecision",
    "NumberedGroupMove",
    "OverrideSent",
    "PartnerLetterWanted",
    "PartnershipBan",
    "PartnershipReasonGiven",
    "ProfileWanted",
    "ProgramInvitation",
    "ProgramMailInvitation",
    "PropertyWanted",
    "ShareSent",
    "SharingEnded",
    "SplitSent",
]
