"""The letters this app writes: to an advertiser who is asked, and to a publisher who is answered.

A letter about a partnership to its publisher is kept, so that both sides can read again what was said.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission, Problem, Refused, refuse
from utfall.portal.partners.contracts import LetterView, State
from utfall.portal.partners.models import Application, Letter, Partnership
from utfall.portal.partners.words import reason_words
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Correspondent
from utfall.portal.post import facade as post
from utfall.portal.programs import facade as programs
from utfall.portal.site import site

A_DAY: Final = 20
"""How many letters a partner may be written by hand; more would be a newsletter."""


def tell_advertiser(row: Partnership, application: Application, program: str) -> None:
    """Somebody applied."""
    party = people.party(Kind.ADVERTISER, row.advertiser)
    applicant = people.party(Kind.PUBLISHER, row.publisher)
    context = {
        "applicant": applicant,
        "program": program,
        "message": application.message,
    }
    to = people.readers(party, Permission.MANAGE)
    _send(to, "application", context, "partners:application", application=application.pk)


def tell_answer(row: Partnership, program: str) -> None:
    """A publisher accepted or declined an invitation."""
    party = people.party(Kind.ADVERTISER, row.advertiser)
    context = {
        "publisher": people.party(Kind.PUBLISHER, row.publisher),
        "program": program,
        "accepted": row.state == State.APPROVED.value,
    }
    to = people.readers(party, Permission.MANAGE)
    _send(to, "answer", context, "partners:partner", partnership=row.pk)


def tell_move(row: Partnership, caller: Caller, program: str, why: str) -> None:
    """The publisher is in another group, or in none, from now on."""
    names = programs.group_names([row.group] if row.group is not None else [])
    tell_publisher(row, "moved", caller, program, note=why, group=names.get(row.group or 0, ""))


def tell_publisher(
    row: Partnership,
    occasion: str,
    caller: Caller | None,
    program: str,
    *,
    note: str | None = None,
    group: str = "",
) -> None:
    """Something was decided about a partnership, from an invitation to a ban."""
    party = people.party(Kind.PUBLISHER, row.publisher)
    context = {
        "row": row,
        "program": program,
        "advertiser": people.party(Kind.ADVERTISER, row.advertiser),
        "reason": reason_words(row.reason),
        "note": row.note if note is None else note,
        "group": group,
        "occasion": occasion,
        "address": address("partners:offer", party.slug, program=row.program),
    }
    asked_by = _asker(row)
    sent = _send(people.readers(party, Permission.MANAGE, asked_by), "decision", context)
    subject, text = sent or _written("decision", context, people.LANGUAGES.get(party.country, "en"))
    _keep(row, subject, text, caller)


def write(caller: Caller, partnership: int, subject: str, text: str) -> LetterView:
    """Write to a partner by hand."""
    caller.require(Permission.MANAGE)
    problems = []
    if not 0 < len(subject.strip()) <= 150:
        problems.append(
            Problem("subject_missing", _("Give it a subject of at most 150 characters."), "subject")
        )
    if not 0 < len(text.strip()) <= 4000:
        problems.append(Problem("text_missing", _("Write between 1 and 4000 characters."), "text"))
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        row = Partnership.objects.one(caller, pk=partnership)
        advertiser = people.party(Kind.ADVERTISER, caller.advertiser(row.advertiser))
        _refuse_too_many(caller, row)
        party = people.party(Kind.PUBLISHER, row.publisher)
        asked_by = _asker(row)
        context = {
            "advertiser": advertiser,
            "subject": subject.strip(),
            "text": text.strip(),
            "address": address("partners:offer", party.slug, program=row.program),
        }
        _send(people.readers(party, Permission.MANAGE, asked_by), "letter", context)
        kept = _keep(row, subject.strip(), text.strip(), caller)
    return letter_view(kept)


def letters(caller: Caller, partnership: int) -> list[LetterView]:
    """What a partner was written, newest first."""
    caller.require(Permission.LOOK)
    row = Partnership.objects.one(caller, pk=partnership)
    return [
        letter_view(one) for one in Letter.objects.of(caller).filter(partnership=row).order_by("-pk")[:100]
    ]


def letter_view(row: Letter) -> LetterView:
    """A row as both sides may know it."""
    return LetterView(
        id=row.pk, subject=row.subject, text=row.text, written_by=row.written_by, sent_at=row.sent_at
    )


def invite_by_mail(email: str, language: str, context: dict[str, Any]) -> None:
    """An invitation to somebody who may not be here yet."""
    _send([Correspondent(email=email, language=language)], "invitation", context)


def address(page: str, org: str, **route: int) -> str:
    """The whole address of a page, for letters."""
    return site().portal_url.rstrip("/") + reverse(page, kwargs={"org": org, **route})


def program_name(number: int, caller: Caller) -> str:
    """What a program is called, for a letter about it."""
    return programs.program(caller, number).name


def _asker(row: Partnership) -> int | None:
    """Who applied last, of the publisher's people."""
    rows = Application.objects.system().filter(partnership=row)
    return rows.order_by("-pk").values_list("submitted_by", flat=True).first()


def _send(
    to: Iterable[Correspondent], name: str, context: dict[str, Any], page: str = "", **route: int
) -> tuple[str, str] | None:
    """Send a letter to each in their language, with a page of each one's own organisation where one is named;
    what the first one read.
    """
    first = None
    for reader in to:
        told = {**context, "address": address(page, reader.slug, **route)} if page else context
        subject, text = _written(name, told, reader.language)
        with translation.override(reader.language):
            html = render_to_string(
                "partners/letters/letter.html", {**told, "paragraphs": text.split("\n\n")}
            )
        post.send(reader.email, subject, text, html=html, language=reader.language)
        first = first or (subject, text)
    return first


def _written(name: str, context: dict[str, Any], language: str) -> tuple[str, str]:
    with translation.override(language):
        subject = render_to_string(f"partners/letters/{name}_subject.txt", context)
        text = render_to_string(f"partners/letters/{name}.txt", context)
    return " ".join(subject.split())[:200], text.strip() + "\n"


def _keep(row: Partnership, subject: str, text: str, caller: Caller | None) -> Letter:
    return Letter.objects.system().create(
        partnership=row, subject=subject[:200], text=text, written_by=caller.actor if caller else "system"
    )


def _refuse_too_many(caller: Caller, row: Partnership) -> None:
    since = timezone.now() - timedelta(days=1)
    if Letter.objects.of(caller).filter(partnership=row, sent_at__gt=since).count() >= A_DAY:
        refuse("too_many_letters", _("A partner gets at most 20 letters a day."), status=409)
