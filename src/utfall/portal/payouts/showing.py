"""Payouts and batches as their sides may read them."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec
from django.db.models import Count, QuerySet, Sum

from utfall.bank import BankAccount
from utfall.portal.access import Caller, Kind, NotFound, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.payouts import exchanging
from utfall.portal.payouts.contracts import BatchState, BatchView, PayoutState, PayoutView
from utfall.portal.payouts.models import Batch, Exchange, Payout
from utfall.portal.payouts.words import bank_words
from utfall.portal.people import facade as people

NAME: Final = "UP"
"""What the names begin with by which banks know payouts; the number follows."""
AT_ONCE: Final = 2000
"""How many payouts are read together."""
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
    return Slice(views(found.items), found.following)


def payout(caller: Caller, number: int) -> PayoutView:
    """One payout."""
    caller.require(Permission.LOOK)
    return views([one(caller, number)])[0]


def one(caller: Caller, number: int) -> Payout:
    """A payout that the caller may see."""
    row = Payout.objects.of(caller).select_related("batch").filter(pk=number).first()
    if row is None or (not caller.sees_all and row.state in HIDDEN):
        raise NotFound
    return row


def payouts_of_batch(
    caller: Caller, number: int, *, after: int | None = None, limit: int = USUAL
) -> Slice[PayoutView]:
    """The payouts of a batch, newest first."""
    caller.require(Permission.MONEY)
    rows = Payout.objects.of(caller).filter(batch=own_batch(caller, number)).select_related("batch")
    found = newest(rows, lambda row: row, after=after, limit=limit)
    return Slice(views(found.items), found.following)


def batches(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[BatchView]:
    """Batches, newest first."""
    caller.require(Permission.MONEY)
    found = newest(_rows(caller), lambda row: row, after=after, limit=limit)
    counted = _counted(found.items)
    return Slice([_batch_view(row, counted.get(row.pk, {})) for row in found.items], found.following)


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
    return people.party_names(Kind.PUBLISHER, publishers)


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


def views(rows: Sequence[Payout]) -> list[PayoutView]:
    """Payouts as they cross, with the names of publishers and their exchanges."""
    names = names_of({row.publisher for row in rows})
    turned = exchanging.of_payouts([row.pk for row in rows])
    return [_view(row, names, turned.get(row.pk, [])) for row in rows]


def _view(row: Payout, names: dict[int, str], turned: Sequence[Exchange]) -> PayoutView:
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
        exchanges=tuple(exchanging.view(one, row.currency) for one in turned),
    )


def batch_view(row: Batch) -> BatchView:
    """A batch as it crosses."""
    return _batch_view(row, _counted([row]).get(row.pk, {}))


class Counted(NamedTuple):
    """How many payouts of a batch are in a state, what they come to, and how many went to the bank."""

    payouts: int
    micros: int
    sent: int


def _counted(batches: Sequence[Batch]) -> dict[int, dict[PayoutState, Counted]]:
    """The same by state, of several batches that were found in scope, asked once."""
    told: dict[int, dict[PayoutState, Counted]] = {}
    rows = Payout.objects.system().filter(batch__in=[one.pk for one in batches])
    sums = rows.values_list("batch", "state").annotate(
        count=Count("pk"), total=Sum("amount_micros"), sent=Count("sent_at")
    )
    for batch, state, *counted in sums:
        told.setdefault(batch, {})[PayoutState(state)] = Counted(*counted)
    return told


def _batch_view(row: Batch, sums: dict[PayoutState, Counted]) -> BatchView:
    paid = [each for state, each in sums.items() if state not in (PayoutState.DISCARDED, PayoutState.REFUSED)]
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
        digest=row.digest,
        payouts=sum(each.payouts for each in paid),
        amount_micros=sum(each.micros for each in paid),
        states=tuple(sorted((state, each.payouts) for state, each in sums.items())),
        files=files_of(row, sum(each.sent for each in sums.values())),
    )


def files_of(row: Batch, sent: int) -> int:
    """How many files so many payments of a batch are."""
    if row.sent_at is None:
        return 0
    return -(-sent // row.per_file) if row.per_file else 1


def digest_of(row: Batch) -> str:
    """A digest of who is paid what, where, and by which rates: what a second person agrees to."""
    rows = rows_of(row).exclude(state=PayoutState.DISCARDED.value).order_by("pk")
    found = blake2b(msgspec.json.encode(row.currency), digest_size=16, person=b"utfall.payouts")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        turned = exchanging.of_payouts([one.pk for one in some])
        told = [
            [
                *(one.pk, one.publisher, one.amount_micros, one.up_to, one.payee),
                [exchanging.rate_told(each) for each in turned.get(one.pk, [])],
            ]
            for one in some
        ]
        found.update(msgspec.json.encode(told, order="deterministic"))
        last = some[-1].pk
    return found.hexdigest()
