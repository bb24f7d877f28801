"""What settlement decided: the receipts since a number, for whoever may read them."""

from typing import Any, Final

import msgspec

from utfall.portal.access import Caller
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.tracking.contracts import Party, Settled, Verdict
from utfall.portal.tracking.naming import Names
from utfall.portal.tracking.reasons_words import reason_words

MOST: Final = 2000
"""Receipts that one look reads."""
Document = dict[str, Any]


class Owners(msgspec.Struct):
    """Whose a receipt is. One about money has no outcome, and answers no call."""

    advertiser: int = 0
    outcome: str = ""


_owners: Final = msgspec.json.Decoder(Owners)


def party_of(caller: Caller, advertiser: int | None, publisher: int | None) -> tuple[Party, ...]:
    """The sides of a receipt that the caller may read, its own first.

    One about money may be of one party alone, or of none: then it is the network's.
    """
    sides: list[Party] = []
    is_theirs = advertiser is not None or publisher is None
    if advertiser in caller.advertisers or (caller.sees_all and is_theirs):
        sides.append("advertiser")
    if publisher is not None and (caller.sees_all or publisher in caller.publishers):
        sides.append("publisher")
    return tuple(sides)


def settled_since(caller: Caller, receipt: int | None, advertiser: int | None) -> tuple[list[Settled], int]:
    """What was decided after a receipt (None: lately), oldest first, and the last receipt there is."""
    with book.opened() as found:
        if found is None:
            return [], receipt or 0
        last = book.latest_receipt(found)
        after = max(last - MOST, 0) if receipt is None or receipt > last else max(receipt, last - MOST)
        mine = [
            number
            for number, publisher, body in book.receipts_told(found, after, MOST)
            if _is_mine(caller, advertiser, publisher, body)
        ]
        rows = [book.receipt(found, number) for number in mine]
    return _shown(caller, rows), last


def _is_mine(caller: Caller, wanted: int | None, publisher: int | None, body: bytes) -> bool:
    said = _owners.decode(body)
    is_wanted = bool(said.outcome) and wanted in (None, said.advertiser)
    return is_wanted and bool(party_of(caller, said.advertiser, publisher))


def _shown(caller: Caller, rows: list[book.ReceiptRow]) -> list[Settled]:
    programs = frozenset(row.program for row in rows if row.program is not None)
    publishers = frozenset(row.publisher for row in rows if row.publisher is not None)
    names = Names(caller, programs_=programs, publishers=publishers)
    return [settled_of(caller, row, names) for row in rows]


def settled_of(caller: Caller, row: book.ReceiptRow, names: Names) -> Settled:
    """What a receipt says, by the side the caller may read."""
    body: Document = msgspec.json.decode(row.body)
    (party, *_others) = party_of(caller, body["advertiser"], row.publisher)
    side: Document = msgspec.json.decode(row.advertiser_side if party == "advertiser" else row.publisher_side)
    reason = body.get("reason") or ""
    words = reason_words(reason)
    return Settled(
        receipt=row.id,
        event=body.get("event") or "",
        kind=row.kind,
        verdict=verdict_of(body),
        status=body.get("status") or "",
        reason=reason,
        sentence=words.sentence,
        mend=words.mend,
        method=body.get("method") or "",
        publisher=row.publisher,
        publisher_name=names.publisher(row.publisher),
        currency=body.get("currency") or "",
        commission_micros=side.get("commission_micros"),
        cost_micros=side.get("cost_micros"),
        order=body.get("order") or "",
        outcome=body.get("outcome") or "",
        program=row.program,
        program_name=names.program(row.program),
        decided_at=from_ms(body["decided_at"]),
    )


def verdict_of(body: Document) -> Verdict:
    """Whether settlement took what the receipt is about."""
    return "refused" if body.get("verdict") == "refused" else "accepted"
