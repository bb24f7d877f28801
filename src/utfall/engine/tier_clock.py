"""When a tier's correction is approved and payable: what time alone decides about a pool."""

from utfall.engine.batch import Transaction
from utfall.engine.capping import commit
from utfall.engine.draft import Draft
from utfall.engine.posting import Entries, moved
from utfall.engine.state import OrderStatus, Pool
from utfall.engine.tier_receipts import pool_receipt, tell
from utfall.engine.validity import DAY_MS


def due_at(pool: Pool) -> int | None:
    """When time alone moves a pool's correction next; None where there is none to move."""
    return _due(pool) if pool.correction_micros else None


def _due(pool: Pool) -> int | None:
    if pool.status is OrderStatus.APPROVED:
        return pool.payable_at
    if pool.status is not OrderStatus.PENDING or pool.ends_at is None:
        return None
    if pool.auto_approval_days is not None:
        return pool.ends_at + pool.auto_approval_days * DAY_MS
    # Nobody approves a correction: it follows its orders, as soon as all of them are decided.
    return None if pool.counted.pending else max(pool.ends_at, pool.decided_at)


def advance(draft: Draft, pool: Pool, until: int, *, even_nothing: bool = False) -> None:
    """Approve and release what is due on a pool until some time, and only that.

    A pool without a correction stays as it is until it is about to get one: then time has moved it, too.
    """
    if not (pool.correction_micros or even_nothing):
        return
    due = _due(pool)
    if due is not None and due <= until and pool.status is OrderStatus.PENDING:
        pool.payable_at = due + pool.hold_days * DAY_MS
        _move(draft, pool, OrderStatus.APPROVED, "tier_approve", due)
    if pool.status is OrderStatus.APPROVED and pool.payable_at is not None and pool.payable_at <= until:
        due, pool.payable_at = pool.payable_at, None
        _move(draft, pool, OrderStatus.PAYABLE, "tier_release", due)


def _move(draft: Draft, pool: Pool, status: OrderStatus, kind: str, at: int) -> None:
    entries = moved(
        pool.status,
        status,
        advertiser=pool.advertiser,
        publisher=pool.publisher,
        commission_micros=pool.correction_micros,
        fee_micros=pool.fee_micros,
    )
    if pool.status is OrderStatus.PENDING:
        commit(pool.holds, draft.book.limits)
    before, pool.status = pool.status, status
    draft.keep_pool(pool)
    if not entries:
        return
    transaction = post(draft, pool, kind, entries, at)
    pool_receipt(draft, pool, kind, at, None, transaction)
    if before is OrderStatus.PENDING:
        tell(draft, pool, kind, at, transaction, pending=-pool.correction_micros)


def post(draft: Draft, pool: Pool, kind: str, entries: Entries, at: int) -> int:
    """Post entries about a pool's correction; each transaction names the one before it."""
    number = draft.next_transaction()
    draft.transactions.append(
        Transaction(
            id=number,
            kind=kind,
            currency=pool.currency,
            occurred_at=at,
            program=pool.program,
            publisher=pool.publisher,
            entries=entries,
            event=pool.event if kind == "tier" else None,
            rule=pool.rule,
            corrects=pool.transaction,
        )
    )
    pool.transaction = number
    return number


def settle_due_pools(draft: Draft) -> None:
    """Approve and release the corrections that are due at the batch's clock."""
    for key in draft.book.due_pools:
        advance(draft, draft.book.pools[key], draft.now)
