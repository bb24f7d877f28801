"""A small market in TOML, and builders of the events that happen in it."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from utfall.events import (
    Action,
    Amendment,
    Click,
    ClickRef,
    Conversion,
    Impression,
    Line,
    Outcome,
    Source,
    VideoProgress,
    Viewable,
    event_id,
)
from utfall.terms import Snapshot, Zone, load_snapshot, read_market, seal

HOUR = 3_600_000
DAY = 24 * HOUR
NOON = int(datetime(2026, 6, 10, 12, tzinfo=UTC).timestamp()) * 1000
"""When most of what the tests tell happens: a Wednesday in June."""

MARKET = """
[[advertiser]]
id = 1
name = "Skor & Strumpor"

[[publisher]]
id = 10
name = "The Blog"

[[publisher]]
id = 11
name = "Cashback"
promotion_type = "cashback"

[[publisher]]
id = 12
name = "Extension"
promotion_type = "extension"

[[program]]
id = 100
advertiser = 1
name = "Sweden"
currency = "SEK"

    [[program.terms]]
    fee = "20 %"

    [[program.rule]]
    id = 1
    name = "8 % on sales"
    outcome = "sale"
    share = "8 %"

    [[program.rule]]
    id = 2
    name = "12 % on shoes"
    outcome = "sale"
    share = "12 %"
    priority = 10
    when = { field = "line.category", op = "eq", value = "shoes" }

    [[program.rule]]
    id = 3
    name = "A click"
    outcome = "click"
    per_thousand = "2500.00"

[[enrolment]]
program = 100
publisher = 10

[[enrolment]]
program = 100
publisher = 11

[[enrolment]]
program = 100
publisher = 12

[[link]]
id = 1000
key = "blog"
program = 100
publisher = 10
destination = "https://shop.example/"

[[link]]
id = 1001
key = "cashback"
program = 100
publisher = 11
destination = "https://shop.example/"

[[link]]
id = 1002
key = "extension"
program = 100
publisher = 12
destination = "https://shop.example/"

[[code]]
code = "SUMMER"
program = 100
publisher = 11
"""


def snapshot(text: str = MARKET) -> Snapshot:
    """The sealed snapshot of a program file."""
    return load_snapshot(seal(read_market(tomllib.loads(text), zone_of)))


def varied(old: str, new: str) -> Snapshot:
    """The small market with one passage (the first of its like) replaced."""
    assert old in MARKET, "the passage to replace is in the market"
    return snapshot(MARKET.replace(old, new, 1))


@cache
def zone_of(name: str) -> Zone:
    """A zone's changes of offset between 1990 and 2037, found by bisection."""
    place = ZoneInfo(name)
    moment, end = datetime(1990, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
    starts, offsets = [int(moment.timestamp())], [offset(place, moment)]
    while moment < end:
        later = moment + timedelta(days=7)
        if offset(place, later) != offsets[-1]:
            starts.append(change(place, moment, later))
            offsets.append(offset(place, later))
        moment = later
    return Zone(name, tuple(starts), tuple(offsets))


def offset(place: ZoneInfo, moment: datetime) -> int:
    shift = moment.astimezone(place).utcoffset()
    assert shift is not None
    return int(shift.total_seconds())


def change(place: ZoneInfo, low: datetime, high: datetime) -> int:
    first = offset(place, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        low, high = (middle, high) if offset(place, middle) == first else (low, middle)
    return round(high.timestamp())


_numbers: Iterator[int] = count(1)


def new_id(at: int) -> str:
    """An event id like no other of this run."""
    return event_id(at, next(_numbers).to_bytes(10, "big"))


def click(at: int = NOON - HOUR, link: int = 1000, **more: Any) -> Click:
    return Click(**touch_fields(at, link, more))


def impression(at: int = NOON - HOUR, link: int = 1000, **more: Any) -> Impression:
    return Impression(**touch_fields(at, link, more))


def viewable(at: int = NOON - HOUR, link: int = 1000, **more: Any) -> Viewable:
    return Viewable(**touch_fields(at, link, more))


def video(at: int = NOON - HOUR, link: int = 1000, mark: str = "complete", **more: Any) -> VideoProgress:
    return VideoProgress(**touch_fields(at, link, {"mark": mark, **more}))


_PUBLISHERS = {1000: 10, 1001: 11, 1002: 12}


def touch_fields(at: int, link: int, more: dict[str, Any]) -> dict[str, Any]:
    own = {"id": new_id(at), "occurred_at": at, "received_at": at, "source": Source.EDGE}
    ids = {"advertiser": 1, "program": 100, "publisher": _PUBLISHERS.get(link, 10), "link": link}
    return {**own, **ids, **more}


def token(touch: Click) -> ClickRef:
    """What a conversion carries of a click."""
    return ClickRef(
        id=touch.id,
        at=touch.occurred_at,
        link=touch.link,
        program=touch.program,
        publisher=touch.publisher,
    )


def lines(*amounts: int, category: str | None = None) -> tuple[Line, ...]:
    """Basket lines of whole units of the currency."""
    return tuple(Line(amount_micros=amount * 1_000_000, category=category) for amount in amounts)


def order(reference: str = "A-1", at: int = NOON, *clicks: Click, **more: Any) -> Conversion:
    """A sale of 100.00 SEK unless said otherwise, carrying the tokens of clicks."""
    own: dict[str, Any] = {"id": new_id(at), "occurred_at": at, "received_at": at, "advertiser": 1}
    said = {"outcome": Outcome.SALE, "order": reference, "currency": "SEK", "lines": lines(100)}
    return Conversion(**{**own, **said, "clicks": tuple(token(one) for one in clicks), **more})


def amendment(action: Action | str, reference: str = "A-1", at: int = NOON + HOUR, **more: Any) -> Amendment:
    own: dict[str, Any] = {"id": new_id(at), "occurred_at": at, "received_at": at, "advertiser": 1}
    said = {"outcome": Outcome.SALE, "order": reference, "action": Action(action)}
    return Amendment(**{**own, **said, **more})
