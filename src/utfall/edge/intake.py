"""Readable rows become events, or refusals with a reason: the one door for JSON, forms, queries and files.

A row is a mapping of field names to plain values, as `docs/guides/tracking.md` lists them. Nothing here
knows of HTTP. Reading may take a moment (a new customer is made durable in the vault), so the edge calls it
in a thread.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from utfall.edge.amendment_rows import read_amendment, read_cost
from utfall.edge.order_rows import Private, read_conversion
from utfall.edge.reading import Means, Reading
from utfall.edge.rows import Refused, Row, Unreadable
from utfall.edge.sender import Sender
from utfall.edge.touch_rows import read_touch
from utfall.events import AnyEvent, Conversion, Reason, Touch, event_time
from utfall.journal.vault import Subject
from utfall.terms import Snapshot

KINDS: Final = ("click", "impression", "viewable", "video_progress", "conversion", "amendment", "cost")
_VERSION: Final = 1
_TOLERANCE_MS: Final = 300_000
"""How far a sender's clock may be ahead of ours; settlement judges the event itself by its own policy."""


class Received(NamedTuple):
    """A row that became an event, and the token that the landing page of a click must carry."""

    event: AnyEvent
    token: str | None = None


class _Draft(NamedTuple):
    received: Received
    private: Private | None


def read_rows(
    rows: Sequence[Mapping[str, object]], sender: Sender, now: int, snapshot: Snapshot, means: Means
) -> list[Received | Refused]:
    """Each row's event or refusal, in order; the customers among them cost one commit of the vault."""
    drafts = [_draft(row, sender, now, snapshot, means) for row in rows]
    named = [each for each in drafts if isinstance(each, _Draft) and each.private is not None]
    known = iter(_subjects(named, means))
    return [each if isinstance(each, Refused) else _finished(each, known) for each in drafts]


def _draft(
    values: Mapping[str, object], sender: Sender, now: int, snapshot: Snapshot, means: Means
) -> _Draft | Refused:
    row = Row(values)
    try:
        draft = _read(Reading(row, sender, now, snapshot, means))
        row.finish()
    except Unreadable as unreadable:
        return unreadable.refused
    return draft


def _read(reading: Reading) -> _Draft:
    row = reading.row
    if (row.whole("version", least=1) or _VERSION) > _VERSION:
        row.refuse(Reason.UNSUPPORTED_VERSION, "version")
    kind = row.required_text("kind")
    if kind == "conversion":
        conversion, private = read_conversion(reading)
        return _Draft(Received(conversion), private)
    if kind == "amendment":
        return _Draft(Received(read_amendment(reading)), None)
    if kind == "cost":
        return _Draft(Received(read_cost(reading)), None)
    if kind not in KINDS:
        row.refuse(Reason.UNKNOWN_KIND, "kind")
    touch = read_touch(reading, kind)
    return _Draft(Received(touch, _token(touch, reading.means)), None)


def _token(touch: Touch, means: Means) -> str | None:
    """A token says when its click was: only an id that holds its time (UUID version 7) can be inside one.

    A click from the future gets none: kept until that time, its token would outlive every window.
    """
    if touch.__struct_config__.tag != "click" or touch.id[12] != "7":
        return None
    if max(touch.occurred_at, event_time(touch.id)) > touch.received_at + _TOLERANCE_MS:
        return None
    return means.mint_token(touch.id, touch.link, touch.program, touch.publisher)


def _subjects(named: Sequence[_Draft], means: Means) -> list[Subject]:
    customers = [each.private.customer for each in named if each.private is not None]
    if not customers or means.subjects is None:
        return []
    return means.subjects.subjects(customers)


def _finished(draft: _Draft, known: Iterator[Subject]) -> Received:
    """Gives a conversion its pseudonym, and seals under its subject's key what must stay readable."""
    event = draft.received.event
    if draft.private is None or not isinstance(event, Conversion):
        return draft.received
    subject = next(known, None)
    if subject is None:
        return draft.received
    sealed = subject.seal(msgspec.msgpack.encode(draft.private.readable), aad=event.id.encode())
    return Received(msgspec.structs.replace(event, customer=subject.pseudonym, sealed=sealed))
