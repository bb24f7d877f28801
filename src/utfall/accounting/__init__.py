"""Accounting: the book's entries in the accountant's accounts, as verifications and SIE 4; who is reported;
what a paper is to VAT.

Promises: each verification sums to zero, an account's balance is the book's rounded once, the same days give
the same bytes. Refuses: a chart with a number of the wrong class, movements that do not balance. Values in,
values and bytes out: no clock, no files. docs/algorithms/accounting.md.
"""

from utfall.accounting.books import Books, Line, Moved, Unbalanced, Verification, keep_books
from utfall.accounting.chart import BAS, HEADS, Account, Chart, ChartProblem, chart_problems
from utfall.accounting.income import Quarter, Reporting, reporting_of, units_of
from utfall.accounting.sie import Company, write_sie
from utfall.accounting.vat import Place, Treatment, VatOfPaper, place_of, vat_of
from utfall.accounting.years import Year, year_of

__all__ = [
    "BAS",
    "HEADS",
    "Account",
    "Books",
    "Chart",
    "ChartProblem",
    "Company",
    "Line",
    "Moved",
    "Place",
    "Quarter",
    "Reporting",
    "Treatment",
    "Unbalanced",
    "VatOfPaper",
    "Verification",
    "Year",
    "chart_problems",
    "keep_books",
    "place_of",
    "reporting_of",
    "units_of",
    "vat_of",
    "write_sie",
    "year_of",
]
