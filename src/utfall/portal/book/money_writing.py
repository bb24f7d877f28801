"""What a batch decided about money becomes part of the book, in the transaction of the batch."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from utfall.engine import Mark, MoneyDecisions, Released
from utfall.events import Reason
from utfall.portal.book.connection import Connection, insert

LINED: Final = frozenset(
    {
        *("owed", "receivable", "deposit", "payable", "transfer"),
        *("bank", "suspense", "vat_out", "vat_in", "exchange"),
    }
)
"""Buckets whose entries can be asked for by account: those on which certain money stands."""


def write_lines(connection: Connection, lines: Iterable[tuple[int, int, int]]) -> None:
    """Entries by their accounts, in the order of the key."""
    insert(connection, "book_line", sorted(lines))


def write_released(connection: Connection, payable: Sequence[Released]) -> None:
    """By which transaction commissions became payable."""
    connection.executemany(
        "UPDATE book_commission SET released = ? WHERE source = ? AND number = ?",
        [(one.transaction, one.source, one.number) for one in payable],
    )


def write_money(connection: Connection, money: MoneyDecisions) -> None:
    """Deposits, papers, payouts, exchanges, which commissions are paid, and what was said of each event."""
    if not money.answers:
        return
    for table, key, states in (
        ("book_funding", "id", money.fundings),
        ("book_paper", "id", money.papers),
        ("book_payout", "number", money.payouts),
        ("book_exchange", "transaction_id", money.exchanges),
    ):
        _upsert(connection, table, key, list(states.values()))
    for mark in money.marks:
        _mark(connection, mark)
    connection.executemany(_ANSWER, money.answers)


_CHANGING: Final = {
    "book_funding": ("advertiser", "status"),
    "book_paper": ("settled_micros", "credited_micros"),
    "book_payout": ("status", "identity", "reason", "ended_id"),
    "book_exchange": ("undone", "paid_by"),
}
"""What may change of a row."""


def _upsert(connection: Connection, table: str, key: str, states: Sequence[Any]) -> None:
    changed = ", ".join(f"{name} = excluded.{name}" for name in _CHANGING[table])
    rows = [msgspec.structs.astuple(one) for one in states]
    insert(connection, table, rows, f"ON CONFLICT ({key}) DO UPDATE SET {changed}", at_once=1)


def _mark(connection: Connection, mark: Mark) -> None:
    if mark.publisher is None:
        connection.execute("UPDATE book_commission SET paid_by = NULL WHERE paid_by = ?", (mark.transaction,))
        return
    connection.execute(
        "UPDATE book_commission SET paid_by = ? WHERE publisher = ? AND currency = ? AND released <= ?"
        " AND released IS NOT NULL AND paid_by IS NULL",
        mark,
    )


_ANSWER: Final = f"""
    INSERT INTO book_answer VALUES (?, ?, ?) ON CONFLICT (event) DO UPDATE
    SET receipt = excluded.receipt, reason = excluded.reason
    WHERE excluded.reason IS NULL OR excluded.reason <> '{Reason.DUPLICATE_EVENT.value}'
"""
"""An event that was refused may be mended and told again; one that counts has its answer for good."""
