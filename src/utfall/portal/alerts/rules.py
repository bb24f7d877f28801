"""Rules: made, changed, switched on and off, removed; and those that every program has from the start."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.lake.metrics import METRICS
from utfall.portal.access import Caller, NotFound, Permission, Problem, Refused, refuse
from utfall.portal.access import Kind as Party
from utfall.portal.alerts.acting import everybodys
from utfall.portal.alerts.contracts import Direction, Kind, RuleDraft, RuleView, Window
from utfall.portal.alerts.models import Alert, Rule
from utfall.portal.alerts.words import rule_words
from utfall.portal.audit.facade import record
from utfall.portal.funding import facade as funding
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, State

RULES_AT_MOST: Final = 100
OF_PROGRAM: Final = frozenset({Kind.BUDGET, Kind.SILENT})
WITH_PROGRAM: Final = frozenset({Kind.QUALITY, Kind.REMINDER})
"""Kinds that come with every program and are only switched; what they tell is told once."""
OF_TERMS: Final = frozenset({Kind.CREDIT, Kind.OVERDUE})
"""Kinds that come with the terms of payment of an advertiser, and with its invoices."""
OF_METRIC: Final = frozenset({Kind.THRESHOLD, Kind.CHANGE, Kind.ANOMALY})
PRESETS: Final[Mapping[str, dict[str, Any]]] = {
    "budget": {"kind": Kind.BUDGET.value},
    "silent": {"kind": Kind.SILENT.value, "metric": "conversions", "window": Window.HOUR.value},
    "fall": {
        "kind": Kind.ANOMALY.value,
        "metric": "conversions",
        "window": Window.DAY.value,
        "direction": Direction.BELOW.value,
        "minimum": 10,
    },
    "quality": {"kind": Kind.QUALITY.value},
    "reminder": {"kind": Kind.REMINDER.value},
}
"""What every program is watched for unless somebody switches it off."""


def rules(caller: Caller) -> list[RuleView]:
    """The caller's rules: their own first, then those that came with the programs."""
    caller.require(Permission.LOOK)
    rows = Rule.objects.of(caller).annotate(open=Count("alerts", filter=Q(alerts__ended_at=None)))
    found = list(rows.order_by("preset", "program", "pk")[:500])
    known = programs_of(caller, {row.program for row in found if row.program is not None})
    return [_view(row, known, row.open) for row in found]


def rule(caller: Caller, number: int) -> RuleView:
    """One rule."""
    caller.require(Permission.LOOK)
    row = Rule.objects.one(caller, pk=number)
    return _view(row, programs_of(caller, {row.program} - {None}))


def create_rule(caller: Caller, draft: RuleDraft, *, advertiser: int | None = None) -> RuleView:
    """A new rule; it is looked at within a minute."""
    caller.require(Permission.MANAGE)
    program = _checked(caller, draft)
    owner = _owner(caller, program, advertiser)
    with transaction.atomic():
        if Rule.objects.of(caller).filter(preset="", **owner).count() >= RULES_AT_MOST:
            refuse("too_many_rules", _("There are 100 rules already. Remove one first."), "name")
        row = Rule(created_by=caller.actor, **owner, **_columns(draft))
        row.save(force_insert=True)
        _record(caller, "alert_rule.created", row, _columns(draft))
    return rule(caller, row.pk)


def change_rule(caller: Caller, number: int, draft: RuleDraft) -> RuleView:
    """Other bounds for a rule of one's own; what it raised ends if it no longer holds."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Rule.objects.one(caller, pk=number)
        if row.preset:
            refuse("preset_fixed", _("This one came with the program: switch it off, or make your own."))
        _checked(caller, draft)
        for name, value in _columns(draft).items():
            setattr(row, name, value)
        row.next_look = timezone.now()
        row.save()
        _record(caller, "alert_rule.changed", row, _columns(draft))
    return rule(caller, number)


def switch_rule(caller: Caller, number: int, is_on: bool) -> RuleView:
    """Look at it again, or no more; what it raised ends when it is switched off."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Rule.objects.one(caller, pk=number)
        row.is_on, row.next_look = is_on, timezone.now()
        row.save(update_fields=["is_on", "next_look"])
        if not is_on:
            _end_alerts(caller, row)
        _record(caller, "alert_rule.switched", row, {"is_on": is_on})
    return rule(caller, number)


def remove_rule(caller: Caller, number: int) -> None:
    """Take a rule of one's own away, with its alerts."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Rule.objects.one(caller, pk=number)
        if row.preset:
            refuse("preset_fixed", _("This one came with the program: switch it off, or make your own."))
        _record(caller, "alert_rule.removed", row, None)
        row.delete()


def make_presets() -> int:
    """Give each live program the rules it has not got yet; how many programs got some."""
    have = set(Rule.objects.system().exclude(preset="").values_list("program", "preset"))
    made, after = 0, None
    while True:
        part = programs.programs(everybodys(), state=State.ACTIVE, after=after, count=200)
        for view in part.items:
            rows = [
                Rule(advertiser=view.advertiser, program=view.id, preset=preset, **columns)
                for preset, columns in PRESETS.items()
                if (view.id, preset) not in have
            ]
            if rows:
                Rule.objects.system().bulk_create(rows, ignore_conflicts=True)
                made += 1
        if part.following is None:
            return made
        after = part.following


def make_presets_of_terms() -> int:
    """Give each advertiser with a limit the rule about it, and each with invoices that about them; how many
    were given.
    """
    found = funding.all_standings()
    limited = {one.advertiser for one in found if one.means_micros is not None}
    invoiced = {one.advertiser for one in found if one.receivable_micros > 0}
    return _given(Kind.CREDIT, limited) + _given(Kind.OVERDUE, invoiced)


def _given(kind: Kind, owners: set[int]) -> int:
    """Those who have the preset of a kind already get no second one."""
    have = Rule.objects.system().filter(preset=kind.value).values_list("advertiser", flat=True)
    rows = [Rule(advertiser=number, preset=kind.value, kind=kind.value) for number in owners - set(have)]
    Rule.objects.system().bulk_create(rows)
    return len(rows)


def programs_of(caller: Caller, numbers: set[int | None]) -> dict[int, ProgramView]:
    """Programs by number, as far as the caller sees them."""
    wanted = frozenset(number for number in numbers if number is not None)
    return (
        {one.id: one for one in programs.programs(caller, numbers=wanted, count=200).items} if wanted else {}
    )


def _checked(caller: Caller, draft: RuleDraft) -> ProgramView | None:
    """The rule's program; Refused with everything that is wrong."""
    found = []
    if draft.kind in OF_TERMS:
        words = _("It is watched as soon as there are terms of payment: switch it on or off there.")
        found.append(Problem("kind_comes_with_terms", words, "kind"))
    if draft.kind in WITH_PROGRAM:
        words = _("Every program is watched for this from its first day: switch it on or off there.")
        found.append(Problem("kind_comes_with_program", words, "kind"))
    if draft.kind in OF_METRIC and draft.metric not in METRICS:
        found.append(Problem("metric_unknown", _("Choose what to watch."), "metric"))
    elif draft.kind in OF_METRIC and _is_out_of_scope(caller, draft.metric):
        found.append(Problem("not_in_scope", _("This metric is for the advertiser alone."), "metric"))
    if draft.kind is Kind.CHANGE and not 10_000 <= draft.bound <= 100_000_000:
        found.append(Problem("bound_out_of_range", _("A change is between 1 % and 10 000 %."), "bound"))
    if draft.kind in (Kind.CHANGE, Kind.ANOMALY) and draft.window is Window.TODAY:
        found.append(
            Problem("window_unfit", _("Part of a day cannot be compared: choose a whole window."), "window")
        )
    if draft.kind is Kind.ANOMALY and draft.window is Window.WEEK:
        found.append(Problem("window_unfit", _("Choose an hour or a day for this."), "window"))
    if draft.minimum < 0:
        found.append(Problem("minimum_negative", _("The least volume is nought or more."), "minimum"))
    of_money = draft.metric in METRICS and METRICS[draft.metric].of_money
    if draft.program is None and (draft.kind in OF_PROGRAM or of_money):
        found.append(Problem("program_needed", _("Choose the program; it says the currency."), "program"))
    if len(draft.name) > 120 or not draft.name.isprintable():
        found.append(Problem("name_malformed", _("Name it in at most 120 characters."), "name"))
    program = _program(caller, draft.program, found)
    if found:
        raise Refused(found)
    return program


def _is_out_of_scope(caller: Caller, metric: str) -> bool:
    return caller.kind is Party.PUBLISHER and METRICS[metric].for_advertiser_only


def _program(caller: Caller, number: int | None, found: list[Problem]) -> ProgramView | None:
    if number is None:
        return None
    try:
        return programs.program(caller, number)
    except NotFound:
        found.append(Problem("program_unknown", _("There is no such program among yours."), "program"))
        return None


def _owner(caller: Caller, program: ProgramView | None, advertiser: int | None) -> dict[str, int | None]:
    if caller.kind is Party.PUBLISHER:
        return {"advertiser": None, "publisher": caller.publisher()}
    wanted = program.advertiser if program is not None else advertiser
    return {"advertiser": caller.advertiser(wanted), "publisher": None}


def _columns(draft: RuleDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "name": draft.name.strip(),
        "metric": draft.metric if draft.kind in OF_METRIC else "",
        "direction": draft.direction.value,
        "window": draft.window.value,
        "bound": draft.bound,
        "minimum": draft.minimum,
        "program": draft.program,
        "of_publisher": draft.publisher,
    }


def _end_alerts(caller: Caller, row: Rule) -> None:
    Alert.objects.of(caller).filter(rule=row, ended_at=None).update(ended_at=timezone.now())


def _record(caller: Caller, action: str, row: Rule, after: Mapping[str, Any] | None) -> None:
    record(
        caller,
        action=action,
        subject=f"alert rule {row.pk}",
        before=None,
        after=after,
        advertiser=row.advertiser,
        publisher=row.publisher,
    )


def _view(row: Rule, known: Mapping[int, ProgramView], open_alerts: int = 0) -> RuleView:
    program = known.get(row.program) if row.program is not None else None
    kind, currency = Kind(row.kind), program.currency if program else ""
    return RuleView(
        id=row.pk,
        kind=kind,
        name=row.name,
        words=rule_words(kind, row.metric, row.direction, row.window, row.bound, currency),
        metric=row.metric,
        direction=Direction(row.direction),
        window=Window(row.window),
        bound=row.bound,
        minimum=row.minimum,
        program=row.program,
        program_name=program.name if program else "",
        publisher=row.of_publisher,
        is_on=row.is_on,
        is_preset=bool(row.preset),
        problem=row.problem,
        looked_at=row.looked_at,
        open_alerts=open_alerts,
    )
