"""The documents of a receipt about money. Fields stand in the order of their names, as canonical JSON does.

Most concern one party and the network, and say all in the body, which nobody else may read; of a bonus each
side says its own amounts.
"""

from msgspec import UNSET, Struct, UnsetType

from utfall.engine.documents import Sides
from utfall.engine.receipts import VERSION


class MoneyBody(Struct, kw_only=True, gc=False):
    """What a receipt about money says."""

    advertiser: int | UnsetType = UNSET
    amount_micros: int | UnsetType = UNSET
    batch: int = 0
    because: str | UnsetType = UNSET
    corrects: str | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    day: str | UnsetType = UNSET
    decided_at: int = 0
    digest: str | UnsetType = UNSET
    event: str
    funding: str | UnsetType = UNSET
    identity: str | UnsetType = UNSET
    into: str | UnsetType = UNSET
    into_amount_micros: int | UnsetType = UNSET
    into_transaction: int | UnsetType = UNSET
    kind: str
    left_micros: int | UnsetType = UNSET
    net_micros: int | UnsetType = UNSET
    occurred_at: int
    paper: str | UnsetType = UNSET
    paper_kind: str | UnsetType = UNSET
    payout: int | UnsetType = UNSET
    previous: str = ""
    prior: str | None = None
    program: int | None = None
    publisher: int | None = None
    rate: str | UnsetType = UNSET
    reason: str | None = None
    receipt: int = 0
    sides: Sides | None = None
    since: int | UnsetType = UNSET
    snapshot: str = ""
    standing_micros: int | UnsetType = UNSET
    status: str | UnsetType = UNSET
    tax_micros: int | UnsetType = UNSET
    terms_version: int | UnsetType = UNSET
    through: int | UnsetType = UNSET
    transaction: int | None = None
    verdict: str = "accepted"
    version: int = VERSION
    words: str | UnsetType = UNSET


class MoneySide(Struct, kw_only=True, gc=False):
    """What only one party sees: of a bonus, what it costs or earns."""

    commission_micros: int | UnsetType = UNSET
    cost_micros: int | UnsetType = UNSET
    fee_micros: int | UnsetType = UNSET
    salt: str = ""
