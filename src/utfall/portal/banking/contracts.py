"""What crosses the border of the banking app."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from utfall.portal.invoices.contracts import HouseAccount


class FileKind(StrEnum):
    """What a file of the bank is."""

    STATEMENT = "statement"
    STATUS = "status"
    UNREAD = "unread"


class FileState(StrEnum):
    """Whether a file is read to its end, with or without trouble."""

    READING = "reading"
    READ = "read"


class Verdict(StrEnum):
    """What a movement, or a status, was taken for."""

    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    UNDER_WAY = "under_way"
    KNOWN = "known"
    NOT_NOW = "not_now"
    UNKNOWN_PAYOUT = "unknown_payout"
    DEPOSIT = "deposit"
    SUSPENSE = "suspense"
    SENT_BACK = "sent_back"
    OUTGOING = "outgoing"
    TWICE = "twice"


TO_LOOK_AT: Final = (Verdict.NOT_NOW, Verdict.UNKNOWN_PAYOUT, Verdict.SUSPENSE, Verdict.OUTGOING)
"""What somebody should look at."""


class Settled(StrEnum):
    """How far the event of a movement is; most have none of their own."""

    NONE = "none"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that was imported. `trouble`: why nothing was read of it; `verdicts` counts its movements.
    `rows`: how many it has; `done`: how many of them have their verdict; `task`: the work that reads it.
    """

    id: int
    name: str
    kind: FileKind
    trouble: str
    why: str
    account: str
    way: str
    actor: str
    imported_at: datetime
    state: FileState
    rows: int
    done: int
    task: int | None
    verdicts: tuple[tuple[Verdict, int], ...]

    @property
    def count(self) -> int:
        """How many movements it has."""
        return sum(count for _verdict, count in self.verdicts)

    @property
    def to_look_at(self) -> int:
        """How many of them somebody should look at."""
        return sum(count for verdict, count in self.verdicts if verdict in TO_LOOK_AT)


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositView:
    """Money of an advertiser that came, or (negative) was paid back; `receipt` explains it."""

    day: str
    micros: int
    currency: str
    receipt: int

    @property
    def on(self) -> date:
        """The day, as pages write it."""
        return date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayIn:
    """How an advertiser pays in: under which reference, to which accounts, and what it has paid in."""

    advertiser: int
    advertiser_name: str
    house_name: str
    reference: str
    rf: str
    accounts: tuple[HouseAccount, ...]
    balances: tuple[tuple[str, int], ...]
    deposits: tuple[DepositView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementView:
    """One movement of a file, and what it was taken for. `advertiser` is whose deposit it is."""

    id: int
    file: int
    on: date
    micros: int
    currency: str
    name: str
    reference: str
    text: str
    other_party: str
    verdict: Verdict
    settled: Settled
    code: str
    receipt: int | None
    payout: int | None
    advertiser: int | None
    advertiser_name: str
    suggested: int | None
    """The advertiser that bears the payer's name, on its papers or here: to be looked at, never taken for
    granted.
    """
    suggested_name: str
