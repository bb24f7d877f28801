"""The book in the accountant's accounts: verifications and balances of some days, and files of them."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NoReturn

from django.utils.translation import gettext_lazy as _

from utfall.accounting import Books, Chart, Company, Unbalanced, keep_books, write_sie, year_of
from utfall.accounting.sie import SERIES, amount
from utfall.money import minor_digits
from utfall.portal.access import Caller, Kind, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened, today
from utfall.portal.invoices import facade as invoices
from utfall.portal.look.exports import csv_line, first_line, safe
from utfall.portal.look.streaming import CSV
from utfall.portal.statements import keeping
from utfall.portal.statements.charting import chart_in_force, require_overseer
from utfall.portal.statements.contracts import BooksForm, File
from utfall.portal.statements.days import FIRST_YEAR, is_over

COLUMNS: Final = ("date", "verification", "about", "account", "name", "debit", "credit", "currency")
KINDS: Final = {BooksForm.SIE: "application/octet-stream", BooksForm.CSV: CSV}


def currencies(caller: Caller) -> list[str]:
    """The currencies that the book has anything in."""
    require_overseer(caller)
    with opened() as found:
        return [] if found is None else [one.currency for one in book.trial_balance(found)]


def books(caller: Caller, currency: str, first: date, last: date) -> Books:
    """The books of some days of one accounting year. Refused where the book and its sums differ."""
    require_overseer(caller)
    chart = chart_in_force()
    _check(chart, currency, first, last)
    with opened() as found:
        if found is None:
            return keep_books(chart, currency, (), first, last)
        keep_days(found)
        moved = keeping.moved(found, currency, last)
    try:
        return keep_books(chart, currency, moved, first, last)
    except Unbalanced:
        _refuse_difference()


def keep_days(found: book.Book) -> None:
    """Keep the sums of all days that are over; refused where they do not come to what the book says."""
    keeping.keep(found)
    if not keeping.agrees(found):
        keeping.forget()
        keeping.keep(found)
        if not keeping.agrees(found):
            _refuse_difference()


def _refuse_difference() -> NoReturn:
    refuse("book_differs", _("The book and its sums differ. Run utfall check."), status=409)


def days_are_over(last: date) -> bool:
    """Whether nothing more can come to days through one."""
    with opened() as found:
        return found is not None and is_over(found, last)


def _check(chart: Chart, currency: str, first: date, last: date) -> None:
    if minor_digits(currency) is None:
        refuse("currency_unknown", _("This is no currency that we know."), "currency")
    if last < first:
        refuse("days_reversed", _("The last day is before the first."), "last")
    if first.year < FIRST_YEAR or last.year > today().year + 1:
        refuse("year_unknown", _("Choose a year that has begun."), "last")
    if year_of(first, chart.begins) != year_of(last, chart.begins):
        refuse("two_years", _("The days are of two accounting years: make a file of each."), "last")


def export_books(caller: Caller, form: BooksForm, currency: str, first: date, last: date) -> File:
    """A file for the accountant; who took it is in the log."""
    found = books(caller, currency, first, last)
    name = f"utfall-{currency}-{first.isoformat()}-{last.isoformat()}"
    if form is BooksForm.SIE:
        file = File(f"{name}.se", KINDS[form], write_sie(company(), found))
    else:
        file = File(f"{name}.csv", KINDS[form], "".join(books_csv(found)).encode())
    audit.record(
        caller,
        action="accounting.exported",
        subject="accounting 1",
        before=None,
        after={"file": file.name, "verifications": len(found.verifications)},
    )
    return file


def company() -> Company:
    """The operator, as it is registered."""
    draft = invoices.view_of(Kind.OPERATOR, 0).draft
    return Company(name=draft.name or "-", number=draft.registration)


def books_csv(found: Books) -> Iterator[str]:
    """A heading, and a line for each account of each verification."""
    names = {number: safe(name) for number, name in found.names().items()}
    digits = minor_digits(found.currency) or 0
    yield first_line(COLUMNS)
    for one in found.verifications:
        for account, minor in one.lines:
            debit, credit = (amount(minor, digits), "") if minor > 0 else ("", amount(-minor, digits))
            about = (one.day.isoformat(), f"{SERIES}{one.number}", one.happening)
            yield csv_line((*about, account, names[account], debit, credit, found.currency))
