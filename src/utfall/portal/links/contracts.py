"""What crosses the border of the links app."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """What the last check of a link's destination found."""

    UNKNOWN = ""
    GOOD = "good"
    REDIRECTS_AWAY = "redirects_away"
    PARAMETER_LOST = "parameter_lost"
    NOT_FOUND = "not_found"
    FAILING = "failing"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDraft:
    """A tracking link as somebody wants it. `key`: what stands in its address, made up when left out.

    `template`: parameters added to the landing address, as (name, value with macros). `subs`: sub-ids in its
    address, in order from `sub1`.
    """

    program: int
    destination: str = ""
    name: str = ""
    key: str = ""
    publisher: int | None = None
    property: int | None = None
    domain: int | None = None
    parameter: str = "utfall"
    template: tuple[tuple[str, str], ...] = ()
    subs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A tracking link as it stands. `address` is what a publisher puts on its page."""

    id: int
    key: str
    address: str
    program: int
    advertiser: int
    publisher: int
    name: str
    destination: str
    property: int | None
    domain: int | None
    parameter: str
    template: tuple[tuple[str, str], ...]
    subs: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None
    health: Health
    health_note: str
    checked_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepLink:
    """An address that leads to one page of the shop by an existing link."""

    address: str
    destination: str
    link: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainView:
    """A tracking domain, and what must be set up for it to be used."""

    id: int
    host: str
    target: str
    verified_at: datetime | None
    checked_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDraft:
    """A promo code for one publisher, from now or a later moment on."""

    program: int
    publisher: int
    code: str
    description: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A promo code and whose it is."""

    id: int
    code: str
    program: int
    advertiser: int
    publisher: int
    description: str
    starts_at: datetime
    ends_at: datetime | None
    created_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """How a code's orders of a span came about: how many followed a click of somebody else.

    `others` counts, per publisher, the orders with this code whose last click was that publisher's.
    """

    code: CodeView
    orders: int
    without_click: int
    own_clicks: int
    others: dict[int, int] = field(default_factory=dict)

    @property
    def elsewhere(self) -> int:
        """Orders with the code that came by clicks of others."""
        return sum(self.others.values())
