"""What a caller may see: its own programs, listed ones, and those another app says it takes part in."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from utfall.portal.access import Caller, Kind, NotFound, Permission
from utfall.portal.programs.contracts import GoalView, ProgramView, State, TermsView
from utfall.portal.programs.models import Goal, Program, TermsVersion
from utfall.portal.programs.shown import goal_of, in_order, program_of, sees_fee, terms_of

Reveal = Callable[[Caller], Collection[int]]
_reveals: Final[list[Reveal]] = []

CHOSEN_FROM_AT_MOST: Final = 300


def reveal(find: Reveal) -> None:
    """Say which programs a publisher may see beyond the listed ones: those that invited it or that it is in.

    The partners app does, when it is ready.
    """
    _reveals.append(find)


def visible(caller: Caller) -> QuerySet[Program]:
    """Every program the caller may read about."""
    seen = Program.objects.seen_by(caller)
    if caller.kind is not Kind.PUBLISHER:
        return Program.objects.of(caller)
    revealed = {number for find in _reveals for number in find(caller)}
    if not revealed:
        return seen
    # Scoped all the same: by the partnerships that the other app has scoped.
    return seen | Program.objects.system().filter(pk__in=revealed).exclude(state__in=_UNSEEN)


_UNSEEN: Final = (State.DRAFT.value, State.IN_REVIEW.value)


def seen(caller: Caller, program: int) -> Program:
    """A program the caller may read about, or NotFound."""
    row = visible(caller).filter(pk=program).first()
    if row is None:
        raise NotFound
    return row


def names(caller: Caller, numbers: Iterable[int]) -> dict[int, str]:
    """What programs are called, by number: those that the caller may read about, however many."""
    caller.require(Permission.LOOK)
    wanted = set(numbers)
    return dict(visible(caller).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def choices(caller: Caller, numbers: Iterable[int] | None = None) -> list[tuple[int, str]]:
    """What a form or a filter offers: the caller's own programs (a publisher's: all it may see) by name,
    or those of them with these numbers; the newest few hundred where there are more.
    """
    caller.require(Permission.LOOK)
    rows = visible(caller)
    if numbers is not None:
        rows = rows.filter(pk__in=set(numbers))
    found = rows.order_by("-pk").distinct().values_list("pk", "name")[:CHOSEN_FROM_AT_MOST]
    return sorted(found, key=lambda one: one[1].casefold())


def own(caller: Caller, program: int) -> Program:
    """A program of the caller's own, or NotFound."""
    return Program.objects.one(caller, pk=program)


def version_rows(program: Program) -> list[TermsVersion]:
    """All versions of a program that was already found for its caller, by number."""
    return list(TermsVersion.objects.system().filter(program=program).order_by("number"))


def views(caller: Caller, rows: Iterable[Program]) -> list[ProgramView]:
    """Programs with their terms and goals, in three queries."""
    listed = list(rows)
    keys = [row.pk for row in listed]
    versions: dict[int, list[TermsVersion]] = {key: [] for key in keys}
    for version in TermsVersion.objects.system().filter(program__in=keys).order_by("number"):
        versions[version.program_id].append(version)
    goals: dict[int, list[Goal]] = {key: [] for key in keys}
    if caller.kind is not Kind.PUBLISHER:
        for goal in Goal.objects.of(caller).filter(program__in=keys).order_by("starts_on", "pk"):
            goals[goal.program_id].append(goal)
    return [program_of(row, terms_now(caller, versions[row.pk]), goal_now(goals[row.pk])) for row in listed]


def view(caller: Caller, row: Program) -> ProgramView:
    """One program with its terms and goal."""
    return views(caller, [row])[0]


def terms_now(caller: Caller, rows: list[TermsVersion], now: datetime | None = None) -> TermsView:
    """The version in force; before the first, the first to come or the draft."""
    found = terms_at(caller, rows, now or timezone.now())
    if found is not None:
        return found
    dated = in_order(rows)
    return terms_of(dated[0] if dated else rows[-1], with_fee=sees_fee(caller))


def terms_at(caller: Caller, rows: list[TermsVersion], at: datetime) -> TermsView | None:
    """The version in force at a time; None before the first."""
    dated = in_order(rows)
    for place in reversed(range(len(dated))):
        starts = dated[place].effective_from
        if starts is not None and starts <= at:
            until = dated[place + 1].effective_from if place + 1 < len(dated) else None
            return terms_of(dated[place], until, with_fee=sees_fee(caller))
    return None


def goal_now(rows: list[Goal]) -> GoalView | None:
    """The goal that runs today; else the next one, else the last."""
    today = timezone.localdate()
    running = [row for row in rows if row.starts_on <= today <= row.ends_on]
    coming = [row for row in rows if row.starts_on > today]
    chosen = running[-1:] or coming[:1] or rows[-1:]
    return goal_of(chosen[0]) if chosen else None
