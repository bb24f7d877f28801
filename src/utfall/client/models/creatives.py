"""What the operations of creatives answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class CreativeKind(Word):
    """What a creative is."""

    IMAGE = "image"
    HTML5 = "html5"
    TEXT = "text"
    NATIVE = "native"
    VIDEO = "video"


class CreativeState(Word):
    """Where a creative is on its way to partners; only an approved one is shown to them."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    ARCHIVED = "archived"


class NativeCopyAnswer(Struct, frozen=True, kw_only=True):
    """The words of a text or native creative."""

    headline: str
    body: str
    call_to_action: str
    sponsored_by: str


class CreativeAnswer(Struct, frozen=True, kw_only=True):
    """A creative as it stands."""

    id: int
    program: int
    advertiser: int
    kind: CreativeKind
    state: CreativeState
    name: str
    language: str
    alt: str
    destination: str
    """Where it leads; empty: where the partner's link does."""
    width: int
    height: int
    bytes: int
    duration_ms: int
    address: str
    """Its file at the edge; empty where it is only words."""
    icon_address: str
    words: NativeCopyAnswer
    starts_at: datetime | None
    ends_at: datetime | None
    is_shown: bool
    """Whether partners see it now."""
    reason: str
    """Why it was rejected."""
    created_at: datetime


class ListedCreativeAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[CreativeAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class SnippetAnswer(Struct, frozen=True, kw_only=True):
    """The HTML that shows a creative by one link."""

    creative: int
    link: int
    code: str
    click_address: str
    pixel_address: str


__all__ = [
    "CreativeAnswer",
    "CreativeKind",
    "CreativeState",
    "ListedCreativeAnswer",
    "NativeCopyAnswer",
    "SnippetAnswer",
]
