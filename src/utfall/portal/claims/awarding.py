"""The award of an approved claim: two events of the journal, written once, and what settlement made of it."""

import time
from datetime import datetime
from datetime import time as clock_time
from hashlib import blake2b
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from utfall.engine import OrderState
from utfall.events import Action, Amendment, ClickRef, Conversion, Line, Outcome, Source, encode, event_id
from utfall.portal.access.times import to_ms
from utfall.portal.book import facade as book
from utfall.portal.claims.contracts import Award
from utfall.portal.claims.models import Claim
from utfall.portal.validation import facade as validation

NOON: Final = clock_time(12)


def begin(claim: Claim, *, is_open: bool) -> None:
    """Say that a claim is awarded, in the transaction that approves it; it is written after this commits.

    Not open: the order itself is decided, and the award stands under a reference of its own.
    """
    claim.award = Award.WRITING.value
    claim.award_ms = time.time_ns() // 1_000_000
    claim.award_event = _id(claim, "conversion")
    claim.award_reference = claim.reference if is_open else f"claim-{claim.pk}"
    claim.save()
    pk = claim.pk
    transaction.on_commit(lambda: write(pk))


def write(number: int) -> None:
    """Write the award's events, unless they are in the journal already."""
    claim = Claim.objects.system().get(pk=number)
    if claim.award != Award.WRITING.value:
        return
    events = events_of(claim, _standing(claim))
    with validation.Written() as writer:
        if not validation.is_written(claim.stream, claim.position, claim.award_event):
            claim.stream, claim.position = writer.stream, writer.end
            claim.save(update_fields=["stream", "position"])
            writer.append([encode(event) for event in events])
    claim.award = Award.WRITTEN.value
    claim.save(update_fields=["award"])


def events_of(claim: Claim, order: OrderState | None) -> tuple[Conversion, Amendment]:
    """The conversion that awards, and the amendment that approves it."""
    assert claim.award_ms is not None, "an award that is written was begun"
    assert claim.link is not None, "an award without a link was refused"
    at = order.occurred_at if order is not None else _noon(claim)
    common: dict[str, Any] = {
        "received_at": max(to_ms(claim.filed_at), at),
        "source": Source.CLAIM,
        "advertiser": claim.advertiser,
        "outcome": order.outcome if order is not None else Outcome(claim.outcome),
        "order": claim.award_reference,
    }
    touched_at = (order.checkout_at if order is not None and order.checkout_at else at) - 1
    award = ClickRef(
        id=_id(claim, "award", touched_at),
        at=touched_at,
        link=claim.link,
        program=claim.program,
        publisher=claim.publisher,
    )
    conversion = Conversion(
        id=claim.award_event,
        occurred_at=at,
        currency=order.currency if order is not None else claim.currency,
        lines=() if order is not None else (Line(amount_micros=claim.amount_micros),),
        program=claim.program,
        clicks=(award,),
        **common,
    )
    common["received_at"] = claim.award_ms
    approval = Amendment(
        id=_id(claim, "approval"),
        occurred_at=claim.award_ms,
        action=Action.APPROVE,
        evidence=f"claim {claim.pk}",
        **common,
    )
    return conversion, approval


def _noon(claim: Claim) -> int:
    """The middle of the claimed day, but not after the claim was filed."""
    noon = datetime.combine(claim.placed_on, NOON, ZoneInfo(claim.zone))
    return min(to_ms(noon), to_ms(claim.filed_at))


def _standing(claim: Claim) -> OrderState | None:
    """The order that the award is merged into; none where it makes one."""
    if claim.award_reference != claim.reference:
        return None
    with book.opened() as found:
        if found is None:
            return None
        number = _number(found, claim)
        return book.orders_numbered(found, [number])[number] if number else None


def _number(found: book.Book, claim: Claim) -> int | None:
    for outcome in sorted(Outcome, key=lambda one: one.value != claim.outcome):
        try:
            return book.conversion(found, claim.advertiser, outcome.value, claim.award_reference).id
        except book.Unknown:
            continue
    return None


def _id(claim: Claim, what: str, at_ms: int | None = None) -> str:
    assert claim.award_ms is not None, "the moment of an award is known before its ids"
    chance = blake2b(f"{claim.ident}:{what}".encode(), digest_size=10, person=b"utfall.claim").digest()
    return event_id(claim.award_ms if at_ms is None else at_ms, chance)


def follow(claims: list[Claim]) -> int:
    """Note what settlement made of written awards; how many were settled."""
    waiting = [one for one in claims if one.award == Award.WRITTEN.value]
    if not waiting:
        return 0
    with book.opened() as found:
        if found is None:
            return 0
        settled = [one for one in waiting if _noted(found, one)]
    for one in settled:
        one.save(update_fields=["award", "award_reason", "receipt", "commission_micros"])
    return len(settled)


def _noted(found: book.Book, claim: Claim) -> bool:
    number = _number(found, claim)
    if number is None:
        return _is_refused(found, claim)
    order = book.orders_numbered(found, [number])[number]
    for row in book.receipts_of_conversion(found, number):
        said = book.said(row.body)
        if said.event != claim.award_event:
            continue
        is_theirs = order.publisher == claim.publisher and order.commission_micros > 0
        claim.award = (Award.BOOKED if said.is_accepted and is_theirs else Award.OVERRULED).value
        claim.award_reason = "" if is_theirs else (order.reason or said.reason or "")
        claim.receipt = row.id
        claim.commission_micros = order.commission_micros if is_theirs else None
        return True
    return False


def _is_refused(found: book.Book, claim: Claim) -> bool:
    """Whether the award was refused before there was an order: then its receipt is about none."""
    for row in book.receipts_saying(found, "event", claim.award_event, 1):
        said = book.said(row.body)
        claim.award, claim.receipt = Award.OVERRULED.value, row.id
        claim.award_reason = said.reason or ""
        return True
    return False
