"""A writer is killed at random moments, over and over on one journal: nothing acknowledged is ever lost.

`CRASH_ROUNDS` says how many times, `CRASH_SEED` where chance begins; the seed is printed with a failure.
"""

import os
import random
import select
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from utfall.journal import StreamReader, StreamWriter, verify

CRASHES = int(os.environ.get("CRASH_ROUNDS", "10"))
SEED = int(os.environ.get("CRASH_SEED", "20261121"))
LONGEST_LIFE_S = 0.25

WRITER = """
import asyncio, itertools, msgspec, os, pathlib, sys
from utfall.journal import GroupCommit, StreamWriter

async def main(root, life):
    commits = GroupCommit(StreamWriter(root, "edge-0", segment_bytes=300_000))
    numbers = itertools.count()
    async def client():
        while True:
            number = next(numbers)
            await commits.append(msgspec.msgpack.encode([life, number, "x" * 200]))
            os.write(1, b"%d\\n" % number)
    os.write(1, b"begun\\n")
    await asyncio.gather(*(client() for _ in range(16)))

asyncio.run(main(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""


def lived(root: Path, life: int, seconds: float) -> list[int]:
    """Lets a writer work for some time, kills it, and returns what it had acknowledged by then."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), str(life)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        reading = process.stdout.fileno()
        until, said = time.monotonic() + seconds, b""
        os.set_blocking(reading, False)
        while time.monotonic() < until:
            said += os.read(reading, 1 << 16) if _readable(reading) else b""
        process.kill()
        os.set_blocking(reading, True)
        while more := os.read(reading, 1 << 16):
            said += more
    whole = said[: said.rfind(b"\n") + 1]
    return [int(line) for line in whole.split()]


def _readable(descriptor: int) -> bool:
    return bool(select.select([descriptor], [], [], 0.005)[0])


def stored(root: Path, cursor: int = 0) -> list[tuple[int, int]]:
    """Life and number of every event from a cursor on."""
    found: list[tuple[int, int]] = []
    with StreamReader(root, "edge-0") as reader:
        while batches := reader.read(cursor + len(found), 10_000):
            found += [tuple(msgspec.msgpack.decode(each)[:2]) for batch in batches for each in batch.events()]
    return found


def test_a_writer_killed_at_random_moments_loses_nothing_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    found: list[tuple[int, int]] = []
    acknowledged = 0
    for life in range(CRASHES):
        where = f"seed {SEED}, life {life}"
        said = lived(tmp_path, life, chance.uniform(0, LONGEST_LIFE_S))
        added = stored(tmp_path, len(found))
        assert {each for each, _ in added} <= {life}, where
        numbers = [number for _, number in added]
        assert numbers == sorted(set(numbers)), where
        assert set(said) <= set(numbers), where
        acknowledged += len(said)
        found += added
    assert acknowledged
    assert stored(tmp_path) == found, "what one life wrote, later lives left as it was"
    assert verify(tmp_path)[0].problem is None
    with StreamWriter(tmp_path, "edge-0") as writer:
        assert writer.end == len(found)


def test_a_log_cut_anywhere_leaves_whole_commits_from_the_beginning(tmp_path: Path) -> None:
    """What a power failure makes of the log: some of its end is missing, or is not what was written."""
    chance = random.Random(SEED)
    sizes = [chance.randrange(1, 30) for _ in range(12)]
    with StreamWriter(tmp_path, "edge-0") as writer:
        for life, size in enumerate(sizes):
            writer.append([msgspec.msgpack.encode([life, number, "x" * 200]) for number in range(size)])
        (segment,) = (tmp_path / "edge-0").glob("*.segment")
        content, log = segment.read_bytes(), segment.with_name(segment.name + "-wal").read_bytes()
    ends = {sum(sizes[:commits]) for commits in range(len(sizes) + 1)}
    for turn in range(CRASHES * 4):
        cut = chance.randrange(len(log))
        torn = log[:cut] + (chance.randbytes(len(log) - cut) if turn % 2 else b"")
        crashed = tmp_path / f"crash-{turn}" / "edge-0"
        crashed.mkdir(parents=True)
        (crashed / segment.name).write_bytes(content)
        (crashed / f"{segment.name}-wal").write_bytes(torn)
        found = stored(crashed.parent)
        assert len(found) in ends, f"seed {SEED}, turn {turn}, cut at {cut}"
        assert found == sorted(found)
        with StreamWriter(crashed.parent, "edge-0") as writer:
            assert writer.end == len(found)
