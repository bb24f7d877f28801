"""What the operations of webhooks take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.changes import ChangeKind
from utfall.client.models.webhooks import EndpointForm


class EndpointMade(Struct, frozen=True, kw_only=True):
    """A new endpoint."""

    form: EndpointForm | UnsetType = UNSET
    """Left out: "webhook"."""
    url: str
    """https; a postback's has macros in curly brackets."""
    description: str | UnsetType = UNSET
    kinds: Sequence[ChangeKind] | UnsetType = UNSET
    """No kind at all means every kind."""
    method: Literal["GET", "POST"] | UnsetType = UNSET
    """Left out: "POST"."""
    program: int | UnsetType | None = UNSET
    """Only changes of this program."""
    at_once: int | UnsetType = UNSET
    """Calls under way at once; one keeps the order. Left out: 1."""
    advertiser: int | UnsetType | None = UNSET
    """An agency says for which of its advertisers."""


class EndpointSent(Struct, frozen=True, kw_only=True):
    """An endpoint as it is to be."""

    form: EndpointForm | UnsetType = UNSET
    """Left out: "webhook"."""
    url: str
    """https; a postback's has macros in curly brackets."""
    description: str | UnsetType = UNSET
    kinds: Sequence[ChangeKind] | UnsetType = UNSET
    """No kind at all means every kind."""
    method: Literal["GET", "POST"] | UnsetType = UNSET
    """Left out: "POST"."""
    program: int | UnsetType | None = UNSET
    """Only changes of this program."""
    at_once: int | UnsetType = UNSET
    """Calls under way at once; one keeps the order. Left out: 1."""


class PostbackPreviewSent(Struct, frozen=True, kw_only=True):
    """A postback's address, as it is to be saved."""

    url: str
    program: int | UnsetType | None = UNSET


class ReplaySent(Struct, frozen=True, kw_only=True):
    """From where to send again: after a cursor of the change feed, or what was made in a span of time."""

    cursor: int | UnsetType | None = UNSET
    since: datetime | UnsetType | None = UNSET
    until: datetime | UnsetType | None = UNSET


class SecretRotationSent(Struct, frozen=True, kw_only=True):
    """How long the old secret goes on."""

    overlap_seconds: int | UnsetType = UNSET
    """Left out: 86400."""


__all__ = [
    "EndpointMade",
    "EndpointSent",
    "PostbackPreviewSent",
    "ReplaySent",
    "SecretRotationSent",
]
