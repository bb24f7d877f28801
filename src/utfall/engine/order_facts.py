"""What an order contributes to the lake, line by line, and the change a decision made to it."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import attrgetter
from typing import Final

import msgspec
from msgspec import Struct

from utfall.engine.draft import Draft
from utfall.engine.facts import PRICE_MODELS, Fact
from utfall.engine.state import LineState, OrderState, OrderStatus
from utfall.events import Outcome
from utfall.money import allocate

_COUNTS: Final[dict[Outcome, str]] = {
    Outcome.LEAD: "leads",
    Outcome.ACTION: "actions",
    Outcome.SALE: "sales",
    Outcome.INSTALL: "installs",
}
MEASURES: Final = (
    *_COUNTS.values(),
    "revenue_micros",
    "cost_micros",
    "fee_micros",
    "commission_pending_micros",
    "commission_approved_micros",
    "commission_declined_micros",
)
_DECISION: Final = ("event", "kind", "source", "transaction")
_ABOUT_THE_DECISION: Final = frozenset({*_DECISION, "decided_at", "received_at", "status", "reason"})
_PLACES: Final = tuple(
    name for name in Fact.__struct_fields__ if name not in _ABOUT_THE_DECISION and name not in MEASURES
)

_measures: Final = attrgetter(*MEASURES)
_places: Final = attrgetter(*_PLACES)


class Told(Struct, frozen=True, gc=False):
    """The decision a fact tells of: its event, its kind, how it came, and the transaction it posted."""

    event: str
    kind: str
    source: str | None
    transaction: int | None


def standing_facts(draft: Draft, order: OrderState, told: Told | None = None) -> list[Fact]:
    """All that an order now adds to the lake, a fact per line; its first line carries its count."""
    lefts = [line.left_micros for line in order.lines]
    fees = allocate(order.fee_micros, lefts) if sum(lefts) > 0 else (0,) * len(lefts)
    channel = order.channel
    if channel is None and order.link is not None and order.link in draft.terms.links:
        channel = draft.terms.links[order.link].channel
    about = told or Told(order.event, order.outcome, None, None)
    whole = _order_fact(draft, order, channel, about)
    facts = [_line_fact(whole, order, line, fee) for line, fee in zip(order.lines, fees, strict=True)]
    facts[0] = msgspec.structs.replace(facts[0], **{_COUNTS[order.outcome]: 1})
    return facts


def _order_fact(draft: Draft, order: OrderState, channel: str | None, about: Told) -> Fact:
    """What the facts of all lines have in common; it moves nothing itself."""
    decision = Fact(
        event=about.event,
        kind=about.kind,
        source=about.source,
        transaction=about.transaction,
        occurred_at=order.occurred_at,
        received_at=order.received_at,
        decided_at=draft.now,
        status=order.status,
        reason=order.reason,
    )
    # In two halves: what a struct is made with costs the square of its number.
    return msgspec.structs.replace(
        decision,
        advertiser=order.advertiser,
        program=order.program,
        publisher=order.publisher,
        group=order.group,
        link=order.link,
        sub=order.sub,
        channel=channel,
        device=order.device or order.touch_device,
        country=order.country or order.touch_country,
        customer=customer_kind(order),
        code=order.code,
        currency=order.currency,
    )


def _line_fact(whole: Fact, order: OrderState, line: LineState, fee: int) -> Fact:
    approved = order.status in (OrderStatus.APPROVED, OrderStatus.PAYABLE)
    declined = order.status is OrderStatus.DECLINED
    return msgspec.structs.replace(
        whole,
        category=line.category,
        rule=line.rule,
        price_model=PRICE_MODELS[order.outcome] if line.rule is not None else None,
        revenue_micros=0 if declined else line.amount_micros - line.refunded_micros,
        cost_micros=line.left_micros + fee,
        fee_micros=fee,
        commission_pending_micros=line.left_micros if order.status is OrderStatus.PENDING else 0,
        commission_approved_micros=line.left_micros if approved else 0,
        commission_declined_micros=line.commission_micros - line.left_micros,
    )


def customer_kind(order: OrderState) -> str | None:
    """New or returning, as declared, or as the book has seen; None when nobody knows."""
    if order.customer_is_new is not None:
        return "new" if order.customer_is_new else "returning"
    if order.orders_before is None:
        return None
    return "returning" if order.orders_before else "new"


def changes(after: Sequence[Fact], before: Sequence[Fact]) -> list[Fact]:
    """The facts that lead from what an order added before to what it adds now; `after` tells the decision.

    Where its place moved (say, it is attributed only now) the old fact is taken back whole and the new one
    told.
    """
    told: Sequence[Fact] = after
    if before:
        told = [fact for new, old in zip_longest(after, before) for fact in _change(new, old, after[0])]
    return [fact for fact in told if any(_measures(fact))] or list(told[:1])


def _change(new: Fact | None, old: Fact | None, about: Fact) -> Iterator[Fact]:
    if new is None or old is None or _places(new) != _places(old):
        if old is not None:
            back = {name: -getattr(old, name) for name in MEASURES}
            decision = {name: getattr(about, name) for name in _DECISION}
            yield msgspec.structs.replace(old, **back, **decision)
        if new is not None:
            yield new
        return
    moved = {name: getattr(new, name) - getattr(old, name) for name in MEASURES}
    yield msgspec.structs.replace(new, **moved)
