"""What must always be true, asked of a whole installation: a list of checks, each with its name and its
words.

    findings = check_all(evidence)          # empty: everything holds

The database refuses most of this when it is written; here it is asked again, of what is stored. Each check
reads one consistent view of the book, while settlement goes on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from utfall.engine import Counters, encode_manifest
from utfall.engine.receipts import digest, leaf, merkle_root
from utfall.journal import JournalError, StreamReader, streams
from utfall.portal.book import checking, facade, money_checking
from utfall.portal.book.facade import BatchRow, Book
from utfall.terms import InvalidSnapshot
from utfall.workers.publish import Shelf, SnapshotMissing
from utfall.workers.settle import manifests
from utfall.workers.signing import root_holds

LakeSums = Callable[[], Mapping[str, Mapping[str, int]]]
"""By currency: the lake's totals of `commission_pending_micros`, `commission_approved_micros`, `fee_micros`
and `cost_micros`, over all that the book has told it."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the checks look at. Without `lake_sums` the lake is not asked."""

    book: Book
    journal_dir: Path
    snapshots_dir: Path
    keys_dir: Path
    lake_sums: LakeSums | None = None


class Finding(NamedTuple):
    """Something that is not as it must be."""

    check: str
    words: str


Check = Callable[[Evidence], Iterator[str]]


def check_all(evidence: Evidence) -> list[Finding]:
    """Everything that does not hold, check by check."""
    with facade.reading(evidence.book):
        return [Finding(name, words) for name, check in CHECKS.items() for words in check(evidence)]


def trial_balance_is_zero(evidence: Evidence) -> Iterator[str]:
    """Debits and credits cancel in every currency."""
    for one in facade.trial_balance(evidence.book):
        if one.difference_micros:
            yield f"{one.currency}: debits and credits differ by {one.difference_micros} micros."


def transactions_balance(evidence: Evidence) -> Iterator[str]:
    """Every transaction sums to zero, and every balance is the sum of its entries."""
    for number in checking.unbalanced_transactions(evidence.book):
        yield f"Transaction {number} does not balance."
    for number in checking.wrong_balances(evidence.book):
        yield f"The balance of account {number} is not the sum of its entries."


def events_are_settled_once(evidence: Evidence) -> Iterator[str]:
    """Batches take every stream up where the one before left it, as their manifests in the journal say."""
    ends: dict[str, int] = {}
    last = facade.progress(evidence.book)
    try:
        journaled = manifests(evidence.journal_dir, 0, last.seq)
        for row, manifest in zip(facade.batches(evidence.book), journaled, strict=True):
            if row.manifest != encode_manifest(manifest):
                yield f"Batch {row.seq} was settled otherwise than its manifest in the journal says."
            for one in manifest.ranges:
                if one.start != (end := ends.get(one.stream, 0)):
                    yield f"Batch {row.seq} takes {one.stream} up at {one.start}, not at {end}."
                ends[one.stream] = one.end
    except (JournalError, ValueError) as error:
        yield f"The manifests cannot be followed: {error}."
    if ends != {stream: place.position for stream, place in last.places.items()}:
        yield "The cursor is not where the batches end."


def journal_holds_what_was_settled(evidence: Evidence) -> Iterator[str]:
    """No stream is shorter than its place in the book, and what ends there is what was settled."""
    for stream, place in facade.progress(evidence.book).places.items():
        try:
            with StreamReader(evidence.journal_dir, stream) as reader:
                if stream not in streams(evidence.journal_dir) or reader.end() < place.position:
                    yield f"Stream {stream} ends before {place.position}, up to which it is settled."
                    continue
                found = reader.read(place.position - 1, 1)[-1]
                if place.checksum is not None and found.checksum != place.checksum:
                    yield f"Stream {stream} holds something else before {place.position} than was settled."
        except JournalError as error:
            yield f"Stream {stream} cannot be read: {error}."


def budgets_are_within_caps(evidence: Evidence) -> Iterator[str]:
    """No limit is overspent, and each holds what its orders do (and touches may have settled more)."""
    held = checking.held_of_limits(evidence.book)
    for row in facade.budgets(evidence.book):
        name = f"Limit {row.limit} in {row.period}" + (
            f" of publisher {row.publisher}" if row.publisher else ""
        )
        if row.settled + row.reserved > row.cap:
            yield f"{name} is over its cap of {row.cap}."
        orders = held.pop((row.limit, row.period, row.publisher, row.customer), checking.Held(0, 0, 0))
        if not orders.reserved <= row.reserved <= orders.reserved + orders.reversed:
            yield f"{name} reserves {row.reserved}, its orders hold {orders.reserved}."
        if row.settled < orders.settled or row.settled + row.reserved < sum(orders):
            yield f"{name} has settled {row.settled}, its orders {orders.settled}."
    for (limit, period, *_), orders in held.items():
        if any(orders):
            yield f"Orders hold {sum(orders)} of limit {limit} in {period}, of which there is no row."


def commissions_equal_accounts(evidence: Evidence) -> Iterator[str]:
    """What publishers are told they earned stands on their accounts."""
    for publisher, currency, bucket, told, stands in checking.wrong_commissions(evidence.book):
        yield f"Publisher {publisher}, {bucket}: commissions {told}, account {stands} micros of {currency}."


def papers_and_payouts_hold(evidence: Evidence) -> Iterator[str]:
    """Papers have no gap, payouts pay what was payable and each commission once, accounts say the same."""
    book = evidence.book
    for key, told, stands in (*money_checking.wrong_lines(book), *money_checking.wrong_standings(book)):
        owner, number, bucket, currency = key
        yield f"{owner} {number} {bucket} in {currency}: {told} micros are told of, {stands} stand there."
    for key, told, stands in money_checking.wrong_moves(book):
        owner, number, bucket, currency = key
        yield f"{owner} {number} {bucket} in {currency}: {told} micros moved outside, {stands} are noted."
    for number in money_checking.overpaid(book):
        yield f"Payout {number} took more than was payable."
    for source, number in money_checking.wrongly_paid(book):
        yield f"Commission {number} ({source}) is not paid as its payout says."
    for series in money_checking.broken_series(book):
        yield f"The papers of series {series} have a gap."
    for name in money_checking.wrong_papers(book):
        yield f"Paper {name} does not take up where the one before it left off."


def tiers_count_their_orders(evidence: Evidence) -> Iterator[str]:
    """What a tier counts is what its orders count in it."""
    for rule, publisher, period in checking.miscounted_pools(evidence.book):
        yield f"Rule {rule} counts something else of publisher {publisher} in {period} than its orders do."


def receipts_chain(evidence: Evidence) -> Iterator[str]:
    """Every receipt names the one before it and hashes to its own name; every batch's root is signed."""
    previous, number = Counters().receipt_hash, 0
    for batch in facade.batches(evidence.book):
        bodies = []
        sides = facade.sides_from(evidence.book, batch.first_receipt, batch.receipts)
        for row in facade.receipts_from(evidence.book, batch.first_receipt, batch.receipts):
            number += 1
            if row.id != number or row.batch != batch.seq:
                yield f"Receipt {row.id} stands where receipt {number} of batch {batch.seq} should."
                return
            yield from _receipt_problems(row, previous, sorted(map(digest, sides.get(row.id, {}).values())))
            previous = row.hash
            bodies.append(row.body)
        yield from _root_problems(evidence, batch, bodies)
    last = facade.progress(evidence.book).counters
    if (last.receipt, last.receipt_hash) != (number, previous):
        yield f"The chain ends at receipt {number}, the cursor says {last.receipt}."


class _Body(msgspec.Struct):
    previous: str
    prior: str | None
    sides: dict[str, str | list[str]]


def _receipt_problems(row: facade.ReceiptRow, previous: str, parties: list[str]) -> Iterator[str]:
    if digest(row.body) != row.hash:
        yield f"Receipt {row.id} is not what its hash says."
        return
    body = msgspec.json.decode(row.body, type=_Body)
    if body.previous != previous or body.prior != row.prior:
        yield f"Receipt {row.id} does not follow the one before it."
    sides: dict[str, str | list[str]] = {
        "advertiser": digest(row.advertiser_side),
        "publisher": digest(row.publisher_side),
    }
    if body.sides != sides | ({"parties": parties} if parties else {}):
        yield f"A side of receipt {row.id} is not the one it names."


def _root_problems(evidence: Evidence, batch: BatchRow, bodies: list[bytes]) -> Iterator[str]:
    if len(bodies) != batch.receipts:
        yield f"Batch {batch.seq} wrote {batch.receipts} receipts, {len(bodies)} are there."
    elif bodies and merkle_root([leaf(body) for body in bodies]) != batch.root:
        yield f"The root of batch {batch.seq} is not that of its receipts."
    elif bodies and not root_holds(batch, facade.load_public_key(evidence.keys_dir / facade.PUBLIC_KEY)):
        yield f"The signature of batch {batch.seq} does not hold."


def snapshots_are_known(evidence: Evidence) -> Iterator[str]:
    """Every snapshot that a batch names is there, and is what its name says."""
    shelf = Shelf(evidence.snapshots_dir)
    for name in sorted({batch.snapshot for batch in facade.batches(evidence.book)}):
        try:
            shelf.load(name)
        except (SnapshotMissing, InvalidSnapshot) as error:
            yield f"{error}."


def lake_equals_book(evidence: Evidence) -> Iterator[str]:
    """The lake's totals are the accounts', to the micro. Not asked while the book has more to tell it."""
    if evidence.lake_sums is None or facade.untold(evidence.book):
        return
    lake, book = evidence.lake_sums(), checking.standing_sums(evidence.book)
    for currency in sorted({*lake, *book}):
        for name in checking.MEASURES:
            told, stands = lake.get(currency, {}).get(name, 0), book.get(currency, {}).get(name, 0)
            if told != stands:
                yield f"{name} in {currency}: the lake says {told}, the book {stands}."


CHECKS: Final[dict[str, Check]] = {
    "trial balance is zero": trial_balance_is_zero,
    "transactions balance": transactions_balance,
    "every event is settled once": events_are_settled_once,
    "the journal holds what was settled": journal_holds_what_was_settled,
    "budgets are within their caps": budgets_are_within_caps,
    "commissions equal accounts": commissions_equal_accounts,
    "papers and payouts hold": papers_and_payouts_hold,
    "tiers count their orders": tiers_count_their_orders,
    "receipts chain and are signed": receipts_chain,
    "snapshots are known": snapshots_are_known,
    "the lake equals the book": lake_equals_book,
}
"""Every check by its name, in the order in which they are asked."""
