"""What an order leaves with its customer: a bond to the publisher of the first one, and its time."""

from utfall.engine.draft import Draft
from utfall.engine.state import Bond, OrderState
from utfall.engine.validity import DAY_MS
from utfall.terms import TouchClass


def bond(draft: Draft, order: OrderState) -> None:
    """Bond a customer by its first attributed order in a program, where the terms of the time say so."""
    assert order.program is not None, "only an attributed order bonds"
    assert order.publisher is not None, "only an attributed order bonds"
    assert order.customer is not None, "only a customer is bonded"
    version = draft.terms.programs[order.program].terms_at(order.occurred_at)
    if version is None or not version.recurring_months or order.method == "recurring":
        return
    if order.program in draft.book.bonds.get((order.advertiser, order.customer), {}):
        return
    draft.bond(
        order.advertiser,
        order.customer,
        order.program,
        Bond(
            program=order.program,
            publisher=order.publisher,
            order=order.id,
            at=order.occurred_at,
            months=version.recurring_months,
            link=order.link,
            touch_class=order.touch_class or TouchClass.STANDARD,
        ),
    )


def unbond(draft: Draft, order: OrderState) -> None:
    """End the bond that an order made, for nothing is left of the order."""
    if order.customer is None or order.program is None:
        return
    held = draft.book.bonds.get((order.advertiser, order.customer), {}).get(order.program)
    if held is not None and held.order == order.id:
        draft.bond(order.advertiser, order.customer, order.program, None)


def has_lapsed(order: OrderState, after_days: int) -> bool:
    """Whether an order's customer placed none for so many days before it."""
    last = order.customer_last_at
    return last is not None and order.occurred_at - last >= after_days * DAY_MS
