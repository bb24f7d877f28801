"""The deliverer: what changed, from the feed to webhooks and postbacks, each receiver at its own pace.

    run_deliverer(first_retry, lanes, stop)    # until told to stop; the portal is set up already

One thread reads and writes the tables; the others only call. At most half of them call receivers that were
slow or failed last, so that those never keep the well ones waiting. What is under way is known to this
process alone: when it dies, what was not written down is sent again under the same id.
"""

import logging
import queue
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.db import close_old_connections, connection
from django.utils import timezone

from utfall.journal.durable import held
from utfall.portal.site import site
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.facade import Call, Outcome

logger = logging.getLogger(__name__)

REST_S: Final = 0.2
"""How often the feed and the clock are looked at when nothing happens."""


def run_deliverer(first_retry: timedelta, lanes: int, stop: threading.Event) -> None:
    """Deliver until told to stop; what is under way then is finished and written down first."""
    path = Path(site().database_path)
    with held(path.with_name(f".{path.name}.deliver")), _lanes(lanes) as pool:
        facade.begin()
        deliverer = Deliverer(first_retry, lanes, pool)
        while not stop.is_set():
            close_old_connections()
            try:
                deliverer.step(REST_S)
            except Exception:
                # The outermost loop: whatever failed is in the log, and the next round tries again.
                logger.exception("a round of deliveries failed")
                stop.wait(REST_S)
        deliverer.finish()
        connection.close()


class Deliverer:
    """Calls under way, and what comes of them."""

    def __init__(self, first_retry: timedelta, lanes: int, pool: ThreadPoolExecutor) -> None:
        self._first_retry = first_retry
        self._lanes = lanes
        self._pool = pool
        self._done: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._under_way: dict[int, Call] = {}

    def step(self, rest_s: float) -> None:
        """Follow the feed, send what is due, write down what came back; rest where there is nothing to do."""
        more = facade.follow()
        sent = self._send()
        self._write_down(0.0 if more or sent else rest_s)

    def finish(self) -> None:
        """Write down what is under way; nothing new is begun."""
        while self._under_way:
            self._write_down(REST_S)

    def _write_down(self, wait_s: float) -> None:
        outcomes = self._collect(wait_s)
        if outcomes:
            facade.write_down(outcomes, self._first_retry)
        for outcome in outcomes:
            del self._under_way[outcome.call.delivery]

    def _send(self) -> int:
        busy = Counter(call.endpoint for call in self._under_way.values())
        slow = sum(call.is_slow for call in self._under_way.values())
        sent = 0
        for call in facade.due(busy, frozenset(self._under_way), self._lanes):
            if len(self._under_way) >= self._lanes:
                break
            if call.is_slow and slow >= max(self._lanes // 2, 1):
                continue
            slow += call.is_slow
            self._under_way[call.delivery] = call
            self._pool.submit(self._make, call)
            sent += 1
        return sent

    def _make(self, call: Call) -> None:
        """In a thread: the call, and nothing else. Whatever happens, there is an outcome."""
        begun = timezone.now()
        try:
            outcome = facade.make(call)
        except Exception:
            logger.exception("the call of delivery %s failed on our side", call.delivery)
            outcome = Outcome(call=call, at=begun, duration_ms=0, error="broken")
        self._done.put(outcome)

    def _collect(self, wait_s: float) -> list[Outcome]:
        """What came back, waiting so long for the first."""
        found: list[Outcome] = []
        try:
            found.append(self._done.get(timeout=wait_s))
            while True:
                found.append(self._done.get_nowait())
        except queue.Empty:
            return found


@contextmanager
def _lanes(number: int) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=number, thread_name_prefix="deliver") as pool:
        yield pool
