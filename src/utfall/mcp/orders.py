"""Orders and their receipts: finding them, their story, and whether what was decided can be proved."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from utfall.mcp.desk import Desk
from utfall.mcp.plain import Plain, listed, micros_of, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.tools import After, Amount, AnyProgram, AnyPublisher, Few, Id, Moment, Order, Tools

tools = Tools()

Status = Literal["unpaid", "pending", "approved", "payable", "declined", "reversed"]
Statuses = Annotated[
    Sequence[Status], Meta(description="Only where orders stand so; unpaid: owes nobody anything.")
]
Outcome = Annotated[
    Literal["sale", "lead", "action", "install"] | None, Meta(description="Only these outcomes.")
]
Receipt = Annotated[Id, Meta(description="The number of a receipt: `receipt` of an order or an event.")]


@tools.reads("Find orders")
def find_conversions(
    desk: Desk,
    *,
    search: Annotated[
        str | None, Meta(description="The advertiser's reference, or the beginning of it.")
    ] = None,
    program: AnyProgram = None,
    publisher: AnyPublisher = None,
    status: Statuses = (),
    paid: Annotated[bool, Meta(description="Only what was paid out, whatever was refunded since.")] = False,
    outcome: Outcome = None,
    reason: Annotated[str | None, Meta(description="Only with this reason code.")] = None,
    since: Moment = None,
    until: Moment = None,
    code: Annotated[str | None, Meta(description="Only with this promo code.")] = None,
    country: Annotated[str | None, Meta(description="ISO 3166, two letters.")] = None,
    amount_from: Annotated[Amount | None, Meta(description="At least so much; needs `currency`.")] = None,
    amount_to: Annotated[Amount | None, Meta(description="At most so much; needs `currency`.")] = None,
    currency: Annotated[str | None, Meta(description="ISO 4217, such as SEK.")] = None,
    sort: Literal["-occurred", "occurred", "-amount", "amount", "-commission", "commission"] = "-occurred",
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Orders (sales, leads, installs, actions) by your side of them, with where each stands and why. `id` is
    what the other tools call `order`. A publisher sees only its own, and nothing of others."""
    wanted: dict[str, Any] = {
        "search": search,
        "program": program,
        "publisher": publisher,
        "status": list(status) or None,
        "paid": paid or None,
        "outcome": outcome,
        "reason": reason,
        "since": since,
        "until": until,
        "code": code,
        "country": country,
        "currency": currency,
        "amount_from_micros": _bound(amount_from, currency, "amount_from"),
        "amount_to_micros": _bound(amount_to, currency, "amount_to"),
    }
    found = desk.client.conversions.conversions(**wanted, sort=sort, limit=limit, after=after)
    if after is not None:
        return listed(found)
    return listed(found, **_sums(desk, wanted))


def _bound(text: str | None, currency: str | None, field: str) -> int | None:
    if text is None:
        return None
    if currency is None:
        raise Declined(
            "currency_needed", "An amount means nothing without its currency.", "Say `currency`, too.", field
        )
    return micros_of(text, currency, field)


def _sums(desk: Desk, wanted: Mapping[str, Any]) -> Plain:
    """How many fit in all, and what they come to by currency."""
    totals = desk.client.conversions.totals(**wanted)
    count = f"{totals.count.orders}{' or more' if totals.count.is_more else ''}"
    return {"orders_that_fit": count, "sums": [plain(one) for one in totals.sums]}


@tools.reads("An order and its story")
def conversion_story(desk: Desk, *, order: Order) -> Plain:
    """The whole story of an order on a time line: the touches that might have earned it, which one won and
    why, the sum line by line, every later decision with its reason and receipt, and what lies ahead. A
    publisher is told its own side; touches of others have no name."""
    found = desk.client.conversions.conversion(order)
    story: Plain = plain(found, currency=found.order.currency)
    return story


@tools.reads("A receipt")
def receipt(desk: Desk, *, receipt: Receipt) -> Plain:
    """One decision of settlement by your side: verdict, reason in words and how to mend it, who might have
    earned it and why they did not, and the arithmetic of each line. Receipts are signed: see
    verify_receipt."""
    told: Plain = plain(desk.client.tracking.receipt(receipt))
    return told


@tools.reads("Verify a receipt's signature")
def verify_receipt(desk: Desk, *, receipt: Receipt) -> Plain:
    """Whether a receipt is what was decided and signed: its hash, the hash of your side, its path to the
    root of its batch, and the Ed25519 signature over that are computed here, not by the portal. `key_from`
    says whose copy of the public key was used: one's own proves more than the one the portal hands out."""
    document = desk.client.tracking.receipt_document(receipt)
    public, source = desk.public_key, "your own copy"
    if public is None:
        public, source = desk.client.tracking.public_key().pem.encode(), "the portal"
    findings = desk.verify(msgspec.to_builtins(document), public)
    return {
        "receipt": receipt,
        "holds": not findings,
        "findings": findings,
        "batch": document.batch,
        "party": document.party,
        "signed_by": document.key,
        "fingerprint": document.fingerprint,
        "key_from": source,
    }
