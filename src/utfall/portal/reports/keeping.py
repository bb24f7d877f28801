"""Reports that people keep: their own, and those shared within their organisation."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Forbidden, NotFound, Permission, Slice, refuse
from utfall.portal.access.paging import newest
from utfall.portal.reports.contracts import Rhythm, SavedView, ScheduleView
from utfall.portal.reports.making import days_of, query_of
from utfall.portal.reports.models import SavedReport, Schedule
from utfall.portal.reports.wanted import Wanted, from_data

MOST: Final = 200
"""Reports that one person may keep."""


def save(caller: Caller, name: str, wanted: Wanted, *, shared: bool = False) -> SavedView:
    """Keep a report under a name. Refused where it could not be made."""
    caller.require(Permission.LOOK)
    _check(caller, name, wanted)
    if _own(caller).count() >= MOST:
        refuse(
            "too_many_reports", _("You keep too many reports. Remove some you no longer read."), status=409
        )
    row = SavedReport.objects.system().create(
        organisation=caller.organisation,
        user=caller.user,
        by=caller.actor,
        name=name.strip(),
        shared=shared,
        wanted=wanted.data,
    )
    return _view(caller, row)


def change(caller: Caller, number: int, *, name: str, wanted: Wanted, shared: bool) -> SavedView:
    """Change a report of one's own."""
    row = _mine(caller, number)
    _check(caller, name, wanted)
    row.name, row.wanted, row.shared, row.changed_at = name.strip(), wanted.data, shared, timezone.now()
    row.save()
    return _view(caller, row)


def remove(caller: Caller, number: int) -> None:
    """Remove a report of one's own; it is no longer sent to anybody."""
    _mine(caller, number).delete()


def saved(caller: Caller, number: int) -> SavedView:
    """One report that the caller keeps, or that is shared with it."""
    caller.require(Permission.LOOK)
    row = _seen(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return _view(caller, row)


def all_saved(caller: Caller, *, after: int | None = None, limit: int = 50) -> Slice[SavedView]:
    """The caller's reports and those shared with it, newest first."""
    caller.require(Permission.LOOK)
    return newest(_seen(caller), lambda row: _view(caller, row), after=after, limit=limit)


def row_of(caller: Caller, number: int) -> SavedReport:
    """The row of a report that the caller may see."""
    row = _seen(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def _seen(caller: Caller) -> QuerySet[SavedReport]:
    within = SavedReport.objects.of(caller).filter(organisation=caller.organisation)
    return within.filter(Q(shared=True) | Q(user=caller.user, by=caller.actor))


def _own(caller: Caller) -> QuerySet[SavedReport]:
    within = SavedReport.objects.of(caller).filter(organisation=caller.organisation)
    return within.filter(user=caller.user, by=caller.actor)


def _mine(caller: Caller, number: int) -> SavedReport:
    """A report that this caller may change: its own; who manages also changes shared ones."""
    row = row_of(caller, number)
    if (row.user, row.by) != (caller.user, caller.actor) and not caller.may(Permission.MANAGE):
        raise Forbidden(Permission.MANAGE.value)
    return row


def _check(caller: Caller, name: str, wanted: Wanted) -> None:
    from utfall.lake.query import checked
    from utfall.portal.reports.asking import lake_query, told
    from utfall.portal.reports.reach import scope_of

    if not name.strip():
        refuse("name_missing", _("Give the report a name."), "name")
    if len(name) > 120:
        refuse("name_too_long", _("The name is too long. 120 letters at most."), "name")
    query = query_of(caller, wanted, days_of(caller, wanted))
    with told():
        checked(lake_query(query), scope_of(caller))


def _view(caller: Caller, row: SavedReport) -> SavedView:
    wanted = from_data(row.wanted)
    times = Schedule.objects.of(caller).filter(report=row, organisation=caller.organisation).order_by("pk")
    return SavedView(
        id=row.pk,
        name=row.name,
        shared=row.shared,
        by=row.by,
        is_own=(row.user, row.by) == (caller.user, caller.actor),
        wanted=row.wanted,
        address=wanted.address,
        changed_at=row.changed_at,
        schedules=tuple(schedule_view(caller, one) for one in times),
    )


def schedule_view(caller: Caller, row: Schedule) -> ScheduleView:
    """When a report is sent, as it is shown."""
    return ScheduleView(
        id=row.pk,
        report=row.report_id,
        email=row.email,
        rhythm=Rhythm(row.rhythm),
        hour=row.hour,
        weekday=row.weekday,
        day=row.day,
        zone=row.zone,
        next_at=row.next_at,
        sent_at=row.sent_at,
        problem=row.problem,
        is_own=row.user == caller.user,
    )
