"""The receipts of an order: what was considered, what was decided, and how the money was worked out."""

from collections.abc import Sequence

from utfall.engine.attribution import Candidate, Elimination, Judged
from utfall.engine.documents import (
    AdvertiserSide,
    Body,
    CandidateShown,
    Deadlines,
    EarningLine,
    PricedLine,
    PublisherSide,
)
from utfall.engine.draft import Draft
from utfall.engine.facts import Fact
from utfall.engine.party_sides import party_sides, told_to_advertiser
from utfall.engine.state import OrderState
from utfall.engine.tier_receipts import order_tiers
from utfall.events import Amendment, Conversion, Reason


def order_receipt(
    draft: Draft,
    order: OrderState,
    kind: str,
    event: str | None,
    *,
    judged: Sequence[Judged] = (),
    transaction: int | None = None,
    amendment: Amendment | None = None,
) -> None:
    """Write the receipt of a decision about an order and link it to the order's previous one."""
    body = _body(draft, order, kind, event, transaction)
    if amendment is not None:
        body.because, body.evidence = amendment.reason, amendment.evidence
    shown = [_candidate(one.candidate, one.elimination) for one in judged]
    advertiser, publisher = _advertiser_side(draft, order, shown), _publisher_side(order, shown)
    if order.tiers:
        publisher.tiers = order_tiers(draft, order, for_publisher=True)
    parties: Sequence[PublisherSide] = ()
    if order.shares:
        parties = party_sides(order, advertiser, publisher)
    order.receipt = draft.receipt(body, advertiser, publisher, order=order.id, parties=parties)


def _body(draft: Draft, order: OrderState, kind: str, event: str | None, transaction: int | None) -> Body:
    program = draft.terms.programs.get(order.program) if order.program is not None else None
    terms = program.terms_at(order.occurred_at) if program else None
    body = Body(
        advertiser=order.advertiser,
        kind=kind,
        outcome=order.outcome,
        program=order.program,
        publisher=order.publisher,
    )
    # Set, not passed: what a struct is made with costs the square of its number.
    body.event, body.order, body.prior = event, order.order, order.receipt
    body.occurred_at, body.currency = order.occurred_at, order.currency
    body.verdict, body.status, body.reason = "accepted", order.status, order.reason
    body.method, body.touch = order.method, order.touch
    body.terms_version = terms.version if terms else None
    body.transaction = transaction
    if order.deferred is not None or order.locks_at is not None:
        body.deadlines = _deadlines(order)
    return body


def _deadlines(order: OrderState) -> Deadlines:
    """The deadlines as they stand; told where an item or a lock makes them more than a rule of days."""
    shown, moved = Deadlines(), order.deferred
    if order.approve_at is not None:
        shown.approve_at = order.approve_at
    if order.payable_at is not None:
        shown.payable_at = order.payable_at
    if order.locks_at is not None:
        shown.locks_at = order.locks_at
    if moved is not None:
        shown.delivery_days, shown.return_days, shown.sku = moved.delivery_days, moved.return_days, moved.sku
    return shown


def _advertiser_side(draft: Draft, order: OrderState, shown: list[CandidateShown]) -> AdvertiserSide:
    side = AdvertiserSide(
        candidates=shown,
        channel=order.channel,
        checkout_at=order.checkout_at,
        code=order.code,
        commission_micros=order.commission_micros,
        cost_micros=order.commission_micros + order.fee_micros,
        customer=order.customer,
        customer_is_new=order.customer_is_new,
        fee_micros=order.fee_micros,
        limits=draft.holds_shown(order.holds),
        lines=_lines(draft, order),
        orders_before=order.orders_before,
        supplied=order.supplied,
    )
    if order.tiers:
        side.tiers = order_tiers(draft, order, for_publisher=False)
    if order.has_lapsed:
        side.has_lapsed = True
    if order.recurring_month is not None:
        side.recurring_month = order.recurring_month
    return side


def _publisher_side(order: OrderState, shown: list[CandidateShown]) -> PublisherSide:
    """A publisher sees its own touches whole, and of others only their class, time and fate."""
    return PublisherSide(
        candidates=[one if one.publisher == order.publisher else _other(one) for one in shown],
        commission_micros=order.commission_micros,
        lines=[EarningLine(line.category, line.left_micros, line.rule) for line in order.lines],
    )


def _candidate(candidate: Candidate, elimination: Elimination | None) -> CandidateShown:
    return CandidateShown(
        at=candidate.at,
        touch_class=candidate.touch_class,
        elimination=elimination,
        id=candidate.id,
        link=candidate.link,
        method=candidate.method,
        program=candidate.program,
        publisher=candidate.publisher,
    )


def _other(one: CandidateShown) -> CandidateShown:
    return CandidateShown(
        at=one.at, touch_class=one.touch_class, elimination=one.elimination, method=one.method
    )


def _lines(draft: Draft, order: OrderState) -> list[PricedLine]:
    return [
        PricedLine(
            amount_micros=line.amount_micros,
            category=line.category,
            commission_micros=line.commission_micros,
            left_micros=line.left_micros,
            price=draft.price_shown(line.rule),
            quantity=line.quantity,
            refunded_micros=line.refunded_micros,
            rule=line.rule,
            sku=line.sku,
        )
        for line in order.lines
    ]


def _supposed_side(draft: Draft, body: Body, order: OrderState, judged: Sequence[Judged]) -> AdvertiserSide:
    """The side of a test, and in its body what the amounts are of."""
    terms = draft.terms.programs[order.program].terms_at(order.occurred_at) if order.program else None
    body.currency, body.program, body.method, body.touch = (
        order.currency,
        order.program,
        order.method,
        order.touch,
    )
    body.terms_version = terms.version if terms else None
    side = _advertiser_side(draft, order, [_candidate(one.candidate, one.elimination) for one in judged])
    if order.shares:
        told_to_advertiser(order, side)
    return side


def refused_receipt(
    draft: Draft,
    event: Conversion | Amendment,
    reason: Reason,
    order: OrderState | None,
    supposed: tuple[OrderState, list[Judged]] | None = None,
) -> None:
    """Write the receipt and the fact of a conversion or amendment that was refused.

    `supposed` is what a test would have been: only the advertiser, who sent it, reads of it.
    """
    kind = "conversion" if isinstance(event, Conversion) else event.action.value
    body = Body(
        advertiser=event.advertiser,
        event=event.id,
        kind=kind,
        occurred_at=event.occurred_at,
        order=event.order,
        outcome=event.outcome,
        prior=order.receipt if order else None,
        program=order.program if order else None,
        publisher=order.publisher if order else None,
        reason=reason.value,
        status=order.status if order else None,
        verdict="refused",
    )
    side = AdvertiserSide()
    if supposed is not None:
        side = _supposed_side(draft, body, *supposed)
    hash_ = draft.receipt(body, side, PublisherSide(), order=order.id if order else None)
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
