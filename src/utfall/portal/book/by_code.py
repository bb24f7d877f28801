"""Orders that were placed with a promo code, each with the clicks and codes that were considered for it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from utfall.engine import OrderState
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.rows import chunks, marks
from utfall.portal.book.stored import decode_order

_HAS_CODE: Final = b"\xa4code"
"""How the field `code` begins in an order's state, from which it is left out where it is empty."""


class Considered(msgspec.Struct, frozen=True, gc=False):
    """A click, view or code that a receipt names as a candidate for an order, with its first fate."""

    id: str
    method: str
    at: int
    program: int
    publisher: int
    elimination: str | None = None


class CodedOrder(NamedTuple):
    """An order with a code: where it stands, and everything that was considered for it, oldest first.

    `receipt`: the first one about it.
    """

    id: int
    advertiser: int
    outcome: str
    reference: str
    code: str
    occurred_at: int
    status: str
    method: str | None
    program: int | None
    publisher: int | None
    currency: str
    commission_micros: int
    receipt: int
    considered: tuple[Considered, ...]


class _Side(msgspec.Struct, gc=False):
    candidates: tuple[Considered, ...] = ()


_read_side: Final = msgspec.json.Decoder(_Side).decode


def orders_with_codes(
    book: Book, advertiser: int, since_ms: int, until_ms: int, most: int
) -> Iterator[CodedOrder]:
    """An advertiser's orders of a span that were placed with any code, the newest first."""
    rows = raw(book).execute(
        "SELECT state FROM book_conversion WHERE advertiser = ? AND occurred_at >= ? AND occurred_at < ?"
        " AND instr(state, ?) > 0 ORDER BY occurred_at DESC, id DESC LIMIT ?",
        (advertiser, since_ms, until_ms, _HAS_CODE, most),
    )
    orders = (decode_order(state) for (state,) in rows.fetchall())
    for some in chunks(order for order in orders if order.code):
        receipts = _receipts(book, [order.id for order in some])
        yield from (_coded(order, receipts[order.id]) for order in some)


def _receipts(book: Book, orders: list[int]) -> dict[int, list[tuple[int, bytes]]]:
    """The receipts of each order, oldest first."""
    found: dict[int, list[tuple[int, bytes]]] = {}
    rows = raw(book).execute(
        "SELECT conversion_id, id, advertiser_side FROM book_receipt"
        f" WHERE conversion_id IN ({marks(orders)}) ORDER BY id",
        orders,
    )
    for order, number, side in rows:
        found.setdefault(order, []).append((number, side))
    return found


def _considered(receipts: list[tuple[int, bytes]]) -> tuple[Considered, ...]:
    """What the receipts of an order considered; a later one adds what was not known at the first."""
    found: dict[str, Considered] = {}
    for _number, side in receipts:
        for one in _read_side(side).candidates:
            found.setdefault(one.id, one)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.id)))


def _coded(order: OrderState, receipts: list[tuple[int, bytes]]) -> CodedOrder:
    assert order.code is not None, "it was asked before"
    return CodedOrder(
        id=order.id,
        advertiser=order.advertiser,
        outcome=order.outcome.value,
        reference=order.order,
        code=order.code,
        occurred_at=order.occurred_at,
        status=order.status.value,
        method=order.method,
        program=order.program,
        publisher=order.publisher,
        currency=order.currency,
        commission_micros=order.commission_micros,
        receipt=receipts[0][0],
        considered=_considered(receipts),
    )
