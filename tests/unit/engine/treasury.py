"""The network's office in tests: events of money with what the book says must be said, counted from the first
entry.
"""

from typing import Any

from tests.unit.engine.ledger import Account, Ledger
from tests.unit.engine.market import NOON, new_id
from utfall.engine import Party
from utfall.engine.money.state import MONEY_KINDS, PAID_KINDS
from utfall.events import (
    Bonus,
    BonusReason,
    Exchange,
    Funding,
    Matching,
    Paper,
    PaperKind,
    Payout,
    PayoutEnd,
    PayoutResult,
    Settling,
)
from utfall.money import round_ratio

ORE = 10_000
SEK_PER_EURO, EURO = 10_978_000, 1_000_000


class Treasury:
    """Tells a ledger about money. `tax_ppm` of every paper; each method gives the reason, or None."""

    def __init__(self, ledger: Ledger, *, tax_ppm: int = 250_000, now: int = NOON) -> None:
        self.ledger = ledger
        self.tax_ppm = tax_ppm
        self.now = now

    def tell(self, kind: Any, **fields: Any) -> str | None:
        event = kind(**{"id": new_id(self.now), "occurred_at": self.now, "received_at": self.now, **fields})
        self.ledger.settle(event, now=self.now)
        found = self.ledger.verdicts.get(event.id)
        return found[-1].reason if found else "duplicate_event"

    def fund(self, micros: int, identity: str, advertiser: int | None = 1, **fields: Any) -> str | None:
        said = {"currency": "SEK", "day": "2026-06-10", "amount_micros": micros}
        return self.tell(Funding, advertiser=advertiser, identity=identity, **{**said, **fields})

    def match(self, funding: str, advertiser: int | None = 1) -> str | None:
        return self.tell(Matching, funding=funding, advertiser=advertiser)

    def paper(self, owner: str, party: int, currency: str = "SEK", /, **fields: Any) -> str | None:
        """The paper that is due, unless fields say otherwise."""
        net = self.unpapered(Party(owner, party, currency))
        tax = round_ratio(net * self.tax_ppm, 1_000_000 * ORE, "half_up") * ORE
        series = f"{owner[0].upper()}{party}" + ("" if currency == "SEK" else currency)
        said = {
            "paper": kind_of(owner, net),
            "series": series,
            "number": self.next_number(series),
            "party": party,
            "currency": currency,
            "period_from": "2026-06-01",
            "period_until": "2026-06-30",
            "through": self.ledger.purse.last,
            "net_micros": net,
            "tax_micros": tax,
            "digest": "d",
        }
        return self.tell(Paper, **{**said, **fields})

    def correct(self, name: str, net: int, tax: int) -> str | None:
        """A credit note for a part of a paper."""
        other = self.ledger.purse.papers[name]
        return self.paper(
            other.owner,
            other.party,
            other.currency,
            paper=kind_of(other.owner, -1),
            net_micros=-net,
            tax_micros=-tax,
            corrects=name,
        )

    def next_number(self, series: str) -> int:
        papers = self.ledger.purse.papers.values()
        return max((one.number for one in papers if one.series == series), default=0) + 1

    def unpapered(self, party: Party) -> int:
        """All that was ever earned, less all that papers ever said, in whole öre."""
        bucket, sign = ("owed", 1) if party.owner == "advertiser" else ("payable", -1)
        lines = self.ledger.purse.lines(party, bucket)
        earned = sum(entry.amount_micros for one, entry in lines if one.kind not in MONEY_KINDS)
        papers = self.ledger.purse.papers.values()
        said = sum(one.net_micros for one in papers if (one.owner, one.party, one.currency) == tuple(party))
        return round_ratio(sign * earned - said, ORE, "down") * ORE

    def unpapered_of(self, owner: str, party: int) -> int:
        return self.unpapered(Party(owner, party, "SEK"))

    def settle(self, paper: str, micros: int) -> str | None:
        return self.tell(Settling, paper=paper, amount_micros=micros)

    def pay(self, publisher: int, currency: str = "SEK", **fields: Any) -> str | None:
        """All that is payable."""
        payable = self.held("publisher", publisher, "payable", currency)
        said = {
            "number": max(self.ledger.purse.payouts, default=0) + 1,
            "through": self.ledger.purse.last,
            "amount_micros": max(payable, 0) // ORE * ORE,
        }
        return self.tell(Payout, publisher=publisher, currency=currency, **{**said, **fields})

    def end(self, payout: int, result: PayoutEnd | str) -> str | None:
        return self.tell(PayoutResult, payout=payout, result=PayoutEnd(result), identity=f"B{payout}")

    def grant(self, publisher: int, micros: int, **fields: Any) -> str | None:
        reason = BonusReason.CLAWBACK if micros < 0 else BonusReason.BONUS
        said = {"program": 100, "currency": "SEK", "amount_micros": micros, "reason": reason}
        return self.tell(Bonus, publisher=publisher, **{**said, **fields})

    def exchange(self, owner: str, party: int, micros: int, **fields: Any) -> str | None:
        """SEK into EUR."""
        said = {
            "currency": "SEK",
            "into": "EUR",
            "amount_micros": micros,
            "into_amount_micros": round_ratio(micros * EURO, SEK_PER_EURO, "half_even"),
            "currency_micros": SEK_PER_EURO,
            "into_micros": EURO,
            "rate_source": "ECB",
            "day": "2026-06-10",
            "through": self.ledger.purse.last,
        }
        return self.tell(Exchange, owner=owner, party=party, **{**said, **fields})

    def held(self, owner: str, party: int, bucket: str, currency: str = "SEK") -> int:
        """What is owed to a party on an account."""
        return -self.ledger.balances[Account(currency, owner, party, bucket)]

    def earned_on(self, party: Party, bucket: str) -> int:
        """What was earned on an account, and taxed, whatever was paid of it."""
        lines = self.ledger.purse.lines(party, bucket)
        return -sum(entry.amount_micros for one, entry in lines if one.kind not in PAID_KINDS)


def kind_of(owner: str, net: int) -> PaperKind:
    if owner == "advertiser":
        return PaperKind.INVOICE if net >= 0 else PaperKind.CREDIT_NOTE
    return PaperKind.SELF_BILLING if net >= 0 else PaperKind.SELF_BILLING_CREDIT
