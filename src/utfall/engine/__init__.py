"""The engine: the one bridge between what happened, what was agreed and what is owed. Pure.

`settle(book, batch, terms, secret) -> Decisions`: a verdict for every event, the entries it makes, the
receipts that explain it. Promises: the same arguments give the same bytes; entries balance per currency; no
limit is exceeded; an order has one payer. Refuses nothing by exception: an expected refusal is a `Reason`;
an exception is a bug.
"""

from utfall.engine.batch import (
    ENGINE_VERSION,
    Batch,
    Decisions,
    Entry,
    LimitChange,
    Manifest,
    PartySide,
    Policy,
    ReceiptDraft,
    Transaction,
    decode_manifest,
    encode_manifest,
)
from utfall.engine.facts import BatchFacts, Fact, Fate, Range, decode_facts, encode_facts
from utfall.engine.needs import Needs, bond_needs, limit_needs, needs, needs_of_orders
from utfall.engine.parties import earned
from utfall.engine.pricing import customer_kind
from utfall.engine.settle import settle
from utfall.engine.state import (
    Accrual,
    Bond,
    BookSlice,
    Counters,
    CustomerState,
    LimitKey,
    LimitState,
    OrderKey,
    OrderState,
    OrderStatus,
    Share,
    ShareKind,
    StoredTouch,
)
from utfall.engine.traffic import Traffic, TrafficPolicy

__all__ = [
    "ENGINE_VERSION",
    "Accrual",
    "Batch",
    "BatchFacts",
    "Bond",
    "BookSlice",
    "Counters",
    "CustomerState",
    "Decisions",
    "Entry",
    "Fact",
    "Fate",
    "LimitChange",
    "LimitKey",
    "LimitState",
    "Manifest",
    "Needs",
    "OrderKey",
    "OrderState",
    "OrderStatus",
    "PartySide",
    "Policy",
    "Range",
    "ReceiptDraft",
    "Share",
    "ShareKind",
    "StoredTouch",
    "Traffic",
    "TrafficPolicy",
    "Transaction",
    "bond_needs",
    "customer_kind",
    "decode_facts",
    "decode_manifest",
    "earned",
    "encode_facts",
    "encode_manifest",
    "limit_needs",
    "needs",
    "needs_of_orders",
    "settle",
]
