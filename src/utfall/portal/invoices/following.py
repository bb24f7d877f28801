"""What settlement made of papers: noted, numbered anew where a number before it was refused, and closed."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

from django.utils import timezone

from utfall.events import Reason
from utfall.portal.book.facade import Answer, answers_to
from utfall.portal.invoices.frozen import place
from utfall.portal.invoices.issuing import close, freeze, retell
from utfall.portal.invoices.models import Paper
from utfall.portal.invoices.paper_contracts import PaperState
from utfall.portal.storing import store

AT_ONCE: Final = 5000
TRIES: Final = 20
ABANDONED_AFTER: Final = timedelta(minutes=5)
_ANSWERED: Final = (
    "state",
    "reason",
    "receipt",
    "issued_at",
    "content",
    "series",
    "number",
    "name",
    "attempt",
)


def follow() -> int:
    """Note what settlement made of papers; how many were answered."""
    waiting = list(Paper.objects.system().filter(state=PaperState.PENDING.value).order_by("pk")[:AT_ONCE])
    answers = answers_to([row.event for row in waiting])
    answered = [row for row in waiting if row.event in answers]
    stale = [row.digest for row in answered if answers[row.event].reason is not None]
    for row in answered:
        _note(row, answers[row.event])
    store(answered, *_ANSWERED)
    for digest in stale:
        place(digest).unlink(missing_ok=True)
    _number_anew([row for row in answered if row.state == PaperState.DRAFT.value])
    _tell_what_was_left([row for row in waiting if row.event not in answers])
    close()
    return len(answered)


def _note(row: Paper, answer: Answer) -> None:
    if answer.reason is None:
        row.state, row.receipt = PaperState.ISSUED.value, answer.receipt
        row.issued_at, row.content = timezone.now(), ""
        return
    is_late = answer.reason == Reason.NOT_NEXT_NUMBER.value and row.attempt < TRIES
    row.state = (PaperState.DRAFT if is_late else PaperState.REFUSED).value
    row.reason, row.receipt = "" if is_late else answer.reason, answer.receipt
    row.series, row.number, row.name, row.attempt = "", None, "", row.attempt + 1


def _number_anew(rows: Sequence[Paper]) -> None:
    """Their day and their time are those of before; a credit note whose process died is among them."""
    left = Paper.objects.system().filter(run=None, state=PaperState.DRAFT.value)
    waiting = [*rows, *left.exclude(pk__in=[one.pk for one in rows])]
    for (day, at_ms), some in groupby(waiting, lambda row: (row.issued_on, row.event_ms)):
        assert day is not None, "what is numbered anew has its day and its time"
        assert at_ms is not None, "what is numbered anew has its day and its time"
        freeze(list(some), day, at_ms)


def _tell_what_was_left(rows: Sequence[Paper]) -> None:
    """A process may have died between keeping papers and telling them; or settlement is late."""
    late = timezone.now() - ABANDONED_AFTER
    lost = [row for row in rows if row.written_at is None or row.written_at < late]
    for row in lost:
        row.written_at = timezone.now()
    store(lost, "written_at")
    retell(lost)
