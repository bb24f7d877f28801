"""Clicks as the journal has them, in two readings and bounded memory.

First they are counted by program, publisher and UTC day, which is all that a burst is found by. Then the
clicks of the days of bursts are read with their addresses, which are pseudonyms of the day; no other click is
kept.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeGuard

from utfall.events import AnyEvent, Click, Conversion, Outcome, decode, decode_many
from utfall.journal import StreamReader, streams
from utfall.portal.site import site
from utfall.science.quality import Clicked

DAY_MS: Final = 86_400_000
NEAR_MOST: Final = 500_000
"""Clicks that are looked at with their addresses at once; what bounds the memory of a look."""
LEADS_MOST: Final = 200_000
_SETTLEMENT: Final = "settlement"
_AT_ONCE: Final = 8192
_BYTES: Final = 8 << 20
_LATE_MS: Final = 3 * DAY_MS
"""Events of a time stand in the journal up to so long before those of a later time, and after."""

Days = Mapping[int, Collection[int]]
"""By program, some UTC days."""


@dataclass
class Counts:
    """Clicks by program, publisher and day; and the pseudonymous address of each lead, by its event."""

    clicks: dict[int, Counter[tuple[int, int]]] = field(default_factory=lambda: defaultdict(Counter))
    addresses: dict[str, str] = field(default_factory=dict)

    def alike(self, program: int) -> list[Clicked]:
        """As many clicks as were counted; those of one publisher and day are one and the same."""
        found: list[Clicked] = []
        for (publisher, day), number in self.clicks.get(program, Counter()).items():
            one = Clicked(id="", at=day * DAY_MS, program=program, publisher=publisher)
            found += [one] * number
        return found

    def of_publishers(self, program: int) -> Counter[int]:
        """Clicks of each publisher of a program."""
        found: Counter[int] = Counter()
        for (publisher, _day), number in self.clicks.get(program, Counter()).items():
            found[publisher] += number
        return found


def count_clicks(since_ms: int, until_ms: int) -> Counts:
    """Every click that did not say it is a robot, in a span."""
    found = Counts()
    for event in _events(since_ms):
        if not since_ms <= event.occurred_at < until_ms:
            continue
        if isinstance(event, Click):
            if event.robot is None:
                found.clicks[event.program][event.publisher, event.occurred_at // DAY_MS] += 1
        elif _is_lead(event) and event.address and len(found.addresses) < LEADS_MOST:
            found.addresses[event.id] = event.address
    return found


def _is_lead(event: AnyEvent) -> TypeGuard[Conversion]:
    return isinstance(event, Conversion) and event.outcome is Outcome.LEAD


def near_clicks(days: Days, since_ms: int, most: int = NEAR_MOST) -> dict[int, list[Clicked]] | None:
    """The clicks of these days with their addresses, by program; None where they are too many."""
    found: dict[int, list[Clicked]] = defaultdict(list)
    if not any(days.values()):
        return found
    known, kept = _Known(), 0
    for event in _events(since_ms):
        if not isinstance(event, Click) or event.robot is not None:
            continue
        if event.occurred_at // DAY_MS not in days.get(event.program, ()):
            continue
        kept += 1
        if kept > most:
            return None
        found[event.program].append(known.clicked(event))
    return found


class _Known:
    """Words that repeat, each kept once."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def clicked(self, event: Click) -> Clicked:
        """A click as the detectors read it."""
        return Clicked(
            id=event.id,
            at=event.occurred_at,
            program=event.program,
            publisher=event.publisher,
            address=self._once(event.address),
            device=self._once(event.device),
        )

    def _once(self, word: str | None) -> str | None:
        return None if word is None else self._words.setdefault(word, word)


def _events(since_ms: int) -> Iterator[AnyEvent]:
    root = Path(site().journal_dir)
    for stream in streams(root):
        if stream != _SETTLEMENT:
            with StreamReader(root, stream) as reader:
                yield from _of_stream(reader, since_ms)


def _of_stream(reader: StreamReader, since_ms: int) -> Iterator[AnyEvent]:
    place = beginning(reader, since_ms - _LATE_MS)
    while commits := reader.read(place, _AT_ONCE, limit_bytes=_BYTES):
        for commit in commits:
            yield from decode_many(commit.body)[commit.skip :]
        place = commits[-1].end


def beginning(reader: StreamReader, since_ms: int) -> int:
    """A place in a stream before which nothing was received since a time, found by halving."""
    low, high = 0, reader.end()
    while high - low > _AT_ONCE:
        middle = (low + high) // 2
        commits = reader.read(middle, 1)
        if not commits or decode(bytes(commits[0].events()[0])).received_at >= since_ms:
            high = middle
        else:
            low = middle
    return low
