"""Papers: invoices, credit notes and self-billing invoices as values, with their tax, and as UBL.

Promises: the same paper gives the same bytes; lines add up to the minor unit; the tax of a case has one
reason. Refuses: cases whose tax is not known, parties a paper cannot name. Values in, bytes out: no clock,
no files. docs/algorithms/papers.md.
"""

from utfall.papers.amounts import Sums, own_tax, shares_in_minor, sums_of
from utfall.papers.contracts import Kind, Line, Paper, Party, Payment, Tax, Untaxed
from utfall.papers.parties import party_problems
from utfall.papers.rates import RATES, currency_on, rate_on
from utfall.papers.tax import TaxRefused, tax_between
from utfall.papers.ubl import write_ubl

__all__ = [
    "RATES",
    "Kind",
    "Line",
    "Paper",
    "Party",
    "Payment",
    "Sums",
    "Tax",
    "TaxRefused",
    "Untaxed",
    "currency_on",
    "own_tax",
    "party_problems",
    "rate_on",
    "shares_in_minor",
    "sums_of",
    "tax_between",
    "write_ubl",
]
