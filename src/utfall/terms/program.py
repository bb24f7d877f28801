"""A program: an advertiser's terms, in versions with effective times."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

from utfall.events import DeclineReason
from utfall.terms.parties import TouchClass

DAY_SECONDS = 86_400


class Status(StrEnum):
    """Where a program is in its life; only an active one pays."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class ChannelPolicy(StrEnum):
    """What a program does with an order that the advertiser credits to a channel."""

    NONE = "none"
    ANY = "any"
    CLICK = "click"
    VIEW = "view"


class Windows(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Look-back in seconds per class of touch; zero switches a class off."""

    standard: int = 30 * DAY_SECONDS
    incentive: int = 30 * DAY_SECONDS
    soft: int = 7 * DAY_SECONDS
    view: int = DAY_SECONDS

    def of(self, touch_class: TouchClass) -> int:
        """The window of one class."""
        seconds: int = getattr(self, touch_class.value)
        return seconds


Method = Literal["code", "click", "view", "recurring"]

RECURRING_MONTHS_MOST = 1200


class ProgramTerms(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One version of a program's terms, in force from `effective_from` until the next version's.

    `attribution` is the order in which methods are tried. `channels` maps an advertiser's channel value to a
    policy; `channel_default` holds for every other value and for none. `fee_ppm` is the network's share,
    charged on top of each commission. A conversion is pending until approved, or for `auto_approval_days`
    (None: for ever), and its commission is payable `hold_days` after approval. `max_age_days`: older events
    are refused. Silence waits for the return window of what was bought, which opens `delivery_days` after the
    order (None: it does not). An order is locked `lock_days` after its approval (None: never).
    A customer's first attributed order bonds it to the publisher for `recurring_months` (0: not
    at all), and a customer has lapsed who placed no order for `lapsed_after_days` (None: never).
    """

    version: int
    effective_from: int
    status: Status = Status.ACTIVE
    windows: Windows = field(default_factory=Windows)
    attribution: tuple[Method, ...] = ("code", "click", "view")
    channels: dict[str, ChannelPolicy] = field(default_factory=dict)
    channel_default: ChannelPolicy = ChannelPolicy.ANY
    fee_ppm: int = 0
    hold_days: int = 30
    auto_approval_days: int | None = 30
    max_age_days: int = 90
    consent_required: bool = True
    delivery_days: int | None = None
    lock_days: int | None = None
    recurring_months: int = 0
    lapsed_after_days: int | None = None


class Program(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A program and all versions of its terms, oldest first.

    `evidence_for`: with these reasons, who declines, amends or refunds an order must say what happened. It
    holds for decisions from its seal on, whenever their orders were placed.
    """

    id: int
    advertiser: int
    name: str
    currency: str
    zone: str
    versions: tuple[ProgramTerms, ...]
    evidence_for: tuple[DeclineReason, ...] = ()

    def terms_at(self, at: int) -> ProgramTerms | None:
        """The version in force at a time, None before the first."""
        for version in reversed(self.versions):
            if version.effective_from <= at:
                return version
        return None
