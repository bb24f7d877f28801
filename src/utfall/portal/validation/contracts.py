"""What crosses the border of the validation app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from utfall.engine import OrderStatus
from utfall.events import Action, DeclineReason
from utfall.portal.access.errors import Words

Sum = int | str | None
"""An amount: micros, or a decimal as people write it in the order's currency; None where none is given."""


class Way(StrEnum):
    """How decisions came to us."""

    PAGE = "page"
    SELECTION = "selection"
    FILTER = "filter"
    FILE = "file"
    API = "api"
    CLAIM = "claim"


class State(StrEnum):
    """How far a batch is."""

    READING = "reading"
    READY = "ready"
    WRITING = "writing"
    WRITTEN = "written"
    SETTLED = "settled"
    DISCARDED = "discarded"
    FAILED = "failed"


class RowState(StrEnum):
    """What became of a row.

    `refused`: judged wrong, nothing was written. `waiting`: in the journal, not settled yet. `overruled`:
    settlement refused it, with a reason.
    """

    REFUSED = "refused"
    READY = "ready"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    OVERRULED = "overruled"


class Due(StrEnum):
    """When silence approves: today, within a week, later, or never."""

    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """One line of an order, by its place from 1, and an amount; None is the whole line."""

    line: int
    amount: Sum = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One decision as it is asked for: an order by our number, or by its reference (and day, and outcome)."""

    order: int | None = None
    reference: str = ""
    day: str = ""
    outcome: str = ""
    action: str = ""
    reason: str = ""
    evidence: str = ""
    currency: str = ""
    amount: Sum = None
    lines: tuple[AskedLine, ...] = ()
    despite_hold: str = ""
    """Why an order is approved though it is held."""
    trouble: str = ""
    """Why the row could not even be read: a code of `words.VERDICTS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The same decision for many orders."""

    action: Action
    reason: DeclineReason | None = None
    evidence: str = ""
    despite_hold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """That an order is held: what it is held for, who held it, and where one reads more.

    `subject` and `name` are of what was found; `sentence` is what it says; `why` is of who held it.
    """

    order: int
    subject: str
    name: str
    sentence: str
    url: str
    actor: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What decisions of one kind come to in one currency."""

    action: Action
    currency: str
    orders: int
    amount_micros: int
    commission_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """Some decisions that were made together. `states` counts rows; `codes` counts the refused by reason."""

    id: int
    advertiser: int
    advertiser_name: str
    way: Way
    name: str
    actor: str
    state: State
    rows: int
    states: Mapping[RowState, int]
    codes: Mapping[str, int]
    effects: Sequence[Effect]
    trouble: str
    work: int | None
    created_at: datetime
    applied_at: datetime | None

    @property
    def good(self) -> int:
        """Rows that were, or can be, written."""
        return sum(count for state, count in self.states.items() if state is not RowState.REFUSED)

    @property
    def refused(self) -> int:
        """Rows that were judged wrong before anything was written."""
        return self.states.get(RowState.REFUSED, 0)

    @property
    def waiting(self) -> int:
        """Rows that settlement has not read yet."""
        return self.states.get(RowState.WAITING, 0)

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again in a moment."""
        return self.state in (State.READING, State.WRITING, State.WRITTEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One decision and what became of it; `code` says why where it was refused."""

    id: int
    number: int
    order: int | None
    reference: str
    action: str
    reason: str
    state: RowState
    code: str
    field: str
    sentence: Words
    mend: Words
    event: str
    receipt: int | None
    currency: str
    amount_micros: int | None
    commission_micros: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of an order, by its place from 1."""

    line: int
    sku: str
    category: str
    quantity: int
    amount_micros: int
    refunded_micros: int
    commission_micros: int

    @property
    def rest_micros(self) -> int:
        """What a refund may still take."""
        return self.amount_micros - self.refunded_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an order stands for whoever decides about it, and what can be decided now."""

    order: int
    advertiser: int
    program: int | None
    publisher: int | None
    reference: str
    outcome: str
    status: OrderStatus
    reason: str
    currency: str
    amount_micros: int
    commission_micros: int
    fee_micros: int
    occurred_at: datetime
    approve_at: datetime | None
    payable_at: datetime | None
    locks_at: datetime | None
    is_locked: bool
    lines: tuple[LineView, ...]
    actions: tuple[Action, ...]
    evidence_for: frozenset[DeclineReason]
    hold: Hold | None
    """What the order is held for: it is approved by hand only in spite of that, with a reason."""
    reverse: Action | None
    """The decision that takes back the last one, where the engine has such a one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """For which reasons a program asks its own people for evidence."""

    program: int
    reasons: frozenset[DeclineReason]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a good row will write, and the money it concerns."""

    action: Action
    reason: DeclineReason | None
    evidence: str | None
    lines: tuple[Mapping[str, Any], ...] = ()
    changes: tuple[Mapping[str, Any], ...] = ()
    refund_micros: int | None = None
    despite_hold: str = ""
    amount_micros: int = 0
    commission_micros: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row's verdict: a plan, or a code with the field to blame."""

    plan: Plan | None = None
    code: str = ""
    field: str = ""
