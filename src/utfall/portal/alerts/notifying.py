"""Letters about alerts: who wants them, when they may leave, and several in one where they wait together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from utfall.portal.access import Kind as Party
from utfall.portal.access import Permission
from utfall.portal.alerts.acting import everybodys
from utfall.portal.alerts.contracts import Kind
from utfall.portal.alerts.models import Alert, Note, Preference
from utfall.portal.alerts.places import place_of
from utfall.portal.alerts.preferences import USUAL, due, preferences_of
from utfall.portal.alerts.rules import OF_TERMS, WITH_PROGRAM
from utfall.portal.alerts.words import KINDS, sentence
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.programs import facade as programs
from utfall.portal.site import site

AT_ONCE: Final = 500


def tell_people(alert: Alert, now: datetime) -> None:
    """Note a letter for each who manages the organisation (or its money, where that is what it is about) and
    wants letters of this kind."""
    kind = Party.PUBLISHER if alert.publisher is not None else Party.ADVERTISER
    number = alert.publisher if alert.publisher is not None else alert.advertiser
    needs = Permission.MONEY if Kind(alert.kind) in WITH_PROGRAM | OF_TERMS else Permission.MANAGE
    for reader in people.correspondents(kind, number or 0, needs):
        rows = Preference.objects.system().filter(user=reader.user, organisation=reader.organisation)
        row = rows.first()
        wanted = USUAL if row is None else preferences_of(row)
        if Kind(alert.kind) in wanted.email:
            Note.objects.system().create(
                alert=alert,
                email=reader.email,
                language=reader.language,
                slug=reader.slug,
                due_at=due(wanted, now),
            )


def send_notes() -> int:
    """Send what is due, one letter a person and organisation; how many letters it were."""
    waiting = Note.objects.system().filter(sent_at=None, due_at__lte=timezone.now())
    rows = list(waiting.select_related("alert__rule").order_by("email", "slug", "pk")[:AT_ONCE])
    letters = 0
    for (email, slug), notes in groupby(rows, key=lambda one: (one.email, one.slug)):
        _send(email, slug, list(notes))
        letters += 1
    return letters


@transaction.atomic
def _send(email: str, slug: str, notes: Sequence[Note]) -> None:
    language = notes[0].language or "en"
    address = _outside(reverse("alerts:index", kwargs={"org": slug}))
    with translation.override(language):
        names = _program_names(note.alert for note in notes)
        lines = [_line(note.alert, slug, names) for note in notes]
        told = {"lines": lines, "number": len(lines), "address": address}
        subject = render_to_string("alerts/letters/alerts_subject.txt", told)
        text = render_to_string("alerts/letters/alerts.txt", told)
    post.send(email, subject, text.strip() + "\n", language=language)
    Note.objects.system().filter(pk__in=[note.pk for note in notes]).update(sent_at=timezone.now())


def _program_names(alerts: Iterable[Alert]) -> dict[int, str]:
    return programs.names(everybodys(), (one.program for one in alerts if one.program is not None))


def _line(alert: Alert, slug: str, names: Mapping[int, str]) -> dict[str, str]:
    """One alert of a letter; what is about one finding, or a list of orders, says where that is."""
    kind = Kind(alert.kind)
    said = sentence(kind, alert.rule.metric, alert.rule.window, alert.facts)
    place = place_of(alert, slug) if kind in WITH_PROGRAM | OF_TERMS else ""
    return {
        "kind": str(KINDS[kind]),
        "program": names.get(alert.program or 0, ""),
        "sentence": said,
        "address": _outside(place) if place else "",
    }


def _outside(path: str) -> str:
    """A page's address as a letter gives it."""
    return site().portal_url.rstrip("/") + path
