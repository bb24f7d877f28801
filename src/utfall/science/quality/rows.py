"""What is looked at, and what is said of it: plain rows in, frozen findings out."""

from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class Detector(StrEnum):
    """What found it."""

    LATE_CLICK = "late_click"
    QUICK_CLICK = "quick_click"
    FLOODED_CLICK = "flooded_click"
    ROBOT_CLICKS = "robot_clicks"
    OWN_ORDER = "own_order"
    OWN_IDENTITY = "own_identity"
    DUPLICATE_LEAD = "duplicate_lead"
    LEAKED_CODE = "leaked_code"


class Touched(Struct, frozen=True):
    """A click that an order brought: when, and whose."""

    at: int
    publisher: int


class Clicked(Struct, frozen=True, kw_only=True, gc=False):
    """A click, as an installation knows it. Times are UTC milliseconds, people pseudonyms."""

    id: str
    at: int
    program: int
    publisher: int
    address: str | None = None
    device: str | None = None


class Ordered(Struct, frozen=True, kw_only=True):
    """An order, once. `publisher` claims it; `owed_micros` is what the claim is worth."""

    id: str
    at: int
    program: int
    publisher: int
    touches: tuple[Touched, ...] = ()
    visitor: str | None = None
    customer: str | None = None
    address: str | None = None
    device: str | None = None
    checkout_at: int | None = None
    code: str | None = None
    code_holder: int | None = None
    is_lead: bool = False
    owed_micros: int = 0
    currency: str = ""

    @property
    def claim_at(self) -> int | None:
        """When the claiming publisher's last click came; None where it had none."""
        return max((one.at for one in self.touches if one.publisher == self.publisher), default=None)

    @property
    def delay_ms(self) -> int | None:
        """From the claiming click to the order."""
        return None if self.claim_at is None else max(self.at - self.claim_at, 0)


Numbers: TypeAlias = dict[str, float]


class Verdict(Struct, frozen=True, kw_only=True):
    """What is doubtful about one order, or one click. `honest` is the chance that it is honest after all,
    where the detector can tell; `numbers` are those of `says`.
    """

    subject: str
    is_order: bool
    program: int
    publisher: int
    detector: Detector
    numbers: Numbers
    says: str
    p_value: float | None = None
    honest: float | None = None


class Period(Struct, frozen=True, kw_only=True):
    """When a publisher's counts were no longer usual: `[since, until)`, whole UTC days."""

    detector: Detector
    program: int
    publisher: int
    since: int
    until: int
    observed: int
    expected: float
    p_value: float
    code: str | None = None


class Stake(Struct, frozen=True, kw_only=True):
    """A publisher in a program: how many orders, how many of them are doubtful, and what is owed for them."""

    program: int
    publisher: int
    currency: str
    orders: int
    doubtful: int
    owed_micros: int
    at_stake_micros: int
    clicks: int
    doubtful_clicks: int
    by_detector: dict[Detector, int]


class Findings(Struct, frozen=True, kw_only=True):
    """All that was found."""

    verdicts: tuple[Verdict, ...]
    periods: tuple[Period, ...]
    stakes: tuple[Stake, ...]
