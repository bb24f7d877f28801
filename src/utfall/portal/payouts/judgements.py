"""Who is due, page by page: each page is judged when it is looked at, and the sums of all are kept.

Everybody's verdicts take seconds where ten thousand are payable, so a page judges those on it. The sums need
all of them: they are kept until something changed that a verdict stands on: the book, or what the mark of a
judgement tells: the day, what anybody changed, and what became of payouts and accounts meanwhile.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec
from django.db.models import Count
from django.utils import timezone

from utfall.bank import banking_day
from utfall.portal.access import Caller, Permission
from utfall.portal.access.paging import USUAL, Slice
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.payouts import ledger
from utfall.portal.payouts.batches import verdicts
from utfall.portal.payouts.contracts import Due, DueDay, DueDays, DueSum, Reason
from utfall.portal.payouts.models import Account, Judgement, Outcome, Payout
from utfall.portal.rates import rates

LOOKED_AT: Final = 1000
"""How many publishers are judged for a page of those that are due, or are not."""
AT_ONCE: Final = 200
"""Up to how many balances the sums are had at once."""
THE_LAST: Final = 1
NONE: Final = timedelta(0)
LAG: Final = timedelta(minutes=5)
"""For so long a forecast may not know what was settled: orders come all the time, and change it little."""
PATIENT: Final = frozenset({Reason.NOT_YET, Reason.IN_BATCH})
"""Reasons that end by themselves, on a payout day."""


class Judged(NamedTuple):
    """What everybody's verdicts come to: by currency, and by currency and day. `as_of`: when that was,
    where something was settled since.
    """

    sums: list[DueSum]
    days: dict[str, list[DueDay]]
    as_of: datetime | None = None


class DueShow(StrEnum):
    """Which balances are wanted."""

    ALL = "all"
    DUE = "due"
    WAITING = "waiting"


def due_page(caller: Caller, show: DueShow = DueShow.ALL, *, after: int | None = None) -> Slice[Due]:
    """The balances that are payable, each with its verdict today, those of the largest first. The cursor is
    how many publishers were looked at; a page of few may have more after it.
    """
    caller.require_operator(Permission.MONEY)
    publishers = _largest_first()
    found: list[Due] = []
    wants_due = show is DueShow.DUE
    first = place = after or 0
    while place < len(publishers) and len(found) < USUAL and place - first < LOOKED_AT:
        some = publishers[place : place + USUAL]
        found += [one for one in _in_order(some) if show is DueShow.ALL or one.is_due == wants_due]
        place += len(some)
    return Slice(found, place if place < len(publishers) else None)


def _largest_first() -> list[int]:
    """The publishers with balances, by the largest of each."""
    largest: dict[int, int] = {}
    for one in ledger.payables():
        largest[one.publisher] = max(one.micros, largest.get(one.publisher, one.micros))
    return sorted(largest, key=lambda publisher: (-largest[publisher], publisher))


def _in_order(publishers: Sequence[int]) -> list[Due]:
    places = {publisher: place for place, publisher in enumerate(publishers)}
    found = verdicts(book.today(), publishers)
    return sorted(found, key=lambda one: (places[one.publisher], one.currency))


def due_sums(caller: Caller) -> list[DueSum]:
    """By currency: how many are due today and for how much, and what waits; judged anew where that is not
    known of what now holds.
    """
    caller.require_operator(Permission.MONEY)
    return _judgement().sums


def known_sums(caller: Caller) -> list[DueSum] | None:
    """The same where it costs nothing: because it is known, or because few are payable; else None."""
    caller.require_operator(Permission.MONEY)
    kept = _kept()
    if kept is None and len(ledger.payables()) <= AT_ONCE:
        return due_sums(caller)
    return None if kept is None else kept.sums


def due_days(caller: Caller) -> DueDays:
    """By currency: what is payable by the day on which it is paid; the last is what has none. Where
    many are payable, what was settled in the last minutes may be missing, and `as_of` says since when.
    """
    caller.require_operator(Permission.MONEY)
    found = _judgement(LAG if len(ledger.payables()) > AT_ONCE else NONE)
    return DueDays(days=found.days, as_of=found.as_of)


def _judgement(lag: timedelta = NONE) -> Judged:
    """The judgement of all: of what holds now, but for what was settled so lately."""
    kept, mark, entry, at = _kept(lag), _mark(), ledger.latest_receipt(), timezone.now()
    if kept is None:
        kept = _judged(verdicts(book.today()), book.today())
        told = {"mark": mark, "entry": entry, "at": at, "told": msgspec.to_builtins(kept)}
        Judgement.objects.system().update_or_create(id=THE_LAST, defaults=told)
    return kept


def _kept(lag: timedelta = NONE) -> Judged | None:
    row = Judgement.objects.system().filter(pk=THE_LAST, mark=_mark()).first()
    if row is None:
        return None
    told = msgspec.convert(row.told, Judged)
    if row.entry == ledger.latest_receipt():
        return told
    return told._replace(as_of=row.at) if timezone.now() - row.at < lag else None


def _judged(found: Sequence[Due], today: date) -> Judged:
    sums: dict[str, list[int]] = {}
    days: dict[str, dict[date | None, list[int]]] = {}
    for one in found:
        due = sums.setdefault(one.currency, [0, 0, 0])
        if one.is_due:
            due[0], due[1] = due[0] + 1, due[1] + one.pay_micros
        else:
            due[2] += one.payable_micros
        if one.payable_micros > 0:
            coming = days.setdefault(one.currency, {}).setdefault(_day_of(one, today), [0, 0])
            coming[0], coming[1] = coming[0] + 1, coming[1] + one.payable_micros
    return Judged(
        [
            DueSum(currency=currency, payouts=count, micros=micros, waiting_micros=waiting)
            for currency, (count, micros, waiting) in sorted(sums.items())
        ],
        {
            currency: [
                DueDay(day=day, publishers=told[day][0], micros=told[day][1])
                for day in sorted(told, key=lambda day: (day is None, day or today))
            ]
            for currency, told in days.items()
        },
    )


def _day_of(one: Due, today: date) -> date | None:
    first = banking_day(one.currency, today)
    if one.is_due:
        return first
    patient = all(each.reason in PATIENT for each in one.reasons)
    return (one.next_day or first) if patient else None


def _mark() -> str:
    """A digest of all that verdicts stand on but the book. People's changes are all in the log; what
    settlement and the bank made of payouts changes their states; a new account is usable by time alone.
    """
    new = Account.objects.system().filter(ended_at=None, usable_from__gt=timezone.now())
    stands = [
        book.today().isoformat(),
        audit.latest(),
        sorted(Payout.objects.system().values_list("state").annotate(count=Count("pk"))),
        Outcome.objects.system().filter(state="waiting").count(),
        new.count(),
        rates().newest,
    ]
    return blake2b(msgspec.json.encode(stands), digest_size=16, person=b"utfall.due").hexdigest()
