"""The money of a book in memory: a fake that keeps every transaction and counts everything from the first."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from operator import attrgetter
from typing import NamedTuple, TypeVar

from utfall.engine import (
    Account,
    Decisions,
    Entry,
    ExchangeState,
    FundingState,
    MoneySlice,
    Papered,
    PaperState,
    Party,
    PayoutState,
    Released,
    Transaction,
)
from utfall.engine.money.state import MONEY_KINDS, PAID_KINDS
from utfall.events import Exchange, MoneyEvent, Paper, Payout

Key = TypeVar("Key")
State = TypeVar("State", FundingState, PaperState, PayoutState, ExchangeState)


class Commission(NamedTuple):
    """What became payable to a publisher, by which transaction."""

    publisher: int
    currency: str
    released: int


class CommissionKey(NamedTuple):
    """A commission: of which order or transaction, and whose."""

    source: str
    number: int
    publisher: int


class Purse:
    """Everything about money, since the beginning."""

    def __init__(self) -> None:
        self.transactions: list[Transaction] = []
        self.fundings: dict[str, FundingState] = {}
        self.papers: dict[str, PaperState] = {}
        self.payouts: dict[int, PayoutState] = {}
        self.exchanges: dict[str, ExchangeState] = {}
        self.commissions: dict[CommissionKey, Commission] = {}
        self.paid_by: dict[CommissionKey, int] = {}
        self._lines: dict[Account, list[tuple[Transaction, Entry]]] = {}

    @property
    def last(self) -> int:
        """The number of the last transaction."""
        return len(self.transactions)

    def commit(self, decided: Decisions) -> None:
        for transaction in sorted(decided.transactions, key=attrgetter("id")):
            self._post(transaction)
        money = decided.money
        self.fundings |= copies(money.fundings)
        self.papers |= copies(money.papers)
        self.payouts |= copies(money.payouts)
        self.exchanges |= copies(money.exchanges)
        for one in decided.payable:
            self._release(one)
        for mark in money.marks:
            if mark.publisher is None:
                self.paid_by = {key: by for key, by in self.paid_by.items() if by != mark.transaction}
                continue
            for key, held in self.commissions.items():
                mine = (held.publisher, held.currency) == (mark.publisher, mark.currency)
                if mine and held.released <= mark.through and key not in self.paid_by:
                    self.paid_by[key] = mark.transaction

    def _post(self, transaction: Transaction) -> None:
        self.transactions.append(transaction)
        for entry in transaction.entries:
            account = Account(entry.owner, entry.owner_id, entry.bucket, transaction.currency)
            self._lines.setdefault(account, []).append((transaction, entry))

    def _release(self, one: Released) -> None:
        about = self.transactions[one.transaction - 1]
        for publisher in {entry.owner_id for entry in about.entries if entry.owner == "publisher"}:
            key = CommissionKey(one.source, one.number, publisher)
            assert key not in self.commissions, "a commission is released once"
            self.commissions[key] = Commission(publisher, about.currency, one.transaction)

    def slice(self, events: Iterable[MoneyEvent]) -> MoneySlice:
        """What these events may read."""
        found = MoneySlice(
            bound=self.last,
            fundings=copies(self.fundings),
            papers=copies(self.papers),
            payouts=copies(self.payouts),
            exchanges=copies(self.exchanges),
        )
        for account, lines in self._lines.items():
            found.balances[account] = sum(entry.amount_micros for _, entry in lines)
        for paper in self.papers.values():
            found.series[paper.series] = max(found.series.get(paper.series, 0), paper.number)
            party = Party(paper.owner, paper.party, paper.currency)
            found.papered[party] = Papered(paper.through, paper.left_micros)
            found.balances.setdefault(Account("advertiser", paper.party, "deposit", paper.currency), 0)
        for payout in sorted(self.payouts.values(), key=lambda one: one.transaction):
            if payout.status in ("sent", "completed"):
                party = Party("publisher", payout.publisher, payout.currency)
                found.paid_through[party] = payout.through
        for event in events:
            self._count(found, event)
        return found

    def _count(self, found: MoneySlice, event: MoneyEvent) -> None:
        for account in _accounts(event):
            found.balances.setdefault(account, 0)
        if isinstance(event, Paper):
            party = Party(event.paper.owner, event.party, event.currency)
            before = found.papered.get(party, Papered()).through
            bucket, sign = ("owed", 1) if party.owner == "advertiser" else ("payable", -1)
            found.earned[party, event.through] = sign * sum(
                entry.amount_micros
                for transaction, entry in self.lines(party, bucket)
                if before < transaction.id <= event.through and transaction.kind not in MONEY_KINDS
            )
        if isinstance(event, Payout | Exchange):
            number = event.publisher if isinstance(event, Payout) else event.party
            party = Party("publisher", number, event.currency)
            found.later[party, event.through] = sum(
                entry.amount_micros
                for transaction, entry in self.lines(party, "payable")
                if transaction.id > event.through and transaction.kind not in PAID_KINDS
            )

    def lines(self, party: Party, bucket: str) -> Iterator[tuple[Transaction, Entry]]:
        """Every entry of an account, oldest first."""
        yield from self._lines.get(Account(party.owner, party.party, bucket, party.currency), ())


def copies(states: Mapping[Key, State]) -> dict[Key, State]:
    """States of which the engine may change its own."""
    return {key: copy(state) for key, state in states.items()}


def _accounts(event: MoneyEvent) -> Iterator[Account]:
    """Every account that an event of money may ask about, whether it is there or not."""
    currencies = {getattr(event, name, None) for name in ("currency", "into")} - {None}
    numbers = {getattr(event, name, None) for name in ("advertiser", "publisher", "party")} - {None}
    for currency in sorted(map(str, currencies)):
        for number in numbers:
            yield Account("advertiser", number or 0, "deposit", currency)
            yield Account("publisher", number or 0, "payable", currency)
