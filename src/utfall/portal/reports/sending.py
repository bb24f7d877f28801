"""Reports by letter: at an hour of a zone, every day, week or month, to whoever asked for it.

The letter is made with the reach its reader has at that moment; who is no member any more is sent nothing.
It shows the first rows and leads to a file of all of them, which is there when the letter comes, asks for a
sign-in and expires: a file attached would lie in mailboxes for ever, also of those who have left.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, NotFound, Permission, Refused, refuse
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.reports.calendar import zone_of
from utfall.portal.reports.contracts import Form, Rhythm, ScheduleDraft, ScheduleView
from utfall.portal.reports.files import made
from utfall.portal.reports.keeping import row_of, schedule_view
from utfall.portal.reports.making import last_day, make
from utfall.portal.reports.models import SavedReport, Schedule
from utfall.portal.reports.tabulating import tabulate
from utfall.portal.reports.wanted import from_data
from utfall.portal.site import site

MOST: Final = 20
"""Schedules of one person in one organisation."""
LETTER_ROWS: Final = 50


def schedule(caller: Caller, number: int, draft: ScheduleDraft) -> ScheduleView:
    """Have a saved report sent to the caller."""
    caller.require(Permission.LOOK)
    report = row_of(caller, number)
    if caller.user is None:
        refuse("person_needed", gettext_lazy("Letters go to people. Sign in to schedule a report."))
    zone = draft.zone or zone_of(caller)
    _check(draft, zone)
    rows = Schedule.objects.of(caller).filter(organisation=caller.organisation, user=caller.user)
    if rows.count() >= MOST:
        refuse(
            "too_many_schedules",
            gettext_lazy("You are sent enough reports. End one of them first."),
            status=409,
        )
    person = people.profile(caller.user)
    row = Schedule.objects.system().create(
        report=report,
        organisation=caller.organisation,
        slug=caller.slug,
        user=caller.user,
        email=person.email,
        language=person.language,
        rhythm=draft.rhythm.value,
        weekday=draft.weekday,
        day=draft.day,
        hour=draft.hour,
        zone=zone,
        next_at=following(draft, zone, timezone.now()),
    )
    return schedule_view(caller, row)


def end_schedule(caller: Caller, number: int) -> None:
    """No longer send a report to oneself; those who manage the organisation may end anybody's."""
    caller.require(Permission.LOOK)
    row = Schedule.objects.one(caller, pk=number, organisation=caller.organisation)
    if row.user != caller.user and not caller.may(Permission.MANAGE):
        raise NotFound
    row.delete()


def following(draft: ScheduleDraft, zone: str, now: datetime) -> datetime:
    """When a report is sent next. An hour that a day does not have is the one after it.

    >>> draft = ScheduleDraft(rhythm=Rhythm.MONTHLY, day=31, hour=7)
    >>> following(draft, "UTC", datetime(2026, 2, 1, tzinfo=UTC))
    datetime.datetime(2026, 2, 28, 7, 0, tzinfo=datetime.timezone.utc)
    """
    place = ZoneInfo(zone)
    day = now.astimezone(place).date()
    while True:
        if _is_its_day(draft, day.weekday(), day.day, monthrange(day.year, day.month)[1]):
            at = datetime(day.year, day.month, day.day, draft.hour, tzinfo=place).astimezone(UTC)
            if at > now:
                return at
        day += timedelta(days=1)


def _is_its_day(draft: ScheduleDraft, weekday: int, day: int, last: int) -> bool:
    match draft.rhythm:
        case Rhythm.DAILY:
            return True
        case Rhythm.WEEKLY:
            return weekday == draft.weekday
    return day == min(draft.day, last)


def _check(draft: ScheduleDraft, zone: str) -> None:
    if not (0 <= draft.hour <= 23 and 0 <= draft.weekday <= 6 and 1 <= draft.day <= 31):
        refuse("no_such_time", gettext_lazy("There is no such hour or day."), "hour")
    if zone not in available_timezones():
        refuse(
            "no_such_zone", gettext_lazy("There is no such time zone. Write it as Europe/Stockholm."), "zone"
        )


def send(row: Schedule, now: datetime) -> bool:
    """Send one report that is due; whether a letter was written. It ends where its reader is gone."""
    with transaction.atomic():
        row.next_at = following(_draft(row), row.zone, now)
        try:
            row.problem = ""
            _write(row)
            row.sent_at = now
        except Refused as refused:
            row.problem = str(refused.problems[0].sentence)[:300]
        except NotFound:
            row.delete()
            return False
        row.save()
    return not row.problem


def _write(row: Schedule) -> None:
    try:
        caller = people.caller_of_slug(row.user, row.slug)
    except ObjectDoesNotExist:
        caller = None
    if caller is None or caller.organisation != row.organisation:
        raise NotFound
    with translation.override(row.language or "en"):
        _letter(row, row.report, caller)


def _letter(row: Schedule, report: SavedReport, caller: Caller) -> None:
    wanted = from_data(report.wanted)
    found = make(caller, replace(wanted, limit=min(wanted.limit, LETTER_ROWS)))
    file = made(caller, wanted, Form.CSV, report.name)
    base = site().portal_url
    context = {
        "report": report,
        "table": tabulate(found),
        "span": found.span,
        "last": last_day(found.span) if found.span else None,
        "zone": found.zone,
        "batch": found.report.shipped,
        "rows": file.rows,
        "expires": file.expires_at.astimezone(ZoneInfo(row.zone)).date(),
        "address": f"{base}{reverse('reports:saved', args=[caller.slug, report.pk])}",
        "file": f"{base}{reverse('reports:fetch', args=[caller.slug, file.id])}",
        "organisation": caller.name,
    }
    subject = _("%(report)s for %(organisation)s") % {"report": report.name, "organisation": caller.name}
    text = render_to_string("reports/letter.txt", context)
    html = render_to_string("reports/letter.html", context)
    post.send(row.email, subject, text, html=html, language=row.language)


def _draft(row: Schedule) -> ScheduleDraft:
    return ScheduleDraft(
        rhythm=Rhythm(row.rhythm), hour=row.hour, weekday=row.weekday, day=row.day, zone=row.zone
    )
