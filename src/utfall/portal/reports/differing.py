"""What reports and book tell differently, of everybody: looked for all the time, and shown to the operator.

Each advertiser's cost and each publisher's commissions of all time, to the micro. A difference stands
until the two are equal again; nothing is mended here, for the book is what counts.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.book import facade as book
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party
from utfall.portal.reports.agreeing import ACCOUNTS
from utfall.portal.reports.contracts import DifferenceView
from utfall.portal.reports.desk import has_begun
from utfall.portal.reports.models import Difference
from utfall.portal.reports.words import words_of
from utfall.portal.site import site

MEMORY: Final = "256MB"
SHOWN: Final = 200
Sum = tuple[str, int, str, str]
"""Whose, what of it, and in which currency."""
Sums = Mapping[Sum, int]


def compare() -> int | None:
    """Compare everybody's sums; how many differ. None while the book is ahead of the reports."""
    if not has_begun():
        return None
    with book.opened() as opened:
        if opened is None:
            return None
        settled, balances = book.progress(opened).seq, book.balances_earned(opened)
    shipped, told = _told()
    if shipped != settled:
        return None
    return _keep(told, _standing(balances), shipped)


def differences(caller: Caller) -> list[DifferenceView]:
    """What differs now, the largest number of days first."""
    caller.require(Permission.OPERATE)
    rows = list(Difference.objects.of(caller).order_by("found_at", "pk")[:SHOWN])
    names = {
        kind.value: people.parties(kind, [one.number for one in rows if one.owner == kind.value])
        for kind in (Kind.ADVERTISER, Kind.PUBLISHER)
    }
    return [_view(one, names[one.owner]) for one in rows]


def count(caller: Caller) -> int:
    """How many sums differ now."""
    caller.require(Permission.OPERATE)
    return Difference.objects.of(caller).count()


def _told() -> tuple[int, Sums]:
    """The last batch in the lake, and everybody's sums in it, read apart from what people ask."""
    from utfall.lake import Lake, Query

    found: dict[Sum, int] = {}
    with Lake(Path(site().lake_dir), memory_limit=MEMORY, threads=1) as lake:
        batches = set()
        for owner in ("advertiser", "publisher"):
            names = tuple(name for name, account in ACCOUNTS.items() if account[0] == owner)
            report = lake.report(Query(names, (owner, "currency")))
            batches.add(report.shipped)
            for row in report.records:
                for name in names:
                    if row[owner] is not None and row["currency"]:
                        found[owner, row[owner], name, row["currency"]] = row[name]
    return (batches.pop() if len(batches) == 1 else -1), found


def _standing(balances: Sequence[book.Balance]) -> Sums:
    """Everybody's sums in the book."""
    found: dict[Sum, int] = {}
    for one in balances:
        for name, (owner, buckets, sign) in ACCOUNTS.items():
            if one.owner == owner and one.bucket in buckets:
                key = (owner, one.owner_id, name, one.currency)
                found[key] = found.get(key, 0) + sign * one.balance_micros
    return found


@transaction.atomic
def _keep(told: Sums, stands: Sums, batch: int) -> int:
    """Keep what differs, and forget what no longer does."""
    found = {key for key in {*told, *stands} if told.get(key, 0) != stands.get(key, 0)}
    for row in Difference.objects.system():
        if (row.owner, row.number, row.measure, row.currency) not in found:
            row.delete()
    for owner, number, measure, currency in sorted(found):
        key = (owner, number, measure, currency)
        Difference.objects.system().update_or_create(
            owner=owner,
            number=number,
            measure=measure,
            currency=currency,
            defaults={
                "lake_micros": told.get(key, 0),
                "book_micros": stands.get(key, 0),
                "batch": batch,
                "seen_at": timezone.now(),
            },
        )
    return len(found)


def _view(row: Difference, names: Mapping[int, Party]) -> DifferenceView:
    from utfall.lake import METRICS

    return DifferenceView(
        id=row.pk,
        owner=row.owner,
        number=row.number,
        name=names[row.number].name if row.number in names else f"#{row.number}",
        measure=row.measure,
        words=words_of(METRICS[row.measure]),
        currency=row.currency,
        lake=row.lake_micros,
        book=row.book_micros,
        batch=row.batch,
        found_at=row.found_at,
        seen_at=row.seen_at,
    )
