"""Grants on their way: told to the journal, and what settlement answered noted."""

from collections.abc import Collection
from typing import Final

from utfall.events import Bonus, BonusReason
from utfall.portal.bonuses.contracts import State
from utfall.portal.bonuses.models import Grant
from utfall.portal.validation.facade import note_answers, tell

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
    rows = Grant.objects.system().filter(state=State.WAITING.value).order_by("pk")[:AT_ONCE]
    return note_answers(list(rows), accepted=State.GRANTED.value, refused=State.REFUSED.value, write=write)
