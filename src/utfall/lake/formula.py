"""The small algebra that metrics are made of. A formula is data: it is compiled for an engine, and put in
words.

Sums come first and are exact: they are taken of integers and stay integers. A quotient is taken of
finished sums, once, and is empty where its denominator is zero: unknown is not zero.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of one measure, perhaps only of the facts of one price model."""

    measure: str
    price_model: str | None = None

    @property
    def column(self) -> str:
        """The name under which the sum is kept while a report is made."""
        return self.measure if self.price_model is None else f"{self.measure}@{self.price_model}"


@dataclass(frozen=True, slots=True)
class Plus:
    """The sum of several formulas."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """One formula less another."""

    whole: "Formula"
    part: "Formula"


@dataclass(frozen=True, slots=True)
class Quotient:
    """One formula divided by another, times a whole number; empty where the divisor is zero."""

    dividend: "Formula"
    divisor: "Formula"
    times: int = 1


Formula = Sum | Plus | Minus | Quotient


def sums_of(formula: Formula) -> Iterator[Sum]:
    """Every sum a formula is made of."""
    match formula:
        case Sum():
            yield formula
        case Plus(parts=parts):
            for part in parts:
                yield from sums_of(part)
        case Minus(whole=left, part=right) | Quotient(dividend=left, divisor=right):
            yield from sums_of(left)
            yield from sums_of(right)


def taken(sum_: Sum, facts: Any) -> Any:
    """The aggregation of a sum over a table of facts; no facts sum to zero."""
    import ibis

    where = None if sum_.price_model is None else facts["price_model"] == sum_.price_model
    return facts[sum_.measure].sum(where=where).coalesce(ibis.literal(0, "int64")).name(sum_.column)


def compiled(formula: Formula, sums: Any) -> Any:
    """A formula as an expression over a table whose columns are finished sums."""
    match formula:
        case Sum():
            return sums[formula.column]
        case Plus(parts=(first, *rest)):
            whole = compiled(first, sums)
            for part in rest:
                whole = whole + compiled(part, sums)
            return whole
        case Minus(whole=left, part=right):
            return compiled(left, sums) - compiled(right, sums)
        case Quotient(dividend=left, divisor=right, times=times):
            return compiled(left, sums) * times / compiled(right, sums).nullif(0)
    raise TypeError(f"{formula!r} is no formula")


def described(formula: Formula) -> str:
    """A formula as people write it.

    >>> described(Quotient(Sum("cost_micros"), Sum("impressions"), times=1000))
    '1000 × cost_micros ÷ impressions'
    """
    match formula:
        case Sum(measure=measure, price_model=None):
            return measure
        case Sum(measure=measure, price_model=model):
            return f"{measure} where price_model = {model}"
        case Plus(parts=parts):
            return " + ".join(map(_grouped, parts))
        case Minus(whole=left, part=right):
            return f"{described(left)} − {_grouped(right)}"
        case Quotient(dividend=left, divisor=right, times=times):
            factor = "" if times == 1 else f"{times} × "
            return f"{factor}{_grouped(left)} ÷ {_grouped(right)}"
    raise TypeError(f"{formula!r} is no formula")


def _grouped(formula: Formula) -> str:
    text = described(formula)
    return text if isinstance(formula, Sum) else f"({text})"
