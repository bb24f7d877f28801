"""What the API's operations of this app take and answer."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from utfall.portal.rest.facade import Field, Micros, Moment, Number, Schema, Strict

Said = Annotated[str, BeforeValidator(str)]
"""Words in the reader's language."""


class OfAdvertiser(Strict):
    """Which advertiser, where the caller is not one itself."""

    advertiser: Number | None = None


class CallsWanted(OfAdvertiser):
    """Which calls are wanted."""

    cursor: str = Field("", max_length=2000, description="The cursor of the look before; none to begin.")
    kind: Literal[
        "", "conversion", "amendment", "click", "impression", "viewable", "video_progress", "cost"
    ] = ""
    verdict: Literal["", "accepted", "refused"] = ""
    order: str = Field("", max_length=50, description="A part of the order's reference.")
    tests_only: bool = False


class SettledAnswer(Schema):
    """What settlement decided."""

    receipt: int
    event: str
    kind: str
    verdict: str
    status: str
    reason: str
    sentence: str
    mend: str
    method: str
    publisher: int | None
    program: int | None
    order: str
    outcome: str
    currency: str
    commission_micros: Micros | None
    cost_micros: Micros | None
    decided_at: Moment


class CallAnswer(Schema):
    """A call to the edge."""

    id: str
    at: Moment
    kind: str
    source: str
    verdict: str
    advertiser: int | None
    program: int | None
    publisher: int | None
    link: int | None
    outcome: str
    order: str
    action: str
    currency: str
    amount_micros: Micros | None
    is_test: bool
    consent: str
    clicks: int | None = Field(description="How many click tokens of ours an order carried.")
    reason: str
    field: str
    sentence: str
    mend: str
    settled: SettledAnswer | None


class CallsAnswer(Schema):
    """What came since the cursor, newest first."""

    calls: list[CallAnswer]
    settled: list[SettledAnswer] = Field(description="What was decided since, also about earlier calls.")
    cursor: str
    skipped: int = Field(description="Events that came too fast to be looked at.")
    problem: str


class MethodAnswer(Schema):
    """How a way of telling fared in the last days."""

    method: str
    light: str
    accepted: int
    refused: int
    tests: int
    with_click: int
    last_at: Moment | None
    last_reason: str
    is_silent: bool


class CheckAnswer(Schema):
    """One line of the checklist."""

    key: str
    light: str
    words: Said
    more: Said


class SetupAnswer(Schema):
    """An advertiser's tracking."""

    advertiser: int
    edge: str
    own_domains: list[str]
    accepts_pixel: bool
    has_postback_secret: bool
    light: str
    silent_since: Moment | None
    days: int
    methods: list[MethodAnswer]
    checks: list[CheckAnswer]


class TestWanted(OfAdvertiser):
    """A test order to be sent."""

    program: Number | None = Field(None, description="Whose currency and outcome it has.")
    secret: str = Field("", max_length=200, description="The postback secret, where there is one.")
    click: str = Field("", max_length=800, description="A click token, to see it found.")


class SentOrderAnswer(Schema):
    """A test order as it was sent, and what the edge said."""

    order: str
    way: str
    status: int
    verdict: str
    event: str
    reason: str
    field: str
    sentence: str
    mend: str


class SecretAnswer(Schema):
    """A secret that is told this once."""

    secret: str


class SideWanted(Strict):
    """Which side of a receipt, for who may read both."""

    side: Literal["", "advertiser", "publisher"] = ""


class TouchAnswer(Schema):
    """Who might have earned an order, and why they did not."""

    at: Moment
    method: str
    touch_class: str
    publisher_name: str
    link: int | None
    fate: str
    is_winner: bool


class LineAnswer(Schema):
    """A line with its arithmetic."""

    what: str
    quantity: int | None
    amount_micros: Micros | None
    refunded_micros: Micros
    rule: str
    price: str
    commission_micros: Micros
    stands_micros: Micros


class ReceiptTierPartAnswer(Schema):
    """A part of an order at the price of one step."""

    amount_micros: Micros | None
    price: str
    commission_micros: Micros


class ReceiptTierAnswer(Schema):
    """How a price in steps came about."""

    rule: str
    rule_number: int
    period: str
    before: str = Field(description="What the period held before; empty where others are counted, too.")
    parts: list[ReceiptTierPartAnswer]


class ReceiptCorrectionAnswer(Schema):
    """The arithmetic of a correction: what the orders of a period earned, and earn at the step reached."""

    rule: str
    period: str
    orders: int
    amount_micros: Micros
    before: str
    start: str
    price: str
    earned_micros: Micros
    target_micros: Micros
    correction_micros: Micros
    waiting_micros: Micros = Field(description="What no limit had room for yet.")


class ReceiptLimitAnswer(Schema):
    """A budget or cap as the decision left it."""

    name: str
    counted: str = Field(description="Of whom and what, in words; empty where of everything.")
    period: str
    counts: bool = Field(description="`cap` and `used` are numbers of outcomes, else micros.")
    cap: int
    used: int


class PartAnswer(Schema):
    """A part of a commission that goes to a publisher by a split or an override."""

    kind: Literal["split", "override", "on_top"]
    agreement: int
    publisher: int
    ppm: int
    stands_micros: Micros


class ReceiptAnswer(Schema):
    """A receipt by one party's side."""

    receipt: int
    party: str
    hash: str
    previous: str
    kind: str
    verdict: str
    status: str
    order: str
    outcome: str
    occurred_at: Moment | None
    decided_at: Moment
    advertiser: int | None
    program: int | None
    publisher: int | None
    terms_version: int | None
    method: str
    reason: str
    sentence: str
    mend: str
    because: str
    currency: str
    commission_micros: Micros | None
    fee_micros: Micros | None
    cost_micros: Micros | None
    approve_at: Moment | None = Field(description="When silence approves; told where an item moved it.")
    payable_at: Moment | None = Field(description="When the hold ends; told where the program locks.")
    locks_at: Moment | None = Field(description="From then nothing but a refund changes the order.")
    window_sku: str = Field(description="The item whose return window silence waits for.")
    window_days: int | None
    delivery_days: int | None
    batch: int
    snapshot: str
    recurring_month: int | None
    customer_is_new: bool | None = Field(description="As the advertiser declares.")
    orders_before: int | None = Field(description="Of this customer, as its own orders here say.")
    has_lapsed: bool
    touches: list[TouchAnswer]
    lines: list[LineAnswer]
    limits: list[ReceiptLimitAnswer]
    tiers: list[ReceiptTierAnswer]
    correction: ReceiptCorrectionAnswer | None
    parts: list[PartAnswer] = Field(
        description="Who is paid by a split or an override, as far as it is yours."
    )
    is_of_another: bool = Field(description="You have a part in what another publisher won.")
    paid_at: Moment | None = Field(description="When the bank had paid the publisher for the order.")
    payout: int | None = Field(
        description="The payout that paid it, or that it is about; null for an advertiser."
    )


class DocumentAnswer(Schema):
    """A receipt by one party's side with its path to the signed root."""

    format: str
    party: str
    body: str = Field(description="The receipt, to the byte as it was hashed.")
    side: str = Field(description="The side of this party, to the byte as it was hashed.")
    batch: int
    index: int = Field(description="The receipt's place among those of its batch, from 0.")
    count: int
    path: list[str] = Field(description="Hashes from the receipt to the root, in hexadecimal.")
    signature: str = Field(description="Ed25519 over the root, in hexadecimal.")
    key: str
    fingerprint: str


class PublicKeyAnswer(Schema):
    """A public key as PEM, and its SHA-256."""

    pem: str
    key: str = Field(description="The part of the fingerprint that receipts name.")
    fingerprint: str
