"""Reports over many events against the same queries written by hand in DuckDB SQL, and shipping.

    python benchmarks/lake.py --events 50000000 --rounds 3 --json var/bench/lake.json

The two take turns in one process, on connections of the same settings, and must give the same rows. Days are
counted by hand in two ways: as most would write it (through a time-zone library) and as fast as we know how;
the ratio is against the fastest. Then: how many touches a second one process ships, and how long a fact takes
from the outbox until it can be read. `--dir` keeps the generated lake for the next run.
"""

import argparse
import json
import resource
import statistics
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa

from utfall.engine.facts import BatchFacts, Fate, Range, encode_facts
from utfall.events import Click, Impression, encode, event_id
from utfall.journal import StreamWriter
from utfall.lake import Lake, LakeWriter, Query, read_catalog
from utfall.lake.schema import FACTS, IDS, WORDS
from utfall.terms import (
    Advertiser,
    Market,
    Program,
    ProgramTerms,
    Publisher,
    Snapshot,
    Zone,
    load_snapshot,
    seal,
)
from utfall.workers.ship import Pace, Shipper, run

DAYS, PROGRAMS, PUBLISHERS, LINKS = 60, 200, 2_000, 20_000
FIRST_DAY = date(2026, 9, 1)  # so that the clocks go back within the days asked for
CHUNK_ROWS = 1_000_000
MEMORY, THREADS = "4GB", 2
BATCH_EVENTS, FRESH_BATCH_EVENTS = 20_000, 2_000
RATIO_WANTED, FRESH_S_WANTED, TOUCHES_WANTED = 1.2, 5.0, 150_000


def paid(price_model: str, commission: int) -> Fate:
    """What became of a touch that was paid."""
    fee = commission // 10
    prices = {"cost_micros": commission + fee, "commission_micros": commission, "fee_micros": fee}
    return Fate(currency="SEK", rule=1, price_model=price_model, **prices)


FATES = (paid("cpm", 20_000), Fate(reason="robot"), paid("cpc", 1_000_000))


@dataclass(frozen=True)
class Case:
    """One question, for the lake and by hand. `{day}` is replaced by each way to count days."""

    name: str
    query: Query
    sql: str


SUMS = """sum(impressions) AS impressions, sum(clicks) AS clicks, sum(sales) AS sales,
    sum(revenue_micros) AS revenue, sum(cost_micros) AS cost"""
RATIOS = """sum(clicks) / nullif(sum(impressions), 0) AS ctr,
    sum(cost_micros) * 1000 / nullif(sum(impressions), 0) AS ecpm,
    sum(revenue_micros) / nullif(sum(cost_micros), 0) AS roas"""
METRICS = ("impressions", "clicks", "sales", "revenue", "cost", "ctr", "ecpm", "roas")
MONTH = "occurred_at >= '2026-09-30 22:00:00+00' AND occurred_at < '2026-10-30 23:00:00+00'"
WEEK = "occurred_at >= '2026-10-18 22:00:00+00' AND occurred_at < '2026-10-25 23:00:00+00'"
THIRTY = {"start": date(2026, 10, 1), "end": date(2026, 10, 31)}
CASES = (
    Case(
        "30 days, program x country",
        Query(METRICS, by=("program", "country"), **THIRTY),
        f"SELECT program, country, currency, {SUMS}, {RATIOS} FROM facts WHERE {MONTH}"
        " GROUP BY ALL ORDER BY program, country, currency",
    ),
    Case(
        "30 days, local day x device",
        Query(METRICS, by=("day", "device"), **THIRTY),
        f"SELECT {{day}} AS day, device, currency, {SUMS}, {RATIOS} FROM facts WHERE {MONTH}"
        " GROUP BY ALL ORDER BY day, device, currency",
    ),
    Case(
        "7 days of one program, publisher x link",
        Query(
            METRICS,
            by=("publisher", "link"),
            where={"program": [7]},
            start=date(2026, 10, 19),
            end=date(2026, 10, 26),
        ),
        f"SELECT publisher, link, currency, {SUMS}, {RATIOS} FROM facts WHERE {WEEK} AND program = 7"
        " GROUP BY ALL ORDER BY publisher, link, currency",
    ),
    Case(
        "all, totals",
        Query(("impressions", "clicks", "cost", "ecpm")),
        "SELECT currency, sum(impressions) AS impressions, sum(clicks) AS clicks, sum(cost_micros) AS cost,"
        " sum(cost_micros) * 1000 / nullif(sum(impressions), 0) AS ecpm FROM facts"
        " GROUP BY ALL ORDER BY currency",
    ),
)
CHANGE_MS = 1_792_890_000_000  # 2026-10-25 01:00 UTC
DAYS_BY_HAND = {
    "through a time-zone library": "timezone('Europe/Stockholm', occurred_at)::DATE",
    "by arithmetic": "DATE '1970-01-01' + ((epoch_ms(occurred_at)"
    f" + CASE WHEN epoch_ms(occurred_at) >= {CHANGE_MS} THEN 3600000 ELSE 7200000 END) // 86400000)::INTEGER",
}


@dataclass
class Result:
    """One question, measured."""

    name: str
    rows: int
    lake_s: float
    by_hand_s: dict[str, float]
    ratio: float


def stockholm() -> Zone:
    """The zone with its changes in 2026."""
    clock = ZoneInfo("Europe/Stockholm")
    zone: dict[int, int] = {}
    for hour in range(int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) // 3600, 500_000):
        offset = datetime.fromtimestamp(hour * 3600, clock).utcoffset() or timedelta()
        if not zone or list(zone.values())[-1] != offset.total_seconds():
            zone[hour * 3600] = int(offset.total_seconds())
    return Zone("Europe/Stockholm", tuple(zone), tuple(zone.values()))


def market() -> Snapshot:
    """The terms of the programs that the events are of."""
    terms = (ProgramTerms(version=1, effective_from=0),)
    told = {"currency": "SEK", "zone": "Europe/Stockholm", "versions": terms}
    return load_snapshot(
        seal(
            Market(
                zones=(stockholm(),),
                advertisers=(Advertiser(id=1, name="Advertiser"),),
                publishers=tuple(Publisher(id=n, name=f"Publisher {n}") for n in range(1, PUBLISHERS + 1)),
                programs=tuple(
                    Program(id=n, advertiser=1, name=f"Program {n}", **told) for n in range(1, PROGRAMS + 1)
                ),
            )
        )
    )


def generate(root: Path, events: int) -> None:
    """Fills a lake with a day per batch: impressions, 2 % clicks, 0.1 % sales, 4 % of all refused."""
    with LakeWriter(root) as lake:
        for number in range(lake.catalog.shipped + 1 if lake.catalog.parts else 1, DAYS + 1):
            rows = events * number // DAYS - events * (number - 1) // DAYS
            tables = list(day_of_events(number, rows))
            lake.write_part(pa.concat_tables(tables), first_batch=number, last_batch=number, now_ms=0)


def day_of_events(number: int, rows: int) -> Iterator[pa.Table]:
    """The facts of one UTC day, in chunks."""
    start = int(datetime(2026, 9, 1, tzinfo=UTC).timestamp() * 1000) + (number - 1) * 86_400_000
    chance = np.random.default_rng(number)
    for first in range(0, rows, CHUNK_ROWS):
        yield chunk(chance, min(CHUNK_ROWS, rows - first), start, number)


def chunk(chance: np.random.Generator, rows: int, start: int, batch: int) -> pa.Table:
    """Facts drawn by chance, column by column."""
    draw = chance.random(rows)
    sale, click = draw < 0.001, (draw >= 0.001) & (draw < 0.021)
    impression = ~(sale | click)
    refused = chance.random(rows) < 0.04
    counts = {"impressions": impression & ~refused, "clicks": click & ~refused, "sales": sale & ~refused}
    commission = (counts["impressions"] * 20_000 + counts["clicks"] * 1_000_000) + counts[
        "sales"
    ] * 40_000_000
    link = chance.integers(1, LINKS + 1, rows)
    at = np.sort(chance.integers(start, start + 86_400_000, rows))
    numbers = {
        **counts,
        "gross_impressions": impression,
        "gross_clicks": click,
        "revenue_micros": counts["sales"] * chance.integers(100, 2_000, rows) * 1_000_000,
        "cost_micros": commission + commission // 10,
        "fee_micros": commission // 10,
        "commission_approved_micros": commission,
        "batch": np.full(rows, batch),
        "advertiser": np.ones(rows),
        "program": link % PROGRAMS + 1,
        "publisher": link % PUBLISHERS + 1,
        "link": link,
        "rule": np.where(sale, 3, np.where(click, 2, 1)),
    }
    kinds = np.where(sale, 2, np.where(click, 1, 0))
    words = {
        "kind": (kinds, ["impression", "click", "sale"]),
        "source": (np.zeros(rows), ["edge"]),
        "device": (chance.integers(0, 3, rows), ["mobile", "desktop", "tablet"]),
        "os": (chance.integers(0, 5, rows), ["ios", "android", "windows", "macos", "linux"]),
        "browser": (chance.integers(0, 4, rows), ["safari", "chrome", "firefox", "edge"]),
        "country": (chance.integers(0, 50, rows), [f"{a}{b}" for a in "ABCDE" for b in "ABCDEFGHIJ"]),
        "sub1": (chance.integers(0, 200, rows), [f"campaign-{n}" for n in range(200)]),
        "price_model": (kinds, ["cpm", "cpc", "cps"]),
        "verdict": (refused, ["accepted", "refused"]),
        "currency": (np.zeros(rows), ["SEK"]),
    }
    columns = {name: pa.array(np.asarray(values).astype(np.int64)) for name, values in numbers.items()}
    columns |= {
        name: pa.DictionaryArray.from_arrays(pa.array(np.asarray(places).astype(np.int32)), pa.array(values))
        for name, (places, values) in words.items()
    }
    columns |= {
        name: pa.array(at).cast(FACTS.field(name).type) for name in FACTS.names if name.endswith("_at")
    }
    columns["event"] = identities(chance, rows)
    return pa.table([columns[f.name] if f.name in columns else absent(f, rows) for f in FACTS], schema=FACTS)


def identities(chance: np.random.Generator, rows: int) -> pa.Array:
    """As many ids of 32 hex characters."""
    text = pa.py_buffer(chance.bytes(16 * rows).hex().encode())
    offsets = pa.py_buffer((np.arange(rows + 1) * 32).astype(np.int32))
    return pa.Array.from_buffers(pa.string(), rows, [None, offsets, text])


def absent(field: pa.Field, rows: int) -> pa.Array:
    """A column that these events say nothing in."""
    if field.name in WORDS:
        return pa.DictionaryArray.from_arrays(pa.nulls(rows, pa.int32()), pa.array([], pa.string()))
    return pa.nulls(rows, field.type) if field.name in IDS else pa.repeat(pa.scalar(0, field.type), rows)


def compare(root: Path, rounds: int) -> list[Result]:
    """Each question to both, taking turns."""
    hand = duckdb.connect(config={"memory_limit": MEMORY, "threads": THREADS})
    hand.execute("SET TimeZone = 'UTC'")
    hand.execute("SET preserve_insertion_order = false")
    files = [str(root / path) for path in read_catalog(root).paths()]
    hand.from_parquet(files, hive_partitioning=False).create_view("facts")
    snapshot, results = market(), []
    with Lake(root, memory_limit=MEMORY, threads=THREADS) as lake:
        for case in CASES:
            results.append(compare_case(case, lake, hand, snapshot, rounds))
            print(line(results[-1]), flush=True)
    return results


def compare_case(case: Case, lake: Lake, hand: Any, snapshot: Snapshot, rounds: int) -> Result:
    """One question, in turns; both must say the same."""
    ways = DAYS_BY_HAND if "{day}" in case.sql else {"by hand": ""}
    ours: list[float] = []
    theirs: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds + 1):
        seconds, report = timed(lambda: lake.report(case.query, snapshot=snapshot))
        ours.append(seconds)
        for way, day in ways.items():
            sql = case.sql.replace("{day}", day)
            seconds, answer = timed(lambda sql=sql: hand.sql(sql).to_arrow_table())
            theirs[way].append(seconds)
            if turn == 0 and answer.cast(report.rows.schema).to_pylist() != report.rows.to_pylist():
                raise SystemExit(f"{case.name}: the answers differ")
    by_hand = {way: statistics.median(times[1:]) for way, times in theirs.items()}
    ratio = statistics.median(ours[1:]) / min(by_hand.values())
    return Result(case.name, report.rows.num_rows, statistics.median(ours[1:]), by_hand, ratio)


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """How long something took, and what it gave."""
    start = time.perf_counter()
    answer = action()
    return time.perf_counter() - start, answer


def line(result: Result) -> str:
    """A result as text."""
    hand = ", ".join(f"{way} {seconds:.3f} s" for way, seconds in result.by_hand_s.items())
    ours = f"{result.rows:7} rows  lake {result.lake_s:.3f} s"
    return f"  {result.name:42} {ours}; {hand}; ratio {result.ratio:.2f}"


class Outbox:
    """Batches in memory."""

    def __init__(self) -> None:
        self.waiting: dict[int, bytes] = {}

    def after(self, batch: int, limit: int) -> list[tuple[int, bytes]]:
        return [(number, self.waiting[number]) for number in sorted(self.waiting) if number > batch][:limit]

    def forget(self, batch: int) -> None:
        for number in [number for number in self.waiting if number <= batch]:
            del self.waiting[number]


def journaled(journal: Path, batches: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Touches in a journal, and what settlement would tell of each batch."""
    with StreamWriter(journal, "edge-0") as stream:
        for batch in range(1, batches + 1):
            at = int(time.time() * 1000)
            events = [touch(batch, n, at) for n in range(size)]
            for first in range(0, size, 500):
                stream.append([encode(event) for event in events[first : first + 500]])
            marks = array("I", (2 if n % 40 == 0 else n % 25 == 1 for n in range(size))).tobytes()
            records = Range(stream="edge-0", start=(batch - 1) * size, end=batch * size)
            told = BatchFacts(
                batch=batch, now=at, snapshot="", ranges=(records,), touches=(marks,), fates=FATES, facts=()
            )
            yield batch, encode_facts(told)


def touch(batch: int, number: int, at: int) -> Impression | Click:
    """One touch of many links, devices and countries."""
    kind = Click if number % 40 == 0 else Impression
    link = number % LINKS + 1
    return kind(
        id=event_id(at, (batch * BATCH_EVENTS + number).to_bytes(10)),
        occurred_at=at,
        received_at=at,
        advertiser=1,
        program=link % PROGRAMS + 1,
        publisher=link % PUBLISHERS + 1,
        link=link,
        device=("mobile", "desktop", "tablet")[number % 3],
        os="android",
        browser="chrome",
        country=("SE", "NO", "DK")[number % 3],
        sub=(f"campaign-{number % 200}",) if number % 2 else (),
    )


def ship_rate(folder: Path, batches: int) -> float:
    """Touches per second of one process, from the outbox and the journal to a durable file."""
    outbox = Outbox()
    outbox.waiting = dict(journaled(folder / "journal", batches, BATCH_EVENTS))
    with LakeWriter(folder / "lake") as lake, Shipper(lake, outbox, folder / "journal") as shipper:
        start, rows = time.perf_counter(), 0
        while shipped := shipper.ship(int(time.time() * 1000)):
            rows += shipped
        return rows / (time.perf_counter() - start)


def freshness(folder: Path, seconds: int) -> list[float]:
    """Seconds from a batch's entry into the outbox until a reader finds it, 10,000 touches a second."""
    outbox, stop, ages = Outbox(), threading.Event(), []
    told = dict(journaled(folder / "journal", seconds * 5, FRESH_BATCH_EVENTS))
    with LakeWriter(folder / "lake") as lake:
        arguments = (lake, outbox, folder / "journal", Pace())
        clock = {"stop": stop, "now": lambda: int(time.time() * 1000)}
        shipping = threading.Thread(target=run, args=arguments, kwargs=clock)
        shipping.start()
        entered: dict[int, float] = {}
        while told or entered:
            if told:
                batch = min(told)
                outbox.waiting[batch], entered[batch] = told.pop(batch), time.perf_counter()
            time.sleep(0.2 if told else 0.02)
            shipped = read_catalog(folder / "lake").shipped
            for batch in [batch for batch in entered if batch <= shipped]:
                ages.append(time.perf_counter() - entered.pop(batch))
        stop.set()
        shipping.join()
    return ages


def main() -> None:
    """Generates, compares, ships; prints and saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ship-events", type=int, default=1_000_000)
    parser.add_argument("--fresh-seconds", type=int, default=10)
    parser.add_argument("--dir", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = chosen.dir or Path(scratch) / "lake"
        seconds, _ = timed(lambda: generate(root, chosen.events))
        catalog = read_catalog(root)
        gib = sum(part.bytes for part in catalog.parts) / 2**30
        print(f"{catalog.rows:,} facts in {len(catalog.parts)} files, {gib:.2f} GiB, made in {seconds:.0f} s")
        results = compare(root, chosen.rounds)
        rate = ship_rate(Path(scratch) / "ship", chosen.ship_events // BATCH_EVENTS)
        ages = sorted(freshness(Path(scratch) / "fresh", chosen.fresh_seconds))
    worst = max(result.ratio for result in results)
    fresh = {"p50_s": statistics.median(ages), "max_s": ages[-1]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest ratio {worst:.2f} (wanted: at most {RATIO_WANTED}); peak memory {peak:.0f} MiB")
    print(f"shipping {rate:,.0f} touches/s (wanted: at least {TOUCHES_WANTED:,})")
    print(
        f"fresh after {fresh['p50_s']:.2f} s, at most {fresh['max_s']:.2f} s (wanted: under {FRESH_S_WANTED})"
    )
    if chosen.json:
        told = {
            "events": catalog.rows,
            "rounds": chosen.rounds,
            "reports": [asdict(result) for result in results],
            "largest_ratio": worst,
            "ship_touches_per_second": rate,
            "freshness": fresh,
            "peak_memory_mib": peak,
        }
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
