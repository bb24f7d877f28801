"""Applying a batch: its good rows become events of the journal, once, however often this is begun again.

    load      the batch says which rows are not in the journal yet, and where the next were to go
    decide    nothing: each row's event was decided when it was judged; its id follows from batch and number
    commit    the place is noted, a chunk is appended in one commit, its rows are marked

Who applies a batch is noted in the transaction that says so, before anything is written: if the process dies,
the `work` process goes on (`finish`). A chunk that reached the journal, but not its rows, is recognised by
the event at the place that was noted.
"""

import time
from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.events import (
    Action,
    Amendment,
    DeclineReason,
    Line,
    LineChange,
    Outcome,
    Source,
    encode,
    event_id,
)
from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.validation.contracts import RowState, State, Way
from utfall.portal.validation.despite import leave_out_held, record_despite
from utfall.portal.validation.models import Batch, Row
from utfall.portal.validation.outcomes import prepare
from utfall.portal.validation.summing import effects_of
from utfall.portal.validation.writing import Written, is_written

AT_ONCE: Final = 1000
ABANDONED_AFTER: Final = timedelta(minutes=1)
FRESH_FOR: Final = timedelta(days=1)
"""Judged by reading longer ago than this, a preview may tell of orders that have moved on."""


def begin(caller: Caller, batch: Batch) -> None:
    """Say that a batch is applied from now on, with its entry in the log; it is written once this commits."""
    caller.require(Permission.MONEY)
    if batch.created_at < timezone.now() - FRESH_FOR:
        refuse("preview_expired", _("This preview is older than a day. Make it again."), status=409)
    with transaction.atomic():
        ready = Batch.objects.of(caller).filter(pk=batch.pk, state=State.READY.value)
        now = timezone.now()
        moved = ready.update(
            state=State.WRITING.value, at_ms=time.time_ns() // 1_000_000, applied_at=now, beaten_at=now
        )
        if not moved:
            refuse("not_ready", _("This batch was applied or discarded already."), status=409)
        prepare()
        batch.refresh_from_db()
        leave_out_held(caller, batch)
        _record(caller, batch)
        record_despite(caller, batch)


def _record(caller: Caller, batch: Batch) -> None:
    effects = effects_of(batch)
    refused = Row.objects.of(caller).filter(batch=batch, state=RowState.REFUSED.value).count()
    audit.record(
        caller,
        action="validation.apply",
        subject=f"validation batch {batch.pk}",
        before=None,
        after={
            "way": batch.way,
            "rows": batch.rows,
            "refused": refused,
            **{
                f"{one.action.value} {one.currency}": {
                    "orders": one.orders,
                    "amount": {"micros": one.amount_micros, "currency": one.currency},
                    "commission": {"micros": one.commission_micros, "currency": one.currency},
                }
                for one in effects
            },
        },
        why=batch.name,
        advertiser=batch.advertiser,
    )


def write(number: int) -> int:
    """Write what is not in the journal yet of a batch that was begun; how many rows were written."""
    batch = Batch.objects.system().get(pk=number)
    done = 0
    while batch.state == State.WRITING.value:
        rows = _next_rows(batch)
        if not rows:
            _beat(batch, state=State.WRITTEN.value)
            break
        _write_chunk(batch, rows)
        done += len(rows)
    return done


def finish() -> int:
    """Go on with what was begun by processes that died; how many batches that were."""
    before = timezone.now() - ABANDONED_AFTER
    left = Batch.objects.system().filter(state=State.WRITING.value, beaten_at__lt=before)
    numbers = list(left.values_list("pk", flat=True))
    for number in numbers:
        write(number)
    return len(numbers)


def _next_rows(batch: Batch) -> list[Row]:
    """The chunk after what is written: the same rows whenever it is asked for."""
    rows = Row.objects.system().filter(batch=batch, number__gt=batch.written)
    return list(rows.exclude(state=RowState.REFUSED.value).order_by("number")[:AT_ONCE])


def _write_chunk(batch: Batch, rows: Sequence[Row]) -> None:
    """Note where the chunk goes and what its rows wait for, then append it: its receipts may come at once."""
    events = [event_of(batch, row) for row in rows]
    with Written() as writer:
        if not is_written(batch.stream, batch.position, events[0].id):
            with transaction.atomic():
                _beat(batch, stream=writer.stream, position=writer.end)
                _wait_for(rows, events)
            writer.append([encode(event) for event in events])
    _beat(batch, written=rows[-1].number)


def _wait_for(rows: Sequence[Row], events: Sequence[Amendment]) -> None:
    told = [(event.id, row.pk) for row, event in zip(rows, events, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Row._meta.db_table} SET event = %s, state = 'waiting'"
            " WHERE id = %s AND state = 'ready'",
            told,
        )


def _beat(batch: Batch, **columns: Any) -> None:
    """Note how far it is, and that somebody is at it."""
    for name, value in columns.items():
        setattr(batch, name, value)
    batch.beaten_at = timezone.now()
    batch.save(update_fields=[*columns, "beaten_at"])


def event_of(batch: Batch, row: Row) -> Amendment:
    """The event of a row: the same bytes whenever it is made."""
    assert batch.at_ms is not None, "a batch that is written was begun"
    plan = row.plan or {}
    return Amendment(
        id=id_of(batch.ident, row.number, batch.at_ms),
        occurred_at=batch.at_ms,
        received_at=batch.at_ms,
        source=Source.API if batch.way == Way.API.value else Source.CONSOLE,
        advertiser=batch.advertiser,
        outcome=Outcome(row.outcome),
        order=row.reference,
        action=Action(row.action),
        reason=DeclineReason(row.reason) if row.reason else None,
        evidence=plan.get("evidence"),
        lines=tuple(Line(**line) for line in plan.get("lines", ())),
        changes=tuple(LineChange(**change) for change in plan.get("changes", ())),
        amount_micros=plan.get("amount_micros"),
    )


def id_of(ident: str, number: int, at_ms: int) -> str:
    """The id of a row's event.

    >>> id_of("a" * 32, 1, 1_645_557_742_000)[:13]
    '017f22e279b07'
    """
    chance = blake2b(f"{ident}:{number}".encode(), digest_size=10, person=b"utfall.verdict").digest()
    return event_id(at_ms, chance)
