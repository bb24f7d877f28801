"""Orders: how a purchase, an inquiry or an installation is told, and what becomes of it later."""

from datetime import timedelta
from random import Random
from typing import Final, NamedTuple

from msgspec.structs import replace

from utfall.demo.cast import Seller
from utfall.demo.chance import DAY_MS, HOUR_MS, MINUTE_MS, between
from utfall.demo.seasons import Trade
from utfall.demo.sheet import Sheet
from utfall.demo.truth import Incident, Label, Untold
from utfall.demo.visitors import Person, customer
from utfall.demo.wares import basket
from utfall.events import (
    Action,
    Amendment,
    ClickRef,
    Consent,
    Conversion,
    DeclineReason,
    LineChange,
    Source,
    event_id,
)
from utfall.terms import Zone

SECOND: Final = 1000
TWICE: Final = 0.05
_DELAYS: Final = {Source.TAG: (300, 2_000), Source.POSTBACK: (1_000, 90_000), Source.API: (1_000, 30_000)}


class Till(NamedTuple):
    """Where orders of one advertiser are placed. While `silent`, they are placed and not told."""

    seller: Seller
    zone: Zone
    scale: float
    silent: Incident | None = None


class Wish(NamedTuple):
    """An order that somebody is about to place."""

    person: Person
    at: int
    clicks: tuple[ClickRef, ...] = ()
    label: Label = Label.HONEST
    code: str | None = None
    customer: str | None = None
    is_new: bool | None = None
    checkout_at: int | None = None
    sent_back: float | None = None
    """How likely it is sent back, where that is not as with others."""


def place(sheet: Sheet, chance: Random, till: Till, wish: Wish) -> None:
    """Place an order: told once, sometimes twice, or not at all; and decide what becomes of it."""
    order = _order(chance, till, wish)
    silent = till.silent
    if silent is not None and silent.since <= order.occurred_at < silent.until:
        sheet.untold.append(_lost(order))
        return
    sheet.tell(order, wish.label)
    if chance.random() < TWICE and order.source is Source.TAG:
        sheet.tell(_again(chance, order), wish.label)
    if wish.clicks or wish.code:
        for amendment in _fate(chance, till, wish, order):
            sheet.tell(amendment, wish.label)


def _order(chance: Random, till: Till, wish: Wish) -> Conversion:
    seller, person = till.seller, wish.person
    is_new = chance.random() < 0.55 if wish.is_new is None else wish.is_new
    name = wish.customer or customer(chance, seller.advertiser, is_new=is_new, scale=till.scale)
    day = till.zone.day(wish.at)
    is_shop = seller.trade is Trade.SHOP
    source = _source(chance, seller)
    knows = person.consent is Consent.GRANTED
    sale = (day.month, day.day) >= (12, 26) or (day.month, day.day) <= (1, 14)
    return Conversion(
        id=event_id(wish.at, chance.randbytes(10)),
        occurred_at=wish.at,
        received_at=wish.at + between(chance, *_DELAYS[source]),
        source=source,
        advertiser=seller.advertiser,
        outcome=seller.outcome,
        order=f"{seller.prefix}-{day:%y%m%d}-{chance.randbytes(3).hex().upper()}",
        currency=seller.currency,
        lines=basket(chance, day.month, is_sale=sale and chance.random() < 0.6) if is_shop else (),
        program=seller.program,
        clicks=wish.clicks,
        visitor=person.visitor,
        customer=name if knows and seller.trade is not Trade.APP else None,
        customer_is_new=is_new if is_shop else None,
        code=wish.code,
        consent=person.consent,
        checkout_at=wish.checkout_at,
        country=person.country,
        device=person.agent.device,
        address=person.address,
    )


def _source(chance: Random, seller: Seller) -> Source:
    if seller.trade is Trade.SHOP:
        return Source.TAG if chance.random() < 0.7 else Source.POSTBACK
    return Source.API if seller.trade is Trade.SERVICE else Source.POSTBACK


def _again(chance: Random, order: Conversion) -> Conversion:
    """The shop's server tells of what the tag told already."""
    later = order.received_at + between(chance, 2_000, 120_000)
    return replace(
        order,
        id=event_id(order.occurred_at, chance.randbytes(10)),
        received_at=later,
        source=Source.POSTBACK,
        checkout_at=None,
    )


def _lost(order: Conversion) -> Untold:
    last = order.clicks[-1] if order.clicks else None
    return Untold(
        order=order.order,
        at=order.occurred_at,
        advertiser=order.advertiser,
        program=order.program or 0,
        publisher=last.publisher if last else None,
        amount_micros=sum(line.amount_micros for line in order.lines),
        currency=order.currency,
        click=last.id if last else None,
    )


def _fate(chance: Random, till: Till, wish: Wish, order: Conversion) -> list[Amendment]:
    match till.seller.trade:
        case Trade.SHOP:
            return _of_the_shop(chance, till, wish, order)
        case Trade.SERVICE:
            return _of_the_service(chance, wish, order)
        case Trade.APP if chance.random() < 0.01:
            return [_amend(chance, order, 2 * DAY_MS, Action.DECLINE, DeclineReason.FRAUD)]
    return []


def _of_the_shop(chance: Random, till: Till, wish: Wish, order: Conversion) -> list[Amendment]:
    drawn = chance.random()
    if drawn < 0.05:
        reason = DeclineReason.CANCELLED if drawn < 0.035 else DeclineReason.CREDIT_CHECK
        return [_amend(chance, order, between(chance, HOUR_MS, 4 * DAY_MS), Action.DECLINE, reason)]
    found: list[Amendment] = []
    approved_after = _monday(chance, till.zone, order.occurred_at) - order.occurred_at
    if chance.random() < (0.2 if wish.sent_back is None else wish.sent_back):
        line = int(chance.random() * len(order.lines))
        back = _amend(
            chance, order, between(chance, 4 * DAY_MS, 24 * DAY_MS), Action.REFUND, DeclineReason.RETURNED
        )
        found.append(replace(back, changes=(LineChange(line=line),)))
    gone = bool(found) and len(order.lines) == 1
    if chance.random() < 0.6 and not gone:
        found.append(_amend(chance, order, approved_after, Action.APPROVE, None))
    return found


def _of_the_service(chance: Random, wish: Wish, order: Conversion) -> list[Amendment]:
    drawn, doubtful = chance.random(), wish.label is Label.DUPLICATE_LEAD
    if drawn < (0.3 if doubtful else 0.14):
        reason = DeclineReason.DUPLICATE if doubtful else DeclineReason.OTHER
        return [_amend(chance, order, between(chance, DAY_MS, 8 * DAY_MS), Action.DECLINE, reason)]
    if drawn < 0.84:
        return [_amend(chance, order, between(chance, 2 * DAY_MS, 9 * DAY_MS), Action.APPROVE, None)]
    return []


def _monday(chance: Random, zone: Zone, at: int) -> int:
    """The first Monday morning three weeks later, when the shop goes through its orders."""
    day = zone.day(at) + timedelta(days=21)
    monday = day + timedelta(days=-day.weekday() % 7)
    nine = (monday.toordinal() - _EPOCH) * DAY_MS + 9 * HOUR_MS
    return zone.to_utc_ms(nine) + int(chance.random() * 20 * MINUTE_MS)


_EPOCH: Final = 719_163
"""The ordinal of 1970-01-01."""


def _amend(
    chance: Random, order: Conversion, after_ms: int, action: Action, reason: DeclineReason | None
) -> Amendment:
    at = max(order.occurred_at + after_ms, order.received_at + SECOND)
    return Amendment(
        id=event_id(at, chance.randbytes(10)),
        occurred_at=at,
        received_at=at + between(chance, 50, 2_000),
        source=Source.API,
        advertiser=order.advertiser,
        outcome=order.outcome,
        order=order.order,
        action=action,
        reason=reason,
    )
