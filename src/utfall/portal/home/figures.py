"""The figures of a publisher's and of the operator's first page.

What is owed comes from the book, traffic and outcomes from the lake. Each is asked at most every few seconds;
what cannot be known yet is a dash, never a zero.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

from django.core.cache import cache as kept
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind
from utfall.portal.book import facade as book
from utfall.portal.home.cards import Figure, card
from utfall.portal.look import formats
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State as PartnershipState
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import State
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query, Row

DAYS: Final = 30
FRESH_SECONDS: Final = 10
OUTCOMES: Final = ("sales", "leads", "actions", "installs")

Amounts = dict[str, int]
"""Micros by currency."""
Answer = TypeVar("Answer")


@card(kinds=frozenset({Kind.PUBLISHER}), order=11)
def of_a_publisher(caller: Caller) -> list[Figure]:
    """Clicks of thirty days, what is earned, and in how many programs."""
    owed = _kept(f"home-owed:{caller.number}", lambda: _owed(caller.number))
    clicks = _kept(f"home-clicks:{caller.number}", lambda: _clicks(caller.number))
    count = partners.counts(caller)[PartnershipState.APPROVED]
    own = reverse("partners:mine", kwargs={"org": caller.slug})
    return [
        Figure(
            label=_("Clicks"),
            value=formats.number(sum(clicks) if clicks is not None else None),
            spark=clicks or (),
            note=_("thirty days"),
            href=reverse("links:index", kwargs={"org": caller.slug}),
        ),
        _amounts(_("Pending commission"), None if owed is None else owed["pending"], _("waits for approval")),
        _amounts(_("Approved commission"), None if owed is None else owed["approved"], _("owed to you")),
        Figure(label=_("Active programs"), value=formats.number(count), href=own),
    ]


@card(kinds=frozenset({Kind.OPERATOR}), order=11)
def of_the_operator(caller: Caller) -> list[Figure]:
    """How much there is of everything, and what this month and this day brought."""
    today = timezone.now().astimezone(UTC).date()
    live = programs.counts(caller)[State.ACTIVE]
    active = partners.counts(caller)[PartnershipState.APPROVED]
    orders = _kept(f"home-orders:{today}", lambda: _outcomes(today))
    month = _kept(f"home-month:{today}", lambda: _commission(today.replace(day=1), today))
    return [
        Figure(label=_("Active programs"), value=formats.number(live), href=_to(caller, "programs:index")),
        Figure(label=_("Partnerships"), value=formats.number(active), href=_to(caller, "partners:index")),
        Figure(
            label=_("Orders decided today"), value=formats.number(orders), note=_("sales, leads, installs")
        ),
        _amounts(_("Commission this month"), month, ""),
    ]


def _amounts(label: str, found: Amounts | None, note: str) -> Figure:
    """Currencies are never added: the first is the figure, the others stand below it."""
    if found is None:
        return Figure(label=label, value=formats.NONE, note=_("nothing settled yet"))
    if not found:
        return Figure(label=label, value=formats.number(0), note=note)
    shown = [formats.money_compact(micros, currency) for currency, micros in found.items()]
    return Figure(label=label, value=shown[0], note=" · ".join(shown[1:]) or note, good="neither")


def _owed(publisher: int) -> dict[str, Amounts] | None:
    """What the book owes a publisher; None where there is no book yet."""
    with book.opened() as opened:
        return None if opened is None else owed_to(publisher, book.balances(opened))


def owed_to(publisher: int, balances: Iterable[book.Balance]) -> dict[str, Amounts]:
    """What waits for approval and what no longer does, by currency. What is owed is a credit in the book.

    >>> owed_to(7, [book.Balance("publisher", 7, "pending", "SEK", -80_532_000)])
    {'pending': {'SEK': 80532000}, 'approved': {}}
    """
    found: dict[str, Amounts] = {"pending": {}, "approved": {}}
    for one in balances:
        if (one.owner, one.owner_id) == ("publisher", publisher) and one.balance_micros:
            bucket = found["pending" if one.bucket == "pending" else "approved"]
            bucket[one.currency] = bucket.get(one.currency, 0) - one.balance_micros
    return {name: _largest_first(amounts) for name, amounts in found.items()}


def _clicks(publisher: int) -> tuple[int, ...] | None:
    """Valid clicks on each of the last thirty days, today the last."""
    today = timezone.now().astimezone(UTC).date()
    first = today - timedelta(days=DAYS - 1)
    rows = _asked(("clicks",), ("day",), first, today, publisher=publisher)
    if rows is None:
        return None
    by_day = {_day(row["day"]): int(row["clicks"] or 0) for row in rows}
    return tuple(by_day.get(first + timedelta(days=place), 0) for place in range(DAYS))


def _outcomes(today: date) -> int | None:
    rows = _asked(OUTCOMES, (), today, today)
    return None if rows is None else sum(int(row[name] or 0) for row in rows for name in OUTCOMES)


def _commission(first: date, last: date) -> Amounts | None:
    names = ("commission_pending", "commission_approved")
    rows = _asked(names, ("currency",), first, last)
    if rows is None:
        return None
    sums = {row["currency"]: sum(int(row[name] or 0) for name in names) for row in rows if row["currency"]}
    return _largest_first({currency: micros for currency, micros in sums.items() if micros})


def _asked(
    metrics: tuple[str, ...], by: tuple[str, ...], first: date, last: date, *, publisher: int | None = None
) -> list[Row] | None:
    """Rows of the lake from day to day; None where there is no lake yet."""
    query = Query(metrics, by, start=first, end=last + timedelta(days=1))
    return reports.rows_within(query, publishers=None if publisher is None else frozenset({publisher}))


def _kept(key: str, ask: Callable[[], Answer]) -> Answer:
    """An answer, asked for at most every few seconds."""
    found: tuple[Answer] | None = kept.get(key)
    if found is None:
        found = (ask(),)
        kept.set(key, found, FRESH_SECONDS)
    return found[0]


def _largest_first(amounts: Amounts) -> Amounts:
    return dict(sorted(amounts.items(), key=lambda one: (-one[1], one[0])))


def _day(told: date | datetime | str) -> date:
    if isinstance(told, datetime):
        return told.date()
    return date.fromisoformat(told) if isinstance(told, str) else told


def _to(caller: Caller, page: str) -> str:
    return reverse(page, kwargs={"org": caller.slug})
