"""Shipping and merging are killed at random moments, over and over on one lake: its totals are always exact.

`CRASH_ROUNDS` says how many times, `CRASH_SEED` where chance begins; the seed is printed with a failure.
"""

import os
import random
import subprocess
import sys
import time
from array import array
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.lake.worlds import CPC, NOON, ROBOT, fact, touch
from utfall.engine.facts import NO_FATE, BatchFacts, Range, encode_facts
from utfall.events import encode
from utfall.journal import StreamWriter
from utfall.lake import Lake, Query, read_catalog

CRASHES = int(os.environ.get("CRASH_ROUNDS", "5"))
SEED = int(os.environ.get("CRASH_SEED", "20261121"))
BATCHES_PER_LIFE = 5
DAY_MS = 86_400_000
SUMS = ("clicks", "gross_clicks", "sales", "cost", "commission_approved")


@dataclass(frozen=True)
class Told:
    """What one batch adds to the lake."""

    clicks: int = 0
    gross_clicks: int = 0
    sales: int = 0
    cost: int = 0
    commission_approved: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(*(getattr(self, name) + getattr(other, name) for name in SUMS))


def settled(root: Path, chance: random.Random, batches: int) -> list[Told]:
    """Leaves batches of touches and facts in a journal and an outbox; what the lake must hold after each."""
    (root / "outbox").mkdir()
    sums, position = [Told()], 0
    with StreamWriter(root / "journal", "edge-0") as stream:
        for batch in range(1, batches + 1):
            events = [
                touch("click", batch * 100 + n, at=NOON + chance.randrange(5) * DAY_MS)
                for n in range(chance.randrange(1, 9))
            ]
            stream.append([encode(event) for event in events])
            marks = [chance.choice([0, 0, 1, NO_FATE]) for _ in events]
            orders = [
                fact(batch * 100 + n, at=NOON - chance.randrange(3) * DAY_MS, sales=1, cost_micros=batch)
                for n in range(chance.randrange(3))
            ]
            told = BatchFacts(
                batch=batch,
                now=NOON,
                snapshot="",
                ranges=(Range(stream="edge-0", start=position, end=position + len(events)),),
                touches=(array("I", marks).tobytes(),),
                fates=(CPC, ROBOT),
                facts=tuple(orders),
            )
            (root / "outbox" / f"{batch}").write_bytes(encode_facts(told))
            position += len(events)
            paid = marks.count(0)
            sums.append(
                sums[-1]
                + Told(
                    clicks=paid,
                    gross_clicks=paid + marks.count(1),
                    sales=len(orders),
                    cost=paid * CPC.cost_micros + len(orders) * batch,
                    commission_approved=paid * CPC.commission_micros,
                )
            )
    return sums


def in_the_lake(lake: Lake) -> tuple[int, Told]:
    """The last batch that the lake says it has, and its totals."""
    report = lake.report(Query(SUMS))
    rows = [Told(*(row[name] for name in SUMS)) for row in report.totals.to_pylist()]
    return report.shipped, sum(rows, Told())


def lived(root: Path, *, deadly: int, seconds: float, sums: list[Told]) -> int:
    """Lets the shipping process live until it ends or is killed; meanwhile reads the lake."""
    command = [sys.executable, "-m", "tests.scenarios.lake_shipping", str(root), str(deadly)]
    with subprocess.Popen(command) as process, Lake(root / "lake") as lake:
        until = time.monotonic() + seconds
        while process.poll() is None:
            shipped, told = in_the_lake(lake)
            assert told == sums[max(shipped, 0)], f"while it lived, after batch {shipped}"
            if seconds and time.monotonic() > until:
                process.kill()
            time.sleep(0.1)
        return process.wait()


@pytest.mark.slow
def test_totals_are_exact_whenever_shipping_and_merging_are_killed(tmp_path: Path) -> None:
    print(f"CRASH_SEED={SEED} CRASH_ROUNDS={CRASHES}")
    chance = random.Random(SEED)
    sums = settled(tmp_path, chance, batches=CRASHES * BATCHES_PER_LIFE)
    crashes = 0
    while crashes < CRASHES:
        by_time = crashes % 4 == 3
        lived(
            tmp_path,
            deadly=0 if by_time else chance.randrange(1, 150),
            seconds=chance.uniform(0.8, 1.5) if by_time else 0,
            sums=sums,
        )
        crashes += 1
        with Lake(tmp_path / "lake") as lake:
            shipped, told = in_the_lake(lake)
        assert told == sums[max(shipped, 0)], f"crash {crashes}, after batch {shipped}"
    assert lived(tmp_path, deadly=0, seconds=0, sums=sums) == 0
    with Lake(tmp_path / "lake") as lake:
        assert in_the_lake(lake) == (len(sums) - 1, sums[-1])
    assert list((tmp_path / "outbox").iterdir()) == []
    catalog = read_catalog(tmp_path / "lake")
    kept = {part.path for part in catalog.parts} | {each.path for each in catalog.retired}
    found = (tmp_path / "lake").rglob("*.parquet")
    assert {path.relative_to(tmp_path / "lake").as_posix() for path in found} == kept
