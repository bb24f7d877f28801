"""VAT of some days, of what is frozen on papers: lines, the sales list, and whether the accounts agree."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Final

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from utfall.accounting import Place, Treatment
from utfall.portal.access import Caller, refuse
from utfall.portal.book import facade as book
from utfall.portal.book.facade import begins_ms, opened, today
from utfall.portal.statements import keeping, vat_keeping
from utfall.portal.statements.bookkeeping import keep_days
from utfall.portal.statements.charting import chart_in_force, require_overseer
from utfall.portal.statements.days import FIRST_YEAR, is_over
from utfall.portal.statements.models import VatPaper
from utfall.portal.statements.vat_contracts import (
    Counting,
    SalesListLine,
    Trade,
    VatCheck,
    VatLine,
    VatNarrowed,
    VatPaperView,
    VatView,
    VatWanted,
)

AT_ONCE: Final = 1000
LONGEST: Final = timedelta(days=366)
BUCKETS: Final = {Trade.SOLD: ("vat_out", -1), Trade.BOUGHT: ("vat_in", 1)}
"""The place of the book where the VAT of papers stands, and its sign there."""
_ALIKE: Final = ("trade", "treatment", "rate_ppm", "place", "currency", "own_currency")
_ORDER: Final = {
    **{one.value: place for place, one in enumerate(Trade)},
    **{one.value: place for place, one in enumerate(Treatment)},
}
_DAY: Final = timedelta(days=1)
Rows = QuerySet[VatPaper]


def vat(caller: Caller, wanted: VatWanted) -> VatView:
    """What is declared of some days. Refused where the book and its papers differ."""
    require_overseer(caller)
    _check(wanted)
    with opened() as found:
        if found is None:
            return VatView(wanted=wanted, lines=(), sales_list=(), checks=(), is_over=False)
        rows = _rows(caller, found, wanted)
        lines = lines_of(rows)
        is_booked = wanted.by is Counting.BOOKED
        return VatView(
            wanted=wanted,
            lines=lines,
            sales_list=sales_list_of(rows),
            checks=_checks(found, wanted, lines) if is_booked else (),
            is_over=is_booked and is_over(found, wanted.last),
        )


def _check(wanted: VatWanted) -> None:
    if wanted.last < wanted.first:
        refuse("days_reversed", _("The last day is before the first."), "last")
    if wanted.first.year < FIRST_YEAR or wanted.last.year > today().year:
        refuse("year_unknown", _("Choose a year that has begun."), "last")
    if wanted.last - wanted.first >= LONGEST:
        refuse("days_too_many", _("Choose a year at most."), "last")


def _rows(caller: Caller, found: book.Book, wanted: VatWanted) -> Rows:
    """The papers of the days: by their receipts, which are in the order of booking, or by their own day."""
    vat_keeping.keep_papers(found)
    rows = VatPaper.objects.of(caller)
    if wanted.by is Counting.SUPPLIED:
        known = rows.filter(receipt__lte=book.latest_receipt(found))
        return known.filter(supplied_on__gte=wanted.first, supplied_on__lte=wanted.last)
    after = book.receipt_at(found, begins_ms(wanted.first) - 1)
    through = book.receipt_at(found, begins_ms(wanted.last + _DAY) - 1)
    return rows.filter(receipt__gt=after, receipt__lte=through)


def lines_of(rows: Rows) -> tuple[VatLine, ...]:
    """Papers that are declared alike, one line for each currency."""
    sums = (Count("receipt"), Sum("net_micros"), Sum("tax_micros"), Sum("own_micros"))
    told = [
        VatLine(
            trade=Trade(trade),
            treatment=Treatment(treatment),
            rate_ppm=rate_ppm,
            place=Place(place),
            currency=currency,
            papers=papers,
            net_micros=int(net),
            tax_micros=int(tax),
            own_currency=own_currency,
            own_micros=int(own),
        )
        for trade, treatment, rate_ppm, place, currency, own_currency, papers, net, tax, own in (
            rows.values_list(*_ALIKE).annotate(*sums).order_by()
        )
    ]
    return tuple(sorted(told, key=_in_order))


def _in_order(one: VatLine) -> tuple[int, int, int, str, str, str]:
    return (
        _ORDER[one.trade.value],
        _ORDER[one.treatment.value],
        -one.rate_ppm,
        one.place.value,
        one.currency,
        one.own_currency,
    )


def sales_list_of(rows: Rows) -> tuple[SalesListLine, ...]:
    """Services that were sold under reverse charge, by the buyer's VAT number and currency."""
    sold = rows.filter(trade=Trade.SOLD.value, treatment=Treatment.REVERSE_CHARGE.value)
    sums = (Max("receipt"), Count("receipt"), Sum("net_micros"))
    told = list(sold.values_list("vat", "currency").annotate(*sums).order_by("vat", "currency"))
    latest = {
        row.receipt: row for some in _some([each[2] for each in told]) for row in sold.filter(pk__in=some)
    }
    return tuple(
        SalesListLine(
            vat=vat,
            country=latest[newest].country,
            name=latest[newest].company,
            currency=currency,
            papers=papers,
            net_micros=int(net),
        )
        for vat, currency, newest, papers, net in told
    )


def _some(numbers: list[int]) -> Iterator[list[int]]:
    """So many at once as a question may name."""
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]


def _checks(found: book.Book, wanted: VatWanted, lines: tuple[VatLine, ...]) -> tuple[VatCheck, ...]:
    """VAT of papers beside what the accounts of the chart moved, wherever either has any."""
    keep_days(found)
    chart, told = chart_in_force(), Counter[tuple[Trade, str]]()
    for one in lines:
        told[one.trade, one.currency] += one.tax_micros
    buckets = {bucket: (trade, sign) for trade, (bucket, sign) in BUCKETS.items()}
    booked: Counter[tuple[Trade, str]] = Counter()
    for (bucket, currency), micros in keeping.moved_between(
        found, buckets, wanted.first, wanted.last
    ).items():
        trade, sign = buckets[bucket]
        booked[trade, currency] += sign * micros
    return tuple(
        VatCheck(
            trade=trade,
            currency=currency,
            account=chart.accounts[BUCKETS[trade][0]].number,
            tax_micros=told[trade, currency],
            booked_micros=booked[trade, currency],
        )
        for trade, currency in sorted({*told, *booked}, key=lambda one: (_ORDER[one[0].value], one[1]))
        if told[trade, currency] or booked[trade, currency]
    )


def vat_papers(caller: Caller, wanted: VatWanted, only: VatNarrowed | None = None) -> Iterator[VatPaperView]:
    """Every paper of the days, in the order of booking, read as it is asked for; refused before the first."""
    require_overseer(caller)
    _check(wanted)
    with opened() as found:
        rows = _rows(caller, found, wanted) if found is not None else VatPaper.objects.of(caller).none()
    return _following(_narrowed(rows, only or VatNarrowed()))


def _narrowed(rows: Rows, only: VatNarrowed) -> Rows:
    return rows.filter(**{name: value for name, value in asdict(only).items() if value not in (None, "")})


def _following(rows: Rows) -> Iterator[VatPaperView]:
    after = 0
    while some := list(rows.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield from map(_view, some)
        after = some[-1].receipt


def _view(row: VatPaper) -> VatPaperView:
    return VatPaperView(
        name=row.name,
        kind=row.kind,
        trade=Trade(row.trade),
        treatment=Treatment(row.treatment),
        rate_ppm=row.rate_ppm,
        place=Place(row.place),
        party=row.party,
        company=row.company,
        country=row.country,
        vat=row.vat,
        issued_on=row.issued_on,
        supplied_on=row.supplied_on,
        currency=row.currency,
        net_micros=row.net_micros,
        tax_micros=row.tax_micros,
        own_currency=row.own_currency,
        own_micros=row.own_micros,
        corrects=row.corrects,
        receipt=row.receipt,
    )
