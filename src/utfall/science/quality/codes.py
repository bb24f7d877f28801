"""Codes that are used without their holder: a leak is a burst of them, a few are usual."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from utfall.science.quality.bursts import bursts, dispersion, rate
from utfall.science.quality.chances import FINDING, q_values
from utfall.science.quality.grouping import DAY_MS, calendar
from utfall.science.quality.rows import Detector, Ordered, Period, Verdict
from utfall.science.quality.words import told

ORDERS_LEAST: Final = 5


def untouched(orders: Sequence[Ordered]) -> dict[tuple[int, str], list[Ordered]]:
    """Orders with a code and without any click of its holder, by program and code."""
    found: dict[tuple[int, str], list[Ordered]] = {}
    for one in orders:
        holder = one.code_holder
        if one.code and holder is not None and all(each.publisher != holder for each in one.touches):
            found.setdefault((one.program, one.code), []).append(one)
    return found


def leaks(orders: Sequence[Ordered]) -> list[Period]:
    """When a code was used without its holder far oftener than usual."""
    alone = untouched(orders)
    if not alone:
        return []
    days = calendar([one.at for one in orders])
    flat = [1.0] * days.days
    counts = {key: days.counts([one.at for one in used]) for key, used in alone.items()}
    usual = median(sum(each) for each in counts.values()) / days.days if len(counts) > 2 else 0.0
    found = []
    for key, each in counts.items():
        expected = [rate(each, flat, max(usual, 1 / days.days))] * days.days
        spans = bursts(each, expected, dispersion(each, expected))
        found += [(key, span) for span in spans if span.observed >= ORDERS_LEAST]
    q = q_values([span.p_value for _key, span in found])
    return [
        Period(
            detector=Detector.LEAKED_CODE,
            program=program,
            publisher=alone[program, code][0].code_holder or 0,
            since=days.starts(span.first),
            until=days.starts(span.last + 1),
            observed=span.observed,
            expected=span.expected,
            p_value=span.p_value,
            code=code,
        )
        for ((program, code), span), value in zip(found, q, strict=True)
        if value <= FINDING
    ]


def leaked_codes(orders: Sequence[Ordered], periods: Sequence[Period]) -> Iterator[Verdict]:
    """The orders of those periods that came without the holder."""
    alone = untouched(orders)
    for period in periods:
        numbers = {
            "orders": float(period.observed),
            "days": (period.until - period.since) / DAY_MS,
            "usual": period.expected,
        }
        honest = min(period.expected / period.observed, 1.0)
        for one in alone[period.program, period.code or ""]:
            if period.since <= one.at < period.until:
                yield told(Detector.LEAKED_CODE, one, numbers, p_value=period.p_value, honest=honest)
