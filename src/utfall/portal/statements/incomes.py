"""What publishers were credited in a year: docs/algorithms/accounting.md, *Income of publishers, a year*."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.accounting import Quarter, reporting_of, units_of
from utfall.accounting.sie import amount
from utfall.money import minor_digits
from utfall.portal.access import Caller, Kind, Permission, Slice, refuse
from utfall.portal.access.paging import USUAL
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened, today
from utfall.portal.invoices import facade as invoices
from utfall.portal.look.exports import csv_line, first_line, safe
from utfall.portal.look.streaming import CSV
from utfall.portal.people import facade as people
from utfall.portal.statements.charting import require_overseer
from utfall.portal.statements.contracts import File, IncomeView
from utfall.portal.statements.days import FIRST_YEAR, Bounds, bounds, first_day

AT_ONCE: Final = 200
QUARTERS: Final = (1, 2, 3, 4)
WHO: Final = (
    *("publisher", "name", "company", "street", "postcode", "town", "country", "registration", "vat"),
    *("reporting", "currency"),
)
COLUMNS: Final = (
    "year",
    *WHO,
    *(f"{what}_q{n}" for what in ("consideration", "fees", "tax", "paid", "activities") for n in QUARTERS),
)


def income(caller: Caller, year: int, publisher: int | None = None) -> IncomeView:
    """A publisher's year: the caller's own, or that of one which the operator names."""
    caller.require(Permission.LOOK)
    _check(year)
    wanted = publisher if caller.sees_all and publisher is not None else caller.publisher(publisher)
    party = people.party(Kind.PUBLISHER, wanted)
    return _views([party.number], _quarters([party.number], year))[0]


def incomes(caller: Caller, year: int, *, after: int | None = None, limit: int = USUAL) -> Slice[IncomeView]:
    """Every publisher that was credited anything in a year, by number; the cursor is the last one's."""
    require_overseer(caller)
    _check(year)
    size = min(limit, AT_ONCE)
    told: dict[int, tuple[Quarter, ...]] = {}
    for some in _paid(after or 0, size + 1):
        told |= {number: quarters for number, quarters in _quarters(some, year).items() if quarters}
        if len(told) > size:
            break
    shown = list(told)[:size]
    return Slice(_views(shown, told), shown[-1] if len(told) > size else None)


def years(publisher: int | None = None) -> list[int]:
    """The years that there is anything to tell of, the newest first: since the first entry, or since anything
    was payable to a publisher; this one alone where there is none yet.
    """
    newest, begun = today().year, first_day(publisher)
    return list(range(newest, (begun.year if begun else newest) - 1, -1))


def _paid(after: int, size: int) -> Iterator[list[int]]:
    """Publishers to whom anything was ever payable, by number, some at a time: most may have no such year."""
    while True:
        with opened() as found:
            numbers = [] if found is None else book.publishers_paid(found, after=after, count=size)
        yield numbers
        if len(numbers) < size:
            return
        after = numbers[-1]


def export_incomes(caller: Caller, year: int) -> File:
    """The year as CSV, a row for each publisher and currency; who took it is in the log."""
    require_overseer(caller)
    rows = list(_rows(caller, year))
    content = first_line(COLUMNS) + "".join(rows)
    audit.record(
        caller,
        action="income.exported",
        subject="accounting 1",
        before=None,
        after={"year": year, "rows": len(rows)},
    )
    return File(f"utfall-income-{year}.csv", CSV, content.encode())


def export_income(caller: Caller, year: int, publisher: int | None = None) -> File:
    """One publisher's year as CSV; who took it is in the log."""
    view = income(caller, year, publisher)
    audit.record(
        caller,
        action="publisher_income.exported",
        subject=f"publisher {view.publisher}",
        before=None,
        after={"year": year},
        publisher=view.publisher,
    )
    content = first_line(COLUMNS) + "".join(_csv(view, year))
    return File(f"utfall-income-{year}-{view.publisher}.csv", CSV, content.encode())


def _rows(caller: Caller, year: int) -> Iterator[str]:
    after: int | None = 0
    while after is not None:
        part = incomes(caller, year, after=after, limit=AT_ONCE)
        for view in part.items:
            yield from _csv(view, year)
        after = part.following


def _csv(view: IncomeView, year: int) -> Iterator[str]:
    known = {(one.currency, one.number): one for one in view.quarters}
    who = [safe(str(getattr(view, name))) for name in ("publisher_name", *WHO[2:9])]
    for currency in sorted({one.currency for one in view.quarters}):
        told = [known.get((currency, number), Quarter(number, currency)) for number in QUARTERS]
        digits = minor_digits(currency) or 0
        sums = [
            amount(units_of(getattr(one, f"{what}_micros", 0), currency), digits)
            for what in ("consideration", "fees", "tax", "paid")
            for one in told
        ]
        counts = [str(one.activities) for one in told]
        about = (str(view.publisher), *who, view.reporting.value, currency)
        yield csv_line((str(year), *about, *sums, *counts))


def _quarters(publishers: list[int], year: int) -> dict[int, tuple[Quarter, ...]]:
    """Quarters of some publishers in which anything happened, by currency and quarter."""
    told: dict[int, tuple[Quarter, ...]] = dict.fromkeys(publishers, ())
    with opened() as found:
        if found is None:
            return told
        spans = [_span(found, year, number) for number in QUARTERS]
        for publisher in publishers:
            rows = [
                one
                for number, span in zip(QUARTERS, spans, strict=True)
                for one in _of_quarter(found, publisher, number, span)
            ]
            told[publisher] = tuple(sorted(rows, key=lambda one: (one.currency, one.number)))
    return told


def _span(found: book.Book, year: int, number: int) -> Bounds:
    first = date(year, 3 * number - 2, 1)
    last = date(year, 3 * number, 31 if number in (1, 4) else 30)
    return bounds(found, first, last)


def _of_quarter(found: book.Book, publisher: int, number: int, span: Bounds) -> list[Quarter]:
    told: dict[str, Quarter] = {}
    for one in book.credited(found, publisher, after=span.after, through=span.through):
        told[one.currency] = _added(told.get(one.currency, Quarter(number, one.currency)), one)
    return [one for one in told.values() if not one.is_empty]


def _added(quarter: Quarter, one: book.Credited) -> Quarter:
    match one.kind:
        case "paper":
            return quarter._replace(tax_micros=quarter.tax_micros + one.amount_micros)
        case "payout" | "payout_result":
            return quarter._replace(paid_micros=quarter.paid_micros - one.amount_micros)
        case "exchange":
            return quarter
        case _:
            return quarter._replace(
                consideration_micros=quarter.consideration_micros + one.amount_micros,
                activities=quarter.activities + one.credits,
            )


def _views(numbers: list[int], quarters: dict[int, tuple[Quarter, ...]]) -> list[IncomeView]:
    parties = people.parties(Kind.PUBLISHER, numbers)
    particulars = invoices.views_of(Kind.PUBLISHER, numbers)
    told = []
    for number in numbers:
        draft = particulars[number].draft
        told.append(
            IncomeView(
                publisher=number,
                publisher_name=parties[number].name if number in parties else f"#{number}",
                company=draft.name,
                street=draft.street,
                postcode=draft.postcode,
                town=draft.town,
                country=draft.country,
                registration=draft.registration,
                vat=draft.vat,
                reporting=reporting_of(draft.country),
                quarters=quarters[number],
            )
        )
    return told


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= today().year:
        refuse("year_unknown", _("Choose a year that has begun."), "year")
