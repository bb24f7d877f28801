"""What the page of an order tells: its story in time, and its sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from utfall.portal.access.errors import Words
from utfall.portal.conversions.contracts import OrderView, Party
from utfall.portal.tracking.contracts import (
    ReceiptLimit,
    ReceiptLine,
    ReceiptPart,
    ReceiptTier,
    StandingCorrection,
)


class Happening(StrEnum):
    """What kind of thing happened, or is to come."""

    TOUCH = "touch"
    CHECKOUT = "checkout"
    ORDER = "order"
    DECISION = "decision"
    REFUSAL = "refusal"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment of an order's story. `place`: where it stands on the time axis, in thousandths of its length.

    `kind` is the method of a touch (click, view, code), or what a receipt decided. `fate` says why a touch
    left, nothing for the one that won; `is_hidden` is a touch of another publisher. `after_s` is the time
    since the moment before.
    """

    at: datetime
    happening: Happening
    kind: str
    tone: str
    who: str = ""
    link: int | None = None
    touch_class: str = ""
    fate: Words = ""
    status: str = ""
    because: str = ""
    evidence: str = ""
    commission_micros: int | None = None
    receipt: int | None = None
    is_winner: bool = False
    is_hidden: bool = False
    place: int = 0
    after_s: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An order with everything that is known of how it came to stand where it stands, oldest first.

    `lines`, `tiers` and `parts` (of several publishers) are those of the latest receipt; `corrections` are of
    the order's period, as they stand.
    `terms_version` held when the order was placed and decides about it; `click_terms_version` held when the
    click was made that earned it. `is_shortened` where there are too many receipts to tell all.
    """

    order: OrderView
    party: Party
    parties: tuple[Party, ...]
    moments: Sequence[Moment]
    lines: Sequence[ReceiptLine]
    tiers: Sequence[ReceiptTier]
    parts: Sequence[ReceiptPart]
    corrections: Sequence[StandingCorrection]
    limits: Sequence[ReceiptLimit]
    commission_micros: int | None
    fee_micros: int | None
    cost_micros: int | None
    terms_version: int | None
    click_terms_version: int | None
    because: str
    evidence: str
    is_shortened: bool
    is_behind: bool

    @property
    def on_top_micros(self) -> int:
        """What the advertiser pays beside the price of the lines."""
        is_payer = self.party == "advertiser"
        return sum(one.stands_micros for one in self.parts if is_payer and one.kind == "on_top")
