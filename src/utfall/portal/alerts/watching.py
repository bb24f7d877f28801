"""The look at the rules that are due: what holds now is raised, kept or ended. Without a caller."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from utfall.portal.access import NotFound, Refused
from utfall.portal.alerts.acting import owner
from utfall.portal.alerts.contracts import Judgement, Kind
from utfall.portal.alerts.judging import judge
from utfall.portal.alerts.measuring import Measure, Wanted
from utfall.portal.alerts.models import Alert, Rule
from utfall.portal.alerts.notifying import tell_people
from utfall.portal.alerts.rules import OF_TERMS, WITH_PROGRAM
from utfall.portal.alerts.words import sentence
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, State

AT_ONCE: Final = 60
COOL_DOWN: Final = timedelta(hours=6)
EVERY: Final = {
    Kind.BUDGET: timedelta(minutes=1),
    Kind.THRESHOLD: timedelta(minutes=5),
    Kind.SILENT: timedelta(minutes=5),
    Kind.CHANGE: timedelta(minutes=15),
    Kind.ANOMALY: timedelta(minutes=15),
    Kind.QUALITY: timedelta(minutes=5),
    Kind.REMINDER: timedelta(minutes=30),
    Kind.CREDIT: timedelta(minutes=5),
    Kind.OVERDUE: timedelta(minutes=30),
}
NAMES_ALL: Final = frozenset({Kind.BUDGET, *WITH_PROGRAM, *OF_TERMS})
"""Kinds whose judgements name every subject that there is: what is not named has ended."""
ZONE: Final = "Europe/Stockholm"
"""Of a rule for all of an organisation's programs, when they have no zone in common."""


def look(measure: Measure | None = None) -> int:
    """Look at the rules that are due, those that waited longest first; how many it were."""
    known = measure or Measure(timezone.now())
    due = Rule.objects.system().filter(is_on=True, next_look__lte=known.now).order_by("next_look")
    rows = list(due[:AT_ONCE])
    for row in rows:
        _look_at(row, known)
    return len(rows)


def _look_at(row: Rule, known: Measure) -> None:
    problem, found = "", None
    try:
        wanted = wanted_of(row)
        found = [] if wanted is None else judge(row, wanted, known)
    except NotFound:
        problem = "not_found"
    except Refused as refused:
        problem = refused.problems[0].code
    with transaction.atomic():
        if found is not None:
            settle(row, found, known.now)
        every = EVERY[Kind(row.kind)]
        Rule.objects.system().filter(pk=row.pk).update(
            looked_at=known.now, next_look=known.now + every, problem=problem
        )


def wanted_of(row: Rule) -> Wanted | None:
    """Of what the rule wants values; None while its program is not live."""
    caller = owner(row.advertiser, row.publisher)
    program: ProgramView | None = None
    if row.program is not None:
        program = programs.program(caller, row.program)
        # Orders of a program that rests are decided by silence all the same.
        if program.state is not State.ACTIVE and row.kind not in WITH_PROGRAM:
            return None
    return Wanted(
        caller=caller,
        metric=row.metric or "conversions",
        program=row.program,
        publisher=row.of_publisher,
        zone=program.zone if program else ZONE,
        currency=program.currency if program else "",
    )


def settle(row: Rule, found: Sequence[Judgement], now: datetime) -> None:
    """Raise what is new, keep what still holds, end what no longer does."""
    standing = {one.subject: one for one in Alert.objects.system().filter(rule=row, ended_at=None)}
    kept, judged = {one.subject for one in found if one.keeps}, {one.subject for one in found}
    for subject, alert in standing.items():
        # Where there is too little to judge by, nothing is said either way: it stays.
        if subject not in kept and (subject in judged or row.kind in NAMES_ALL):
            _end(alert, row, now)
    for one in found:
        if one.raises and one.subject not in standing and not _was_told(row, one, now):
            _raise(row, one, now)


def _was_told(row: Rule, one: Judgement, now: datetime) -> bool:
    """Whether it ended lately; of a finding and of a day's reminder, whether it was ever told."""
    told = Alert.objects.system().filter(rule=row, subject=one.subject)
    return (told if row.kind in WITH_PROGRAM else told.filter(ended_at__gt=now - COOL_DOWN)).exists()


def _raise(row: Rule, one: Judgement, now: datetime) -> None:
    program = (
        None if row.program is None else programs.program(owner(row.advertiser, row.publisher), row.program)
    )
    facts = {**one.facts, "metric": row.metric, "window": row.window}
    facts.setdefault("currency", program.currency if program else "")
    alert = Alert.objects.system().create(
        rule=row,
        advertiser=row.advertiser,
        publisher=row.publisher,
        subject=one.subject,
        kind=row.kind,
        program=row.program,
        facts=facts,
        picture={"labels": list(one.picture.labels), "values": list(one.picture.values)},
        raised_at=now,
    )
    _tell(Change.ALERT_RAISED, alert, row)
    tell_people(alert, now)


def _end(alert: Alert, row: Rule, now: datetime) -> None:
    alert.ended_at = now
    alert.save(update_fields=["ended_at"])
    _tell(Change.ALERT_ENDED, alert, row)


def _tell(kind: Change, alert: Alert, row: Rule) -> None:
    said = sentence(Kind(alert.kind), row.metric, row.window, alert.facts)
    changes.tell(
        kind,
        subject=f"alert:{alert.pk}",
        advertiser=alert.advertiser,
        publisher=alert.publisher,
        program=alert.program,
        body={"rule": row.pk, "kind": alert.kind, "sentence": said, "facts": alert.facts},
    )
