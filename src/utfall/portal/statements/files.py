"""Statements as files: CSV line by line, however many there are; a workbook; and a PDF to read and file."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Final, NamedTuple

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.audit import facade as audit
from utfall.portal.book.facade import ZONE
from utfall.portal.invoices import facade as invoices
from utfall.portal.look.exports import csv_line, first_line, plain, safe
from utfall.portal.look.formats import day, money, number
from utfall.portal.look.rates import rate_words
from utfall.portal.reports.contracts import Unit
from utfall.portal.reports.spreadsheet import ROWS_MOST, write_xlsx
from utfall.portal.statements.contracts import LineView, StatementView
from utfall.portal.statements.reading import all_lines
from utfall.portal.statements.words import ACCOUNTS, kind_words, sort_words
from utfall.rates import Rate

COLUMNS: Final = (
    *("entry", "settled_on", "occurred_on", "sort", "kind", "program", "program_name", "order", "reference"),
    *("paper", "payout", "receipt", "amount", "balance", "currency"),
    *("exchange_from", "exchange_into", "from_per_euro", "into_per_euro", "rate_source", "rate_day"),
)
"""Of a line that is no exchange, what is said of its rate is empty."""
LINES_IN_PDF: Final = 2000
_IN_PDF: Final = (_("Day"), _("What"), _("About"), _("Amount"), _("Balance"))
_MONEY: Final = frozenset({"amount", "balance"})
_UNITS: Final[list[Unit | None]] = [Unit.MONEY if name in _MONEY else None for name in COLUMNS]
Cell = str | Decimal
Row = dict[str, Cell]
"""Cells by column; what is not named is empty."""


class Writing(NamedTuple):
    """How a kind of file writes texts, and millionths of a unit."""

    text: Callable[[str], str]
    units: Callable[[int], Cell]


CSV: Final = Writing(safe, plain)
XLSX: Final = Writing(str, lambda micros: Decimal(plain(micros)))
"""Amounts as numbers; a text in a workbook is never a formula, so nothing is put before it."""


def name_of(view: StatementView, form: str) -> str:
    """What a file of a statement is called."""
    wanted = view.wanted
    who = f"{wanted.kind.value}-{wanted.party}-{wanted.account.value}-{wanted.currency}"
    return f"statement-{who}-{wanted.first.isoformat()}-{wanted.last.isoformat()}.{form}"


def note_export(caller: Caller, view: StatementView, form: str) -> None:
    """Who took a statement away is in the log: before it is sent, for it may be written while it is. Of an
    onlooker the log says already that everything was looked at.
    """
    if caller.onlooker is not None:
        return
    kind, party = view.wanted.kind, view.wanted.party
    audit.record(
        caller,
        action="statement.exported",
        subject=f"{kind.value} {party}",
        before=None,
        after={"file": name_of(view, form), "lines": view.lines},
        advertiser=party if kind is Kind.ADVERTISER else None,
        publisher=party if kind is Kind.PUBLISHER else None,
    )


def csv_lines(caller: Caller, view: StatementView) -> Iterator[str]:
    """A heading, the opening balance, every line, and the closing balance."""
    yield first_line(COLUMNS)
    for row in _rows(view, all_lines(caller, view), CSV):
        yield csv_line(row.get(name, "") for name in COLUMNS)


def open_xlsx(caller: Caller, view: StatementView) -> IO[bytes]:
    """A workbook with as many lines as a sheet holds; the file is gone when it is closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xlsx"
        rows = _rows(view, islice(all_lines(caller, view), ROWS_MOST - 2), XLSX)
        cells = ([row.get(name) for name in COLUMNS] for row in rows)
        write_xlsx(path, view.wanted.party_name, COLUMNS, _UNITS, cells)
        return path.open("rb")


def _rows(view: StatementView, lines: Iterable[LineView], writing: Writing) -> Iterator[Row]:
    currency = view.wanted.currency
    yield _balance("opening", view.after, view.wanted.first, writing.units(view.opening_micros), currency)
    for one in lines:
        yield _row(one, currency, writing) | (_of_rate(one.rate, writing) if one.rate else {})
    yield _balance("closing", view.through, view.wanted.last, writing.units(view.closing_micros), currency)


def _balance(which: str, entry: int, on: date, stands: Cell, currency: str) -> Row:
    return {
        "entry": str(entry),
        "settled_on": on.isoformat(),
        "sort": which,
        "balance": stands,
        "currency": currency,
    }


def _row(one: LineView, currency: str, writing: Writing) -> Row:
    return {
        "entry": str(one.entry),
        "settled_on": one.settled_at.astimezone(ZONE).date().isoformat(),
        "occurred_on": one.occurred_at.astimezone(ZONE).date().isoformat(),
        "sort": one.sort.value,
        "kind": one.kind,
        "program": _number(one.program),
        "program_name": writing.text(one.program_name),
        "order": _number(one.order),
        "reference": writing.text(one.reference),
        "paper": one.paper,
        "payout": _number(one.payout),
        "receipt": _number(one.receipt),
        "amount": writing.units(one.micros),
        "balance": writing.units(one.balance_micros),
        "currency": currency,
    }


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _of_rate(rate: Rate, writing: Writing) -> Row:
    """How much there was of either currency for one euro: the numbers that the bank published."""
    return {
        "exchange_from": rate.currency,
        "exchange_into": rate.into,
        "from_per_euro": writing.units(rate.currency_micros),
        "into_per_euro": writing.units(rate.into_micros),
        "rate_source": writing.text(rate.source),
        "rate_day": rate.day.isoformat(),
    }


def write_pdf(caller: Caller, view: StatementView) -> bytes:
    """The statement in the caller's language; with its lines, where they are not too many."""
    from utfall.accounting.sheet import Sheet, write_sheet

    wanted = view.wanted
    house = invoices.view_of(Kind.OPERATOR, 0).draft
    few = view.lines <= LINES_IN_PDF
    rows = [_shown(one, view) for one in all_lines(caller, view)] if few else []
    sheet = Sheet(
        language=get_language() or "en",
        title=gettext("Account statement"),
        author=house.name or "Utfall",
        name=wanted.party_name,
        days=f"{day(wanted.first)} – {day(wanted.last)}",
        facts=[
            (gettext("Account"), str(ACCOUNTS[wanted.account])),
            (gettext("Currency"), wanted.currency),
            (gettext("Entries of the book"), view.entries),
        ],
        sums=_sums(view),
        columns=[str(one) for one in _IN_PDF] if rows else [],
        rows=rows,
        note=_note(view, few),
        foot=" · ".join(filter(None, (house.name, house.registration))),
    )
    return write_sheet(sheet, wanted.last + timedelta(days=1))


def _sums(view: StatementView) -> list[tuple[str, str]]:
    currency, account = view.wanted.currency, view.wanted.account
    moved = [(str(sort_words(one.sort, account)), money(one.micros, currency)) for one in view.sums]
    opening = (gettext("Opening balance"), money(view.opening_micros, currency))
    return [opening, *moved, (gettext("Closing balance"), money(view.closing_micros, currency))]


def _note(view: StatementView, few: bool) -> str:
    said = [] if view.is_over else [gettext("These days are not over: more may come.")]
    if not few:
        words = gettext("The %(count)s lines are in the CSV file.")
        said.append(words % {"count": number(view.lines)})
    return " ".join(said)


def _shown(one: LineView, view: StatementView) -> list[str]:
    currency = view.wanted.currency
    return [
        day(one.settled_at.astimezone(ZONE).date()),
        str(kind_words(one.kind, view.wanted.account)),
        about(one),
        money(one.micros, currency),
        money(one.balance_micros, currency),
    ]


def about(one: LineView) -> str:
    """What a line is about, in few words: its paper, payout or order, and the program; or the rate of an
    exchange.
    """
    named = one.paper or one.reference or (f"#{one.payout}" if one.payout is not None else "")
    rate = rate_words(one.rate) if one.rate else ""
    return " · ".join(filter(None, (named, rate, one.program_name)))
