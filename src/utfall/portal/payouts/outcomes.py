"""What became of payouts: told by the bank's files or by hand, written once each, and noted when settled."""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import Verdict
from utfall.events import PayoutEnd, PayoutResult, Source
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book.facade import Answer
from utfall.portal.payouts import ledger, letters
from utfall.portal.payouts.contracts import PayoutState, PayoutView, Result
from utfall.portal.payouts.models import Account, Outcome, Payout
from utfall.portal.payouts.showing import number_of, payout
from utfall.portal.payouts.words import OF_ACCOUNT
from utfall.portal.validation.facade import money_id, tell

ABANDONED_AFTER: Final = timedelta(minutes=1)
FROM: Final = {
    PayoutEnd.COMPLETED: {PayoutState.SENT},
    PayoutEnd.FAILED: {PayoutState.READY, PayoutState.SENT},
    PayoutEnd.RETURNED: {PayoutState.COMPLETED},
}
"""From which states each can follow."""


def note(results: Iterable[Result], *, actor: str = "") -> list[str]:
    """Note what banks said; a verdict on each: `noted`, `known`, `nothing`, `unknown`, `not_now`.

    `known`: it was said before. `nothing`: the payment is on its way. `unknown`: no payout has that name.
    `not_now`: it does not follow from where the payout stands.
    """
    with transaction.atomic():
        return [_note(one, actor) for one in results]


def note_by_hand(caller: Caller, number: int, end: PayoutEnd, *, why: str) -> PayoutView:
    """Say of a payout what no file says: it was paid by hand, or failed, or came back."""
    caller.require(Permission.MONEY)
    if caller.kind is not Kind.OPERATOR:
        raise NotFound
    if not why.strip():
        refuse("why_needed", _("Say how you know: it stands in the log."), "why")
    view = payout(caller, number)
    verdict = Verdict.FAILED if end is PayoutEnd.FAILED else Verdict.COMPLETED
    result = Result(
        name=view.name,
        verdict=verdict,
        identity=f"hand:{end.value}",
        on=timezone.localdate(),
        words=why.strip()[:300],
        returned=end is PayoutEnd.RETURNED,
    )
    with transaction.atomic():
        (said,) = note([result], actor=caller.actor)
        if said != "noted":
            refuse("not_now", _("That does not follow from where this payout stands."), status=409)
        audit.record(
            caller,
            action=f"payout.{end.value}",
            subject=f"payout {number}",
            before={"state": view.state.value},
            after={"state": end.value},
            why=why.strip(),
            publisher=view.publisher,
        )
    return payout(caller, number)


def _note(result: Result, actor: str) -> str:
    number = number_of(result.name)
    row = Payout.objects.system().filter(pk=number).first() if number else None
    if row is None:
        return "unknown"
    if result.verdict is Verdict.UNDER_WAY:
        return "nothing"
    end = _end(result, row)
    if _is_known(row, result, end):
        return "known"
    if PayoutState(row.state) not in FROM[end]:
        return "not_now"
    at_ms = time.time_ns() // 1_000_000
    told = Outcome.objects.system().create(
        payout=row,
        identity=result.identity[:200],
        verdict=end.value,
        on=result.on,
        reason=result.reason[:40],
        words=result.words[:300],
        actor=actor,
        event=money_id(at_ms, "payout", row.pk, end.value, result.identity),
        event_ms=at_ms,
        state="waiting",
    )
    pk = told.pk
    transaction.on_commit(lambda: write([pk]))
    return "noted"


def _end(result: Result, row: Payout) -> PayoutEnd:
    """What came back before anybody said that it was paid has failed: the account is as it was before."""
    if result.returned:
        was_paid = row.state in (PayoutState.COMPLETED.value, PayoutState.RETURNED.value)
        return PayoutEnd.RETURNED if was_paid else PayoutEnd.FAILED
    return PayoutEnd.COMPLETED if result.verdict is Verdict.COMPLETED else PayoutEnd.FAILED


def _is_known(row: Payout, result: Result, end: PayoutEnd) -> bool:
    """Whether this was said before: by this file, or by another that says the same."""
    if row.state == end.value:
        return True
    said = Outcome.objects.system().filter(payout=row)
    return (
        said.filter(identity=result.identity[:200]).exists()
        or said.filter(verdict=end.value, state="waiting").exists()
    )


def write(numbers: Iterable[int]) -> None:
    """Write what was noted; the same twice counts once."""
    rows = Outcome.objects.system().filter(pk__in=list(numbers), state="waiting").order_by("pk")
    tell([event_of(row) for row in rows])


def event_of(row: Outcome) -> PayoutResult:
    """The event of an outcome: the same bytes whenever it is made."""
    return PayoutResult(
        id=row.event,
        occurred_at=row.event_ms,
        received_at=row.event_ms,
        source=Source.CONSOLE,
        payout=row.payout_id,
        result=PayoutEnd(row.verdict),
        identity=row.identity,
        reason=row.reason or None,
    )


def follow() -> int:
    """Note what settlement made of outcomes; how many were answered."""
    waiting = list(Outcome.objects.system().filter(state="waiting").select_related("payout")[:5000])
    if not waiting:
        return 0
    answers = ledger.answers([row.event for row in waiting])
    for row in waiting:
        if row.event in answers:
            _settled(row, answers[row.event])
    late = timezone.now() - ABANDONED_AFTER
    write([row.pk for row in waiting if row.event not in answers and row.said_at < late])
    return len(answers)


def _settled(row: Outcome, answer: Answer) -> None:
    with transaction.atomic():
        is_good = answer.reason is None
        row.state, row.receipt = "accepted" if is_good else "refused", answer.receipt
        row.code = "" if is_good else (answer.reason or "")
        row.save(update_fields=["state", "receipt", "code"])
        if not is_good:
            return
        row.payout.state, row.payout.ended_at = row.verdict, timezone.now()
        row.payout.reason, row.payout.words = row.reason, row.words if row.verdict != "completed" else ""
        row.payout.save(update_fields=["state", "ended_at", "reason", "words"])
        if row.verdict != PayoutEnd.COMPLETED.value:
            _account_is_wrong(row)
            letters.failed(row.payout)


def _account_is_wrong(row: Outcome) -> None:
    """Pay nothing more to an account that the bank does not know; another has to be given."""
    if row.reason in OF_ACCOUNT:
        Account.objects.system().filter(pk=row.payout.account, ended_at=None).update(refused=row.reason)
