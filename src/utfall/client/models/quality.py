"""What the operations of quality answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.models.conversions import OrderStatus
from utfall.client.words import Word


class BlamedHandling(Word):
    """What was decided about a blamed order. `lapsed`: it was held, and decided about elsewhere."""

    HELD = "held"
    RELEASED = "released"
    DECLINED = "declined"
    LAPSED = "lapsed"


class HoldEnds(Word):
    """What happens to a held order a day before silence would approve it."""

    NOTHING = "nothing"
    DECLINE = "decline"


class Detector(Word):
    """What found it."""

    LATE_CLICK = "late_click"
    QUICK_CLICK = "quick_click"
    FLOODED_CLICK = "flooded_click"
    ROBOT_CLICKS = "robot_clicks"
    OWN_ORDER = "own_order"
    OWN_IDENTITY = "own_identity"
    DUPLICATE_LEAD = "duplicate_lead"
    LEAKED_CODE = "leaked_code"


class FindingState(Word):
    """Where a finding stands. `gone`: a later look no longer finds it."""

    OPEN = "open"
    DISMISSED = "dismissed"
    GONE = "gone"


class BlamedHandlingAnswer(Struct, frozen=True, kw_only=True):
    """What was decided about a blamed order."""

    order: int
    finding: int
    state: BlamedHandling
    ends: HoldEnds
    deadline: datetime | None
    """When silence approves it."""
    reason: str
    why: str
    at: datetime
    batch: int | None
    """The batch of decisions that declined it."""


class BlamedAnswer(Struct, frozen=True, kw_only=True):
    """An order that a finding blames."""

    number: int
    reference: str
    placed_at: datetime
    sentence: str
    honest: float | None
    """The chance that it is honest after all, where that is known."""
    is_theirs: bool
    """Whether the blamed publisher would be paid for it."""
    owed_micros: int
    currency: str
    status: OrderStatus | None
    handled: BlamedHandlingAnswer | None


class BlamedResultAnswer(Struct, frozen=True, kw_only=True):
    """What came of a decision about several orders."""

    done: int
    left: dict[str, int]
    """By reason code, how many were left as they are."""
    batch: int | None


class FindingAnswer(Struct, frozen=True, kw_only=True):
    """Something doubtful. `stake_micros`: still to be paid and not decided about."""

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
    state: FindingState
    orders: int
    clicks: int
    stake_micros: int
    currency: str
    chance: float | None
    """How likely by chance alone."""
    found_at: datetime
    seen_at: datetime
    why: str
    decided_at: datetime | None
    held: int
    released: int
    declined: int


class ListedBlamedAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[BlamedAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedBlamedHandlingAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[BlamedHandlingAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedFindingAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[FindingAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class QuartilesAnswer(Struct, frozen=True, kw_only=True):
    """Quartiles among a program's publishers, in parts per million, without names."""

    lower_ppm: int
    median_ppm: int
    upper_ppm: int
    publishers: int


class RefusedClicksAnswer(Struct, frozen=True, kw_only=True):
    """Clicks that did not count, for one reason."""

    reason: str
    clicks: int


class TrafficProfileAnswer(Struct, frozen=True, kw_only=True):
    """How a publisher's traffic in a program looks; a share is null where there is too little."""

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
    """Orders by how long they took; the steps are `delay_steps`."""
    spreads: dict[str, QuartilesAnswer]
    refused: tuple[RefusedClicksAnswer, ...]
    at: datetime


class ListedTrafficProfileAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[TrafficProfileAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class QualityLookAnswer(Struct, frozen=True, kw_only=True):
    """The last look at a program."""

    program: int
    program_name: str
    at: datetime
    since: datetime
    orders: int
    clicks: int
    left_out: str
    delays: tuple[int, ...]
    delay_steps: tuple[int, ...]
    """Seconds at which the steps of `delays` end."""
    spreads: dict[str, QuartilesAnswer]


__all__ = [
    "BlamedAnswer",
    "BlamedHandling",
    "BlamedHandlingAnswer",
    "BlamedResultAnswer",
    "Detector",
    "FindingAnswer",
    "FindingState",
    "HoldEnds",
    "ListedBlamedAnswer",
    "ListedBlamedHandlingAnswer",
    "ListedFindingAnswer",
    "ListedTrafficProfileAnswer",
    "QualityLookAnswer",
    "QuartilesAnswer",
    "RefusedClicksAnswer",
    "TrafficProfileAnswer",
]
