"""What the API takes and answers about imports."""

from utfall.portal.imports.contracts import (
    Booking,
    Dates,
    Decimals,
    Kind,
    Ledger,
    Network,
    Past,
    RowState,
    State,
    Verdict,
)
from utfall.portal.rest.facade import Field, Moment, Number, Schema, Strict


class FileWanted(Strict):
    """Whose file it is."""

    advertiser: Number | None = Field(None, description="Needed where you act for several.")


class MappingWanted(Strict):
    """What the file is to be taken for."""

    network: Network | None = Field(None, description="Left out: what the heading tells.")
    kind: Kind | None = Field(None, description="Left out: what the heading tells.")
    own: Number | None = Field(None, description="By this mapping, which was kept.")


class RowsWanted(Strict):
    """Which rows are wanted."""

    verdict: Verdict | None = None
    state: RowState | None = None
    differing: bool = Field(False, description="Only sales that our terms price differently.")
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class SalesWanted(Strict):
    """Which imported sales are wanted."""

    program: Number | None = None
    publisher: Number | None = None
    search: str = Field("", max_length=100, description="The beginning of an order reference or an id.")
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class OptionsSaid(Strict):
    """How a file is read, and what is done with its rows."""

    program: Number | None = Field(None, description="The program that it is imported into.")
    dates: Dates | None = Field(None, description="How days are written; needed where it could be two ways.")
    decimals: Decimals | None = Field(None, description="How amounts are written; needed likewise.")
    currency: str = Field("", max_length=3, description="ISO 4217, where no column says.")
    zone: str = Field("UTC", max_length=64, description="Whose clock times without an offset are of.")
    partner: Number | None = Field(None, description="Whose rows they all are, where no column says.")
    letters: bool = Field(False, description="Publishers who have an account here are invited by e-mail.")
    ledger: Ledger = Field(Ledger.HISTORY, description="`settle` needs the permission `money`.")
    our_price: bool = Field(False, description="Settle also what our terms price differently.")


class MappingSaid(Strict):
    """Which column, from 0, is which of our fields; every row is checked with that."""

    network: Network | None = None
    kind: Kind | None = None
    columns: dict[str, int | None] = Field(max_length=30)
    options: OptionsSaid


class FieldAnswer(Schema):
    """One of our fields, and the column that stands for it."""

    name: str
    words: str
    help: str
    required: bool
    column: int | None
    suggested: int | None
    is_guess: bool = Field(description="The network does not say in public that it calls the column so.")
    samples: list[str]


class OwnMappingAnswer(Schema):
    """A mapping that was kept: the headings by our fields."""

    id: int
    advertiser: int
    network: Network
    kind: Kind
    name: str
    columns: dict[str, str]
    actor: str
    kept_at: Moment


class MappingAnswer(Schema):
    """What a file's columns are taken for."""

    network: Network
    kind: Kind
    columns: list[str]
    samples: list[list[str]]
    fields: list[FieldAnswer]
    options: OptionsSaid
    own: OwnMappingAnswer | None = Field(description="The kept mapping that it is by.")


class MappingKept(Strict):
    """A mapping to keep, to be used again for files with such headings."""

    name: str = Field(min_length=1, max_length=80)
    columns: dict[str, int | None] = Field(max_length=30)


class ComparedAnswer(Schema):
    """What the network paid against what our terms would have paid, over the rows that are imported."""

    currency: str
    rows: int
    amount_micros: int
    theirs_micros: int
    compared: int = Field(description="Rows that both have a price for.")
    ours_micros: int
    theirs_compared_micros: int
    differing: int
    difference_micros: int


class ImportAnswer(Schema):
    """An import."""

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
    wanted: int = Field(description="Rows that are new or changed.")
    verdicts: dict[str, int]
    states: dict[str, int]
    codes: dict[str, int] = Field(description="What is to be known of rows, and of how many.")
    compared: list[ComparedAnswer]
    options: OptionsSaid
    trouble: str
    work: int | None = Field(description="The background work that moves it, where one did.")
    created_at: Moment
    done_at: Moment | None
    undone_at: Moment | None


class RowAnswer(Schema):
    """One row of a file, what it was judged to be, and what became of it."""

    number: int = Field(description="The row's place below the heading, from 1.")
    external: str = Field(description="The id it has there.")
    label: str
    verdict: Verdict
    state: RowState
    code: str
    sentence: str
    mend: str
    made: int | None = Field(description="What it became: a publisher's number, or an id.")
    currency: str
    amount_micros: int | None
    theirs_micros: int | None
    ours_micros: int | None
    difference_micros: int | None


class SaleAnswer(Schema):
    """A transaction of another network, as it was told last."""

    id: int
    network: Network
    external: str
    reference: str
    program: int
    publisher: int
    publisher_name: str
    occurred_at: Moment
    outcome: str
    status: Past
    reason: str
    currency: str
    amount_micros: int
    commission_micros: int | None
    ours_micros: int | None
    booking: Booking = Field(description="What the book has of it: `none` is history only.")
    booking_code: str
    source: int = Field(description="The import that brought it.")
