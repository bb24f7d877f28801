"""Announcements: written in three languages, on every page of those they are for, until dismissed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Problem, Refused, Slice, refuse
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit import facade as audit
from utfall.portal.operations.contracts import AnnouncementDraft, AnnouncementView, Audience, Level
from utfall.portal.operations.models import Announcement, Dismissal

LONGEST: Final = 600
FARTHEST: Final = timedelta(days=366)
SHOWN: Final = 3
READS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.OPERATOR: tuple(Audience),
    Kind.AUDITOR: (Audience.ALL,),
    Kind.ADVERTISER: (Audience.ALL, Audience.ADVERTISERS),
    Kind.AGENCY: (Audience.ALL, Audience.ADVERTISERS),
    Kind.PUBLISHER: (Audience.ALL, Audience.PUBLISHERS),
}
"""Which audiences an organisation of each kind belongs to; the operator sees what all others do."""
URGENCY: Final = (Level.URGENT, Level.WARNING, Level.NEWS)


def announce(caller: Caller, draft: AnnouncementDraft) -> AnnouncementView:
    """Put a text on the pages of those it is for, from its beginning until its end."""
    caller.require(Permission.OPERATE)
    now = timezone.now()
    wanted = checked(draft, now)
    row = Announcement.objects.system().create(
        level=draft.level.value,
        audience=draft.audience.value,
        text=wanted,
        starts_at=draft.starts_at or now,
        ends_at=draft.ends_at,
        created_by=caller.actor,
    )
    told = {"level": row.level, "audience": row.audience, "text": wanted} | _when(row)
    audit.record(
        caller,
        action="announcement.made",
        subject=f"announcement {row.pk}",
        before=None,
        after=told,
    )
    return _view(row)


def withdraw_announcement(caller: Caller, number: int) -> AnnouncementView:
    """Take it from every page at once."""
    caller.require(Permission.OPERATE)
    row = Announcement.objects.one(caller, pk=number)
    if row.withdrawn_at is not None or row.ends_at <= timezone.now():
        refuse("over", _("It is shown to nobody any more."), status=409)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    audit.record(
        caller,
        action="announcement.withdrawn",
        subject=f"announcement {number}",
        before=None,
        after=None,
    )
    return _view(row)


def announcements(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[AnnouncementView]:
    """All that was ever announced, newest first; for the operator."""
    caller.require(Permission.OPERATE)
    rows = Announcement.objects.of(caller).annotate(dismissed=Count("dismissal"))
    return newest(rows, _view, after=after, limit=limit)


def announcement(caller: Caller, number: int) -> AnnouncementView:
    """One announcement; for the operator."""
    caller.require(Permission.OPERATE)
    rows = Announcement.objects.of(caller).annotate(dismissed=Count("dismissal"))
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound
    return _view(row)


def announced(caller: Caller) -> list[AnnouncementView]:
    """What the caller should read now and has not dismissed, the most urgent first."""
    rows = _live(caller)
    if caller.user is not None:
        rows = rows.exclude(dismissal__user=caller.user)
    found = [_view(row) for row in rows.order_by("-pk")[:20]]
    return sorted(found, key=lambda one: URGENCY.index(one.level))[:SHOWN]


def dismiss(caller: Caller, number: int) -> None:
    """The caller has read it, and it is shown to them no more."""
    caller.require(Permission.LOOK)
    if caller.user is None:
        refuse("person_needed", _("Only a person dismisses what they have read."), status=403)
    row = _live(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    Dismissal.objects.system().get_or_create(announcement=row, user=caller.user)


def checked(draft: AnnouncementDraft, now: datetime) -> dict[str, str]:
    """The texts that were written; refused with everything that is wrong."""
    languages = dict(settings.LANGUAGES)
    text = {name: " ".join(words.split()) for name, words in draft.text.items() if words.strip()}
    found = [
        Problem("text_too_long", _("Say it in at most 600 characters."), f"text_{name}")
        for name, words in text.items()
        if len(words) > LONGEST
    ]
    if unknown := set(text) - set(languages):
        sentence = _("There is no such language here: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        found.append(Problem("language_unknown", sentence))
    if not text:
        found.append(Problem("text_missing", _("Write it in one language at least."), "text_en"))
    starts = draft.starts_at or now
    if draft.ends_at <= max(starts, now):
        found.append(Problem("ends_too_early", _("It has to end after it begins, and not yet."), "ends_at"))
    elif draft.ends_at - starts > FARTHEST:
        found.append(Problem("ends_too_late", _("Let it end within a year."), "ends_at"))
    if found:
        raise Refused(found)
    return text


def words_in(text: Mapping[str, str], language: str | None = None) -> str:
    """The text in a language (the current one), else in English, else in one there is."""
    wanted = language or translation.get_language() or "en"
    return text.get(wanted) or text.get("en") or next(iter(text.values()), "")


def _live(caller: Caller) -> QuerySet[Announcement]:
    now = timezone.now()
    # An announcement is of nobody: whom it is for is its audience, which is asked for here.
    rows = Announcement.objects.system().filter(audience__in=READS[caller.kind], withdrawn_at=None)
    return rows.filter(starts_at__lte=now, ends_at__gt=now)


def _when(row: Announcement) -> dict[str, str]:
    return {"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()}


def _state(row: Announcement) -> str:
    now = timezone.now()
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.starts_at > now:
        return "scheduled"
    return "live" if row.ends_at > now else "ended"


def _view(row: Any) -> AnnouncementView:
    return AnnouncementView(
        id=row.pk,
        level=Level(row.level),
        audience=Audience(row.audience),
        text=row.text,
        words=words_in(row.text),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
        created_at=row.created_at,
        created_by=row.created_by,
        state=_state(row),
        dismissed=getattr(row, "dismissed", 0),
    )
