"""What settlement made of decisions: read from the book's receipts, each once, for everybody's batches."""

from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from utfall.portal.book import facade as book
from utfall.portal.validation.contracts import RowState, State
from utfall.portal.validation.models import Batch, Followed, Row

ALL_OF_THEM: Final = 1
AT_ONCE: Final = 2000
ROUNDS: Final = 50
"""Most parts of the book that one look reads."""


def prepare() -> None:
    """Before decisions are written: nobody waits for what was settled until now, so none of it is read."""
    if Row.objects.system().filter(state=RowState.WAITING.value).exists():
        return
    if Batch.objects.system().filter(state=State.WRITING.value).count() > 1:
        return
    with book.opened() as found:
        last = book.latest_receipt(found) if found else 0
        proof = book.receipt(found, last).hash if found and last else ""
    _note(last, proof)


def follow() -> int:
    """Read the receipts since the last look and note the outcomes of waiting rows; how many were found."""
    if not Row.objects.system().filter(state=RowState.WAITING.value).exists():
        return 0
    noted = 0
    for _round in range(ROUNDS):
        found, is_end = _read_some()
        noted += found
        if is_end:
            break
    _close_settled()
    return noted


def _read_some() -> tuple[int, bool]:
    with transaction.atomic():
        place = Followed.objects.system().select_for_update().get_or_create(id=ALL_OF_THEM)[0]
        with book.opened() as found:
            if found is None:
                return 0, True
            after = place.receipt if _is_there(found, place) else 0
            told = book.receipts_told(found, after, AT_ONCE)
            proof = book.receipt(found, told[-1][0]).hash if told else ""
        if not told:
            return 0, True
        noted = _note_outcomes({said.event: (number, said) for number, said in _heard(told)})
        _note(told[-1][0], proof)
    return noted, len(told) < AT_ONCE


def _heard(told: list[tuple[int, int | None, bytes]]) -> list[tuple[int, book.Said]]:
    """Receipts that answer an event; of several about one, the first counts."""
    return [(number, said) for number, _publisher, body in reversed(told) if (said := book.said(body)).event]


def _is_there(found: book.Book, place: Followed) -> bool:
    """Whether the book is still the one that was read."""
    if not place.receipt:
        return True
    try:
        return book.receipt(found, place.receipt).hash == place.hash
    except book.Unknown:
        return False


def _note_outcomes(said: dict[str | None, tuple[int, book.Said]]) -> int:
    events = [event for event in said if event]
    rows: list[Row] = []
    for start in range(0, len(events), 500):
        some = events[start : start + 500]
        rows += Row.objects.system().filter(event__in=some, state=RowState.WAITING.value)
    outcomes = [(*_outcome(*said[row.event]), row.pk) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Row._meta.db_table} SET state = %s, code = %s, receipt = %s WHERE id = %s", outcomes
        )
    return len(rows)


def _outcome(number: int, told: book.Said) -> tuple[str, str, int]:
    is_done = told.is_accepted
    return (
        (RowState.ACCEPTED if is_done else RowState.OVERRULED).value,
        "" if is_done else told.reason or "",
        number,
    )


def _close_settled() -> None:
    """Batches whose rows are all decided."""
    waiting = Row.objects.system().filter(batch=OuterRef("pk"), state=RowState.WAITING.value)
    written = Batch.objects.system().filter(state=State.WRITTEN.value).exclude(Exists(waiting))
    written.update(state=State.SETTLED.value)


def _note(receipt: int, proof: str) -> None:
    Followed.objects.system().update_or_create(id=ALL_OF_THEM, defaults={"receipt": receipt, "hash": proof})
