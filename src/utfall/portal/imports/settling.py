"""Transactions that become orders of the book: which may, their events, written once, and what came of it.

A sale is told as a conversion with the partner's own link as its touch, and approved where the network had
approved it. The engine decides as ever: it prices by the terms, and the receipt says so.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

from django.db import transaction as database

from utfall.events import Action, Amendment, ClickRef, Conversion, Line, Outcome, Source, encode, event_id
from utfall.portal.access import Caller
from utfall.portal.access.times import to_ms
from utfall.portal.book import facade as book
from utfall.portal.imports.contracts import Booking, Past
from utfall.portal.imports.ground import Ground
from utfall.portal.imports.models import Import, Transaction
from utfall.portal.imports.terms import DAY_MS, active_at
from utfall.portal.validation import facade as validation
from utfall.terms import Link

AT_ONCE: Final = 500


def obstacle(ground: Ground, one: Transaction) -> str:
    """Why the book cannot have it, so that it is history only; nothing where it can."""
    at, terms = to_ms(one.occurred_at), ground.terms
    if one.status == Past.DECLINED.value:
        return "declined_there"
    version = active_at(terms, one.program, at) if terms is not None else None
    if terms is None or version is None:
        return "before_terms"
    if at < ground.now_ms - version.max_age_days * DAY_MS:
        return "too_old_for_terms"
    if terms.enrolment_at(one.program, one.publisher, at - 1) is None:
        return "not_partner_then"
    link = _link(ground, one.publisher, at - 1)
    if link is None:
        return "no_link_then"
    if not one.ours_micros:
        return "no_price"
    if one.ours_micros != one.commission_micros and not ground.options.our_price:
        return "price_differs"
    one.link = link.id
    return ""


def _link(ground: Ground, publisher: int, at: int) -> Link | None:
    """A link of the partner's that held then, the eldest."""
    held = ground.links_by_publisher.get(publisher, ())
    return next((one for one in held if one.holds_at(at)), None)


def references_in_book(advertiser: int, references: Sequence[str]) -> Mapping[str, list[tuple[str, int]]]:
    """Which orders of an advertiser the book has, by what the advertiser calls them."""
    with book.opened() as found:
        return book.orders_referred(found, advertiser, references) if found is not None else {}


def event_of(one: Transaction, what: str = "conversion") -> str:
    """The id of an event of a transaction: the same whenever, and by whichever import, it is told."""
    key = f"{one.advertiser}:{one.network}:{one.external}:{what}"
    chance = blake2b(key.encode(), digest_size=10, person=b"utfall.import").digest()
    return event_id(to_ms(one.occurred_at), chance)


def events_of(one: Transaction, received_at: int) -> list[Conversion | Amendment]:
    """What the book is told of a transaction."""
    at = to_ms(one.occurred_at)
    common: dict[str, Any] = {
        "received_at": received_at,
        "source": Source.LOAD,
        "advertiser": one.advertiser,
        "outcome": Outcome(one.outcome),
        "order": one.reference,
    }
    assert one.link is not None, "a transaction without a link was kept as history"
    touch = ClickRef(
        id=event_id(at - 1, _chance(one)),
        at=at - 1,
        link=one.link,
        program=one.program,
        publisher=one.publisher,
    )
    events: list[Conversion | Amendment] = [
        Conversion(
            id=one.event,
            occurred_at=at,
            currency=one.currency,
            lines=(Line(amount_micros=one.amount_micros),) if one.amount_micros else (),
            program=one.program,
            clicks=(touch,),
            **common,
        )
    ]
    if one.status == Past.APPROVED.value:
        evidence = f"{one.network} {one.external}"
        approval = Amendment(
            id=event_of(one, "approval"),
            occurred_at=received_at,
            action=Action.APPROVE,
            evidence=evidence,
            **common,
        )
        events.append(approval)
    return events


def _chance(one: Transaction) -> bytes:
    key = f"{one.advertiser}:{one.network}:{one.external}:touch"
    return blake2b(key.encode(), digest_size=10, person=b"utfall.import").digest()


def write(caller: Caller, source: Import) -> int:
    """Write what an import has for the book and is not in the journal yet; how many sales that were."""
    done = 0
    while rows := _waiting(caller, source):
        _write(source, rows)
        done += len(rows)
    return done


def _waiting(caller: Caller, source: Import) -> list[Transaction]:
    rows = Transaction.objects.of(caller).filter(source=source.pk, booking=Booking.WRITING.value)
    return list(rows.order_by("pk")[:AT_ONCE])


def _write(source: Import, rows: Sequence[Transaction]) -> None:
    """Note where they go, append them, and mark them. An event told twice is refused as a duplicate."""
    assert source.at_ms is not None, "an import that writes was begun"
    events = [event for one in rows for event in events_of(one, source.at_ms)]
    with validation.Written() as writer:
        if not validation.is_written(source.stream, source.position, events[0].id):
            source.stream, source.position = writer.stream, writer.end
            source.save(update_fields=["stream", "position"])
            writer.append([encode(event) for event in events])
    with database.atomic():
        for one in rows:
            one.booking = Booking.WRITTEN.value
            one.save(update_fields=["booking"])


def follow(rows: Sequence[Transaction]) -> int:
    """Note what settlement made of what was written; how many were settled."""
    if not rows:
        return 0
    with book.opened() as found:
        if found is None:
            return 0
        settled = [one for one in rows if _noted(found, one)]
    for one in settled:
        one.save(update_fields=["booking", "booking_code", "ours_micros"])
    return len(settled)


def _noted(found: book.Book, one: Transaction) -> bool:
    """Look for the order; where there is none, for the receipt that refused it."""
    for outcome, number in book.orders_referred(found, one.advertiser, [one.reference]).get(
        one.reference, ()
    ):
        if outcome != one.outcome:
            continue
        order = book.orders_numbered(found, [number])[number]
        is_theirs = order.event == one.event and order.publisher == one.publisher
        is_paid = is_theirs and order.commission_micros > 0
        one.booking = (Booking.BOOKED if is_theirs else Booking.OVERRULED).value
        one.booking_code = "" if is_paid else (order.reason or "")[:40]
        one.ours_micros = order.commission_micros if is_theirs else one.ours_micros
        return True
    for row in book.receipts_saying(found, "event", one.event, 1):
        one.booking, one.booking_code = Booking.OVERRULED.value, (book.said(row.body).reason or "")[:40]
        return True
    return False


def orders_of(advertiser: int, rows: Sequence[Transaction]) -> dict[int, tuple[int, str]]:
    """The number and the status of the order of each transaction that the book has, by the transaction's."""
    known = references_in_book(advertiser, [one.reference for one in rows])
    wanted = {
        one.pk: number
        for one in rows
        for outcome, number in known.get(one.reference, ())
        if outcome == one.outcome
    }
    if not wanted:
        return {}
    with book.opened() as found:
        if found is None:
            return {}
        orders = book.orders_numbered(found, list(wanted.values()))
    return {key: (number, orders[number].status.value) for key, number in wanted.items() if number in orders}
