"""What crosses the facade: frozen values, never a model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from utfall.engine import Counters, Decisions

Party = Literal["advertiser", "publisher"]


class BookError(Exception):
    """Root of what the book answers instead of doing what was asked.

    BookError
    ├── Fenced          another settler took over; stop
    └── Unknown         nothing in the book has that number
    """


class Fenced(BookError):
    """The book has a newer epoch: another settler took over, and this one may commit no more."""

    def __init__(self, held: int, found: int, holder: str) -> None:
        super().__init__(f"epoch {held} is over: epoch {found} is held by {holder}")
        self.held = held
        self.found = found
        self.holder = holder


class Unknown(BookError):
    """The book holds nothing under that number or reference."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book that is open: the file, and the name Django knows it by."""

    path: Path
    alias: str


class Place(NamedTuple):
    """How far a stream is settled; the checksum of the commit that ends there, where one does."""

    position: int
    checksum: bytes | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where settlement stands: the last batch and its clock, and every stream's place."""

    seq: int
    now: int
    counters: Counters
    places: dict[str, Place]


class SignedRoot(NamedTuple):
    """The Merkle root over a batch's receipts, and who signed it; unsigned where nobody may."""

    root: bytes
    signature: bytes | None
    key: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A decided batch, ready to be committed."""

    decisions: Decisions
    manifest: bytes
    events: int
    places: dict[str, Place]
    root: SignedRoot | None
    advertisers: dict[int, int]
    facts: bytes | None


class Balance(NamedTuple):
    """What stands on an account; debit positive, credit negative."""

    owner: str
    owner_id: int
    bucket: str
    currency: str
    balance_micros: int


class TrialBalance(NamedTuple):
    """All balances of a currency, debits and credits; together they are always zero."""

    currency: str
    debits_micros: int
    credits_micros: int

    @property
    def difference_micros(self) -> int:
        """Zero, or the book is broken."""
        return self.debits_micros + self.credits_micros


class Earned(NamedTuple):
    """What a publisher earned in a currency, by status of its commissions."""

    publisher: int
    currency: str
    status: str
    commission_micros: int


class BudgetRow(NamedTuple):
    """One row of a limit. Publisher 0, and the empty customer: all together."""

    limit: int
    period: str
    publisher: int
    cap: int
    reserved: int
    settled: int
    customer: str = ""


class BatchRow(NamedTuple):
    """A settled batch, with the signed root of its receipts."""

    seq: int
    now: int
    snapshot: str
    events: int
    manifest: bytes
    first_receipt: int
    receipts: int
    root: bytes | None
    signature: bytes | None
    key: str | None


class ReceiptRow(NamedTuple):
    """A receipt with both sides."""

    id: int
    hash: str
    prior: str | None
    kind: str
    conversion: int | None
    transaction: int | None
    program: int | None
    publisher: int | None
    batch: int
    body: bytes
    advertiser_side: bytes
    publisher_side: bytes


class ConversionRow(NamedTuple):
    """Where an order stands."""

    id: int
    advertiser: int
    outcome: str
    reference: str
    event: str
    occurred_at: int
    status: str
    reason: str | None
    program: int | None
    publisher: int | None
    currency: str
    amount_micros: int
    commission_micros: int
    fee_micros: int


class TransactionRow(NamedTuple):
    """What a transaction is about."""

    id: int
    kind: str
    currency: str
    occurred_at: int
    program: int
    publisher: int
    batch: int
    event: str | None
    conversion: int | None
    rule: int | None
    corrects: int | None


class EntryRow(NamedTuple):
    """One side of a transaction, with its account."""

    transaction: int
    owner: str
    owner_id: int
    bucket: str
    currency: str
    amount_micros: int


class OutboxRow(NamedTuple):
    """What one batch tells the lake."""

    batch: int
    body: bytes
