"""A market as if what a program agrees at one moment had always been agreed.

A rule that begins tomorrow changes nothing of the past, so settling the past again under it says nothing.
Supposed to have always held, it says what it would have paid.
"""

from collections.abc import Sequence

import msgspec

from utfall.terms.limits import Limit
from utfall.terms.market import Market
from utfall.terms.parties import Enrolment
from utfall.terms.program import Program, ProgramTerms
from utfall.terms.rules import Rule


def suppose(
    market: Market,
    program: int,
    at: int,
    *,
    rules: Sequence[Rule] | None = None,
    terms: ProgramTerms | None = None,
    limits: Sequence[Limit] | None = None,
) -> Market:
    """The market with a program's rules, version and groups of a moment in force since ever.

    Rules, terms and limits that are given take the place of the program's own. Of rules those that hold `at`
    the moment stay, and win over each other as they do then. Who took part, and when, is left as it was; only
    the group of whoever takes part at the moment is the one it is in then.
    """
    held = [rule for rule in (market.rules if rules is None else rules) if rule.program == program]
    caps = [limit for limit in (market.limits if limits is None else limits) if limit.program == program]
    return msgspec.structs.replace(
        market,
        programs=tuple(_always(one, at, terms) if one.id == program else one for one in market.programs),
        rules=(
            *(rule for rule in market.rules if rule.program != program),
            *_backdated([rule for rule in held if rule.holds_at(at)]),
        ),
        limits=(*(limit for limit in market.limits if limit.program != program), *caps),
        enrolments=_regrouped(market.enrolments, program, at),
    )


def _always(program: Program, at: int, terms: ProgramTerms | None) -> Program:
    """The program with one version: the given, or the one of the moment (before the first, the first)."""
    version = terms or program.terms_at(at) or program.versions[0]
    return msgspec.structs.replace(program, versions=(msgspec.structs.replace(version, effective_from=0),))


def _backdated(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that begin before all time, in the order in which they began: a later one still wins."""
    starts = sorted({rule.effective_from for rule in rules}, reverse=True)
    places = {start: -place for place, start in enumerate(starts)}
    return [
        msgspec.structs.replace(rule, effective_from=places[rule.effective_from], effective_until=None)
        for rule in rules
    ]


def _regrouped(enrolments: Sequence[Enrolment], program: int, at: int) -> tuple[Enrolment, ...]:
    groups = {one.publisher: one.group for one in enrolments if one.program == program and one.holds_at(at)}
    return tuple(
        msgspec.structs.replace(one, group=groups[one.publisher])
        if one.program == program and one.publisher in groups
        else one
        for one in enrolments
    )
