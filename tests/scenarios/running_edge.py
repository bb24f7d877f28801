"""A real edge in a folder of its own: real workers on a free port, a real journal, one small market."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import msgspec

from tests.waiting import answers, wait_for
from utfall.edge.config import VARIABLE, EdgeConfig, to_text
from utfall.events import AnyEvent, decode
from utfall.journal import StreamReader, streams
from utfall.terms import (
    Advertiser,
    ApiKey,
    Enrolment,
    Link,
    Market,
    Program,
    ProgramTerms,
    Publisher,
    Snapshot,
    Zone,
    load_snapshot,
    seal,
)
from utfall.workers.intake import SETTLEMENT

SHOP_KEY = "shop-key"
OTHER_SHOP_KEY = "other-shop-key"
PARTNER_KEY = "partner-key"
OLD_KEY = "old-key"
SECRET = "postback-secret"
"""Of the careful shop; the other has none."""
BROWSER = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


def digest(secret: str) -> str:
    return blake2b(secret.encode(), digest_size=32).hexdigest()


def small_market(*, consent_required: bool = True, extra_links: tuple[Link, ...] = ()) -> Market:
    terms = (ProgramTerms(version=1, effective_from=0, consent_required=consent_required),)
    return Market(
        zones=(Zone("UTC", (0,), (0,)),),
        advertisers=(
            Advertiser(id=1, name="Shop"),
            Advertiser(id=2, name="Careful shop", postback_digest=digest(SECRET), accepts_pixel=False),
        ),
        publishers=(Publisher(id=5, name="Blog"), Publisher(id=6, name="Forum")),
        programs=(
            Program(id=10, advertiser=1, name="Shop SE", currency="SEK", zone="UTC", versions=terms),
            Program(id=20, advertiser=2, name="Careful NO", currency="NOK", zone="UTC", versions=terms),
        ),
        enrolments=(Enrolment(program=10, publisher=5, starts_at=0),),
        links=(
            Link(
                id=100,
                key="abc",
                program=10,
                publisher=5,
                destination="https://shop.example/start?campaign=1#top",
                domains=("other.example", "fjäll.example"),
            ),
            Link(id=101, key="forum", program=10, publisher=6, destination="http://shop.example"),
            Link(
                id=102, key="ended", program=10, publisher=5, destination="https://shop.example/", ends_at=1
            ),
            Link(id=200, key="careful", program=20, publisher=5, destination="https://careful.example/"),
            *extra_links,
        ),
        keys=(
            ApiKey(digest=digest(SHOP_KEY), name="Shop", advertiser=1),
            ApiKey(digest=digest(OTHER_SHOP_KEY), name="Careful shop", advertiser=2),
            ApiKey(digest=digest(PARTNER_KEY), name="Blog", publisher=5),
            ApiKey(digest=digest(OLD_KEY), name="Shop, before", advertiser=1, expires_at=1),
        ),
    )


@dataclass
class Answer:
    """What the edge said."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @classmethod
    def of(cls, response: HTTPResponse) -> "Answer":
        headers = {name.lower(): value for name, value in response.getheaders()}
        return cls(response.status, headers, response.read(), response.headers.get_all("set-cookie") or [])


@dataclass
class Edge:
    """A running edge and the folder it writes to."""

    root: Path
    config: EdgeConfig
    process: "subprocess.Popen[bytes]"

    def get(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.config.port, timeout=20)
        sent = {"user-agent": BROWSER} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers={k: v for k, v in sent.items() if v})
            return Answer.of(connection.getresponse())
        finally:
            connection.close()

    def send(self, rows: object, *, key: str = SHOP_KEY) -> Answer:
        body = rows if isinstance(rows, bytes) else msgspec.json.encode(rows)
        return self.get("/v1/events", method="POST", body=body, authorization=f"Bearer {key}")

    def events(self) -> list[AnyEvent]:
        return events_in(self.config)

    def publish(self, market: Market) -> Snapshot:
        return publish(Path(self.config.snapshots_dir), market)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=30)


def events_in(config: EdgeConfig) -> list[AnyEvent]:
    """All events of all streams; a settler beside the edge keeps manifests, in a stream of its own."""
    root = Path(config.journal_dir)
    found: list[AnyEvent] = []
    for stream in set(streams(root)) - {SETTLEMENT}:
        with StreamReader(root, stream) as reader:
            position = 0
            while batches := reader.read(position, 100_000):
                found += [decode(bytes(raw)) for batch in batches for raw in batch.events()]
                position = batches[-1].end
    return found


def publish(folder: Path, market: Market) -> Snapshot:
    data = seal(market)
    snapshot = load_snapshot(data)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{snapshot.hash}.snapshot").write_bytes(data)
    building = folder / "CURRENT.building"
    building.write_text(snapshot.hash)
    building.replace(folder / "CURRENT")
    return snapshot


def config_in(root: Path, port: int, **changes: Any) -> EdgeConfig:
    plain: dict[str, Any] = {
        "journal_dir": str(root / "journal"),
        "snapshots_dir": str(root / "snapshots"),
        "keys_dir": str(root / "keys"),
        "vault_path": str(root / "vault.sqlite3"),
        "run_dir": str(root / "run"),
        "port": port,
        "snapshot_poll_ms": 50,
        "log_level": "warning",
    }
    return EdgeConfig(**(plain | changes))


def start(root: Path, config: EdgeConfig, *, ready: bool = True) -> Edge:
    """Starts an edge in a process group of its own and waits until it says what is expected."""
    process = subprocess.Popen(
        [sys.executable, "-m", "utfall.edge.server"],
        env={**os.environ, VARIABLE: to_text(config)},
        start_new_session=True,
    )
    edge = Edge(root, config, process)
    path = "readyz" if ready else "healthz"
    wait_for(lambda: answers(f"http://127.0.0.1:{config.port}/{path}"), process, pause_s=0.02)
    return edge


@contextmanager
def running(root: Path, port: int, *, market: Market | None = None, **changes: Any) -> Iterator[Edge]:
    """An edge that serves a market until the block ends."""
    config = config_in(root, port, **changes)
    publish(Path(config.snapshots_dir), market or small_market())
    edge = start(root, config)
    try:
        yield edge
    finally:
        if edge.process.poll() is None:
            edge.stop()
