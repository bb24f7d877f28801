"""What tiers promise of every history of one program's orders."""

from functools import cache
from random import Random
from typing import Any

import msgspec
from hypothesis import given

from tests.property.markets import LINKS, PROGRAMS, chances, cut, limit, market, ref, tiered
from tests.property.test_settlement import corrections, settled, states, told, used
from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment
from utfall.engine.refunds import left_of
from utfall.engine.tiers import at_step, position, split
from utfall.events import Action, Amendment, AnyEvent, Click, Conversion, Line, Outcome, Source, event_id
from utfall.terms import (
    Enrolment,
    Limit,
    Market,
    Portion,
    Program,
    ProgramTerms,
    Rule,
    Snapshot,
    Step,
    Tiered,
    TierMeasure,
    TierPeriod,
    load_snapshot,
    seal,
)

PROGRAM = 300
MICROS = (899_000_000, 350_000_000, 79_900_000, 12_350_001)


@cache
def parties() -> Market:
    return market(Random(1)).market


def tier_market(chance: Random, *limits: Limit, price: Tiered | None = None) -> Snapshot:
    """One program whose sales are priced by one tier, sometimes with other terms later."""
    advertiser, currency, zone = PROGRAMS[PROGRAM]
    versions = tuple(
        ProgramTerms(
            version=number,
            effective_from=start,
            fee_ppm=chance.choice([0, 200_000, 333_333]),
            hold_days=chance.choice([0, 10]),
            auto_approval_days=chance.choice([None, 5, 30]),
        )
        for number, start in enumerate([0, *([NOON + 20 * DAY] if chance.random() < 0.3 else [])], start=1)
    )
    program = Program(
        id=PROGRAM, advertiser=advertiser, name="P", currency=currency, zone=zone, versions=versions
    )
    rule = Rule(
        id=1,
        program=PROGRAM,
        name="T",
        outcome=Outcome.SALE,
        price=price or tiered(chance, Outcome.SALE),
        group=chance.choice([None, 301]),
    )
    plain = Rule(id=2, program=PROGRAM, name="R", outcome=Outcome.SALE, price=Portion(50_000), priority=-1)
    agreed = msgspec.structs.replace(
        parties(),
        programs=(*(one for one in parties().programs if one.id != PROGRAM), program),
        enrolments=tuple(
            Enrolment(program=PROGRAM, publisher=publisher, starts_at=0, group=chance.choice([None, 301]))
            for publisher in (10, 11, 12)
        ),
        rules=(rule, plain),
        limits=limits,
    )
    return load_snapshot(seal(agreed))


def tier_history(chance: Random) -> list[AnyEvent]:
    """Orders of a few publishers over some weeks, and what becomes of them."""
    clicks = [
        Click(**envelope(NOON - HOUR, number), advertiser=2, program=PROGRAM, publisher=publisher, link=link)
        for number, (link, (program, publisher)) in enumerate(LINKS.items())
        if program == PROGRAM
    ]
    events: list[AnyEvent] = list(clicks)
    orders: list[str] = []
    at = NOON
    for number in range(100, 100 + chance.randint(6, 18)):
        at += chance.choice([HOUR, HOUR, DAY, 4 * DAY, 9 * DAY])
        if orders and chance.random() < 0.45:
            events.append(later(chance, chance.choice(orders), at, number))
        else:
            orders.append(f"T-{number}")
            events.append(sale(chance, chance.choice(clicks), orders[-1], at, number))
    return events


def envelope(at: int, number: int) -> dict[str, Any]:
    identifier = event_id(at, number.to_bytes(10, "big"))
    return {"id": identifier, "occurred_at": at, "received_at": at, "source": Source.LOAD}


def sale(chance: Random, click: Click, reference: str, at: int, number: int) -> Conversion:
    late = chance.choice([0, 0, 0, 10 * DAY])
    lines = tuple(Line(amount_micros=chance.choice(MICROS)) for _ in range(chance.randint(1, 2)))
    return Conversion(
        **{**envelope(at, number), "occurred_at": max(at - late, NOON)},
        advertiser=2,
        outcome=Outcome.SALE,
        order=reference,
        currency="SEK",
        lines=lines,
        clicks=(ref(click),),
    )


def later(chance: Random, reference: str, at: int, number: int) -> Amendment:
    return Amendment(
        **{**envelope(at, number), "source": Source.API},
        advertiser=2,
        outcome=Outcome.SALE,
        order=reference,
        action=chance.choice([*Action, Action.REFUND, Action.REFUND]),
        lines=(Line(amount_micros=chance.choice(MICROS)),),
        amount_micros=chance.choice([None, 1, 12_000_000, 79_900_000]),
    )


@given(chances)
def test_own_commissions_and_correction_are_the_price_of_what_stands(chance: Random) -> None:
    ledger = settled(tier_market(chance), [[event] for event in tier_history(chance)], until=NOON + 900 * DAY)
    for key, pool in ledger.pools().items():
        if not pool.price.retroactive:
            continue
        together = [one for one in ledger.pools().values() if one.period == key.period]
        held = sum(position(pool.price, one.counted) for one in (together if pool.price.shared else [pool]))
        price = pool.price.steps[pool.price.step_at(held)].price
        own = expected = 0
        for order in ledger.orders():
            if any(share.period == key.period for share in order.tiers) and order.publisher == key.publisher:
                lines = [line for line in order.lines if line.rule == key.rule]
                own += sum(line.left_micros for line in lines)
                if order.status in ("pending", "approved", "payable"):
                    first = at_step(price, lines)
                    refunds = [line.refunded_micros for line in lines]
                    expected += sum(map(left_of, lines, first, refunds))
        assert own + pool.correction_micros == expected


def bounded(chance: Random, number: int) -> Limit:
    """A limit of the program that a few orders fill, or nearly."""
    cap = chance.randint(0, 10**9)
    return msgspec.structs.replace(limit(chance, number), program=PROGRAM, group=None, cap=cap)


@given(chances)
def test_corrections_never_break_a_limit_and_are_taken_back_whole(chance: Random) -> None:
    limits = [bounded(chance, number) for number in (1, 2)]
    ledger = settled(tier_market(chance, *limits), cut(chance, tier_history(chance)))
    end = NOON + chance.choice([300, 900]) * DAY
    ledger.settle(now=end)
    for order in list(ledger.orders()):
        ledger.settle(amendment("refund", order.order, at=end, advertiser=2))
    assert not any(
        pool.correction_micros or pool.fee_micros or pool.holds for pool in ledger.pools().values()
    )
    assert all(state.reserved + state.settled <= state.cap for state in ledger.limits.values())


@given(chances)
def test_where_batches_end_changes_no_correction(chance: Random) -> None:
    limits = [bounded(chance, 1)]
    terms, events = tier_market(chance, *limits), tier_history(chance)
    end = events[-1].received_at + chance.choice([0, 60, 900]) * DAY
    whole = settled(terms, [events], until=end)
    parts = settled(terms, cut(chance, events), until=end)
    assert corrections(parts) == corrections(whole)
    assert states(parts) == states(whole)
    assert parts.standing() == whole.standing()
    assert used(parts) == used(whole)
    assert told(parts) == told(whole)


@given(chances)
def test_marginal_prices_of_all_orders_sum_to_the_price_of_their_sum(chance: Random) -> None:
    steps = tuple(
        Step(start, Portion(chance.randint(0, 1_000_000)))
        for start in sorted({0, *(chance.randint(1, 2 * 10**9) for _ in range(3))})
    )
    price = Tiered(TierMeasure.AMOUNT, TierPeriod.TOTAL, steps)
    events = [one for one in tier_history(chance) if not isinstance(one, Amendment)]
    ledger = Ledger(tier_market(Random(2), price=price))
    ledger.settle(*events)
    priced = [order for order in ledger.orders() if order.tiers]
    for publisher in {order.publisher for order in priced}:
        own = [order for order in priced if order.publisher == publisher]
        amount = sum(line.amount_micros for order in own for line in order.lines)
        parts = split(price, 0, amount)
        earned = sum(line.left_micros for order in own for line in order.lines)
        assert earned == sum(one.commission_micros for one in parts)
