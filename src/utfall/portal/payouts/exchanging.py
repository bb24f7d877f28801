"""Exchanges of payouts: planned with the batch, told to the journal with the payout, undone where that never
left.

    planned ──release──▶ waiting ──receipt──▶ made ──payout refused──▶ undoing ──receipt──▶ undone
                            └──refused                                     └──receipt──▶ kept

What is *kept* could not be undone, for it is gone from the payout currency: it stays there.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from utfall.events import Exchange as ExchangeEvent
from utfall.portal.book.facade import Answer, answers_to
from utfall.portal.payouts.contracts import Due, Exchanged, ExchangeState, PayoutState
from utfall.portal.payouts.models import Batch, Exchange, Payout
from utfall.portal.storing import store
from utfall.portal.validation.facade import again, money_id, tell
from utfall.rates import Rate

ABANDONED_AFTER: Final = timedelta(minutes=1)
AT_ONCE: Final = 5000
OWNER: Final = "publisher"


def plan(drafts: Iterable[tuple[Payout, Due]]) -> None:
    """Freeze the exchanges of payouts that were just drafted."""
    rows = [_row(payout, one) for payout, due in drafts for one in due.exchanges]
    Exchange.objects.system().bulk_create(rows, batch_size=AT_ONCE)


def _row(payout: Payout, one: Exchanged) -> Exchange:
    return Exchange(
        payout=payout,
        currency=one.currency,
        amount_micros=one.micros,
        into_amount_micros=one.into_micros,
        currency_micros=one.rate.currency_micros,
        into_micros=one.rate.into_micros,
        source=one.rate.source,
        day=one.rate.day,
        state=ExchangeState.PLANNED.value,
    )


def of_payouts(payouts: Collection[int]) -> dict[int, list[Exchange]]:
    """The exchanges of payouts that were found in scope."""
    told: dict[int, list[Exchange]] = {}
    numbers = list(payouts)
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        for row in Exchange.objects.system().filter(payout__in=some).order_by("pk"):
            told.setdefault(row.payout_id, []).append(row)
    return told


def view(row: Exchange, into: str) -> Exchanged:
    """An exchange as it crosses."""
    return Exchanged(
        micros=row.amount_micros,
        into_micros=row.into_amount_micros,
        rate=Rate(
            source=row.source,
            day=row.day,
            currency=row.currency,
            into=into,
            currency_micros=row.currency_micros,
            into_micros=row.into_micros,
        ),
        state=ExchangeState(row.state),
        receipt=row.receipt,
        code=row.code,
    )


def rate_told(row: Exchange) -> list[object]:
    """What of an exchange somebody agrees to."""
    rate = (row.currency_micros, row.into_micros, row.source, row.day.isoformat())
    return [row.currency, row.amount_micros, row.into_amount_micros, *rate]


def release(rows: Sequence[Exchange], event_ms: int) -> None:
    """They are told with their payouts, under ids of their own."""
    for row in rows:
        row.event = money_id(event_ms, "exchange", row.pk)
        row.state = ExchangeState.WAITING.value
    store(rows, "event", "state")


def event_of(row: Exchange, payout: Payout, batch: Batch) -> ExchangeEvent:
    """The event of an exchange: the same bytes whenever it is made."""
    assert batch.event_ms is not None, "a batch that is written was released"
    return _event(row, payout, row.event, batch.event_ms, sign=1)


def _undoing(row: Exchange, payout: Payout) -> ExchangeEvent:
    assert row.undoing_ms is not None, "an exchange that is undone has its time"
    return _event(row, payout, row.undoing, row.undoing_ms, sign=-1, undoes=row.event)


def _event(
    row: Exchange, payout: Payout, event: str, at_ms: int, *, sign: int, undoes: str | None = None
) -> ExchangeEvent:
    return ExchangeEvent(
        id=event,
        occurred_at=at_ms,
        received_at=at_ms,
        owner=OWNER,
        party=payout.publisher,
        currency=row.currency,
        into=payout.currency,
        amount_micros=sign * row.amount_micros,
        into_amount_micros=sign * row.into_amount_micros,
        currency_micros=row.currency_micros,
        into_micros=row.into_micros,
        rate_source=row.source,
        day=row.day.isoformat(),
        through=payout.up_to,
        undoes=undoes,
    )


def answered(payouts: Sequence[Payout]) -> None:
    """Note what settlement made of the exchanges of payouts that were answered; undo those of refused ones.

    Call it within the transaction that notes the payouts.
    """
    by_payout = of_payouts([one.pk for one in payouts])
    rows = [row for each in by_payout.values() for row in each]
    answers = answers_to([row.event for row in rows])
    at_ms = time.time_ns() // 1_000_000
    refused = {one.pk for one in payouts if one.state == PayoutState.REFUSED.value}
    for row in rows:
        if row.event in answers:
            _note(row, answers[row.event])
        if row.state == ExchangeState.MADE.value and row.payout_id in refused:
            row.state, row.undoing_ms = ExchangeState.UNDOING.value, at_ms
            row.undoing = money_id(at_ms, "exchange undone", row.pk)
    store(rows, "state", "receipt", "code", "undoing", "undoing_ms")
    _say_why(payouts, by_payout)
    undone = [row.pk for row in rows if row.state == ExchangeState.UNDOING.value]
    if undone:
        transaction.on_commit(lambda: undo(undone))


def _say_why(payouts: Sequence[Payout], by_payout: Mapping[int, Sequence[Exchange]]) -> None:
    """A payout that lacks what an exchange should have brought is refused for what the exchange was."""
    lacking = []
    for one in payouts:
        code = next((each.code for each in by_payout.get(one.pk, ()) if each.code), "")
        if one.state == PayoutState.REFUSED.value and code:
            one.reason = code
            lacking.append(one)
    store(lacking, "reason")


def _note(row: Exchange, answer: Answer) -> None:
    is_good = answer.reason is None
    row.state = (ExchangeState.MADE if is_good else ExchangeState.REFUSED).value
    row.receipt, row.code = answer.receipt, answer.reason or ""


def undo(numbers: Sequence[int]) -> None:
    """Tell that exchanges are undone; the same twice counts once."""
    rows = Exchange.objects.system().filter(pk__in=numbers, state=ExchangeState.UNDOING.value)
    tell([_undoing(row, row.payout) for row in rows.select_related("payout").order_by("pk")])


def follow() -> int:
    """Note what settlement made of undoings, and tell what a process left untold that died; how many end."""
    rows = Exchange.objects.system().filter(state=ExchangeState.UNDOING.value).order_by("pk")
    some = list(rows[:AT_ONCE])
    answers = answers_to([row.undoing for row in some]) if some else {}
    ended = [row for row in some if row.undoing in answers]
    for row in ended:
        answer = answers[row.undoing]
        row.state = (ExchangeState.KEPT if answer.reason else ExchangeState.UNDONE).value
        row.receipt, row.code = answer.receipt, answer.reason or ""
    store(ended, "state", "receipt", "code")
    late = int((timezone.now() - ABANDONED_AFTER).timestamp() * 1000)
    lost = {row.undoing: row.pk for row in some if (row.undoing_ms or 0) < late}
    if left := again(lost.keys() - answers.keys()):
        undo([lost[event] for event in left])
    return len(ended)
