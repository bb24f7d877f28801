"""Which rules stand at a time, in order of precedence; and what a list of drafts makes of them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet

from utfall.portal.access import Caller, Kind, NotFound, Permission
from utfall.portal.commission.contracts import Change, RuleChange, RuleDraft, RuleView
from utfall.portal.commission.models import Rule
from utfall.portal.commission.views import in_precedence, view_of
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView


def own_program(caller: Caller, program: int) -> ProgramView:
    """A program whose rules the caller may read: its own, never one that it merely sees."""
    caller.require(Permission.LOOK)
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    return programs.program(caller, program)


def rows_of(caller: Caller, program: int) -> QuerySet[Rule]:
    """Every rule a program ever had."""
    return Rule.objects.of(caller).filter(program=program)


def rules(caller: Caller, program: int, at: datetime | None = None) -> list[RuleView]:
    """The caller's program's rules in order of precedence: those in force at a time, or every one ever."""
    own_program(caller, program)
    return standing(caller, program, at) if at else in_precedence(map(view_of, rows_of(caller, program)))


def rule(caller: Caller, number: int) -> RuleView:
    """One rule of the caller's, or NotFound."""
    caller.require(Permission.LOOK)
    return view_of(Rule.objects.one(caller, pk=number))


def standing(caller: Caller, program: int, at: datetime) -> list[RuleView]:
    """The rules in force at a time."""
    until = Q(effective_until__isnull=True) | Q(effective_until__gt=at)
    return in_precedence(map(view_of, rows_of(caller, program).filter(until, effective_from__lte=at)))


def planned(caller: Caller, program: int, after: datetime) -> list[RuleView]:
    """The rules that come into force later than a time."""
    return in_precedence(map(view_of, rows_of(caller, program).filter(effective_from__gt=after)))


def planned_at(caller: Caller, program: int, after: datetime) -> datetime | None:
    """When the last change of rules that is planned takes effect; None where none is.

    That a campaign ends by itself is no change.
    """
    rows = rows_of(caller, program)
    starts = rows.filter(effective_from__gt=after).values_list("effective_from", flat=True)
    ended = rows.filter(effective_until__gt=after).values_list("effective_until", "ends_at")
    ends = [until for until, by_itself in ended if until and until != by_itself]
    return max([*starts, *ends], default=None)


def differences(
    before: Sequence[RuleView], drafts: Sequence[RuleDraft], planned: Sequence[RuleView] = ()
) -> list[RuleChange]:
    """What a list of drafts does to the rules that stand, and to those that are planned."""
    places = {view.id: place for place, view in enumerate(before, 1)}
    origins = own_origins([view.id for view in before], drafts)
    unmoved = _longest_rising([places[one] if one is not None else None for one in origins])
    changes = [
        _change(place, draft, before, places.get(origin or 0), place - 1 in unmoved)
        for place, (draft, origin) in enumerate(zip(drafts, origins, strict=True), 1)
    ]
    changes += [
        RuleChange(change=Change.ENDED, before=view.draft, after=None, was=places[view.id])
        for view in before
        if view.id not in origins
    ]
    return changes + [RuleChange(change=Change.WITHDRAWN, before=view.draft, after=None) for view in planned]


def own_origins(known: Sequence[int], drafts: Sequence[RuleDraft]) -> list[int | None]:
    """The rule each draft comes from; a rule goes on in one draft at most, the first that names it."""
    left = set(known)
    found: list[int | None] = []
    for draft in drafts:
        found.append(draft.rule if draft.rule in left else None)
        left.discard(draft.rule or 0)
    return found


def same(one: RuleDraft, other: RuleDraft) -> bool:
    """Whether two drafts say the same, wherever they come from."""
    return replace(one, rule=None) == replace(other, rule=None)


def _change(
    place: int, draft: RuleDraft, before: Sequence[RuleView], was: int | None, is_unmoved: bool
) -> RuleChange:
    if was is None:
        return RuleChange(change=Change.ADDED, before=None, after=draft, place=place)
    old = before[was - 1].draft
    kind = Change.REPLACED if not same(draft, old) else Change.KEPT if is_unmoved else Change.MOVED
    return RuleChange(change=kind, before=old, after=draft, was=was, place=place)


def _longest_rising(values: Sequence[int | None]) -> set[int]:
    """Indexes of a longest subsequence that rises: what stays in its order while the others move."""
    tails: list[int] = []
    heads: list[int] = []
    came_from: dict[int, int | None] = {}
    for index, value in enumerate(values):
        if value is None:
            continue
        place = bisect_left(tails, value)
        came_from[index] = heads[place - 1] if place else None
        tails[place:] = [value] if place == len(tails) else [value, *tails[place + 1 :]]
        heads[place:] = [index] if place == len(heads) else [index, *heads[place + 1 :]]
    found: set[int] = set()
    last = heads[-1] if heads else None
    while last is not None:
        found.add(last)
        last = came_from[last]
    return found
