"""What is sent to and answered by the API of papers and their runs."""

from dataclasses import fields
from datetime import date
from typing import Any

from utfall.events import PaperKind
from utfall.portal.invoices.paper_contracts import (
    DraftView,
    PaperState,
    PaperView,
    RunState,
    RunView,
    Side,
    Standing,
)
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Schema, Strict


class PapersWanted(Strict):
    """Which papers are wanted."""

    party: Number | None = None
    kind: PaperKind | None = None
    standing: Standing | None = None
    search: str = Field("", max_length=40, description="A part of the number, or of the party's name.")
    since: date | None = Field(None, description="Issued on this day or later.")
    until: date | None = Field(None, description="Issued before this day.")
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class FormWanted(Strict):
    """As what a paper is wanted."""

    form: str = Field("pdf", pattern="^(pdf|xml|json)$", description="To read, as UBL, or what was frozen.")


class CreditSent(Strict):
    """A credit note over a paper."""

    why: str = Field(min_length=1, max_length=300)
    net_micros: Micros | None = Field(None, description="Left out: all that was not credited yet.")


class RunSent(Strict):
    """Papers that are wanted."""

    until: date = Field(description="The last day, to its end in Swedish time.")
    since: date | None = Field(
        None, description="The first day for parties without papers; left out, the month's."
    )
    side: Side = Side.BOTH
    party: Number | None = Field(None, description="Of one party; then `side` says which kind.")
    currency: str = Field("", pattern="^([A-Z]{3})?$", description="Left out: every currency.")


class RowsWanted(Strict):
    """Which rows of a run are wanted."""

    state: PaperState | None = None
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class PaperAnswer(Schema):
    """A paper that was issued. Amounts of credits are negative."""

    id: int | None
    name: str = Field(description="Its number, as it stands on it.")
    kind: PaperKind
    owner: str
    party: int
    party_name: str
    currency: str
    net_micros: int
    tax_micros: int
    total_micros: int
    open_micros: int
    credited_micros: int
    period_from: date
    period_until: date
    issued_on: date
    due_on: date | None
    corrects: str | None
    receipt: int
    digest: str = Field(description="SHA-256 of what was frozen; it is in the journal.")


class PaperFileAnswer(Schema):
    """A file of a paper."""

    name: str
    content: str = Field(description="Base64.")


class CreditAnswer(Schema):
    """A credit note on its way; it has its number once it is settled."""

    id: int


class LineAnswer(Schema):
    """A line of a paper."""

    words: str
    minor: int = Field(description="In the smallest unit of the currency.")


class RowAnswer(Schema):
    """A row of a run: a paper, or why there is none."""

    id: int
    kind: PaperKind
    party: int
    party_name: str
    currency: str
    net_micros: int
    tax_micros: int
    standing_micros: int = Field(description="What was not on paper when it was drafted.")
    state: PaperState
    name: str
    reason: str
    sentence: str
    lines: list[LineAnswer]


class TotalAnswer(Schema):
    """Papers of one kind in one currency."""

    kind: PaperKind
    currency: str
    papers: int
    net_micros: int
    tax_micros: int


class RunAnswer(Schema):
    """A run of papers."""

    id: int
    side: Side
    party: int | None
    currency: str
    since: date
    until: date
    through: int = Field(description="The last entry of the book that counts.")
    state: RunState
    actor: str
    made_at: Moment
    issued_on: date | None
    issued_by: str
    ended_at: Moment | None
    work: int | None
    totals: list[TotalAnswer]
    states: dict[str, int]


def paper_shown(one: PaperView) -> dict[str, Any]:
    """A paper."""
    told = {each.name: getattr(one, each.name) for each in fields(one)}
    return told | {"total_micros": one.total_micros}


def row_shown(one: DraftView) -> dict[str, Any]:
    """A row of a run."""
    told = {each.name: getattr(one, each.name) for each in fields(one)}
    lines = [{"words": each.words, "minor": each.minor} for each in one.lines]
    return told | {"sentence": str(one.sentence), "lines": lines}


def run_shown(one: RunView) -> dict[str, Any]:
    """A run."""
    told = {each.name: getattr(one, each.name) for each in fields(one)}
    return told | {"states": {state.value: count for state, count in one.states}}
