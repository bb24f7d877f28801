"""Group commit on a real loop, a real thread and a real disk."""

import asyncio
import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from utfall.journal import (
    AppendTooLarge,
    GroupCommit,
    JournalClosed,
    JournalFull,
    JournalUnavailable,
    StreamReader,
    StreamWriter,
    verify,
)
from utfall.journal.chain import EVENT_BYTES_MAX
from utfall.journal.segment import segment_name


def event(number: int) -> bytes:
    return msgspec.msgpack.encode(["event", number])


def stored(root: Path) -> list[int]:
    with StreamReader(root, "edge-0") as reader:
        return [
            msgspec.msgpack.decode(each)[1] for batch in reader.read(0, 1_000_000) for each in batch.events()
        ]


def running(
    root: Path,
    scenario: Callable[[GroupCommit], Awaitable[None]],
    *,
    limit_events: int = 1000,
    slow_s: float = 0.0,
) -> None:
    async def main() -> None:
        writer = StreamWriter(root, "edge-0")
        commits = GroupCommit(
            writer, limit_events=limit_events, limit_bytes=100_000, extra_sync_delay_s=slow_s
        )
        try:
            await scenario(commits)
        finally:
            await commits.close()

    asyncio.run(main())


def test_an_event_is_stored_when_its_append_returns(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        for number in range(5):
            await commits.append(event(number))
            assert stored(tmp_path) == list(range(number + 1))

    running(tmp_path, scenario)


def test_what_arrives_during_a_commit_is_the_next_commit(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        waiting = [commits.append(event(0))]
        while not stored(tmp_path):  # the slow disk is now busy with the first
            await asyncio.sleep(0)
        waiting += [commits.append(event(number)) for number in range(1, 50)]
        await asyncio.gather(*waiting)

    running(tmp_path, scenario, slow_s=0.2)
    (report,) = verify(tmp_path)
    assert (report.commits, report.events, report.problem) == (2, 50, None)
    assert stored(tmp_path) == list(range(50))


def test_many_clients_get_their_events_stored_once(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        async def client(number: int) -> None:
            for each in range(20):
                await commits.append(event(number * 20 + each))

        await asyncio.gather(*(client(number) for number in range(32)))

    running(tmp_path, scenario)
    assert sorted(stored(tmp_path)) == list(range(640))


def test_a_request_that_gives_up_disturbs_no_other(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        async def client(number: int) -> int:
            await commits.append(event(number))
            return number

        tasks = [asyncio.create_task(client(number)) for number in range(10)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert results[1::2] == [1, 3, 5, 7, 9]
        assert all(isinstance(each, asyncio.CancelledError) for each in results[::2])
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(commits.append(event(10)), timeout=0.001)
        await commits.append(event(11))

    running(tmp_path, scenario, slow_s=0.05)
    assert stored(tmp_path) == list(range(12)), "given up is not undone"


def test_a_full_queue_is_refused_at_once_and_empties(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        waiting = [commits.append(event(number)) for number in range(10)]
        with pytest.raises(JournalFull) as refusal:
            waiting += [commits.append(event(number)) for number in range(10, 40)]
        assert refusal.value.retry
        assert refusal.value.waiting_events == 10
        await asyncio.gather(*waiting)
        await commits.append(event(1000))
        large = msgspec.msgpack.encode(bytes(60_000))
        with pytest.raises(JournalFull):
            waiting = [commits.append(large) for _ in range(4)]

    running(tmp_path, scenario, limit_events=10, slow_s=0.2)
    assert verify(tmp_path)[0].problem is None


def test_an_event_over_the_limit_is_refused(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        with pytest.raises(AppendTooLarge):
            commits.append(bytes(EVENT_BYTES_MAX + 1))

    running(tmp_path, scenario)


def test_drain_waits_for_all_that_is_queued(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        waiting = [commits.append(event(number)) for number in range(30)]
        await commits.drain()
        assert all(future.done() for future in waiting)
        await commits.drain()

    running(tmp_path, scenario, slow_s=0.02)


def test_close_commits_what_waits_and_refuses_what_comes(tmp_path: Path) -> None:
    async def scenario(commits: GroupCommit) -> None:
        waiting = [commits.append(event(number)) for number in range(30)]
        closing = asyncio.create_task(commits.close())
        await asyncio.sleep(0)
        with pytest.raises(JournalClosed):
            commits.append(event(30))
        await closing
        await asyncio.gather(*waiting)
        await commits.drain()

    running(tmp_path, scenario, slow_s=0.02)
    assert stored(tmp_path) == list(range(30))
    StreamWriter(tmp_path, "edge-0").close()


def test_a_refusing_disk_is_told_to_all_who_wait_and_forgotten_when_it_is_back(tmp_path: Path) -> None:
    """Another connection holds SQLite's write lock, so every commit fails until it lets go."""

    async def scenario(commits: GroupCommit) -> None:
        await commits.append(event(0))
        intruder = sqlite3.connect(tmp_path / "edge-0" / segment_name(0), isolation_level=None)
        intruder.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(*(commits.append(event(1)) for _ in range(5)), return_exceptions=True)
        assert all(isinstance(each, JournalUnavailable) and each.retry for each in results)
        await commits.drain()
        intruder.execute("ROLLBACK")
        intruder.close()
        await commits.append(event(2))

    running(tmp_path, scenario)
    assert stored(tmp_path) == [0, 2]


FULL_DISK = """
import asyncio, msgspec, pathlib, resource, sys
from utfall.journal import GroupCommit, JournalUnavailable, StreamWriter

async def main(root, segment_bytes):
    commits = GroupCommit(StreamWriter(root, "edge-0", segment_bytes=segment_bytes))
    acknowledged, number, refused = [], 0, 0
    async def append(number):
        await commits.append(msgspec.msgpack.encode(["event", number, "x" * 500]))
        acknowledged.append(number)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    for allowed in (90_000, 200_000, 60_000, hard):
        resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, hard))
        for _ in range(40):
            results = await asyncio.gather(
                *(append(number + each) for each in range(20)), return_exceptions=True
            )
            assert all(each is None or isinstance(each, JournalUnavailable) for each in results), results
            refused += sum(each is not None for each in results)
            number += 20
    assert results == [None] * 20, results
    await commits.close()
    print(msgspec.json.encode([acknowledged, refused]).decode())

asyncio.run(main(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
"""


@pytest.mark.parametrize("segment_bytes", [1 << 30, 30_000])
def test_a_full_disk_loses_nothing_acknowledged_and_is_survived(tmp_path: Path, segment_bytes: int) -> None:
    """The kernel refuses writes beyond a file size, as it does on a disk that is full."""
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(segment_bytes)],
        capture_output=True,
        text=True,
        check=True,
    )
    acknowledged, refused = msgspec.json.decode(ran.stdout, type=tuple[list[int], int])
    found = stored(tmp_path)
    assert found == sorted(set(found))
    assert set(acknowledged) <= set(found)
    assert acknowledged == sorted(acknowledged)
    if segment_bytes == 1 << 30:
        assert refused > 0
    assert verify(tmp_path)[0].problem is None


def test_the_lock_of_a_stream_is_a_lock_of_the_kernel(tmp_path: Path) -> None:
    """It cannot outlive its process, whatever the file beside it says."""
    with StreamWriter(tmp_path, "edge-0"):
        pass
    (tmp_path / "edge-0" / "LOCK").write_text("process 1")
    descriptor = os.open(tmp_path / "edge-0" / "LOCK", os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)
    StreamWriter(tmp_path, "edge-0").close()
