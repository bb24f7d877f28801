"""What crosses the border of the invoices app about papers and their runs."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from utfall.bank import days_over
from utfall.events import PaperKind
from utfall.papers import Line, Paper
from utfall.papers.words import Language
from utfall.portal.access.errors import Words


class Side(StrEnum):
    """Whose papers a run issues."""

    BOTH = "both"
    ADVERTISER = "advertiser"
    PUBLISHER = "publisher"


class RunState(StrEnum):
    """Where a run stands."""

    DRAFTING = "drafting"
    DRAFT = "draft"
    ISSUING = "issuing"
    ISSUED = "issued"
    CANCELLED = "cancelled"


MOVING = frozenset({RunState.DRAFTING, RunState.ISSUING})
"""Something is being done, and it is worth looking again in a moment."""


class PaperState(StrEnum):
    """Where a paper stands; `none`: nobody gets it, for a reason."""

    DRAFT = "draft"
    NONE = "none"
    PENDING = "pending"
    ISSUED = "issued"
    REFUSED = "refused"


class Standing(StrEnum):
    """What an invoice is asked for by."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWanted:
    """What is to be issued: all that was earned until the end of a day.

    `since`: the first day of papers of parties that have none yet; left out, the first of the month.
    """

    until: date
    since: date | None = None
    side: Side = Side.BOTH
    party: int | None = None
    currency: str = ""


def month_wanted(year: int, month: int, **more: Any) -> RunWanted:
    """A whole month.

    >>> month_wanted(2026, 2).until
    datetime.date(2026, 2, 28)
    """
    last = monthrange(year, month)[1]
    return RunWanted(since=date(year, month, 1), until=date(year, month, last), **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Papers of one kind in one currency."""

    kind: PaperKind
    currency: str
    papers: int
    net_micros: int
    tax_micros: int

    @property
    def total_micros(self) -> int:
        """Net and tax."""
        return self.net_micros + self.tax_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run. `totals` are of papers that are drafted, on their way or issued; `states` count all its rows."""

    id: int
    side: Side
    party: int | None
    party_name: str
    currency: str
    since: date
    until: date
    through: int
    state: RunState
    actor: str
    made_at: datetime
    issued_on: date | None
    issued_by: str
    ended_at: datetime | None
    work: int | None
    totals: Sequence[Total]
    states: Sequence[tuple[PaperState, int]]

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again in a moment."""
        return self.state in MOVING

    def count(self, state: PaperState) -> int:
        """How many of its rows are in a state."""
        return dict(self.states).get(state, 0)

    @property
    def may_issue(self) -> bool:
        """Whether something waits to be issued."""
        return self.state is RunState.DRAFT and self.count(PaperState.DRAFT) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A row of a run: a paper that is drafted, on its way or issued, or why there is none."""

    id: int
    kind: PaperKind
    party: int
    party_name: str
    currency: str
    net_micros: int
    tax_micros: int
    standing_micros: int
    state: PaperState
    name: str
    reason: str
    sentence: Words
    lines: tuple[Line, ...]

    @property
    def total_micros(self) -> int:
        """Net and tax."""
        return self.net_micros + self.tax_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """An issued paper as the book has it now. Amounts of credits are negative; `id` is None of a paper that
    something else than a run told.
    """

    id: int | None
    name: str
    kind: PaperKind
    owner: str
    party: int
    party_name: str
    currency: str
    net_micros: int
    tax_micros: int
    open_micros: int
    credited_micros: int
    period_from: date
    period_until: date
    issued_on: date
    due_on: date | None
    corrects: str | None
    receipt: int
    transaction: int | None
    digest: str

    @property
    def total_micros(self) -> int:
        """Net and tax."""
        return self.net_micros + self.tax_micros

    @property
    def creditable_micros(self) -> int:
        """How much of its net a credit note may still take back."""
        return max(self.net_micros - self.credited_micros, 0)

    def is_overdue(self, today: date) -> bool:
        """Whether it is not paid though it was due."""
        return self.open_micros > 0 and days_over(self.currency, self.due_on, today) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is frozen of a paper: its bytes, their SHA-256, and the paper they say."""

    name: str
    digest: str
    content: bytes
    paper: Paper
    language: Language
