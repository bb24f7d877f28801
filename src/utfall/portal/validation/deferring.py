"""Silence waits for return windows: what the product feed says of an order's items is told to settlement.

    load      the receipts since the last look, and where their orders stand now
    decide    the item of each order that can be returned the longest, as the feed says now
    commit    a deferral for each is appended to the journal, then how far was read is noted

Settlement works out the day and refuses what is not later (docs/algorithms/deadlines.md). A deferral's id
follows from the order, its item and the days: if the process dies in between, it is written again and counts
once.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final, NamedTuple

from utfall.engine import OrderState, OrderStatus
from utfall.engine.deadlines import window_ends
from utfall.events import Action, Amendment, Line, Source, encode, event_id
from utfall.portal.book import facade as book
from utfall.portal.feeds import facade as feeds
from utfall.portal.sealing import facade as sealing
from utfall.portal.validation.models import Followed
from utfall.portal.validation.writing import Written
from utfall.terms import ProgramTerms, Snapshot

DEFERRING: Final = 2
"""This reader's row of `Followed`."""
AT_ONCE: Final = 500
ROUNDS: Final = 40
"""Most parts of the book that one look reads."""
MOVING: Final = frozenset({"conversion", "merge", "amend"})
"""Decisions after which an order may have other items."""


class Longest(NamedTuple):
    """The item of an order that can be returned the longest."""

    sku: str
    return_days: int


def defer() -> int:
    """Defer what the feeds ask to, of the orders that moved since the last look; how many that were."""
    terms = sealing.terms_in_force()
    if terms is None or not any(
        _waits(one) for program in terms.programs.values() for one in program.versions
    ):
        _skip()
        return 0
    written = 0
    for _round in range(ROUNDS):
        found, is_end = _defer_some(terms)
        written += found
        if is_end:
            break
    return written


def _waits(version: ProgramTerms | None) -> bool:
    return version is not None and version.delivery_days is not None


def _skip() -> None:
    """No program waits: what was settled until now will never be asked about."""
    with book.opened() as found:
        last = book.latest_receipt(found) if found else 0
        proof = book.receipt(found, last).hash if found and last else ""
    place = Followed.objects.system().filter(id=DEFERRING).first()
    if place is None or place.receipt != last or place.hash != proof:
        _note(last, proof)


def _defer_some(terms: Snapshot) -> tuple[int, bool]:
    place = Followed.objects.system().filter(id=DEFERRING).first()
    with book.opened() as found:
        if found is None:
            return 0, True
        after = place.receipt if place and _is_there(found, place) else 0
        rows = list(book.receipts_from(found, after + 1, AT_ONCE))
        numbers = {row.conversion for row in rows if row.conversion and row.kind in MOVING}
        orders = book.orders_numbered(found, numbers) if numbers else {}
    if not rows:
        return 0, True
    events = list(_deferrals(terms, orders.values()))
    if events:
        with Written() as writer:
            writer.append([encode(event) for event in events])
    _note(rows[-1].id, rows[-1].hash)
    return len(events), len(rows) < AT_ONCE


def _is_there(found: book.Book, place: Followed) -> bool:
    """Whether the book is still the one that was read."""
    try:
        return not place.receipt or book.receipt(found, place.receipt).hash == place.hash
    except book.Unknown:
        return False


def _deferrals(terms: Snapshot, orders: Iterable[OrderState]) -> Iterator[Amendment]:
    """A deferral for each order whose items ask for a later day than silence has."""
    waiting: dict[int, list[tuple[OrderState, ProgramTerms]]] = {}
    for order in orders:
        version = _version_of(terms, order)
        if version is not None and order.program is not None and version.delivery_days is not None:
            waiting.setdefault(order.program, []).append((order, version))
    now_ms = time.time_ns() // 1_000_000
    for program, some in waiting.items():
        days = feeds.return_days(program, {sku for order, _version in some for sku in _skus(order)})
        for order, version in some:
            longest = longest_of(order, days)
            if longest is not None and _is_later(terms, order, version, longest):
                yield event_of(order, longest, now_ms)


def _version_of(terms: Snapshot, order: OrderState) -> ProgramTerms | None:
    """The terms of a pending order that silence would approve."""
    if order.status is not OrderStatus.PENDING or order.approve_at is None or order.program is None:
        return None
    program = terms.programs.get(order.program)
    return program.terms_at(order.occurred_at) if program else None


def _skus(order: OrderState) -> set[str]:
    """Items that were not given back whole."""
    return {line.sku for line in order.lines if line.sku and line.refunded_micros < line.amount_micros}


def longest_of(order: OrderState, days: Mapping[str, int]) -> Longest | None:
    """The item that decides: the most days, of several the first by its SKU."""
    found = [Longest(sku, days[sku]) for sku in _skus(order) if sku in days]
    return min(found, key=lambda one: (-one.return_days, one.sku), default=None)


def _is_later(terms: Snapshot, order: OrderState, version: ProgramTerms, longest: Longest) -> bool:
    assert order.program is not None, "only an attributed order waits"
    days = (version.delivery_days or 0) + longest.return_days
    return window_ends(order.occurred_at, terms.zone_of(order.program), days) > (order.approve_at or 0)


def event_of(order: OrderState, longest: Longest, now_ms: int) -> Amendment:
    """The deferral as settlement reads it."""
    told = f"{order.id}:{longest.sku}:{longest.return_days}".encode()
    chance = blake2b(told, digest_size=10, person=b"utfall.deferral").digest()
    return Amendment(
        id=event_id(order.received_at, chance),
        occurred_at=now_ms,
        received_at=now_ms,
        source=Source.CONSOLE,
        advertiser=order.advertiser,
        outcome=order.outcome,
        order=order.order,
        action=Action.DEFER,
        lines=(Line(amount_micros=0, sku=longest.sku, return_days=longest.return_days),),
    )


def _note(receipt: int, proof: str) -> None:
    Followed.objects.system().update_or_create(id=DEFERRING, defaults={"receipt": receipt, "hash": proof})
