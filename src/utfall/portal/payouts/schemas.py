"""What is sent to and answered by the API of payouts."""

from dataclasses import fields
from datetime import date
from typing import Any

from utfall.bank import Scheme
from utfall.events import PayoutEnd
from utfall.portal.funding.contracts import FundedState
from utfall.portal.payouts.contracts import (
    AccountView,
    BatchState,
    BatchView,
    CameBack,
    Commission,
    DetailsView,
    Due,
    Earnings,
    ExchangeState,
    PayoutState,
    PayoutView,
    Reason,
    Schedule,
    Unpaid,
)
from utfall.portal.payouts.ledger import Sums
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Schema, Strict


class PublisherWanted(Strict):
    """Whose: left out, your own; the operator names one."""

    publisher: Number | None = None


class PayoutsWanted(Strict):
    """Which payouts are wanted."""

    state: PayoutState | None = None
    publisher: Number | None = None
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class CommissionsWanted(Strict):
    """Which part is wanted."""

    after: str = Field("", max_length=40, description="The cursor `following` of the part before.")


class BankAccountSent(Strict):
    """An account to be paid to."""

    holder: str = Field(min_length=2, max_length=70)
    scheme: Scheme
    number: str = Field(min_length=1, max_length=50)
    country: str = Field(pattern="^[A-Z]{2}$")
    bic: str = Field("", max_length=11)


class WishesSent(Strict):
    """How often, and from which amount on."""

    schedule: Schedule
    minimum_micros: Micros
    currency: str = Field(pattern="^[A-Z]{3}$")
    into: str | None = Field(
        None,
        pattern="^([A-Z]{3})?$",
        description="Everything in this currency; empty: each as it was earned; left out: as before.",
    )


class WhySent(Strict):
    """A reason."""

    why: str = Field(min_length=1, max_length=500)


class BatchSent(Strict):
    """A batch that is wanted."""

    currency: str = Field(pattern="^[A-Z]{3}$")
    pay_on: date | None = Field(
        None, description="A banking day of the currency; left out: the first from today on."
    )
    publishers: list[Number] | None = Field(None, max_length=1000, description="Left out: everybody due.")


class ReleaseSent(Strict):
    """A word to the second person."""

    why: str = Field("", max_length=500)


class WaySent(Strict):
    """How the file is handed out."""

    way: str = Field("download", pattern="^(download|directory)$")


class PartWanted(Strict):
    """Which of a batch's files."""

    part: int = Field(1, ge=1, le=100_000, description="Counted from 1; a batch says how many there are.")


class OutcomeSent(Strict):
    """What became of a payout."""

    end: PayoutEnd
    why: str = Field(min_length=1, max_length=300)


class ReasonAnswer(Schema):
    """Why it is not paid yet, and how that ends."""

    reason: Reason
    sentence: str
    until: Moment | None
    day: date | None


class AccountAnswer(Schema):
    """An account that a publisher is paid to."""

    holder: str
    scheme: Scheme
    number: str
    country: str
    bic: str | None


class DetailsAnswer(Schema):
    """How a publisher is paid, and what is missing."""

    publisher: int
    account: AccountAnswer | None
    usable_from: Moment | None = Field(description="A new account waits three days.")
    refused: str = Field(description="The bank's code, where it refused the account.")
    minimum_micros: int
    currency: str
    schedule: Schedule
    into: str = Field(description="What everything is paid in; empty: each as it was earned.")
    asked_at: Moment | None
    is_stopped: bool
    missing: list[ReasonAnswer]


class RateAnswer(Schema):
    """A rate: millionths of both currencies' units for one euro, of a day, from a source."""

    source: str
    day: date
    currency: str
    into: str
    currency_micros: int
    into_micros: int


class ExchangedAnswer(Schema):
    """What is payable in a currency, turned into that of the payout."""

    micros: int
    rate: RateAnswer
    into_micros: int
    state: ExchangeState
    receipt: int | None
    code: str = Field(description="Why settlement refused it.")


class DueAnswer(Schema):
    """A payable balance and its verdict."""

    publisher: int
    publisher_name: str
    currency: str
    payable_micros: int
    pay_micros: int = Field(description="What would be paid: whole minor units.")
    is_due: bool
    reasons: list[ReasonAnswer]
    next_day: date | None = Field(
        description="The banking day on which it is paid next; null: when asked for."
    )
    exchanges: list[ExchangedAnswer] = Field(description="What other currencies add to it.")


class PayoutAnswer(Schema):
    """A payout."""

    id: int
    name: str = Field(description="What the bank knows it by.")
    batch: int
    publisher: int
    holder: str
    account: str = Field(description="The last four of the account.")
    currency: str
    amount_micros: int
    state: PayoutState
    reason: str
    sentence: str
    receipt: int | None
    made_at: Moment
    pay_on: date
    released_at: Moment | None
    sent_at: Moment | None
    ended_at: Moment | None
    exchanges: list[ExchangedAnswer]


class SumsAnswer(Schema):
    """What adds up to a payout, in its currency."""

    commissions_micros: int
    others: dict[str, int] = Field(description="By kind of transaction: paper, refund, tier, …")
    exchanged_micros: int
    carried_micros: int = Field(description="From before, less what stays.")


class CameBackWanted(Strict):
    """Which payouts that came back are wanted."""

    is_open: bool = Field(True, description="Only those that were not paid again.")
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class CameBackAnswer(Schema):
    """A payout that came back, and its next step."""

    payout: PayoutAnswer
    again: int | None = Field(description="The payout that paid it since.")
    due: DueAnswer | None = Field(description="When it is paid and why not yet; null: it is not payable now.")


class CommissionAnswer(Schema):
    """A commission that a payout paid."""

    source: str = Field(description="conversion, touches or bonus.")
    number: int = Field(description="Of the order, or of the transaction that earned it.")
    program: int
    reference: str
    micros: int
    currency: str
    receipt: int | None


class CommissionsAnswer(Schema):
    """Part of the commissions of a payout."""

    items: list[CommissionAnswer]
    following: str = Field(description="The cursor to go on from, as `after`; empty at the end.")
    sums: SumsAnswer | None = Field(
        description="What adds up to the payout; null before it is settled and once it came back."
    )


class BatchAnswer(Schema):
    """A batch of payouts in one currency."""

    id: int
    currency: str
    pay_on: date
    state: BatchState
    actor: str
    made_at: Moment
    released_at: Moment | None
    released_by: str
    sent_at: Moment | None
    proposal: int | None = Field(description="What a second person has to decide.")
    digest: str = Field(description="Of who is paid what, and where.")
    payouts: int
    amount_micros: int
    states: dict[str, int]
    files: int = Field(description="How many files the bank gets; 0 before it is sent.")


class BankFileAnswer(Schema):
    """A bank's file."""

    name: str
    content: str = Field(description="Base64.")


class ComingAnswer(Schema):
    """What becomes approved or payable on a day."""

    program: int
    status: str
    day: date | None
    micros: int
    count: int
    funded: FundedState | None = Field(description="Whether the advertiser has the money here.")


class EarningsAnswer(Schema):
    """What was earned in a currency, and what each part of it waits for."""

    currency: str
    pending_micros: int
    held_micros: int
    payable_micros: int
    under_way_micros: int
    paid_micros: int
    reasons: list[ReasonAnswer]
    next_day: date | None = Field(
        description="The banking day on which it is paid next; null: when asked for."
    )
    coming: list[ComingAnswer]
    unfunded_micros: int = Field(description="What of the payable no advertiser has paid for yet.")
    exchanged: ExchangedAnswer | None = Field(
        description="What it would be in the payout currency today, where one was chosen."
    )


def details_shown(view: DetailsView) -> dict[str, Any]:
    """How a publisher is paid."""
    account = view.account
    return {
        "publisher": view.publisher,
        "account": account and _account(account),
        "usable_from": account and account.usable_from,
        "refused": account.refused if account else "",
        "minimum_micros": view.minimum_micros,
        "currency": view.currency,
        "schedule": view.schedule,
        "into": view.into,
        "asked_at": view.asked_at,
        "is_stopped": view.stop is not None,
        "missing": [reason_shown(one) for one in view.missing],
    }


def _account(view: AccountView) -> dict[str, Any]:
    account = view.account
    return {
        "holder": view.holder,
        "scheme": account.scheme,
        "number": account.number,
        "country": account.country,
        "bic": account.bic,
    }


def reason_shown(one: Unpaid) -> dict[str, Any]:
    """Why something is not paid yet."""
    return {"reason": one.reason, "sentence": str(one.sentence), "until": one.until, "day": one.day}


def due_shown(one: Due) -> dict[str, Any]:
    """A verdict."""
    reasons = [reason_shown(each) for each in one.reasons]
    exchanges = [_fields(each) for each in one.exchanges]
    return _fields(one) | {"is_due": one.is_due, "reasons": reasons, "exchanges": exchanges}


def payout_shown(one: PayoutView) -> dict[str, Any]:
    """A payout."""
    exchanges = [_fields(each) for each in one.exchanges]
    told = {"account": one.account.number[-4:], "sentence": str(one.sentence), "exchanges": exchanges}
    return _fields(one) | told


def came_back_shown(one: CameBack) -> dict[str, Any]:
    """A payout that came back."""
    due = due_shown(one.due) if one.due else None
    return {"payout": payout_shown(one.payout), "again": one.again, "due": due}


def sums_shown(one: Sums | None) -> dict[str, Any] | None:
    """What adds up to a payout."""
    return one and one._asdict() | {"others": dict(one.others)}


def batch_shown(one: BatchView) -> dict[str, Any]:
    """A batch."""
    return _fields(one) | {"states": {state.value: count for state, count in one.states}}


def commission_shown(one: Commission) -> dict[str, Any]:
    """A commission."""
    return _fields(one)


def earnings_shown(one: Earnings) -> dict[str, Any]:
    """Earnings in one currency."""
    reasons = [reason_shown(each) for each in one.reasons]
    exchanged = _fields(one.exchanged) if one.exchanged else None
    coming = [_fields(each) for each in one.coming]
    return _fields(one) | {"reasons": reasons, "coming": coming, "exchanged": exchanged}


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
