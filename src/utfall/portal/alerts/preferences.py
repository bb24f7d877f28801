"""What a person prefers in an organisation, and what they have seen there."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Problem, Refused, refuse
from utfall.portal.alerts.contracts import Kind, Preferences
from utfall.portal.alerts.models import Preference

USUAL: Final = Preferences()
MORNING: Final = time(8)


def preferences(caller: Caller) -> Preferences:
    """The caller's own, or what is usual."""
    caller.require(Permission.LOOK)
    row = Preference.objects.of(caller).filter(user=_user(caller), organisation=caller.organisation).first()
    return USUAL if row is None else preferences_of(row)


def set_preferences(caller: Caller, wanted: Preferences) -> Preferences:
    """How the caller wants to hear of alerts in this organisation."""
    caller.require(Permission.LOOK)
    found = []
    if wanted.zone not in available_timezones():
        found.append(Problem("zone_unknown", _("Choose a time zone of the list."), "zone"))
    if (wanted.quiet_from is None) != (wanted.quiet_until is None):
        found.append(Problem("quiet_half", _("Quiet hours have a beginning and an end."), "quiet_until"))
    if found:
        raise Refused(found)
    Preference.objects.system().update_or_create(
        user=_user(caller),
        organisation=caller.organisation,
        defaults={
            "page": [kind.value for kind in wanted.page],
            "email": [kind.value for kind in wanted.email],
            "quiet_from": wanted.quiet_from,
            "quiet_until": wanted.quiet_until,
            "zone": wanted.zone,
            "digest": wanted.digest,
        },
    )
    return preferences(caller)


def seen(caller: Caller) -> int:
    """The newest alert that the caller has seen."""
    row = Preference.objects.of(caller).filter(user=_user(caller), organisation=caller.organisation).first()
    return row.seen if row else 0


def mark_seen(caller: Caller, alert: int) -> None:
    """They have seen everything up to this one."""
    if caller.user is not None and caller.onlooker is None and alert > seen(caller):
        Preference.objects.system().update_or_create(
            user=caller.user, organisation=caller.organisation, defaults={"seen": alert}
        )


def preferences_of(row: Preference) -> Preferences:
    """A row as others may use it."""
    told = Preferences(
        quiet_from=row.quiet_from, quiet_until=row.quiet_until, zone=row.zone, digest=row.digest
    )
    if row.page is not None:
        told = replace(told, page=tuple(Kind(kind) for kind in row.page))
    if row.email is not None:
        told = replace(told, email=tuple(Kind(kind) for kind in row.email))
    return told


def due(wanted: Preferences, now: datetime) -> datetime:
    """When a letter may leave: now, after the quiet hours, or (a digest) at eight in the morning.

    >>> from datetime import UTC
    >>> night = Preferences(quiet_from=time(22), quiet_until=time(7), zone="Europe/Oslo")
    >>> due(night, datetime(2026, 11, 22, 23, 30, tzinfo=UTC)).isoformat()
    '2026-11-23T07:00:00+01:00'
    >>> due(night, datetime(2026, 11, 22, 12, 0, tzinfo=UTC)).isoformat()
    '2026-11-22T12:00:00+00:00'
    """
    local = now.astimezone(ZoneInfo(wanted.zone))
    if wanted.digest:
        return _next(local, MORNING)
    start, end = wanted.quiet_from, wanted.quiet_until
    if start is None or end is None or start == end:
        return now
    clock = local.time()
    is_quiet = start <= clock < end if start < end else clock >= start or clock < end
    return _next(local, end) if is_quiet else now


def _next(local: datetime, clock: time) -> datetime:
    """The next time that a clock says so."""
    today = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def _user(caller: Caller) -> int:
    if caller.user is None:
        refuse("person_needed", _("Preferences are a person's; a key has none."), status=409)
    return caller.user
