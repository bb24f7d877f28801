"""Rows by publisher and program, and by day: what every detector compares."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

DAY_MS: Final = 86_400_000


class Place(NamedTuple):
    """A publisher in a program."""

    program: int
    publisher: int


class _Placed(Protocol):
    @property
    def program(self) -> int: ...
    @property
    def publisher(self) -> int: ...


Row = TypeVar("Row", bound=_Placed)


def by_place(rows: Sequence[Row]) -> dict[Place, list[Row]]:
    """Rows of each publisher in each program."""
    found: dict[Place, list[Row]] = {}
    for row in rows:
        found.setdefault(Place(row.program, row.publisher), []).append(row)
    return found


def others_of(groups: Mapping[Place, Sequence[Row]], place: Place) -> list[Row]:
    """Rows of all other publishers in the program."""
    return [
        row
        for other, rows in groups.items()
        if other.program == place.program and other.publisher != place.publisher
        for row in rows
    ]


class Calendar(NamedTuple):
    """The UTC days that there is anything of."""

    first: int
    days: int

    def counts(self, times: Sequence[int]) -> list[int]:
        """How many on each day."""
        found = [0] * self.days
        for at in times:
            found[at // DAY_MS - self.first] += 1
        return found

    def starts(self, place: int) -> int:
        """When a day begins, by its place."""
        return (self.first + place) * DAY_MS


def calendar(times: Sequence[int]) -> Calendar:
    """The days from the first to the last of some times."""
    first, last = min(times) // DAY_MS, max(times) // DAY_MS
    return Calendar(first, last - first + 1)
