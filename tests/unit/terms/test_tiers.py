"""Prices in steps as they are agreed: what a program file may say, what is not sealed, what is doubtful."""

import tomllib
from typing import Any

import msgspec
import pytest

from tests.unit.engine.market import MARKET, varied, zone_of
from tests.unit.terms.test_lint import found, rule
from utfall.events import Outcome
from utfall.terms import (
    Flat,
    Portion,
    ProgramFileError,
    Step,
    Tiered,
    TierMeasure,
    TierPeriod,
    load_snapshot,
    read_market,
    seal,
)
from utfall.terms.findings import Cause, Code, Weight

PLAIN = 'share = "8 %"'
SHARES = 'steps = [ { from = "0", share = "8 %" }, { from = "1000.50", share = "10 %" } ]'


def shares(*ppms: int, **more: Any) -> Tiered:
    steps = tuple(Step(number * 1_000_000, Portion(ppm)) for number, ppm in enumerate(ppms))
    return Tiered(**{"measure": TierMeasure.AMOUNT, "period": TierPeriod.MONTH, "steps": steps, **more})


def test_a_program_file_says_steps_in_units_of_the_currency() -> None:
    written = f'tiers = {{ measure = "amount", period = "quarter", shared = true, {SHARES} }}'
    assert varied(PLAIN, written).rules[1].price == Tiered(
        TierMeasure.AMOUNT,
        TierPeriod.QUARTER,
        (Step(0, Portion(80_000)), Step(1_000_500_000, Portion(100_000))),
        shared=True,
    )


def test_steps_by_orders_begin_at_a_number_of_them() -> None:
    steps = 'steps = [ { from = 0, flat = "50.00" }, { from = 10, flat = "60.00" } ]'
    snapshot = varied(PLAIN, f'tiers = {{ measure = "orders", period = "year", {steps} }}')
    assert [(step.start, step.price) for step in snapshot.rules[1].price.steps] == [  # type: ignore[union-attr]
        (0, Flat(50_000_000)),
        (10, Flat(60_000_000)),
    ]
    assert snapshot.tiered == {100: [snapshot.rules[1]]}
    again = load_snapshot(seal(snapshot.market))
    assert again.market == snapshot.market


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('tiers = "8 %"', "tiers are a table of a measure, a period and steps"),
        (
            'tiers = { measure = "amount", period = "month", steps = [ { from = "0" } ] }',
            "a step is a table of",
        ),
        (f'tiers = {{ measure = "amount", period = "week", {SHARES} }}', "Invalid enum value 'week'"),
        (f'tiers = {{ measure = "amount", period = "month", speed = 1, {SHARES} }}', "unknown speed"),
        (
            'tiers = { measure = "amount", period = "month", steps = [ { from = "1", share = "8 %" } ] }',
            "the first step begins at 0",
        ),
    ],
)
def test_a_program_file_with_wrong_steps_is_refused_in_words(written: str, why: str) -> None:
    with pytest.raises(ProgramFileError) as refused:
        read_market(tomllib.loads(MARKET.replace(PLAIN, written, 1)), zone_of)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("price", "outcome", "why"),
    [
        (shares(), Outcome.SALE, "1 to 20"),
        (shares(80_000, 2_000_000), Outcome.SALE, "between 0 and 100 %"),
        (shares(80_000), Outcome.CLICK, "only leads, actions, sales and installs"),
        (shares(80_000), Outcome.LEAD, "only a sale has an amount"),
        (shares(steps=(Step(0, Portion(1)), Step(1, Flat(1)))), Outcome.SALE, "all steps pay alike"),
        (shares(steps=(Step(0, Flat(1, "unit")),)), Outcome.SALE, "not per unit"),
    ],
)
def test_steps_that_cannot_be_settled_are_not_sealed(price: Tiered, outcome: Outcome, why: str) -> None:
    market = varied(PLAIN, PLAIN).market
    first, *others = market.rules
    changed = msgspec.structs.replace(first, price=price, outcome=outcome)
    with pytest.raises(ValueError, match=why):
        seal(msgspec.structs.replace(market, rules=(changed, *others)))


@pytest.mark.parametrize(
    ("price", "cause", "weight", "step"),
    [
        (shares(80_000, 100_000, 100_000), Cause.NOT_RISING, Weight.WARNING, 3),
        (shares(80_000, 60_000), Cause.NOT_RISING, Weight.WARNING, 2),
        (shares(80_000, 60_000, retroactive=True), Cause.TAKES_BACK, Weight.ERROR, 2),
        (shares(0, 60_000, measure=TierMeasure.COMMISSION), Cause.NEVER_REACHED, Weight.ERROR, 2),
    ],
)
def test_tier_steps(price: Tiered, cause: Cause, weight: Weight, step: int) -> None:
    (finding,) = (one for one in found(rule(1, price=price)) if one.code is Code.TIER_STEPS)
    assert (finding.about.cause, finding.weight, finding.about.step) == (cause, weight, step)


def test_steps_that_rise_are_no_finding_and_each_is_judged_as_a_price() -> None:
    assert not found(rule(1, price=shares(80_000, 100_000)))
    (odd,) = found(rule(1, price=shares(80_000, 600_000)))
    assert (odd.code, odd.about.ppm) == (Code.SHARE_VS_FLAT, 600_000)
    (dear,) = found(rule(1, price=shares(80_000, 100_000, 120_000)), cap_ppm=100_000)
    assert (dear.code, dear.about.ppm) == (Code.NEGATIVE_MARGIN, 144_000)
