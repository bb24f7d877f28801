"""What is recorded of programs, in sentences."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.programs.contracts import State
from utfall.portal.programs.finding import visible
from utfall.portal.programs.models import Group, Limit

_ENTERED: dict[str, Words] = {
    State.DRAFT.value: _("%(who)s sent %(what)s back to be a draft"),
    State.IN_REVIEW.value: _("%(who)s handed in %(what)s for review"),
    State.ACTIVE.value: _("%(who)s put %(what)s live"),
    State.PAUSED.value: _("%(who)s paused %(what)s"),
    State.CLOSED.value: _("%(who)s closed %(what)s"),
}


def _entered(after: Mapping[str, Any]) -> Words:
    return _ENTERED.get(str(after.get("state")), _("%(who)s changed the state of %(what)s"))


told(
    {
        "program.created": _("%(who)s began the program %(what)s"),
        "program.described": _("%(who)s changed how %(what)s presents itself"),
        "program.placed": _("%(who)s changed the currency or time zone of %(what)s"),
        "program.outcome": _("%(who)s changed what %(what)s pays for"),
        "program.price": _("%(who)s changed the first price of %(what)s"),
        "program.goal": _("%(who)s changed the goal of %(what)s"),
        "program.group_created": _("%(who)s made the partner group %(what)s"),
        "program.group_changed": _("%(who)s changed the partner group %(what)s"),
        "program.limit_added": _("%(who)s set the limit %(what)s"),
        "program.limit_changed": _("%(who)s changed the limit %(what)s"),
        "program.limit_removed": _("%(who)s removed the limit %(what)s"),
        "program.state": _entered,
        "program.terms_drafted": _("%(who)s drafted new terms for %(what)s"),
        "program.terms_published": _("%(who)s published new terms for %(what)s"),
        "program.terms_withdrawn": _("%(who)s withdrew coming terms of %(what)s"),
        "program.policy": _("%(who)s changed the rules for all programs"),
    }
)


@thing("program")
def programs(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """A publisher is led to what the program offers."""
    page = "partners:offer" if caller.kind is Kind.PUBLISHER else "programs:program"
    rows = visible(caller).filter(pk__in=numbers).values_list("pk", "name")
    return {
        number: Named(name, reverse(page, kwargs={"org": caller.slug, "program": number}))
        for number, name in rows
    }


@thing("group")
def groups(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """Groups stand among the partners of their program."""
    return _within(caller, Group.objects.of(caller).filter(pk__in=numbers))


@thing("limit")
def limits(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """Limits stand on the page of their program."""
    return _within(caller, Limit.objects.of(caller).filter(pk__in=numbers))


def _within(caller: Caller, rows: Iterable[Group | Limit]) -> dict[int, Named]:
    found = list(rows)
    within = programs(caller, {one.program_id for one in found})
    return {
        one.pk: Named(f"{one.name} ({within[one.program_id].name})", within[one.program_id].url)
        for one in found
        if one.program_id in within
    }
