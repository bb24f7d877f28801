"""Accounting: the book's entries in the accountant's accounts, as verifications and SIE 4; who is reported.

Promises: each verification sums to zero, an account's balance is the book's rounded once, the same days give
the same bytes. Refuses: a chart with a number of the wrong class, movements that do not balance. Values in,
values and bytes out: no clock, no files. docs/algorithms/accounting.md.
"""

from utfall.accounting.books import Books, Line, Moved, Unbalanced, Verification, keep_books
from utfall.accounting.chart import BAS, HEADS, Account, Chart, ChartProblem, chart_problems
from utfall.accounting.income import Quarter, Reporting, reporting_of, units_of
from utfall.accounting.sie import Company, write_sie
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
    "Quarter",
    "Reporting",
    "Unbalanced",
    "Verification",
    "Year",
    "chart_problems",
    "keep_books",
    "reporting_of",
    "units_of",
    "write_sie",
    "year_of",
]
