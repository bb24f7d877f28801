"""Budgets and caps. What a limit counts never changes, or its count would mean something else: for that it is
removed and another one made. Its height may change at any time, and holds from the next outcome on.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Problem, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.people import facade as people
from utfall.portal.programs import checking, finding
from utfall.portal.programs.contracts import LimitDraft, LimitView, State
from utfall.portal.programs.models import Group, Limit, Program
from utfall.portal.programs.recording import changed, plain
from utfall.portal.programs.shown import limit_of
from utfall.terms import Over

MOST: Final = 100
KIND: Final = "program.limit"
"""The kind of proposal that waits where the operator asks for four eyes."""


def limits(caller: Caller, program: int) -> list[LimitView]:
    """The budgets and caps of one of the caller's own programs: budgets first."""
    caller.require(Permission.LOOK)
    row = finding.own(caller, program)
    return [limit_of(one) for one in _standing(caller, row).order_by("-is_budget", "pk")]


def limit(caller: Caller, program: int, number: int, *, ever: bool = False) -> LimitView:
    """One limit, or NotFound; `ever`: also one that was taken away, of which receipts still tell."""
    caller.require(Permission.LOOK)
    row = finding.own(caller, program)
    if not ever:
        return limit_of(_own_limit(caller, row, number))
    return limit_of(Limit.objects.one(caller, pk=number, program=row))


def _standing(caller: Caller, program: Program) -> Any:
    return Limit.objects.of(caller).filter(program=program, removed_at__isnull=True)


@transaction.atomic
def add_limit(caller: Caller, program: int, draft: LimitDraft) -> LimitView | int:
    """A new budget or cap, which counts from now on; or the proposal that waits for a second person."""
    caller.require(Permission.PRICE)
    row = finding.own(caller, program)
    _insist(caller, row, draft)
    if _waits(row):
        return _propose(caller, row, "add", {"draft": plain(draft)}, None, plain(draft))
    return _add(caller, row, draft)


@transaction.atomic
def change_limit(
    caller: Caller, program: int, number: int, *, cap: int, over: Over, name: str = "", why: str = ""
) -> LimitView | int:
    """Another height, or another answer to what does not fit. Below what is spent, nothing more fits."""
    caller.require(Permission.PRICE)
    row = finding.own(caller, program)
    found = _own_limit(caller, row, number)
    title = " ".join(name.split()) or found.name
    wanted = {"cap": cap, "over": over.value, "name": title}
    before = {"cap": found.cap, "over": found.over, "name": found.name}
    draft = LimitDraft(measure=limit_of(found).measure, period=limit_of(found).period, cap=cap, name=title)
    checking.insist(checking.check_limit(draft))
    if before == wanted:
        refuse("nothing_changed", _("The limit is so already."))
    if _waits(row):
        return _propose(caller, row, "change", {"limit": number, **wanted}, before, wanted, why)
    return _change(caller, row, found, wanted, why)


@transaction.atomic
def remove_limit(caller: Caller, program: int, number: int, *, why: str = "") -> int | None:
    """Take a limit away: from now on nothing stops there. The proposal's number, where one waits."""
    caller.require(Permission.PRICE)
    row = finding.own(caller, program)
    found = _own_limit(caller, row, number)
    if _waits(row):
        return _propose(caller, row, "remove", {"limit": number}, plain(limit_of(found)), {}, why)
    _remove(caller, row, found, why)
    return None


def _add(caller: Caller, row: Program, draft: LimitDraft) -> LimitView:
    found = Limit(
        program=row,
        name=" ".join(draft.name.split()),
        measure=draft.measure.value,
        period=draft.period.value,
        cap=draft.cap,
        over=draft.over.value,
        outcome=draft.outcome.value if draft.outcome else "",
        group_id=draft.group,
        publisher=draft.publisher,
        per_publisher=draft.per_publisher,
        is_budget=draft.is_budget,
        per_customer=draft.per_customer,
    )
    found.save()
    changed(caller, row, "limit_added", subject=f"limit {found.pk}", after=plain(limit_of(found)))
    return limit_of(found)


def _change(caller: Caller, row: Program, found: Limit, wanted: Mapping[str, Any], why: str) -> LimitView:
    before = {"cap": found.cap, "over": found.over, "name": found.name}
    found.cap, found.over, found.name = wanted["cap"], wanted["over"], wanted["name"]
    found.save(update_fields=["cap", "over", "name"])
    changed(caller, row, "limit_changed", subject=f"limit {found.pk}", before=before, after=wanted, why=why)
    return limit_of(found)


def _remove(caller: Caller, row: Program, found: Limit, why: str) -> None:
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    before = plain(limit_of(found))
    changed(caller, row, "limit_removed", subject=f"limit {found.pk}", before=before, after={}, why=why)


def _own_limit(caller: Caller, program: Program, number: int) -> Limit:
    found: Limit | None = _standing(caller, program).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def _insist(caller: Caller, row: Program, draft: LimitDraft) -> None:
    problems = list(checking.check_limit(draft))
    groups = Group.objects.of(caller).filter(program=row)
    if draft.group is not None and not groups.filter(pk=draft.group).exists():
        problems.append(Problem("unknown_group", _("Choose one of the program's groups."), "group"))
    if draft.publisher is not None and not people.parties(Kind.PUBLISHER, [draft.publisher]):
        problems.append(Problem("unknown_publisher", _("There is no such publisher."), "publisher"))
    if State(row.state) is State.CLOSED:
        problems.append(Problem("program_closed", _("The program is closed for good. Start a new one.")))
    if _standing(caller, row).count() >= MOST:
        problems.append(Problem("too_many_limits", _("A program has at most 100 budgets and caps.")))
    checking.insist(problems)


def _waits(row: Program) -> bool:
    """Four eyes are for what is live: a draft spends nothing."""
    return row.live_since is not None and audit.needs_approval(KIND)


def _propose(
    caller: Caller,
    row: Program,
    verb: str,
    payload: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    why: str = "",
) -> int:
    return audit.propose(
        caller,
        KIND,
        {"program": row.pk, "verb": verb, "why": why, **payload},
        _("Budgets and caps of %(program)s") % {"program": row.name},
        subject=f"program {row.pk}",
        before=before,
        after=after,
        why=why,
        advertiser=row.advertiser,
    )


@audit.executor(KIND, words=_("Budgets and caps of a program"), needs=Permission.PRICE)
def change_proposed(caller: Caller, payload: Mapping[str, Any]) -> None:
    """What was proposed was approved."""
    import msgspec

    row = finding.own(caller, int(payload["program"]))
    if payload["verb"] == "add":
        draft = msgspec.convert(payload["draft"], LimitDraft)
        _insist(caller, row, draft)
        _add(caller, row, draft)
        return
    found = _own_limit(caller, row, int(payload["limit"]))
    if payload["verb"] == "remove":
        _remove(caller, row, found, payload["why"])
    else:
        wanted = {key: payload[key] for key in ("cap", "over", "name")}
        _change(caller, row, found, wanted, payload["why"])
