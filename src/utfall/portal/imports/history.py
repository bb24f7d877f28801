"""Rows that are transactions: what the network said, what our terms would have paid, and taking it back.

A transaction is history: it owes nobody anything. Where the importer asks for it and the terms allow it, it
is told to the book as well (`settling`), and then the book alone says what became of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from utfall.events import Outcome
from utfall.events.limits import ORDER_CHARS
from utfall.money import InvalidMoney, Money
from utfall.portal.access.times import to_ms
from utfall.portal.imports.contracts import Booking, Ledger, Past, Verdict
from utfall.portal.imports.ground import Ground, Handled, Plain
from utfall.portal.imports.models import Row, Transaction
from utfall.portal.imports.networks import STATUSES, plain
from utfall.portal.imports.settling import event_of, obstacle, references_in_book
from utfall.portal.imports.terms import price_of
from utfall.portal.imports.values import Unclear, micros, moment

OUTCOMES: Final = {
    **dict.fromkeys(("", "sale", "sales", "onlinesale", "order", "purchase", "recurring"), Outcome.SALE),
    **dict.fromkeys(("lead", "leads", "signup", "registration"), Outcome.LEAD),
    **dict.fromkeys(("install", "appinstall", "mobileappinstall"), Outcome.INSTALL),
}
"""What networks call kinds of sales."""
NO_SALE: Final = frozenset({"bonus", "click", "clicks", "ppc", "cpc", "custom", "referral", "tenancy"})
CHANGEABLE: Final = ("status", "reason", "amount_micros", "commission_micros")
"""What a network may say otherwise later."""


def begin(ground: Ground, rows: Sequence[Mapping[str, str]]) -> None:
    """What is known of a chunk's transactions, and which of their orders the book has."""
    ids = [one.get("external", "") for one in rows]
    found = Transaction.objects.of(ground.caller).filter(
        advertiser=ground.source.advertiser, network=ground.source.network, external__in=ids
    )
    ground.before = {one.external: one for one in found}
    references = [reference_of(one) for one in rows]
    ground.in_book = references_in_book(ground.source.advertiser, references)


def reference_of(told: Mapping[str, str]) -> str:
    """What the advertiser calls the order; without a name of its own it has the network's."""
    return (told.get("reference") or told.get("external", ""))[:ORDER_CHARS]


def handle(ground: Ground, told: Mapping[str, str]) -> Handled:
    """One transaction."""
    external = told.get("external", "")
    if not external:
        raise Plain(Verdict.UNREADABLE, "external_missing")
    ground.once(external)
    read = _read(ground, told)
    before = ground.before.get(external)
    if before is not None:
        return _again(ground, before, read)
    return _new(ground, external, read)


def _read(ground: Ground, told: Mapping[str, str]) -> dict[str, Any]:
    """A row's values; Plain with what cannot be one."""
    kind = plain(told.get("type", ""))
    if kind in NO_SALE:
        raise Plain(Verdict.LEFT_OUT, "not_a_sale")
    status = STATUSES.get(plain(told.get("status", "")))
    if status is None:
        raise Plain(Verdict.UNREADABLE, "status_unknown")
    try:
        occurred = _moment(ground, told.get("occurred", ""))
        amount = _amount(ground, told.get("amount", ""))
        commission = _amount(ground, told["commission"]) if told.get("commission") else None
    except Unclear as unclear:
        raise Plain(Verdict.UNREADABLE, str(unclear)) from None
    return {
        "publisher": ground.publisher_of(told),
        "reference": reference_of(told),
        "outcome": OUTCOMES.get(kind, Outcome.SALE).value,
        "occurred_at": occurred,
        "status": status.value,
        "reason": told.get("reason", "")[:200] if status is Past.DECLINED else "",
        "code": told.get("code", "")[:100],
        "currency": _currency(ground, told.get("currency", "")),
        "amount_micros": amount,
        "commission_micros": commission,
    }


def _moment(ground: Ground, text: str) -> datetime:
    assert ground.options.dates is not None, "how days are written was asked for"
    found = moment(text, ground.options.dates, ground.zone)
    if found > timezone.now():
        raise Unclear("date_in_future")
    return found


def _amount(ground: Ground, text: str) -> int:
    assert ground.options.decimals is not None, "how amounts are written was asked for"
    found = micros(text or "0", ground.options.decimals)
    if found < 0:
        raise Unclear("amount_negative")
    return found


def _currency(ground: Ground, text: str) -> str:
    code = (text or ground.options.currency).upper()
    try:
        Money(0, code)
    except InvalidMoney:
        raise Plain(Verdict.UNREADABLE, "currency_unknown") from None
    return code


def _again(ground: Ground, before: Transaction, read: Mapping[str, Any]) -> Handled:
    """A transaction that was imported before: the same, or told otherwise in what may change."""
    same = ("publisher", "currency", "occurred_at", "outcome", "reference")
    if any(getattr(before, name) != read[name] for name in same) or before.program != ground.program.id:
        raise Plain(Verdict.CONFLICT, "told_otherwise")
    changed = {name: read[name] for name in CHANGEABLE if getattr(before, name) != read[name]}
    if before.booking == Booking.TAKEN_BACK.value:
        return _back(ground, before)
    if not changed:
        raise Plain(Verdict.HERE, "told_again")
    if before.booking != Booking.NONE.value:
        raise Plain(Verdict.CONFLICT, "in_the_book")
    earlier = {name: getattr(before, name) for name in (*CHANGEABLE, "ours_micros")}
    before.changes = [*before.changes, {"source": ground.source.pk, "before": earlier}]
    for name, value in changed.items():
        setattr(before, name, value)
    before.ours_micros = _ours(ground, read)
    if not ground.is_rehearsal:
        before.save()
    return _handled(before, Verdict.CHANGED, made=before.pk)


def _back(ground: Ground, before: Transaction) -> Handled:
    """A transaction whose order was taken back: from now on it is history."""
    before.booking, before.source, before.changes = Booking.NONE.value, ground.source.pk, []
    if not ground.is_rehearsal:
        before.save()
    return _handled(before, Verdict.NEW, code="order_in_book", made=before.pk)


def _new(ground: Ground, external: str, read: Mapping[str, Any]) -> Handled:
    transaction = Transaction(
        advertiser=ground.source.advertiser,
        program=ground.program.id,
        network=ground.source.network,
        external=external[:200],
        source=ground.source.pk,
        ours_micros=_ours(ground, read),
        **read,
    )
    code = "order_in_book" if _in_book(ground, transaction) else ""
    if not code and ground.options.ledger is Ledger.SETTLE:
        code = obstacle(ground, transaction)
        if not code:
            transaction.booking = Booking.WRITING.value
            transaction.event = event_of(transaction)
    handled = _handled(transaction, Verdict.NEW, code=code)
    handled.transaction = transaction
    ground.stored.append(handled)
    return handled


def _in_book(ground: Ground, transaction: Transaction) -> bool:
    known = ground.in_book.get(transaction.reference, ())
    return any(outcome == transaction.outcome for outcome, _number in known)


def _ours(ground: Ground, read: Mapping[str, Any]) -> int | None:
    return price_of(
        ground.terms,
        program=ground.program.id,
        publisher=read["publisher"],
        outcome=Outcome(read["outcome"]),
        at=to_ms(read["occurred_at"]),
        now=ground.now_ms,
        amount_micros=read["amount_micros"],
        currency=read["currency"],
        code=read["code"],
    )


def _handled(
    transaction: Transaction, verdict: Verdict, *, code: str = "", made: int | None = None
) -> Handled:
    return Handled(
        verdict=verdict,
        code=code,
        made=made,
        currency=transaction.currency,
        amount_micros=transaction.amount_micros,
        theirs_micros=transaction.commission_micros,
        ours_micros=transaction.ours_micros,
    )


def end(ground: Ground) -> None:
    """Store a chunk's transactions together."""
    if not ground.is_rehearsal:
        made = [one.transaction for one in ground.stored if one.transaction is not None]
        for handled, row in zip(
            ground.stored, Transaction.objects.of(ground.caller).bulk_create(made), strict=True
        ):
            handled.made = row.pk
    ground.stored.clear()


def undo(ground: Ground, row: Row, transaction: Transaction | None) -> str:
    """Forget what an import said: take away what it brought, restore what it changed."""
    if transaction is None:
        return ""
    if transaction.changes:
        last = transaction.changes[-1]
        if last["source"] != ground.source.pk:
            return "changed_since"
        for name, value in last["before"].items():
            setattr(transaction, name, value)
        transaction.changes = transaction.changes[:-1]
        transaction.save()
        return ""
    if transaction.source != ground.source.pk:
        return "was_here"
    if transaction.booking in (Booking.NONE, Booking.OVERRULED):
        ground.gone.append(transaction.pk)
        return ""
    return "not_settled"


def forget(ground: Ground) -> None:
    """Take away the transactions that a chunk's undoing lets go of."""
    Transaction.objects.of(ground.caller).filter(pk__in=ground.gone).delete()
    ground.gone.clear()
