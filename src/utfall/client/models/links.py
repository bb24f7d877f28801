"""What the operations of links answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.words import Word


class CodeOrderOrigin(Word):
    """What the last click before an order with a code was."""

    WITHOUT_CLICK = "without_click"
    OWN_CLICK = "own_click"
    OTHER_CLICK = "other_click"


class LeakVerdict(Word):
    """What the orders of a span say of a code."""

    TOO_FEW = "too_few"
    KEPT = "kept"
    LEAKED = "leaked"


class LinkHealth(Word):
    """What the last check of a link's destination found."""

    _ = ""
    GOOD = "good"
    REDIRECTS_AWAY = "redirects_away"
    PARAMETER_LOST = "parameter_lost"
    NOT_FOUND = "not_found"
    FAILING = "failing"
    UNREACHABLE = "unreachable"
    RESERVED = "reserved"


class CodeAnswer(Struct, frozen=True, kw_only=True):
    """A promo code."""

    id: int
    code: str
    program: int
    advertiser: int
    publisher: int
    description: str
    starts_at: datetime
    ends_at: datetime | None
    created_by: str


class CodeOrderAnswer(Struct, frozen=True, kw_only=True):
    """An order with a code, and the click it came by."""

    reference: str
    outcome: str
    occurred_at: datetime
    status: str
    came: CodeOrderOrigin
    by: int | None
    """Whose click was the last before it."""
    clicked_at: datetime | None
    is_at_checkout: bool
    """Made during checkout, where codes are looked up."""
    currency: str
    commission_micros: int
    """What the code earned with it."""
    receipt: int


class DayClicksAnswer(Struct, frozen=True, kw_only=True):
    """Valid clicks on a day."""

    day: date
    clicks: int


class DeepLinkAnswer(Struct, frozen=True, kw_only=True):
    """An address to one page by an existing link."""

    address: str
    destination: str
    link: int


class DomainAnswer(Struct, frozen=True, kw_only=True):
    """A tracking domain."""

    id: int
    host: str
    target: str
    """Where its CNAME has to lead."""
    verified_at: datetime | None
    checked_at: datetime | None
    problem: str
    """Why it cannot be used yet: unresolved, another, tls, timeout, …"""


class ElsewhereAnswer(Struct, frozen=True, kw_only=True):
    """A publisher whose clicks were the last before orders with somebody else's code."""

    publisher: int
    orders: int
    promotion_types: tuple[str, ...]
    """How it promotes the program."""
    is_voucher: bool


class LeakAnswer(Struct, frozen=True, kw_only=True):
    """How a code's orders of the span came about."""

    code: CodeAnswer
    orders: int
    without_click: int
    own_clicks: int
    """Orders whose last click was the code's own publisher's."""
    elsewhere: int
    """Orders whose last click was somebody else's."""
    others: tuple[ElsewhereAnswer, ...]
    """Whose clicks; empty for publishers."""
    currency: str
    commission_micros: int
    """What the code earned in the span."""
    at_stake_micros: int
    """As much of it as came after clicks of others."""
    share_ppm: int | None
    """`elsewhere` of `orders`; null without orders."""
    verdict: LeakVerdict


class LeakReportAnswer(Struct, frozen=True, kw_only=True):
    """The leaks of a span, leaking codes first."""

    days: int
    since: datetime
    until: datetime
    leaks: tuple[LeakAnswer, ...]
    is_whole: bool
    """False where there were more orders than are read."""


class LinkAnswer(Struct, frozen=True, kw_only=True):
    """A tracking link."""

    id: int
    key: str
    """What stands in its address."""
    address: str
    """What a publisher puts on its page."""
    program: int
    advertiser: int
    publisher: int
    name: str
    destination: str
    property: int | None
    domain: int | None
    parameter: str
    """The parameter in which the shop receives the click id."""
    template: tuple[tuple[str, str], ...]
    """Parameters that are added to the landing address."""
    subs: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None
    health: LinkHealth
    health_note: str
    checked_at: datetime | None
    created_at: datetime


class ListedCodeAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[CodeAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedLinkAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[LinkAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "CodeAnswer",
    "CodeOrderAnswer",
    "CodeOrderOrigin",
    "DayClicksAnswer",
    "DeepLinkAnswer",
    "DomainAnswer",
    "ElsewhereAnswer",
    "LeakAnswer",
    "LeakReportAnswer",
    "LeakVerdict",
    "LinkAnswer",
    "LinkHealth",
    "ListedCodeAnswer",
    "ListedLinkAnswer",
]
