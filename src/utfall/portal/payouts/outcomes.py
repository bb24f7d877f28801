"""What became of payouts: told by the bank's files or by hand, written once each, and noted when settled."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import Verdict
from utfall.events import PayoutEnd, PayoutResult, Source
from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book.facade import Answer, answers_to, today
from utfall.portal.payouts import letters
from utfall.portal.payouts.contracts import PayoutState, PayoutView, Result
from utfall.portal.payouts.models import Account, Outcome, Payout
from utfall.portal.payouts.showing import number_of, payout
from utfall.portal.payouts.words import OF_ACCOUNT
from utfall.portal.storing import store
from utfall.portal.validation.facade import again, money_id, tell

ABANDONED_AFTER: Final = timedelta(minutes=1)
AT_ONCE: Final = 5000
FROM: Final = {
    PayoutEnd.COMPLETED: {PayoutState.SENT},
    PayoutEnd.FAILED: {PayoutState.READY, PayoutState.SENT},
    PayoutEnd.RETURNED: {PayoutState.COMPLETED},
}
"""From which states each can follow."""


def ends_of(state: PayoutState) -> list[PayoutEnd]:
    """What can be noted of a payout that stands somewhere."""
    return [end for end, states in FROM.items() if state in states]


def note(results: Iterable[Result], *, actor: str = "") -> list[str]:
    """Note what banks said; a verdict on each: `noted`, `known`, `nothing`, `unknown`, `not_now`.

    `known`: it was said before. `nothing`: the payment is on its way. `unknown`: no payout has that name.
    `not_now`: it does not follow from where the payout stands, or is of another amount.
    """
    told, rest = [], iter(results)
    with transaction.atomic():
        while some := list(islice(rest, AT_ONCE)):
            told += _note_some(some, actor)
    return told


def _note_some(results: Sequence[Result], actor: str) -> list[str]:
    numbers = {number for one in results if (number := number_of(one.name)) is not None}
    said = _Said(numbers, time.time_ns() // 1_000_000, actor)
    verdicts = [said.verdict(one) for one in results]
    made = Outcome.objects.system().bulk_create(said.made)
    pks = [row.pk for row in made]
    if pks:
        transaction.on_commit(lambda: write(pks))
    return verdicts


class _Said:
    """What was said of some payouts before, and now: each table is asked once."""

    def __init__(self, numbers: Collection[int], at_ms: int, actor: str) -> None:
        self._rows = {row.pk: row for row in Payout.objects.system().filter(pk__in=numbers)}
        self._identities: set[tuple[int, str]] = set()
        self._waiting: set[tuple[int, str]] = set()
        self._at_ms, self._actor = at_ms, actor
        self.made: list[Outcome] = []
        before = Outcome.objects.system().filter(payout__in=numbers)
        for number, identity, verdict, state in before.values_list("payout", "identity", "verdict", "state"):
            self._identities.add((number, identity))
            if state == "waiting":
                self._waiting.add((number, verdict))

    def verdict(self, result: Result) -> str:
        """What to make of a result; a new one is among `made`."""
        row = self._rows.get(number_of(result.name) or 0)
        if row is None:
            return "unknown"
        if result.verdict is Verdict.UNDER_WAY:
            return "nothing"
        state = self._state(row)
        end = _end(result, state)
        identity = (row.pk, result.identity[:200])
        if (
            state is PayoutState(end.value)
            or identity in self._identities
            or (row.pk, end.value) in self._waiting
        ):
            return "known"
        if state not in FROM[end] or not _is_of(result, row):
            return "not_now"
        self._identities.add(identity)
        self._waiting.add((row.pk, end.value))
        self.made.append(_outcome(result, row, end, self._at_ms, self._actor))
        return "noted"

    def _state(self, row: Payout) -> PayoutState:
        """Where a payout stands once settled is what was said before."""
        is_paid = (row.pk, PayoutEnd.COMPLETED.value) in self._waiting
        return PayoutState.COMPLETED if is_paid else PayoutState(row.state)


def _is_of(result: Result, row: Payout) -> bool:
    """Whether all of a payout moved, or nobody said how much: of another amount somebody should look."""
    return result.micros is None or (result.micros, result.currency) == (row.amount_micros, row.currency)


def _outcome(result: Result, row: Payout, end: PayoutEnd, at_ms: int, actor: str) -> Outcome:
    return Outcome(
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


def note_by_hand(caller: Caller, number: int, end: PayoutEnd, *, why: str) -> PayoutView:
    """Say of a payout what no file says: it was paid by hand, or failed, or came back."""
    caller.require_operator(Permission.MONEY)
    if not why.strip():
        refuse("why_needed", _("Say how you know: it stands in the log."), "why")
    view = payout(caller, number)
    verdict = Verdict.FAILED if end is PayoutEnd.FAILED else Verdict.COMPLETED
    result = Result(
        name=view.name,
        verdict=verdict,
        identity=f"hand:{end.value}",
        on=today(),
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


def _end(result: Result, state: PayoutState) -> PayoutEnd:
    """What came back before anybody said that it was paid has failed: the account is as it was before."""
    if result.returned:
        was_paid = state in (PayoutState.COMPLETED, PayoutState.RETURNED)
        return PayoutEnd.RETURNED if was_paid else PayoutEnd.FAILED
    return PayoutEnd.COMPLETED if result.verdict is Verdict.COMPLETED else PayoutEnd.FAILED


def write(numbers: Sequence[int]) -> None:
    """Write what was noted; the same twice counts once."""
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        rows = Outcome.objects.system().filter(pk__in=some, state="waiting").order_by("pk")
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
    rows = Outcome.objects.system().filter(state="waiting").select_related("payout").order_by("pk")
    waiting = list(rows[:AT_ONCE])
    if not waiting:
        return 0
    answers = answers_to([row.event for row in waiting])
    answered = [row for row in waiting if row.event in answers]
    with transaction.atomic():
        _settle(answered, answers)
    late = timezone.now() - ABANDONED_AFTER
    lost = [row for row in waiting if row.event not in answers and row.said_at < late]
    may = again(row.event for row in lost)
    write([row.pk for row in lost if row.event in may])
    return len(answered)


def _settle(rows: Sequence[Outcome], answers: Mapping[str, Answer]) -> None:
    """Outcomes that were answered, and the payouts that they moved."""
    now, moved = timezone.now(), []
    for row in rows:
        answer = answers[row.event]
        is_good = answer.reason is None
        row.state, row.receipt = "accepted" if is_good else "refused", answer.receipt
        row.code = answer.reason or ""
        if is_good:
            payout = row.payout
            payout.state, payout.ended_at, payout.reason = row.verdict, now, row.reason
            payout.words = row.words if row.verdict != PayoutEnd.COMPLETED.value else ""
            moved.append(row)
    store(rows, "state", "receipt", "code")
    store([row.payout for row in moved], "state", "ended_at", "reason", "words")
    for row in moved:
        if row.verdict != PayoutEnd.COMPLETED.value:
            _account_is_wrong(row)
            letters.failed(row.payout)


def _account_is_wrong(row: Outcome) -> None:
    """Pay nothing more to an account that the bank does not know; another has to be given."""
    if row.reason in OF_ACCOUNT:
        Account.objects.system().filter(pk=row.payout.account, ended_at=None).update(refused=row.reason)
