"""Orders and their stories as the API asks for them and answers."""

from typing import Any, Literal

from pydantic import field_validator

from utfall.engine import OrderStatus
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.conversions.story_contracts import Happening
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Paging, Schema, Strict
from utfall.portal.tracking.schemas import PartAnswer, ReceiptTierAnswer


class Wanted(Strict):
    """Which orders are wanted; what is left out asks for nothing."""

    tests: bool = Field(
        False, description="Test orders instead of real ones; for the advertiser's side only."
    )
    search: str = Field("", max_length=100, description="The beginning of a reference, or `#` and a number.")
    advertiser: Number | None = None
    program: Number | None = None
    publisher: Number | None = None
    status: list[OrderStatus] = Field([], max_length=len(OrderStatus))
    paid: bool = Field(False, description="Only what was paid out (`paid_at`), whatever was refunded since.")
    outcome: Literal["", "sale", "lead", "action", "install"] = ""
    reason: str = Field("", max_length=40, description="Why it is unpaid, declined or reversed.")
    since: Moment | None = Field(None, description="Placed at this moment or later.")
    until: Moment | None = Field(None, description="Placed before this moment.")
    silence_until: Moment | None = Field(None, description="Silence approves it before this moment.")
    code: str = Field("", max_length=100)
    sub: str = Field("", max_length=100, description="One of the sub-ids of the click that earned it.")
    link: Number | None = None
    country: str = Field("", max_length=2)
    device: str = Field("", max_length=20)
    channel: str = Field("", max_length=100, description="For the advertiser's side only.")
    customer: Literal["", "new", "returning", "lapsed"] = Field(
        "", description="For the advertiser's side only."
    )
    method: Literal["", "click", "view", "code", "recurring"] = ""
    source: str = Field("", max_length=10, description="How it was told; for the advertiser's side only.")
    currency: str = Field("", max_length=3)
    amount_from_micros: Micros | None = Field(None, description="For the advertiser's side only.")
    amount_to_micros: Micros | None = Field(None, description="For the advertiser's side only.")
    commission_from_micros: Micros | None = None
    commission_to_micros: Micros | None = None

    @field_validator("status", mode="before")
    @classmethod
    def _one_is_enough(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    def filters(self, sort: Sort = Sort.NEWEST) -> Filters:
        """The same as the facade takes them."""
        told = {name: getattr(self, name) for name in Wanted.model_fields if name != "status"}
        return Filters(**told, statuses=tuple(self.status), sort=sort)


class ListWanted(Wanted, Paging):
    """Which part of the list is wanted, and in which order."""

    sort: Sort = Field(Sort.NEWEST, description="A leading `-` puts the largest first.")


class DeadlineAnswer(Schema):
    """One date of an order's calendar."""

    kind: Literal["approval", "hold", "lock"]
    at: Moment
    is_over: bool = Field(description="Whether it has come.")


class OrderAnswer(Schema):
    """An order as your side may read it; what only the other side's receipt says is null or empty."""

    id: int = Field(description="Its number in the book; below nought for a test, which is in none.")
    party: Literal["advertiser", "publisher"]
    advertiser: int
    advertiser_name: str
    program: int | None
    program_name: str
    publisher: int | None
    publisher_name: str
    outcome: str
    action: str
    reference: str = Field(description="What the advertiser calls it.")
    status: OrderStatus
    reason: str
    sentence: str = Field(description="The reason in words.")
    occurred_at: Moment
    recorded_at: Moment
    decided_at: Moment | None = Field(description="When it was approved or declined.")
    changed_at: Moment
    approve_at: Moment | None = Field(description="When it is approved unless somebody objects.")
    payable_at: Moment | None = Field(description="When its hold ends.")
    locks_at: Moment | None = Field(description="From then nothing but a refund changes it.")
    is_locked: bool
    window_sku: str = Field(description="The item whose return window silence waits for.")
    window_days: int | None = Field(description="For how many days it can be returned.")
    delivery_days: int | None = Field(description="How long after the order these days begin.")
    deadlines: list[DeadlineAnswer]
    currency: str
    amount_micros: int | None = Field(description="What is left of it after refunds.")
    refunded_micros: int | None
    commission_micros: int
    fee_micros: int | None
    cost_micros: int | None
    method: str
    touch_class: str
    touch_at: Moment | None
    touch_seconds: int | None = Field(description="From the touch that earned it to the order.")
    link: int | None
    subs: list[str]
    code: str
    channel: str
    device: str
    country: str
    customer: str
    source: str
    lines: int = Field(description="How many lines it has.")
    rules: list[int]
    first_receipt: int
    receipt: int = Field(description="The latest receipt about it.")
    receipts: int
    is_test: bool = Field(
        description="A test: it says what the order would have earned, and nothing is owed."
    )
    is_of_another: bool = Field(description="You have a part in what another publisher won.")
    paid_at: Moment | None = Field(description="When the bank had paid its commission, or your part of it.")
    payout: int | None = Field(description="The payout that paid it; null on the advertiser's side.")


class MomentAnswer(Schema):
    """A moment of an order's story."""

    at: Moment
    happening: Happening
    kind: str = Field(description="The method of a touch, or what a receipt decided.")
    who: str
    link: int | None
    touch_class: str
    fate: str = Field(description="Why a touch left, or what a receipt says of the order.")
    status: str
    because: str
    evidence: str
    commission_micros: int | None
    receipt: int | None
    is_winner: bool
    is_hidden: bool = Field(description="A touch of another publisher, whose name you are not told.")


class LineAnswer(Schema):
    """A line of an order with its sum."""

    what: str
    quantity: int | None
    amount_micros: int | None
    refunded_micros: int
    rule: str
    price: str
    commission_micros: int
    stands_micros: int


class CorrectionAnswer(Schema):
    """What a price in steps corrected in the order's period, as it stands now."""

    rule: str
    period: str
    status: str
    orders: int = Field(description="How many orders of the period it counts.")
    commission_micros: int
    fee_micros: int | None
    receipt: int


class StoryAnswer(Schema):
    """An order with its whole story, oldest first."""

    order: OrderAnswer
    moments: list[MomentAnswer]
    lines: list[LineAnswer]
    tiers: list[ReceiptTierAnswer]
    parts: list[PartAnswer] = Field(
        description="Who is paid by a split or an override, as far as it is yours to know."
    )
    corrections: list[CorrectionAnswer]
    commission_micros: int | None
    fee_micros: int | None
    cost_micros: int | None
    terms_version: int | None = Field(description="The terms that held when it was placed.")
    click_terms_version: int | None = Field(description="Those that held at the click that earned it.")
    because: str
    evidence: str
    is_shortened: bool = Field(description="Whether it has more receipts than are told here.")


class CountAnswer(Schema):
    """How many orders fit."""

    orders: int
    is_more: bool = Field(description="There are more than that; they were not counted.")


class TotalAnswer(Schema):
    """The sums of orders in one currency."""

    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    fee_micros: int | None


class TotalsAnswer(Schema):
    """How many orders fit, and their sums."""

    count: CountAnswer
    sums: list[TotalAnswer]
    is_more: bool = Field(description="Too much fits to be added up at once: ask for less.")
