"""What every event of money has in common: it counts once, is checked, posts, and has a receipt."""

from collections.abc import Callable
from typing import Any

from utfall.engine.batch import Entry, Transaction
from utfall.engine.draft import Draft
from utfall.engine.money.documents import MoneyBody, MoneySide
from utfall.engine.money.state import PAID_KINDS, Account, Answer, MoneySlice
from utfall.engine.posting import OPERATOR, nonzero
from utfall.engine.repeats import names_of
from utfall.events import MoneyEvent, Reason
from utfall.money import minor_digits, minor_micros

Sides = tuple[MoneySide, MoneySide]
Decide = Callable[[Draft, Any, MoneyBody], Reason | Sides | None]
"""Decides an event and completes the body of its receipt, with sides that are not empty; or says why not."""


def decided(draft: Draft, event: MoneyEvent, decide: Decide, *, body: MoneyBody) -> None:
    """Decide an event that nothing like it came before, answer it and write its receipt."""
    names = names_of(event)
    repeated = _repeated(draft, names)
    said = repeated or decide(draft, event, body)
    sides = said if isinstance(said, tuple) else (MoneySide(), MoneySide())
    reason = said if isinstance(said, Reason) else None
    if reason is None:
        for name in names:
            draft.remember(name)
    else:
        body.verdict, body.reason = "refused", reason.value
    draft.receipt(body, *sides)
    if repeated is not Reason.DUPLICATE_EVENT:
        number = draft.book.counters.receipt
        draft.money.answers.append(Answer(event.id, number, body.reason))


def _repeated(draft: Draft, names: tuple[str, ...]) -> Reason | None:
    if draft.is_repeat(names[0]):
        return Reason.DUPLICATE_EVENT
    return Reason.DUPLICATE_MOVEMENT if any(draft.is_repeat(name) for name in names[1:]) else None


def next_receipt(draft: Draft) -> int:
    """The number that the receipt of the event in hand will have."""
    return draft.book.counters.receipt + 1


def slice_of(draft: Draft) -> MoneySlice:
    """The money of the slice, up to date with what the batch posted so far."""
    money = draft.book.money
    assert money is not None, "events of money come with their slice"
    balances = money.balances
    for transaction in draft.transactions[money.read :]:
        paid = transaction.kind in PAID_KINDS
        for entry in transaction.entries:
            key = Account(entry.owner, entry.owner_id, entry.bucket, transaction.currency)
            if key in balances:
                balances[key] += entry.amount_micros
                if not paid:
                    money.fresh[key] = money.fresh.get(key, 0) + entry.amount_micros
    money.read = len(draft.transactions)
    return money


def held(draft: Draft, owner: str, party: int, bucket: str, currency: str) -> int:
    """What a party has on an account, positive where it is owed to it."""
    return -slice_of(draft).balances[Account(owner, party, bucket, currency)]


def currency_problem(currency: str, *amounts_micros: int) -> Reason | None:
    """Why amounts cannot be moved outside: the currency is none, or they are no whole minor units of it."""
    if minor_digits(currency) is None:
        return Reason.INVALID_CURRENCY
    unit = minor_micros(currency)
    return Reason.NOT_WHOLE if any(one % unit for one in amounts_micros) else None


def post(
    draft: Draft,
    event: MoneyEvent,
    currency: str,
    *entries: Entry,
    kind: str | None = None,
    program: int = 0,
    publisher: int = 0,
    corrects: int | None = None,
) -> int | None:
    """Post entries of an event; None when nothing moves. Program and publisher 0: it is about neither."""
    moving = nonzero(*entries)
    if not moving:
        return None
    number = draft.next_transaction()
    draft.transactions.append(
        Transaction(
            id=number,
            kind=kind or str(event.__struct_config__.tag),
            currency=currency,
            occurred_at=event.occurred_at,
            program=program,
            publisher=publisher,
            entries=moving,
            event=event.id,
            corrects=corrects,
        )
    )
    return number


def operator(bucket: str, micros: int) -> Entry:
    """An entry on an account of the network."""
    return Entry("operator", OPERATOR, bucket, micros)
