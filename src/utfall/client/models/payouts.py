"""What the operations of payouts answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.models.funding import EarningsFundedState
from utfall.client.models.invoices import BankAccountScheme
from utfall.client.models.payouts_words import (
    ExchangeRatesProblem,
    ExchangeRateUse,
    PayoutBatchState,
    PayoutExchangeState,
    PayoutSchedule,
    PayoutState,
    UnpaidReason,
)


class UnpaidReasonAnswer(Struct, frozen=True, kw_only=True):
    """Why it is not paid yet, and how that ends."""

    reason: UnpaidReason
    sentence: str
    until: datetime | None
    day: date | None


class EarningsComingAnswer(Struct, frozen=True, kw_only=True):
    """What becomes approved or payable on a day."""

    program: int
    status: str
    day: date | None
    micros: int
    count: int
    funded: EarningsFundedState | None
    """Whether the advertiser has the money here."""


class PayoutRateAnswer(Struct, frozen=True, kw_only=True):
    """A rate: millionths of both currencies' units for one euro, of a day, from a source."""

    source: str
    day: date
    currency: str
    into: str
    currency_micros: int
    into_micros: int


class PayoutExchangedAnswer(Struct, frozen=True, kw_only=True):
    """What is payable in a currency, turned into that of the payout."""

    micros: int
    rate: PayoutRateAnswer
    into_micros: int
    state: PayoutExchangeState
    receipt: int | None
    code: str
    """Why settlement refused it."""


class EarningsAnswer(Struct, frozen=True, kw_only=True):
    """What was earned in a currency, and what each part of it waits for."""

    currency: str
    pending_micros: int
    held_micros: int
    payable_micros: int
    under_way_micros: int
    paid_micros: int
    reasons: tuple[UnpaidReasonAnswer, ...]
    next_day: date | None
    """The banking day on which it is paid next; null: when asked for."""
    coming: tuple[EarningsComingAnswer, ...]
    unfunded_micros: int
    """What of the payable no advertiser has paid for yet."""
    exchanged: PayoutExchangedAnswer | None
    """What it would be in the payout currency today, where one was chosen."""


class ExchangeRateAnswer(Struct, frozen=True, kw_only=True):
    """The last rate of a currency that is used."""

    currency: str
    uses: tuple[ExchangeRateUse, ...]
    micros: int | None
    """Micros of it for one euro."""
    day: date | None
    is_old: bool
    """Nothing is exchanged by it today."""


class ExchangeRatesPassedOverAnswer(Struct, frozen=True, kw_only=True):
    """A file that is no table."""

    name: str
    why: str


class ExchangeRatesFetchAnswer(Struct, frozen=True, kw_only=True):
    """How the last fetch of a table went."""

    at: datetime
    problem: ExchangeRatesProblem | None
    """Why no newer table came; null where one did."""
    words: str


class ExchangeRatesAnswer(Struct, frozen=True, kw_only=True):
    """Which table of exchange rates is in use, how old it is, and the rates of what is used."""

    source: str
    newest: date | None
    """The newest day of the table."""
    oldest: date | None
    file: str
    """Its name in `folder`; empty for the table that comes along."""
    folder: str
    url: str
    """Where a newer one is fetched; empty: nowhere."""
    passed_over: tuple[ExchangeRatesPassedOverAnswer, ...]
    """Files in the folder that are no table."""
    last_fetch: ExchangeRatesFetchAnswer | None
    is_old: bool
    """Whether the newest day is older than `days_allowed`."""
    days_allowed: int
    waiting: int
    """How many publishers are not paid because of old rates."""
    rates: tuple[ExchangeRateAnswer, ...]


class PayoutAnswer(Struct, frozen=True, kw_only=True):
    """A payout."""

    id: int
    name: str
    """What the bank knows it by."""
    batch: int
    publisher: int
    holder: str
    account: str
    """The last four of the account."""
    currency: str
    amount_micros: int
    state: PayoutState
    reason: str
    sentence: str
    receipt: int | None
    made_at: datetime
    pay_on: date
    released_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None
    exchanges: tuple[PayoutExchangedAnswer, ...]


class ListedPayoutAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PayoutAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PayoutBatchAnswer(Struct, frozen=True, kw_only=True):
    """A batch of payouts in one currency."""

    id: int
    currency: str
    pay_on: date
    state: PayoutBatchState
    actor: str
    made_at: datetime
    released_at: datetime | None
    released_by: str
    sent_at: datetime | None
    proposal: int | None
    """What a second person has to decide."""
    digest: str
    """Of who is paid what, and where."""
    payouts: int
    amount_micros: int
    states: dict[str, int]
    files: int
    """How many files the bank gets; 0 before it is sent."""


class ListedPayoutBatchAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PayoutBatchAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PayoutDueAnswer(Struct, frozen=True, kw_only=True):
    """A payable balance and its verdict."""

    publisher: int
    publisher_name: str
    currency: str
    payable_micros: int
    pay_micros: int
    """What would be paid: whole minor units."""
    is_due: bool
    reasons: tuple[UnpaidReasonAnswer, ...]
    next_day: date | None
    """The banking day on which it is paid next; null: when asked for."""
    exchanges: tuple[PayoutExchangedAnswer, ...]
    """What other currencies add to it."""


class PayoutCameBackAnswer(Struct, frozen=True, kw_only=True):
    """A payout that came back, and its next step."""

    payout: PayoutAnswer
    again: int | None
    """The payout that paid it since."""
    due: PayoutDueAnswer | None
    """When it is paid and why not yet; null: it is not payable now."""


class ListedPayoutCameBackAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[PayoutCameBackAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PaidCommissionAnswer(Struct, frozen=True, kw_only=True):
    """A commission that a payout paid."""

    source: str
    """conversion, touches or bonus."""
    number: int
    """Of the order, or of the transaction that earned it."""
    program: int
    reference: str
    micros: int
    currency: str
    receipt: int | None


class PayoutSumsAnswer(Struct, frozen=True, kw_only=True):
    """What adds up to a payout, in its currency."""

    commissions_micros: int
    others: dict[str, int]
    """By kind of transaction: paper, refund, tier, …"""
    exchanged_micros: int
    carried_micros: int
    """From before, less what stays."""


class PaidCommissionsAnswer(Struct, frozen=True, kw_only=True):
    """Part of the commissions of a payout."""

    items: tuple[PaidCommissionAnswer, ...]
    following: str
    """The cursor to go on from, as `after`; empty at the end."""
    sums: PayoutSumsAnswer | None
    """What adds up to the payout; null before it is settled and once it came back."""


class PayoutAccountAnswer(Struct, frozen=True, kw_only=True):
    """An account that a publisher is paid to."""

    holder: str
    scheme: BankAccountScheme
    number: str
    country: str
    bic: str | None


class PayoutDetailsAnswer(Struct, frozen=True, kw_only=True):
    """How a publisher is paid, and what is missing."""

    publisher: int
    account: PayoutAccountAnswer | None
    usable_from: datetime | None
    """A new account waits three days."""
    refused: str
    """The bank's code, where it refused the account."""
    minimum_micros: int
    currency: str
    schedule: PayoutSchedule
    into: str
    """What everything is paid in; empty: each as it was earned."""
    asked_at: datetime | None
    is_stopped: bool
    missing: tuple[UnpaidReasonAnswer, ...]


class PayoutDueSumAnswer(Struct, frozen=True, kw_only=True):
    """What is due today in a currency."""

    currency: str
    payouts: int
    micros: int
    """What these payouts come to."""
    waiting_micros: int
    """What is payable and not due."""


class PayoutFileAnswer(Struct, frozen=True, kw_only=True):
    """A bank's file."""

    name: str
    content: str
    """Base64."""


__all__ = [
    "EarningsAnswer",
    "EarningsComingAnswer",
    "ExchangeRateAnswer",
    "ExchangeRatesAnswer",
    "ExchangeRatesFetchAnswer",
    "ExchangeRatesPassedOverAnswer",
    "ListedPayoutAnswer",
    "ListedPayoutBatchAnswer",
    "ListedPayoutCameBackAnswer",
    "PaidCommissionAnswer",
    "PaidCommissionsAnswer",
    "PayoutAccountAnswer",
    "PayoutAnswer",
    "PayoutBatchAnswer",
    "PayoutCameBackAnswer",
    "PayoutDetailsAnswer",
    "PayoutDueAnswer",
    "PayoutDueSumAnswer",
    "PayoutExchangedAnswer",
    "PayoutFileAnswer",
    "PayoutRateAnswer",
    "PayoutSumsAnswer",
    "UnpaidReasonAnswer",
]
