"""What the book and its receipts say of a claim: the table of docs/algorithms/claims.md in code."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from utfall.engine import OrderState, OrderStatus
from utfall.engine.attribution import Elimination
from utfall.events import Outcome
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.claims.contracts import Answer, Finding

TOLD: Final = (Outcome.SALE, Outcome.LEAD, Outcome.ACTION, Outcome.INSTALL)
_YOURS: Final = frozenset({OrderStatus.PENDING, OrderStatus.APPROVED, OrderStatus.PAYABLE})
_CLOSED: Final = {OrderStatus.DECLINED: Finding.DECLINED, OrderStatus.REVERSED: Finding.REFUNDED}


class Claimed(NamedTuple):
    """What is claimed, as far as the book is asked about it."""

    advertiser: int
    publisher: int
    outcome: str
    reference: str
    placed_on: date
    zone: str
    amount_micros: int
    currency: str


class Candidate(msgspec.Struct):
    """A touch that a receipt considered."""

    at: int
    elimination: str | None = None
    publisher: int | None = None
    method: str = ""
    id: str = ""
    link: int | None = None


class _Side(msgspec.Struct):
    candidates: list[Candidate] = []


_side: Final = msgspec.json.Decoder(_Side).decode


def answer(claimed: Claimed) -> tuple[Answer, OrderState | None]:
    """What is known of what is claimed, and the order where there is one."""
    with book.opened() as found:
        order = _order(found, claimed) if found is not None else None
        if found is None or order is None:
            return Answer(finding=Finding.ORDER_UNKNOWN, is_open=True), None
        mine = _mine(found, order, claimed.publisher)
    return _answered(order, mine, claimed), order


def _order(found: book.Book, claimed: Claimed) -> OrderState | None:
    for outcome in sorted(TOLD, key=lambda one: one.value != claimed.outcome):
        try:
            number = book.conversion(found, claimed.advertiser, outcome.value, claimed.reference).id
        except book.Unknown:
            continue
        return book.orders_numbered(found, [number])[number]
    return None


def _mine(found: book.Book, order: OrderState, publisher: int) -> list[Candidate]:
    """The publisher's own candidates of an order, each as the first receipt that had it saw it."""
    seen: dict[str, Candidate] = {}
    for row in book.receipts_of_conversion(found, order.id):
        for one in _side(row.advertiser_side).candidates:
            if one.publisher == publisher:
                seen.setdefault(one.id, one)
    return sorted(seen.values(), key=lambda one: one.at)


def _answered(order: OrderState, mine: Sequence[Candidate], claimed: Claimed) -> Answer:
    remarks = tuple(_remarks(order, claimed))
    is_own = order.publisher == claimed.publisher
    if is_own and order.status in _YOURS:
        return Answer(finding=Finding.ALREADY_YOURS, remarks=remarks)
    if order.status in _CLOSED:
        return Answer(finding=_CLOSED[order.status], reason=order.reason or "", remarks=remarks)
    if is_own:
        return Answer(finding=Finding.UNPAID, reason=order.reason or "", remarks=remarks)
    is_nobodys = order.publisher is None
    if not is_nobodys and order.method == "code" and not mine:
        return Answer(finding=Finding.CODE_OF_ANOTHER, remarks=remarks)
    if not mine:
        return Answer(finding=Finding.NO_CLICK, remarks=remarks, is_open=is_nobodys)
    last = mine[-1]
    lost = last.elimination == Elimination.LOST_TO_LATER.value
    finding = Finding.LATER_CLICK_WON if lost and not is_nobodys else Finding.CLICK_DID_NOT_COUNT
    if not is_nobodys and order.method == "code" and last.elimination == Elimination.LOST_TO_METHOD.value:
        finding = Finding.CODE_OF_ANOTHER
    return Answer(
        finding=finding,
        click_at=from_ms(last.at),
        rule=last.elimination or "",
        remarks=remarks,
        is_open=is_nobodys,
    )


def _remarks(order: OrderState, claimed: Claimed) -> Iterator[str]:
    """What of the order is not as it was claimed."""
    if datetime.fromtimestamp(order.occurred_at / 1000, ZoneInfo(claimed.zone)).date() != claimed.placed_on:
        yield "day_differs"
    if order.currency != claimed.currency:
        yield "currency_differs"
    elif sum(line.amount_micros for line in order.lines) != claimed.amount_micros:
        yield "amount_differs"
