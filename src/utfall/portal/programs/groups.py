"""Partner groups: tiers within a program, to which commission rules and caps can be tied."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, Problem
from utfall.portal.programs import checking, finding
from utfall.portal.programs.contracts import GroupView
from utfall.portal.programs.models import Group, Program
from utfall.portal.programs.recording import changed
from utfall.portal.programs.shown import group_of

MOST = 100


def groups(caller: Caller, program: int) -> list[GroupView]:
    """The groups of one of the caller's own programs, by name."""
    caller.require(Permission.LOOK)
    row = finding.own(caller, program)
    return [group_of(one) for one in Group.objects.of(caller).filter(program=row).order_by("name", "pk")]


def group(caller: Caller, program: int, number: int) -> GroupView:
    """One group of the caller's own program, or NotFound."""
    caller.require(Permission.LOOK)
    return group_of(_own_group(caller, finding.own(caller, program), number))


def group_names(numbers: Iterable[int]) -> dict[int, str]:
    """What groups are called, for apps that show partners and rules they have scoped themselves."""
    rows = Group.objects.system().filter(pk__in=set(numbers))
    return dict(rows.values_list("pk", "name"))


@transaction.atomic
def create_group(caller: Caller, program: int, name: str, description: str = "") -> GroupView:
    """A new tier. Until partners are moved into it, it changes nothing."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    name, description = _tidied(name), _tidied(description)
    _insist(caller, row, name, description, None)
    found = Group(program=row, name=name, description=description)
    found.save()
    changed(
        caller,
        row,
        "group_created",
        subject=f"group {found.pk}",
        after={"name": name, "description": description},
    )
    return group_of(found)


@transaction.atomic
def change_group(caller: Caller, program: int, number: int, name: str, description: str = "") -> GroupView:
    """Rename or describe a group. Who is in it and what it earns stays."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    found = _own_group(caller, row, number)
    name, description = _tidied(name), _tidied(description)
    _insist(caller, row, name, description, found.pk)
    before = {"name": found.name, "description": found.description}
    found.name, found.description = name, description
    found.save()
    after = {"name": name, "description": description}
    if before != after:
        changed(caller, row, "group_changed", subject=f"group {found.pk}", before=before, after=after)
    return group_of(found)


def _own_group(caller: Caller, program: Program, number: int) -> Group:
    found = Group.objects.of(caller).filter(program=program, pk=number).first()
    if found is None:
        raise NotFound
    return found


def _tidied(text: str) -> str:
    return " ".join(text.split())


def _insist(caller: Caller, program: Program, name: str, description: str, but: int | None) -> None:
    problems = []
    if not 0 < len(name) <= checking.GROUP_CHARS:
        problems.append(Problem("name_needed", _("Give the group a name of at most 80 characters."), "name"))
    if len(description) > 300:
        problems.append(
            Problem("description_too_long", _("Describe it in at most 300 characters."), "description")
        )
    others = Group.objects.of(caller).filter(program=program)
    if but is not None:
        others = others.exclude(pk=but)
    if name.casefold() in {one.casefold() for one in others.values_list("name", flat=True)}:
        problems.append(Problem("name_taken", _("Another group of this program has that name."), "name"))
    if but is None and others.count() >= MOST:
        problems.append(Problem("too_many_groups", _("A program has at most 100 groups."), "name"))
    checking.insist(problems)
