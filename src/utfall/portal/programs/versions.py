"""Versions of the terms: drafted, published from a moment on, never changed, withdrawn before they hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Problem, refuse
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.audit import facade as audit
from utfall.portal.changes.facade import Kind as Changed
from utfall.portal.look.formats import moment
from utfall.portal.programs import checking, finding
from utfall.portal.programs.contracts import State, TermsDraft, TermsView
from utfall.portal.programs.models import Program, TermsVersion
from utfall.portal.programs.programs import ONLY_A_DRAFT
from utfall.portal.programs.recording import changed, plain, tell_partners
from utfall.portal.programs.shown import columns_of, draft_of, in_order, sees_fee, terms_of

FARTHEST: Final = timedelta(days=730)
TICK: Final = timedelta(milliseconds=1)
KIND: Final = "program.terms"
"""The kind of proposal that waits where the operator asks for four eyes."""


def versions(caller: Caller, program: int) -> list[TermsView]:
    """Every version, newest first: for publishers those that were, are or will be in force."""
    caller.require(Permission.LOOK)
    rows = finding.version_rows(finding.seen(caller, program))
    dated = in_order(rows)
    ends = {row.pk: after.effective_from for row, after in pairwise(dated)}
    shown = rows if caller.kind is not Kind.PUBLISHER else dated
    listed = sorted(shown, key=lambda row: row.number, reverse=True)
    return [terms_of(row, ends.get(row.pk), with_fee=sees_fee(caller)) for row in listed]


def version(caller: Caller, program: int, number: int) -> TermsView:
    """One version by the number that receipts name, or NotFound."""
    for found in versions(caller, program):
        if found.number == number:
            return found
    raise NotFound


def terms_in_force(caller: Caller, program: int, at: datetime | None = None) -> TermsView:
    """The version in force at a time (now, if none is said); NotFound before the first."""
    caller.require(Permission.LOOK)
    rows = finding.version_rows(finding.seen(caller, program))
    found = finding.terms_at(caller, rows, at or timezone.now())
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def draft_terms(caller: Caller, program: int, terms: TermsDraft) -> TermsView:
    """Change the terms of a draft; nothing is agreed yet, so they are written over."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    if State(row.state) not in (State.DRAFT, State.IN_REVIEW) or (
        State(row.state) is State.IN_REVIEW and caller.kind is not Kind.OPERATOR
    ):
        refuse("not_a_draft", ONLY_A_DRAFT)
    drafted = finding.version_rows(row)[-1]
    terms = _with_fee(caller, terms, drafted.fee_ppm)
    checking.insist(checking.check_terms(terms))
    before = plain(draft_of(terms_of(drafted)))
    for name, value in columns_of(terms).items():
        setattr(drafted, name, value)
    drafted.save()
    after = plain(draft_of(terms_of(drafted)))
    if before != after:
        changed(caller, row, "terms_drafted", before=before, after=after)
    return terms_of(drafted)


def publish_terms(
    caller: Caller,
    program: int,
    terms: TermsDraft,
    *,
    effective_from: datetime | None = None,
    note: str = "",
) -> TermsView | int:
    """Publish terms that hold from a moment on (now, if none is said); publishers see what changed.

    Where the operator asks for four eyes, the answer is the number of the proposal that waits instead.
    """
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = finding.own(caller, program)
        last, terms, starts = _publishable(caller, row, terms, effective_from, note)
        if not audit.needs_approval(KIND):
            return terms_of(append(caller, row, terms, State(last.status), starts, note))
        return audit.propose(
            caller,
            KIND,
            {
                "program": program,
                "terms": plain(terms),
                "effective_from": effective_from and effective_from.isoformat(),
                "note": note,
            },
            _("New terms of %(program)s") % {"program": row.name},
            subject=f"program {row.pk}",
            before=plain(draft_of(terms_of(last))),
            after=plain(terms),
            why=note,
            advertiser=row.advertiser,
        )


@audit.executor(KIND, words=_("New terms of a program"), needs=Permission.MANAGE)
def publish_proposed(caller: Caller, payload: Mapping[str, Any]) -> None:
    """What was proposed was approved; what was meant for a time that has passed holds from now on."""
    row = finding.own(caller, int(payload["program"]))
    wanted = datetime.fromisoformat(payload["effective_from"]) if payload["effective_from"] else None
    later = wanted if wanted is not None and wanted > timezone.now() else None
    terms = msgspec.convert(payload["terms"], TermsDraft)
    last, terms, starts = _publishable(caller, row, terms, later, payload["note"], trusted=True)
    append(caller, row, terms, State(last.status), starts, payload["note"])


def _publishable(
    caller: Caller,
    row: Program,
    terms: TermsDraft,
    effective_from: datetime | None,
    note: str,
    *,
    trusted: bool = False,
) -> tuple[TermsVersion, TermsDraft, datetime]:
    """The version before, the terms with their fee, and when they begin; or refused with all problems."""
    dated = in_order(finding.version_rows(row))
    if not dated:
        refuse("not_published", _("The program is not live yet: change its draft instead."))
    if State(row.state) is State.CLOSED:
        refuse("program_closed", _("The program is closed for good. Start a new one."))
    last = dated[-1]
    terms = terms if trusted else _with_fee(caller, terms, last.fee_ppm)
    problems = [*checking.check_terms(terms), *_note_problems(note)]
    starts, late = _starts(row, last, effective_from)
    checking.insist([*problems, *late])
    if columns_of(terms) == columns_of(draft_of(terms_of(last))):
        refuse("nothing_changed", _("These are the terms already."))
    return last, terms, starts


def _starts(row: Program, last: TermsVersion, wanted: datetime | None) -> tuple[datetime, list[Problem]]:
    now = from_ms(to_ms(timezone.now()))
    assert last.effective_from is not None, "it was published"
    if last.effective_from > now and (wanted is None or wanted <= last.effective_from):
        sentence = _(
            "Version %(number)s begins on %(moment)s. Withdraw it first, or let the new terms begin later."
        ) % {"number": last.number, "moment": _on_its_clock(row, last.effective_from)}
        return now, [Problem("later_version", sentence, "effective_from")]
    if wanted is None:
        return max(now, last.effective_from + TICK), []
    if wanted < now:
        past = _("Terms begin now or later, never in the past.")
        return now, [Problem("in_the_past", past, "effective_from")]
    if wanted > now + FARTHEST:
        far = _("Terms begin within two years.")
        return now, [Problem("too_far_ahead", far, "effective_from")]
    return from_ms(to_ms(wanted)), []


def _on_its_clock(row: Program, when: datetime) -> str:
    with timezone.override(ZoneInfo(row.zone)):
        return moment(when)


def _note_problems(note: str) -> list[Problem]:
    if len(note) <= checking.NOTE_CHARS:
        return []
    return [Problem("note_too_long", _("Keep the note within 1 000 characters."), "note")]


def _with_fee(caller: Caller, terms: TermsDraft, standing: int) -> TermsDraft:
    """The fee is the operator's to set; everybody else's terms keep it."""
    if terms.fee_ppm is None or terms.fee_ppm == standing:
        return replace(terms, fee_ppm=standing)
    if caller.kind is not Kind.OPERATOR:
        refuse("fee_is_the_operators", _("The network fee is agreed with the operator, who sets it."), "fee")
    return terms


@transaction.atomic
def withdraw_terms(caller: Caller, program: int, number: int, *, why: str = "") -> TermsView:
    """Take back a version before it is in force; it stays in the history as withdrawn."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    found = TermsVersion.objects.one(caller, program=row, number=number)
    if found.effective_from is None or found.withdrawn_at is not None:
        raise NotFound
    if found.effective_from <= timezone.now():
        refuse("in_force", _("This version is or was in force. Publish new terms instead."), status=409)
    dated = in_order(finding.version_rows(row))
    if dated[0].pk == found.pk:
        refuse(
            "first_version",
            _("The first version cannot be withdrawn. Close the program instead."),
            status=409,
        )
    _withdraw(found)
    changed(caller, row, "terms_withdrawn", subject=_subject(found), before=_dated(found), after={}, why=why)
    return terms_of(found)


def _withdraw(found: TermsVersion) -> None:
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])


def append(
    caller: Caller, row: Program, terms: TermsDraft, status: State, starts: datetime, note: str
) -> TermsVersion:
    """The next version, in force from a moment on: what everything that is agreed comes down to."""
    rows = finding.version_rows(row)
    dated = in_order(rows)
    drafted = next((one for one in rows if one.effective_from is None), None)
    following = drafted or TermsVersion(
        program=row, number=max(one.number for one in rows) + 1, fee_ppm=dated[-1].fee_ppm
    )
    for name, value in columns_of(terms).items():
        setattr(following, name, value)
    following.status, following.effective_from = status.value, starts
    following.note, following.created_by, following.created_at = note.strip(), caller.actor, timezone.now()
    before = plain(draft_of(terms_of(dated[-1]))) | _dated(dated[-1]) if dated else None
    following.save()
    after = plain(draft_of(terms_of(following))) | _dated(following)
    told = {"version": following.number, "effective_from": starts.isoformat()}
    tell_partners(row, Changed.PROGRAM_TERMS, told)
    changed(caller, row, "terms_published", subject=_subject(following), before=before, after=after, why=note)
    return following


def change_status(caller: Caller, row: Program, status: State, why: str) -> None:
    """A change of state is a version from now on; versions still to come follow it into the new state.

    A closed program has none to come.
    """
    now = timezone.now()
    dated = in_order(finding.version_rows(row))
    standing = [one for one in dated if one.effective_from is not None and one.effective_from <= now][-1]
    coming = dated[dated.index(standing) + 1 :]
    starts = from_ms(to_ms(now))
    if standing.effective_from is not None:
        starts = max(starts, standing.effective_from + TICK)
    for one in coming:
        _withdraw(one)
    append(caller, row, draft_of(terms_of(standing)), status, starts, why)
    if status is State.CLOSED:
        return
    for one in coming:
        begins = max(one.effective_from or starts, starts + TICK)
        append(caller, row, draft_of(terms_of(one)), status, begins, one.note)


def _subject(row: TermsVersion) -> str:
    return f"program {row.program_id} version {row.number}"


def _dated(row: TermsVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "status": row.status,
        "effective_from": row.effective_from and row.effective_from.isoformat(),
    }
