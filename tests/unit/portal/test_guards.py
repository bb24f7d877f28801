"""What the book refuses by itself, whoever writes to it: asked in plain SQL, past all of our own code."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from utfall.portal.book import facade

ACCOUNT = "INSERT INTO book_account (id, owner, owner_id, bucket, currency) VALUES (?, ?, ?, ?, ?)"
ENTRY = "INSERT INTO book_entry VALUES (?, ?, ?)"
TRANSACTION = "INSERT INTO book_transaction VALUES (?, 'accrue', ?, 0, 7, 3, 1, NULL, NULL, NULL, NULL)"
RECEIPT = "INSERT INTO book_receipt VALUES (?, 'h', NULL, 'x', NULL, NULL, NULL, NULL, 1, x'', x'', x'')"
BATCH = "INSERT INTO book_batch VALUES (?, ?, 's', 0, x'', 1, 0, NULL, NULL, NULL)"
BUDGET = "INSERT INTO book_budget VALUES (1, '2026-11', '', 0, ?, ?, ?)"
STEP = "UPDATE book_cursor SET seq = ?, now = ?"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A book with three accounts and one sealed transaction, opened by a stranger with a plain connection."""
    path = tmp_path / "book.sqlite3"
    facade.close_book(facade.open_book(path))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.executemany(
        ACCOUNT,
        [
            (1, "advertiser", 1, "accrued", "SEK"),
            (2, "publisher", 3, "pending", "SEK"),
            (3, "publisher", 3, "pending", "EUR"),
        ],
    )
    post(connection, 1, [(1, 100), (2, -100)])
    yield connection
    connection.close()


def post(
    connection: sqlite3.Connection, number: int, entries: list[tuple[int, int]], currency: str = "SEK"
) -> None:
    connection.execute("BEGIN")
    try:
        connection.executemany(ENTRY, [(number, account, micros) for account, micros in entries])
        connection.execute(TRANSACTION, (number, currency))
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise


def entries(connection: sqlite3.Connection) -> int:
    count: int = connection.execute("SELECT count(*) FROM book_entry").fetchone()[0]
    return count


def test_a_balanced_transaction_is_taken(book: sqlite3.Connection) -> None:
    post(book, 2, [(1, 50), (2, -50)])
    assert entries(book) == 4


def test_an_entry_on_an_account_that_is_not_there_is_refused(book: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="mixes currencies"):
        post(book, 2, [(1, 50), (2, -57), (99, 7)])


def test_an_unbalanced_transaction_is_refused_whole(book: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="does not balance"):
        post(book, 2, [(1, 50), (2, -49)])
    assert entries(book) == 2


@pytest.mark.parametrize("entries", [[], [(1, 50)]])
def test_a_transaction_of_fewer_than_two_entries_is_refused(
    book: sqlite3.Connection, entries: list[tuple[int, int]]
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="at least two entries"):
        post(book, 2, entries)


def test_a_transaction_in_two_currencies_is_refused(book: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="mixes currencies"):
        post(book, 2, [(1, 50), (3, -50)])


def test_a_transaction_in_another_currency_than_its_accounts_is_refused(book: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="mixes currencies"):
        post(book, 2, [(1, 50), (2, -50)], currency="EUR")


def test_entries_without_their_transaction_are_refused_at_commit(book: sqlite3.Connection) -> None:
    book.execute("BEGIN")
    book.executemany(ENTRY, [(2, 1, 50), (2, 2, -50)])
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        book.execute("COMMIT")
    book.execute("ROLLBACK")


def test_a_late_entry_is_refused(book: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="sealed"):
        book.execute(ENTRY, (1, 3, 5))


@pytest.mark.parametrize("word", ["INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_replacing_an_entry_of_a_sealed_transaction_is_refused(book: sqlite3.Connection, word: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="sealed"):
        book.execute(ENTRY.replace("INSERT", word), (1, 1, 5))


@pytest.mark.parametrize("word", ["INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_replacing_a_sealed_transaction_is_refused(book: sqlite3.Connection, word: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="sealed"):
        book.execute(TRANSACTION.replace("INSERT", word), (1, "SEK"))


@pytest.mark.parametrize("amount", [0, 1.5, "much", None])
def test_an_entry_of_nothing_or_of_no_whole_number_is_refused(
    book: sqlite3.Connection, amount: object
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        book.execute(ENTRY, (2, 1, amount))


@pytest.mark.parametrize("balance", ["0", "7", "-7", "-10", str(1 << 70), str(-(1 << 70))])
def test_a_balance_is_a_whole_number_of_any_size(book: sqlite3.Connection, balance: str) -> None:
    book.execute("UPDATE book_account SET balance_micros = ?1, outside_micros = ?1 WHERE id = 1", (balance,))
    told = book.execute("SELECT balance_micros, outside_micros FROM book_account WHERE id = 1").fetchone()
    assert told == (balance, balance)


@pytest.mark.parametrize(
    "balance", ["", "-", "-0", "00", "07", "-07", "--7", "7-", "+7", " 7", "1.5", "1e3", None]
)
def test_a_balance_that_is_no_number_or_not_its_only_spelling_is_refused(
    book: sqlite3.Connection, balance: str | None
) -> None:
    for column in ("balance_micros", "outside_micros"):
        with pytest.raises(sqlite3.IntegrityError):
            book.execute(f"UPDATE book_account SET {column} = ? WHERE id = 1", (balance,))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE book_entry SET amount_micros = 1",
        "UPDATE OR REPLACE book_entry SET account_id = 1",
        "DELETE FROM book_entry",
        "UPDATE book_transaction SET occurred_at = 1",
        "DELETE FROM book_transaction",
        "UPDATE book_account SET currency = 'EUR' WHERE id = 1",
        "UPDATE book_account SET owner_id = 9 WHERE id = 1",
        "DELETE FROM book_account WHERE id = 3",
        "INSERT OR REPLACE INTO book_account VALUES (3, 'publisher', 3, 'pending', 'EUR', '0', '0')",
        "INSERT INTO book_account VALUES (4, 'publisher', 3, 'pending', 'DKK', '5', '0')",
        "INSERT INTO book_account VALUES (4, 'publisher', 3, 'pending', 'DKK', '0', '5')",
        "DELETE FROM book_cursor",
        "UPDATE book_fence SET epoch = epoch + 2",
        "UPDATE book_fence SET epoch = epoch - 1",
    ],
)
def test_what_is_written_is_neither_changed_nor_deleted(book: sqlite3.Connection, change: str) -> None:
    before = list(book.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        book.execute(change)
    assert list(book.iterdump()) == before


@pytest.mark.parametrize("change", ["UPDATE book_receipt SET hash = 'i'", "DELETE FROM book_receipt"])
def test_a_receipt_is_neither_changed_nor_deleted(book: sqlite3.Connection, change: str) -> None:
    book.execute(RECEIPT, (1,))
    with pytest.raises(sqlite3.IntegrityError, match="a receipt is never"):
        book.execute(change)
    with pytest.raises(sqlite3.IntegrityError, match="a receipt is never"):
        book.execute(RECEIPT.replace("INSERT", "INSERT OR REPLACE"), (1,))


@pytest.mark.parametrize(("cap", "reserved", "settled"), [(100, 60, 41), (100, -1, 0), (100, 0, -1)])
def test_an_overspent_limit_is_refused(
    book: sqlite3.Connection, cap: int, reserved: int, settled: int
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        book.execute(BUDGET, (cap, reserved, settled))


def test_a_limit_may_be_filled_and_not_a_micro_more(book: sqlite3.Connection) -> None:
    book.execute(BUDGET, (100, 60, 40))
    with pytest.raises(sqlite3.IntegrityError, match="within_cap"):
        book.execute("UPDATE book_budget SET reserved = reserved + 1")
    with pytest.raises(sqlite3.IntegrityError, match="within_cap"):
        book.execute("UPDATE book_budget SET cap = 99")


def test_the_cursor_takes_one_step_for_one_settled_batch(book: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="each once"):
        book.execute(STEP, (1, 10))
    book.execute(BATCH, (1, 10))
    book.execute(STEP, (1, 10))
    with pytest.raises(sqlite3.IntegrityError, match="each once"):
        book.execute(STEP, (1, 10))
    with pytest.raises(sqlite3.IntegrityError, match="settled once"):
        book.execute(BATCH.replace("INSERT", "INSERT OR REPLACE"), (1, 10))
    book.execute(BATCH, (2, 9))
    with pytest.raises(sqlite3.IntegrityError, match="each once"):
        book.execute(STEP, (2, 9))


def test_a_position_goes_forward(book: sqlite3.Connection) -> None:
    book.execute("INSERT INTO book_position VALUES ('edge-0', 10, NULL)")
    book.execute("UPDATE book_position SET position = 11")
    with pytest.raises(sqlite3.IntegrityError, match="forward"):
        book.execute("UPDATE book_position SET position = 10")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        book.execute("DELETE FROM book_position")
