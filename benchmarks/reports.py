"""Dashboard and report pages over lakes of three sizes, asked by two people at once.

    python benchmarks/reports.py --events 100000 1000000 10000000 --json var/bench/reports.json

A page is what it asks of the lake, in one call, as `reports.facade.ask_many` does: a dashboard asks nine
questions, a report two. Every page is of other days than all before it, so that no answer is one that was
kept; what a page takes that was asked before is told apart, and so is the first page of a process, which
reads rollups into memory. Pages of HTML around the answers are in benchmarks/overview.py.
`--dir` keeps the generated lakes for the next run; `--plain` leaves the rollups out, for comparison.
"""

import argparse
import json
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from lake import generate, market, timed

from utfall.lake import HeldLake, LakeWriter, Policy, Query, compact, read_catalog
from utfall.lake.rolling import due_for_rollup

SIZES = (100_000, 1_000_000, 10_000_000)
USERS, WANTED_MS = 2, 300
COUNTS = ("impressions", "clicks", "conversions")
AMOUNTS = ("revenue", "cost", "commission_pending", "commission_approved")
KPIS = (*COUNTS, *AMOUNTS, "ctr", "cvr", "cpa", "roas", "aov", "epc", "approval_rate")
LAST = date(2026, 10, 31)


@dataclass
class Measured:
    """A kind of page over a lake of one size."""

    page: str
    events: int
    first_ms: float
    p50_ms: float
    p95_ms: float
    processor_ms: float
    """Processor time of a page, of all threads: what is left when the machine is busy with other things."""
    again_ms: float
    """Processor time of a page whose facts are those of when it was asked before."""


def days_of(number: int) -> tuple[date, int]:
    """The last day and the length of the spans that no other of 48 pages is of."""
    return LAST - timedelta(days=1 + number % 8), 30 - number // 8 % 6


def dashboard(end: date, days: int) -> list[Query]:
    """What a dashboard of some days asks."""
    start, before = end - timedelta(days=days), end - timedelta(days=2 * days)
    span = {"start": start, "end": end}
    largest = {"order": ("-cost",), "limit": 10, **span}
    return [
        Query(KPIS, **span),
        Query(KPIS, start=before, end=start),
        Query(("clicks", "conversions", "revenue", "cost"), by=("day",), **span),
        Query(("clicks", "conversions", "cost", "cvr"), by=("publisher",), **largest),
        Query(("clicks", "conversions", "cost", "roas"), by=("program",), **largest),
        Query(("gross_impressions", "impressions", "gross_clicks", "clicks", "conversions"), **span),
        Query(("clicks", "conversions", "cvr"), by=("device",), **span),
        Query(("gross_clicks", "clicks"), by=("reason",), **span),
        Query(("clicks", "conversions"), by=("hour",), start=end - timedelta(days=1), end=end),
    ]


def report(end: date, days: int) -> list[Query]:
    """What a report by publisher and its comparison ask."""
    start, before = end - timedelta(days=days), end - timedelta(days=2 * days)
    asked = {"by": ("publisher",), "order": ("-clicks",)}
    metrics = ("clicks", "conversions", "cost", "cvr")
    return [
        Query(metrics, start=start, end=end, limit=100, **asked),
        Query(metrics, start=before, end=start, limit=2_000, **asked),
    ]


PAGES = {"dashboard": dashboard, "report": report}


def prepare(root: Path, events: int, *, rolled: bool) -> float:
    """A lake of some size; how long its rollups took."""
    generate(root, events)
    start, policy = time.perf_counter(), Policy()
    with LakeWriter(root) as writer:
        while rolled and due_for_rollup(writer.catalog, policy.roll_rows) is not None:
            compact(writer, policy, 0)
    return time.perf_counter() - start


def measure(root: Path, name: str, rounds: int) -> Measured:
    """One kind of page, asked by two people at once."""
    lake, terms, seconds = HeldLake(root), market(), []
    first, _answers = timed(lambda: lake.reports(PAGES[name](LAST, 30), snapshot=terms))

    def ask(person: int) -> None:
        for turn in range(rounds):
            asked = PAGES[name](*days_of(turn * USERS + person))
            spent, _told = timed(lambda asked=asked: lake.reports(asked, snapshot=terms))
            seconds.append(spent)

    processor = _at_once(ask) / (rounds * USERS)
    ranked = sorted(seconds)
    again = _at_once(ask) / (rounds * USERS)
    lake.close()
    p95 = ranked[min(len(ranked) - 1, len(ranked) * 95 // 100)]
    told = (first, statistics.median(ranked), p95, processor, again)
    return Measured(name, read_catalog(root).rows, *(one * 1000 for one in told))


def _at_once(ask: Callable[[int], None]) -> float:
    """Two people ask; the processor time that it took."""
    people = [threading.Thread(target=ask, args=(person,)) for person in range(USERS)]
    started = time.process_time()
    for one in people:
        one.start()
    for one in people:
        one.join()
    return time.process_time() - started


def growth(found: list[Measured]) -> None:
    """How the time of each page grows from the fewest events to the most."""
    for name in PAGES:
        of = [one for one in found if one.page == name]
        few, many = of[0], of[-1]
        print(
            f"{name}: from {few.events:,} to {many.events:,} events p95 grows"
            f" {many.p95_ms / few.p95_ms:.2f} ×, processor time {many.processor_ms / few.processor_ms:.2f} ×"
        )


def main() -> None:
    """Generates, asks, prints and saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=SIZES, help="events of each lake")
    parser.add_argument("--rounds", type=int, default=12, help="pages of each person, at most 24")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--dir", type=Path)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as scratch:
        for events in sorted(chosen.events):
            root = (chosen.dir or Path(scratch)) / f"lake-{events}"
            rolling = prepare(root, events, rolled=not chosen.plain)
            print(f"{events:,} events, rollups in {rolling:.0f} s", flush=True)
            for name in PAGES:
                found.append(measure(root, name, chosen.rounds))
                one = found[-1]
                told = f"first {one.first_ms:.0f} ms, then p50 {one.p50_ms:.0f} ms, p95 {one.p95_ms:.0f} ms"
                told += f" (wanted: under {WANTED_MS}), processor {one.processor_ms:.0f} ms"
                print(f"  {name:10} {told}, asked again {one.again_ms:.1f} ms", flush=True)
    if len(chosen.events) > 1:
        growth(found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")
    if chosen.json:
        told_all = {"pages": [asdict(one) for one in found], "users": USERS, "peak_memory_mib": peak}
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps(told_all, indent=2) + "\n")


if __name__ == "__main__":
    main()
