"""One worker's open door: the snapshot, the journal, the keys and the counts that every endpoint shares."""

import asyncio
import logging
import os
import re
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from utfall.edge.agents import Agents, AgentsInRows
from utfall.edge.chance import Ids, TokenPress
from utfall.edge.config import SALTS, VISITOR_SECRET, EdgeConfig
from utfall.edge.intake import Received, read_rows
from utfall.edge.lanes import Lane
from utfall.edge.metrics import Metrics
from utfall.edge.reading import DAY_MS, Means
from utfall.edge.rows import Refused
from utfall.edge.sender import Sender
from utfall.edge.snapshots import Snapshots, SnapshotUnreadable
from utfall.edge.visit import Networks, Proxies, VisitorCookie, VisitorDigests
from utfall.events import AnyEvent, Reason, Refusal, Source, encode
from utfall.journal import GroupCommit, JournalError, StreamWriter
from utfall.journal.keys import CLICK_KEYS, KeyRing, load_or_create_pepper, load_or_create_secret
from utfall.journal.salts import AddressSalts, address_digest
from utfall.journal.vault import Vault

STREAMS_MAX: Final = 64
_FIELD: Final = re.compile(
    r"(?:(?:lines|changes)\[[0-9]{1,3}\]\.|sub\.|impression\.)?(?:[A-Za-z][A-Za-z_-]{0,30}[0-9]{0,2}|[0-9]{1,2})"
)
"""A field's name as it may be written down: a sender can put an address or a number in its place."""


_log: Final = logging.getLogger("utfall.edge")


def now_ms() -> int:
    """The time, in UTC milliseconds."""
    return time.time_ns() // 1_000_000


class Door:
    """Everything a request may use. Opened in the worker's event loop, closed when the worker ends."""

    def __init__(self, config: EdgeConfig, writer: StreamWriter, loop: asyncio.AbstractEventLoop) -> None:
        self.config = config
        self.stream = writer.stream
        self.metrics = Metrics(Path(config.run_dir), writer.stream)
        self.counts = self.metrics.counts
        self.media_dir = Path(config.media_dir) if config.media_dir else None
        self.snapshots = Snapshots(Path(config.snapshots_dir))
        self.agents = Agents(overflowed=self._agent_unclassified)
        self.proxies = Proxies(config.trusted_proxies, config.country_header)
        self.watchers = Networks(config.metrics_from)
        self.cookie = VisitorCookie(config.cookie_name, days=config.cookie_days, secure=config.is_secure)
        self.visitors = VisitorDigests(load_or_create_secret(config.keys / VISITOR_SECRET))
        self.ids = Ids()
        self._salts = AddressSalts(config.keys / SALTS)
        self._salts_forgotten_on = 0
        self._vault = Vault(Path(config.vault_path), load_or_create_pepper(config.keys))
        most = config.max_batches_waiting
        self._batches = Lane("batches", self.counts, places=most, places_each=max(1, most // 4))
        self._orders = Lane("orders", self.counts, places=most, places_each=most)
        self._kept_in_second = (0, 0)
        self._parent = os.getppid()
        self._following: asyncio.Task[None] | None = None
        self.journal_fails = False
        self._keys_changed_at = 0
        self.load_keys()
        self.journal = GroupCommit(
            writer,
            loop=loop,
            limit_events=config.journal_queue_limit,
            extra_sync_delay_s=config.added_sync_delay_ms / 1000,
        )

    def load_keys(self) -> None:
        """Takes the ring of click keys into use when it is another on the disk; rotation needs no restart.

        A ring that is gone stays in use: a new one would make every token that is under way worthless.
        """
        path = self.config.keys / CLICK_KEYS
        changed_at = path.stat().st_mtime_ns if path.exists() else 0
        if self._keys_changed_at and changed_at in (0, self._keys_changed_at):
            return
        self._keys_changed_at = changed_at or 1  # made just now: looked at once more at the next turn
        self.ring = KeyRing.load_or_create(path, now_ms())
        self.press = TokenPress(self.ring.newest.id, self.ring.newest.secret)

    def address(self, address: str, day: int) -> str | None:
        """The digest of an address under the salt of a day."""
        return address_digest(address, self._salts.salt_for(day))

    def _token(self, click: str, link: int, program: int, publisher: int) -> str:
        ids = link.to_bytes(5) + program.to_bytes(4) + publisher.to_bytes(4)
        return self.press.mint(bytes.fromhex(click), ids)

    def _agent_unclassified(self) -> None:
        self.counts["agents_unclassified", ""] += 1

    async def keep(self, event: AnyEvent) -> bool:
        """Makes one event durable; False when the journal cannot."""
        return (await self.keep_all([event]))[0]

    async def keep_all(self, events: Sequence[AnyEvent]) -> list[bool]:
        """Makes events durable in few commits, and says which of them are."""
        waiting = [self._append(event) for event in events]
        durable = [future is not None and await self._settled(future) for future in waiting]
        for event, kept in zip(events, durable, strict=True):
            if kept:
                self.counts["events", str(event.__struct_config__.tag)] += 1
        return durable

    def _append(self, event: AnyEvent) -> asyncio.Future[None] | None:
        try:
            return self.journal.append(encode(event))
        except JournalError:
            self.journal_fails = True
            return None

    async def _settled(self, future: asyncio.Future[None]) -> bool:
        try:
            await future
        except JournalError:
            self.journal_fails = True
            return False
        return True

    def refusal(self, refused: Refused, sender: Sender, about: str, **known: Any) -> Refusal | None:
        """Counts a refusal and returns the event to keep of it; none when strangers send too many."""
        self.counts["refusals", refused.reason.value] += 1
        if not self._may_keep(trusted=sender.source is Source.API):
            self.counts["refusals_not_kept", ""] += 1
            return None
        now = now_ms()
        return Refusal(
            id=self.ids.text(now),
            occurred_at=now,
            received_at=now,
            source=sender.source,
            reason=refused.reason.value,
            about=about,
            detail=refused.field if refused.field and _FIELD.fullmatch(refused.field) else None,
            **known,
        )

    async def refuse(self, refused: Refused, sender: Sender, about: str, **known: Any) -> None:
        """Counts a refusal and keeps it."""
        refusal = self.refusal(refused, sender, about, **known)
        if refusal is not None:
            await self.keep(refusal)

    def _may_keep(self, *, trusted: bool) -> bool:
        second = now_ms() // 1000
        kept = self._kept_in_second[1] if self._kept_in_second[0] == second else 0
        self._kept_in_second = (second, kept + (not trusted))
        return trusted or kept < self.config.refusals_kept_per_second

    async def read(
        self, rows: Sequence[dict[str, object]], sender: Sender
    ) -> list[Received | Refused] | None:
        """Reads rows in a thread that may wait for the vault; None when too many wait already."""
        snapshot = self.snapshots.current
        lane = self._batches if sender.source is Source.API else self._orders
        if snapshot is None or not lane.has_place(sender):
            return None
        agents = self.agents.in_rows()
        means = self._means(lane, agents)
        try:
            return await lane.run(sender, partial(read_rows, rows, sender, now_ms(), snapshot, means))
        except JournalError:  # the vault's disk refused; nothing was accepted
            return [Refused(Reason.UNAVAILABLE) for _ in rows]
        finally:
            self.counts["agents_unclassified", ""] += agents.unclassified

    def _means(self, lane: Lane, agents: AgentsInRows) -> Means:
        return Means(
            secrets=self.ring.secrets,
            mint_token=self._token,
            event_id=lane.ids.text,
            visitor_digest=self.visitors.digest,
            address_digest=self.address,
            classify=agents.of,
            subjects=self._vault,
            consent_default=self.config.consent_default,
        )

    async def open(self) -> None:
        """Loads the terms and the tables, and begins to follow what changes."""
        await self.agents.warm_up()
        await self._follow_once()
        self._following = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Makes everything durable that was received, and gives the stream free."""
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        for lane in (self._orders, self._batches):
            await asyncio.to_thread(lane.close)
        await self.journal.close()
        self.agents.close()
        self._vault.close()
        self.metrics.remove()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self.config.snapshot_poll_ms / 1000)
            if os.getppid() != self._parent:
                # Whoever supervised this worker is gone; nobody would stop or restart it any more.
                os.kill(os.getpid(), signal.SIGTERM)
            try:
                await self._follow_once()
            except (OSError, JournalError):
                _log.exception("the door could not follow its files")

    async def _follow_once(self) -> None:
        try:
            swapped = await self.snapshots.refresh()
        except SnapshotUnreadable as error:
            _log.error("%s; the snapshot before stays in force", error)
            self.counts["snapshots_unreadable", ""] += 1
        else:
            self.counts["snapshots_swapped", ""] += swapped
        self.counts["snapshot_ready", ""] = int(self.snapshots.current is not None)
        if self.journal_fails:
            await self._probe()
        self.metrics.leave()
        self._forget_salts(now_ms() // DAY_MS)
        self.load_keys()

    def _forget_salts(self, day: int) -> None:
        """Keeps the promise of two days also where no visitor comes to ask for a new salt."""
        if day != self._salts_forgotten_on:
            self._salts.destroy_expired(day)
            self._salts_forgotten_on = day

    async def _probe(self) -> None:
        """Tries the journal again after a failure, with the very record that it failed.

        Until that is durable the door is not ready: whoever asks meanwhile must not be told otherwise.
        """
        refusal = self.refusal(Refused(Reason.UNAVAILABLE), Sender(Source.EDGE), "journal")
        self.journal_fails = refusal is not None and not await self.keep(refusal)
