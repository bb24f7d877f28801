"""How fast the pure engine decides: no journal, no book, no disk.

    python benchmarks/engine.py [--touches 200000] [--conversions 20000] [--json PATH]

Prints the best of some rounds in processor time: the engine waits for nothing, and other work on the machine
can only make a round look slower than it is.
"""

import argparse
import gc
import json
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from time import process_time
from typing import Any

from utfall.engine import (
    Batch,
    BookSlice,
    Counters,
    Decisions,
    Manifest,
    Policy,
    Range,
    Traffic,
    TrafficPolicy,
    settle,
)
from utfall.events import AnyEvent, Click, ClickRef, Conversion, Impression, Line, Outcome, event_id
from utfall.terms import (
    Advertiser,
    Enrolment,
    Flat,
    Limit,
    Link,
    Market,
    Measure,
    Period,
    PerThousand,
    Portion,
    Program,
    ProgramTerms,
    Publisher,
    Rule,
    Snapshot,
    Test,
    Zone,
    load_snapshot,
    seal,
)

NOON = 1_781_092_800_000
ROUNDS = 5
BATCH = 10_000
SECRET = b"benchmark"
LINKS = 200
POLICY = Policy(traffic=TrafficPolicy(link_clicks_per_minute=0, address_clicks_per_minute=0))


def market(programs: int = 10, links: int = LINKS) -> Market:
    """Programs that pay for everything, each with a budget that holds."""
    each = links // programs
    numbers = range(1, programs + 1)
    return Market(
        zones=(Zone("Europe/Stockholm", (0, 1_774_746_000, 1_792_890_000), (3600, 7200, 3600)),),
        advertisers=(Advertiser(id=1, name="A"),),
        publishers=tuple(Publisher(id=number, name="P") for number in numbers),
        programs=tuple(program(number) for number in numbers),
        enrolments=tuple(Enrolment(program=number, publisher=number, starts_at=0) for number in numbers),
        links=tuple(
            Link(
                id=number,
                key=f"k{number}",
                program=(number - 1) // each + 1,
                publisher=(number - 1) // each + 1,
                destination="https://shop.example/",
            )
            for number in range(1, links + 1)
        ),
        rules=tuple(rule for number in numbers for rule in rules(number)),
        limits=tuple(
            Limit(id=number, program=number, name="B", measure=Measure.COST, period=Period.MONTH, cap=10**15)
            for number in numbers
        ),
    )


def program(number: int) -> Program:
    terms = ProgramTerms(version=1, effective_from=0, fee_ppm=200_000)
    zone = "Europe/Stockholm"
    return Program(id=number, advertiser=1, name="P", currency="SEK", zone=zone, versions=(terms,))


def rules(program: int) -> tuple[Rule, ...]:
    shoes = Test("line.category", "eq", "shoes")
    prices: tuple[tuple[Outcome, Any, Test | None], ...] = (
        (Outcome.IMPRESSION, PerThousand(20_000_000), None),
        (Outcome.CLICK, PerThousand(2_500_000_000), None),
        (Outcome.SALE, Portion(120_000), shoes),
        (Outcome.SALE, Portion(80_000), None),
        (Outcome.LEAD, Flat(150_000_000), None),
    )
    return tuple(
        Rule(
            id=program * 10 + index,
            program=program,
            name="R",
            outcome=outcome,
            price=price,
            when=when,
            priority=1 if when else 0,
        )
        for index, (outcome, price, when) in enumerate(prices)
    )


def chance(number: int) -> bytes:
    return blake2b(number.to_bytes(8, "big"), digest_size=10).digest()


def touches(count: int, kind: type[Click] | type[Impression], terms: Snapshot) -> list[AnyEvent]:
    """Touches spread over links, an hour and visitors, as the edge writes them."""
    made: list[AnyEvent] = []
    for number in range(count):
        at = NOON + number * 3_600_000 // count
        link = terms.links[number * 7 % len(terms.links) + 1]
        made.append(
            kind(
                id=event_id(at, chance(number)),
                occurred_at=at,
                received_at=at,
                advertiser=1,
                program=link.program,
                publisher=link.publisher,
                link=link.id,
                address=f"a{number}",
                device="phone",
                os="android",
                browser="chrome",
                country="SE",
            )
        )
    return made


def conversions(count: int, terms: Snapshot) -> list[AnyEvent]:
    """Orders of one to three lines, each carrying the token of one click."""
    made: list[AnyEvent] = []
    for number in range(count):
        at = NOON + number * 3_600_000 // count
        link = terms.links[number * 7 % len(terms.links) + 1]
        clicked = at - 86_400_000
        token = ClickRef(
            id=event_id(clicked, chance(number)),
            at=clicked,
            link=link.id,
            program=link.program,
            publisher=link.publisher,
        )
        lines = tuple(
            Line(amount_micros=79_900_000 + number, category="shoes" if index else None)
            for index in range(number % 3 + 1)
        )
        made.append(
            Conversion(
                id=event_id(at, chance(count + number)),
                occurred_at=at,
                received_at=at,
                advertiser=1,
                outcome=Outcome.SALE,
                order=f"order-{number}",
                currency="SEK",
                lines=lines,
                clicks=(token,),
                customer=f"c{number % 1000}",
            )
        )
    return made


def settled(events: Sequence[AnyEvent], terms: Snapshot) -> Decisions:
    """All events, batch by batch, with an empty slice of the book each time."""
    traffic = Traffic()
    for seq, start in enumerate(range(0, len(events), BATCH), start=1):
        part = list(events[start : start + BATCH])
        ranges = (Range(stream="edge-0", start=start, end=start + len(part)),)
        manifest = Manifest(
            seq=seq, now=part[-1].received_at, snapshot=terms.hash, ranges=ranges, policy=POLICY
        )
        decided = settle(
            BookSlice(counters=Counters(), traffic=traffic), Batch(manifest, (part,)), terms, SECRET
        )
    return decided


def best_seconds(work: Callable[[], object]) -> float:
    """The least of some rounds; what was decided is thrown away."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def measured(name: str, events: list[AnyEvent], terms: Snapshot) -> dict[str, float | str | int]:
    seconds = best_seconds(lambda: settled(events, terms))
    each = seconds / len(events) * 1e6
    print(f"{name:<24}{len(events) / seconds:>12,.0f} a second{each:>10.2f} µs each")
    return {
        "name": name,
        "events": len(events),
        "per_second": round(len(events) / seconds),
        "each_us": round(each, 3),
    }


def snapshot_seconds() -> dict[str, float | str | int]:
    """Sealing and loading 10,000 programs with 200,000 links."""
    large = market(10_000, 200_000)
    sealed = seal(large)
    sealing, loading = best_seconds(lambda: seal(large)), best_seconds(lambda: load_snapshot(sealed))
    print(f"{'snapshot':<24}{len(sealed) / 1e6:>12.1f} MB{sealing:>10.2f} s to seal{loading:>8.2f} s to load")
    return {
        "name": "snapshot",
        "bytes": len(sealed),
        "seal_s": round(sealing, 3),
        "load_s": round(loading, 3),
    }


def yardstick_seconds() -> dict[str, float | str | int]:
    """How long this processor takes just now for a million additions, to compare runs by."""
    seconds = best_seconds(lambda: sum(number + 1 for number in range(1_000_000)))
    print(f"{'a million additions':<24}{seconds:>12.3f} s")
    return {"name": "yardstick", "seconds": round(seconds, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--touches", type=int, default=200_000)
    parser.add_argument("--conversions", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    terms = load_snapshot(seal(market()))
    results = [
        measured("clicks", touches(chosen.touches, Click, terms), terms),
        measured("impressions", touches(chosen.touches, Impression, terms), terms),
        measured("conversions", conversions(chosen.conversions, terms), terms),
        snapshot_seconds(),
        yardstick_seconds(),
    ]
    if chosen.json:
        chosen.json.write_text(json.dumps({"engine": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
