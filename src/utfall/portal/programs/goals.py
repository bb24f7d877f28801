"""Goals: how many outcomes by when, each for at most so much."""

from django.db import transaction
from django.utils import timezone

from utfall.portal.access import Caller, NotFound, Permission
from utfall.portal.programs import checking, finding
from utfall.portal.programs.contracts import GoalDraft, GoalView
from utfall.portal.programs.models import Goal
from utfall.portal.programs.recording import changed, plain
from utfall.portal.programs.shown import goal_of


def goals(caller: Caller, program: int) -> list[GoalView]:
    """Every goal of a program, the latest first. Publishers see none."""
    caller.require(Permission.LOOK)
    row = finding.own(caller, program)
    return [goal_of(one) for one in Goal.objects.of(caller).filter(program=row).order_by("-starts_on", "-pk")]


def goal(caller: Caller, program: int) -> GoalView | None:
    """The goal that runs today; else the next one, else the last."""
    caller.require(Permission.LOOK)
    row = finding.own(caller, program)
    return finding.goal_now(list(Goal.objects.of(caller).filter(program=row).order_by("starts_on", "pk")))


@transaction.atomic
def set_goal(caller: Caller, program: int, draft: GoalDraft) -> GoalView:
    """Set the goal: the one that runs or comes is changed, one that is over stays in the history."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    checking.insist(checking.check_goal(draft))
    rows = list(Goal.objects.of(caller).filter(program=row).order_by("starts_on", "pk"))
    standing = finding.goal_now(rows)
    found = next((one for one in rows if standing is not None and one.pk == standing.id), None)
    if found is None or found.ends_on < timezone.localdate():
        found = Goal(program=row)
    before = plain(goal_of(found)) if found.pk else None
    found.outcome, found.target = draft.outcome.value, draft.target
    found.max_cost_micros = draft.max_cost_micros
    found.starts_on, found.ends_on = draft.starts_on, draft.ends_on
    found.save()
    changed(caller, row, "goal", before=before, after=plain(goal_of(found)))
    return goal_of(found)


@transaction.atomic
def remove_goal(caller: Caller, program: int, goal: int) -> None:
    """Give up a goal; the log remembers it."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    found = Goal.objects.of(caller).filter(program=row, pk=goal).first()
    if found is None:
        raise NotFound
    before = plain(goal_of(found))
    found.delete()
    changed(caller, row, "goal", before=before, after={})
