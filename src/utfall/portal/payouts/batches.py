"""Batches: what is due is frozen, looked at, and thinned out before anybody releases it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import Final

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import banking_day, is_banking_day
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.invoices import facade as invoices
from utfall.portal.look.formats import day as day_words
from utfall.portal.payouts import exchanging, ledger
from utfall.portal.payouts.contracts import BatchState, BatchView, Due, PayoutState
from utfall.portal.payouts.gathering import gathered
from utfall.portal.payouts.judging import Ground, grounds, judge, payee_of, payer_of
from utfall.portal.payouts.models import Batch, Payout
from utfall.portal.payouts.showing import batch_view, digest_of, own_batch, rows_of
from utfall.portal.rates import rates

FARTHEST: Final = timedelta(days=60)
AT_ONCE: Final = 5000
"""How many are judged together: as many as a question to the database can name."""


def due(caller: Caller, day: date | None = None) -> list[Due]:
    """Every payable balance with its verdict for a day: what is due first, the largest first."""
    caller.require_operator(Permission.MONEY)
    return verdicts(day or book.today())


def verdicts(day: date, publishers: Collection[int] | None = None) -> list[Due]:
    """The verdicts about every payable balance, or about those of some publishers."""
    found = (due for _ground, due in _judged(day, publishers))
    return sorted(found, key=lambda one: (not one.is_due, one.currency, -one.payable_micros))


def _judged(day: date, publishers: Collection[int] | None = None) -> Iterator[tuple[Ground, Due]]:
    """The verdicts, each with what it stands on; every table is asked once for so many publishers."""
    now, today = timezone.now(), book.today()
    houses = {one.currency: one for one in invoices.all_house_accounts()}
    by_publisher = groupby(ledger.payables(publishers), attrgetter("publisher"))
    told = ((number, list(rows)) for number, rows in by_publisher)
    while some := list(islice(told, AT_ONCE)):
        found = grounds(number for number, _rows in some)
        for number, rows in some:
            ground = found[number]
            for one in gathered(ground.wishes.into, rows, rates, min(day, today)):
                yield ground, judge(ground, one, day, now, houses.get(one.payable.currency))


def prepare(
    caller: Caller, currency: str, *, pay_on: date | None = None, publishers: Iterable[int] | None = None
) -> BatchView:
    """Freeze what is due in a currency as a batch, of everybody or of some; its release pays it.

    `pay_on`: a banking day; without one the first from today on.
    """
    caller.require_operator(Permission.MONEY)
    today = book.today()
    if pay_on is not None and not today <= pay_on <= banking_day(currency, today + FARTHEST):
        refuse("pay_on_range", _("Choose a day from today on, at most 60 days ahead."), "pay_on")
    house = invoices.view_of(Kind.OPERATOR, 0)
    account = invoices.house_account(currency)
    if house.problems:
        refuse("house_particulars", _("Complete the operator's own billing details first."), status=409)
    if account is None:
        refuse("no_house_account", _("Add the operator's account in this currency first."), "currency")
    day = first_day(currency) if pay_on is None else _banking_day(currency, pay_on)
    wanted = None if publishers is None else set(publishers)
    with transaction.atomic():
        chosen = [
            (ground, one)
            for ground, one in _judged(day)
            if one.is_due and one.currency == currency and (wanted is None or one.publisher in wanted)
        ]
        if not chosen:
            refuse("nobody_due", _("Nobody is due in this currency. See below why not."), status=409)
        batch = Batch.objects.system().create(
            currency=currency,
            pay_on=day,
            due_on=day,
            state=BatchState.DRAFT.value,
            actor=caller.actor,
            payer=msgspec.to_builtins(payer_of(account, house)),
        )
        _fill(batch, chosen)
        _record(caller, "payout_batch.prepared", batch)
    return batch_view(batch)


def first_day(currency: str) -> date:
    """The day on which a batch that is prepared now can be paid: the first banking day from today on."""
    return banking_day(currency, book.today())


def _banking_day(currency: str, day: date) -> date:
    """The day, where banks pay on it: else they would move it, and nobody would be told."""
    if not is_banking_day(currency, day):
        sentence = _("Banks do not pay %(currency)s on %(day)s. The next banking day is %(next)s.")
        told = {"currency": currency, "day": day_words(day), "next": day_words(banking_day(currency, day))}
        refuse("not_banking_day", sentence % told, "pay_on")
    return day


def _fill(batch: Batch, chosen: list[tuple[Ground, Due]]) -> None:
    """The payouts of a batch, the largest first, each with its exchanges; and the digest of all."""
    chosen.sort(key=lambda each: -each[1].payable_micros)
    for start in range(0, len(chosen), AT_ONCE):
        some = chosen[start : start + AT_ONCE]
        made = Payout.objects.system().bulk_create([_payout(batch, one, ground) for ground, one in some])
        exchanging.plan(zip(made, (one for _ground, one in some), strict=True))
    batch.digest = digest_of(batch)
    batch.save(update_fields=["digest"])


def _payout(batch: Batch, one: Due, ground: Ground) -> Payout:
    assert ground.account is not None, "whoever is due has an account"
    return Payout(
        batch=batch,
        publisher=one.publisher,
        account=ground.account.pk,
        payee=msgspec.to_builtins(payee_of(ground)),
        currency=one.currency,
        amount_micros=one.pay_micros,
        up_to=one.up_to,
        state=PayoutState.DRAFT.value,
    )


def take_out(caller: Caller, batch: int, payout: int) -> BatchView:
    """Leave somebody out of a batch that nobody released yet; they are due again."""
    caller.require_operator(Permission.MONEY)
    with transaction.atomic():
        row = _draft(caller, batch)
        left = rows_of(row).filter(pk=payout, state=PayoutState.DRAFT.value)
        if not left.update(state=PayoutState.DISCARDED.value, ended_at=timezone.now()):
            raise NotFound
        row.digest = digest_of(row)
        row.save(update_fields=["digest"])
        _record(caller, "payout_batch.taken_out", row, payout=payout)
    return batch_view(row)


def discard(caller: Caller, batch: int) -> BatchView:
    """Forget a batch that nobody released; everybody in it is due again."""
    caller.require_operator(Permission.MONEY)
    with transaction.atomic():
        row = _draft(caller, batch)
        row.state = BatchState.DISCARDED.value
        row.save(update_fields=["state"])
        drafts = rows_of(row).filter(state=PayoutState.DRAFT.value)
        drafts.update(state=PayoutState.DISCARDED.value, ended_at=timezone.now())
        _record(caller, "payout_batch.discarded", row)
    return batch_view(row)


def _draft(caller: Caller, number: int) -> Batch:
    row = own_batch(caller, number)
    if row.state != BatchState.DRAFT.value:
        refuse(
            "not_draft", _("This batch waits for a second person, or is released or discarded."), status=409
        )
    return row


def _record(caller: Caller, action: str, row: Batch, **more: int) -> None:
    told = batch_view(row)
    after = {
        "payouts": told.payouts,
        "total": {"micros": told.amount_micros, "currency": row.currency},
        "pay_on": row.pay_on,
        **more,
    }
    audit.record(caller, action=action, subject=f"payout_batch {row.pk}", before=None, after=after)
