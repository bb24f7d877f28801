"""Filing a claim, answering a question about it, and taking it back: the publisher's side."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.events.limits import AMOUNT_MICROS, ORDER_CHARS
from utfall.money.currency import minor_digits
from utfall.portal.access import Caller, Kind, NotFound, Permission, Problem, Refused, refuse
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.claims import letters, proofs
from utfall.portal.claims.answering import Claimed, answer
from utfall.portal.claims.clocks import clock_at
from utfall.portal.claims.contracts import Draft, Finding, State, Upload
from utfall.portal.claims.models import Claim, Message
from utfall.portal.links import facade as links
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView

OPEN_AT_MOST: Final = 200
A_DAY: Final = 30
NOTE_CHARS: Final = 4000
_TOLD: Final = frozenset({Outcome.SALE, Outcome.LEAD, Outcome.ACTION, Outcome.INSTALL})


def file(caller: Caller, draft: Draft, files: Sequence[Upload] = (), *, publisher: int | None = None) -> int:
    """File a claim; its number. The answer of the receipts is part of it from the first moment."""
    caller.require(Permission.MANAGE)
    mine = caller.publisher(publisher)
    program = _program(caller, draft.program)
    _check(draft, program)
    _check_room(mine)
    taken = proofs.checked(list(files))
    row = _row(caller, draft, program, mine)
    if row.answer["finding"] == Finding.ALREADY_YOURS.value:
        refuse(
            "already_yours",
            _("This order is yours already: look for it among your conversions."),
            "reference",
        )
    try:
        with transaction.atomic():
            row.save()
            message = Message.objects.system().create(
                claim=row, side="publisher", actor=caller.actor, text=draft.note.strip()
            )
            proofs.keep(message, taken)
            tell(Change.CLAIM_FILED, row)
            letters.filed(row)
    except IntegrityError:
        refuse("filed_before", _("You have filed a claim for this order already."), "reference", status=409)
    return row.pk


def _program(caller: Caller, number: int) -> ProgramView:
    if caller.kind is Kind.PUBLISHER and number not in partners.programs_of(caller):
        raise NotFound
    return programs.program(caller, number)


def _check(draft: Draft, program: ProgramView) -> None:
    today = timezone.now().astimezone(ZoneInfo(program.zone)).date()
    problems = []
    if not 0 < len(draft.reference.strip()) <= ORDER_CHARS:
        problems.append(
            Problem("reference_missing", _("Give the order's reference, at most 50 characters."), "reference")
        )
    if not 0 < draft.amount_micros <= AMOUNT_MICROS:
        problems.append(Problem("amount_invalid", _("Say what the order came to, without VAT."), "amount"))
    if draft.currency and minor_digits(draft.currency) is None:
        problems.append(Problem("currency_invalid", _("Give a currency, such as SEK."), "currency"))
    if len(draft.note) > NOTE_CHARS:
        problems.append(Problem("note_too_long", _("Write at most 4000 characters."), "note"))
    problems += _day_problems(draft.placed_on, today, program)
    if problems:
        raise Refused(problems)


def _day_problems(day: date, today: date, program: ProgramView) -> list[Problem]:
    if day > today:
        return [Problem("day_in_future", _("This day is still to come."), "placed_on")]
    if day < today - timedelta(days=program.terms.max_age_days):
        sentence = _("The program takes no orders that are older than %(days)s days.")
        return [Problem("too_old", sentence % {"days": program.terms.max_age_days}, "placed_on")]
    return []


def _check_room(publisher: int) -> None:
    rows = Claim.objects.system().filter(publisher=publisher)
    if rows.filter(state__in=[State.OPEN.value, State.MORE_INFO.value]).count() >= OPEN_AT_MOST:
        refuse("too_many_open", _("You have 200 open claims. Wait until some are decided."), status=409)
    if rows.filter(filed_at__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        refuse("too_many_today", _("You can file 30 claims a day. Go on tomorrow."), status=409)


def _row(caller: Caller, draft: Draft, program: ProgramView, publisher: int) -> Claim:
    outcome = program.outcome if program.outcome in _TOLD else Outcome.SALE
    claimed = Claimed(
        advertiser=program.advertiser,
        publisher=publisher,
        outcome=outcome.value,
        reference=draft.reference.strip(),
        placed_on=draft.placed_on,
        zone=program.zone,
        amount_micros=draft.amount_micros,
        currency=draft.currency or program.currency,
    )
    said, order = answer(claimed)
    own = links.links(caller, program=program.id, publisher=publisher, count=1).items
    now = timezone.now()
    return Claim(
        **{name: getattr(claimed, name) for name in Claimed._fields},
        program=program.id,
        note=draft.note.strip(),
        link=own[0].id if own else None,
        answer=msgspec.to_builtins(asdict(said)),
        order=order.id if order else None,
        state=State.OPEN.value,
        filed_at=now,
        due_at=now + timedelta(days=clock_at(program.id, now).days),
        ident=uuid.uuid4().hex,
    )


def reply(caller: Caller, number: int, text: str, files: Sequence[Upload] = ()) -> None:
    """Add to a claim of one's own; where something was asked, the clock goes on with what was left of it."""
    caller.require(Permission.MANAGE)
    row = Claim.objects.one(caller, pk=number)
    caller.publisher(row.publisher)
    taken = proofs.checked(list(files))
    with transaction.atomic():
        if row.state not in (State.OPEN.value, State.MORE_INFO.value):
            refuse("decided", _("This claim is decided."), status=409)
        say(row, "publisher", caller, text, taken)
        if row.state == State.MORE_INFO.value and row.asked_at is not None:
            row.due_at += timezone.now() - row.asked_at
            row.state, row.asked_at = State.OPEN.value, None
            row.save(update_fields=["state", "asked_at", "due_at"])
        tell(Change.CLAIM_ANSWERED, row)
        letters.replied(row, text)


def withdraw(caller: Caller, number: int) -> None:
    """Take a claim back."""
    caller.require(Permission.MANAGE)
    row = Claim.objects.one(caller, pk=number)
    caller.publisher(row.publisher)
    with transaction.atomic():
        live = Claim.objects.of(caller).filter(pk=row.pk, state__in=[State.OPEN.value, State.MORE_INFO.value])
        if not live.update(state=State.WITHDRAWN.value, decided_at=timezone.now()):
            refuse("decided", _("This claim is decided."), status=409)
        row.refresh_from_db()
        tell(Change.CLAIM_WITHDRAWN, row)


def say(row: Claim, side: str, caller: Caller, text: str, files: list[tuple[str, str, bytes]]) -> None:
    """Add a message to a claim's conversation."""
    if not text.strip() and not files:
        refuse("text_missing", _("Write something, or send a file."), "text")
    if len(text) > NOTE_CHARS:
        refuse("text_too_long", _("Write at most 4000 characters."), "text")
    message = Message.objects.system().create(claim=row, side=side, actor=caller.actor, text=text.strip())
    proofs.keep(message, files)


def tell(kind: Change, row: Claim) -> None:
    """Tell the change feed of a claim; both sides read the same."""
    body: dict[str, Any] = {
        "claim": row.pk,
        "order": row.reference,
        "state": row.state,
        "finding": row.answer["finding"],
        "denial": row.denial or None,
        "amount_micros": row.amount_micros,
        "currency": row.currency,
        "due_at": row.due_at.isoformat(),
    }
    changes.tell(
        kind,
        subject=f"claim:{row.pk}",
        advertiser=row.advertiser,
        publisher=row.publisher,
        program=row.program,
        body=body,
    )
