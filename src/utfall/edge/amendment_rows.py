"""Rows about what became of an order, and about what other channels cost."""

from utfall.edge.basket import read_changes, read_lines
from utfall.edge.order_rows import owner_of, read_currency, read_outcome
from utfall.edge.reading import Reading
from utfall.edge.rows import Row
from utfall.events import Action, Amendment, Cost, DeclineReason, LineChange, Reason
from utfall.events.limits import EVIDENCE_CHARS, ORDER_CHARS


def read_amendment(reading: Reading) -> Amendment:
    """A later decision about an order."""
    row = reading.row
    _, advertiser = owner_of(reading, ())
    action = row.choice(Action, "action", "status")
    if action is None:
        row.refuse(Reason.MISSING_FIELD, "action")
    if action is Action.DEFER:
        row.refuse(Reason.INVALID_FIELD, "action")
    reason = row.choice(DeclineReason, "reason")
    if action is Action.DECLINE and reason is None:
        row.refuse(Reason.MISSING_FIELD, "reason")
    identifier = row.identifier()
    at = row.time("occurred_at", "time") or reading.now
    lines = read_lines(row) if action is Action.AMEND else ()
    if action is Action.AMEND and not lines:
        row.refuse(Reason.MISSING_FIELD, "lines")
    changes, amount = _refunded(row, action)
    return Amendment(
        id=identifier or reading.means.event_id(at),
        occurred_at=at,
        received_at=reading.now,
        source=reading.sender.source,
        advertiser=advertiser,
        outcome=read_outcome(row),
        order=row.required_text("order", chars=ORDER_CHARS),
        action=action,
        reason=reason,
        evidence=row.text("evidence", chars=EVIDENCE_CHARS),
        lines=lines,
        changes=changes,
        amount_micros=amount,
    )


def _refunded(row: Row, action: Action) -> tuple[tuple[LineChange, ...], int | None]:
    """What a refund takes back: parts of lines, or an amount of the whole, or (neither) all that is left."""
    if action is not Action.REFUND:
        return (), None
    changes, amount = read_changes(row), row.micros("amount")
    if changes and amount is not None:
        row.refuse(Reason.INVALID_FIELD, "amount")
    return changes, amount


def read_cost(reading: Reading) -> Cost:
    """What another channel cost."""
    row = reading.row
    program, advertiser = owner_of(reading, ())
    identifier = row.identifier()
    at = row.time("occurred_at", "time") or reading.now
    amount = row.micros("amount")
    if amount is None:
        row.refuse(Reason.MISSING_FIELD, "amount")
    return Cost(
        id=identifier or reading.means.event_id(at),
        occurred_at=at,
        received_at=reading.now,
        source=reading.sender.source,
        advertiser=advertiser,
        currency=read_currency(reading, (), needed=True),
        amount_micros=amount,
        channel=row.required_text("channel"),
        program=program,
        campaign=row.text("campaign"),
    )
