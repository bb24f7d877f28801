"""Orders that were paid out, or no longer are: told once each, as the banks answer for their payouts.

    while tell_paid(book_path): ...     # a few hundred orders at a time, until every answer is told

Load, decide, commit, as the follower does, which queues the answers: changes are told first, each once for
the hash of the receipt and its order; then the list of orders keeps who was paid and how far it is. A payout
that came back is told to the orders that were told of it, for the book no longer says which it had paid.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from utfall.engine import OrderState, OrderStatus, earned
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind
from utfall.portal.changes.contracts import Told as Change
from utfall.portal.conversions import paying
from utfall.portal.conversions.paying import Answer, Told
from utfall.workers.feed import touched

AT_ONCE: Final = 2000
"""Answers, and orders, of one step: a transaction of the portal's database waits for no more."""
PAID: Final = "paid"
"""How an order stands that was paid out, as the macros of postbacks have it; in the book it is payable."""
_KINDS: Final = {
    True: (Kind.CONVERSION_PAID_OUT, Kind.COMMISSION_PAID_OUT),
    False: (Kind.CONVERSION_PAYOUT_RETURNED, Kind.COMMISSION_PAYOUT_RETURNED),
}
"""What the feed calls an answer: for who won an order, and for who else has a part in it."""


def tell_paid(book_path: Path) -> bool:
    """Tell some orders more that they were paid out, or no longer are; False where nothing waits."""
    waiting = paying.waiting(AT_ONCE)
    if not waiting:
        return False
    with book.standing(book_path) as found:
        if found is None:
            return False
        told = list(_told(waiting, book.takings(found, {one.payout for one in waiting}), found))
        numbers = {number for one in told for number in one.orders}
        orders = book.orders_numbered(found, numbers) if numbers else {}
    changes.tell_decided(list(_changes(told, orders)))
    paying.keep(told, orders)
    return True


def _told(waiting: Sequence[Answer], takings: Mapping[int, book.Taken], found: book.Book) -> Iterator[Told]:
    """The next orders of the oldest answers, so many in all."""
    left, seen = AT_ONCE, set[int]()
    for answer in waiting:
        if answer.payout in seen:  # what came back, was just paid: first that is kept
            return
        taken = takings.get(answer.payout, book.Taken(0, ()))
        orders = _orders(found, answer, taken.transactions, left)
        yield Told(answer, taken.publisher, orders, is_last=len(orders) < left)
        left -= len(orders)
        if not left:
            return
        seen.add(answer.payout)


def _orders(found: book.Book, answer: Answer, transactions: Collection[int], count: int) -> list[int]:
    if not answer.is_paid:
        return paying.paid_by(answer.payout, answer.done, count)
    return book.orders_paid_by(found, transactions, answer.done, count) if transactions else []


def _changes(told: Sequence[Told], orders: Mapping[int, OrderState]) -> Iterator[Change]:
    for one in told:
        for number in one.orders:
            if number in orders:
                yield _change(one, orders[number])


def _change(told: Told, order: OrderState) -> Change:
    """What both sides read of an order that was paid out, or one that has a part in another's of its own."""
    answer, is_winner = told.answer, told.publisher == order.publisher
    own = {"commission_micros": _part(order, told.publisher), "payout": answer.payout}
    common, touch = _body(order, answer), touched(order.method, order.touch, order)
    return Change(
        kind=_KINDS[answer.is_paid][0 if is_winner else 1],
        subject=f"conversion:{order.id}",
        at=from_ms(answer.at),
        body=common | (touch | _costs(order) if is_winner else own | {"advertiser": order.advertiser}),
        publisher_body=common | touch | own if is_winner else None,
        advertiser=order.advertiser if is_winner else None,
        publisher=told.publisher,
        program=order.program,
        receipt=answer.receipt,
        proof=blake2b(f"{answer.hash} {order.id}".encode(), digest_size=32).hexdigest(),
    )


def _part(order: OrderState, publisher: int) -> int:
    """What of an order is a publisher's."""
    return earned(order).get(publisher, 0) if order.shares else order.commission_micros


def _costs(order: OrderState) -> dict[str, Any]:
    """What only its advertiser reads of it."""
    return {
        "code": order.code,
        "amount_micros": sum(line.amount_micros - line.refunded_micros for line in order.lines),
        "commission_micros": order.commission_micros,
        "fee_micros": order.fee_micros,
    }


def _body(order: OrderState, answer: Answer) -> dict[str, Any]:
    """What everybody reads of it. What was refunded since it was paid stays what it is."""
    is_paid = answer.is_paid and order.status is OrderStatus.PAYABLE
    return {
        "conversion": order.id,
        "order": order.order,
        "outcome": order.outcome.value,
        "decision": "payout_result",
        "status": PAID if is_paid else order.status.value,
        "reason": order.reason,
        "because": None,
        "evidence": None,
        "currency": order.currency,
        "is_test": False,
    }
