"""Making a batch: every row is judged by reading, and stored with its verdict. Nothing is written yet."""

import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import msgspec
from django.db import connection, transaction

from utfall.engine import OrderState
from utfall.portal.access import Caller
from utfall.portal.validation.contracts import Asked, Judged, RowState, State, Way
from utfall.portal.validation.holds import held
from utfall.portal.validation.judging import Ground, judge
from utfall.portal.validation.models import Batch, Row
from utfall.portal.validation.orders import found_for
from utfall.portal.validation.policies import ground_of

AT_ONCE: Final = 1000


def new_batch(caller: Caller, advertiser: int, way: Way, *, name: str = "", key: str = "") -> Batch:
    """A batch without rows; the one of before where the same key was used."""
    made, _is_new = Batch.objects.system().get_or_create(
        organisation=caller.organisation,
        key=key or uuid.uuid4().hex,
        defaults={
            "advertiser": advertiser,
            "actor": caller.actor,
            "user": caller.user,
            "way": way.value,
            "name": name[:200],
            "ident": uuid.uuid4().hex,
            "state": State.READING.value,
        },
    )
    return made


def fill(caller: Caller, batch: Batch, rows: Iterable[Asked]) -> Iterator[int]:
    """Judge and store rows, a thousand at a time; tells how many are done.

    What was stored before is done anew: the process that stored it died.
    """
    ground = ground_of(caller, batch.advertiser, _now_ms())
    Row.objects.system().filter(batch=batch).delete()
    seen: set[int] = set()
    done = 0
    rest = iter(rows)
    while chunk := list(islice(rest, AT_ONCE)):
        stored = _stored(caller, batch, chunk, done, ground, seen)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_INSERT, stored)
        done += len(chunk)
        yield done
    batch.rows, batch.state = done, State.READY.value
    batch.save(update_fields=["rows", "state"])


def _stored(
    caller: Caller, batch: Batch, chunk: Sequence[Asked], before: int, ground: Ground, seen: set[int]
) -> list[list[Any]]:
    orders = found_for(batch.advertiser, chunk, ground.zones)
    ground = replace(ground, held=held(caller, [one.id for one in orders if not isinstance(one, str)]))
    return [
        _row(batch, before + place, asked, order, ground, seen)
        for place, (asked, order) in enumerate(zip(chunk, orders, strict=True), 1)
    ]


def _row(
    batch: Batch, number: int, asked: Asked, order: OrderState | str, ground: Ground, seen: set[int]
) -> list[Any]:
    if isinstance(order, str):
        field = "id" if asked.order is not None else "order"
        judged, known = Judged(code=order, field=field), {"reference": asked.reference, "order": asked.order}
    elif order.id in seen:
        judged, known = Judged(code="twice", field="order"), _known(order)
    else:
        judged, known = judge(asked, order, ground), _known(order)
    if judged.plan is not None and not isinstance(order, str):
        seen.add(order.id)
    state = RowState.READY if judged.plan else RowState.REFUSED
    row = {
        "batch_id": batch.pk,
        "number": number,
        "state": state.value,
        "code": judged.code,
        "field": judged.field,
        **known,
        **_planned(asked, judged),
    }
    return [row.get(name, _EMPTY[name]) for name in _EMPTY]


def _known(order: OrderState) -> dict[str, Any]:
    told = {"order": order.id, "reference": order.order, "outcome": order.outcome.value}
    return told | {"currency": order.currency}


def _planned(asked: Asked, judged: Judged) -> dict[str, Any]:
    plan = judged.plan
    if plan is None:
        return {"action": asked.action[:10], "reason": asked.reason[:20]}
    return {
        "action": plan.action.value,
        "reason": plan.reason.value if plan.reason else "",
        "plan": msgspec.json.encode(
            {
                "evidence": plan.evidence,
                "lines": plan.lines,
                "changes": plan.changes,
                "amount_micros": plan.refund_micros,
                **({"despite_hold": plan.despite_hold} if plan.despite_hold else {}),
            }
        ).decode(),
        "amount_micros": plan.amount_micros,
        "commission_micros": plan.commission_micros,
    }


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


_EMPTY: Final[dict[str, Any]] = {
    "batch_id": 0,
    "number": 0,
    "order": None,
    **dict.fromkeys(("reference", "outcome", "action", "reason", "state", "code", "field", "event"), ""),
    "plan": None,
    "currency": "",
    "amount_micros": None,
    "commission_micros": None,
}
"""The columns of a row, with what stands where nothing is known."""
_COLUMNS: Final = ", ".join(f'"{name}"' for name in _EMPTY)
_MARKS: Final = ", ".join(["%s"] * len(_EMPTY))
_INSERT: Final = f"INSERT INTO {Row._meta.db_table} ({_COLUMNS}) VALUES ({_MARKS})"
