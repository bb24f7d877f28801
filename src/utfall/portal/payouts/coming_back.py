"""What came back: payouts that the bank or the book refused, or that were returned, and their next step."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from utfall.portal.access import Caller, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.book import facade as book
from utfall.portal.payouts.batches import verdicts
from utfall.portal.payouts.contracts import LIVE, CameBack, Due, PayoutState
from utfall.portal.payouts.earning import by_currency
from utfall.portal.payouts.models import Payout
from utfall.portal.payouts.showing import views

ENDED: Final = (PayoutState.FAILED.value, PayoutState.RETURNED.value, PayoutState.REFUSED.value)
AGAIN: Final = tuple(one.value for one in (*LIVE, PayoutState.COMPLETED, PayoutState.DRAFT))


def came_back(
    caller: Caller, *, is_open: bool = True, after: int | None = None, limit: int = USUAL
) -> Slice[CameBack]:
    """Payouts that came back, newest first: those that were not paid again, or all."""
    rows = _rows(caller).exclude(_again_of(caller)) if is_open else _rows(caller)
    found = newest(rows.select_related("batch"), lambda row: row, after=after, limit=limit)
    return Slice(_views(found.items), found.following)


def came_back_count(caller: Caller) -> int:
    """How many the bank did not pay, or sent back, and nobody was paid again."""
    told = (PayoutState.FAILED.value, PayoutState.RETURNED.value)
    return _rows(caller).filter(state__in=told).exclude(_again_of(caller)).count()


def _rows(caller: Caller) -> QuerySet[Payout]:
    caller.require_operator(Permission.MONEY)
    return Payout.objects.of(caller).filter(state__in=ENDED)


def _again_of(caller: Caller) -> Exists:
    """Whether somebody was paid again, or is about to be."""
    later = Payout.objects.of(caller).filter(
        publisher=OuterRef("publisher"), currency=OuterRef("currency"), pk__gt=OuterRef("pk")
    )
    return Exists(later.filter(state__in=AGAIN))


def _views(rows: Sequence[Payout]) -> list[CameBack]:
    publishers = {row.publisher for row in rows}
    due: dict[int, list[Due]] = {}
    for one in verdicts(book.today(), publishers):
        due.setdefault(one.publisher, []).append(one)
    again = _again(publishers)
    return [
        CameBack(
            payout=one,
            again=next(
                (number for number in again.get((one.publisher, one.currency), []) if number > one.id), None
            ),
            due=by_currency(due.get(one.publisher, [])).get(one.currency),
        )
        for one in views(rows)
    ]


def _again(publishers: set[int]) -> dict[tuple[int, str], list[int]]:
    """The payouts by which somebody was paid, or is about to be, by publisher and currency."""
    told: dict[tuple[int, str], list[int]] = {}
    rows = Payout.objects.system().filter(publisher__in=publishers, state__in=AGAIN).order_by("pk")
    for publisher, currency, number in rows.values_list("publisher", "currency", "pk"):
        told.setdefault((publisher, currency), []).append(number)
    return told
