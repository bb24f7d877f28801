"""What one worker counted, and the sum over all workers that are alive.

Counters are plain integers. Each worker leaves them in a file about once a second; whoever is asked for
`/metrics` adds the others' files to its own numbers.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple, get_args

import msgspec
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from utfall.events import REASONS
from utfall.events.codec import KINDS
from utfall.events.money import MoneyEvent

PREFIX: Final = "utfall_edge_"


class Measure(NamedTuple):
    """One metric: its kind for Prometheus, its words, and the label that splits it."""

    kind: str
    help: str
    label: str | None = None


METRICS: Final[dict[str, Measure]] = {
    "events": Measure("counter", "Events that are durable in the journal, by kind.", "kind"),
    "refusals": Measure("counter", "Requests and rows refused, by reason.", "reason"),
    "refusals_not_kept": Measure(
        "counter", "Refusals that were counted here but not written to the journal, because too many came."
    ),
    "uncounted": Measure(
        "counter",
        "Looks at links and pixels that are no clicks or views: HEAD, and prefetches, which are turned away.",
        "why",
    ),
    "agents_unclassified": Measure(
        "counter", "Clicks and views that passed without classes because too many new user agents came."
    ),
    "snapshots_swapped": Measure("counter", "Snapshots of the terms that were taken into use."),
    "snapshots_unreadable": Measure(
        "counter", "Times the named snapshot could not be read; the one before stayed in force."
    ),
    "failures": Measure("counter", "Requests that met a fault of ours and were answered 500."),
    "batches_waiting": Measure("gauge", "Batches that wait to be read."),
    "orders_waiting": Measure("gauge", "Orders of postbacks and pixels that wait to be read."),
    "workers": Measure("gauge", "Workers that are alive."),
    "snapshot_ready": Measure("gauge", "Workers that hold a snapshot of the terms."),
}
Counts = dict[tuple[str, str], int]
LABELS: Final[dict[str, tuple[str, ...]]] = {
    # Money is told by the portal, and comes through no door.
    "kind": tuple(name for name, kind in KINDS.items() if kind not in get_args(MoneyEvent)),
    "reason": tuple(REASONS),
    "why": ("head", "prefetch"),
}


def no_counts() -> Counts:
    """Every metric at zero under every value of its label: a plain dictionary, since clicks count in it."""
    return {
        (name, value): 0
        for name, measure in METRICS.items()
        for value in (LABELS[measure.label] if measure.label else ("",))
    }


class CountsFile(msgspec.Struct, frozen=True):
    """What a worker leaves for the others."""

    pid: int
    counts: tuple[tuple[str, str, int], ...]


class Metrics:
    """The counts of this worker by (metric, label value); the label is empty where the metric has none."""

    def __init__(self, run_dir: Path, stream: str) -> None:
        self.counts = no_counts()
        self._folder = run_dir
        self._path = run_dir / f"{stream}.metrics"
        self.counts["workers", ""] = 1

    def leave(self) -> None:
        """Writes the counts for the other workers to read."""
        counts = tuple((name, label, count) for (name, label), count in self.counts.items())
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        building = self._path.with_suffix(".building")
        building.write_bytes(msgspec.json.encode(CountsFile(os.getpid(), counts)))
        building.replace(self._path)

    def remove(self) -> None:
        """Takes the file away when the worker ends."""
        self._path.unlink(missing_ok=True)

    def exposition(self) -> bytes:
        """All workers' counts in the text format of Prometheus."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Rendered(self._sum()))
        return generate_latest(registry)

    def _sum(self) -> Counts:
        total = dict(self.counts)
        for path in self._folder.glob("*.metrics"):
            if path != self._path:
                for key, count in _left_by_the_living(path).items():
                    total[key] = total.get(key, 0) + count
        return total


def _left_by_the_living(path: Path) -> Counts:
    try:
        left = msgspec.json.decode(path.read_bytes(), type=CountsFile)
        os.kill(left.pid, 0)
    except (OSError, msgspec.MsgspecError):  # gone meanwhile, or left by a worker that was killed
        return {}
    return {(name, label): count for name, label, count in left.counts}


class _Rendered(Collector):
    def __init__(self, counts: Mapping[tuple[str, str], int]) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        for name, measure in METRICS.items():
            family = CounterMetricFamily if measure.kind == "counter" else GaugeMetricFamily
            metric = family(PREFIX + name, measure.help, labels=[measure.label] if measure.label else None)
            for (counted, label), count in sorted(self._counts.items()):
                if counted == name:
                    metric.add_metric([label] if measure.label else [], count)
            yield metric
