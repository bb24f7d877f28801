"""Group commit against the least that could be done: the same bytes, the same batches, a bare write and
fdatasync.

    python benchmarks/journal.py --rounds 5 --json var/bench/journal.json

Sixty-four coroutines append one event after another, each waiting until its own is durable. Variants take
turns within a round, so that a noisy neighbour meets all of them; what counts is the ratio of each round.
`nothing` commits to nowhere and shows what the machinery itself costs."""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from utfall.journal import GroupCommit, StreamWriter
from utfall.journal.group import Committer

EVENT_BYTES = 175
WARM_UP_SECONDS = 0.2


class Result(msgspec.Struct):
    """One variant in one round."""

    variant: str
    connections: int
    extra_sync_ms: float
    appends_per_second: float
    events_per_commit: float
    p50_ms: float
    p99_ms: float
    longest_ms: float
    cpu_us_per_event: float


class BareFile:
    """The control: one file that only grows, synced after every batch."""

    stream = "bare"

    def __init__(self, root: Path) -> None:
        self._descriptor = os.open(root / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append(self, events: Sequence[bytes], /) -> int:
        os.write(self._descriptor, b"".join(events))
        os.fdatasync(self._descriptor)
        return 0

    def close(self) -> None:
        os.close(self._descriptor)


class Nothing:
    """No disk at all."""

    stream = "nothing"

    def append(self, events: Sequence[bytes], /) -> int:
        return 0

    def close(self) -> None:
        return


class Counted:
    """Counts the commits of another."""

    def __init__(self, inner: Committer) -> None:
        self._inner = inner
        self.stream = inner.stream
        self.commits = 0

    def append(self, events: Sequence[bytes], /) -> int:
        self.commits += 1
        return self._inner.append(events)

    def close(self) -> None:
        self._inner.close()


VARIANTS: dict[str, Callable[[Path], Committer]] = {
    "journal": lambda root: StreamWriter(root, "edge-0"),
    "bare file": BareFile,
    "nothing": lambda root: Nothing(),
}


async def measured(
    variant: str, root: Path, connections: int, seconds: float, extra_sync_ms: float
) -> Result:
    committer = Counted(VARIANTS[variant](root))
    commits = GroupCommit(committer, extra_sync_delay_s=extra_sync_ms / 1000)
    event = msgspec.msgpack.encode(bytes(EVENT_BYTES - 2))
    await _append_for(commits, event, connections, WARM_UP_SECONDS)
    before, cpu, begun = committer.commits, time.process_time(), time.perf_counter()
    latencies = await _append_for(commits, event, connections, seconds)
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    count = len(latencies)
    result = Result(
        variant,
        connections,
        extra_sync_ms,
        appends_per_second=count / took,
        events_per_commit=count / (committer.commits - before),
        p50_ms=latencies[count // 2] * 1000,
        p99_ms=latencies[count * 99 // 100] * 1000,
        longest_ms=latencies[-1] * 1000,
        cpu_us_per_event=cpu / count * 1e6,
    )
    await commits.close()
    return result


async def _append_for(commits: GroupCommit, event: bytes, connections: int, seconds: float) -> list[float]:
    latencies: list[float] = []
    until = time.perf_counter() + seconds

    async def client() -> None:
        now = time.perf_counter()
        while now < until:
            asked = now
            await commits.append(event)
            now = time.perf_counter()
            latencies.append(now - asked)

    await asyncio.gather(*(client() for _ in range(connections)))
    return sorted(latencies)


def run(
    variant: str, connections: int, seconds: float, extra_sync_ms: float, directory: Path | None
) -> Result:
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        main = measured(variant, Path(folder), connections, seconds, extra_sync_ms)
        try:
            import uvloop
        except ImportError:
            return asyncio.run(main)
        return uvloop.run(main)


def summary(rounds: list[list[Result]]) -> dict[str, object]:
    """Medians of each variant, and of the round-by-round ratios to the bare file."""
    ratios: dict[str, list[float]] = {}
    for results in rounds:
        control = next(each for each in results if each.variant == "bare file")
        for each in results:
            ratios.setdefault(each.variant, []).append(each.appends_per_second / control.appends_per_second)
    return {
        variant: {
            "ratio_to_bare_file": statistics.median(found),
            "ratio_range": [min(found), max(found)],
            "appends_per_second": statistics.median(
                each.appends_per_second for results in rounds for each in results if each.variant == variant
            ),
        }
        for variant, found in ratios.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each variant in each round")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--extra-sync-ms", type=float, default=0.0, help="imitates a slower disk")
    parser.add_argument(
        "--directory", type=Path, help="where to write; the system's temporary one by default"
    )
    parser.add_argument("--json", type=Path, help="where to save every result")
    chosen = parser.parse_args()
    rounds = [
        [
            run(variant, chosen.connections, chosen.seconds, chosen.extra_sync_ms, chosen.directory)
            for variant in VARIANTS
        ]
        for _ in range(chosen.rounds)
    ]
    for results in rounds:
        for each in results:
            print(
                f"{each.variant:10} {each.appends_per_second:9,.0f}/s  {each.events_per_commit:5.1f} a commit"
                f"  p50 {each.p50_ms:6.2f}  p99 {each.p99_ms:6.2f}  longest {each.longest_ms:6.2f} ms"
                f"  {each.cpu_us_per_event:5.1f} µs cpu"
            )
    found = summary(rounds)
    print(msgspec.json.format(msgspec.json.encode(found)).decode())
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_bytes(
            msgspec.json.format(msgspec.json.encode({"summary": found, "rounds": rounds}))
        )


if __name__ == "__main__":
    main()
