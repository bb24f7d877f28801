"""Small lakes with contents a person can add up, for the tests of the lake."""

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from utfall.engine.facts import Fact, Fate
from utfall.events import AnyEvent, Click, Impression, VideoProgress, Viewable, event_id
from utfall.lake import LakeWriter, facts_table, touches_table
from utfall.terms import Advertiser, Group, Link, Market, Program, ProgramTerms, Publisher, Snapshot, Zone
from utfall.terms.snapshot import load_snapshot, seal

NOON = 1_795_608_000_000  # 2026-11-25 12:00 UTC
SEK = 1_000_000
COUNTED = Fate(currency="SEK")
CPM = Fate(
    currency="SEK", price_model="cpm", rule=1, cost_micros=11_000, commission_micros=10_000, fee_micros=1_000
)
CPC = Fate(
    currency="SEK",
    price_model="cpc",
    rule=2,
    cost_micros=2_200_000,
    commission_micros=2_000_000,
    fee_micros=200_000,
)
ROBOT = Fate(reason="robot")
REPEATED = Fate(reason="repeated_click")
DUPLICATE = Fate(reason="duplicate_event")

_KINDS: dict[str, type] = {"impression": Impression, "viewable": Viewable, "click": Click}


def ms(text: str) -> int:
    """Milliseconds of an ISO time with its offset, or of UTC where it names none."""
    moment = datetime.fromisoformat(text)
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def touch(kind: str, number: int = 0, *, at: int = NOON, mark: str = "start", **fields: Any) -> AnyEvent:
    """A touch of program 1, publisher 1 and link 1 unless told otherwise."""
    told = {"advertiser": 1, "program": 1, "publisher": 1, "link": 1, **fields}
    identity = event_id(at, number.to_bytes(10))
    if kind == "video":
        return VideoProgress(id=identity, occurred_at=at, received_at=at + 5, mark=mark, **told)  # type: ignore[arg-type]
    event: AnyEvent = _KINDS[kind](id=identity, occurred_at=at, received_at=at + 5, **told)
    return event


def touches(pairs: Sequence[tuple[AnyEvent, Fate]], *, batch: int = 1) -> pa.Table:
    """The table of some touches with the fates they met."""
    fates = tuple(dict.fromkeys(fate for _, fate in pairs))
    marks = array("I", (fates.index(fate) for _, fate in pairs)).tobytes()
    return touches_table([event for event, _ in pairs], marks, fates, batch=batch, decided_at=NOON + 9)


def fact(number: int = 0, *, at: int = NOON, **fields: Any) -> Fact:
    """A fact of a sale unless told otherwise."""
    told = {
        "kind": "sale",
        "advertiser": 1,
        "program": 1,
        "publisher": 1,
        "currency": "SEK",
        "status": "pending",
        **fields,
    }
    identity = event_id(at, number.to_bytes(10))
    return Fact(event=identity, occurred_at=at, received_at=at + 5, decided_at=at + 9, **told)


def facts(*told: Fact, batch: int = 1) -> pa.Table:
    """The table of some facts."""
    return facts_table(told, batch=batch)


def lake_of(root: Path, *tables: pa.Table) -> Path:
    """A lake that holds each table as one batch."""
    with LakeWriter(root) as lake:
        for batch, table in enumerate(tables, start=1):
            lake.write_part(table, first_batch=batch, last_batch=batch, now_ms=NOON)
    return root


def zone(name: str) -> Zone:
    """A zone with its changes of offset in 2026, found hour by hour."""
    clock = ZoneInfo(name)
    starts: list[int] = []
    offsets: list[int] = []
    for hour in range(int(ms("2025-12-01") / 3_600_000), int(ms("2027-02-01") / 3_600_000)):
        offset = datetime.fromtimestamp(hour * 3600, clock).utcoffset()
        assert offset is not None
        seconds = int(offset.total_seconds())
        if not offsets or offsets[-1] != seconds:
            starts.append(hour * 3600)
            offsets.append(seconds)
    return Zone(name, tuple(starts), tuple(offsets))


def terms(*programs: tuple[int, str, str]) -> Snapshot:
    """A market with programs given as (id, zone, currency), each of an advertiser with the same id."""
    names = sorted({name for _, name, _ in programs})
    version = ProgramTerms(version=1, effective_from=0)
    return load_snapshot(
        seal(
            Market(
                zones=tuple(map(zone, names)),
                advertisers=tuple(Advertiser(id=i, name=f"Advertiser {i}") for i, _, _ in programs),
                publishers=tuple(Publisher(id=i, name=f"Publisher {i}") for i in range(1, 4)),
                programs=tuple(
                    Program(
                        id=i,
                        advertiser=i,
                        name=f"Program {i}",
                        currency=currency,
                        zone=name,
                        versions=(version,),
                    )
                    for i, name, currency in programs
                ),
                groups=(Group(id=1, program=1, name="Gold"),),
                links=(Link(id=1, key="shoes", program=1, publisher=1, destination="https://shop.example/"),),
            )
        )
    )
