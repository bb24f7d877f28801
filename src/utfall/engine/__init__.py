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
from utfall.engine.money.state import (
    Account,
    Answer,
    ExchangeState,
    FundingState,
    Mark,
    MoneyDecisions,
    MoneySlice,
    Papered,
    PaperState,
    Party,
    PayoutState,
)
from utfall.engine.needs import Needs, bond_needs, limit_needs, needs, needs_of_orders, pool_needs
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
    Pool,
    PoolKey,
    Released,
    Share,
    ShareKind,
    StoredTouch,
)
from utfall.engine.tier_clock import due_at as pool_due_at
from utfall.engine.traffic import Traffic, TrafficPolicy

__all__ = [
    "ENGINE_VERSION",
    "Account",
    "Accrual",
    "Answer",
    "Batch",
    "BatchFacts",
    "Bond",
    "BookSlice",
    "Counters",
    "CustomerState",
    "Decisions",
    "Entry",
    "ExchangeState",
    "Fact",
    "Fate",
    "FundingState",
    "LimitChange",
    "LimitKey",
    "LimitState",
    "Manifest",
    "Mark",
    "MoneyDecisions",
    "MoneySlice",
    "Needs",
    "OrderKey",
    "OrderState",
    "OrderStatus",
    "PaperState",
    "Papered",
    "Party",
    "PartySide",
    "PayoutState",
    "Policy",
    "Pool",
    "PoolKey",
    "Range",
    "ReceiptDraft",
    "Released",
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
    "pool_due_at",
    "pool_needs",
    "settle",
]
