"""Where no rule pays: outcomes, times and publishers that nothing covers, and rules for nobody."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from utfall.events import Outcome
from utfall.terms.findings import About, Cause, Code, Finding, Interval, Weight
from utfall.terms.parties import Enrolment, Group
from utfall.terms.program import Program
from utfall.terms.rules import Rule
from utfall.terms.satisfying import Effort, Solver, TooHard, formula

_NAMED: Final = 100
_SECOND_MS: Final = 1000


class Cover(NamedTuple):
    """How well rules cover an outcome; `cause` is None where all is paid, `level` orders the causes."""

    level: int
    cause: Cause | None
    publishers: tuple[int, ...] = ()


_FULL: Final = Cover(4, None)
_NOTHING: Final = Cover(0, Cause.NO_RULE)


def gaps(
    rules: Sequence[Rule], enrolments: Sequence[Enrolment], during: Interval, counted: Sequence[Outcome]
) -> Iterator[Finding]:
    """Everything that would be refused with `no_rule`, for the outcomes that are counted or have a rule."""
    by_outcome: dict[Outcome, list[Rule]] = {outcome: [] for outcome in counted}
    for rule in rules:
        if during.meet(rule.effective_from, rule.effective_until):
            by_outcome.setdefault(rule.outcome, []).append(rule)
    for outcome, held in by_outcome.items():
        yield from _gaps_of(outcome, held, enrolments, during)


def _gaps_of(
    outcome: Outcome, rules: Sequence[Rule], enrolments: Sequence[Enrolment], during: Interval
) -> Iterator[Finding]:
    covers = [
        (segment, _cover([rule for rule in rules if rule.holds_at(segment.since_ms)], segment, enrolments))
        for segment in _segments(rules, during)
    ]
    joined = [(_joined([segment for segment, _ in run]), cover) for cover, run in _runs(covers)]
    for place, (span, cover) in enumerate(joined):
        if cover.cause is None:
            continue
        before = joined[place - 1][1].level if place else -1
        after = joined[place + 1][1].level if place + 1 < len(joined) else -1
        code = (
            Code.ENDS_SOON if before > cover.level else Code.STARTS_LATER if after > cover.level else Code.GAP
        )
        yield Finding(
            code=code,
            weight=_weight(code, cover.cause),
            rules=_concerned(code, cover, rules, span),
            since_ms=span.since_ms,
            until_ms=span.until_ms,
            about=About(outcome=outcome, cause=cover.cause, publishers=cover.publishers[:_NAMED]),
        )


def _runs(
    covers: Sequence[tuple[Interval, Cover]],
) -> Iterator[tuple[Cover, list[tuple[Interval, Cover]]]]:
    return ((cover, list(run)) for cover, run in groupby(covers, key=lambda each: each[1]))


def _joined(segments: Sequence[Interval]) -> Interval:
    return Interval(segments[0].since_ms, segments[-1].until_ms)


def _weight(code: Code, cause: Cause) -> Weight:
    """Terms with conditions alone, or that begin later, may well be meant."""
    meant = cause in (Cause.ONLY_CONDITIONAL, Cause.ONLY_ACTIONS) or code is Code.STARTS_LATER
    return Weight.NOTICE if meant else Weight.WARNING


def _concerned(code: Code, cover: Cover, rules: Sequence[Rule], span: Interval) -> tuple[int, ...]:
    """The rules that end where a gap begins, begin where it ends, or leave it although in force."""
    if code is Code.ENDS_SOON:
        return tuple(rule.id for rule in rules if rule.effective_until == span.since_ms)
    if code is Code.STARTS_LATER:
        return tuple(rule.id for rule in rules if rule.effective_from == span.until_ms)
    return tuple(rule.id for rule in rules if rule.holds_at(span.since_ms))[:_NAMED]


def _segments(rules: Sequence[Rule], during: Interval) -> list[Interval]:
    """The time cut wherever a rule begins or ends."""
    times = {during.since_ms}
    for rule in rules:
        for time in (rule.effective_from, rule.effective_until):
            if time is not None and during.meet(time, time + 1):
                times.add(time)
    ends: list[int | None] = [*sorted(times), during.until_ms]
    return [Interval(since, until) for since, until in pairwise(ends) if since is not None]


def _cover(rules: Sequence[Rule], segment: Interval, enrolments: Sequence[Enrolment]) -> Cover:
    if not rules:
        return _NOTHING
    whole = [rule for rule in rules if rule.action is None]
    if not whole:
        return Cover(1, Cause.ONLY_ACTIONS)
    if _exhausts([rule for rule in whole if rule.group is None and rule.publisher is None]):
        return _FULL
    return _by_publisher(whole, segment, enrolments)


def _by_publisher(rules: Sequence[Rule], segment: Interval, enrolments: Sequence[Enrolment]) -> Cover:
    """Whether rules for groups and publishers, together with those for all, pay everyone who takes part."""
    scoped = [rule for rule in rules if rule.group is not None or rule.publisher is not None]
    if not scoped:
        return Cover(3, Cause.ONLY_CONDITIONAL)
    taking_part = [one for one in enrolments if segment.meet(one.starts_at, one.ends_at)]
    judged: dict[tuple[int | None, int | None], bool] = {}
    named = frozenset(rule.publisher for rule in scoped if rule.publisher is not None)
    left, some = set[int](), False
    for one in taking_part:
        key = (one.publisher if one.publisher in named else None, one.group)
        if key not in judged:
            judged[key] = _exhausts([rule for rule in rules if _is_for(rule, *key)])
        if not judged[key]:
            left.add(one.publisher)
            some = some or any(_is_for(rule, *key) for rule in rules)
    if taking_part and not left:
        return _FULL
    cause = Cause.ONLY_CONDITIONAL if some and not _nobody(left, rules, taking_part) else Cause.ONLY_SCOPED
    return Cover(3 if cause is Cause.ONLY_CONDITIONAL else 2, cause, tuple(sorted(left)))


def _nobody(left: set[int], rules: Sequence[Rule], taking_part: Sequence[Enrolment]) -> bool:
    """Whether some of those left have no rule at all, not even a conditional one."""
    return any(
        not any(_is_for(rule, one.publisher, one.group) for rule in rules)
        for one in taking_part
        if one.publisher in left
    )


def _is_for(rule: Rule, publisher: int | None, group: int | None) -> bool:
    return rule.publisher in (None, publisher) and rule.group in (None, group)


def _exhausts(rules: Sequence[Rule]) -> bool:
    """Whether every order has a rule among these: certain, or no."""
    if any(rule.when is None for rule in rules):
        return True
    if not rules:
        return False
    try:
        return (
            Solver(rules[0].outcome, Effort()).solve({}, [formula(rule.when, holds=False) for rule in rules])
            is None
        )
    except TooHard:
        return False


def unreachable(
    program: Program,
    rules: Sequence[Rule],
    groups: Sequence[Group],
    enrolments: Sequence[Enrolment],
    during: Interval,
) -> Iterator[Finding]:
    """Rules whose group nobody is in, or whose publisher does not take part, for as long as they hold.

    An order follows the group at its touch, so an enrolment reaches as far beyond its end as a touch counts.
    """
    known = frozenset(group.id for group in groups)
    by_group: Mapping[int | None, list[Enrolment]] = _grouped(enrolments, "group")
    by_publisher: Mapping[int | None, list[Enrolment]] = _grouped(enrolments, "publisher")
    reach = _longest_window_ms(program)
    for rule in rules:
        span = during.meet(rule.effective_from, rule.effective_until)
        if span is None or (rule.group is None and rule.publisher is None):
            continue
        pool = by_publisher[rule.publisher] if rule.publisher is not None else by_group[rule.group]
        cause = _out_of_reach(rule, [one for one in pool if _touches(one, span, reach)], known)
        if cause is not None:
            about = About(outcome=rule.outcome, cause=cause, group=rule.group, publisher=rule.publisher)
            yield Finding(
                code=Code.UNREACHABLE_SCOPE,
                weight=Weight.WARNING,
                rules=(rule.id,),
                since_ms=span.since_ms,
                until_ms=span.until_ms,
                about=about,
            )


def _grouped(enrolments: Sequence[Enrolment], name: str) -> dict[int | None, list[Enrolment]]:
    found: dict[int | None, list[Enrolment]] = defaultdict(list)
    for one in enrolments:
        found[getattr(one, name)].append(one)
    return found


def _touches(one: Enrolment, span: Interval, reach_ms: int) -> bool:
    ends = None if one.ends_at is None else one.ends_at + reach_ms
    return span.meet(one.starts_at, ends) is not None


def _longest_window_ms(program: Program) -> int:
    windows = (
        getattr(version.windows, name)
        for version in program.versions
        for name in version.windows.__struct_fields__
    )
    return max(windows, default=0) * _SECOND_MS


def _out_of_reach(rule: Rule, pool: Sequence[Enrolment], known: frozenset[int]) -> Cause | None:
    if rule.group is not None and rule.group not in known:
        return Cause.UNKNOWN_GROUP
    if not pool:
        return Cause.NOT_ENROLLED if rule.publisher is not None else Cause.EMPTY_GROUP
    if rule.group is not None and all(one.group != rule.group for one in pool):
        return Cause.NOT_IN_GROUP
    return None
