"""Payouts and batches as their sides may read them."""

from collections import Counter
from hashlib import blake2b
from typing import Final

import msgspec
from django.db.models import QuerySet

from utfall.bank import BankAccount
from utfall.portal.access import Caller, Kind, NotFound, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.payouts.contracts import BatchState, BatchView, PayoutState, PayoutView
from utfall.portal.payouts.models import Batch, Payout
from utfall.portal.payouts.words import bank_words
from utfall.portal.people import facade as people

NAME: Final = "UP"
"""What the names begin with by which banks know payouts; the number follows."""
HIDDEN: Final = (PayoutState.DRAFT.value, PayoutState.DISCARDED.value)
"""What a publisher does not see: nothing was promised."""


def payouts(
    caller: Caller,
    *,
    state: PayoutState | None = None,
    publisher: int | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[PayoutView]:
    """Payouts, newest first."""
    caller.require(Permission.LOOK)
    rows = Payout.objects.of(caller).select_related("batch")
    if not caller.sees_all:
        rows = rows.exclude(state__in=HIDDEN)
    if state is not None:
        rows = rows.filter(state=state.value)
    if publisher is not None:
        rows = rows.filter(publisher=publisher)
    found = newest(rows, lambda row: row, after=after, limit=limit)
    names = names_of({row.publisher for row in found.items})
    return Slice([view(row, names) for row in found.items], found.following)


def payout(caller: Caller, number: int) -> PayoutView:
    """One payout."""
    caller.require(Permission.LOOK)
    row = one(caller, number)
    return view(row, names_of({row.publisher}))


def one(caller: Caller, number: int) -> Payout:
    """A payout that the caller may see."""
    row = Payout.objects.of(caller).select_related("batch").filter(pk=number).first()
    if row is None or (not caller.sees_all and row.state in HIDDEN):
        raise NotFound
    return row


def payouts_of_batch(caller: Caller, number: int, *, after: int | None = None) -> Slice[PayoutView]:
    """The payouts of a batch, newest first."""
    caller.require(Permission.MONEY)
    rows = Payout.objects.of(caller).filter(batch=own_batch(caller, number)).select_related("batch")
    found = newest(rows, lambda row: row, after=after, limit=USUAL)
    names = names_of({row.publisher for row in found.items})
    return Slice([view(row, names) for row in found.items], found.following)


def batches(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[BatchView]:
    """Batches, newest first."""
    caller.require(Permission.MONEY)
    return newest(_rows(caller), batch_view, after=after, limit=limit)


def batch(caller: Caller, number: int) -> BatchView:
    """One batch."""
    caller.require(Permission.MONEY)
    return batch_view(own_batch(caller, number))


def own_batch(caller: Caller, number: int) -> Batch:
    """A batch, for the operator alone."""
    if not caller.sees_all:
        raise NotFound
    return Batch.objects.one(caller, pk=number)


def _rows(caller: Caller) -> QuerySet[Batch]:
    if not caller.sees_all:
        raise NotFound
    return Batch.objects.of(caller)


def rows_of(batch: Batch) -> QuerySet[Payout]:
    """The payouts of a batch that was found in scope."""
    return Payout.objects.system().filter(batch=batch)


def names_of(publishers: set[int]) -> dict[int, str]:
    """What publishers are called."""
    return {number: party.name for number, party in people.parties(Kind.PUBLISHER, publishers).items()}


def name_of(number: int) -> str:
    """What a bank knows a payout by: `UP17`."""
    return f"{NAME}{number}"


def number_of(name: str) -> int | None:
    """The number of a payout by the name that a bank knows; None where it is none of ours.

    >>> number_of("UP17"), number_of("17"), number_of("UPX")
    (17, None, None)
    """
    rest = name.removeprefix(NAME)
    fits = name.startswith(NAME) and rest.isascii() and rest.isdecimal() and len(rest) < 19
    return int(rest) if fits else None


def view(row: Payout, names: dict[int, str]) -> PayoutView:
    """A payout as it crosses."""
    return PayoutView(
        id=row.pk,
        name=name_of(row.pk),
        batch=row.batch_id,
        publisher=row.publisher,
        publisher_name=names.get(row.publisher, ""),
        holder=row.payee["name"],
        account=msgspec.convert(row.payee["account"], BankAccount),
        currency=row.currency,
        amount_micros=row.amount_micros,
        up_to=row.up_to,
        state=PayoutState(row.state),
        reason=row.reason,
        sentence=bank_words(row.reason, row.words) if row.reason or row.words else "",
        receipt=row.receipt,
        made_at=row.made_at,
        pay_on=row.batch.pay_on,
        released_at=row.batch.released_at,
        sent_at=row.sent_at,
        ended_at=row.ended_at,
    )


def batch_view(row: Batch) -> BatchView:
    """A batch as it crosses."""
    counted: Counter[PayoutState] = Counter()
    total = payouts = 0
    for state, micros in rows_of(row).values_list("state", "amount_micros"):
        counted[PayoutState(state)] += 1
        if state not in (PayoutState.DISCARDED, PayoutState.REFUSED):
            total, payouts = total + micros, payouts + 1
    return BatchView(
        id=row.pk,
        currency=row.currency,
        pay_on=row.pay_on,
        state=BatchState(row.state),
        made_at=row.made_at,
        actor=row.actor,
        released_at=row.released_at,
        released_by=row.released_by,
        sent_at=row.sent_at,
        way=row.way,
        proposal=row.proposal,
        digest=digest_of(row),
        payouts=payouts,
        amount_micros=total,
        states=tuple(sorted(counted.items())),
    )


def digest_of(row: Batch) -> str:
    """A digest of who is paid what, and where: what a second person agrees to."""
    rows = rows_of(row).exclude(state=PayoutState.DISCARDED.value).order_by("pk")
    told = [[one.pk, one.publisher, one.amount_micros, one.up_to, one.payee] for one in rows]
    content = msgspec.json.encode([row.currency, told], order="deterministic")
    return blake2b(content, digest_size=16, person=b"utfall.payouts").hexdigest()
