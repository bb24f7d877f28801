"""What crosses the border of the links app."""

from dataclasses import dataclass
from datetime import date, datetime
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
    RESERVED = "reserved"

    @property
    def needs_a_look(self) -> bool:
        """Whether a visitor meets with something wrong."""
        return self not in (Health.UNKNOWN, Health.GOOD, Health.RESERVED)


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


class Came(StrEnum):
    """What the last click before an order with a code was."""

    WITHOUT_CLICK = "without_click"
    OWN_CLICK = "own_click"
    OTHER_CLICK = "other_click"


class LeakVerdict(StrEnum):
    """What the orders of a span say of a code."""

    TOO_FEW = "too_few"
    KEPT = "kept"
    LEAKED = "leaked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOrder:
    """An order with a code, as its advertiser sees it. `by`: whose click was the last before it.

    `commission_micros`: what the code earned with it; 0 where it earned nothing, or a click did.
    """

    reference: str
    outcome: str
    occurred_at: datetime
    status: str
    came: Came
    by: int | None
    clicked_at: datetime | None
    is_at_checkout: bool
    currency: str
    commission_micros: int
    receipt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A publisher whose clicks were the last before orders with somebody else's code."""

    publisher: int
    orders: int
    promotion_types: tuple[str, ...]
    is_voucher: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """How a code's orders of a span came about, and what is at stake.

    `elsewhere` counts the orders whose last click was somebody else's; `others` says whose, to those who buy.
    `commission_micros` is what the code earned in the span, `at_stake_micros` as much of it as came after
    clicks of others.
    """

    code: CodeView
    orders: int
    without_click: int
    own_clicks: int
    elsewhere: int
    others: tuple[Elsewhere, ...]
    currency: str
    commission_micros: int
    at_stake_micros: int
    share_ppm: int | None
    verdict: LeakVerdict

    @property
    def by_vouchers(self) -> int:
        """Orders after clicks of partners that publish vouchers."""
        return sum(one.orders for one in self.others if one.is_voucher)

    @property
    def by_rest(self) -> int:
        """Orders after clicks of others that publish none."""
        return self.elsewhere - self.by_vouchers

    @property
    def is_over(self) -> bool:
        """Whether an end is set already."""
        return self.code.ends_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakReport:
    """The leaks of a span, the leaking codes first; not whole where there were more orders than are read."""

    days: int
    since: datetime
    until: datetime
    leaks: tuple[Leak, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClicks:
    """Valid clicks on a link on a day of UTC."""

    day: date
    clicks: int
