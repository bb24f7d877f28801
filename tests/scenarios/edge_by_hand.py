"""The edge's own application in this process, asked by hand: who moves the clock moves the edge's too.

    with EdgeByHand(folder) as edge:
        answer = edge.ask("/c/abc?consent=granted")

It is the application that Granian runs, with its door, journal, keys and terms; only sockets are left out.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from tests.scenarios.running_edge import BROWSER, config_in
from utfall.edge.application import Application


@dataclass
class _Scope:
    method: str
    path: str
    query_string: str
    headers: dict[str, str]
    client: str


@dataclass
class Answered:
    """What the edge said."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def location(self) -> str:
        """Where a click leads to."""
        return self.headers["location"]

    @property
    def token(self) -> str:
        """The click's token, as the landing page reads it."""
        return parse_qs(urlsplit(self.location).query)["utfall"][0]


class _Proto:
    """The other half of a request: what is answered."""

    def __init__(self) -> None:
        self.answered = Answered()

    def response_empty(self, status: int, headers: Sequence[tuple[str, str]]) -> None:
        self.response_bytes(status, headers, b"")

    def response_str(self, status: int, headers: Sequence[tuple[str, str]], body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_bytes(self, status: int, headers: Sequence[tuple[str, str]], body: bytes) -> None:
        self.answered = Answered(status, {name.lower(): value for name, value in headers}, body)


class EdgeByHand:
    """One worker of the edge."""

    def __init__(self, folder: Path) -> None:
        # What follows files looks at them by itself only after an hour of real time: it is told to.
        self._application = Application(config_in(folder, 0, snapshot_poll_ms=3_600_000))
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        self._application.__rsgi_init__(self._loop)
        return self

    def __exit__(self, *_: object) -> None:
        self._application.__rsgi_del__(self._loop)
        self._loop.close()

    def refresh(self) -> None:
        """Take the terms that were sealed last."""
        door = self._application._door
        assert door is not None, "it is open"
        self._loop.run_until_complete(door.snapshots.refresh())

    def ask(self, address: str, client: str = "192.0.2.7:40000") -> Answered:
        """One request of a browser."""
        parts, half = urlsplit(address), _Proto()
        scope: Any = _Scope("GET", parts.path, parts.query, {"user-agent": BROWSER}, client)
        proto: Any = half
        self._loop.run_until_complete(self._application.__rsgi__(scope, proto))
        return half.answered

    def click(self, key: str, client: str, **asked: str) -> Answered:
        """Somebody at an address follows a link."""
        return self.ask(f"/c/{key}?{urlencode({'consent': 'granted', **asked})}", client)

    def order(self, advertiser: int, **told: str) -> Answered:
        """The shop's server tells of an order, or of what became of it."""
        return self.ask(f"/s2s/{advertiser}?{urlencode(told)}")
