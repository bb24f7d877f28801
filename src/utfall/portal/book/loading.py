"""The slice of the book that a batch needs. What is not in the book is absent; nothing here changes a row."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from utfall.engine import (
    Accrual,
    Bond,
    CustomerState,
    LimitKey,
    LimitState,
    OrderKey,
    OrderState,
    Pool,
    PoolKey,
    StoredTouch,
)
from utfall.portal.book.connection import Connection
from utfall.portal.book.rows import chunks, marks
from utfall.portal.book.stored import decode_bond, decode_order, decode_pool, decode_touch, id_of, key_of

DUE_LIMIT: Final = 2_000
"""Most commissions that time moves in one batch. Replay repeats it, so it never changes for a book."""

IDENTITY_TOUCHES: Final = 200
"""The latest touches of one identity that may compete for an order. It never changes for a book, either."""


def _grouped(keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[Any]]:
    """Keys by all but their last part."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for *first, last in keys:
        groups.setdefault(tuple(first), []).append(last)
    return groups


def load_orders(connection: Connection, keys: Iterable[OrderKey]) -> dict[OrderKey, OrderState]:
    """Orders by their keys."""
    found: dict[OrderKey, OrderState] = {}
    for (advertiser, outcome), references in _grouped(keys).items():
        for chunk in chunks(references):
            rows = connection.execute(
                "SELECT state FROM book_conversion WHERE advertiser = ? AND outcome = ?"
                f" AND reference IN ({marks(chunk)})",
                (advertiser, outcome, *chunk),
            )
            orders = (decode_order(state) for (state,) in rows)
            found.update((order.key, order) for order in orders)
    return found


def load_clicks(connection: Connection, ids: Iterable[str]) -> dict[str, StoredTouch]:
    """Clicks by their ids."""
    found: dict[str, StoredTouch] = {}
    for chunk in chunks(map(key_of, ids)):
        rows = connection.execute(f"SELECT id, at, state FROM book_click WHERE id IN ({marks(chunk)})", chunk)
        found.update((touch.id, touch) for touch in (decode_touch(*row) for row in rows))
    return found


_OF_IDENTITY: Final = """
    SELECT touch, at, state FROM book_identity WHERE advertiser = ? AND identity = ?
    ORDER BY at DESC, touch DESC LIMIT ?
"""


def load_identities(
    connection: Connection, identities: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], list[StoredTouch]]:
    """The latest touches of each identity, oldest first."""
    found: dict[tuple[int, str], list[StoredTouch]] = {}
    for advertiser, key in _known_identities(connection, identities):
        rows = connection.execute(_OF_IDENTITY, (advertiser, key, IDENTITY_TOUCHES)).fetchall()
        found[advertiser, id_of(key)] = [decode_touch(*row) for row in reversed(rows)]
    return found


def _known_identities(
    connection: Connection, identities: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, bytes]]:
    """Those of which there are touches, asked many at once: most customers were never seen to click."""
    for (advertiser,), names in _grouped(identities).items():
        for chunk in chunks(map(key_of, names)):
            asked = ",".join(["(?)"] * len(chunk))
            rows = connection.execute(
                f"SELECT column1 FROM (VALUES {asked}) AS asked WHERE EXISTS"
                " (SELECT 1 FROM book_identity WHERE advertiser = ? AND identity = column1)",
                (*chunk, advertiser),
            ).fetchall()
            yield from ((advertiser, key) for (key,) in rows)


def load_customers(
    connection: Connection, customers: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], CustomerState]:
    """How many orders each customer has placed, and when the latest was."""
    found: dict[tuple[int, str], CustomerState] = {}
    for (advertiser,), names in _grouped(customers).items():
        for chunk in chunks(names):
            rows = connection.execute(
                "SELECT customer, orders, last_at FROM book_customer WHERE advertiser = ?"
                f" AND customer IN ({marks(chunk)})",
                (advertiser, *chunk),
            )
            found.update(((advertiser, name), CustomerState(*held)) for name, *held in rows)
    return found


def load_bonds(
    connection: Connection, customers: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], dict[int, Bond]]:
    """To whom customers are bonded, by program. Where nobody is, nobody is looked up."""
    found: dict[tuple[int, str], dict[int, Bond]] = {}
    if connection.execute("SELECT 1 FROM book_bond LIMIT 1").fetchone() is None:
        return found
    for (advertiser,), names in _grouped(customers).items():
        for chunk in chunks(names):
            rows = connection.execute(
                "SELECT customer, program, state FROM book_bond WHERE advertiser = ?"
                f" AND customer IN ({marks(chunk)})",
                (advertiser, *chunk),
            )
            for customer, program, state in rows:
                found.setdefault((advertiser, customer), {})[program] = decode_bond(state)
    return found


def load_seen(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which event ids were settled before. Ids grow with time: most are beyond the last and need no look."""
    last = connection.execute("SELECT event FROM book_seen ORDER BY event DESC LIMIT 1").fetchone()
    if last is None:
        return set()
    keys = {key: one for one in ids if (key := key_of(one)) <= last[0]}
    found: set[str] = set()
    for chunk in chunks(keys):
        rows = connection.execute(f"SELECT event FROM book_seen WHERE event IN ({marks(chunk)})", chunk)
        found.update(keys[event] for (event,) in rows)
    return found


_ROW: Final = (
    "SELECT cap, reserved, settled FROM book_budget"
    " WHERE limit_id = ? AND period = ? AND publisher = ? AND customer = ?"
)
_PERIOD: Final = (
    "SELECT publisher, cap, reserved, settled FROM book_budget"
    " WHERE limit_id = ? AND period = ? AND customer = ?"
)


def load_limits(
    connection: Connection, rows: Iterable[LimitKey], periods: Iterable[tuple[int, str, str]]
) -> dict[LimitKey, LimitState]:
    """Rows of limits by key, and all rows of a limit in a period, of a customer or of all together."""
    found: dict[LimitKey, LimitState] = {}
    for limit, period, customer in periods:
        for publisher, *state in connection.execute(_PERIOD, (limit, period, customer)):
            found[LimitKey(limit, publisher, period, customer)] = LimitState(*state)
    for key in rows:
        if key not in found:
            row = connection.execute(_ROW, (key.limit, key.period, key.publisher, key.customer)).fetchone()
            if row is not None:
                found[key] = LimitState(*row)
    return found


_DUE: Final = """
    SELECT source, number, program, publisher, currency, commission_micros, due_at FROM book_commission
    WHERE due_at <= ? ORDER BY due_at, source, number LIMIT ?
"""


def load_due(connection: Connection, now: int) -> tuple[list[OrderState], list[Accrual]]:
    """What time moves at `now`, the longest due first, at most `DUE_LIMIT`: orders, and sums of touches."""
    rows = connection.execute(_DUE, (now, DUE_LIMIT)).fetchall()
    accruals = [
        Accrual(
            transaction=number,
            program=program,
            publisher=publisher,
            currency=currency,
            commission_micros=micros,
            payable_at=due_at,
            source=source,
        )
        for source, number, program, publisher, currency, micros, due_at in rows
        if source != "conversion"
    ]
    return _numbered(connection, [row[1] for row in rows if row[0] == "conversion"]), accruals


def _numbered(connection: Connection, numbers: list[int]) -> list[OrderState]:
    found: dict[int, OrderState] = {}
    for chunk in chunks(numbers):
        rows = connection.execute(
            f"SELECT id, state FROM book_conversion WHERE id IN ({marks(chunk)})", chunk
        )
        found.update((number, decode_order(state)) for number, state in rows)
    return [found[number] for number in numbers]


def is_due(connection: Connection, now: int) -> bool:
    """Whether time alone has something to do."""
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE due_at <= ?", (now,)).fetchone() is not None
        for table in ("book_commission", "book_tier")
    )


_POOLS: Final = "SELECT state FROM book_tier WHERE rule = ? AND period = ?"
_DUE_POOLS: Final = """
    SELECT state FROM book_tier WHERE due_at <= ? ORDER BY due_at, rule, period, publisher LIMIT ?
"""


def load_pools(
    connection: Connection, keys: Iterable[PoolKey], periods: Iterable[tuple[int, str]]
) -> dict[PoolKey, Pool]:
    """Pools of tiers by key, and all pools of a rule in a period."""
    found: dict[PoolKey, Pool] = {}
    for pair in sorted(periods):
        pools = (decode_pool(state) for (state,) in connection.execute(_POOLS, pair))
        found.update((pool.key, pool) for pool in pools)
    for key in keys:
        if key not in found:
            row = connection.execute(
                f"{_POOLS} AND publisher = ?", (key.rule, key.period, key.publisher)
            ).fetchone()
            if row is not None:
                found[key] = decode_pool(row[0])
    return found


def load_due_pools(connection: Connection, now: int) -> list[Pool]:
    """The pools whose correction time moves at `now`, the longest due first, at most `DUE_LIMIT`."""
    return [decode_pool(state) for (state,) in connection.execute(_DUE_POOLS, (now, DUE_LIMIT))]
