"""The background work: checking a file, importing its rows, and undoing them; each goes on where it stopped.

A chunk is one transaction: what its rows did, what is noted of each, and how far the import is. So a row is
done once, whenever the process dies. What is for the book is written to the journal after that transaction,
under ids that follow from the transaction itself, and marked when it is there.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.changes import facade as changes
from utfall.portal.imports import history, promotion, publishers, settling
from utfall.portal.imports.contracts import WANTED, Booking, Kind, RowState, State
from utfall.portal.imports.ground import Ground, Handled
from utfall.portal.imports.handling import AT_ONCE, handle_all, rehearse
from utfall.portal.imports.keeping import FILES
from utfall.portal.imports.mapping import options_of
from utfall.portal.imports.models import Import, Row, Transaction
from utfall.portal.imports.reading import ROWS_AT_MOST, Unreadable, rows_of
from utfall.portal.imports.words import TROUBLES
from utfall.portal.validation import facade as validation
from utfall.portal.validation.contracts import Asked
from utfall.portal.validation.contracts import RowState as DecisionState
from utfall.portal.work.contracts import Report

UNSETTLED: Final = frozenset({"pending", "unpaid"})
_JUDGED: Final = ("verdict", "code", "said", "external", "label", "currency")
_SUMS: Final = ("amount_micros", "theirs_micros", "ours_micros")


def check(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Judge every row of a file. What was judged before is judged anew: the process died, or asks again."""
    caller = report.caller
    source = Import.objects.one(caller, pk=payload["import"])
    if source.state != State.CHECKING.value:
        return {"import": source.pk}
    told = _told(source)
    ground = _ground(caller, source, is_rehearsal=True)
    Row.objects.of(caller).filter(source=source).delete()
    done = 0
    rest = iter(told)
    while chunk := list(islice(rest, AT_ONCE)):
        handled = rehearse(ground, chunk)
        Row.objects.of(caller).bulk_create(
            [
                _row(source, done + place, cells, one)
                for place, (cells, one) in enumerate(zip(chunk, handled, strict=True), 1)
            ]
        )
        done += len(chunk)
        report(done, len(told), _("Checking"))
    source.rows, source.state = done, State.CHECKED.value
    source.save(update_fields=["rows", "state"])
    return {"import": source.pk, "rows": done}


def _told(source: Import) -> list[dict[str, str] | None]:
    """The mapped cells of every row, by our fields; nothing else of the file is kept."""
    try:
        return _read(source)
    except FileNotFoundError:
        code = "file_gone"
    except Unreadable as trouble:
        code = trouble.code
    source.state, source.trouble = State.FAILED.value, code
    source.save(update_fields=["state", "trouble"])
    return refuse(code, TROUBLES[code], "file")


def _read(source: Import) -> list[dict[str, str] | None]:
    columns = {name: int(column) for name, column in source.mapping.items()}
    rows: list[dict[str, str] | None] = []
    for cells in rows_of(FILES.take(source.file), source.columns):
        if len(rows) == ROWS_AT_MOST:
            raise Unreadable("too_many_rows")
        rows.append(None if cells is None else {name: cells[at] for name, at in columns.items()})
    return rows


def _row(source: Import, number: int, told: dict[str, str] | None, handled: Handled) -> Row:
    row = Row(source=source, number=number, told=told or {})
    _note(row, handled)
    return row


def _note(row: Row, handled: Handled) -> None:
    for name in (*_JUDGED, *_SUMS):
        setattr(row, name, getattr(handled, name))
    row.made = handled.made


def _ground(caller: Caller, source: Import, *, is_rehearsal: bool) -> Ground:
    return Ground(caller=caller, source=source, options=options_of(source), is_rehearsal=is_rehearsal)


def do(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Import the rows that are new or changed, and write what is for the book."""
    caller = report.caller
    source = Import.objects.one(caller, pk=payload["import"])
    if source.state != State.IMPORTING.value:
        return {"import": source.pk}
    if source.at_ms is None:
        source.at_ms = time.time_ns() // 1_000_000
        source.save(update_fields=["at_ms"])
    ground = _ground(caller, source, is_rehearsal=False)
    settling.write(caller, source)
    for chunk in _chunks(caller, source):
        with transaction.atomic():
            _do_chunk(ground, chunk)
        settling.write(caller, source)
        report(chunk[-1].number, source.rows, _("Importing"))
    _finish(caller, source)
    return {"import": source.pk}


def _chunks(caller: Caller, source: Import) -> Iterator[list[Row]]:
    wanted = [one.value for one in WANTED]
    while True:
        rows = Row.objects.of(caller).filter(source=source, verdict__in=wanted, state=RowState.JUDGED.value)
        chunk = list(rows.filter(number__gt=source.done).order_by("number")[:AT_ONCE])
        if not chunk:
            return
        yield chunk


def _do_chunk(ground: Ground, chunk: Sequence[Row]) -> None:
    handled = handle_all(ground, [row.told for row in chunk])
    for row, one in zip(chunk, handled, strict=True):
        _note(row, one)
        row.state = (RowState.DONE if one.verdict in WANTED else RowState.JUDGED).value
    _store(chunk, (*_JUDGED, *_SUMS, "made", "state"))
    ground.source.done = chunk[-1].number
    ground.source.save(update_fields=["done"])


def _store(chunk: Sequence[Row], names: Sequence[str]) -> None:
    """Write some columns of rows found in scope, one statement a row: one for all takes far longer."""
    marks = ", ".join(f'"{name}" = %s' for name in names)
    values = [[*(getattr(row, name) for name in names), row.pk] for row in chunk]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Row._meta.db_table} SET {marks} WHERE id = %s", values)


def _finish(caller: Caller, source: Import) -> None:
    with transaction.atomic():
        source.state, source.done_at, source.file, file = State.DONE.value, timezone.now(), "", source.file
        source.save(update_fields=["state", "done_at", "file"])
        _record(caller, source, "import.done")
        _tell(source, changes.Kind.IMPORT_DONE)
        transaction.on_commit(lambda: FILES.drop(file))


def _record(caller: Caller, source: Import, action: str) -> None:
    rows = Row.objects.of(caller).filter(source=source)
    audit.record(
        caller,
        action=action,
        subject=f"import {source.pk}",
        before=None,
        after={
            "network": source.network,
            "kind": source.kind,
            "program": source.program,
            "file": source.digest,
            "rows": source.rows,
            **{state.value: rows.filter(state=state.value).count() for state in RowState},
        },
        why=source.name,
        advertiser=source.advertiser,
    )


def _tell(source: Import, kind: changes.Kind) -> None:
    changes.tell(
        kind,
        subject=f"import:{source.pk}",
        advertiser=source.advertiser,
        program=source.program,
        body={"network": source.network, "kind": source.kind, "rows": source.rows, "state": source.state},
    )


def undo(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Take back what nothing depends on, the last row first; what stays says why."""
    caller = report.caller
    source = Import.objects.one(caller, pk=payload["import"])
    if source.state != State.UNDOING.value:
        return {"import": source.pk}
    ground = _ground(caller, source, is_rehearsal=False)
    before = source.rows + 1
    while chunk := _last(caller, source, before):
        _undo_chunk(ground, chunk)
        before = chunk[-1].number
        report(source.rows - before, source.rows, _("Undoing"))
    stays = Row.objects.of(caller).filter(source=source, state=RowState.STAYS.value).exists()
    with transaction.atomic():
        source.state = (State.PART_UNDONE if stays else State.UNDONE).value
        source.undone_at = timezone.now()
        source.save(update_fields=["state", "undone_at"])
        _record(caller, source, "import.undone")
        _tell(source, changes.Kind.IMPORT_UNDONE)
    return {"import": source.pk}


def _last(caller: Caller, source: Import, before: int) -> list[Row]:
    """The rows to undo next, those that stayed before once more."""
    states = [RowState.DONE.value, RowState.STAYS.value]
    rows = Row.objects.of(caller).filter(source=source, state__in=states, number__lt=before)
    return list(rows.order_by("-number")[:AT_ONCE])


def _undo_chunk(ground: Ground, chunk: Sequence[Row]) -> None:
    kind = Kind(ground.source.kind)
    if kind is Kind.TRANSACTIONS:
        _take_back(ground, chunk)
    with transaction.atomic():
        told = _transactions(ground, chunk) if kind is Kind.TRANSACTIONS else {}
        for row in chunk:
            if kind is Kind.TRANSACTIONS and row.state == RowState.UNDONE.value:
                continue
            why = _undone(ground, kind, row, told)
            row.state = (RowState.STAYS if why else RowState.UNDONE).value
            # What was decided about an order of the book has its own reason, and keeps it.
            row.code, row.said = (row.code, row.said) if why == row.code else (why[:40], "")
        history.forget(ground)
        _store(chunk, ("state", "code", "said"))


def _undone(ground: Ground, kind: Kind, row: Row, told: Mapping[int, Transaction]) -> str:
    match kind:
        case Kind.PUBLISHERS:
            return publishers.undo(ground, row)
        case Kind.LINKS:
            return promotion.undo_link(ground, row)
        case Kind.CODES:
            return promotion.undo_code(ground, row)
        case Kind.TRANSACTIONS:
            found = told.get(row.made or 0)
            if found is not None and found.booking in _BOOKED:
                return row.code or "not_settled"
            return history.undo(ground, row, found)


_BOOKED: Final = frozenset({Booking.WRITING.value, Booking.WRITTEN.value, Booking.BOOKED.value})


def _transactions(ground: Ground, chunk: Sequence[Row]) -> dict[int, Transaction]:
    rows = Transaction.objects.of(ground.caller).filter(pk__in=[row.made for row in chunk if row.made])
    return {one.pk: one for one in rows}


def _take_back(ground: Ground, chunk: Sequence[Row]) -> None:
    """Decline or refund what the book has of a chunk: decisions like any other, with a verdict for each."""
    held = list(_transactions(ground, chunk).values())
    settling.follow([one for one in held if one.booking == Booking.WRITTEN.value])
    booked = [one for one in held if one.booking == Booking.BOOKED.value and one.source == ground.source.pk]
    orders = settling.orders_of(ground.source.advertiser, booked)
    by_row = {row.made: row for row in chunk}
    wanted = [(one, *orders[one.pk]) for one in booked if one.pk in orders]
    for one in held:
        if one.booking in _BOOKED:
            by_row[one.pk].code = "not_settled"
    if not wanted:
        return
    rows = [
        Asked(
            order=order,
            action="decline" if status in UNSETTLED else "refund",
            reason="other",
            evidence=f"import {ground.source.pk} undone",
        )
        for _one, order, status in wanted
    ]
    name = f"import {ground.source.pk} undone"
    batch = validation.decide(ground.caller, rows, advertiser=ground.source.advertiser, name=name)
    verdicts = validation.rows(ground.caller, batch.id, limit=AT_ONCE).items
    for (one, *_rest), verdict in zip(wanted, verdicts, strict=True):
        row = by_row[one.pk]
        if verdict.state is DecisionState.REFUSED:
            row.code, row.said = verdict.code[:40], str(verdict.sentence)[:300]
        else:
            one.booking = Booking.TAKEN_BACK.value
            one.save(update_fields=["booking"])
            row.state, row.code, row.said = RowState.UNDONE.value, "", ""
