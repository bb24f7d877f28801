"""What the engine is given and what it answers."""

from typing import Final, NamedTuple

import msgspec
from msgspec import Struct, field

from utfall.engine.facts import BatchFacts, Range
from utfall.engine.money.state import MoneyDecisions
from utfall.engine.state import (
    Accrual,
    Bond,
    Counters,
    CustomerState,
    LimitKey,
    OrderState,
    Pool,
    Released,
    StoredTouch,
)
from utfall.engine.traffic import TrafficPolicy
from utfall.events import AnyEvent


class Policy(Struct, frozen=True, kw_only=True):
    """The installation's own choices that decide verdicts; part of every manifest, so replay repeats them."""

    traffic: TrafficPolicy = field(default_factory=TrafficPolicy)
    future_tolerance_ms: int = 300_000


ENGINE_VERSION: Final = 3
"""Rises with every change that lets the same events be decided otherwise, or written with other bytes."""


class Manifest(Struct, frozen=True, kw_only=True):
    """The order of settlement as a fact: which records are settled together, when, under which snapshot, and
    by which version of the engine.
    """

    seq: int
    now: int
    snapshot: str
    ranges: tuple[Range, ...]
    policy: Policy = field(default_factory=Policy)
    engine: int = 1


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Manifest)


def encode_manifest(manifest: Manifest) -> bytes:
    """The bytes kept in the settlement stream."""
    return _encoder.encode(manifest)


def decode_manifest(data: bytes) -> Manifest:
    """Read what `encode_manifest` wrote."""
    return _decoder.decode(data)


class Batch(NamedTuple):
    """A manifest with the events of its ranges, range by range."""

    manifest: Manifest
    events: tuple[list[AnyEvent], ...]


class Entry(Struct, frozen=True, gc=False):
    """One side of a transaction: debit positive, credit negative."""

    owner: str
    owner_id: int
    bucket: str
    amount_micros: int


class Transaction(Struct, frozen=True, kw_only=True, gc=False):
    """A balanced set of entries in one currency, and what it is about."""

    id: int
    kind: str
    currency: str
    occurred_at: int
    program: int
    publisher: int
    entries: tuple[Entry, ...]
    event: str | None = None
    order: int | None = None
    rule: int | None = None
    corrects: int | None = None


class ReceiptDraft(Struct, frozen=True, gc=False):
    """A receipt as bytes, before its batch is signed. `order` is None where there is none, as for touches."""

    id: int
    hash: str
    prior: str | None
    kind: str
    order: int | None
    transaction: int | None
    program: int | None
    publisher: int | None
    body: bytes
    advertiser_side: bytes
    publisher_side: bytes


class PartySide(Struct, frozen=True, gc=False):
    """What one more party of an order reads beside a receipt's body."""

    receipt: int
    publisher: int
    side: bytes


class LimitChange(NamedTuple):
    """How one row of a limit moved; the row is created with `cap` if it is new."""

    key: LimitKey
    cap: int
    reserved: int
    settled: int


class Decisions(Struct, frozen=True, kw_only=True):
    """Everything one batch decided. Committing it, with the cursor, is the whole effect of settlement."""

    manifest: Manifest
    transactions: list[Transaction]
    orders: list[OrderState]
    accruals: list[Accrual]
    released: list[Accrual]
    payable: list[Released]
    limits: list[LimitChange]
    touches: list[StoredTouch]
    seen: list[str]
    customers: dict[tuple[int, str], CustomerState]
    bonds: dict[tuple[int, str, int], Bond | None]
    receipts: list[ReceiptDraft]
    party_sides: list[PartySide]
    traffic: bytes
    facts: BatchFacts
    counters: Counters
    money: MoneyDecisions
    pools: list[Pool] = field(default_factory=list)
