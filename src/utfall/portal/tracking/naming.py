"""What numbers are called, for one answer: programs, publishers, advertisers."""

from utfall.portal.access import Caller, Kind
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs


class Names:
    """Names of what a page shows, each looked up once."""

    def __init__(
        self,
        caller: Caller,
        *,
        programs_: frozenset[int],
        publishers: frozenset[int],
        advertisers: frozenset[int] = frozenset(),
    ) -> None:
        self._programs = programs.names(caller, programs_)
        self._publishers = people.parties(Kind.PUBLISHER, publishers) if publishers else {}
        self._advertisers = people.parties(Kind.ADVERTISER, advertisers) if advertisers else {}

    def program(self, number: int | None) -> str:
        """A program's name, or its number where it has none."""
        return "" if number is None else self._programs.get(number, f"#{number}")

    def publisher(self, number: int | None) -> str:
        """A publisher's name, or its number where it has none."""
        if number is None:
            return ""
        return found.name if (found := self._publishers.get(number)) else f"#{number}"

    def advertiser(self, number: int | None) -> str:
        """An advertiser's name, or its number where it has none."""
        if number is None:
            return ""
        return found.name if (found := self._advertisers.get(number)) else f"#{number}"
