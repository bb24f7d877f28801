"""The receipts of an order: what was considered, what was decided, and how the money was worked out."""

from collections.abc import Sequence
from typing import Any

from utfall.engine.attribution import Judged
from utfall.engine.draft import Draft
from utfall.engine.facts import Fact
from utfall.engine.state import OrderState
from utfall.events import Amendment, Conversion, Reason


def order_receipt(
    draft: Draft,
    order: OrderState,
    kind: str,
    event: str | None,
    *,
    judged: Sequence[Judged] = (),
    transaction: int | None = None,
    more: dict[str, Any] | None = None,
) -> None:
    """Write the receipt of a decision about an order and link it to the order's previous one."""
    body = _body(draft, order, event)
    if more:
        body |= more
    order.receipt = draft.receipt(
        kind,
        body,
        advertiser_side=_advertiser_side(draft, order, judged),
        publisher_side=_publisher_side(order, judged),
        order=order.id,
        prior=order.receipt,
        transaction=transaction,
    )


def _body(draft: Draft, order: OrderState, event: str | None) -> dict[str, Any]:
    program = draft.terms.programs.get(order.program) if order.program is not None else None
    terms = program.terms_at(order.occurred_at) if program else None
    return {
        "verdict": "accepted",
        "event": event,
        "advertiser": order.advertiser,
        "program": order.program,
        "terms_version": terms.version if terms else None,
        "publisher": order.publisher,
        "outcome": order.outcome,
        "order": order.order,
        "occurred_at": order.occurred_at,
        "currency": order.currency,
        "status": order.status,
        "reason": order.reason,
        "method": order.method,
        "touch": order.touch,
    }


def _advertiser_side(draft: Draft, order: OrderState, judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        "candidates": [_candidate(one) for one in judged],
        "lines": _lines(order, draft),
        "commission_micros": order.commission_micros,
        "fee_micros": order.fee_micros,
        "cost_micros": order.cost_micros,
        "limits": draft.limit_words([hold.key for hold in order.holds]),
        "supplied": order.supplied,
        "customer": order.customer,
        "customer_is_new": order.customer_is_new,
        "orders_before": order.orders_before,
        "code": order.code,
        "channel": order.channel,
        "checkout_at": order.checkout_at,
    }


def _publisher_side(order: OrderState, judged: Sequence[Judged]) -> dict[str, Any]:
    """A publisher sees its own touches whole, and of others only their class, time and fate."""
    return {
        "candidates": [
            _candidate(one) if one.candidate.publisher == order.publisher else _other(one) for one in judged
        ],
        "lines": [
            {"category": line.category, "rule": line.rule, "commission_micros": line.left_micros}
            for line in order.lines
        ],
        "commission_micros": order.commission_micros,
    }


def _candidate(one: Judged) -> dict[str, Any]:
    candidate = one.candidate
    return {
        "id": candidate.id,
        "method": candidate.method,
        "class": candidate.touch_class,
        "at": candidate.at,
        "program": candidate.program,
        "publisher": candidate.publisher,
        "link": candidate.link,
        "elimination": one.elimination,
    }


def _other(one: Judged) -> dict[str, Any]:
    return {
        "method": one.candidate.method,
        "class": one.candidate.touch_class,
        "at": one.candidate.at,
        "elimination": one.elimination,
    }


def _lines(order: OrderState, draft: Draft) -> list[dict[str, Any]]:
    rules = draft.terms.rules
    return [
        {
            "sku": line.sku,
            "category": line.category,
            "quantity": line.quantity,
            "amount_micros": line.amount_micros,
            "refunded_micros": line.refunded_micros,
            "rule": line.rule,
            "price": rules[line.rule].price if line.rule is not None and line.rule in rules else None,
            "commission_micros": line.commission_micros,
            "left_micros": line.left_micros,
        }
        for line in order.lines
    ]


def refused_receipt(
    draft: Draft, event: Conversion | Amendment, reason: Reason, order: OrderState | None
) -> None:
    """Write the receipt and the fact of a conversion or amendment that was refused."""
    kind = "conversion" if isinstance(event, Conversion) else event.action.value
    body = {
        "event": event.id,
        "advertiser": event.advertiser,
        "program": order.program if order else None,
        "publisher": order.publisher if order else None,
        "outcome": event.outcome.value,
        "order": event.order,
        "occurred_at": event.occurred_at,
        "verdict": "refused",
        "reason": reason.value,
        "status": order.status if order else None,
    }
    hash_ = draft.receipt(
        kind,
        body,
        advertiser_side={},
        publisher_side={},
        order=order.id if order else 0,
        prior=order.receipt if order else None,
    )
    if order is not None:
        order.receipt = hash_
        draft.keep(order)
    draft.facts.append(
        Fact(
            event=event.id,
            kind=kind,
            occurred_at=event.occurred_at,
            received_at=event.received_at,
            decided_at=draft.now,
            source=event.source.value,
            advertiser=event.advertiser,
            program=order.program if order else None,
            publisher=order.publisher if order else None,
            status="refused",
            reason=reason.value,
        )
    )
