"""From receipts to the change feed: whom each concerns, and what everybody reads of it.

    told(rows, bodies, orders, sides)     # changes in the order of the receipts

An order concerns its advertiser, the publisher that won it, and each other party of it: that one by a change
of its own, with its own part and nothing of the others. Corrections of tiers and bonuses concern two sides.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final

import msgspec

from utfall.engine import OrderState
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.changes.contracts import Kind, Told
from utfall.portal.conversions import testing

KINDS: Final = {
    "conversion": Kind.CONVERSION_RECORDED,
    "merge": Kind.CONVERSION_COMPLETED,
    "approve": Kind.CONVERSION_APPROVED,
    "auto_approve": Kind.CONVERSION_APPROVED,
    "decline": Kind.CONVERSION_DECLINED,
    "amend": Kind.CONVERSION_AMENDED,
    "refund": Kind.CONVERSION_REFUNDED,
    "release": Kind.CONVERSION_PAYABLE,
    "defer": Kind.CONVERSION_DEFERRED,
}
"""What the change feed calls a decision. A receipt about touches is a sum, and tells of no order."""
OF_PARTIES: Final = {
    "conversion": Kind.COMMISSION_RECORDED,
    "merge": Kind.COMMISSION_COMPLETED,
    "approve": Kind.COMMISSION_APPROVED,
    "auto_approve": Kind.COMMISSION_APPROVED,
    "decline": Kind.COMMISSION_DECLINED,
    "amend": Kind.COMMISSION_AMENDED,
    "refund": Kind.COMMISSION_REFUNDED,
    "release": Kind.COMMISSION_PAYABLE,
    "defer": Kind.COMMISSION_DEFERRED,
}
"""The same, for a publisher that has a part in an order of another."""
OF_TIERS: Final = {
    "tier": Kind.TIER_CORRECTED,
    "tier_approve": Kind.TIER_APPROVED,
    "tier_release": Kind.TIER_PAYABLE,
}
BONUS: Final = "bonus"


class Body(msgspec.Struct):
    """What is read of a receipt that both sides may read."""

    decided_at: int
    kind: str
    advertiser: int = 0
    outcome: str = ""
    program: int | None = None
    publisher: int | None = None
    order: str = ""
    currency: str = ""
    verdict: str = ""
    status: str | None = None
    reason: str | None = None
    because: str | None = None
    evidence: str | None = None
    method: str | None = None
    touch: str | None = None
    event: str | None = None
    occurred_at: int = 0
    payout: int | None = None
    period: str = ""
    rule: int | None = None
    words: str = ""


class _Line(msgspec.Struct):
    amount_micros: int = 0
    refunded_micros: int = 0


class _Part(msgspec.Struct):
    """A part of a commission by an agreement."""

    agreement: int
    child: int
    kind: str
    left_micros: int
    ppm: int
    publisher: int


class _Side(msgspec.Struct):
    """What is read of a side."""

    commission_micros: int | None = None
    fee_micros: int | None = None
    lines: list[_Line] = []
    parties: list[_Part] = []
    parts: list[_Part] = []
    tier: dict[str, Any] | None = None


body_of: Final = msgspec.json.Decoder(Body).decode
_side: Final = msgspec.json.Decoder(_Side).decode
Sides = Mapping[int, Mapping[int, bytes]]
"""What further parties read, by receipt and publisher."""


def told(
    receipts: Iterable[tuple[book.ReceiptRow, Body]], orders: Mapping[int, OrderState], sides: Sides
) -> list[Told]:
    """The changes that receipts tell of."""
    return [
        one
        for row, body in receipts
        for one in _changes(row, body, orders.get(row.conversion or 0), sides.get(row.id, {}))
    ]


def _changes(
    row: book.ReceiptRow, body: Body, order: OrderState | None, sides: Mapping[int, bytes]
) -> Iterator[Told]:
    if body.kind in KINDS:
        yield _of_order(row, body, order)
        for publisher, side in sides.items():
            yield _of_party(row, body, publisher, _side(side))
    elif body.kind in OF_TIERS:
        yield _of_tier(row, body)
    elif body.kind == BONUS and body.verdict != "refused":
        yield _of_bonus(row, body)


def _of_order(row: book.ReceiptRow, body: Body, order: OrderState | None) -> Told:
    """A refused call concerns whoever sent it, the advertiser; everything else both sides."""
    is_refusal = body.verdict == "refused"
    common, own_touch = _decision(row, body), touched(body.method, body.touch, order)
    own, others = _side(row.advertiser_side), _side(row.publisher_side)
    parties = {"parties": [_part(one) for one in own.parties]} if own.parties else {}
    return Told(
        kind=Kind.CONVERSION_REFUSED if is_refusal else KINDS[body.kind],
        subject=f"receipt:{row.id}" if row.conversion is None else f"conversion:{row.conversion}",
        at=from_ms(body.decided_at),
        body=common | own_touch | {"code": order.code if order else None} | _sums(own) | parties,
        publisher_body=common | own_touch | {"commission_micros": others.commission_micros} | _parts(others),
        advertiser=body.advertiser,
        publisher=None if is_refusal else body.publisher,
        program=body.program,
        receipt=row.id,
        proof=row.hash,
    )


def _of_party(row: book.ReceiptRow, body: Body, publisher: int, side: _Side) -> Told:
    """A part in an order that another won: nothing of the touch that won it, and no other part."""
    own = {"advertiser": body.advertiser, "commission_micros": side.commission_micros}
    return Told(
        kind=OF_PARTIES[body.kind],
        subject=f"conversion:{row.conversion}",
        at=from_ms(body.decided_at),
        body=_decision(row, body) | own | _parts(side),
        publisher=publisher,
        program=body.program,
        receipt=row.id,
        proof=blake2b(f"{row.hash} {publisher}".encode(), digest_size=32).hexdigest(),
    )


def _of_tier(row: book.ReceiptRow, body: Body) -> Told:
    """A correction, as it now stands; with its arithmetic where it was worked out."""
    common = {
        "decision": body.kind,
        "rule": body.rule,
        "outcome": body.outcome,
        "period": body.period,
        "status": body.status,
        "reason": body.reason,
        "currency": body.currency,
    }
    return _of_both(row, body, OF_TIERS[body.kind], f"tier:{body.rule}:{body.period}", common)


def _of_bonus(row: book.ReceiptRow, body: Body) -> Told:
    taken = body.because == "clawback"
    common = {
        "decision": body.kind,
        "because": body.because,
        "words": body.words,
        "status": body.status,
        "currency": body.currency,
    }
    kind = Kind.BONUS_TAKEN_BACK if taken else Kind.BONUS_GRANTED
    return _of_both(row, body, kind, f"bonus:{body.event}", common)


def _of_both(row: book.ReceiptRow, body: Body, kind: Kind, subject: str, common: dict[str, Any]) -> Told:
    own, others = _side(row.advertiser_side), _side(row.publisher_side)
    costs = {"commission_micros": own.commission_micros, "fee_micros": own.fee_micros}
    return Told(
        kind=kind,
        subject=subject,
        at=from_ms(body.decided_at),
        body=common | costs | _tier(own),
        publisher_body=common | {"commission_micros": others.commission_micros} | _tier(others),
        advertiser=body.advertiser,
        publisher=body.publisher,
        program=body.program,
        receipt=row.id,
        proof=row.hash,
    )


def _decision(row: book.ReceiptRow, body: Body) -> dict[str, Any]:
    """What everybody reads of a decision about an order."""
    return {
        "conversion": row.conversion,
        "order": body.order,
        "outcome": body.outcome,
        "decision": body.kind,
        "status": body.status,
        "reason": body.reason,
        "because": body.because,
        "evidence": body.evidence,
        "currency": body.currency or None,
        "is_test": testing.is_test(body.kind, body.reason),
    }


def touched(method: str | None, touch: str | None, order: OrderState | None) -> dict[str, Any]:
    """What the publisher who earned it knows by itself: its click, its sub-ids, its code."""
    return {
        "method": method,
        "click_id": touch if method == "click" else None,
        "subs": list(order.sub) if order is not None and method else [],
        "code": order.code if order is not None and method == "code" else None,
    }


def _sums(side: _Side) -> dict[str, int | None]:
    amounts = [line.amount_micros - line.refunded_micros for line in side.lines]
    return {
        "amount_micros": sum(amounts) if amounts else None,
        "commission_micros": side.commission_micros,
        "fee_micros": side.fee_micros,
    }


def _parts(side: _Side) -> dict[str, Any]:
    """A publisher's own parts of an order that several share; nothing where nobody does."""
    return {"parts": [_part(one) for one in side.parts]} if side.parts else {}


def _part(one: _Part) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "agreement": one.agreement,
        "publisher": one.publisher,
        "child": one.child,
        "ppm": one.ppm,
        "commission_micros": one.left_micros,
    }


def _tier(side: _Side) -> dict[str, Any]:
    return {"tier": side.tier} if side.tier is not None else {}
