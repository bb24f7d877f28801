"""What crosses the border of the funding app."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

USUAL_DAYS: Final = 30
"""Within how many days an invoice is due where nothing was agreed."""
LOW_PPM: Final = 900_000
"""From this share of the means on, what is left is little."""
TENTHS: Final = 10


class Way(StrEnum):
    """How an advertiser pays."""

    PREPAID = "prepaid"
    INVOICED = "invoiced"


class State(StrEnum):
    """How much an advertiser has left in a currency."""

    OPEN = "open"
    WELL = "well"
    LOW = "low"
    EXHAUSTED = "exhausted"


class FundedState(StrEnum):
    """Whether a publisher's commission is funded."""

    FUNDED = "funded"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class Told(StrEnum):
    """How far a settling is."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDraft:
    """Terms as they are proposed. `limit_micros`: None is without a limit; of prepaid ones it is nothing."""

    currency: str
    way: Way
    limit_micros: int | None = None
    days_to_pay: int = USUAL_DAYS
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView:
    """Terms of an advertiser in a currency; `since` is None where nothing was agreed."""

    advertiser: int
    currency: str
    way: Way
    limit_micros: int | None
    days_to_pay: int
    since: datetime | None
    actor: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an advertiser stands in a currency, in micros, as of an entry of the book."""

    advertiser: int
    terms: TermsView
    deposit_micros: int
    accrued_micros: int
    owed_micros: int
    receivable_micros: int
    entry: int

    @property
    def currency(self) -> str:
        """Of all its amounts."""
        return self.terms.currency

    @property
    def used_micros(self) -> int:
        """Pending orders, approved ones, and invoices that are not paid."""
        return self.accrued_micros + self.owed_micros + self.receivable_micros

    @property
    def means_micros(self) -> int | None:
        """What may be used; None: as much as there is."""
        limit = self.terms.limit_micros
        return None if limit is None else self.deposit_micros + limit

    @property
    def room_micros(self) -> int | None:
        """What is left, below zero where more is used than there is."""
        means = self.means_micros
        return None if means is None else means - self.used_micros

    @property
    def share_ppm(self) -> int | None:
        """How much of the means is used; None where there is no limit, or nothing to use."""
        means = self.means_micros
        return self.used_micros * 1_000_000 // means if means else None

    @property
    def state(self) -> State:
        """How much is left."""
        means, room = self.means_micros, self.room_micros
        if means is None or room is None:
            return State.OPEN
        if room <= 0:
            return State.EXHAUSTED
        return State.LOW if self.used_micros * 1_000_000 >= means * LOW_PPM else State.WELL

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there and nothing was agreed."""
        return not (self.deposit_micros or self.used_micros or self.terms.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlingView:
    """What a deposit paid of a paper, or (below zero) got back by one. `code`: why the book refused it."""

    id: int
    advertiser: int
    advertiser_name: str
    paper: str
    currency: str
    micros: int
    state: Told
    code: str
    receipt: int | None
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """What a publisher waits for in a program, and how much of it is funded. `status`: pending, approved or
    payable. What is not funded is invoiced and can still be paid in time, or overdue, or not invoiced yet.
    """

    program: int
    advertiser: int
    currency: str
    status: str
    micros: int
    funded_micros: int
    invoiced_micros: int = 0
    overdue_micros: int = 0

    @property
    def lacking_micros(self) -> int:
        """What is not funded."""
        return max(self.micros - self.funded_micros, 0)

    @property
    def later_micros(self) -> int:
        """What is not funded and not invoiced yet."""
        return max(self.lacking_micros - self.invoiced_micros - self.overdue_micros, 0)

    @property
    def state(self) -> FundedState:
        """All of it, some of it, or none."""
        if self.funded_micros >= self.micros:
            return FundedState.FUNDED
        return FundedState.PARTLY if self.funded_micros > 0 else FundedState.NOT_YET
