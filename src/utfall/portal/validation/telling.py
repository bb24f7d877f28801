"""Events of money: written to the portal's stream of the journal, and what settlement said of them.

    events = [Payout(id=money_id(at_ms, "payout 17"), occurred_at=at_ms, received_at=at_ms, ...)]
    tell(events)
    said = heard(events)            # by event id; an answer without a reason: it counts
    note_answers(rows, accepted="granted", refused="refused", write=write)      # of rows that wait, each told

An event's id follows from what it is about and when that was decided, so whoever is unsure whether it was
written (the process died) tells it again: settlement counts it once and keeps its first answer.
"""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Final

from django.utils import timezone

from utfall.events import MoneyEvent, encode, event_id
from utfall.portal.book.facade import Answer, answers_to
from utfall.portal.storing import store
from utfall.portal.validation.writing import Written

AT_ONCE: Final = 1000
"""Events of one commit of the journal."""
ABANDONED_AFTER: Final = timedelta(minutes=1)
"""When a row that has no answer may be of a process that died before it told."""
_CHANCE_BYTES: Final = 10
_LOOK_EVERY_S: Final = 0.05
_AGAIN_AFTER_S: Final = 300.0
_told_again: Final[dict[str, float]] = {}
"""What was named to `again`, and when on the monotonic clock."""


def money_id(at_ms: int, *about: str | int) -> str:
    """The id of the event about something decided at a time: the same whenever it is made.

    >>> money_id(1_793_534_400_000, "payout", 17) == money_id(1_793_534_400_000, "payout", 17)
    True
    """
    named = "\0".join(map(str, about)).encode()
    return event_id(at_ms, blake2b(named, digest_size=_CHANCE_BYTES, person=b"utfall.money").digest())


def tell(events: Sequence[MoneyEvent]) -> None:
    """Write events to the journal, durably; JournalUnavailable where that cannot be done."""
    for start in range(0, len(events), AT_ONCE):
        with Written() as writer:
            writer.append([encode(event) for event in events[start : start + AT_ONCE]])


def again(names: Iterable[str]) -> set[str]:
    """Which of what was told and is not answered may be told once more: a process may have died before it
    told. Not what this process named here less than five minutes ago, for settlement may only be late, and
    the journal keeps every copy.
    """
    now = time.monotonic()
    for name in [name for name, at in _told_again.items() if now - at >= _AGAIN_AFTER_S]:
        del _told_again[name]
    found = {name for name in names if name not in _told_again}
    _told_again.update(dict.fromkeys(found, now))
    return found


def heard(events: Sequence[MoneyEvent], *, within_s: float = 5.0) -> dict[str, Answer]:
    """What settlement said of events, by their ids, waiting for it a while; unsettled ones are absent."""
    wanted = {event.id for event in events}
    until = time.monotonic() + within_s
    while True:
        found = answers_to(wanted)
        if len(found) == len(wanted) or time.monotonic() >= until:
            return found
        time.sleep(_LOOK_EVERY_S)


def note_answers(
    waiting: Sequence[Any], *, accepted: str, refused: str, write: Callable[[Collection[int]], None]
) -> int:
    """Note what settlement answered in rows that wait, each told as one `event` since `at`: their `state`,
    the `code` of what was refused, the `receipt`; how many were answered. What may have been left untold is
    told anew by `write`, which takes the rows' keys.
    """
    if not waiting:
        return 0
    found = answers_to([row.event for row in waiting])
    answered = [row for row in waiting if row.event in found]
    for row in answered:
        answer = found[row.event]
        row.state = accepted if answer.reason is None else refused
        row.code, row.receipt = answer.reason or "", answer.receipt
    store(answered, "state", "code", "receipt")
    late = timezone.now() - ABANDONED_AFTER
    lost = {row.event: row.pk for row in waiting if row.at < late}
    write([lost[event] for event in again(lost.keys() - found.keys())])
    return len(found)
