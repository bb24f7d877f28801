"""Counts of one worker, and the sum over those that are alive."""

import os
from pathlib import Path

import msgspec

from utfall.edge.metrics import METRICS, PREFIX, CountsFile, Metrics

NOBODY = (1 << 22) - 1  # above the largest process id a machine with default limits gives out


def test_the_workers_that_live_are_added_up_and_the_dead_are_not(tmp_path: Path) -> None:
    mine, other = Metrics(tmp_path, "edge-0"), Metrics(tmp_path, "edge-1")
    mine.counts["events", "click"] += 2
    other.counts["events", "click"] += 3
    other.leave()
    dead = CountsFile(NOBODY, (("events", "click", 100),))
    (tmp_path / "edge-2.metrics").write_bytes(msgspec.json.encode(dead))
    (tmp_path / "edge-3.metrics").write_bytes(b"torn")
    text = mine.exposition().decode()
    assert f'{PREFIX}events_total{{kind="click"}} 5.0' in text
    assert f"{PREFIX}workers 2.0" in text


def test_a_worker_that_ends_takes_its_counts_with_it(tmp_path: Path) -> None:
    metrics = Metrics(tmp_path, "edge-0")
    metrics.leave()
    assert msgspec.json.decode((tmp_path / "edge-0.metrics").read_bytes())["pid"] == os.getpid()
    metrics.remove()
    assert list(tmp_path.iterdir()) == []


def test_every_metric_is_described_and_exposed(tmp_path: Path) -> None:
    text = Metrics(tmp_path, "edge-0").exposition().decode()
    for name, measure in METRICS.items():
        assert measure.help.endswith(".")
        assert f"# HELP {PREFIX}{name}" in text
