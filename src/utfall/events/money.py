"""Money that moves outside is a fact, too (docs/decisions/0016): paid in, invoiced, sent, answered, granted.

The portal decides that something happened and writes these to its own streams; the engine decides what it
means (docs/algorithms/money.md). None of them comes through the door. Days are ISO dates, amounts micros of
the event's currency; `through` is the number of the last transaction of the book that counts.
"""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from utfall.events.sources import Source

Owner = Literal["advertiser", "publisher"]
"""Who has accounts besides the network."""


class PaperKind(StrEnum):
    """What a paper is: the network's own to an advertiser, or one in a publisher's name (self-billing)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    SELF_BILLING = "self_billing"
    SELF_BILLING_CREDIT = "self_billing_credit"

    @property
    def owner(self) -> Owner:
        """Whose account it is about."""
        return "advertiser" if self in (PaperKind.INVOICE, PaperKind.CREDIT_NOTE) else "publisher"

    @property
    def is_credit(self) -> bool:
        """Whether its amounts are negative."""
        return self in (PaperKind.CREDIT_NOTE, PaperKind.SELF_BILLING_CREDIT)


class PayoutEnd(StrEnum):
    """What a bank says of a payout: it arrived, it was not made, or it was made and came back."""

    COMPLETED = "completed"
    FAILED = "failed"
    RETURNED = "returned"


class BonusReason(StrEnum):
    """Why a publisher gets an amount that no order earned. A clawback is negative; only it is."""

    PLACEMENT = "placement"
    BONUS = "bonus"
    CLAWBACK = "clawback"


class Funding(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="funding"):
    """Money of an advertiser came (negative: was paid back), on a day of its bank's. No advertiser: nobody
    knows yet whose it is. `identity` is the bank's own name of the movement, by which it counts once.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    advertiser: int | None = None
    currency: str
    amount_micros: int
    identity: str
    day: str
    words: str = ""


class Matching(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="matching"):
    """A funding that nobody knew is an advertiser's after all; no advertiser: it was sent back."""

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    funding: str
    advertiser: int | None = None
    words: str = ""


class Paper(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="paper"):
    """A paper was issued to a party: number `number` of its series, over all that was earned through an
    entry; or a credit note that `corrects` another, in whole or in part. Amounts of credits are negative.
    `digest` names the frozen data the paper is made of.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    paper: PaperKind
    series: str
    number: int
    party: int
    currency: str
    period_from: str
    period_until: str
    through: int
    net_micros: int
    tax_micros: int
    digest: str
    due: str | None = None
    corrects: str | None = None

    @property
    def name(self) -> str:
        """What the paper is called."""
        return paper_name(self.series, self.number)


def paper_name(series: str, number: int) -> str:
    """A paper's series and number as people read them.

    >>> paper_name("A-2026", 17)
    'A-2026-000017'
    """
    return f"{series}-{number:06}"


class Settling(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="settling"):
    """A deposit pays an advertiser's paper, in whole or in part; a credit note's amount is negative and goes
    to the deposit.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    paper: str
    amount_micros: int


class Payout(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="payout"):
    """All that was payable to a publisher through an entry, in whole minor units, was sent to its bank.
    `digest` names the frozen data of the payment: who, to which account.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    number: int
    publisher: int
    currency: str
    through: int
    amount_micros: int
    digest: str = ""


class PayoutResult(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="payout_result"):
    """What became of a payout: `identity` is the bank's name of the movement, `reason` its code."""

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    payout: int
    result: PayoutEnd
    identity: str = ""
    reason: str | None = None


class Bonus(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="bonus"):
    """A publisher was granted an amount by a program without an order, in the program's currency; a clawback
    takes one back.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    program: int
    publisher: int
    currency: str
    amount_micros: int
    reason: BonusReason
    words: str = ""


class Exchange(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="exchange"):
    """A party's money was turned into another currency: an amount of an advertiser's deposit, or all that is
    payable to a publisher through an entry. The rate is micros of both currencies for one unit of the
    source's, on a day. `undoes` names the event of an exchange that this takes back.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.CONSOLE
    owner: Owner
    party: int
    currency: str
    into: str
    amount_micros: int
    into_amount_micros: int
    currency_micros: int
    into_micros: int
    rate_source: str
    day: str
    through: int = 0
    undoes: str | None = None


MoneyEvent = Funding | Matching | Paper | Settling | Payout | PayoutResult | Bonus | Exchange
