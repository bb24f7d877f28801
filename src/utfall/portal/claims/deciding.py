"""Deciding about claims: the advertiser's side, and what the clock decides."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.claims import awarding, letters
from utfall.portal.claims.answering import Claimed, answer
from utfall.portal.claims.contracts import BY_PEOPLE, LIVE, Answer, Denial, Finding, State
from utfall.portal.claims.filing import say, tell
from utfall.portal.claims.models import Claim

ANSWER_WITHIN: Final = timedelta(days=30)
WORDS_CHARS: Final = 2000
REMINDERS: Final = (50, 90)
"""When the advertiser is reminded, in per cent of the time it has."""


def ask(caller: Caller, number: int, text: str) -> None:
    """Ask the publisher for more; the clock stops until it answers."""
    row = _own(caller, number)
    with transaction.atomic():
        _move(caller, row, State.MORE_INFO, (State.OPEN,))
        row.asked_at = timezone.now()
        row.save(update_fields=["asked_at"])
        say(row, "advertiser", caller, text, [])
        tell(Change.CLAIM_ASKED, row)
        letters.asked(row, text)


def approve(caller: Caller, number: int, words: str = "") -> None:
    """Approve a claim; the award is in the journal when this returns."""
    row = _own(caller, number)
    fresh = look_again(row)
    if fresh.finding is Finding.ALREADY_YOURS:
        refuse(
            "already_paid", _("This order is the publisher's by now: there is nothing to award."), status=409
        )
    if row.link is None:
        refuse(
            "no_link",
            _("The publisher has no tracking link in the program, and an award needs one."),
            status=409,
        )
    with transaction.atomic():
        _decide(caller, row, State.APPROVED, words)
        awarding.begin(row, is_open=fresh.is_open)
        letters.decided(row)


def deny(caller: Caller, number: int, denial: Denial, words: str = "") -> None:
    """Deny a claim, with a reason that its publisher reads."""
    row = _own(caller, number)
    if denial not in BY_PEOPLE:
        refuse("reason_unknown", _("There is no such reason."), "reason")
    if denial is Denial.OTHER and not words.strip():
        refuse("words_missing", _("Say why; the publisher reads it."), "words")
    with transaction.atomic():
        row.denial = denial.value
        _decide(caller, row, State.DENIED, words)
        letters.decided(row)


def _own(caller: Caller, number: int) -> Claim:
    caller.require(Permission.MONEY)
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    return Claim.objects.one(caller, pk=number)


def _decide(caller: Caller | None, row: Claim, state: State, words: str) -> None:
    if len(words) > WORDS_CHARS:
        refuse("words_too_long", _("Write at most 2000 characters."), "words")
    before = row.state
    _move(caller, row, state, tuple(LIVE))
    row.words, row.decided_at = words.strip(), timezone.now()
    row.actor = caller.actor if caller else ""
    row.save()
    if caller is not None:
        audit.record(
            caller,
            action=f"claim.{state.value}",
            subject=f"claim {row.pk}",
            before={"state": before},
            after={
                "state": row.state,
                "reason": row.denial,
                "amount": {"micros": row.amount_micros, "currency": row.currency},
            },
            why=row.words,
            advertiser=row.advertiser,
            publisher=row.publisher,
        )
    tell(Change.CLAIM_DENIED if state is State.DENIED else Change.CLAIM_APPROVED, row)


def _move(caller: Caller | None, row: Claim, state: State, wanted: tuple[State, ...]) -> None:
    """Into a state, unless somebody was quicker."""
    live = Claim.objects.system().filter(pk=row.pk, state__in=[one.value for one in wanted])
    if not live.update(state=state.value):
        refuse("decided", _("This claim is decided."), status=409)
    row.state = state.value


def look_again(row: Claim) -> Answer:
    """What the receipts say by now: the order may have come since the claim was filed."""
    placed_on: date = row.placed_on
    claimed = Claimed(
        advertiser=row.advertiser,
        publisher=row.publisher,
        outcome=row.outcome,
        reference=row.reference,
        placed_on=placed_on,
        zone=row.zone,
        amount_micros=row.amount_micros,
        currency=row.currency,
    )
    return answer(claimed)[0]


def see_to_clocks() -> None:
    """Remind, and decide what nobody decided in time."""
    now = timezone.now()
    _remind()
    due = Claim.objects.system().filter(state=State.OPEN.value, due_at__lte=now).order_by("pk")
    late = Claim.objects.system().filter(state=State.MORE_INFO.value, asked_at__lte=now - ANSWER_WITHIN)
    for row in due[:500]:
        _by_silence(row)
    for row in late[:500]:
        _close(row, Denial.NO_ANSWER)


def _remind() -> None:
    now = timezone.now()
    for row in Claim.objects.system().filter(
        state=State.OPEN.value, due_at__gt=now, reminded__lt=REMINDERS[-1]
    ):
        part = (now - row.filed_at) * 100 // (row.due_at - row.filed_at)
        reached = max((one for one in REMINDERS if one <= part), default=0)
        if reached > row.reminded:
            with transaction.atomic():
                row.reminded = reached
                row.save(update_fields=["reminded"])
                letters.reminder(row)


def _by_silence(row: Claim) -> None:
    """Approve what the receipts leave open; where they answer it, or it is paid by now, they stand."""
    fresh = look_again(row)
    if not fresh.is_open or row.link is None:
        _close(row, Denial.ALREADY_PAID if fresh.finding is Finding.ALREADY_YOURS else Denial.RECEIPT_STANDS)
        return
    with transaction.atomic():
        _decide(None, row, State.AUTO_APPROVED, "")
        awarding.begin(row, is_open=True)
        letters.decided(row)


def _close(row: Claim, denial: Denial) -> None:
    with transaction.atomic():
        row.denial = denial.value
        _decide(None, row, State.DENIED, "")
        letters.decided(row)
