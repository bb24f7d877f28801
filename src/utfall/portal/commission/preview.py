"""What would this have paid: asked for here, settled again by the work process, read here.

The settling belongs to the workers, above this package; they hand it over by `preview_with`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from utfall.portal.access import Caller, Kind, NotFound, Permission, Refused, refuse
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.commission.checking import problems_of_list
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.plain import draft_from, plain
from utfall.portal.commission.standing import own_origins, own_program, standing
from utfall.portal.commission.views import sealed_drafts
from utfall.portal.look.formats import number
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Report, Task
from utfall.terms import Rule

KIND: Final = "commission.whatif"
DAYS: Final = 90
NEW_RULES: Final = 1 << 31
"""From here on ids of rules that do not stand yet; those that stand are far below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be settled again: a program's days under rules that do not hold, beside those that do."""

    advertiser: int
    program: int
    rules: tuple[Rule, ...]
    at_ms: int
    since_ms: int
    until_ms: int


Tell = Callable[[int, int, int], None]
"""How far it is: batches done, batches in all, orders settled. It raises where nobody wants it any more."""
Run = Callable[[Wanted, Tell], Mapping[str, Any] | None]
"""Settles again and answers with a report as plain values; None where nothing has happened yet."""
_run: Final[list[Run]] = []


def preview_with(run: Run) -> None:
    """Say what settles again; the work process does when it starts."""
    _run[:] = [run]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What became of a what-if: its task, the rules it was asked about, and its report once it is done.

    `report` is None while it runs, or where nothing has happened in the time it looked at.
    """

    task: Task
    program: int
    rules: tuple[RuleDraft, ...]
    ids: tuple[int, ...]
    since: datetime
    until: datetime
    report: Mapping[str, Any] | None


def preview(caller: Caller, program: int, drafts: Sequence[RuleDraft], *, days: int = DAYS) -> int:
    """Ask what a list of rules would have paid in the last days; the number of the work."""
    caller.require(Permission.PRICE)
    known = own_program(caller, program)
    now = timezone.now()
    groups = {group.id for group in programs.groups(caller, program)}
    publishers = people.parties(Kind.PUBLISHER, {one.publisher for one in drafts if one.publisher})
    alive = [one for one in drafts if one.ends_at is None or one.ends_at > now]
    problems = problems_of_list(alive, program, now, groups, publishers)
    if problems:
        raise Refused(problems)
    if not 1 <= days <= DAYS:
        refuse("too_many_days", _("Look back at most 90 days."), "days")
    origins = own_origins([view.id for view in standing(caller, program, now)], alive)
    ids = [origin or NEW_RULES + place for place, origin in enumerate(origins)]
    return work.start(
        caller,
        KIND,
        {
            "advertiser": known.advertiser,
            "program": program,
            "drafts": [plain(draft) for draft in alive],
            "ids": ids,
            "since": (now - timedelta(days=days)).isoformat(),
            "until": now.isoformat(),
        },
    )


def settle_again(payload: Mapping[str, Any], report: Report) -> Mapping[str, Any]:
    """The work itself, in the process of the work."""
    own_program(report.caller, payload["program"])
    until = to_ms(datetime.fromisoformat(payload["until"]))
    drafts = [draft_from(one) for one in payload["drafts"]]
    sealed = sealed_drafts(drafts, payload["program"], from_ms(until))
    wanted = Wanted(
        advertiser=payload["advertiser"],
        program=payload["program"],
        rules=tuple(
            msgspec.structs.replace(rule, id=identity)
            for rule, identity in zip(sealed, payload["ids"], strict=True)
        ),
        at_ms=until,
        since_ms=to_ms(datetime.fromisoformat(payload["since"])),
        until_ms=until,
    )
    if not _run:
        refuse("cannot_settle", _("This process cannot settle again. Start `utfall work`."))

    def tell(done: int, total: int, orders: int) -> None:
        words = ngettext("%(orders)s order settled again", "%(orders)s orders settled again", orders)
        report(done, total, words % {"orders": number(orders)})

    return {**{name: payload[name] for name in _KEPT}, "report": _run[0](wanted, tell)}


_KEPT: Final = ("program", "drafts", "ids", "since", "until")


def preview_of(caller: Caller, program: int, task: int) -> Preview:
    """A what-if of a program and how far it is, or NotFound."""
    own_program(caller, program)
    found = work.task(caller, task)
    result = found.result or {}
    if found.kind != KIND or result.get("program", program) != program:
        raise NotFound
    return Preview(
        task=found,
        program=program,
        rules=tuple(draft_from(one) for one in result.get("drafts", ())),
        ids=tuple(result.get("ids", ())),
        since=datetime.fromisoformat(result["since"]) if result else found.created_at - timedelta(days=DAYS),
        until=datetime.fromisoformat(result["until"]) if result else found.created_at,
        report=result.get("report"),
    )


def previews(caller: Caller, program: int) -> list[Task]:
    """The organisation's what-ifs of a program, newest first, among its latest work."""
    own_program(caller, program)
    found = work.tasks(caller, kind=KIND, limit=20).items
    return [one for one in found if not one.result or one.result.get("program") == program]
