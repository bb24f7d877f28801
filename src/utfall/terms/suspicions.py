"""Prices that look like a slip of units, or cost more than the advertiser can bear."""

from collections.abc import Iterator, Sequence
from typing import Final

from utfall.events import Outcome
from utfall.money import PPM
from utfall.terms.findings import About, Cause, Code, Facts, Finding, Interval, Weight
from utfall.terms.program import Program
from utfall.terms.rules import Flat, PerThousand, Portion, Rule, prices_in

LARGE_SHARE_PPM: Final = 500_000
SMALL_SHARE_PPM: Final = 1_000
SimplePrice = Flat | Portion | PerThousand
TINY: Final = 1_000
"""A flat price below a thousandth of the median order looks like a share that lost its sign."""


def suspicions(program: Program, rules: Sequence[Rule], during: Interval, facts: Facts) -> Iterator[Finding]:
    """Prices to look at again, as far as the facts allow to judge them."""
    for rule in rules:
        span = during.meet(rule.effective_from, rule.effective_until)
        if span is None:
            continue
        prices, fee_ppm = prices_in(rule.price), _largest_fee_ppm(program, span)
        odd = next(filter(None, (_odd(rule.outcome, price, facts) for price in prices)), None)
        if odd is not None:
            yield _finding(Code.SHARE_VS_FLAT, Weight.WARNING, rule, span, odd)
        # Of several steps the dearest is told.
        dear = [about for price in prices if (about := _dear(rule.outcome, price, fee_ppm, facts))]
        if dear:
            dearest = max(dear, key=lambda about: about.ppm or about.micros or 0)
            yield _finding(Code.NEGATIVE_MARGIN, Weight.ERROR, rule, span, dearest)


def _finding(code: Code, weight: Weight, rule: Rule, span: Interval, about: About) -> Finding:
    return Finding(
        code=code,
        weight=weight,
        rules=(rule.id,),
        since_ms=span.since_ms,
        until_ms=span.until_ms,
        about=about,
    )


def _odd(outcome: Outcome, price: SimplePrice, facts: Facts) -> About | None:
    median = facts.median_order_micros
    match price:
        case Portion(ppm=ppm) if ppm > LARGE_SHARE_PPM:
            return About(outcome=outcome, cause=Cause.LARGE_SHARE, ppm=ppm, limit_ppm=LARGE_SHARE_PPM)
        case Portion(ppm=ppm) if 0 < ppm < SMALL_SHARE_PPM:
            return About(outcome=outcome, cause=Cause.SMALL_SHARE, ppm=ppm, limit_ppm=SMALL_SHARE_PPM)
        case Flat(micros=micros) if median is not None and outcome is Outcome.SALE:
            if micros > median or 0 < micros * TINY < median:
                cause = Cause.FLAT_ABOVE_ORDER if micros > median else Cause.FLAT_TINY
                return About(outcome=outcome, cause=cause, micros=micros, limit_micros=median)
    return None


def _dear(outcome: Outcome, price: SimplePrice, fee_ppm: int, facts: Facts) -> About | None:
    """What an outcome costs with the fee on top, where that is beyond the cap."""
    cap = facts.cap_micros.get(outcome)
    match price:
        case Portion(ppm=ppm):
            with_fee = ppm * (PPM + fee_ppm)
            if facts.cap_ppm is None or with_fee <= facts.cap_ppm * PPM:
                return None
            return About(
                outcome=outcome,
                cause=Cause.ABOVE_CAP,
                ppm=-(-with_fee // PPM),
                limit_ppm=facts.cap_ppm,
            )
        case Flat(micros=micros):
            each = micros
        case PerThousand() as thousand:
            each = thousand.each_micros
    with_fee = each * (PPM + fee_ppm)
    if cap is None or with_fee <= cap * PPM:
        return None
    return About(outcome=outcome, cause=Cause.ABOVE_CAP, micros=-(-with_fee // PPM), limit_micros=cap)


def _largest_fee_ppm(program: Program, span: Interval) -> int:
    """The largest fee among the versions in force at some time of a span."""
    fees = [0]
    for place, version in enumerate(program.versions):
        later = program.versions[place + 1 :]
        if span.meet(version.effective_from, later[0].effective_from if later else None):
            fees.append(version.fee_ppm)
    return max(fees)
