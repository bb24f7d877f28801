"""The money that a batch's events of money may read: balances, standings, papers, payouts, deposits."""

from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec

from utfall.engine import (
    Account,
    ExchangeState,
    FundingState,
    MoneySlice,
    Papered,
    PaperState,
    Party,
    PayoutState,
)
from utfall.events import Exchange, Funding, Matching, MoneyEvent, Paper, Payout, PayoutResult, Settling
from utfall.portal.book.accounts import PAID_KINDS, account_of, sum_of_lines
from utfall.portal.book.connection import Connection
from utfall.portal.book.papering import earned_through, last_number, last_paper

State = TypeVar("State", bound=msgspec.Struct)
_FUNDING: Final = "SELECT * FROM book_funding WHERE event = ?"
_PAPER: Final = "SELECT * FROM book_paper WHERE name = ?"
_PAYOUT: Final = "SELECT * FROM book_payout WHERE number = ?"
_EXCHANGE: Final = "SELECT * FROM book_exchange WHERE event = ?"
_UNPAID: Final = """
    SELECT * FROM book_exchange WHERE owner = 'publisher' AND party = ? AND "into" = ? AND undone IS NULL
        AND (paid_by IS NULL OR paid_by = ?)
    ORDER BY transaction_id
"""
_LAST_PAID: Final = """
    SELECT through FROM book_payout WHERE publisher = ? AND currency = ? AND status IN ('sent', 'completed')
    ORDER BY transaction_id DESC LIMIT 1
"""


def load_money(connection: Connection, events: Iterable[MoneyEvent], bound: int) -> MoneySlice:
    """Everything that these events name, and what stands there; `bound` is the last transaction."""
    found = MoneySlice(bound=bound)
    for event in events:
        _load(connection, found, event)
    return found


def _load(connection: Connection, found: MoneySlice, event: MoneyEvent) -> None:
    match event:
        case Funding(advertiser=advertiser, currency=currency) if advertiser is not None:
            _balance(connection, found, Account("advertiser", advertiser, "deposit", currency))
        case Matching(funding=name):
            _load_funding(connection, found, name)
        case Settling(paper=name):
            paper = _load_paper(connection, found, name)
            if paper is not None:
                _balance(connection, found, Account("advertiser", paper.party, "deposit", paper.currency))
        case Paper():
            _load_for_paper(connection, found, event)
        case Payout():
            _load_for_payout(connection, found, event)
        case PayoutResult(payout=number):
            state = _load_payout(connection, found, number)
            if state is not None:
                _load_paid(connection, found, state.publisher, state.currency, state.transaction)
        case Exchange():
            _load_for_exchange(connection, found, event)


def _row(connection: Connection, kind: type[State], ask: str, *key: object) -> State | None:
    row = connection.execute(ask, key).fetchone()
    return kind(*row) if row else None


def _balance(connection: Connection, found: MoneySlice, account: Account) -> None:
    if account not in found.balances:
        found.balances[account] = account_of(connection, *account)[1]


def _load_funding(connection: Connection, found: MoneySlice, name: str) -> None:
    state = found.fundings.get(name) or _row(connection, FundingState, _FUNDING, name)
    if state is not None:
        found.fundings[name] = state


def _load_paper(connection: Connection, found: MoneySlice, name: str) -> PaperState | None:
    state = found.papers.get(name) or _row(connection, PaperState, _PAPER, name)
    if state is not None:
        found.papers[name] = state
    return state


def _load_payout(connection: Connection, found: MoneySlice, number: int) -> PayoutState | None:
    state = found.payouts.get(number) or _row(connection, PayoutState, _PAYOUT, number)
    if state is not None:
        found.payouts[number] = state
    return state


def _load_for_paper(connection: Connection, found: MoneySlice, event: Paper) -> None:
    """How far the party's papers go, what it earned since, the number before, and a paper to be corrected."""
    party = Party(event.paper.owner, event.party, event.currency)
    if party not in found.papered:
        last = last_paper(connection, *party)
        found.papered[party] = Papered(last.through, last.left_micros) if last else Papered()
    if (party, event.through) not in found.earned:
        since = found.papered[party].through
        found.earned[party, event.through] = earned_through(connection, *party, since, event.through)
    if event.series not in found.series:
        found.series[event.series] = last_number(connection, event.series)
    if event.corrects is not None:
        _load_paper(connection, found, event.corrects)
    if event.paper.owner == "advertiser":  # a deposit may pay it in this very batch
        _balance(connection, found, Account("advertiser", event.party, "deposit", event.currency))


def _load_for_payout(connection: Connection, found: MoneySlice, event: Payout) -> None:
    _load_payout(connection, found, event.number)
    _load_paid(connection, found, event.publisher, event.currency, 0)
    _load_payable(connection, found, event.publisher, event.currency, event.through)


def _load_payable(
    connection: Connection, found: MoneySlice, publisher: int, currency: str, through: int
) -> None:
    """What stands on a payable account, and what was earned on it after an entry."""
    account = Account("publisher", publisher, "payable", currency)
    _balance(connection, found, account)
    number, _ = account_of(connection, *account)
    key = (Party("publisher", publisher, currency), through)
    if key not in found.later:
        found.later[key] = sum_of_lines(connection, number, through, but=PAID_KINDS)


def _load_paid(
    connection: Connection, found: MoneySlice, publisher: int, currency: str, transaction: int
) -> None:
    """Through which entry a publisher was paid, and exchanges that a payout pays or did pay."""
    party = Party("publisher", publisher, currency)
    if party not in found.paid_through:
        row = connection.execute(_LAST_PAID, (publisher, currency)).fetchone()
        found.paid_through[party] = row[0] if row else 0
    for row in connection.execute(_UNPAID, (publisher, currency, transaction)):
        state = ExchangeState(*row)
        found.exchanges.setdefault(state.event, state)


def _load_for_exchange(connection: Connection, found: MoneySlice, event: Exchange) -> None:
    bucket = "deposit" if event.owner == "advertiser" else "payable"
    for currency in (event.currency, event.into):
        _balance(connection, found, Account(event.owner, event.party, bucket, currency))
    if event.owner == "publisher":
        _load_payable(connection, found, event.party, event.currency, event.through)
    if event.undoes is not None and event.undoes not in found.exchanges:
        state = _row(connection, ExchangeState, _EXCHANGE, event.undoes)
        if state is not None:
            found.exchanges[state.event] = state
