"""A receipt as one party may read it: who was considered and why they left, and the arithmetic."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from utfall.portal.access import Caller, NotFound, Permission
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.site import site
from utfall.portal.tracking import money_words
from utfall.portal.tracking.contracts import (
    Chapter,
    Party,
    ReceiptLimit,
    ReceiptLine,
    ReceiptPart,
    ReceiptView,
    Touch,
)
from utfall.portal.tracking.naming import Names
from utfall.portal.tracking.prices import Rules
from utfall.portal.tracking.reasons_words import fate_words, reason_words
from utfall.portal.tracking.settling import Document, party_of, verdict_of
from utfall.portal.tracking.tiers import correction_of, tier_of

OUTCOMES = ("sale", "lead", "action", "install")


class Readable(NamedTuple):
    """A receipt that the caller may read: its row and body, the caller's sides, and the wanted one, which of
    several publishers' is `publisher`'s.
    """

    row: book.ReceiptRow
    body: Document
    sides: tuple[Party, ...]
    party: Party
    side: bytes
    publisher: int | None


def readable(caller: Caller, found: book.Book, number: int, side: str) -> Readable:
    """A receipt of which a side is the caller's; NotFound where neither is."""
    row = _row(found, number)
    body: Document = msgspec.json.decode(row.body)
    sides, publisher, own = party_of(caller, body.get("advertiser"), row.publisher), row.publisher, b""
    if "publisher" not in sides and (part := _part(caller, found, number)):
        (publisher, own), sides = part, (*sides, "publisher")
    if not sides:
        raise NotFound
    party: Party = next((one for one in sides if one == side), sides[0])
    told = row.advertiser_side if party == "advertiser" else own or row.publisher_side
    return Readable(row, body, sides, party, told, publisher)


def _part(caller: Caller, found: book.Book, number: int) -> tuple[int, bytes] | None:
    """The side of a receipt of the caller's that shares in an order which another publisher won."""
    sides = book.sides_of(found, number) if caller.publishers else {}
    return next(((one, sides[one]) for one in sorted(caller.publishers) if one in sides), None)


def receipt(caller: Caller, number: int, side: str = "") -> ReceiptView:
    """A receipt by the caller's side of it; NotFound where neither side is the caller's."""
    caller.require(Permission.LOOK)
    with book.opened() as found:
        if found is None:
            raise NotFound
        row, body, sides, party, side_read, publisher = readable(caller, found, number, side)
        told = book.receipts_of_conversion(found, row.conversion) if row.conversion is not None else [row]
        chapters = [_chapter(one) for one in told if _may_read(caller, found, party, one)]
        paid = _paid_out(found, row, publisher)
        provable = key_file().exists() and book.batch(found, row.batch).signature is not None
    own: Document = msgspec.json.decode(side_read)
    is_of_another = party == "publisher" and publisher != row.publisher
    view = _view(caller, row, body, own, sides, party, chapters)
    return replace(
        view,
        is_provable=provable,
        is_of_another=is_of_another,
        paid_at=from_ms(paid.at) if paid else None,
        payout=(paid.payout if paid else body.get("payout")) if party == "publisher" else None,
    )


def _paid_out(found: book.Book, row: book.ReceiptRow, publisher: int | None) -> book.PaidOut | None:
    """How a side's publisher was paid for a receipt's order."""
    if row.conversion is None or publisher is None:
        return None
    return book.paid_out(found, row.conversion, publisher)


def key_file() -> Path:
    """Where the installation's public key is, once there is one."""
    return Path(site().keys_dir) / book.PUBLIC_KEY


def receipts_of_order(caller: Caller, advertiser: int, order: str) -> tuple[Chapter, ...]:
    """The receipts about an order of the caller's, oldest first, by what the advertiser calls it."""
    caller.require(Permission.LOOK)
    if not caller.sees_all and advertiser not in caller.advertisers:
        raise NotFound
    with book.opened() as found:
        rows = [] if found is None else list(_of_order(found, advertiser, order))
    return tuple(_chapter(row) for row in rows)


def _of_order(found: book.Book, advertiser: int, order: str) -> Iterable[book.ReceiptRow]:
    for outcome in OUTCOMES:
        try:
            known = book.conversion(found, advertiser, outcome, order)
        except book.Unknown:
            continue
        yield from book.receipts_of_conversion(found, known.id)


def _row(found: book.Book, number: int) -> book.ReceiptRow:
    try:
        return book.receipt(found, number)
    except book.Unknown:
        raise NotFound from None


def _may_read(caller: Caller, found: book.Book, party: Party, row: book.ReceiptRow) -> bool:
    """Whether the same side of another receipt about the order is the caller's, too."""
    if party == "advertiser" or caller.sees_all or row.publisher in caller.publishers:
        return True
    return _part(caller, found, row.id) is not None


def _chapter(row: book.ReceiptRow) -> Chapter:
    body: Document = msgspec.json.decode(row.body)
    return Chapter(
        receipt=row.id,
        kind=row.kind,
        status=body.get("status") or "",
        verdict=verdict_of(body),
        decided_at=from_ms(body["decided_at"]),
    )


def _view(
    caller: Caller,
    row: book.ReceiptRow,
    body: Document,
    side: Document,
    sides: tuple[Party, ...],
    party: Party,
    chapters: Sequence[Chapter],
) -> ReceiptView:
    names = _names(caller, row, body, side)
    rules = Rules(caller, row.program)
    words = reason_words(body.get("reason") or "")
    sentence = " ".join(filter(None, (money_words.sentence(body), words.sentence)))
    lines = tuple(_line(one, rules, body.get("currency", "")) for one in side.get("lines", ()))
    told: Document = {name: body.get(name) or "" for name in _TEXTS}
    told |= {name: body.get(name) for name in ("terms_version", "count", "each_micros")}
    told |= {name: side.get(name) for name in _OF_SIDE}
    amounts = [one.amount_micros for one in lines if one.amount_micros is not None]
    return ReceiptView(
        receipt=row.id,
        party=party,
        sides=sides,
        hash=row.hash,
        kind=row.kind,
        verdict=verdict_of(body),
        occurred_at=_when(body.get("occurred_at")),
        decided_at=from_ms(body["decided_at"]),
        advertiser=body.get("advertiser"),
        advertiser_name=names.advertiser(body.get("advertiser")),
        program=row.program,
        program_name=names.program(row.program),
        publisher=row.publisher,
        publisher_name=names.publisher(row.publisher),
        sentence=sentence,
        mend=words.mend,
        amount_micros=sum(amounts) if amounts else None,
        hour=_when(body.get("hour")),
        channel=side.get("channel") or "",
        code=side.get("code") or "",
        checkout_at=_when(side.get("checkout_at")),
        batch=body["batch"],
        **_deadlines(body.get("deadlines", {})),
        touches=tuple(_touch(one, names) for one in side.get("candidates", ())),
        lines=lines,
        limits=tuple(_limit(one, rules) for one in side.get("limits", ())),
        tiers=tuple(tier_of(one, rules, body.get("currency", "")) for one in side.get("tiers", ())),
        correction=correction_of(body, side, rules),
        rule=rules.name(body.get("rule")),
        parts=tuple(_part_told(one, names) for one in _parts_in(side)),
        recurring_month=side.get("recurring_month"),
        has_lapsed=bool(side.get("has_lapsed")),
        chapters=tuple(chapters),
        **told,
    )


_TEXTS = (
    *("status", "order", "outcome", "method", "reason", "because", "evidence", "currency"),
    *("snapshot", "previous", "period"),
)
_OF_SIDE = ("commission_micros", "fee_micros", "cost_micros", "customer_is_new", "orders_before")


def _names(caller: Caller, row: book.ReceiptRow, body: Document, side: Document) -> Names:
    candidates = side.get("candidates", ())
    publishers = {one["publisher"] for one in candidates if one.get("publisher")}
    publishers |= {row.publisher} if row.publisher is not None else set()
    publishers |= {one[name] for one in _parts_in(side) for name in ("publisher", "child")}
    return Names(
        caller,
        programs_=frozenset() if row.program is None else frozenset({row.program}),
        publishers=frozenset(publishers),
        advertisers=frozenset({body["advertiser"]} if "advertiser" in body else ()),
    )


def _deadlines(told: Document) -> Document:
    """The calendar that a receipt tells, where an item or a lock made one."""
    dates = {name: _when(told.get(name)) for name in ("approve_at", "payable_at", "locks_at")}
    return dates | {
        "window_sku": told.get("sku") or "",
        "window_days": told.get("return_days"),
        "delivery_days": told.get("delivery_days"),
    }


def _parts_in(side: Document) -> Sequence[Document]:
    """The parts of a commission that a side tells of: the advertiser's all, a publisher's its own."""
    found: Sequence[Document] = side.get("parties") or side.get("parts") or ()
    return found


def _part_told(one: Document, names: Names) -> ReceiptPart:
    return ReceiptPart(
        kind=one["kind"],
        agreement=one["agreement"],
        publisher=one["publisher"],
        publisher_name=names.publisher(one["publisher"]),
        child_name=names.publisher(one["child"]),
        ppm=one["ppm"],
        stands_micros=one["left_micros"],
    )


def _when(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else from_ms(at_ms)


def _touch(one: Document, names: Names) -> Touch:
    elimination = one["elimination"]
    return Touch(
        at=from_ms(one["at"]),
        method=one["method"],
        touch_class=one["class"],
        publisher_name=names.publisher(one.get("publisher")),
        link=one.get("link"),
        fate="" if elimination is None else fate_words(elimination),
        is_winner=elimination is None,
        is_hidden="publisher" not in one,
    )


def _line(one: Document, rules: Rules, currency: str) -> ReceiptLine:
    commission: int = one["commission_micros"]
    return ReceiptLine(
        what=one.get("sku") or one.get("category") or "",
        quantity=one.get("quantity"),
        amount_micros=one.get("amount_micros"),
        refunded_micros=one.get("refunded_micros") or 0,
        rule=rules.name(one.get("rule")),
        price=rules.price(one.get("price"), currency),
        commission_micros=commission,
        stands_micros=one.get("left_micros", commission),
    )


def _limit(one: dict[str, Any], rules: Rules) -> ReceiptLimit:
    name, counted, counts = rules.limit(one["limit"])
    return ReceiptLimit(
        name=name,
        counted=counted,
        period=one["period"],
        counts=counts,
        cap=one["cap"],
        used=one["reserved"] + one["settled"],
    )
