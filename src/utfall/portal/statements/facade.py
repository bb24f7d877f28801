"""The one way into statements and accounting."""

from utfall.portal.statements.asking import asked, spots
from utfall.portal.statements.bookkeeping import books, currencies, days_are_over, export_books
from utfall.portal.statements.charting import ChartDraft, chart, set_chart
from utfall.portal.statements.days import first_day
from utfall.portal.statements.files import csv_lines, name_of, note_export, open_xlsx, write_pdf
from utfall.portal.statements.incomes import export_income, export_incomes, income, incomes, years
from utfall.portal.statements.reading import all_lines, lines, statement
from utfall.portal.statements.vat_files import export_vat, vat_file_name
from utfall.portal.statements.vat_reading import vat, vat_papers

__all__ = [
    "ChartDraft",
    "all_lines",
    "asked",
    "books",
    "chart",
    "csv_lines",
    "currencies",
    "days_are_over",
    "export_books",
    "export_income",
    "export_incomes",
    "export_vat",
    "first_day",
    "income",
    "incomes",
    "lines",
    "name_of",
    "note_export",
    "open_xlsx",
    "set_chart",
    "spots",
    "statement",
    "vat",
    "vat_file_name",
    "vat_papers",
    "write_pdf",
    "years",
]
