"""What the story needs to know of the market beforehand, as its maker wrote it down."""

from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

FILE: Final = "story.json"


class Missed(Struct, frozen=True, kw_only=True):
    """An order that a publisher misses: it had a click, and is not its own. `person` works for it."""

    person: str
    order: str
    placed_on: date
    amount: str


class Story(Struct, frozen=True, kw_only=True):
    """Since which day no order was told; an order that was lost, and one that a later click won."""

    silent_since: date
    lost: Missed
    overtaken: Missed


def write(folder: Path, story: Story) -> None:
    """Put it beside the market."""
    (folder / FILE).write_bytes(msgspec.json.encode(story))


def read(folder: Path) -> Story:
    """What `write` wrote."""
    return msgspec.json.decode((folder / FILE).read_bytes(), type=Story)
