"""Promo codes: each belongs to at most one publisher of a program at a time, and a sale with it is theirs."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Slice, refuse
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit import facade as audit
from utfall.portal.links.contracts import CodeDraft, CodeView
from utfall.portal.links.models import Code
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.sealing import facade as sealing

_FORM: Final = re.compile(r"[^\s,;|]{2,40}")
GRACE: Final = timedelta(seconds=5)


def code(caller: Caller, number: int) -> CodeView:
    """One code."""
    caller.require(Permission.LOOK)
    return view_of(Code.objects.one(caller, pk=number))


def codes(
    caller: Caller,
    *,
    program: int | None = None,
    publisher: int | None = None,
    search: str = "",
    ended: bool = False,
    after: int | None = None,
    count: int = USUAL,
) -> Slice[CodeView]:
    """The caller's codes, newest first: those that hold now or later, or those that have ended."""
    caller.require(Permission.LOOK)
    rows = Code.objects.of(caller)
    for name, wanted in (("program", program), ("publisher", publisher)):
        rows = rows.filter(**{name: wanted}) if wanted is not None else rows
    if search:
        rows = rows.filter(code__icontains=search)
    over = Q(ends_at__isnull=False, ends_at__lte=timezone.now())
    rows = rows.filter(over) if ended else rows.exclude(over)
    return newest(rows, view_of, after=after, limit=count)


def assign_code(caller: Caller, draft: CodeDraft) -> CodeView:
    """Give a code to a publisher of the advertiser's program, from now or later on."""
    caller.require(Permission.MANAGE)
    program = programs.program(caller, draft.program)
    caller.advertiser(program.advertiser)
    starts_at = _from_now(draft.starts_at, "starts_at")
    _check(draft, starts_at)
    if not partners.is_enrolled(program.id, draft.publisher):
        refuse("not_a_partner", _("Codes go to publishers that the program has approved."), "publisher")
    with transaction.atomic():
        _free(draft, starts_at)
        row = Code.objects.system().create(
            code=draft.code.strip(),
            program=program.id,
            advertiser=program.advertiser,
            publisher=draft.publisher,
            description=draft.description.strip()[:200],
            starts_at=starts_at,
            ends_at=draft.ends_at,
            created_by=caller.actor,
        )
        _record(caller, row, "code.assigned", None)
        sealing.touch()
    return view_of(row)


def end_code(caller: Caller, number: int, ends_at: datetime | None = None) -> CodeView:
    """End a code now or later; until then sales with it are the publisher's."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Code.objects.one(caller, pk=number)
        caller.advertiser(row.advertiser)
        when = _from_now(ends_at, "ends_at")
        if row.ends_at is not None and row.ends_at <= when:
            refuse("ended_already", _("This code has ended already."))
        before = _plain(row)
        row.ends_at = max(when, row.starts_at)
        row.save(update_fields=["ends_at"])
        _record(caller, row, "code.ended", before)
        sealing.touch()
    return view_of(row)


def view_of(row: Code) -> CodeView:
    """A row as others may know it."""
    return CodeView(
        id=row.pk,
        code=row.code,
        program=row.program,
        advertiser=row.advertiser,
        publisher=row.publisher,
        description=row.description,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        created_by=row.created_by,
    )


def _from_now(wanted: datetime | None, field: str) -> datetime:
    now = timezone.now()
    if wanted is not None and wanted < now - GRACE:
        refuse("in_the_past", _("Codes change hands now or later, never in the past."), field)
    return max(wanted or now, now)


def _check(draft: CodeDraft, starts_at: datetime) -> None:
    if not _FORM.fullmatch(draft.code.strip()):
        refuse("code_unfit", _("A code has 2 to 40 characters without spaces, commas or bars."), "code")
    if draft.ends_at is not None and draft.ends_at <= starts_at:
        refuse("ends_before_it_begins", _("The code would end before it begins."), "ends_at")


def _free(draft: CodeDraft, starts_at: datetime) -> None:
    """Refuse a code that is somebody's in the span, compared without regard to case."""
    until = Q() if draft.ends_at is None else Q(starts_at__lt=draft.ends_at)
    taken = _of_program(draft).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at)).filter(until)
    if taken.exists():
        refuse(
            "code_taken",
            _("This code belongs to a publisher of the program already. End it there first."),
            "code",
        )


def _of_program(draft: CodeDraft) -> QuerySet[Code]:
    return Code.objects.system().filter(program=draft.program, code__iexact=draft.code.strip())


def _record(caller: Caller, row: Code, action: str, before: dict[str, Any] | None) -> None:
    audit.record(
        caller,
        action=action,
        subject=f"code {row.pk}",
        before=before,
        after=_plain(row),
        advertiser=row.advertiser,
        publisher=row.publisher,
    )


def _plain(row: Code) -> dict[str, Any]:
    return {
        "code": row.code,
        "program": row.program,
        "publisher": row.publisher,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
    }
