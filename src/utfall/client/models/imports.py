"""What the operations of imports answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class ImportNetwork(Word):
    """Where a file comes from."""

    AWIN = "awin"
    IMPACT = "impact"
    DUB = "dub"
    OTHER = "other"


class ImportKind(Word):
    """What the rows of a file are."""

    PUBLISHERS = "publishers"
    LINKS = "links"
    CODES = "codes"
    TRANSACTIONS = "transactions"


class ImportState(Word):
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


class ImportDates(Word):
    """How a file writes days; an empty choice is none yet."""

    ISO = "iso"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class ImportDecimals(Word):
    """How a file writes amounts; `minor` are whole cents or öre."""

    DOT = "dot"
    COMMA = "comma"
    MINOR = "minor"


class ImportLedger(Word):
    """What transactions become: history only, or orders of the book where the terms allow it."""

    HISTORY = "history"
    SETTLE = "settle"


class ImportVerdict(Word):
    """What a row is: `changed` is known with another state or amount; `left_out` is not alive there."""

    NEW = "new"
    CHANGED = "changed"
    HERE = "here"
    LEFT_OUT = "left_out"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


class ImportRowState(Word):
    """What became of a row. `stays`: undoing was refused; `code` says why."""

    JUDGED = "judged"
    DONE = "done"
    UNDONE = "undone"
    STAYS = "stays"


class ImportedSaleStatus(Word):
    """Where a transaction stood in its network."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"


class ImportedSaleBooking(Word):
    """What the book has of a transaction."""

    NONE = "none"
    WRITING = "writing"
    WRITTEN = "written"
    BOOKED = "booked"
    OVERRULED = "overruled"
    TAKEN_BACK = "taken_back"


class ImportComparedAnswer(Struct, frozen=True, kw_only=True):
    """What the network paid against what our terms would have paid, over the rows that are imported."""

    currency: str
    rows: int
    amount_micros: int
    theirs_micros: int
    compared: int
    """Rows that both have a price for."""
    ours_micros: int
    theirs_compared_micros: int
    differing: int
    difference_micros: int


class ImportOptionsSaid(Struct, frozen=True, kw_only=True):
    """How a file is read, and what is done with its rows."""

    program: int | None = None
    """The program that it is imported into."""
    dates: ImportDates | None = None
    """How days are written; needed where it could be two ways."""
    decimals: ImportDecimals | None = None
    """How amounts are written; needed likewise."""
    currency: str = ""
    """ISO 4217, where no column says."""
    zone: str = "UTC"
    """Whose clock times without an offset are of."""
    partner: int | None = None
    """Whose rows they all are, where no column says."""
    letters: bool = False
    """Publishers who have an account here are invited by e-mail."""
    ledger: ImportLedger = ImportLedger.HISTORY
    """`settle` needs the permission `money`."""
    our_price: bool = False
    """Settle also what our terms price differently."""


class ImportAnswer(Struct, frozen=True, kw_only=True):
    """An import."""

    id: int
    advertiser: int
    advertiser_name: str
    program: int | None
    program_name: str
    network: ImportNetwork
    kind: ImportKind
    name: str
    bytes: int
    actor: str
    state: ImportState
    rows: int
    wanted: int
    """Rows that are new or changed."""
    verdicts: dict[str, int]
    states: dict[str, int]
    codes: dict[str, int]
    """What is to be known of rows, and of how many."""
    compared: tuple[ImportComparedAnswer, ...]
    options: ImportOptionsSaid
    trouble: str
    work: int | None
    """The background work that moves it, where one did."""
    created_at: datetime
    done_at: datetime | None
    undone_at: datetime | None


class ImportFieldAnswer(Struct, frozen=True, kw_only=True):
    """One of our fields, and the column that stands for it."""

    name: str
    words: str
    help: str
    required: bool
    column: int | None
    suggested: int | None
    is_guess: bool
    """The network does not say in public that it calls the column so."""
    samples: tuple[str, ...]


class OwnMappingAnswer(Struct, frozen=True, kw_only=True):
    """A mapping that was kept: the headings by our fields."""

    id: int
    advertiser: int
    network: ImportNetwork
    kind: ImportKind
    name: str
    columns: dict[str, str]
    actor: str
    kept_at: datetime


class ImportMappingAnswer(Struct, frozen=True, kw_only=True):
    """What a file's columns are taken for."""

    network: ImportNetwork
    kind: ImportKind
    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    fields: tuple[ImportFieldAnswer, ...]
    options: ImportOptionsSaid
    own: OwnMappingAnswer | None
    """The kept mapping that it is by."""


class ImportRowAnswer(Struct, frozen=True, kw_only=True):
    """One row of a file, what it was judged to be, and what became of it."""

    number: int
    """The row's place below the heading, from 1."""
    external: str
    """The id it has there."""
    label: str
    verdict: ImportVerdict
    state: ImportRowState
    code: str
    sentence: str
    mend: str
    made: int | None
    """What it became: a publisher's number, or an id."""
    currency: str
    amount_micros: int | None
    theirs_micros: int | None
    ours_micros: int | None
    difference_micros: int | None


class ImportedSaleAnswer(Struct, frozen=True, kw_only=True):
    """A transaction of another network, as it was told last."""

    id: int
    network: ImportNetwork
    external: str
    reference: str
    program: int
    publisher: int
    publisher_name: str
    occurred_at: datetime
    outcome: str
    status: ImportedSaleStatus
    reason: str
    currency: str
    amount_micros: int
    commission_micros: int | None
    ours_micros: int | None
    booking: ImportedSaleBooking
    """What the book has of it: `none` is history only."""
    booking_code: str
    source: int
    """The import that brought it."""


class ListedImportAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ImportAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedImportRowAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ImportRowAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedImportedSaleAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ImportedSaleAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "ImportAnswer",
    "ImportComparedAnswer",
    "ImportDates",
    "ImportDecimals",
    "ImportFieldAnswer",
    "ImportKind",
    "ImportLedger",
    "ImportMappingAnswer",
    "ImportNetwork",
    "ImportOptionsSaid",
    "ImportRowAnswer",
    "ImportRowState",
    "ImportState",
    "ImportVerdict",
    "ImportedSaleAnswer",
    "ImportedSaleBooking",
    "ImportedSaleStatus",
    "ListedImportAnswer",
    "ListedImportRowAnswer",
    "ListedImportedSaleAnswer",
    "OwnMappingAnswer",
]
