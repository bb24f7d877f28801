"""Pairs of rules of one rank that a single order can match: only a date or an id decides between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from utfall.terms.findings import About, Cause, Code, Finding, Interval, Weight, Witness
from utfall.terms.looked import Looked, Neighbours
from utfall.terms.parties import Enrolment, PromotionType
from utfall.terms.rules import Rule
from utfall.terms.satisfying import Box, Effort, Solver, TooHard, unknown_only
from utfall.terms.shadows import covers
from utfall.terms.witnesses import witness

_PER_RULE: Final = 3
_PER_OUTCOME: Final = 100
Show = Callable[[Box, Sequence[Rule], Interval], Witness | None]


def overlaps(
    looked: Sequence[Looked],
    enrolments: Sequence[Enrolment],
    kinds: Mapping[int, PromotionType],
    effort: Effort,
) -> Iterator[Finding]:
    """At most three overlaps of a rule, the last of which says how many more there may be; each has a
    witness.
    """
    neighbours, left = Neighbours(looked), _PER_OUTCOME
    for one in looked:
        if left <= 0 or effort.left <= 0:
            return
        near = neighbours.of(one)
        above = [each for each in near if each.place < one.place and covers(each.rule, one.rule)]
        rivals = [each for each in near if each.place > one.place and _meet(one, each)]
        show = partial(witness, enrolments=enrolments, kinds=kinds)
        found = _of_rule(one, rivals, above, show, effort)
        left -= len(found)
        yield from found


def _of_rule(
    one: Looked, rivals: Sequence[Looked], above: Sequence[Looked], show: Show, effort: Effort
) -> list[Finding]:
    found: list[Finding] = []
    for tried, other in enumerate(rivals, start=1):
        finding = _overlap(one, other, above, show, effort)
        if finding is not None:
            found.append(finding)
        if len(found) == _PER_RULE:
            last = found.pop()
            about = msgspec.structs.replace(last.about, more=len(rivals) - tried)
            return [*found, msgspec.structs.replace(last, about=about)]
    return found


def _meet(one: Looked, other: Looked) -> bool:
    """Whether both have one rank and are in force at some time, and nothing plain keeps them apart."""
    return (
        one.rule.precedence()[:2] == other.rule.precedence()[:2]
        and one.span.meet(*other.span) is not None
        and not any(
            one.points[name].isdisjoint(other.points[name])
            for name in one.points.keys() & other.points.keys()
        )
    )


def _overlap(
    one: Looked, other: Looked, above: Sequence[Looked], show: Show, effort: Effort
) -> Finding | None:
    """An overlap with the order that shows it, where no rule above takes that order first."""
    span = one.span.meet(*other.span)
    assert span is not None, "only rules that meet overlap"
    in_force = [each for each in above if each.rule.holds_at(span.since_ms)]
    live = one.live | other.live
    asked = frozenset().union(*(each.fields for each in in_force)) - live
    box: Box = {**{field: unknown_only(field) for field in asked}, **one.box, **other.box}
    formulas = [one.holds, other.holds, *(each.fails for each in in_force)]
    try:
        solved = Solver(one.rule.outcome, effort).solve(box, formulas)
    except TooHard:
        return None
    rules = (one.rule, other.rule)
    shown = None if solved is None else show(solved, rules, span)
    if shown is None:
        return None
    by_date = one.rule.effective_from != other.rule.effective_from
    return Finding(
        code=Code.OVERLAP,
        weight=Weight.NOTICE if by_date else Weight.WARNING,
        rules=(one.rule.id, other.rule.id),
        since_ms=span.since_ms,
        until_ms=span.until_ms,
        about=About(outcome=one.rule.outcome, cause=Cause.BY_DATE if by_date else Cause.BY_ID, witness=shown),
    )
