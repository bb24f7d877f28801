"""What a paper is to whoever declares VAT, as frozen on it: docs/algorithms/vat-by-period.md."""

from enum import StrEnum
from typing import NamedTuple

from utfall.money import minor_micros
from utfall.papers import Paper, Party, currency_on, own_tax, sums_of
from utfall.papers.parties import EU


class Treatment(StrEnum):
    """How a paper is taxed; all but the first charge no tax. `unknown`: what was frozen is not there."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    ABROAD = "abroad"
    EXPORT = "export"
    NOT_REGISTERED = "not_registered"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """Where the other party is established, as the operator sees it."""

    HOME = "home"
    UNION = "union"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class VatOfPaper(NamedTuple):
    """What of a paper counts for VAT beside its amounts. `own_tax_micros` is its tax in the currency of the
    seller's country, below zero on a credit note; without tax there is none, and no currency, and where a
    paper does not say it.
    """

    treatment: Treatment
    rate_ppm: int
    place: Place
    party: Party
    own_currency: str
    own_tax_micros: int


def vat_of(paper: Paper) -> VatOfPaper:
    """How a paper is taxed, where its other party is, and its tax in the seller's own currency."""
    house, party = (paper.buyer, paper.seller) if paper.kind.is_self_billing else (paper.seller, paper.buyer)
    tax = paper.tax
    own_currency, own_micros = _own(paper) if tax.rate_ppm else ("", 0)
    return VatOfPaper(
        treatment=Treatment(tax.untaxed.value) if tax.untaxed else Treatment.DOMESTIC,
        rate_ppm=tax.rate_ppm,
        place=place_of(party.country, house.country),
        party=party,
        own_currency=own_currency,
        own_tax_micros=-own_micros if paper.kind.is_credit else own_micros,
    )


def _own(paper: Paper) -> tuple[str, int]:
    """The tax as it stands on the paper in the seller's own currency, which may be the paper's."""
    rate = paper.own_rate
    if rate is None and paper.currency != currency_on(paper.seller.country, paper.period[1]):
        return "", 0
    if rate is None:
        return paper.currency, sums_of(paper).tax * minor_micros(paper.currency)
    return rate.into, own_tax(paper, rate) * minor_micros(rate.into)


def place_of(country: str, home: str) -> Place:
    """Where a party is established.

    >>> [place_of(one, "SE").value for one in ("SE", "FI", "NO")]
    ['home', 'union', 'outside']
    """
    if country == home:
        return Place.HOME
    return Place.UNION if country in EU else Place.OUTSIDE
