"""The documented fields are the ones that are read, no more and no less."""

from typing import Any

import pytest

from tests.scenarios.running_edge import small_market
from utfall.edge.agents import Agent
from utfall.edge.amendment_rows import read_amendment, read_cost
from utfall.edge.chance import Ids
from utfall.edge.fields import FIELDS
from utfall.edge.intake import KINDS
from utfall.edge.order_rows import read_conversion
from utfall.edge.reading import Means, Reading
from utfall.edge.rows import Row, Unreadable
from utfall.edge.sender import Sender
from utfall.edge.touch_rows import read_touch
from utfall.events import Source
from utfall.terms import load_snapshot, seal

BASE: dict[str, dict[str, Any]] = {
    "conversion": {"order": "1", "amount": 1, "currency": "SEK", "advertiser": 1},
    "cost": {"amount": 1, "currency": "SEK", "channel": "x", "advertiser": 1},
}
AMENDED = {"order": "1", "advertiser": 1}
ROWS = {
    "conversion": [BASE["conversion"]],
    "cost": [BASE["cost"]],
    "amendment": [
        AMENDED | {"action": "amend", "amount": 1},
        AMENDED | {"action": "amend", "lines": [{"amount": 1}]},
        AMENDED | {"action": "refund"},
    ],
    "video_progress": [{"link": "abc", "mark": "start"}],
}


class Asking(Row):
    """A row that remembers what it was asked for."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def take(self, name: str, *also: str) -> object | None:
        self.asked.update((name, *also))
        return super().take(name, *also)

    def has(self, name: str) -> bool:
        self.asked.add(name)
        return super().has(name)


def asked_for(kind: str, values: dict[str, Any]) -> set[str]:
    row = Asking(values)
    means = Means(
        secrets={},
        mint_token=lambda click, link, program, publisher: "",
        event_id=Ids().text,
        visitor_digest=str,
        address_digest=lambda address, day: None,
        classify=lambda text: Agent(),
        subjects=None,
    )
    reading = Reading(row, Sender(Source.LOAD), 1, load_snapshot(seal(small_market())), means)
    readers = {"conversion": read_conversion, "amendment": read_amendment, "cost": read_cost}
    try:
        readers[kind](reading) if kind in readers else read_touch(reading, kind)
    except Unreadable as unreadable:
        raise AssertionError(unreadable.refused) from unreadable
    return row.asked


@pytest.mark.parametrize("kind", KINDS)
def test_the_documented_fields_are_the_ones_that_are_read(kind: str) -> None:
    asked: set[str] = set().union(*(asked_for(kind, row) for row in ROWS.get(kind, [{"link": "abc"}])))
    documented = {name for field in FIELDS[kind] for name in (field.name, *field.also)}
    assert asked | {"kind", "version"} == documented


def test_every_kind_is_documented() -> None:
    assert tuple(FIELDS) == KINDS
    assert all(field.words.endswith(".") for fields in FIELDS.values() for field in fields)
