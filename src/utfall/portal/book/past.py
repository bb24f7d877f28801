"""What stood after an entry, on accounts and papers: docs/algorithms/funding.md, *As of a past day*.

Entries are never changed, so what stood is what stands less what came after, and equally what stood once and
what came since: whichever has fewer entries is added up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from utfall.portal.book.accounts import last_transaction
from utfall.portal.book.connection import raw, walk
from utfall.portal.book.contracts import Balance, Book
from utfall.portal.book.rows import chunks, marks


class OpenThen(NamedTuple):
    """A paper of an advertiser that was not paid; of a credit note, below zero, what the deposit lacked."""

    name: str
    party: int
    currency: str
    due: str | None
    open_micros: int


class UnownedThen(NamedTuple):
    """Money that came and nobody knew the owner of; `id` is the number of its receipt."""

    id: int
    currency: str
    day: str
    identity: str
    words: str
    amount_micros: int


class Known(NamedTuple):
    """What stood on each account, by number, after an entry; accounts that are left out had nothing."""

    through: int
    micros: Mapping[int, int]


class _Said(msgspec.Struct):
    """What is wanted of a receipt: which paper a settling paid, which funding a matching is of."""

    paper: str | None = None
    funding: str | None = None


_said: Final = msgspec.json.Decoder(_Said).decode


def settled_at(book: Book, transaction: int) -> int:
    """When an entry was settled, in UTC milliseconds."""
    row = raw(book).execute(
        "SELECT now FROM book_batch WHERE seq = (SELECT batch FROM book_transaction WHERE id = ?)",
        (transaction,),
    )
    return int(row.fetchone()[0])


def history_through(book: Book, transaction: int) -> str:
    """What tells a book's history through the batch of an entry from any other: the hash of its last receipt,
    empty where there is none.
    """
    row = raw(book).execute(
        "SELECT hash FROM book_receipt WHERE id = (SELECT first_receipt + receipts - 1 FROM book_batch"
        " WHERE seq = (SELECT batch FROM book_transaction WHERE id = ?))",
        (transaction,),
    )
    return next((str(told) for (told,) in row), "")


def balances_then(book: Book, through: int, known: Known | None = None) -> list[Balance]:
    """Every account with what stood on it after an entry, by owner; debit positive.

    It reads the entries from there to the nearest place where balances are known: an end of the book, or one
    that is given.
    """
    last = last_transaction(book)
    begin = min((Known(0, {}), known or Known(0, {})), key=lambda one: abs(one.through - through))
    is_late = last - through < abs(begin.through - through)
    sign = -1 if is_late or begin.through > through else 1
    moved = moved_by_account(book, *sorted((through, last if is_late else begin.through)))
    rows = raw(book).execute(
        "SELECT id, owner, owner_id, bucket, currency, balance_micros FROM book_account"
        " ORDER BY owner, owner_id, bucket, currency"
    )
    told = []
    for number, owner, party, bucket, currency, now in rows:
        micros = int(now) if is_late else begin.micros.get(number, 0)
        told.append(Balance(owner, party, bucket, currency, micros + sign * moved.get(number, 0)))
    return told


def moved_by_account(book: Book, after: int, through: int) -> dict[int, int]:
    """What each account, by number, moved after one entry and through another."""
    # SQLite would sort the entries by account before it adds them up, which takes twice as long.
    sums: dict[int, int] = {}
    for account, micros in walk(
        book,
        "SELECT account_id, amount_micros FROM book_entry WHERE transaction_id > ? AND transaction_id <= ?",
        (after, through),
    ):
        sums[account] = sums.get(account, 0) + micros
    return sums


_SINCE: Final = """
    SELECT r.body, line.amount_micros FROM book_account AS a
    JOIN book_line AS line ON line.account_id = a.id AND line.transaction_id > :through
    JOIN book_transaction AS t ON t.id = line.transaction_id AND t.kind = :kind
    JOIN book_receipt AS r ON r.conversion_id IS NULL AND r.transaction_id = t.id
    WHERE a.owner = :owner AND a.bucket = :bucket
"""
_ISSUED: Final = """
    SELECT name, party, currency, due, net_micros + tax_micros - settled_micros FROM book_paper
    WHERE owner = 'advertiser' AND transaction_id <= ? AND {narrowed}
"""
_OPEN: Final = _ISSUED.format(narrowed="settled_micros <> net_micros + tax_micros")


def papers_open_then(book: Book, through: int) -> list[OpenThen]:
    """Papers of advertisers that were issued, but not paid, after an entry, by name: what is open now or was
    settled since, each with what was settled since.
    """
    since = _settled_since(book, through)
    told = {row[0]: OpenThen(*row) for row in raw(book).execute(_OPEN, (through,))}
    for some in chunks(sorted(since.keys() - told.keys())):
        rows = raw(book).execute(_ISSUED.format(narrowed=f"name IN ({marks(some)})"), (through, *some))
        told |= {row[0]: OpenThen(*row) for row in rows}
    then = [one._replace(open_micros=one.open_micros + since[one.name]) for one in told.values()]
    return sorted(one for one in then if one.open_micros)


def _settled_since(book: Book, through: int) -> Counter[str]:
    """What was settled of each paper after an entry."""
    told: Counter[str] = Counter()
    for said, micros in _said_since(book, through, "settling", "advertiser", "receivable"):
        assert said.paper is not None, "a settling is of a paper"
        told[said.paper] -= micros
    return told


def _said_since(book: Book, through: int, kind: str, owner: str, bucket: str) -> Iterator[tuple[_Said, int]]:
    """What receipts of a kind of transaction said after an entry, and what each moved in a bucket."""
    asked = {"through": through, "kind": kind, "owner": owner, "bucket": bucket}
    return ((_said(bytes(body)), micros) for body, micros in walk(book, _SINCE, asked))


_UNOWNED: Final = """
    SELECT id, currency, day, identity, words, amount_micros FROM book_funding
    WHERE transaction_id <= ? AND {narrowed}
"""


def unowned_then(book: Book, through: int) -> list[UnownedThen]:
    """Money that had come by an entry, and whose owner nobody knew then: what nobody knows now, and what was
    matched or sent back since; oldest first.
    """
    rows = raw(book).execute(_UNOWNED.format(narrowed="status = 'suspense'"), (through,)).fetchall()
    matched = [said.funding for said, _ in _said_since(book, through, "matching", "operator", "suspense")]
    for some in chunks(matched):
        rows += raw(book).execute(_UNOWNED.format(narrowed=f"event IN ({marks(some)})"), (through, *some))
    return sorted(UnownedThen(*row) for row in rows)
