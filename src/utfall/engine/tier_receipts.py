"""The receipts of tiers: how an order was priced in steps, and how a correction was worked out."""

from typing import NamedTuple

from msgspec import UNSET, Raw, UnsetType

from utfall.engine.documents import (
    AdvertiserSide,
    Body,
    OrderTierShown,
    PublisherSide,
    TierPartShown,
    TierShown,
)
from utfall.engine.draft import Draft
from utfall.engine.facts import PRICE_MODELS, Fact
from utfall.engine.receipts import canonical
from utfall.engine.state import OrderState, Pool, TierPart, TierShare
from utfall.terms import Tiered


class Worked(NamedTuple):
    """At which step and position a correction was worked out, and which limit left a part of it waiting."""

    step: int
    position: int
    reason: str | None


def pool_receipt(
    draft: Draft, pool: Pool, kind: str, at: int, worked: Worked | None, transaction: int | None
) -> None:
    """Write the receipt of a decision about a correction, and link it to the one before."""
    body = Body(
        advertiser=pool.advertiser,
        kind=kind,
        outcome=pool.outcome,
        program=pool.program,
        publisher=pool.publisher,
        event=pool.event if worked else None,
        occurred_at=at,
        currency=pool.currency,
        period=pool.period,
        prior=pool.receipt,
        reason=worked.reason if worked else None,
        rule=pool.rule,
        status=pool.status,
        terms_version=pool.terms_version,
        transaction=transaction,
        verdict="accepted",
    )
    advertiser = AdvertiserSide(
        commission_micros=pool.correction_micros,
        cost_micros=pool.correction_micros + pool.fee_micros,
        fee_micros=pool.fee_micros,
        limits=draft.holds_shown(pool.holds),
        tier=_shown(pool, worked, hides_position=False),
    )
    publisher = PublisherSide(
        commission_micros=pool.correction_micros,
        tier=_shown(pool, worked, hides_position=pool.price.shared),
    )
    pool.receipt = draft.receipt(body, advertiser, publisher)


def _shown(pool: Pool, worked: Worked | None, *, hides_position: bool) -> TierShown | UnsetType:
    """The arithmetic; a publisher that is counted with others is not told how much they brought."""
    if worked is None:
        return UNSET
    step, counted = pool.price.steps[worked.step], pool.counted
    return TierShown(
        amount_micros=counted.amount_micros,
        commission_micros=counted.commission_micros,
        correction_micros=pool.correction_micros,
        measure=pool.price.measure,
        orders=counted.orders,
        period=pool.period,
        position=UNSET if hides_position else worked.position,
        price=Raw(canonical(step.price)),
        shared=pool.price.shared,
        start=step.start,
        target_micros=counted.at_steps[worked.step],
        waiting_micros=pool.wanted_micros - pool.correction_micros,
    )


def order_tiers(draft: Draft, order: OrderState, *, for_publisher: bool) -> list[OrderTierShown] | UnsetType:
    """How tiers priced an order; not set where none did."""
    if not order.tiers:
        return UNSET
    known = ((share, _price(draft, share)) for share in order.tiers)
    return [
        OrderTierShown(
            measure=price.measure,
            parts=[_part(part, hides_amount=for_publisher) for part in share.parts],
            period=share.period,
            position=UNSET if for_publisher and price.shared else share.position,
            rule=share.rule,
        )
        for share, price in known
        if price is not None
    ]


def _price(draft: Draft, share: TierShare) -> Tiered | None:
    """The steps by which an order was priced; a rule that was taken out of the terms has none to show."""
    rule = draft.terms.rules.get(share.rule)
    return rule.price if rule is not None and isinstance(rule.price, Tiered) else None


def _part(part: TierPart, *, hides_amount: bool) -> TierPartShown:
    return TierPartShown(
        amount_micros=UNSET if hides_amount else part.amount_micros,
        commission_micros=part.commission_micros,
        price=Raw(canonical(part.price)),
        start=part.start,
    )


def tell(
    draft: Draft,
    pool: Pool,
    kind: str,
    at: int,
    transaction: int,
    *,
    reason: str | None = None,
    pending: int = 0,
    approved: int | None = None,
    fee: int = 0,
) -> None:
    """Tell the lake how a correction moved; what leaves pending without more is approved."""
    approved = -pending if approved is None else approved
    draft.facts.append(
        Fact(
            event=pool.event,
            kind=kind,
            occurred_at=at,
            received_at=at,
            decided_at=draft.now,
            source="clock" if kind != "tier" else None,
            transaction=transaction,
            advertiser=pool.advertiser,
            program=pool.program,
            publisher=pool.publisher,
            group=pool.group,
            rule=pool.rule,
            price_model=PRICE_MODELS[pool.outcome],
            status=pool.status.value,
            reason=reason,
            currency=pool.currency,
            cost_micros=pending + approved + fee,
            fee_micros=fee,
            commission_pending_micros=pending,
            commission_approved_micros=approved,
        )
    )
