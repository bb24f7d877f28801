"""What a history left open: orders and decisions that come after it, each told when its time has come."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from utfall.demo.cast import SELLERS, Seller
from utfall.demo.rows import Mint, Values, row_of
from utfall.events import Amendment, AnyEvent, Conversion

_SELLER = {one.advertiser: one for one in SELLERS}


class Agenda:
    """The open events of a history, in the order of their times. Its place in them outlives the process."""

    def __init__(self, later: Sequence[AnyEvent], signed: Mint, place: Path) -> None:
        self._signed, self._place = signed, place
        done = int(place.read_text(encoding="ascii")) if place.exists() else 0
        self._open = [event for event in later if event.received_at > done]
        self._open.sort(key=lambda event: event.received_at, reverse=True)

    def due(self, now: int) -> Iterator[tuple[Seller, Values]]:
        """Whatever is due by now and was not told yet, as rows of the shop that tells it."""
        while self._open and self._open[-1].received_at <= now:
            event = self._open.pop()
            if isinstance(event, Conversion | Amendment):
                yield _SELLER[event.advertiser], row_of(event, self._signed)
            self._place.write_text(f"{event.received_at}\n", encoding="ascii")
