"""Statements as files: CSV line by line, however many there are; a workbook; and a PDF to read and file."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.audit import facade as audit
from utfall.portal.book.facade import ZONE
from utfall.portal.invoices import facade as invoices
from utfall.portal.look.exports import csv_line, plain, safe
from utfall.portal.look.formats import day, money, number
from utfall.portal.reports.contracts import Unit
from utfall.portal.reports.spreadsheet import ROWS_MOST, write_xlsx
from utfall.portal.statements.contracts import LineView, StatementView
from utfall.portal.statements.reading import all_lines
from utfall.portal.statements.words import ACCOUNTS, kind_words, sort_words

COLUMNS: Final = (
    *("entry", "settled_on", "occurred_on", "sort", "kind", "program", "program_name", "order", "reference"),
    *("paper", "payout", "receipt", "amount", "balance", "currency"),
)
LINES_IN_PDF: Final = 2000
_IN_PDF: Final = (_("Day"), _("What"), _("About"), _("Amount"), _("Balance"))
_UNITS: Final[tuple[Unit | None, ...]] = (*(None,) * 12, Unit.MONEY, Unit.MONEY, None)


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
    yield "\ufeff" + csv_line(COLUMNS)
    yield csv_line(_balance(view, "opening"))
    for one in all_lines(caller, view):
        yield csv_line(_row(one, view.wanted.currency))
    yield csv_line(_balance(view, "closing"))


def _balance(view: StatementView, which: str) -> list[str]:
    micros = view.opening_micros if which == "opening" else view.closing_micros
    first, last = view.wanted.first, view.wanted.last
    on = first if which == "opening" else last
    entry = view.after if which == "opening" else view.through
    return [str(entry), on.isoformat(), "", which, *("",) * 9, plain(micros), view.wanted.currency]


def _row(one: LineView, currency: str) -> list[str]:
    days = (one.settled_at.astimezone(ZONE).date(), one.occurred_at.astimezone(ZONE).date())
    told = (
        one.program,
        safe(one.program_name),
        one.order,
        safe(one.reference),
        one.paper,
        one.payout,
        one.receipt,
    )
    return [
        str(one.entry),
        *(each.isoformat() for each in days),
        one.sort.value,
        one.kind,
        *("" if each is None else str(each) for each in told),
        plain(one.micros),
        plain(one.balance_micros),
        currency,
    ]


def open_xlsx(caller: Caller, view: StatementView) -> IO[bytes]:
    """A workbook with as many lines as a sheet holds; the file is gone when it is closed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xlsx"
        rows = chain(
            [_balance(view, "opening")],
            (_row(one, view.wanted.currency) for one in islice(all_lines(caller, view), ROWS_MOST - 2)),
            [_balance(view, "closing")],
        )
        write_xlsx(path, view.wanted.party_name, COLUMNS, _UNITS, (_cells(row) for row in rows))
        return path.open("rb")


def _cells(row: Sequence[str]) -> list[Any]:
    """Amounts as numbers; a text in a workbook is never a formula, so nothing is put before it."""
    amounts = [Decimal(one) if one else None for one in row[12:14]]
    return [*(one.removeprefix("'") for one in row[:12]), *amounts, row[14]]


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
    """What a line is about, in few words: its paper, payout or order, and the program."""
    named = one.paper or one.reference or (f"#{one.payout}" if one.payout is not None else "")
    return " · ".join(filter(None, (named, one.program_name)))
