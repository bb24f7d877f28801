"""A decided batch becomes part of the book: in one transaction, with the cursor, under the fence."""

from collections.abc import Iterable, Iterator
from operator import attrgetter, itemgetter
from typing import Any, Final

from msgspec.structs import astuple

from utfall.engine import (
    Accrual,
    Counters,
    Decisions,
    OrderState,
    OrderStatus,
    Transaction,
    earned,
)
from utfall.engine.traffic import MEMORY_MS
from utfall.portal.book.accounts import MONEY_KINDS
from utfall.portal.book.connection import Connection, insert, raw, writing
from utfall.portal.book.contracts import Book, Fenced, Place, Progress, Settled
from utfall.portal.book.money_writing import LINED, write_lines, write_money, write_released
from utfall.portal.book.stored import encode, encode_touch, key_of
from utfall.portal.book.tier_writing import write_tiers

_TRANSACTION: Final = """
    book_transaction (id, kind, currency, occurred_at, program, publisher, event, conversion_id, rule,
        corrects_id, batch)
"""
_told_of: Final = attrgetter(
    "id", "kind", "currency", "occurred_at", "program", "publisher", "event", "order", "rule", "corrects"
)

_ASKED: Final = 500
"""Keys to a question."""

_KEY: Final = itemgetter(0)
NO_TRAFFIC: Final = encode(({}, {}))
AccountKey = tuple[str, int, str, str]


def acquire(book: Book, holder: str) -> int:
    """Become the one settler of this book: a new epoch, under which nobody before may commit."""
    with writing(book) as connection:
        connection.execute("UPDATE book_fence SET epoch = epoch + 1, holder = ? WHERE id = 1", (holder,))
        (epoch,) = connection.execute("SELECT epoch FROM book_fence").fetchone()
    return int(epoch)


def progress(book: Book) -> Progress:
    """Where settlement stands."""
    connection = raw(book)
    row = connection.execute(
        "SELECT seq, now, last_order, last_transaction, last_receipt, receipt_hash FROM book_cursor"
    ).fetchone()
    places = connection.execute("SELECT stream, position, checksum FROM book_position ORDER BY stream")
    return Progress(
        seq=row[0],
        now=row[1],
        counters=Counters(*row[2:]),
        places={stream: Place(position, checksum) for stream, position, checksum in places},
    )


class Committer:
    """Writes settled batches. Remembers the numbers of accounts, which never change and only it gives out."""

    def __init__(self, book: Book, epoch: int) -> None:
        self._book = book
        self._epoch = epoch
        self._accounts: dict[AccountKey, int] = {
            (owner, owner_id, bucket, currency): number
            for number, owner, owner_id, bucket, currency in raw(book).execute(
                "SELECT id, owner, owner_id, bucket, currency FROM book_account ORDER BY id"
            )
        }
        self._lined = {number for key, number in self._accounts.items() if key[2] in LINED}

    def commit(self, settled: Settled) -> None:
        """Make one batch part of the book, whole or not at all; Fenced when another settler took over."""
        known = len(self._accounts)
        try:
            with writing(self._book) as connection:
                self._check_epoch(connection)
                self._write(connection, settled)
        except BaseException:
            for key in list(self._accounts)[known:]:
                self._lined.discard(self._accounts.pop(key))
            raise

    def _check_epoch(self, connection: Connection) -> None:
        epoch, holder = connection.execute("SELECT epoch, holder FROM book_fence").fetchone()
        if epoch != self._epoch:
            raise Fenced(self._epoch, epoch, holder)

    def _write(self, connection: Connection, settled: Settled) -> None:
        decisions = settled.decisions
        self._write_transactions(connection, decisions.transactions, decisions.manifest.seq)
        _write_conversions(connection, decisions.orders)
        _write_accruals(connection, decisions)
        write_released(connection, decisions.payable)
        write_money(connection, decisions.money)
        write_tiers(connection, decisions.pools)
        _write_limits(connection, decisions)
        _write_memory(connection, settled)
        _write_receipts(connection, decisions)
        _write_batch(connection, settled)

    def _write_transactions(
        self, connection: Connection, transactions: list[Transaction], batch: int
    ) -> None:
        first = len(self._accounts) + 1
        entries = list(self._entries(transactions))
        new = list(self._accounts.items())[first - 1 :]
        connection.executemany(
            "INSERT INTO book_account (id, owner, owner_id, bucket, currency) VALUES (?, ?, ?, ?, ?)",
            ((number, *key) for key, number in new),
        )
        lined = self._lined
        lined.update(number for key, number in new if key[2] in LINED)
        insert(connection, "book_entry", entries)
        write_lines(connection, [(one[1], one[0], one[2]) for one in entries if one[1] in lined])
        _move(connection, "balance_micros", _sums(entries))
        if moved := {one.id for one in transactions if one.kind in MONEY_KINDS}:
            _move(connection, "outside_micros", _sums(one for one in entries if one[0] in moved))
        insert(connection, _TRANSACTION, [(*_told_of(one), batch) for one in transactions])

    def _entries(self, transactions: Iterable[Transaction]) -> Iterator[tuple[int, int, int]]:
        """Entries with the numbers of their accounts, given out at first use."""
        accounts = self._accounts
        for transaction in transactions:
            number, currency = transaction.id, transaction.currency
            for one in transaction.entries:
                key = (one.owner, one.owner_id, one.bucket, currency)
                account = accounts.get(key) or accounts.setdefault(key, len(accounts) + 1)
                yield (number, account, one.amount_micros)


def _sums(entries: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """What all entries together move on each account."""
    sums: dict[int, int] = {}
    for _, account, micros in entries:
        sums[account] = sums.get(account, 0) + micros
    return sums


def _move(connection: Connection, column: str, sums: dict[int, int]) -> None:
    """Added here and not in SQL: a balance may outgrow 64 bits, though no entry does."""
    moving = [account for account, micros in sums.items() if micros]
    for first in range(0, len(moving), _ASKED):
        part = moving[first : first + _ASKED]
        stands = connection.execute(
            f"SELECT id, {column} FROM book_account WHERE id IN ({','.join('?' * len(part))})", part
        )
        connection.executemany(
            f"UPDATE book_account SET {column} = ? WHERE id = ?",
            [(str(int(micros) + sums[account]), account) for account, micros in stands.fetchall()],
        )


_CONVERSION: Final = """
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, reason = excluded.reason,
        program = excluded.program, publisher = excluded.publisher, amount_micros = excluded.amount_micros,
        commission_micros = excluded.commission_micros, fee_micros = excluded.fee_micros,
        state = excluded.state
"""

_INTO_COMMISSION: Final = """
    book_commission
        (source, number, program, publisher, currency, status, commission_micros, due_at)
"""

_COMMISSION: Final = """
    ON CONFLICT (source, number, publisher) DO UPDATE SET status = excluded.status,
        commission_micros = excluded.commission_micros, due_at = excluded.due_at
"""


def _write_conversions(connection: Connection, orders: list[OrderState]) -> None:
    insert(connection, "book_conversion", list(map(_conversion, orders)), _CONVERSION, at_once=1)
    rows = [_earned(order) for order in orders if order.publisher is not None]
    rows += [row for order in orders if order.shares for row in _parts(order)]
    insert(connection, _INTO_COMMISSION, rows, _COMMISSION)


def _conversion(order: OrderState) -> tuple[Any, ...]:
    return (
        order.id,
        order.advertiser,
        order.outcome.value,
        order.order,
        order.event,
        order.occurred_at,
        order.status.value,
        order.reason,
        order.program,
        order.publisher,
        order.currency,
        sum([line.amount_micros - line.refunded_micros for line in order.lines]),
        order.commission_micros,
        order.fee_micros,
        encode(order),
    )


def _earned(order: OrderState) -> tuple[Any, ...]:
    """The row of the winner: by it time moves the rows of all parties."""
    micros = order.commission_micros
    if order.shares and order.publisher is not None:
        micros = earned(order)[order.publisher]
    return (
        "conversion",
        order.id,
        order.program,
        order.publisher,
        order.currency,
        order.status.value,
        micros,
        _due_at(order),
    )


def _parts(order: OrderState) -> Iterator[tuple[Any, ...]]:
    """A row for each other party, without a time of its own."""
    about = ("conversion", order.id, order.program)
    for publisher, micros in earned(order).items():
        if publisher != order.publisher:
            yield (*about, publisher, order.currency, order.status.value, micros, None)


def _due_at(order: OrderState) -> int | None:
    """When time alone moves an order: its approval while it is pending, then the end of its hold."""
    if order.status is OrderStatus.PENDING:
        return order.approve_at
    return order.payable_at if order.status is OrderStatus.APPROVED else None


def _write_accruals(connection: Connection, decisions: Decisions) -> None:
    rows = [_accrued(one, "approved", one.payable_at) for one in decisions.accruals]
    rows += [_accrued(one, "payable", None) for one in decisions.released]
    # Of what is released in the batch that accrued it the last counts: a statement may write a row once.
    latest = {(row[0], row[1], row[3]): row for row in rows}
    insert(connection, _INTO_COMMISSION, list(latest.values()), _COMMISSION)


def _accrued(one: Accrual, status: str, due_at: int | None) -> tuple[Any, ...]:
    return (
        one.source,
        one.transaction,
        one.program,
        one.publisher,
        one.currency,
        status,
        one.commission_micros,
        due_at,
    )


_LIMIT: Final = """
    UPDATE book_budget SET cap = ?, reserved = reserved + ?, settled = settled + ?
    WHERE limit_id = ? AND period = ? AND publisher = ? AND customer = ?
"""


def _write_limits(connection: Connection, decisions: Decisions) -> None:
    """Limits move by differences, so the table itself refuses what together would be too much."""
    for key, cap, reserved, settled in decisions.limits:
        row = (cap, reserved, settled, key.limit, key.period, key.publisher, key.customer)
        if connection.execute(_LIMIT, row).rowcount == 0:
            connection.execute(
                "INSERT INTO book_budget (cap, reserved, settled, limit_id, period, publisher, customer)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )


_CUSTOMER: Final = """
    ON CONFLICT (advertiser, customer) DO UPDATE SET orders = excluded.orders, last_at = excluded.last_at
"""


def _write_memory(connection: Connection, settled: Settled) -> None:
    """Everything later batches look up: event ids, touches, identities, customers, traffic."""
    decisions = settled.decisions
    insert(connection, "book_seen", [(key,) for key in sorted(map(key_of, decisions.seen))])
    _write_touches(connection, settled)
    customers = sorted(decisions.customers.items(), key=itemgetter(0))
    rows = [(*key, held.orders, held.last_at) for key, held in customers]
    insert(connection, "book_customer", rows, _CUSTOMER, at_once=1)
    _write_bonds(connection, decisions)
    _write_traffic(connection, decisions)


def _write_bonds(connection: Connection, decisions: Decisions) -> None:
    for key, bond in decisions.bonds.items():
        if bond is None:
            connection.execute(
                "DELETE FROM book_bond WHERE advertiser = ? AND customer = ? AND program = ?", key
            )
        else:
            connection.execute(
                "INSERT INTO book_bond VALUES (?, ?, ?, ?)"
                " ON CONFLICT (advertiser, customer, program) DO UPDATE SET state = excluded.state",
                (*key, encode(bond)),
            )


def _write_touches(connection: Connection, settled: Settled) -> None:
    """In the order of their keys, so that neighbours are written together. What is stored stays: a touch that
    comes later under the same id takes nobody's place.
    """
    clicks: list[tuple[bytes, int, bytes]] = []
    identities: list[tuple[int, bytes, int, bytes, bytes]] = []
    for touch in settled.decisions.touches:
        key, state = key_of(touch.id), encode_touch(touch)
        if touch.is_click:
            clicks.append((key, touch.at, state))
        if touch.identity is not None:
            advertiser = settled.advertisers[touch.program]
            identities.append((advertiser, key_of(touch.identity), touch.at, key, state))
    insert(connection, "book_click", sorted(clicks), "ON CONFLICT DO NOTHING", at_once=1)
    insert(connection, "book_identity", sorted(identities), "ON CONFLICT DO NOTHING", at_once=1)


def _write_traffic(connection: Connection, decisions: Decisions) -> None:
    manifest = decisions.manifest
    connection.execute("DELETE FROM book_trafficmemory WHERE now < ?", (manifest.now - MEMORY_MS,))
    if decisions.traffic != NO_TRAFFIC:
        connection.execute(
            "INSERT INTO book_trafficmemory VALUES (?, ?, ?)", (manifest.seq, manifest.now, decisions.traffic)
        )


_RECEIPT: Final = """
    book_receipt (id, hash, prior, kind, conversion_id, transaction_id, program, publisher, body,
        advertiser_side, publisher_side, batch)
"""
"""In the order of a `ReceiptDraft`. No function in it: one that could fail has the pages kept again."""


def _write_receipts(connection: Connection, decisions: Decisions) -> None:
    batch = decisions.manifest.seq
    insert(connection, _RECEIPT, [(*astuple(one), batch) for one in decisions.receipts], at_once=1)
    insert(connection, "book_side", [astuple(one) for one in decisions.party_sides])


def _write_batch(connection: Connection, settled: Settled) -> None:
    decisions, root = settled.decisions, settled.root
    manifest, counters, count = decisions.manifest, decisions.counters, len(decisions.receipts)
    connection.execute(
        "INSERT INTO book_batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (manifest.seq, manifest.now, manifest.snapshot, settled.events, settled.manifest)
        + (counters.receipt - count + 1, count)
        + (tuple(root) if root is not None else (None, None, None)),
    )
    if settled.facts is not None:
        connection.execute("INSERT INTO book_outbox VALUES (?, ?)", (manifest.seq, settled.facts))
    connection.executemany(
        "INSERT INTO book_position VALUES (?, ?, ?)"
        " ON CONFLICT (stream) DO UPDATE SET position = excluded.position, checksum = excluded.checksum",
        ((stream, *place) for stream, place in sorted(settled.places.items())),
    )
    connection.execute(
        "UPDATE book_cursor SET seq = ?, now = ?, last_order = ?, last_transaction = ?, last_receipt = ?,"
        " receipt_hash = ?",
        (
            manifest.seq,
            manifest.now,
            counters.order,
            counters.transaction,
            counters.receipt,
            counters.receipt_hash,
        ),
    )
