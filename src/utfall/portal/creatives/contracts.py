"""What crosses the border of the creatives app."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO, NamedTuple

from utfall.portal.access.errors import Words


class Kind(StrEnum):
    """What a creative is."""

    IMAGE = "image"
    HTML5 = "html5"
    TEXT = "text"
    NATIVE = "native"
    VIDEO = "video"


class State(StrEnum):
    """Where a creative is on its way to partners; only an approved one is shown to them."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    ARCHIVED = "archived"


class Upload(NamedTuple):
    """A file somebody sends: the name it had on their machine, and its bytes from the beginning."""

    name: str
    file: IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreativeDraft:
    """What somebody says of a creative. `width` and `height` are asked for only where the file has none.

    `is_ready`: it goes on to partners (or to review) at once, instead of waiting as a draft.
    """

    program: int
    name: str = ""
    language: str = ""
    alt: str = ""
    destination: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    width: int = 0
    height: int = 0
    is_ready: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The words of a text or native creative."""

    headline: str
    body: str = ""
    call_to_action: str = ""
    sponsored_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreativeView:
    """A creative as it stands. `address`: its file at the edge, empty where it is only words."""

    id: int
    program: int
    advertiser: int
    kind: Kind
    state: State
    name: str
    language: str
    alt: str
    destination: str
    width: int
    height: int
    bytes: int
    duration_ms: int
    extension: str
    address: str
    icon_address: str
    words: Copy
    starts_at: datetime | None
    ends_at: datetime | None
    is_over: bool
    is_coming: bool
    reason: str
    submitted_by: str
    decided_by: str
    created_by: str
    created_at: datetime

    @property
    def is_shown(self) -> bool:
        """Whether partners see it now."""
        return self.state is State.APPROVED and not self.is_over and not self.is_coming

    @property
    def size(self) -> str:
        """Its width and height, as the trade writes them; empty where it has none."""
        return f"{self.width}×{self.height}" if self.width else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreativeFilter:
    """Which creatives are wanted; what is empty is not asked for. `size` is written 300x250."""

    program: int | None = None
    kind: Kind | None = None
    state: State | None = None
    language: str = ""
    size: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to filter by, among what a caller sees."""

    programs: tuple[int, ...]
    sizes: tuple[str, ...]
    languages: tuple[str, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """HTML that shows a creative by one link, counts that it was seen, and leads to the shop."""

    creative: int
    link: int
    code: str
    click_address: str
    pixel_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVerdict:
    """What became of one of several files: the creative, or why there is none."""

    name: str
    view: CreativeView | None
    code: str = ""
    sentence: Words = ""
