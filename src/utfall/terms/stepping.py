"""Steps of a tier that do not do what steps are for."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from utfall.terms.findings import About, Cause, Code, Finding, Interval, Weight
from utfall.terms.rules import Flat, PerThousand, Portion, Rule, Tiered, TierMeasure


def steps(rules: Sequence[Rule], during: Interval) -> Iterator[Finding]:
    """Steps that pay no more than the one before, that nothing can reach, or that take back what was paid."""
    for rule in rules:
        span = during.meet(rule.effective_from, rule.effective_until)
        if span is None or not isinstance(rule.price, Tiered):
            continue
        for cause, weight, step in _odd(rule.price):
            yield Finding(
                code=Code.TIER_STEPS,
                weight=weight,
                rules=(rule.id,),
                since_ms=span.since_ms,
                until_ms=span.until_ms,
                about=About(outcome=rule.outcome, cause=cause, step=step),
            )


def _odd(price: Tiered) -> Iterator[tuple[Cause, Weight, int]]:
    """What is wrong with steps, with the number of each, counted from 1."""
    for number, (before, step) in enumerate(pairwise(price.steps), start=2):
        pays, paid = _size(step.price), _size(before.price)
        if price.measure is TierMeasure.COMMISSION and not paid:
            # What earns nothing never earns enough to come further.
            yield Cause.NEVER_REACHED, Weight.ERROR, number
            return
        if pays < paid and price.retroactive:
            yield Cause.TAKES_BACK, Weight.ERROR, number
        elif pays <= paid:
            yield Cause.NOT_RISING, Weight.WARNING, number


def _size(price: Flat | Portion | PerThousand) -> int:
    return price.ppm if isinstance(price, Portion) else price.micros
