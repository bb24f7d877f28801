"""Part of history: the events of one advertiser in a span of time, read without decoding all the others.

    selection = Selection(journal_dir, advertiser=1, since_ms=..., until_ms=..., links={...})
    selection.events(manifest)

Of every event only the head is decoded, to see whose it is and when it happened.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import msgspec
from msgspec import Struct

from utfall.engine import Manifest, Range
from utfall.events import AnyEvent, EventDecodeError, decode
from utfall.events.codec import CURRENT_VERSION
from utfall.journal import Batch, CorruptRecord, JournalShorterThanCursor, StreamReader
from utfall.journal.segment import segment_name

_TOUCHES: Final = ("impression", "viewable", "video_progress", "click")


class _Head(Struct, array_like=True, gc=False):
    """What every stored event begins with; what follows is left as it is."""

    kind: str
    id: str
    occurred_at: int
    received_at: int
    version: int
    source: str
    advertiser: Any = None
    program: Any = None
    publisher: Any = None
    link: Any = None


_heads: Final = msgspec.msgpack.Decoder(list[_Head])


class Selection:
    """Reads batches of the past, and hands over the events that matter for one advertiser."""

    def __init__(
        self,
        journal_dir: Path,
        *,
        advertiser: int,
        since_ms: int,
        until_ms: int,
        links: Collection[int],
    ) -> None:
        self._root = journal_dir
        self._advertiser = advertiser
        self._since = since_ms
        self._until = until_ms
        self._links = frozenset(links)
        self._readers: dict[str, StreamReader] = {}

    def events(self, manifest: Manifest) -> list[AnyEvent]:
        """The selected events of a batch, in the order in which they were settled."""
        return [event for one in manifest.ranges for event in self._of_range(one)]

    def close(self) -> None:
        """Close every reader."""
        for reader in self._readers.values():
            reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _of_range(self, wanted: Range) -> Iterator[AnyEvent]:
        reader = self._readers.get(wanted.stream)
        if reader is None:
            reader = self._readers[wanted.stream] = StreamReader(self._root, wanted.stream)
        position = wanted.start
        while position < wanted.end:
            commits = reader.read(position, wanted.end - position)
            if not commits:
                raise JournalShorterThanCursor(wanted.stream, wanted.end, position)
            for commit in commits:
                yield from self._of_commit(wanted, commit)
            position = commits[-1].end

    def _of_commit(self, wanted: Range, commit: Batch) -> Iterator[AnyEvent]:
        last = min(wanted.end - commit.first, commit.count)
        places = [place for place in self._places(commit) if commit.skip <= place < last]
        if not places:
            return
        stored = commit.events()
        for place in places:
            try:
                event = decode(bytes(stored[place - commit.skip]))
            except EventDecodeError as error:
                position = commit.first + place
                raise CorruptRecord(
                    wanted.stream, segment_name(commit.first), position, str(error)
                ) from error
            if self._is_wanted(_head_of(event)):
                yield event

    def _places(self, commit: Batch) -> Iterator[int]:
        """Where in a commit something may matter; everywhere, where the heads cannot be read."""
        try:
            heads = _heads.decode(commit.body)
        except msgspec.MsgspecError:
            yield from range(commit.count)
            return
        for place, head in enumerate(heads):
            if head.version != CURRENT_VERSION or self._is_wanted(head):
                yield place

    def _is_wanted(self, head: _Head) -> bool:
        """Touches by their link, as settlement does; orders of the span; amendments whenever they came."""
        if head.kind == "amendment":
            return bool(head.advertiser == self._advertiser)
        if not self._since <= head.occurred_at < self._until:
            return False
        if head.kind in _TOUCHES:
            return head.link in self._links
        return bool(head.kind == "conversion" and head.advertiser == self._advertiser)


def _head_of(event: AnyEvent) -> _Head:
    return _Head(
        kind=str(event.__struct_config__.tag),
        id=event.id,
        occurred_at=event.occurred_at,
        received_at=event.received_at,
        version=event.version,
        source=event.source.value,
        advertiser=getattr(event, "advertiser", None),
        link=getattr(event, "link", None),
    )
