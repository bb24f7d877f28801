"""Batches and their rows as they are shown, with everything that is known by now."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL, newest
from utfall.portal.look.exports import csv_line, first_line, safe
from utfall.portal.people import facade as people
from utfall.portal.validation.contracts import BatchView, Hold, RowState, RowView, State, Way
from utfall.portal.validation.despite import CODE
from utfall.portal.validation.holds import held
from utfall.portal.validation.models import Batch, Row
from utfall.portal.validation.outcomes import follow
from utfall.portal.validation.summing import codes_of, effects_of, states_of
from utfall.portal.validation.words import held_for, words_of

COLUMNS: Final = (
    *("row", "id", "order", "action", "reason", "verdict", "code", "field", "sentence", "mend"),
    *("event", "receipt"),
)

AT_ONCE: Final = 1000


def batch(caller: Caller, number: int) -> BatchView:
    """A batch with what became of its rows by now."""
    caller.require(Permission.LOOK)
    row = Batch.objects.one(caller, pk=number)
    if row.state in (State.WRITING.value, State.WRITTEN.value):
        follow()
        row.refresh_from_db()
    return view_of(row)


def batches(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[BatchView]:
    """The caller's batches, newest first; what was discarded is left out."""
    caller.require(Permission.LOOK)
    rows = Batch.objects.of(caller).exclude(state=State.DISCARDED.value)
    return newest(rows, view_of, after=after, limit=limit)


def rows(
    caller: Caller,
    number: int,
    *,
    state: RowState | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[RowView]:
    """The rows of a batch, in their order; the cursor is the number of the last."""
    caller.require(Permission.LOOK)
    batch = Batch.objects.one(caller, pk=number)
    found = Row.objects.of(caller).filter(batch=batch, number__gt=after or 0)
    if state is not None:
        found = found.filter(state=state.value)
    size = min(limit, LARGEST)
    some = list(found.order_by("number")[: size + 1])
    return Slice(_views(caller, some[:size]), some[size - 1].number if len(some) > size else None)


def verdicts_csv(caller: Caller, number: int) -> Iterator[str]:
    """Every row with its verdict, as a file."""
    caller.require(Permission.LOOK)
    batch = Batch.objects.one(caller, pk=number)
    yield first_line(COLUMNS)
    rows = Row.objects.of(caller).filter(batch=batch).order_by("number").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        for one in _views(caller, some):
            cells = (one.number, one.order, one.reference, one.action, one.reason, one.state.value, one.code)
            told = (*cells, one.field, one.sentence, one.mend, one.event, one.receipt)
            yield csv_line("" if cell is None else safe(str(cell)) for cell in told)


def view_of(row: Batch) -> BatchView:
    """A batch as it is now."""
    party = people.parties(Kind.ADVERTISER, [row.advertiser]).get(row.advertiser)
    return BatchView(
        id=row.pk,
        advertiser=row.advertiser,
        advertiser_name=party.name if party else f"#{row.advertiser}",
        way=Way(row.way),
        name=row.name,
        actor=row.actor,
        state=State(row.state),
        rows=row.rows,
        states=states_of(row),
        codes=codes_of(row),
        effects=effects_of(row),
        trouble=row.trouble,
        work=row.work,
        created_at=row.created_at,
        applied_at=row.applied_at,
    )


def _views(caller: Caller, some: Sequence[Row]) -> list[RowView]:
    """Rows as they are now; those that a hold keeps name what was found."""
    holds = held(caller, [row.order for row in some if row.code == CODE and row.order is not None])
    return [row_view(row, holds.get(row.order or 0)) for row in some]


def row_view(row: Row, hold: Hold | None = None) -> RowView:
    """A row as it is now."""
    words = words_of(row.code)
    if hold is not None:
        words = words._replace(sentence=held_for(hold))
    return RowView(
        id=row.pk,
        number=row.number,
        order=row.order,
        reference=row.reference,
        action=row.action,
        reason=row.reason,
        state=RowState(row.state),
        code=row.code,
        field=row.field,
        sentence=words.sentence,
        mend=words.mend,
        event=row.event,
        receipt=row.receipt,
        currency=row.currency,
        amount_micros=row.amount_micros,
        commission_micros=row.commission_micros,
    )
