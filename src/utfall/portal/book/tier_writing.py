"""What a batch decided about the pools of tiers becomes part of the book, in the transaction of the batch."""

from typing import Any, Final

from utfall.engine import Pool, pool_due_at
from utfall.portal.book.connection import Connection, insert
from utfall.portal.book.stored import encode

_TIER: Final = """
    ON CONFLICT (rule, period, publisher) DO UPDATE SET orders = excluded.orders, status = excluded.status,
        commission_micros = excluded.commission_micros, fee_micros = excluded.fee_micros,
        due_at = excluded.due_at, state = excluded.state
"""


def write_tiers(connection: Connection, pools: list[Pool]) -> None:
    """Pools as they now are, one row each."""
    insert(connection, "book_tier", list(map(_tier, pools)), _TIER, at_once=1)


def _tier(pool: Pool) -> tuple[Any, ...]:
    return (
        pool.rule,
        pool.period,
        pool.publisher,
        pool.program,
        pool.currency,
        pool.counted.orders,
        pool.status.value,
        pool.correction_micros,
        pool.fee_micros,
        pool_due_at(pool),
        encode(pool),
    )
