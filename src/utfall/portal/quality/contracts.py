"""What crosses the border of the quality app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from utfall.portal.conversions.contracts import OrderView
from utfall.science.quality import Detector

Facts = Mapping[str, float | str]


class State(StrEnum):
    """Where a finding stands. `gone`: a later look no longer finds it."""

    OPEN = "open"
    DISMISSED = "dismissed"
    GONE = "gone"


class Handling(StrEnum):
    """What was decided about a blamed order. `lapsed`: it was held, and decided about elsewhere."""

    HELD = "held"
    RELEASED = "released"
    DECLINED = "declined"
    LAPSED = "lapsed"


class Ends(StrEnum):
    """What happens to a held order a day before silence would approve it."""

    NOTHING = "nothing"
    DECLINE = "decline"


class Compared(StrEnum):
    """In what publishers are compared."""

    APPROVAL = "approval"
    CONVERSION = "conversion"


COMPARED_LEAST: Final = 5
"""Fewer publishers than these are not compared: a quartile among four is somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding as the advertiser's side reads it. `held`, `released`, `declined` count its orders."""

    id: int
    advertiser: int
    program: int
    program_name: str
    publisher: int
    publisher_name: str
    detector: Detector
    sentence: str
    code: str
    since: datetime
    until: datetime
    state: State
    orders: int
    clicks: int
    stake_micros: int
    currency: str
    chance: float | None
    found_at: datetime
    seen_at: datetime
    actor: str
    why: str
    decided_at: datetime | None
    held: int
    released: int
    declined: int

    @property
    def undecided(self) -> int:
        """Orders that nobody has decided about."""
        return self.orders - self.held - self.released - self.declined


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An open finding as facts; `numbers` are those of its sentence."""

    finding: int
    detector: Detector
    code: str
    numbers: Facts
    publisher: int
    publisher_name: str
    orders: int
    clicks: int
    stake_micros: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledView:
    """What was decided about an order, by whom, and what happens when nobody decides more."""

    order: int
    finding: int
    state: Handling
    ends: Ends
    deadline: datetime | None
    reason: str
    why: str
    actor: str
    at: datetime
    batch: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlamedView:
    """A blamed order: what is said of it, and where it stands now. `order` is None until it can be read."""

    number: int
    reference: str
    placed_at: datetime
    sentence: str
    honest: float | None
    is_theirs: bool
    owed_micros: int
    currency: str
    order: OrderView | None
    handled: HandledView | None

    @property
    def can_be_declined(self) -> bool:
        """Whether a decision about it would concern the blamed publisher's money."""
        return self.is_theirs and self.order is not None and self.order.status.value == "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldView:
    """A held order in the queue: what it is, what it is blamed for, and until when somebody has to decide."""

    handled: HandledView
    finding: FindingView
    order: OrderView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The quartiles of a share among the program's publishers, in ppm, and how many they are."""

    lower_ppm: int
    median_ppm: int
    upper_ppm: int
    publishers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """How a publisher's traffic in a program looks. A share is None where there is too little to judge by.

    `spreads`: the program's quartiles, where enough publishers have one.
    """

    program: int
    program_name: str
    publisher: int
    publisher_name: str
    clicks: int
    orders: int
    approved: int
    declined: int
    approval_ppm: int | None
    conversion_ppm: int | None
    median_seconds: int | None
    delays: tuple[int, ...]
    spreads: Mapping[Compared, Spread]
    at: datetime
    refused: Sequence[tuple[str, int]] = ()
    """Refused clicks by reason, the most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookView:
    """The last look at a program."""

    program: int
    program_name: str
    at: datetime
    since: datetime
    orders: int
    clicks: int
    left_out: str
    delays: tuple[int, ...]
    spreads: Mapping[Compared, Spread]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a decision about several orders: how many were taken, and why others were not."""

    done: int
    left: Mapping[str, int]
    """By reason code, how many orders were left as they are."""
    batch: int | None = None
