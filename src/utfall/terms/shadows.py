"""Rules that can never be chosen: their own condition is impossible, or earlier rules always win."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from utfall.terms.findings import About, Cause, Code, Finding, Interval, Weight
from utfall.terms.looked import Looked, Neighbours
from utfall.terms.rules import Rule
from utfall.terms.satisfying import Effort, Formula, Solver, TooHard, domain, only, unknown_only

_SEGMENTS: Final = 50
_ALONE: Final = 60


def dead_rules(looked: Sequence[Looked], effort: Effort) -> dict[int, Finding]:
    """The rules of one outcome that can never be chosen, by place, each with the finding that says so."""
    dead: dict[int, Finding] = {}
    neighbours = Neighbours(looked)
    for one in looked:
        earlier = [each for each in neighbours.of(one) if each.place < one.place and each.place not in dead]
        finding = _contradiction(one, effort) or _shadow(one, earlier, effort)
        if finding is not None:
            dead[one.place] = finding
    return dead


def _contradiction(one: Looked, effort: Effort) -> Finding | None:
    if one.rule.when is None or _possible(one, one.holds, effort):
        return None
    alone = ((name, only(one.holds, name)) for name in sorted(one.fields))
    field = next((name for name, holds in alone if not _possible(one, holds, effort)), None)
    never = field is not None and domain(field, one.rule.outcome) == unknown_only(field)
    cause = Cause.NEVER_KNOWN if never else Cause.IMPOSSIBLE
    about = About(outcome=one.rule.outcome, cause=cause, field=field)
    return Finding(
        code=Code.CONTRADICTION,
        weight=Weight.ERROR,
        rules=(one.rule.id,),
        since_ms=one.span.since_ms,
        until_ms=one.span.until_ms,
        about=about,
    )


def _possible(one: Looked, holds: Formula, effort: Effort) -> bool:
    try:
        return Solver(one.rule.outcome, effort).solve(one.box, [holds]) is not None
    except TooHard:
        return True


def covers(earlier: Rule, rule: Rule) -> bool:
    """Whether an earlier rule is for everybody and everything that a rule is for."""
    return (
        earlier.action in (None, rule.action)
        and earlier.publisher in (None, rule.publisher)
        and earlier.group in (None, rule.group)
    )


def _shadow(one: Looked, earlier: Sequence[Looked], effort: Effort) -> Finding | None:
    """The finding that earlier rules always win, at every moment the rule is in force."""
    rivals = [
        each
        for each in earlier
        if each.must <= one.live and covers(each.rule, one.rule) and _meets(each.span, one.span)
    ]
    blame: dict[int, None] = {}
    for segment in _segments(one.span, rivals):
        holding = [each for each in rivals if segment.meet(*each.span) == segment]
        if not holding or not _shadowed(one, holding, effort):
            return None
        blame |= dict.fromkeys(each.rule.id for each in _explained(one, holding, effort))
    if not blame:
        return None
    return Finding(
        code=Code.NEVER_FIRES,
        weight=Weight.ERROR,
        rules=(one.rule.id, *blame),
        since_ms=one.span.since_ms,
        until_ms=one.span.until_ms,
        about=About(outcome=one.rule.outcome),
    )


def _meets(one: Interval, other: Interval) -> bool:
    return one.meet(*other) is not None


def _segments(span: Interval, rivals: Sequence[Looked]) -> list[Interval]:
    """A span cut wherever a rival begins or ends; whole where that is too often."""
    times = {time for each in rivals for time in each.span if time is not None}
    inside = (time for time in times if _meets(span, Interval(time, time + 1)))
    cuts = sorted({span.since_ms, *inside})
    if len(cuts) > _SEGMENTS:
        return [span]
    ends: list[int | None] = [*cuts, span.until_ms]
    return [Interval(since, until) for since, until in pairwise(ends) if since is not None]


def _shadowed(one: Looked, rivals: Sequence[Looked], effort: Effort) -> bool:
    """Whether the rule's condition cannot be true while no rival's is."""
    # What the rule does not ask about may as well be unknown: then a rival that asks about it is not true.
    asked = frozenset().union(*(each.fields for each in rivals)) - one.live
    box = {**{field: unknown_only(field) for field in asked}, **one.box}
    try:
        formulas = [one.holds, *(each.fails for each in rivals)]
        return Solver(one.rule.outcome, effort).solve(box, formulas) is None
    except TooHard:
        return False


def _explained(one: Looked, rivals: Sequence[Looked], effort: Effort) -> list[Looked]:
    """Few of the rivals that are enough: one alone, or what is left when the needless are dropped."""
    for each in rivals[:_ALONE]:
        if _shadowed(one, [each], effort):
            return [each]
    needed, size = list(rivals), len(rivals) // 2
    while size:
        for start in range(0, len(needed), size):
            fewer = needed[:start] + needed[start + size :]
            if fewer and _shadowed(one, fewer, effort):
                needed = fewer
                break
        else:
            size //= 2
    return needed
