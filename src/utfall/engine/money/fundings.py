"""Deposits: money of an advertiser that came, was recognised, paid a paper, or went back."""

from utfall.engine.batch import Entry
from utfall.engine.draft import Draft
from utfall.engine.money.desk import currency_problem, decided, held, next_receipt, operator, post, slice_of
from utfall.engine.money.documents import MoneyBody
from utfall.engine.money.state import FundingState
from utfall.engine.posting import OPERATOR
from utfall.events import Funding, Matching, Reason, Settling


def settle_funding(draft: Draft, event: Funding) -> None:
    """Money came, or was paid back."""
    body = MoneyBody(event=event.id, kind="funding", occurred_at=event.occurred_at)
    if event.advertiser is not None:
        body.advertiser = event.advertiser
    body.amount_micros, body.currency = event.amount_micros, event.currency
    body.day, body.identity, body.words = event.day, event.identity, event.words
    decided(draft, event, _fund, body=body)


def _fund(draft: Draft, event: Funding, body: MoneyBody) -> Reason | None:
    if reason := _funding_problem(draft, event):
        return reason
    target = _deposit(event.advertiser, event.amount_micros)
    number = post(draft, event, event.currency, operator("bank", event.amount_micros), target)
    assert number is not None, "a funding moves something"
    body.transaction, body.status = number, "suspense" if event.advertiser is None else "deposit"
    state = FundingState(
        id=next_receipt(draft),
        event=event.id,
        advertiser=event.advertiser,
        currency=event.currency,
        amount_micros=event.amount_micros,
        identity=event.identity,
        day=event.day,
        words=event.words,
        at=event.occurred_at,
        status=body.status,
        transaction=number,
    )
    slice_of(draft).fundings[event.id] = draft.money.fundings[event.id] = state
    return None


def _funding_problem(draft: Draft, event: Funding) -> Reason | None:
    if event.advertiser is not None and event.advertiser not in draft.terms.advertisers:
        return Reason.UNKNOWN_ADVERTISER
    if reason := currency_problem(event.currency, event.amount_micros):
        return reason
    if (
        not event.amount_micros
        or not event.identity
        or (event.advertiser is None and event.amount_micros < 0)
    ):
        return Reason.INVALID_FIELD
    if event.amount_micros > 0:
        return None
    if event.advertiser is None:
        return Reason.INVALID_FIELD
    deposit = held(draft, "advertiser", event.advertiser, "deposit", event.currency)
    return Reason.EXCEEDS_BALANCE if -event.amount_micros > deposit else None


def _deposit(advertiser: int | None, micros: int) -> Entry:
    if advertiser is None:
        return Entry("operator", OPERATOR, "suspense", -micros)
    return Entry("advertiser", advertiser, "deposit", -micros)


def settle_matching(draft: Draft, event: Matching) -> None:
    """Somebody recognised a payment, or it was sent back."""
    body = MoneyBody(event=event.id, kind="matching", occurred_at=event.occurred_at)
    body.funding, body.words = event.funding, event.words
    if event.advertiser is not None:
        body.advertiser = event.advertiser
    decided(draft, event, _match, body=body)


def _match(draft: Draft, event: Matching, body: MoneyBody) -> Reason | None:
    if event.advertiser is not None and event.advertiser not in draft.terms.advertisers:
        return Reason.UNKNOWN_ADVERTISER
    state = slice_of(draft).fundings.get(event.funding)
    if state is None or state.status != "suspense":
        return Reason.UNKNOWN_FUNDING
    amount = state.amount_micros
    back = operator("bank", -amount)
    target = back if event.advertiser is None else _deposit(event.advertiser, amount)
    body.transaction = post(draft, event, state.currency, operator("suspense", amount), target)
    state.status = "sent_back" if event.advertiser is None else "deposit"
    state.advertiser = event.advertiser
    body.amount_micros, body.currency, body.status = amount, state.currency, state.status
    draft.money.fundings[state.event] = state
    return None


def settle_settling(draft: Draft, event: Settling) -> None:
    """A deposit pays a paper."""
    body = MoneyBody(event=event.id, kind="settling", occurred_at=event.occurred_at)
    body.paper, body.amount_micros = event.paper, event.amount_micros
    paper = slice_of(draft).papers.get(event.paper)
    if paper is not None:
        body.currency = paper.currency
        if paper.owner == "advertiser":
            body.advertiser = paper.party
        else:
            body.publisher = paper.party
    decided(draft, event, _settle, body=body)


def _settle(draft: Draft, event: Settling, body: MoneyBody) -> Reason | None:
    paper = slice_of(draft).papers.get(event.paper)
    if paper is None or paper.owner != "advertiser":
        return Reason.UNKNOWN_PAPER
    amount, left = event.amount_micros, paper.open_micros
    if not amount:
        return Reason.INVALID_FIELD
    if not 0 < amount <= left and not left <= amount < 0:
        return Reason.EXCEEDS_PAPER
    if amount > held(draft, "advertiser", paper.party, "deposit", paper.currency):
        return Reason.EXCEEDS_BALANCE
    body.transaction = post(
        draft,
        event,
        paper.currency,
        Entry("advertiser", paper.party, "deposit", amount),
        Entry("advertiser", paper.party, "receivable", -amount),
    )
    paper.settled_micros += amount
    body.left_micros, body.status = paper.open_micros, "paid" if not paper.open_micros else "open"
    draft.money.papers[paper.name] = paper
    return None
