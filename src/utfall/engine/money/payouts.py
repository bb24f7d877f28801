"""Payouts: all that is payable to a publisher through an entry, and what its bank said of it."""

from typing import Final

from utfall.engine.batch import Entry
from utfall.engine.draft import Draft
from utfall.engine.money.desk import currency_problem, decided, held, next_receipt, operator, post, slice_of
from utfall.engine.money.documents import MoneyBody
from utfall.engine.money.state import Account, ExchangeState, Mark, MoneySlice, Party, PayoutState
from utfall.events import Payout, PayoutEnd, PayoutResult, Reason
from utfall.money import minor_micros


def settle_payout(draft: Draft, event: Payout) -> None:
    """A payout was sent."""
    body = MoneyBody(event=event.id, kind="payout", occurred_at=event.occurred_at)
    body.publisher, body.payout, body.digest = event.publisher, event.number, event.digest
    body.amount_micros, body.currency, body.through = event.amount_micros, event.currency, event.through
    decided(draft, event, _send, body=body)


def _send(draft: Draft, event: Payout, body: MoneyBody) -> Reason | None:
    money = slice_of(draft)
    if reason := _payout_problem(draft, money, event):
        return reason
    standing = payable_through(money, event.publisher, event.currency, event.through)
    if event.amount_micros != whole(standing, event.currency) or event.amount_micros <= 0:
        return Reason.AMOUNT_DIFFERS
    if event.amount_micros > held(draft, "publisher", event.publisher, "payable", event.currency):
        return Reason.EXCEEDS_BALANCE
    number = post(draft, event, event.currency, *_moved("payable", "transfer", event))
    assert number is not None, "a payout moves something"
    body.transaction, body.status = number, "sent"
    body.standing_micros = standing
    body.left_micros = standing - event.amount_micros
    _keep(draft, event, number, standing)
    return None


def _payout_problem(draft: Draft, money: MoneySlice, event: Payout) -> Reason | None:
    if event.publisher not in draft.terms.publishers:
        return Reason.UNKNOWN_PUBLISHER
    if reason := currency_problem(event.currency, event.amount_micros):
        return reason
    if event.number <= 0:
        return Reason.INVALID_FIELD
    if event.number in money.payouts:
        return Reason.NUMBER_TAKEN
    return None if 0 <= event.through <= money.bound else Reason.UNKNOWN_BOUND


def payable_through(money: MoneySlice, publisher: int, currency: str, through: int) -> int:
    """What is payable to a publisher through an entry; what was paid since is gone, too."""
    account = Account("publisher", publisher, "payable", currency)
    later = money.later[Party("publisher", publisher, currency), through] + money.fresh.get(account, 0)
    return later - money.balances[account]


def whole(micros: int, currency: str) -> int:
    """An amount down to the minor unit; nothing where it is below zero.

    >>> whole(214_586_400, "SEK"), whole(-5, "SEK")
    (214580000, 0)
    """
    unit = minor_micros(currency)
    return max(micros, 0) // unit * unit


def _moved(source: str, target: str, payout: Payout | PayoutState) -> tuple[Entry, Entry]:
    """An amount from one account of a publisher to another, or to and from the bank."""
    return (_side(source, payout, payout.amount_micros), _side(target, payout, -payout.amount_micros))


def _side(bucket: str, payout: Payout | PayoutState, micros: int) -> Entry:
    if bucket == "bank":
        return operator("bank", micros)
    return Entry("publisher", payout.publisher, bucket, micros)


def _keep(draft: Draft, event: Payout, number: int, standing: int) -> None:
    money, party = slice_of(draft), Party("publisher", event.publisher, event.currency)
    state = PayoutState(
        number=event.number,
        publisher=event.publisher,
        currency=event.currency,
        since=money.paid_through.get(party, 0),
        through=event.through,
        amount_micros=event.amount_micros,
        rest_micros=standing - event.amount_micros,
        status="sent",
        identity="",
        reason=None,
        digest=event.digest,
        event=event.id,
        at=event.occurred_at,
        transaction=number,
        ended=None,
        receipt=next_receipt(draft),
    )
    money.payouts[state.number] = draft.money.payouts[state.number] = state
    money.paid_through[party] = event.through
    draft.money.marks.append(Mark(number, event.publisher, event.currency, event.through))
    for exchange in _exchanges(money, event.publisher, event.currency):
        if exchange.paid_by is None:
            _mark(draft, exchange, number)


def _exchanges(money: MoneySlice, publisher: int, currency: str) -> list[ExchangeState]:
    return [
        one
        for one in money.exchanges.values()
        if (one.owner, one.party, one.into) == ("publisher", publisher, currency) and one.undone is None
    ]


def _mark(draft: Draft, exchange: ExchangeState, paid_by: int | None) -> None:
    exchange.paid_by = paid_by
    draft.money.exchanges[exchange.event] = exchange


_STEPS: Final[dict[tuple[str, PayoutEnd], tuple[str, str]]] = {
    ("sent", PayoutEnd.COMPLETED): ("transfer", "bank"),
    ("sent", PayoutEnd.FAILED): ("transfer", "payable"),
    ("completed", PayoutEnd.RETURNED): ("bank", "payable"),
}
"""By what a payout is and what is said of it: the accounts that its amount goes from and to."""


def settle_result(draft: Draft, event: PayoutResult) -> None:
    """A bank said what became of a payout."""
    body = MoneyBody(event=event.id, kind="payout_result", occurred_at=event.occurred_at)
    body.payout, body.status, body.identity = event.payout, event.result.value, event.identity
    if event.reason is not None:
        body.because = event.reason
    state = slice_of(draft).payouts.get(event.payout)
    if state is not None:
        body.publisher, body.amount_micros, body.currency = (
            state.publisher,
            state.amount_micros,
            state.currency,
        )
    decided(draft, event, _end, body=body)


def _end(draft: Draft, event: PayoutResult, body: MoneyBody) -> Reason | None:
    money = slice_of(draft)
    state = money.payouts.get(event.payout)
    if state is None:
        return Reason.UNKNOWN_PAYOUT
    step = _STEPS.get((state.status, event.result))
    if step is None:
        return Reason.WRONG_STATE
    body.transaction = post(draft, event, state.currency, *_moved(*step, state), corrects=state.transaction)
    state.status, state.identity, state.reason = event.result.value, event.identity, event.reason
    state.ended = body.transaction
    draft.money.payouts[state.number] = state
    if event.result is not PayoutEnd.COMPLETED:
        _unpay(draft, money, state)
    return None


def _unpay(draft: Draft, money: MoneySlice, state: PayoutState) -> None:
    """Its commissions are to be paid again."""
    party = Party("publisher", state.publisher, state.currency)
    if money.paid_through.get(party) == state.through:
        money.paid_through[party] = state.since
    draft.money.marks.append(Mark(state.transaction))
    for exchange in _exchanges(money, state.publisher, state.currency):
        if exchange.paid_by == state.transaction:
            _mark(draft, exchange, None)
