"""Changing rules: a whole list at once, from one moment on; what is in force is ended, never edited.

From its moment on the list holds and nothing else: what had been planned for later is withdrawn.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from utfall.money import Money
from utfall.portal.access import Caller, Kind, NotFound, Permission, Refused, refuse
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.audit import facade as audit
from utfall.portal.changes import facade as feed
from utfall.portal.commission import letters
from utfall.portal.commission.checking import problems_of_list
from utfall.portal.commission.contracts import Change, Changed, RuleChange, RuleDraft, RuleView
from utfall.portal.commission.models import Revision, Rule
from utfall.portal.commission.ordering import priorities
from utfall.portal.commission.plain import draft_from, plain, plain_changes
from utfall.portal.commission.standing import (
    differences,
    own_origins,
    own_program,
    planned,
    planned_at,
    rows_of,
    same,
    standing,
)
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, State
from utfall.portal.sealing import facade as sealing
from utfall.terms import Portion, prices_in

KIND: Final = "commission.change"
"""The kind of proposal that waits where the operator asks for four eyes."""
GRACE: Final = timedelta(seconds=5)
"""How far behind now an effective time may lie: the time a form takes to arrive."""
FARTHEST: Final = timedelta(days=2 * 366)
WHY_CHARS: Final = 1000


class Plan(NamedTuple):
    """A change that was checked: the rules before and planned, the list that is wanted, and from when."""

    program: ProgramView
    before: list[RuleView]
    planned: list[RuleView]
    drafts: Sequence[RuleDraft]
    changes: list[RuleChange]
    start: datetime


def change_rules(
    caller: Caller,
    program: int,
    drafts: Sequence[RuleDraft],
    *,
    effective_from: datetime | None = None,
    why: str = "",
) -> Changed:
    """Put a list of rules in force from a moment on, the first with precedence over the next.

    Rules that do not change go on; others end then. Refused with every problem. Where the operator asks for
    four eyes, nothing changes until a second person agrees.
    """
    caller.require(Permission.PRICE)
    with transaction.atomic():
        plan = planned_change(caller, program, drafts, effective_from)
        _insist_on_why(why)
        if needs_approval(plan.program, plan.changes):
            number = _propose(caller, plan, effective_from, why)
            return Changed(changes=tuple(plan.changes), effective_from=plan.start, proposal=number)
        return _carry_out(caller, plan, why)


def begin_rules(caller: Caller, program: int, drafts: Sequence[RuleDraft]) -> Changed:
    """The first rules of a program that goes live: whoever let it live is the second person."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        plan = planned_change(caller, program, drafts, None)
        if plan.before or plan.planned:
            refuse("rules_exist", _("The program has rules already."), status=409)
        return _carry_out(caller, plan, "")


def planned_change(
    caller: Caller, program: int, drafts: Sequence[RuleDraft], effective_from: datetime | None
) -> Plan:
    """A change as it would be made, or Refused with everything that is wrong with it."""
    known = own_program(caller, program)
    if caller.kind not in (Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY):
        raise NotFound
    if known.state is State.CLOSED:
        refuse("program_closed", _("The program is closed; nothing more can be earned in it."), status=409)
    start = start_of(effective_from)
    groups = {group.id for group in programs.groups(caller, program)}
    wanted = {draft.publisher for draft in drafts if draft.publisher is not None}
    problems = problems_of_list(drafts, program, start, groups, people.parties(Kind.PUBLISHER, wanted))
    if problems:
        raise Refused(problems)
    before, later = standing(caller, program, start), planned(caller, program, start)
    changes = differences(before, drafts, later)
    is_kept = all(one.change is Change.KEPT for one in changes)
    if is_kept and planned_at(caller, program, start) is None:
        refuse("nothing_changed", _("These rules are in force already."))
    return Plan(known, before, later, drafts, changes, start)


def start_of(wanted: datetime | None) -> datetime:
    """When a change takes effect: now or later, to the millisecond as terms are sealed."""
    now = timezone.now()
    if wanted is not None and wanted < now - GRACE:
        sentence = _("Rules take effect now or later, never in the past.")
        refuse("in_the_past", sentence, "effective_from")
    if wanted is not None and wanted > now + FARTHEST:
        refuse("too_far", _("Plan at most two years ahead."), "effective_from")
    return from_ms(to_ms(max(wanted or now, now)))


def needs_approval(program: ProgramView, changes: Sequence[RuleChange]) -> bool:
    """Whether the operator asks for a second person before these changes are made."""
    fresh = [one.after for one in changes if one.after and one.change in (Change.ADDED, Change.REPLACED)]
    prices = [price for draft in fresh for price in prices_in(draft.price)]
    shares = [price.ppm for price in prices if isinstance(price, Portion)]
    amounts = [price.micros for price in prices if not isinstance(price, Portion)]
    return audit.needs_approval(
        KIND,
        share_ppm=max(shares, default=None),
        flat=Money(max(amounts), program.currency) if amounts else None,
    )


def _insist_on_why(why: str) -> None:
    if len(why) > WHY_CHARS:
        refuse("why_too_long", _("Keep the reason within 1 000 characters."), "why")


def _propose(caller: Caller, plan: Plan, effective_from: datetime | None, why: str) -> int:
    made = [one for one in plan.changes if one.change is not Change.KEPT]
    words = ngettext(
        "%(count)s change of the commission rules of %(program)s",
        "%(count)s changes of the commission rules of %(program)s",
        len(made),
    )
    return audit.propose(
        caller,
        KIND,
        {
            "program": plan.program.id,
            "drafts": [plain(draft) for draft in plan.drafts],
            "effective_from": effective_from and effective_from.isoformat(),
            "before": [view.id for view in [*plan.before, *plan.planned]],
            "why": why,
        },
        words % {"count": len(made), "program": plan.program.name},
        subject=f"program {plan.program.id}",
        before={"rules": [plain(view.draft) for view in plan.before]},
        after={"rules": [plain(draft) for draft in plan.drafts]},
        why=why,
        advertiser=plan.program.advertiser,
    )


def carry_out_proposal(approver: Caller, payload: Mapping[str, Any]) -> None:
    """Make a change that was agreed to; from its time on, or from now on where that has passed."""
    asked = payload["effective_from"] and datetime.fromisoformat(payload["effective_from"])
    start = asked if asked and asked > timezone.now() else None
    drafts = [draft_from(one) for one in payload["drafts"]]
    plan = planned_change(approver, payload["program"], drafts, start)
    if [view.id for view in [*plan.before, *plan.planned]] != payload["before"]:
        sentence = _("The rules have changed since this was asked for. Ask again for what is wanted now.")
        refuse("rules_changed", sentence, status=409)
    _carry_out(approver, plan, payload["why"])


def _carry_out(caller: Caller, plan: Plan, why: str) -> Changed:
    _put_in_force(caller, plan)
    _record(caller, plan, why)
    feed.tell(
        feed.Kind.PROGRAM_RULES,
        subject=f"program:{plan.program.id}",
        advertiser=plan.program.advertiser,
        program=plan.program.id,
        body={"effective_from": plan.start.isoformat(), "why": why, "rules": len(plan.drafts)},
        publisher_body={"effective_from": plan.start.isoformat()},
    )
    sealing.touch()
    letters.tell(caller, plan.program, plan.changes, plan.start)
    return Changed(changes=tuple(plan.changes), effective_from=plan.start)


def _put_in_force(caller: Caller, plan: Plan) -> None:
    rows = {row.pk: row for row in rows_of(caller, plan.program.id)}
    places = _places(plan)
    going_on = {draft.rule for draft, _priority, goes_on in places if goes_on}
    for view in [*plan.before, *plan.planned]:
        if view.id in going_on:
            _go_on(rows[view.id])
        else:
            _end(rows[view.id], plan.start)
    for draft, priority, goes_on in places:
        if not goes_on:
            came_from = rows.get(draft.rule or 0)
            _begin(caller, plan, draft, priority, came_from if came_from and came_from.pk else None)


def _places(plan: Plan) -> list[tuple[RuleDraft, int, bool]]:
    """Each draft with its priority, and whether a rule in force is it already and goes on untouched."""
    views = {view.id: view for view in plan.before}
    held: list[int | None] = []
    for draft, origin in zip(plan.drafts, own_origins(list(views), plan.drafts), strict=True):
        unchanged = origin is not None and same(views[origin].draft, draft)
        held.append(views[origin].priority if origin is not None and unchanged else None)
    return [
        (draft, priority, priority == kept)
        for draft, priority, kept in zip(plan.drafts, priorities(held), held, strict=True)
    ]


def _go_on(row: Rule) -> None:
    """A rule that was to give way to one that is planned no longer does."""
    if row.effective_until != row.ends_at:
        row.effective_until = row.ends_at
        row.save(update_fields=["effective_until"])


def _end(row: Rule, start: datetime) -> None:
    """A rule in force ends; one that never came into force is withdrawn whole."""
    if row.effective_from >= start:
        row.delete()
        return
    row.effective_until = start
    row.save(update_fields=["effective_until"])


def _begin(caller: Caller, plan: Plan, draft: RuleDraft, priority: int, came_from: Rule | None) -> None:
    Rule.objects.system().create(
        program=plan.program.id,
        advertiser=plan.program.advertiser,
        name=" ".join(draft.name.split()),
        outcome=draft.outcome.value,
        action=draft.action.strip(),
        price=msgspec.to_builtins(draft.price),
        condition=msgspec.to_builtins(draft.when),
        group=draft.group,
        publisher=draft.publisher,
        priority=priority,
        effective_from=plan.start,
        effective_until=draft.ends_at,
        ends_at=draft.ends_at,
        replaces=came_from,
        created_by=caller.actor,
    )


def _record(caller: Caller, plan: Plan, why: str) -> None:
    Revision.objects.system().create(
        program=plan.program.id,
        advertiser=plan.program.advertiser,
        made_by=caller.actor,
        why=why,
        effective_from=plan.start,
        changes=plain_changes(plan.changes),
    )
    audit.record(
        caller,
        action="commission.changed",
        subject=f"program {plan.program.id}",
        before={"rules": [plain(view.draft) for view in plan.before]},
        after={
            "rules": [plain(draft) for draft in plan.drafts],
            "effective_from": plan.start.isoformat(),
        },
        why=why,
        advertiser=plan.program.advertiser,
    )
