"""What crosses the border of the payouts app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from utfall.bank import BankAccount, Verdict
from utfall.portal.access.errors import Words
from utfall.portal.funding.contracts import FundedState
from utfall.rates import Rate


class Schedule(StrEnum):
    """How often a publisher is paid."""

    MONTHLY = "monthly"
    SEMI_MONTHLY = "semi_monthly"
    WEEKLY = "weekly"
    MANUAL = "manual"


class Reason(StrEnum):
    """Why somebody is not paid yet; the rows of docs/algorithms/payouts.md."""

    PARTICULARS = "particulars"
    AGREEMENT = "agreement"
    TAX = "tax"
    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_NEW = "account_new"
    ACCOUNT_REFUSED = "account_refused"
    UNSENDABLE = "unsendable"
    STOPPED = "stopped"
    SUSPENDED = "suspended"
    IN_BATCH = "in_batch"
    BELOW_MINIMUM = "below_minimum"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"
    NO_HOUSE_ACCOUNT = "no_house_account"
    RATE_OLD = "rate_old"
    OWED = "owed"


class PayoutState(StrEnum):
    """Where a payout stands."""

    DRAFT = "draft"
    PENDING = "pending"
    READY = "ready"
    SENT = "sent"
    COMPLETED = "completed"
    FAILED = "failed"
    RETURNED = "returned"
    REFUSED = "refused"
    DISCARDED = "discarded"


class ExchangeState(StrEnum):
    """Where an exchange stands: told to the journal with its payout, and undone where that never left."""

    PLANNED = "planned"
    WAITING = "waiting"
    MADE = "made"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"
    KEPT = "kept"


LIVE: Final = frozenset({PayoutState.PENDING, PayoutState.READY, PayoutState.SENT})
"""On its way."""


class BatchState(StrEnum):
    """Where a batch stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RELEASED = "released"
    SENT = "sent"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaid:
    """One reason why somebody is not paid yet: a sentence, and how it ends: on a day, or by doing something.

    `page`: the name of the page where it is mended, by the publisher.
    """

    reason: Reason
    sentence: Words
    until: datetime | None = None
    day: date | None = None
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account that a publisher is paid to."""

    id: int
    holder: str
    account: BankAccount
    since: datetime
    usable_from: datetime
    refused: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """Payouts that were stopped."""

    why: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsView:
    """How a publisher is paid, and what is missing before it can be; the account is whole for its own."""

    publisher: int
    publisher_name: str
    account: AccountView | None
    minimum_micros: int
    currency: str
    schedule: Schedule
    asked_at: datetime | None
    stop: StopView | None
    missing: tuple[Unpaid, ...]
    into: str = ""
    """The currency that everything is paid in; empty: each as it was earned."""

    @property
    def lacking(self) -> frozenset[str]:
        """The codes of what is missing."""
        return frozenset(one.reason.value for one in self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """What the book holds payable for a publisher in a currency, up to a number of its transactions; and what
    a payout would be, in whole minor units.
    """

    publisher: int
    currency: str
    micros: int
    whole_micros: int
    up_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What is payable in a currency, turned into that of a payout: all of it, by a rate that says whence."""

    micros: int
    rate: Rate
    into_micros: int
    state: ExchangeState = ExchangeState.PLANNED
    receipt: int | None = None
    code: str = ""

    @property
    def currency(self) -> str:
        """What it was earned in."""
        return self.rate.currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A payable balance, what would be paid of it, and why it is not where it is not.

    `exchanges` are what other currencies add to `payable_micros`; `next_day` is a banking day.
    """

    publisher: int
    publisher_name: str
    currency: str
    payable_micros: int
    pay_micros: int
    up_to: int
    reasons: tuple[Unpaid, ...]
    next_day: date | None
    exchanges: tuple[Exchanged, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether it is paid in the next batch."""
        return not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSum:
    """What is due today in a currency, in so many payouts, and what of the payable waits."""

    currency: str
    payouts: int
    micros: int
    waiting_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """What is payable to publishers on a day; no day: something is missing before they can be paid."""

    day: date | None
    publishers: int
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """What is payable, by currency and day. `as_of`: when it was judged, where more was settled since."""

    days: Mapping[str, Sequence[DueDay]]
    as_of: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutView:
    """A payout. The account is what it was when the batch was made; `name` is what the bank knows it by."""

    id: int
    name: str
    batch: int
    publisher: int
    publisher_name: str
    holder: str
    account: BankAccount
    currency: str
    amount_micros: int
    up_to: int
    state: PayoutState
    reason: str
    sentence: Words
    receipt: int | None
    made_at: datetime
    pay_on: date
    released_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None
    exchanges: tuple[Exchanged, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A batch of payouts in one currency. `digest` is of what is released: who is paid what, and where;
    `files`: how many the bank gets, once it was sent.
    """

    id: int
    currency: str
    pay_on: date
    state: BatchState
    made_at: datetime
    actor: str
    released_at: datetime | None
    released_by: str
    sent_at: datetime | None
    way: str
    proposal: int | None
    digest: str
    payouts: int
    amount_micros: int
    states: Sequence[tuple[PayoutState, int]]
    files: int

    @property
    def is_moving(self) -> bool:
        """Whether it is worth looking again in a moment."""
        return any(state is PayoutState.PENDING for state, _count in self.states)

    @property
    def standing(self) -> str:
        """Its state; `over` once the bank has answered for every payment of it."""
        is_over = self.state is BatchState.SENT and PayoutState.SENT not in dict(self.states)
        return "over" if is_over else self.state.value

    @property
    def may_send(self) -> bool:
        """Whether its file can be handed out: all that was released is settled, and something is ready."""
        states = dict(self.states)
        return self.state is BatchState.RELEASED and not self.is_moving and PayoutState.READY in states


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A payout that came back, and its next step: `again` is the payout that paid it since; without one `due`
    says when it is paid and why not yet, and is None where nothing is payable any more.
    """

    payout: PayoutView
    again: int | None
    due: Due | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a bank, or somebody who paid by hand, says of a payout.

    `identity` names the saying: the same one twice changes nothing. `returned`: it came back, and is payable.
    `micros` and `currency`: what moved, where that was said; what is of another amount says nothing of it.
    """

    name: str
    verdict: Verdict
    identity: str
    on: date
    reason: str = ""
    words: str = ""
    returned: bool = False
    micros: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """A commission that a payout paid: of an order, of clicks and views together, or a bonus."""

    source: str
    number: int
    program: int
    program_name: str
    reference: str
    micros: int
    currency: str
    receipt: int | None

    @property
    def order(self) -> int | None:
        """The number of its order, where it has one."""
        return self.number if self.source == "conversion" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What becomes approved or payable on a day, in a program; `funded`: whether its advertiser has the money
    here. None: that is not known.
    """

    program: int
    program_name: str
    advertiser_name: str
    status: str
    day: date | None
    micros: int
    count: int
    funded: FundedState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """What a publisher has earned in a currency, by where it stands, and what each waits for."""

    currency: str
    pending_micros: int
    held_micros: int
    payable_micros: int
    under_way_micros: int
    paid_micros: int
    reasons: tuple[Unpaid, ...]
    next_day: date | None
    coming: tuple[Coming, ...]
    unfunded_micros: int = 0
    """What of the payable no advertiser has paid for yet: it is told, and changes nothing."""
    exchanged: Exchanged | None = None
    """How it would be paid in another currency today, where everything is."""

    @property
    def owing_micros(self) -> int:
        """What the publisher owes, for more was taken back than it has since earned."""
        return max(-self.payable_micros, 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.pending_micros or self.held_micros or self.payable_micros or self.under_way_micros)

    @property
    def next_approved(self) -> Coming | None:
        """What silence approves next."""
        return self._next("pending")

    @property
    def next_payable(self) -> Coming | None:
        """What becomes payable next."""
        return self._next("approved")

    def _next(self, status: str) -> Coming | None:
        return next((one for one in self.coming if one.status == status and one.day is not None), None)
