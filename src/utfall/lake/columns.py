"""From what a batch tells to columns: touches with their fates, and facts told in full.

Everything here works a column at a time; nothing is built per row.
"""

from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter
from typing import Any, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from utfall.engine.facts import NO_FATE, Fact, Fate
from utfall.events import AnyEvent, Click, Impression, Reason, Touch, VideoProgress, Viewable
from utfall.lake.schema import FACTS, IDS, SUBS, TIME, TIMES, WORD, WORDS

ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"

# What a sender may claim as a time knows no limit; what a calendar holds does. Such an event is refused
# anyway.
_EARLIEST_MS: Final = -62_135_596_800_000
_LATEST_MS: Final = 253_402_300_799_000

_KINDS: Final = ("impression", "viewable", "video_progress", "click", "video_progress")
_IMPRESSION, _VIEWABLE, _VIDEO, _CLICK, _COMPLETED = range(5)
_KIND_OF: Final[dict[type, int]] = {
    Impression: _IMPRESSION,
    Viewable: _VIEWABLE,
    VideoProgress: _VIDEO,
    Click: _CLICK,
}
# Written out, because a comprehension that names its field is three times as fast as one that is told it.
_NUMBERS: Final[dict[str, Callable[[Sequence[Touch]], list[int]]]] = {
    "occurred_at": lambda touches: [touch.occurred_at for touch in touches],
    "received_at": lambda touches: [touch.received_at for touch in touches],
    "advertiser": lambda touches: [touch.advertiser for touch in touches],
    "program": lambda touches: [touch.program for touch in touches],
    "publisher": lambda touches: [touch.publisher for touch in touches],
    "link": lambda touches: [touch.link for touch in touches],
}
_TEXTS: Final[dict[str, Callable[[Sequence[Touch]], list[Any]]]] = {
    "event": lambda touches: [touch.id for touch in touches],
    "source": lambda touches: [touch.source for touch in touches],
    "device": lambda touches: [touch.device for touch in touches],
    "os": lambda touches: [touch.os for touch in touches],
    "browser": lambda touches: [touch.browser for touch in touches],
    "country": lambda touches: [touch.country for touch in touches],
}
_FATE_FIELDS: Final = ("reason", "rule", "price_model", "transaction", "group", "channel", "currency")


def touches_table(
    events: Sequence[AnyEvent], marks: bytes, fates: Sequence[Fate], *, batch: int, decided_at: int
) -> pa.Table:
    """The rows of the touches among some events. `marks` has a little-endian uint32 into `fates` per
    event.
    """
    indexes = _indexes(marks)
    if len(indexes) != len(events):
        raise ValueError(f"{len(events)} events were read, and {len(indexes)} were decided")
    met = indexes != NO_FATE
    touches = list(compress(events, met.tolist()))
    if not touches:
        return FACTS.empty_table()
    columns = _touch_columns(cast(list[Touch], touches))
    columns |= _fate_columns(fates, pa.array(indexes[met]))
    columns |= _touch_measures(pa.array(_kinds(touches), pa.int32()), columns)
    return _table(columns, len(touches), batch=batch, decided_at=decided_at)


def facts_table(facts: Sequence[Fact], *, batch: int) -> pa.Table:
    """The rows of facts that are told in full."""
    if not facts:
        return FACTS.empty_table()
    told = _told(facts, Fact.__struct_fields__)
    columns = {name: _column(name, values) for name, values in told.items() if name != "sub"}
    columns |= _sub_columns(told["sub"])
    verdicts = [_verdict(*pair) for pair in zip(told["reason"], told["status"], strict=True)]
    columns["verdict"] = pa.array(verdicts, WORD)
    return _table(columns, len(facts), batch=batch)


def _verdict(reason: str | None, status: str | None) -> str:
    """An order that is kept but unpaid has a reason and a status: it is accepted, and nobody is owed
    for it.
    """
    refused = status == REFUSED or (status is None and reason is not None)
    return REFUSED if refused else ACCEPTED


def _indexes(marks: bytes) -> np.ndarray[Any, np.dtype[np.uint32]]:
    return np.frombuffer(marks, dtype="<u4")


def _touch_columns(touches: Sequence[Touch]) -> dict[str, pa.Array]:
    rows = len(touches)
    numbers = {name: np.fromiter(read(touches), np.int64, rows) for name, read in _NUMBERS.items()}
    columns = {name: _column(name, values) for name, values in numbers.items()}
    columns |= {name: _column(name, read(touches)) for name, read in _TEXTS.items()}
    return columns | _sub_columns([touch.sub for touch in touches])


def _kinds(events: Sequence[AnyEvent]) -> list[int]:
    kinds = [_KIND_OF[type(event)] for event in events]
    if _VIDEO in kinds:
        complete = (isinstance(event, VideoProgress) and event.mark == "complete" for event in events)
        kinds = [_COMPLETED if done else kind for kind, done in zip(kinds, complete, strict=True)]
    return kinds


def _told(things: Sequence[object], names: Sequence[str]) -> dict[str, list[Any]]:
    """Each field of many structs as a list. A pass per field is faster than a tuple per struct."""
    return {name: list(map(attrgetter(name), things)) for name in names}


def _column(name: str, values: Any) -> pa.Array:
    if name in TIMES:
        return _times(pa.array(values, pa.int64()))
    return pa.array(values, FACTS.field(name).type)


def _times(milliseconds: pa.Array) -> pa.Array:
    bounded = pc.max_element_wise(pc.min_element_wise(milliseconds, _LATEST_MS), _EARLIEST_MS)
    return bounded.cast(TIME)


def _sub_columns(subs: Sequence[tuple[str, ...]]) -> dict[str, pa.Array]:
    most = max(map(len, subs))
    return {
        name: pa.array([sub[place] or None if place < len(sub) else None for sub in subs], WORD)
        for place, name in enumerate(SUBS[:most])
    }


def _fate_columns(fates: Sequence[Fate], indexes: pa.Array) -> dict[str, pa.Array]:
    told = _told(fates, (*_FATE_FIELDS, "cost_micros", "commission_micros", "fee_micros"))
    columns = {name: _column(name, told[name]) for name in _FATE_FIELDS}
    columns["cost_micros"] = pa.array(told["cost_micros"], pa.int64())
    columns["commission_approved_micros"] = pa.array(told["commission_micros"], pa.int64())
    columns["fee_micros"] = pa.array(told["fee_micros"], pa.int64())
    columns["verdict"] = pa.array(
        [ACCEPTED if reason is None else REFUSED for reason in told["reason"]], WORD
    )
    columns["_counts"] = pa.array([int(reason is None) for reason in told["reason"]], pa.int64())
    # The same event sent twice is one event; any other that is not billed still happened.
    happened = [int(reason != Reason.DUPLICATE_EVENT) for reason in told["reason"]]
    columns["_happened"] = pa.array(happened, pa.int64())
    return {name: column.take(indexes) for name, column in columns.items()}


_COUNTED: Final = {
    "impressions": (_IMPRESSION, "_counts"),
    "viewables": (_VIEWABLE, "_counts"),
    "completed_views": (_COMPLETED, "_counts"),
    "clicks": (_CLICK, "_counts"),
    "gross_impressions": (_IMPRESSION, "_happened"),
    "gross_clicks": (_CLICK, "_happened"),
}


def _touch_measures(kinds: pa.Array, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    counted = {
        name: pc.multiply(pc.equal(kinds, kind).cast(pa.int64()), columns[mask])
        for name, (kind, mask) in _COUNTED.items()
    }
    return {"kind": pa.array(_KINDS, pa.string()).take(kinds).cast(WORD), **counted}


def _table(columns: dict[str, pa.Array], rows: int, *, batch: int, decided_at: int | None = None) -> pa.Table:
    constants: dict[str, int | None] = {"batch": batch}
    if decided_at is not None:
        constants["decided_at"] = decided_at
    for name, value in constants.items():
        columns[name] = pa.repeat(pa.scalar(value, FACTS.field(name).type), rows)
    return pa.table([columns[f.name] if f.name in columns else _absent(f, rows) for f in FACTS], schema=FACTS)


def _absent(field: pa.Field, rows: int) -> pa.Array:
    """What is not said of a row: unknown where it is a name, zero where it is a count."""
    if field.name in WORDS:
        return pa.DictionaryArray.from_arrays(pa.nulls(rows, pa.int32()), pa.array([], pa.string()))
    if field.name in IDS:
        return pa.nulls(rows, field.type)
    return pa.repeat(pa.scalar(0, field.type), rows)
