"""The RSGI application: one door per worker, and the list of what can be asked of it."""

import asyncio
import gc
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, NamedTuple

from utfall.edge import batches, browser_orders, clicks, media, orders, tag, views
from utfall.edge.answers import answer, answer_refusal
from utfall.edge.config import EdgeConfig, from_environment
from utfall.edge.door import STREAMS_MAX, Door
from utfall.edge.rows import Refused
from utfall.edge.rsgi import HTTPProtocol, Request, Scope
from utfall.events import Reason
from utfall.journal import StreamBusy, StreamWriter

_COLLECT_EVERY: Final = 50_000
_TURN_S: Final = 0.0005
_log: Final = logging.getLogger("utfall.edge")
Endpoint = Callable[[Door, Request], Awaitable[None]]


async def tell_health(door: Door, request: Request) -> None:
    """The process answers."""
    answer(request.proto, 200, {"status": "ok", "stream": door.stream})


async def tell_readiness(door: Door, request: Request) -> None:
    """The terms are loaded and the journal takes events."""
    snapshot = door.snapshots.current
    ready = snapshot is not None and not door.journal_fails
    content = {
        "ready": ready,
        "journal": not door.journal_fails,
        "snapshot": snapshot.hash if snapshot else None,
    }
    answer(request.proto, 200 if ready else 503, content)


async def tell_metrics(door: Door, request: Request) -> None:
    """The counts of all workers, for Prometheus, where the request comes from a network in `metrics_from`."""
    if not _may_watch(door, request):
        return _nothing_here(door, request.proto, None)
    headers = [("content-type", "text/plain; version=0.0.4; charset=utf-8"), ("cache-control", "no-store")]
    return request.proto.response_bytes(200, headers, door.metrics.exposition())


def _may_watch(door: Door, request: Request) -> bool:
    """Whether the counts are theirs to see: how much is sold here is no visitor's business.

    Behind a proxy of this machine that nobody named as trusted, every visitor has an address of this machine.
    """
    if "x-forwarded-for" in request.headers and not door.proxies.trusts(request.peer):
        return False
    return door.proxies.client(request.peer, request.headers).address in door.watchers


class Route(NamedTuple):
    """What answers under a path (or a path's beginning, where it ends in a slash), and by which methods."""

    path: str
    methods: tuple[str, ...]
    endpoint: Endpoint
    suffix: str = ""


ROUTES: Final = (
    Route(clicks.PATH, ("GET", "HEAD"), clicks.follow_link),
    Route(views.PATH, ("GET", "HEAD"), views.show_pixel, views.SUFFIX),
    Route(orders.POSTBACK_PATH, ("GET", "POST"), orders.take_postback),
    Route(browser_orders.PATH, ("GET",), browser_orders.take_pixel, views.SUFFIX),
    Route(browser_orders.PATH, ("POST", "OPTIONS"), browser_orders.take_tag),
    Route(batches.PATH, ("POST",), batches.take_batch),
    Route(tag.PATH, ("GET", "HEAD"), tag.serve_tag),
    Route(media.PATH, ("GET", "HEAD"), media.show_creative),
    Route("/healthz", ("GET", "HEAD"), tell_health),
    Route("/readyz", ("GET", "HEAD"), tell_readiness),
    Route("/metrics", ("GET",), tell_metrics),
)
_SHORT: Final = {route.path: route for route in ROUTES if len(route.path) == 3}
_FOLDERS: Final = {route.path: route for route in ROUTES if route.path.endswith("/")}
_EXACT: Final = {route.path: route for route in ROUTES if not route.path.endswith("/")}


def route_of(path: str) -> Route | None:
    """The route of a path."""
    return _FOLDERS.get(path[: path.find("/", 1) + 1]) or _EXACT.get(path)


class Application:
    """What Granian calls: to begin, for each request, and to end."""

    def __init__(self, config: EdgeConfig) -> None:
        self._config = config
        self._max_url_bytes = config.max_url_bytes
        self._door: Door | None = None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Takes a stream and opens the door."""
        self._door = Door(self._config, claim_stream(self._config), loop)
        loop.run_until_complete(self._door.open())

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Closes the door; everything received is durable then."""
        if self._door is not None:
            loop.run_until_complete(self._door.close())

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answers one request."""
        door = self._door
        assert door is not None, "Granian opens the door before the first request"
        try:
            request = Request(scope, proto)
            path = request.path
            if len(path) + len(request.query) > self._max_url_bytes:
                return _too_long(door, proto)
            route = _SHORT.get(path[:3]) or route_of(path)
            if route is None or request.method not in route.methods or not path.endswith(route.suffix):
                other = _other_route(route, request) if route else None
                if other is None:
                    return _nothing_here(door, proto, route)
                route = other
            return await route.endpoint(door, request)
        except Exception:  # the outermost loop: one request that fails must not take others with it
            _log.exception("a request met a fault of ours")
            door.counts["failures", ""] += 1
            answer(proto, 500, {"verdict": "refused", "sentence": "A fault of ours; it is logged."})


def _other_route(route: Route, request: Request) -> Route | None:
    """The route of the same folder that takes this request, where the folder has more than one."""
    for other in ROUTES:
        if (
            other.path == route.path
            and request.method in other.methods
            and request.path.endswith(other.suffix)
        ):
            return other
    return None


def _too_long(door: Door, proto: HTTPProtocol) -> None:
    door.counts["refusals", Reason.TOO_LARGE.value] += 1
    answer_refusal(proto, Refused(Reason.TOO_LARGE, "url"), 414)


def _nothing_here(door: Door, proto: HTTPProtocol, route: Route | None) -> None:
    door.counts["refusals", Reason.MALFORMED.value] += 1
    field, status = ("path", 404) if route is None else ("method", 405)
    answer_refusal(proto, Refused(Reason.MALFORMED, field), status)


def claim_stream(config: EdgeConfig) -> StreamWriter:
    """The first stream that no other worker writes: `edge-0`, `edge-1`, …"""
    for number in range(STREAMS_MAX - 1):
        try:
            return _writer(config, number)
        except StreamBusy:
            continue
    return _writer(config, STREAMS_MAX - 1)


def _writer(config: EdgeConfig, number: int) -> StreamWriter:
    return StreamWriter(
        Path(config.journal_dir), f"edge-{number}", segment_bytes=config.journal_segment_bytes
    )


def application() -> Application:
    """The application of a worker, from the configuration its server was started with."""
    # Requests leave no cycles behind; looking for some every 700 objects costs them a few per cent.
    gc.set_threshold(_COLLECT_EVERY)
    # While a batch is read in its thread, a click waits at most this long for its turn.
    sys.setswitchinterval(_TURN_S)
    return Application(from_environment())
