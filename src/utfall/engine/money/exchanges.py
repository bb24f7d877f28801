"""Exchanges: a party's money in another currency, by a rate that says where it is from."""

from utfall.engine.batch import Entry
from utfall.engine.draft import Draft
from utfall.engine.money.desk import decided, held, next_receipt, operator, post, slice_of
from utfall.engine.money.documents import MoneyBody
from utfall.engine.money.payouts import payable_through
from utfall.engine.money.state import ExchangeState, Mark
from utfall.events import Exchange, Reason
from utfall.money import minor_digits, round_ratio


def settle_exchange(draft: Draft, event: Exchange) -> None:
    """Money was turned into another currency, or back."""
    body = MoneyBody(event=event.id, kind="exchange", occurred_at=event.occurred_at)
    if event.owner == "advertiser":
        body.advertiser = event.party
    else:
        body.publisher, body.through = event.party, event.through
    body.amount_micros, body.currency = event.amount_micros, event.currency
    body.into_amount_micros, body.into = event.into_amount_micros, event.into
    body.day = event.day
    body.rate = f"{event.rate_source} {event.day}: {event.currency_micros}/{event.into_micros}"
    decided(draft, event, _exchange, body=body)


def _exchange(draft: Draft, event: Exchange, body: MoneyBody) -> Reason | None:
    reason = _form_problem(draft, event) or (
        _undo_problem(draft, event) if event.undoes is not None else _amount_problem(draft, event)
    )
    if reason is not None:
        return reason
    bucket = _bucket(event)
    amount, into = event.amount_micros, event.into_amount_micros
    number = post(
        draft,
        event,
        event.currency,
        Entry(event.owner, event.party, bucket, amount),
        operator("exchange", -amount),
        publisher=event.party if event.owner == "publisher" else 0,
    )
    second = post(
        draft,
        event,
        event.into,
        operator("exchange", into),
        Entry(event.owner, event.party, bucket, -into),
        publisher=event.party if event.owner == "publisher" else 0,
        corrects=number,
    )
    assert number is not None, "an exchange moves something"
    assert second is not None, "in both currencies"
    body.transaction, body.into_transaction = number, second
    _keep(draft, event, number, second)
    return None


def _bucket(event: Exchange) -> str:
    return "deposit" if event.owner == "advertiser" else "payable"


def _form_problem(draft: Draft, event: Exchange) -> Reason | None:
    if event.owner == "advertiser" and event.party not in draft.terms.advertisers:
        return Reason.UNKNOWN_ADVERTISER
    if event.owner == "publisher" and event.party not in draft.terms.publishers:
        return Reason.UNKNOWN_PUBLISHER
    if minor_digits(event.currency) is None or minor_digits(event.into) is None:
        return Reason.INVALID_CURRENCY
    if event.currency == event.into or event.currency_micros <= 0 or event.into_micros <= 0:
        return Reason.INVALID_FIELD
    turned = round_ratio(event.amount_micros * event.into_micros, event.currency_micros, "half_even")
    if event.into_amount_micros != turned:
        return Reason.RATE_DIFFERS
    return None if event.amount_micros and turned else Reason.INVALID_FIELD


def _amount_problem(draft: Draft, event: Exchange) -> Reason | None:
    """Why the amount cannot be turned: it is not there, or not all that is payable through the entry."""
    if event.amount_micros < 0:
        return Reason.INVALID_FIELD
    if event.owner == "publisher":
        money = slice_of(draft)
        if not 0 <= event.through <= money.bound:
            return Reason.UNKNOWN_BOUND
        if event.amount_micros != payable_through(money, event.party, event.currency, event.through):
            return Reason.AMOUNT_DIFFERS
    there = held(draft, event.owner, event.party, _bucket(event), event.currency)
    return Reason.EXCEEDS_BALANCE if event.amount_micros > there else None


def _undo_problem(draft: Draft, event: Exchange) -> Reason | None:
    """Why an exchange cannot be taken back by this one."""
    other = slice_of(draft).exchanges.get(event.undoes or "")
    if other is None or other.undone is not None or other.paid_by is not None or event.amount_micros > 0:
        return Reason.UNKNOWN_EXCHANGE
    said = (event.owner, event.party, event.currency, event.into, event.currency_micros, event.into_micros)
    was = (other.owner, other.party, other.currency, other.into, other.currency_micros, other.into_micros)
    if said != was or event.amount_micros != -other.amount_micros:
        return Reason.AMOUNT_DIFFERS
    there = held(draft, event.owner, event.party, _bucket(event), event.into)
    return Reason.EXCEEDS_BALANCE if -event.into_amount_micros > there else None


def _keep(draft: Draft, event: Exchange, number: int, second: int) -> None:
    money, undone = slice_of(draft), None
    if event.undoes is not None:
        other = money.exchanges[event.undoes]
        other.undone, undone = number, other.transaction
        draft.money.exchanges[other.event] = other
        draft.money.marks.append(Mark(other.transaction))
    elif event.owner == "publisher":
        draft.money.marks.append(Mark(number, event.party, event.currency, event.through))
    state = ExchangeState(
        transaction=number,
        into_transaction=second,
        event=event.id,
        owner=event.owner,
        party=event.party,
        currency=event.currency,
        into=event.into,
        amount_micros=event.amount_micros,
        into_amount_micros=event.into_amount_micros,
        currency_micros=event.currency_micros,
        into_micros=event.into_micros,
        rate_source=event.rate_source,
        day=event.day,
        through=event.through,
        undone=undone,
        paid_by=None,
        at=event.occurred_at,
        receipt=next_receipt(draft),
    )
    money.exchanges[event.id] = draft.money.exchanges[event.id] = state
