"""Group commit: many requests, one fsync. What arrives while the disk is busy is the next commit; nobody
lingers."""

import asyncio
import threading
import time
from collections.abc import Sequence
from typing import Final, Protocol

from utfall.journal.chain import EVENT_BYTES_MAX
from utfall.journal.errors import (
    AppendTooLarge,
    JournalClosed,
    JournalError,
    JournalFull,
    JournalUnavailable,
)

LIMIT_EVENTS: Final = 65_536
LIMIT_BYTES: Final = 32 << 20


class Committer(Protocol):
    """What a group commit writes to: a StreamWriter, or what a benchmark compares it with."""

    @property
    def stream(self) -> str: ...

    def append(self, events: Sequence[bytes], /) -> int: ...

    def close(self) -> None: ...


class _Waiting:
    """What waits for the next commit. One future each: who gives up waiting disturbs nobody else."""

    __slots__ = ("events", "futures", "size_bytes")

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.futures: list[asyncio.Future[None]] = []
        self.size_bytes = 0


class GroupCommit:
    """Appends from one event loop, commits in one thread.

    `extra_sync_delay_s` sleeps after every commit. It exists for benchmarks that imitate a slow disk.
    """

    def __init__(
        self,
        writer: Committer,
        *,
        loop: asyncio.AbstractEventLoop | None = None,
        limit_events: int = LIMIT_EVENTS,
        limit_bytes: int = LIMIT_BYTES,
        extra_sync_delay_s: float = 0.0,
    ) -> None:
        self._writer = writer
        self._loop = loop or asyncio.get_running_loop()
        self._limit_events = limit_events
        self._limit_bytes = limit_bytes
        self._extra_sync_delay_s = extra_sync_delay_s
        self._waiting = _Waiting()
        # The mutex guards `_waiting`, `_busy`, `_closed` and `_ended`; `_wake` is held unless there is
        # something to commit.
        self._mutex = threading.Lock()
        self._wake = threading.Lock()
        self._wake.acquire()
        self._busy = False
        self._closed = False
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=f"journal-{writer.stream}", daemon=True)
        self._thread.start()

    def append(self, event: bytes) -> asyncio.Future[None]:
        """Queues one event; the future is done when the event is durable, or says why it is not."""
        assert event, "an event is one msgpack value, and none of those is empty"
        future: asyncio.Future[None] = self._loop.create_future()
        size_bytes = len(event)
        with self._mutex:
            waiting = self._waiting
            waiting_bytes = waiting.size_bytes + size_bytes
            if (
                self._closed
                or waiting_bytes > self._limit_bytes
                or size_bytes > EVENT_BYTES_MAX
                or len(waiting.events) >= self._limit_events
            ):
                raise self._refusal(size_bytes)
            waiting.size_bytes = waiting_bytes
            waiting.events.append(event)
            waiting.futures.append(future)
            if not self._busy:
                self._busy = True
                self._wake.release()
        return future

    async def drain(self) -> None:
        """Waits until everything queued so far is durable or refused."""
        future: asyncio.Future[None] = self._loop.create_future()
        with self._mutex:
            if self._ended:
                return
            self._waiting.futures.append(future)
            self._rouse()
        # A failed commit is news for those who wait for its events, not for who waits for quiet.
        await asyncio.wait([future])
        future.exception()

    async def close(self) -> None:
        """Refuses new events, commits those that wait, ends the thread and closes the writer."""
        with self._mutex:
            self._closed = True
            self._rouse()
        await asyncio.to_thread(self._thread.join)
        self._writer.close()

    def _refusal(self, size_bytes: int) -> JournalError:
        if self._closed:
            return JournalClosed(self._writer.stream)
        if size_bytes > EVENT_BYTES_MAX:
            return AppendTooLarge("an event", size_bytes, EVENT_BYTES_MAX)
        return JournalFull(self._writer.stream, len(self._waiting.events), self._waiting.size_bytes)

    def _rouse(self) -> None:
        if not self._busy:
            self._busy = True
            self._wake.release()

    def _run(self) -> None:
        while waiting := self._next():
            failure = self._commit(waiting.events)
            try:
                self._loop.call_soon_threadsafe(_resolve, waiting.futures, failure)
            except RuntimeError:
                return  # the loop is closed: nobody is left to tell

    def _next(self) -> _Waiting | None:
        """What waits, at once or when something does; None when the journal is closed and all is
        committed."""
        while True:
            with self._mutex:
                if self._waiting.futures:
                    waiting, self._waiting = self._waiting, _Waiting()
                    return waiting
                if self._closed:
                    self._ended = True
                    return None
                self._busy = False
            self._wake.acquire()

    def _commit(self, events: list[bytes]) -> JournalError | None:
        try:
            self._writer.append(events)
        except JournalError as error:
            return error
        except Exception as error:  # the outermost loop of this thread: a bug must not leave requests waiting
            return JournalUnavailable(self._writer.stream, repr(error))
        if self._extra_sync_delay_s:
            time.sleep(self._extra_sync_delay_s)
        return None


def _resolve(futures: list[asyncio.Future[None]], failure: JournalError | None) -> None:
    for future in futures:
        if future.done():
            continue  # given up by who waited
        if failure is None:
            future.set_result(None)
        else:
            future.set_exception(failure)
