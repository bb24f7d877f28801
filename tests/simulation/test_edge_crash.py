"""The edge is killed under load, again and again: what it acknowledged is in the journal, every time."""

import os
import random
import signal
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.scenarios.running_edge import BROWSER, Edge, config_in, publish, small_market, start
from utfall.edge.config import EdgeConfig
from utfall.events import Click, Conversion, open_token
from utfall.journal import verify
from utfall.journal.keys import CLICK_KEYS, KeyRing

CRASHES = int(os.environ.get("CRASH_ROUNDS", "5"))
CALLERS = 8
SEED = 20_261_121


class Caller(threading.Thread):
    """Clicks and sends orders as fast as it is answered, and remembers every acknowledgement."""

    def __init__(self, config: EdgeConfig, name: str) -> None:
        super().__init__(name=name)
        self.tokens: list[str] = []
        self.orders: list[str] = []
        self.wrong: list[int] = []
        self._config = config

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._config.port, timeout=20)
        number = 0
        try:
            while True:
                self._click(connection)
                number += 1
                self._order(connection, f"{self.name}-{number}")
        except (OSError, HTTPException):
            pass  # the edge is gone, and with it whatever it had not acknowledged
        finally:
            connection.close()

    def _click(self, connection: HTTPConnection) -> None:
        connection.request("GET", "/c/abc?consent=1", headers={"user-agent": BROWSER})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 302:
            query = urlsplit(answer.getheader("location") or "").query
            self.tokens.append(parse_qs(query)["utfall"][0])
        else:
            self.wrong.append(answer.status)

    def _order(self, connection: HTTPConnection, order: str) -> None:
        path = f"/s2s/1?order={order}&amount=1&currency=SEK&customer={order}&consent=1"
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 202:
            self.orders.append(order)
        else:
            self.wrong.append(answer.status)


def kill_under_load(edge: Edge, crash: int, after_seconds: float) -> list[Caller]:
    callers = [Caller(edge.config, f"{crash}-{number}") for number in range(CALLERS)]
    for caller in callers:
        caller.start()
    time.sleep(after_seconds)
    os.killpg(edge.process.pid, signal.SIGKILL)
    edge.process.wait()
    for caller in callers:
        caller.join()
    return callers


def test_what_the_edge_acknowledged_survives_every_crash(tmp_path: Path, free_port: int) -> None:
    chance = random.Random(SEED)
    config = config_in(tmp_path, free_port)
    publish(Path(config.snapshots_dir), small_market())
    acknowledged: list[str] = []
    orders: set[str] = set()
    for crash in range(CRASHES):
        edge = start(tmp_path, config)
        callers = kill_under_load(edge, crash, chance.uniform(0.01, 0.4))
        acknowledged += [token for caller in callers for token in caller.tokens]
        orders |= {order for caller in callers for order in caller.orders}
        assert [status for caller in callers for status in caller.wrong] == []
    edge = start(tmp_path, config)
    assert edge.stop() == 0
    secrets = KeyRing.load(config.keys / CLICK_KEYS).secrets
    clicked = {open_token(secrets, token).click for token in acknowledged}
    assert len(clicked) == len(acknowledged) > 0
    events = edge.events()
    assert clicked <= {event.id for event in events if isinstance(event, Click)}
    assert orders <= {event.order for event in events if isinstance(event, Conversion)}
    assert len({event.id for event in events}) == len(events)
    assert [report.problem for report in verify(Path(config.journal_dir))] == [None]
