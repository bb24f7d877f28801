"""Later decisions about an order: approve, decline, amend, refund; and what the clock decides by itself."""

from collections.abc import Callable
from typing import Final

from utfall.engine.capping import commit, release
from utfall.engine.deadlines import defer, lacks_evidence, locked
from utfall.engine.draft import Draft
from utfall.engine.facts import Fact
from utfall.engine.order_facts import Told, changes, standing_facts
from utfall.engine.order_receipts import order_receipt, refused_receipt
from utfall.engine.orders import (
    is_open,
    line_states,
    pending,
    post_difference,
    price,
    said_of,
    terms_of,
)
from utfall.engine.parties import difference, handed, handed_of, handed_on, left_after, passed_on
from utfall.engine.posting import moved, standing
from utfall.engine.pricing import fee_of
from utfall.engine.recurring import unbond
from utfall.engine.refunds import refund_lines
from utfall.engine.repeats import remembered_as
from utfall.engine.state import OrderState, OrderStatus
from utfall.engine.validity import DAY_MS, sound, time_problem
from utfall.events import Action, Amendment, Reason

HUNDRED_YEARS_DAYS: Final = 36_525


def settle_amendment(draft: Draft, event: Amendment, order: OrderState | None) -> None:
    """Apply an amendment to its order, or refuse it with a reason."""
    name = remembered_as(event)
    reason = Reason.DUPLICATE_EVENT if draft.is_repeat(name) else _problem(draft, event, order)
    if order is None or reason is not None:
        refused_receipt(draft, event, reason or Reason.UNKNOWN_ORDER, order)
        return
    before = standing_facts(draft, order)
    result = _ACTIONS[event.action](draft, order, event)
    if isinstance(result, Reason):
        refused_receipt(draft, event, result, order)
        return
    draft.remember(name)
    _record(draft, order, event, before, result)


def _problem(draft: Draft, event: Amendment, order: OrderState | None) -> Reason | None:
    if event.advertiser not in draft.terms.advertisers:
        return Reason.UNKNOWN_ADVERTISER
    if order is None:
        return Reason.UNKNOWN_ORDER
    if not sound(event.lines):
        return Reason.INVALID_FIELD
    if order.status is OrderStatus.DECLINED:
        return Reason.ALREADY_DECLINED
    if locked(order, event, draft.now):
        return Reason.LOCKED
    if lacks_evidence(event, draft.terms.programs.get(order.program or 0)):
        return Reason.EVIDENCE_MISSING
    return time_problem(event.occurred_at, event.received_at, HUNDRED_YEARS_DAYS, draft.manifest.policy)


Result = Reason | int | None
"""Why an action is refused, or the transaction it posted (None: nothing moved)."""


def approve(draft: Draft, order: OrderState, at: int, event: str | None) -> int | None:
    """Make a pending commission certain; the hold before it is payable starts at `at`."""
    transaction = _move(draft, order, OrderStatus.APPROVED, "approve", event)
    commit(order.holds, draft.book.limits)
    order.approve_at = None
    version = terms_of(draft, order)
    order.payable_at = at + version.hold_days * DAY_MS
    order.locks_at = None if version.lock_days is None else at + version.lock_days * DAY_MS
    return transaction


def _move(draft: Draft, order: OrderState, status: OrderStatus, kind: str, event: str | None) -> int | None:
    assert order.publisher is not None, "only an attributed order stands on accounts"
    entries = moved(
        order.status,
        status,
        advertiser=order.advertiser,
        publisher=order.publisher,
        commission_micros=order.commission_micros,
        fee_micros=order.fee_micros,
    )
    if order.shares:
        entries = passed_on(entries, order, order.status, status)
    order.status = status
    return draft.post(kind, order, entries, event)


def _approve(draft: Draft, order: OrderState, event: Amendment) -> Result:
    if order.status is not OrderStatus.PENDING:
        return Reason.NOT_PENDING
    return approve(draft, order, event.occurred_at, event.id)


def _decline(draft: Draft, order: OrderState, event: Amendment) -> Result:
    if order.status not in (OrderStatus.PENDING, OrderStatus.UNPAID):
        return Reason.NOT_PENDING
    transaction = _take_off(draft, order, 0, "decline", event.id) if order.publisher is not None else None
    release(order.holds, draft.book.limits, settled=False)
    order.holds = []
    for line in order.lines:
        line.left_micros = 0
    order.status, order.approve_at = OrderStatus.DECLINED, None
    order.reason = event.reason.value if event.reason else None
    unbond(draft, order)
    return transaction


def _take_off(draft: Draft, order: OrderState, price_left: int, kind: str, event: str) -> int | None:
    """Reverse what an order owes, and everybody's part of it, down to what is left, where it stands."""
    transaction, left, shares_left = None, price_left, list[int]()
    if order.shares:
        left, shares_left = left_after(order, price_left)
    fee_left = fee_of(left, order.fee_ppm)
    if order.publisher is not None and order.status is not OrderStatus.UNPAID:
        entries = standing(
            order.status,
            advertiser=order.advertiser,
            publisher=order.publisher,
            commission_micros=left - order.commission_micros,
            fee_micros=fee_left - order.fee_micros,
        )
        if order.shares:
            lost = difference(handed_of(order, shares_left), handed(order))
            entries = handed_on(entries, order.status, lost)
        transaction = draft.post(kind, order, entries, event)
    order.commission_micros, order.fee_micros = left, fee_left
    for share, micros in zip(order.shares, shares_left, strict=True):
        share.left_micros = micros
    return transaction


def _amend(draft: Draft, order: OrderState, event: Amendment) -> Result:
    """Replace the lines of a pending order and price it again."""
    if not is_open(order):
        return Reason.NOT_PENDING
    if not event.lines or said_of(event.lines) == said_of(order.lines):
        return Reason.NOTHING_CHANGED
    owed = pending(order)
    order.lines = line_states(event.lines)
    order.supplied["lines"] = event.source.value
    if order.publisher is None:
        return None
    price(draft, order)
    return post_difference(draft, order, owed, "amend", event.id)


def _refund(draft: Draft, order: OrderState, event: Amendment) -> Result:
    """Take back a part of an order: its commission follows in proportion, wherever it stands."""
    taken = refund_lines(order.lines, event)
    if isinstance(taken, Reason):
        return taken
    for line, (refunded, left) in zip(order.lines, taken, strict=True):
        line.refunded_micros, line.left_micros = refunded, left
    price_left = sum(line.left_micros for line in order.lines)
    transaction = _take_off(draft, order, price_left, "refund", event.id)
    _shrink_holds(draft, order)
    if (
        all(line.refunded_micros == line.amount_micros for line in order.lines)
        and not order.commission_micros
    ):
        order.status, order.approve_at, order.payable_at = OrderStatus.REVERSED, None, None
        order.locks_at = None
        order.reason = event.reason.value if event.reason else None
        unbond(draft, order)
    return transaction


def _defer(draft: Draft, order: OrderState, event: Amendment) -> Result:
    """Let silence wait for the return window of what was bought. No money moves."""
    if order.program is None:
        return Reason.NOT_PENDING
    return defer(order, event, terms_of(draft, order), draft.terms.zone_of(order.program))


def _shrink_holds(draft: Draft, order: OrderState) -> None:
    """Give limits back what a refund freed, to the periods it was taken from. A count stays counted."""
    settled = order.status in (OrderStatus.APPROVED, OrderStatus.PAYABLE)
    left = {"cost": order.cost_micros, "commission": order.commission_micros}
    measures = {limit.id: limit.measure.value for limit in draft.terms.limits_for(order.program or 0)}
    for hold in order.holds:
        keep = left.get(measures.get(hold.limit, "count"), hold.amount)
        freed = type(hold)(hold.limit, hold.publisher, hold.period, hold.amount - keep, hold.customer)
        release([freed], draft.book.limits, settled=settled)
        hold.amount = keep
    order.holds = [hold for hold in order.holds if hold.amount]


_ACTIONS: Final[dict[Action, Callable[[Draft, OrderState, Amendment], Result]]] = {
    Action.APPROVE: _approve,
    Action.DECLINE: _decline,
    Action.AMEND: _amend,
    Action.REFUND: _refund,
    Action.DEFER: _defer,
}


def _record(
    draft: Draft,
    order: OrderState,
    event: Amendment,
    before: list[Fact],
    transaction: int | None,
) -> None:
    order_receipt(
        draft,
        order,
        event.action.value,
        event.id,
        transaction=transaction,
        amendment=event,
    )
    told = Told(event.id, event.action, event.source, transaction)
    draft.facts.extend(changes(standing_facts(draft, order, told), before))
    draft.keep(order)
