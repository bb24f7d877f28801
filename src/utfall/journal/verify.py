"""Walking everything: what `utfall check` and `utfall doctor` ask of the journal."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from utfall.journal.errors import CorruptRecord, JournalError
from utfall.journal.names import streams
from utfall.journal.reader import Batch, StreamReader
from utfall.journal.segment import segment_name, segment_starts

_STEP_EVENTS: Final = 50_000


@dataclass(frozen=True, slots=True)
class StreamReport:
    """How much of a stream is sound, and the first problem (which names its position) if not all of it is."""

    stream: str
    segments: int
    commits: int = 0
    events: int = 0
    event_bytes: int = 0
    problem: JournalError | None = None


def verify(root: Path) -> list[StreamReport]:
    """Reads every stream from its beginning and proves every commit; writers may go on meanwhile."""
    return [verify_stream(root, stream) for stream in streams(root)]


def verify_stream(root: Path, stream: str) -> StreamReport:
    """Reads one stream from its beginning and proves every commit, up to the first problem."""
    report = StreamReport(stream, len(segment_starts(root / stream)))
    try:
        with StreamReader(root, stream) as reader:
            while batches := reader.read(report.events, _STEP_EVENTS):
                for batch in batches:
                    report = _added(report, batch)
    except JournalError as problem:
        return replace(report, problem=problem)
    return report


def _added(report: StreamReport, batch: Batch) -> StreamReport:
    try:
        decoded = len(batch.events())
    except msgspec.DecodeError as error:
        raise CorruptRecord(report.stream, segment_name(batch.first), batch.first, str(error)) from error
    assert decoded == batch.count, "the reader compares the count with the header of the body"
    return replace(
        report,
        commits=report.commits + 1,
        events=batch.end,
        event_bytes=report.event_bytes + len(batch.body),
    )
