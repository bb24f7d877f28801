"""Loading files of events: read a batch of rows, make events of them, append them durably, say so row by row.

    with Loader(config, snapshot) as loader:
        tally = loader.load(row_file(path), verdicts, on_batch=print)

It promises: rows pass the same door as a call of the API; a row without an id gets one made of its content
and its number, so that a file that is loaded twice counts once; an interrupted load goes on where it stopped,
and a batch that had reached the journal by then is not appended again. Memory is bounded by the batch.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from utfall.edge.agents import classify
from utfall.edge.chance import TokenPress
from utfall.edge.config import SALTS, VISITOR_SECRET, EdgeConfig
from utfall.edge.intake import KINDS, read_rows
from utfall.edge.reading import Means
from utfall.edge.rows import Refused, Row, Unreadable
from utfall.edge.sender import Sender
from utfall.edge.visit import VisitorDigests
from utfall.events import AnyEvent, Refusal, Source, decode, encode, event_id
from utfall.events.limits import ORDER_CHARS
from utfall.journal import StreamReader, StreamWriter
from utfall.journal.durable import make_directory, write_file
from utfall.journal.keys import CLICK_KEYS, KeyRing, load_or_create_pepper, load_or_create_secret
from utfall.journal.salts import AddressSalts, address_digest
from utfall.journal.vault import Vault
from utfall.terms import Snapshot
from utfall.workers.rowfiles import Numbered, RowFile, Values
from utfall.workers.verdicts import Verdict, Verdicts

STREAM: Final = "load"
BATCH_ROWS: Final = 2_000
BATCH_BYTES: Final = 16 << 20
_ID_CHANCE_BYTES: Final = 10


class Tally(Struct, frozen=True, kw_only=True):
    """How far a load has come, and what was said of its rows."""

    rows: int = 0
    accepted: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    last_row: int = 0
    verdict_bytes: int = 0
    stream_end: int = 0
    finished: bool = False


class Loader:
    """Everything a load needs: the terms, the secrets, and the one writer of the stream `load`."""

    def __init__(
        self,
        config: EdgeConfig,
        snapshot: Snapshot,
        *,
        sender: Sender | None = None,
        history: bool = False,
    ) -> None:
        """`history`: rows tell of the past and count as received then, not now (`as_it_was`)."""
        self._snapshot = snapshot
        self._history = history
        self._sender = sender or Sender(Source.LOAD)
        self._journal_dir = Path(config.journal_dir)
        self._writer = StreamWriter(self._journal_dir, STREAM, segment_bytes=config.journal_segment_bytes)
        self._vault = Vault(Path(config.vault_path), load_or_create_pepper(config.keys))
        self._means = _means(config, self._vault)

    def load(
        self,
        file: RowFile,
        verdicts_path: Path,
        progress_path: Path,
        on_batch: Callable[[Tally, int], None],
    ) -> Tally:
        """Load a file, or what is left of it; `on_batch` hears the tally and the position in the file."""
        tally = read_progress(progress_path)
        verdicts = Verdicts(verdicts_path, tally.verdict_bytes)
        make_directory(progress_path.parent)
        try:
            for batch in _batches(file.rows(), tally.last_row):
                tally = self._take(batch, tally, verdicts)
                write_file(progress_path, msgspec.json.encode(tally))
                on_batch(tally, batch[-1].position)
        finally:
            verdicts.close()
        tally = replace(tally, finished=True)
        write_file(progress_path, msgspec.json.encode(tally))
        return tally

    def close(self) -> None:
        """Gives the stream free."""
        self._writer.close()
        self._vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, batch: Sequence[Numbered], tally: Tally, verdicts: Verdicts) -> Tally:
        now = time.time_ns() // 1_000_000
        named = [(each, identified(each)) for each in batch]
        read = iter(self._read([row for _, row in named if not isinstance(row, Refused)], now))
        said = [(each, row if isinstance(row, Refused) else next(read)) for each, row in named]
        events = [
            _refusal(each, verdict, now) if isinstance(verdict, Refused) else verdict.event
            for each, verdict in said
        ]
        self._append(events, tally)
        size = verdicts.write((each.number, verdict) for each, verdict in said)
        return _added(tally, said, size, self._writer.end)

    def _read(self, rows: Sequence[Values], now: int) -> Sequence[Verdict]:
        if not self._history:
            return read_rows(rows, self._sender, now, self._snapshot, self._means)
        past = [as_it_was(row) for row in rows]
        said = read_rows([row for row, _ in past], self._sender, now, self._snapshot, self._means)
        return [_received(verdict, at, now) for verdict, (_, at) in zip(said, past, strict=True)]

    def _append(self, events: Sequence[AnyEvent], tally: Tally) -> None:
        """Append a batch, unless it is what an interrupted load had appended last."""
        if tally.last_row and self._writer.end > tally.stream_end:
            with StreamReader(self._journal_dir, STREAM) as reader:
                batches = reader.read(tally.stream_end, 1)
            if batches and decode(bytes(batches[0].events()[0])).id == events[0].id:
                return
        self._writer.append([encode(event) for event in events])


def progress_path(folder: Path, file: RowFile) -> Path:
    """Where the progress of a file is kept: by its content, whatever its name."""
    with file.path.open("rb") as content:
        digest = file_digest(content, lambda: blake2b(digest_size=16)).hexdigest()
    return folder / f"{digest}.json"


def read_progress(path: Path) -> Tally:
    """The tally of an earlier load of the same file; an empty one where there was none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Tally)
    except FileNotFoundError:
        return Tally()


def identified(numbered: Numbered) -> Values | Refused:
    """A row with an id: its own, or one made of its time, its content and its number.

    >>> identified(Numbered(1, {"kind": "click", "time": 1}, 0))["id"][:13]
    '0000000000017'
    """
    row = numbered.row
    if isinstance(row, Refused) or row.get("id"):
        return row
    return {**row, "id": _made_id(numbered.number, row)}


def as_it_was(row: Values) -> tuple[Values, int | None]:
    """A row without `received_at`, and what that says; a time that cannot be read stays, and is refused.

    >>> as_it_was({"kind": "click", "received_at": 1_700_000_000_000})
    ({'kind': 'click'}, 1700000000000)
    """
    try:
        at = Row(row).time("received_at")
    except Unreadable:
        return row, None
    return {name: value for name, value in row.items() if name != "received_at"}, at


def _received(verdict: Verdict, at: int | None, now: int) -> Verdict:
    """What was accepted, as received then: when the row says, else when it happened; never in the future."""
    if isinstance(verdict, Refused):
        return verdict
    event = verdict.event
    then = min(event.occurred_at if at is None else at, now)
    return verdict._replace(event=replace(event, received_at=then))


def _made_id(number: int, row: Values) -> str:
    content = msgspec.json.encode((number, row), enc_hook=str, order="deterministic")
    chance = blake2b(content, digest_size=_ID_CHANCE_BYTES, person=b"utfall.row").digest()
    at = _time(row)
    minted = event_id(at or 0, chance)
    # Version 7 says when it happened. A row without a time has a version that says nothing (RFC 9562: 8).
    return minted if at else f"{minted[:12]}8{minted[13:]}"


def _time(row: Values) -> int | None:
    try:
        return Row(row).time("occurred_at", "time")
    except Unreadable:
        return None


def _batches(rows: Iterator[Numbered], last_row: int) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    size_bytes = 0
    for each in rows:
        if each.number <= last_row:
            continue
        batch.append(each)
        size_bytes += each.size_bytes
        if len(batch) >= BATCH_ROWS or size_bytes >= BATCH_BYTES:
            yield batch
            batch, size_bytes = [], 0
    if batch:
        yield batch


def _refusal(numbered: Numbered, refused: Refused, now: int) -> Refusal:
    """A refused row as the journal keeps it: what it was about, and nothing personal."""
    row = {} if isinstance(numbered.row, Refused) else numbered.row
    kind, order = row.get("kind"), row.get("order")
    return Refusal(
        id=_made_id(numbered.number, row),
        occurred_at=now,
        received_at=now,
        source=Source.LOAD,
        reason=refused.reason.value,
        about=kind if isinstance(kind, str) and kind in KINDS else "row",
        reference=order
        if isinstance(order, str) and len(order) <= ORDER_CHARS and order.isprintable()
        else None,
        detail=refused.field,
    )


def _added(tally: Tally, said: Sequence[tuple[Numbered, Verdict]], size: int, end: int) -> Tally:
    refused = Counter(verdict.reason.value for _, verdict in said if isinstance(verdict, Refused))
    return replace(
        tally,
        rows=tally.rows + len(said),
        accepted=tally.accepted + len(said) - refused.total(),
        refused=tally.refused + refused.total(),
        reasons=dict(sorted((Counter(tally.reasons) + refused).items())),
        last_row=said[-1][0].number,
        verdict_bytes=size,
        stream_end=end,
    )


def _means(config: EdgeConfig, vault: Vault) -> Means:
    ring = KeyRing.load_or_create(config.keys / CLICK_KEYS, time.time_ns() // 1_000_000)
    press = TokenPress(ring.newest.id, ring.newest.secret)
    salts = AddressSalts(config.keys / SALTS)

    def mint(click: str, link: int, program: int, publisher: int) -> str:
        ids = link.to_bytes(5) + program.to_bytes(4) + publisher.to_bytes(4)
        return press.mint(bytes.fromhex(click), ids)

    def nothing_left(_: int) -> str:
        raise AssertionError("a loaded row has an id before it is read")

    return Means(
        secrets=ring.secrets,
        mint_token=mint,
        event_id=nothing_left,
        visitor_digest=VisitorDigests(load_or_create_secret(config.keys / VISITOR_SECRET)).digest,
        address_digest=lambda address, day: address_digest(address, salts.salt_for(day)),
        classify=lru_cache(maxsize=20_000)(classify),
        subjects=vault,
        consent_default=config.consent_default,
    )
