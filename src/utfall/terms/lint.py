"""A linter of commission rules: docs/algorithms/rule-lint.md in code.

    for finding in lint(program, rules, groups, enrolments, Interval(now, None)):
        finding.code, finding.rules, finding.about

Pure. It never claims that a rule is dead, or that two overlap, without being certain: what is too hard to
decide is not claimed.
"""

from collections.abc import Sequence

from utfall.terms.findings import About, Cause, Code, Facts, Finding, Interval, Weight, Witness
from utfall.terms.gaps import gaps, unreachable
from utfall.terms.looked import looked_at
from utfall.terms.overlaps import overlaps
from utfall.terms.parties import Enrolment, Group
from utfall.terms.program import Program
from utfall.terms.rules import Rule
from utfall.terms.satisfying import Effort
from utfall.terms.shadows import dead_rules
from utfall.terms.stepping import steps
from utfall.terms.suspicions import suspicions

__all__ = ["About", "Cause", "Code", "Facts", "Finding", "Interval", "Weight", "Witness", "lint"]

_WEIGHTS = list(Weight)
_CODES = list(Code)


def lint(
    program: Program,
    rules: Sequence[Rule],
    groups: Sequence[Group],
    enrolments: Sequence[Enrolment],
    during: int | Interval,
    *,
    facts: Facts = Facts(),  # noqa: B008
) -> list[Finding]:
    """What is wrong or doubtful about a program's rules in an interval or at a moment, the worst first.

    Only what belongs to the program is looked at, so the collections of a whole market may be given.
    """
    span = Interval(during, during + 1) if isinstance(during, int) else during
    own = [rule for rule in rules if rule.program == program.id]
    there = [one for one in enrolments if one.program == program.id]
    known = [group for group in groups if group.program == program.id]
    found = [
        *_conflicts(own, there, span, facts),
        *gaps(own, there, span, facts.counted),
        *unreachable(program, own, known, there, span),
        *suspicions(program, own, span, facts),
        *steps(own, span),
    ]
    return sorted(found, key=_worst_first)


def _conflicts(
    rules: Sequence[Rule], enrolments: Sequence[Enrolment], span: Interval, facts: Facts
) -> list[Finding]:
    found: list[Finding] = []
    effort = Effort()
    for looked in looked_at(rules, span, facts.promotion_types):
        dead = dead_rules(looked, effort)
        found += dead.values()
        alive = [one for one in looked if one.place not in dead]
        found += overlaps(alive, enrolments, facts.promotion_types, effort)
    return found


def _worst_first(finding: Finding) -> tuple[int, int, tuple[int, ...], int]:
    return (_WEIGHTS.index(finding.weight), _CODES.index(finding.code), finding.rules, finding.since_ms)
