"""What time alone decides: approval when nobody objected in time, and the end of a hold."""

from utfall.engine.amendments import approve
from utfall.engine.batch import Entry, Transaction
from utfall.engine.draft import Draft
from utfall.engine.order_facts import Told, changes, standing_facts
from utfall.engine.order_receipts import order_receipt
from utfall.engine.parties import passed_on
from utfall.engine.pools import recount
from utfall.engine.posting import moved
from utfall.engine.state import Accrual, OrderState, OrderStatus, Released
from utfall.engine.tier_clock import settle_due_pools
from utfall.events import Amendment, Conversion


def settle_due(draft: Draft) -> None:
    """Approve and release what is due at the batch's clock."""
    for key in draft.book.due_orders:
        _settle_until(draft, draft.book.orders[key], draft.now)
    for accrual in draft.book.due_accruals:
        _release_accrual(draft, accrual)
    settle_due_pools(draft)


def catch_up(draft: Draft, order: OrderState, event: Conversion | Amendment) -> None:
    """Decide first what was due on an order before an event about it reached us, and only that.

    So an objection that came in time is heard and one that came late is not, wherever a batch ends.
    """
    _settle_until(draft, order, min(event.received_at, draft.now))


def _settle_until(draft: Draft, order: OrderState, until: int) -> None:
    if order.status is OrderStatus.PENDING and order.approve_at is not None and order.approve_at <= until:
        _approve(draft, order, order.approve_at)
    if order.status is OrderStatus.APPROVED and order.payable_at is not None and order.payable_at <= until:
        _release(draft, order)


def _approve(draft: Draft, order: OrderState, at: int) -> None:
    before = standing_facts(draft, order)
    transaction = approve(draft, order, at, None)
    order_receipt(draft, order, "auto_approve", None, transaction=transaction)
    told = Told(order.event, "auto_approve", "clock", transaction)
    draft.facts.extend(changes(standing_facts(draft, order, told), before))
    draft.keep(order)
    if order.tiers:
        recount(draft, order, order.event, at)


def _release(draft: Draft, order: OrderState) -> None:
    assert order.publisher is not None, "only an attributed order stands on accounts"
    entries = moved(
        OrderStatus.APPROVED,
        OrderStatus.PAYABLE,
        advertiser=order.advertiser,
        publisher=order.publisher,
        commission_micros=order.commission_micros,
        fee_micros=order.fee_micros,
    )
    if order.shares:
        entries = passed_on(entries, order, OrderStatus.APPROVED, OrderStatus.PAYABLE)
    order.status, order.payable_at = OrderStatus.PAYABLE, None
    transaction = draft.post("release", order, entries, None)
    if transaction is not None:
        draft.payable.append(Released("conversion", order.id, transaction))
    order_receipt(draft, order, "release", None, transaction=transaction)
    draft.keep(order)


def _release_accrual(draft: Draft, accrual: Accrual) -> None:
    """The hold on a sum of touches or a bonus ended: one transaction, which names the one it follows."""
    number = draft.next_transaction()
    draft.transactions.append(
        Transaction(
            id=number,
            kind="release",
            currency=accrual.currency,
            occurred_at=accrual.payable_at,
            program=accrual.program,
            publisher=accrual.publisher,
            corrects=accrual.transaction,
            entries=(
                Entry("publisher", accrual.publisher, "approved", accrual.commission_micros),
                Entry("publisher", accrual.publisher, "payable", -accrual.commission_micros),
            ),
        )
    )
    draft.released.append(accrual)
    draft.payable.append(Released(accrual.source, accrual.transaction, number))
