"""Who takes part, and by which links and codes."""

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct

from utfall.events.limits import SUB_IDS


class PromotionType(StrEnum):
    """How a publisher promotes."""

    CONTENT = "content"
    EMAIL = "email"
    PRICE_COMPARISON = "price_comparison"
    VOUCHER = "voucher"
    CASHBACK = "cashback"
    LOYALTY = "loyalty"
    CARD_LINKED = "card_linked"
    EMPLOYEE_BENEFITS = "employee_benefits"
    SUB_NETWORK = "sub_network"
    DISPLAY = "display"
    SEARCH = "search"
    RETARGETING = "retargeting"
    EXTENSION = "extension"


class TouchClass(StrEnum):
    """Rank of a touch: standard and incentive clicks stand above soft clicks, and those above views."""

    STANDARD = "standard"
    INCENTIVE = "incentive"
    SOFT = "soft"
    VIEW = "view"


CLASS_OF_PROMOTION: Final[dict[PromotionType, TouchClass]] = {
    PromotionType.CASHBACK: TouchClass.INCENTIVE,
    PromotionType.LOYALTY: TouchClass.INCENTIVE,
    PromotionType.EMPLOYEE_BENEFITS: TouchClass.INCENTIVE,
    PromotionType.RETARGETING: TouchClass.SOFT,
    PromotionType.EXTENSION: TouchClass.SOFT,
}
"""The class of a publisher's clicks by promotion type; standard where none is named."""


class Advertiser(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Who pays. `postback_digest`: BLAKE2b-256 of the secret a postback must carry; without one, postbacks
    tell of orders and amend none. `accepts_pixel`: whether browsers may tell of orders, though easily forged.
    """

    id: int
    name: str
    postback_digest: str | None = None
    accepts_pixel: bool = True


class Publisher(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Who is paid for what it caused."""

    id: int
    name: str
    promotion_type: PromotionType = PromotionType.CONTENT


class Group(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A tier of partners within one program."""

    id: int
    program: int
    name: str


class Enrolment(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A publisher approved in a program during an interval; a move between groups ends one and starts the
    next.
    """

    program: int
    publisher: int
    starts_at: int
    ends_at: int | None = None
    group: int | None = None

    def holds_at(self, at: int) -> bool:
        """Whether the enrolment was in force."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


MACRO: Final = re.compile(r"\{([^{}]*)\}")
MACROS: Final = ("click", "link", "publisher", "program", *(f"sub{n}" for n in range(1, SUB_IDS + 1)))
"""What a link's template may name: the click's token, the link's key, two ids, the publisher's sub-ids."""


class Link(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A tracking link or placement of one publisher in one program; `key` is what stands in its address.

    `domains` are the hosts (and their subdomains) a deep link may lead to, beside the destination's own host.
    `template` are parameters that are added to the address of the page, as pairs of a name and a value, in
    which `{click}`, `{link}`, `{publisher}`, `{program}` and `{sub1}` to `{sub10}` stand for what they name.
    """

    id: int
    key: str
    program: int
    publisher: int
    destination: str
    domains: tuple[str, ...] = ()
    parameter: str = "utfall"
    touch_class: TouchClass | None = None
    channel: str | None = None
    starts_at: int = 0
    ends_at: int | None = None
    template: tuple[tuple[str, str], ...] = ()

    def holds_at(self, at: int) -> bool:
        """Whether the link was valid."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class Code(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A promo code that belongs to one publisher during an interval; compared without regard to case."""

    code: str
    program: int
    publisher: int
    starts_at: int = 0
    ends_at: int | None = None

    def holds_at(self, at: int) -> bool:
        """Whether the code was the publisher's."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class ApiKey(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A bearer key, known only by its BLAKE2b-256 digest. It speaks for one advertiser or one publisher."""

    digest: str
    name: str
    advertiser: int | None = None
    publisher: int | None = None
    expires_at: int | None = None
