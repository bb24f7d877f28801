"""Approving in spite of a hold: left out where it was not said, recorded where it was.

What is held may change between a preview and its applying, so that it is asked again when a batch begins.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from utfall.events import Action
from utfall.portal.access import Caller
from utfall.portal.audit import facade as audit
from utfall.portal.validation.contracts import RowState
from utfall.portal.validation.holds import held
from utfall.portal.validation.models import Batch, Row

CODE: Final = "order_is_held"
FIELD: Final = "despite_hold"
AT_ONCE: Final = 1000
TOLD_MOST: Final = 200


class _Approval(NamedTuple):
    """A row that approves an order, and why though it is held."""

    row: int
    order: int
    despite: str


def leave_out_held(caller: Caller, batch: Batch) -> None:
    """Refuse the approvals of a batch that were judged good before their orders were held."""
    rows = _approvals(caller, batch)
    while some := list(islice(rows, AT_ONCE)):
        unsaid = {one.order: one.row for one in some if not one.despite}
        late = [unsaid[order] for order in held(caller, unsaid)]
        Row.objects.of(caller).filter(pk__in=late).update(
            state=RowState.REFUSED.value, code=CODE, field=FIELD, plan=None
        )


def record_despite(caller: Caller, batch: Batch) -> None:
    """One entry of the log for the orders of a batch that are approved though they are held, and why."""
    told = {one.order: one.despite for one in _approvals(caller, batch) if one.despite}
    if not told:
        return
    shown = list(told)[:TOLD_MOST]
    found = held(caller, shown)
    audit.record(
        caller,
        action="validation.despite_hold",
        subject=f"validation batch {batch.pk}",
        before=None,
        after={
            "count": len(told),
            "orders": shown,
            "held_for": sorted({one.subject for one in found.values()}),
        },
        why="; ".join(dict.fromkeys(told.values())),
        advertiser=batch.advertiser,
    )


def _approvals(caller: Caller, batch: Batch) -> Iterator[_Approval]:
    rows = Row.objects.of(caller).filter(batch=batch, state=RowState.READY.value, action=Action.APPROVE.value)
    told = rows.filter(order__isnull=False).order_by("number").values_list("pk", "order", "plan")
    return (_Approval(pk, order or 0, str((plan or {}).get(FIELD) or "")) for pk, order, plan in told)
