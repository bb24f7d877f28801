"""What crosses the border of the imports app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from utfall.portal.access.errors import Words


class Network(StrEnum):
    """Where a file comes from."""

    AWIN = "awin"
    IMPACT = "impact"
    DUB = "dub"
    OTHER = "other"


class Kind(StrEnum):
    """What the rows of a file are."""

    PUBLISHERS = "publishers"
    LINKS = "links"
    CODES = "codes"
    TRANSACTIONS = "transactions"


class State(StrEnum):
    """How far an import is. `mapping`: somebody says which column is what. `part_undone`: some rows stay."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    PART_UNDONE = "part_undone"
    DISCARDED = "discarded"
    FAILED = "failed"


class Verdict(StrEnum):
    """What a row is: `changed` is known with another state or amount; `left_out` is not alive there."""

    NEW = "new"
    CHANGED = "changed"
    HERE = "here"
    LEFT_OUT = "left_out"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


WANTED = frozenset({Verdict.NEW, Verdict.CHANGED})
"""Rows that an import does something about."""


class RowState(StrEnum):
    """What became of a row. `stays`: undoing was refused; `code` says why."""

    JUDGED = "judged"
    DONE = "done"
    UNDONE = "undone"
    STAYS = "stays"


class Dates(StrEnum):
    """How a file writes days; an empty choice is none yet."""

    ISO = "iso"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Decimals(StrEnum):
    """How a file writes amounts; `minor` are whole cents or öre."""

    DOT = "dot"
    COMMA = "comma"
    MINOR = "minor"


class Ledger(StrEnum):
    """What transactions become: history only, or orders of the book where the terms allow it."""

    HISTORY = "history"
    SETTLE = "settle"


class Past(StrEnum):
    """Where a transaction stood in its network."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"


class Booking(StrEnum):
    """What the book has of a transaction."""

    NONE = "none"
    WRITING = "writing"
    WRITTEN = "written"
    BOOKED = "booked"
    OVERRULED = "overruled"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a file is read, and what is done with it. `partner`: whose rows they are where none is named."""

    program: int | None = None
    dates: Dates | None = None
    decimals: Decimals | None = None
    currency: str = ""
    zone: str = "UTC"
    partner: int | None = None
    letters: bool = False
    ledger: Ledger = Ledger.HISTORY
    our_price: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One of our fields, the column that stands for it (from 0), and what stands in that column."""

    name: str
    words: Words
    help: Words
    required: bool
    column: int | None
    suggested: int | None
    is_guess: bool
    """Whether the column is only like what the network could call it: it does not say so in public."""
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingView:
    """What a file's columns are taken for."""

    network: Network
    kind: Kind
    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    fields: tuple[FieldView, ...]
    options: Options
    own: "OwnMappingView | None"
    """The kept mapping that it is by, where it is by one."""

    @property
    def guesses(self) -> int:
        """How many columns are guesses."""
        return sum(one.is_guess for one in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMappingView:
    """A mapping that an advertiser kept: the headings by our fields."""

    id: int
    advertiser: int
    network: Network
    kind: Kind
    name: str
    columns: Mapping[str, str]
    actor: str
    kept_at: datetime
    fits: bool = False
    """Whether the file in question has all of these headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the network paid against what our terms would have paid, in one currency.

    `compared`: rows that both have a price for; `differing`: of these, those whose prices differ.
    """

    currency: str
    rows: int
    amount_micros: int
    theirs_micros: int
    compared: int
    ours_micros: int
    theirs_compared_micros: int
    differing: int

    @property
    def difference_micros(self) -> int:
        """Ours less theirs, over the rows that both have a price for."""
        return self.ours_micros - self.theirs_compared_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """An import as it stands."""

    id: int
    advertiser: int
    advertiser_name: str
    program: int | None
    program_name: str
    network: Network
    kind: Kind
    name: str
    bytes: int
    actor: str
    state: State
    rows: int
    verdicts: Mapping[Verdict, int]
    states: Mapping[RowState, int]
    codes: Mapping[str, int]
    compared: Sequence[Compared]
    options: Options
    trouble: str
    work: int | None
    created_at: datetime
    done_at: datetime | None
    undone_at: datetime | None

    @property
    def wanted(self) -> int:
        """Rows that the import does, or did, something about."""
        return sum(count for verdict, count in self.verdicts.items() if verdict in WANTED)

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again in a moment."""
        return self.state in (State.CHECKING, State.IMPORTING, State.UNDOING)

    @property
    def may_undo(self) -> bool:
        """Whether something of it may still be taken back."""
        return self.state in (State.DONE, State.PART_UNDONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of a file, what it was judged to be, and what became of it."""

    id: int
    number: int
    external: str
    label: str
    verdict: Verdict
    state: RowState
    code: str
    sentence: Words
    mend: Words
    made: int | None
    currency: str
    amount_micros: int | None
    theirs_micros: int | None
    ours_micros: int | None

    @property
    def difference_micros(self) -> int | None:
        """What our terms would have paid more (or less) than the network did."""
        if self.ours_micros is None or self.theirs_micros is None:
            return None
        return self.ours_micros - self.theirs_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class PastView:
    """A transaction of another network, as it was told last."""

    id: int
    network: Network
    external: str
    reference: str
    program: int
    publisher: int
    publisher_name: str
    occurred_at: datetime
    outcome: str
    status: Past
    reason: str
    currency: str
    amount_micros: int
    commission_micros: int | None
    ours_micros: int | None
    booking: Booking
    booking_code: str
    source: int
