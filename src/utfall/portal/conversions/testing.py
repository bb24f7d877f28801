"""Test orders, from the receipts that refused them: what each would have been, by the columns of a row.

rows = [row_of_test(receipt) for receipt in receipts if is_test(receipt.body)]
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from utfall.engine import OrderStatus
from utfall.events import Reason
from utfall.portal.book.facade import ReceiptRow
from utfall.portal.conversions.projecting import COLUMNS, Row


class _Body(msgspec.Struct):
    """What is read of a receipt that both sides may read."""

    advertiser: int
    decided_at: int
    outcome: str
    occurred_at: int
    order: str = ""
    program: int | None = None
    currency: str = ""
    method: str | None = None


class _Candidate(msgspec.Struct):
    at: int
    touch_class: str = msgspec.field(name="class")
    method: str = ""
    elimination: str | None = None
    publisher: int | None = None
    link: int | None = None


class _Line(msgspec.Struct):
    amount_micros: int = 0
    rule: int | None = None


class _Side(msgspec.Struct):
    """What only the advertiser reads: what it would have been."""

    candidates: list[_Candidate] = []
    lines: list[_Line] = []
    commission_micros: int = 0
    fee_micros: int = 0
    channel: str | None = None
    code: str | None = None
    customer_is_new: bool | None = None
    supplied: dict[str, str] = {}


_body: Final = msgspec.json.Decoder(_Body).decode
_side: Final = msgspec.json.Decoder(_Side).decode
_NOTHING: Final[Row] = dict.fromkeys(COLUMNS)


def is_test(kind: str, reason: str | None) -> bool:
    """Whether a receipt refused an order because it was a test."""
    return kind == "conversion" and reason == Reason.TEST.value


def row_of_test(receipt: ReceiptRow) -> Row:
    """What the order would have been; nothing waits for it and nothing is owed."""
    body, side = _body(receipt.body), _side(receipt.advertiser_side)
    return {
        **_NOTHING,
        **_of_body(body),
        **_of_winner(body, next((one for one in side.candidates if one.elimination is None), None)),
        **_of_lines(side),
        "id": -receipt.id,
        "status": OrderStatus.UNPAID.value,
        "reason": Reason.TEST.value,
        "commission_micros": side.commission_micros,
        "fee_micros": side.fee_micros,
        "channel": side.channel,
        "code": side.code,
        "customer": _CUSTOMERS[side.customer_is_new],
        "source": next(iter(side.supplied.values()), ""),
        "subs": "[]",
        "first_receipt": receipt.id,
        "receipt": receipt.id,
        "receipts": 1,
    }


_CUSTOMERS: Final[Mapping[bool | None, str | None]] = {None: None, True: "new", False: "returning"}


def _of_body(body: _Body) -> dict[str, Any]:
    return {
        "advertiser": body.advertiser,
        "program": body.program,
        "outcome": body.outcome,
        "reference": body.order,
        "occurred_at": body.occurred_at,
        "recorded_at": body.decided_at,
        "changed_at": body.decided_at,
        "currency": body.currency,
        "method": body.method,
    }


def _of_winner(body: _Body, winner: _Candidate | None) -> dict[str, Any]:
    if winner is None:
        return {}
    touched = winner.at if winner.method != "code" else None
    return {
        "publisher": winner.publisher,
        "link": winner.link,
        "touch_class": winner.touch_class,
        "touch_at": touched,
        "touch_seconds": None if touched is None else (body.occurred_at - touched) // 1000,
    }


def _of_lines(side: _Side) -> dict[str, Any]:
    rules = sorted({line.rule for line in side.lines if line.rule is not None})
    return {
        "amount_micros": sum(line.amount_micros for line in side.lines),
        "refunded_micros": 0,
        "lines": len(side.lines),
        "rules": msgspec.json.encode(rules).decode(),
    }
