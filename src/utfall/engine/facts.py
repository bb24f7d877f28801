"""What a settled batch tells the lake: a fate per touch and a fact per decision, all amounts as signed
changes.

A touch (impression, viewable, video progress, click) is read again from the journal by whoever ships it; the
batch only says which of its few distinct fates it met. Everything else is told in full. Summing the changes
of all facts gives the balances of the book.
"""

from typing import Final

import msgspec
from msgspec import Struct

from utfall.events import Outcome

NO_FATE: Final = 0xFFFFFFFF
"""In `BatchFacts.touches`: the record is no touch, and is told in `facts`."""

PRICE_MODELS: Final[dict[Outcome, str]] = {
    Outcome.IMPRESSION: "cpm",
    Outcome.VIEWABLE: "vcpm",
    Outcome.VIDEO: "cpcv",
    Outcome.CLICK: "cpc",
    Outcome.LEAD: "cpl",
    Outcome.ACTION: "cpa",
    Outcome.SALE: "cps",
    Outcome.INSTALL: "cpi",
}


class Fate(Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """What became of a touch: refused with a reason, or counted at a price (perhaps none).

    Amounts are per event: `cost_micros` is what the advertiser owes (commission and fee).
    """

    reason: str | None = None
    rule: int | None = None
    price_model: str | None = None
    transaction: int | None = None
    group: int | None = None
    channel: str | None = None
    currency: str | None = None
    cost_micros: int = 0
    commission_micros: int = 0
    fee_micros: int = 0


class Fact(Struct, frozen=True, gc=False, array_like=True):
    """A decision about anything but a touch. An order's first line carries its count; amounts are changes.

    `occurred_at` is the time of the outcome (of the order, also for later decisions about it), `decided_at`
    the time of this decision. `cost_micros` is commission and fee together.
    """

    event: str
    kind: str
    occurred_at: int
    received_at: int
    decided_at: int
    source: str | None = None
    transaction: int | None = None
    advertiser: int | None = None
    program: int | None = None
    publisher: int | None = None
    group: int | None = None
    link: int | None = None
    sub: tuple[str, ...] = ()
    channel: str | None = None
    device: str | None = None
    os: str | None = None
    browser: str | None = None
    country: str | None = None
    customer: str | None = None
    code: str | None = None
    category: str | None = None
    rule: int | None = None
    price_model: str | None = None
    status: str | None = None
    reason: str | None = None
    currency: str | None = None
    leads: int = 0
    actions: int = 0
    sales: int = 0
    installs: int = 0
    revenue_micros: int = 0
    cost_micros: int = 0
    fee_micros: int = 0
    commission_pending_micros: int = 0
    commission_approved_micros: int = 0
    commission_declined_micros: int = 0
    imported_cost_micros: int = 0


class Range(Struct, frozen=True, kw_only=True, gc=False):
    """Records `[start, end)` of one journal stream."""

    stream: str
    start: int
    end: int


class BatchFacts(Struct, frozen=True, kw_only=True):
    """All that one settled batch tells. `touches` holds, per range and record, a little-endian uint32 into
    `fates`.
    """

    batch: int
    now: int
    snapshot: str
    ranges: tuple[Range, ...]
    touches: tuple[bytes, ...]
    fates: tuple[Fate, ...]
    facts: tuple[Fact, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(BatchFacts)


def encode_facts(facts: BatchFacts) -> bytes:
    """The bytes kept in the book's outbox until the lake holds them."""
    return _encoder.encode(facts)


def decode_facts(data: bytes) -> BatchFacts:
    """Read what `encode_facts` wrote."""
    return _decoder.decode(data)
