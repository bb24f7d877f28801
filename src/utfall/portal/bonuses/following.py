"""Grants on their way: told to the journal, and what settlement answered noted."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.utils import timezone

from utfall.events import Bonus, BonusReason
from utfall.portal.bonuses.contracts import State
from utfall.portal.bonuses.models import Grant
from utfall.portal.book.facade import answers_to
from utfall.portal.storing import store
from utfall.portal.validation.facade import again, tell

ABANDONED_AFTER: Final = timedelta(minutes=1)
AT_ONCE: Final = 2000


def write(numbers: Collection[int]) -> None:
    """Tell of what was noted; the same twice counts once."""
    rows = Grant.objects.system().filter(pk__in=list(numbers), state=State.WAITING.value)
    tell([event_of(row) for row in rows.order_by("pk")])


def event_of(row: Grant) -> Bonus:
    """The event of a grant: the same bytes whenever it is made."""
    return Bonus(
        id=row.event,
        occurred_at=row.event_ms,
        received_at=row.event_ms,
        program=row.program,
        publisher=row.publisher,
        currency=row.currency,
        amount_micros=row.micros,
        reason=BonusReason(row.reason),
        words=row.words,
    )


def follow() -> int:
    """Note what settlement made of grants; how many were answered. Tells anew what was left untold."""
    waiting = list(Grant.objects.system().filter(state=State.WAITING.value).order_by("pk")[:AT_ONCE])
    if not waiting:
        return 0
    found = answers_to([row.event for row in waiting])
    answered = [row for row in waiting if row.event in found]
    for row in answered:
        answer = found[row.event]
        row.state = (State.GRANTED if answer.reason is None else State.REFUSED).value
        row.code, row.receipt = answer.reason or "", answer.receipt
    store(answered, "state", "code", "receipt")
    late = timezone.now() - ABANDONED_AFTER
    lost = {row.event: row.pk for row in waiting if row.at < late}
    write([lost[event] for event in again(lost.keys() - found.keys())])
    return len(found)
