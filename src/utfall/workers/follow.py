"""The follower: what the settler wrote into the book becomes what people read, within a moment.

    run_follower(book_path, stop, interval_ms=200, say=tell)      # until told to stop; the portal is set up

Load, decide, commit. It reads the receipts after the last one it read, brings the rows of their orders up to
date (`portal.conversions`) and tells the change feed (`portal.changes`). Changes are told first, each once
for the hash of its receipt; then rows and place are one transaction in the projection's file. So it may be
killed at any moment and goes on where it was, and a projection that is made anew tells nobody anything twice.

A book that is not the one that was followed (it was restored from a backup, or replaced) is noticed by the
hash of the last receipt that was read: the projection is emptied and made anew, and it says so.

What a bank says of a payout is queued with the step that read it, and told to its orders a part at a time
between the steps (`paid_out`): a month of payouts keeps no new order waiting.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from utfall.events import PayoutEnd
from utfall.portal.book import facade as book
from utfall.portal.changes import facade as changes
from utfall.portal.conversions import projecting, testing
from utfall.portal.conversions.paying import Answer
from utfall.portal.conversions.projecting import Place, Read
from utfall.workers.feed import Body, body_of, told
from utfall.workers.paid_out import tell_paid

AT_ONCE: Final = 500
"""Receipts of one step: a transaction of the portal's database waits for no more."""
TIDY_EVERY: Final = 50_000


class Step(NamedTuple):
    """What one step did: how many receipts it read, up to which one."""

    receipts: int
    last: int


def run_follower(
    book_path: Path, stop: threading.Event, *, interval_ms: int, say: Callable[[str], None]
) -> None:
    """Follow the book until told to stop; the portal's tables are there already."""
    read = 0
    try:
        while not stop.is_set():
            step = follow_once(book_path, say)
            is_paying = tell_paid(book_path)
            read += step.receipts
            if read >= TIDY_EVERY:
                projecting.tidy()
                read = 0
            if step.receipts < AT_ONCE and not is_paying:  # else more is waiting
                stop.wait(interval_ms / 1000)
    finally:
        projecting.close()


def catch_up(book_path: Path, say: Callable[[str], None]) -> int:
    """Read whatever the book has more; how many receipts it were."""
    read = 0
    while (step := follow_once(book_path, say)).receipts:
        read += step.receipts
    while tell_paid(book_path):
        pass
    if read >= AT_ONCE:
        projecting.tidy()
    return read


def follow_once(book_path: Path, say: Callable[[str], None]) -> Step:
    """Read some receipts more, tell of them and keep what they say."""
    with book.standing(book_path) as found:
        if found is None:
            return Step(0, 0)
        place = _place_in(found, say)
        rows = list(book.receipts_from(found, place.receipt + 1, AT_ONCE))
        bodies = [body_of(row.body) for row in rows]
        orders = book.orders_numbered(found, {row.conversion for row in rows if row.conversion is not None})
        sides = book.sides_from(found, place.receipt + 1, AT_ONCE)
    if not rows:
        return Step(0, place.receipt)
    read = list(zip(rows, bodies, strict=True))
    changes.tell_decided(told(read, orders, sides))
    tests = [testing.row_of_test(row) for row, body in read if testing.is_test(body.kind, body.reason)]
    answered = [_answer(row, body) for row, body in read if _is_answer(body)]
    projecting.keep(orders, [_read(*one) for one in read], tests, answered)
    return Step(len(rows), rows[-1].id)


def difference(found: book.Book) -> list[str] | None:
    """Where the list of orders is not what the book says; None while it has not read all of it."""
    last, listed = projecting.standings()
    if last != book.latest_receipt(found):
        return None
    kept = {one[:2]: tuple(one) for one in listed}
    stands = {one[:2]: tuple(one) for one in book.standings(found)}
    return [
        f"Orders {status} in {currency}: the list says {kept.get((status, currency), ())[2:]},"
        f" the book {stands.get((status, currency), ())[2:]} (orders, amount, commission, fee)."
        for status, currency in sorted({*kept, *stands})
        if kept.get((status, currency)) != stands.get((status, currency))
    ]


def _place_in(found: book.Book, say: Callable[[str], None]) -> Place:
    """Where to go on; from the beginning where the book is not the one that was followed."""
    place = projecting.followed()
    if place.receipt == 0 or _is_there(found, place):
        return place
    say(
        f"follow: the book is not the one that was read up to receipt {place.receipt}; it was restored or"
        f" replaced (its last receipt is {book.latest_receipt(found)}). The list of orders is made anew."
    )
    projecting.forget_all()
    return Place()


def _is_there(found: book.Book, place: Place) -> bool:
    try:
        return book.receipt(found, place.receipt).hash == place.hash
    except book.Unknown:
        return False


def _is_answer(body: Body) -> bool:
    """Whether it says that a payout is paid, or came back; of one that failed no order was told anything."""
    is_told = body.kind == "payout_result" and body.verdict == "accepted"
    return is_told and body.status in (PayoutEnd.COMPLETED, PayoutEnd.RETURNED)


def _answer(row: book.ReceiptRow, body: Body) -> Answer:
    assert body.payout is not None, "a result names its payout"
    is_paid = body.status == PayoutEnd.COMPLETED
    return Answer(row.id, row.hash, body.payout, is_paid, body.occurred_at)


def _read(row: book.ReceiptRow, body: Body) -> Read:
    return Read(
        id=row.id,
        hash=row.hash,
        conversion=row.conversion,
        kind=row.kind,
        is_refusal=body.verdict == "refused",
        status=body.status,
        decided_at=body.decided_at,
    )
