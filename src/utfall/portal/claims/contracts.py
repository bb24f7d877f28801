"""What crosses the border of the claims app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Final, NamedTuple


class State(StrEnum):
    """Where a claim stands."""

    OPEN = "open"
    MORE_INFO = "more_info"
    APPROVED = "approved"
    AUTO_APPROVED = "auto_approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


LIVE: Final = frozenset({State.OPEN, State.MORE_INFO})


class Finding(StrEnum):
    """What the receipts say of a claim; the rows of docs/algorithms/claims.md."""

    ORDER_UNKNOWN = "order_unknown"
    ALREADY_YOURS = "already_yours"
    DECLINED = "declined"
    REFUNDED = "refunded"
    UNPAID = "unpaid"
    CODE_OF_ANOTHER = "code_of_another"
    LATER_CLICK_WON = "later_click_won"
    CLICK_DID_NOT_COUNT = "click_did_not_count"
    NO_CLICK = "no_click"


class Denial(StrEnum):
    """Why a claim was denied. The last two are decided by the clock."""

    WON_BY_ANOTHER = "won_by_another"
    ORDER_CANCELLED = "order_cancelled"
    NO_SUCH_ORDER = "no_such_order"
    NOT_BY_TERMS = "not_by_terms"
    PROOF_INSUFFICIENT = "proof_insufficient"
    ALREADY_PAID = "already_paid"
    OTHER = "other"
    RECEIPT_STANDS = "receipt_stands"
    NO_ANSWER = "no_answer"


BY_PEOPLE: Final = tuple(one for one in Denial if one not in (Denial.RECEIPT_STANDS, Denial.NO_ANSWER))


class Award(StrEnum):
    """How far the award of an approved claim is."""

    NONE = "none"
    WRITING = "writing"
    WRITTEN = "written"
    BOOKED = "booked"
    OVERRULED = "overruled"


class Upload(NamedTuple):
    """A file somebody sends as proof."""

    name: str
    file: IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim as a publisher files it."""

    program: int
    reference: str
    placed_on: date
    amount_micros: int
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the book and its receipts say, for both sides. `remarks`: day_differs, amount_differs,
    currency_differs.
    """

    finding: Finding
    click_at: datetime | None = None
    rule: str = ""
    reason: str = ""
    remarks: Sequence[str] = ()
    is_open: bool = False
    """Whether silence approves: the receipts do not answer the claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """A file that was sent with a message."""

    id: int
    name: str
    kind: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message of the conversation; `side` is who wrote it."""

    id: int
    side: str
    actor: str
    text: str
    at: datetime
    proofs: tuple[ProofView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim as either side may read it. `order` is known to the advertiser's side only."""

    id: int
    advertiser: int
    advertiser_name: str
    program: int
    program_name: str
    publisher: int
    publisher_name: str
    reference: str
    placed_on: date
    amount_micros: int
    currency: str
    note: str
    answer: Answer
    order: int | None
    state: State
    denial: str
    words: str
    award: Award
    award_reference: str
    award_reason: str
    receipt: int | None
    commission_micros: int | None
    filed_at: datetime
    due_at: datetime
    asked_at: datetime | None
    decided_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in LIVE

    @property
    def is_goodwill(self) -> bool:
        """Whether an approval would pay outside of the order itself."""
        return not self.answer.is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Open claims whose clock ends before a moment: how many, over what by currency, when the last of them
    ends, and when the newest of them was filed."""

    claims: int
    sums: Mapping[str, int]
    due_last: datetime
    filed_last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How a program deals with claims: of those decided in half a year, how many and how fast."""

    program: int
    decided: int
    approved: int
    median_hours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """How long a program takes at most, from when on."""

    program: int
    days: int
    starts_at: datetime | None
