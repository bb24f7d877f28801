"""Which tax a service between two parties has: docs/algorithms/papers.md, *Which tax*."""

from datetime import date
from typing import Final

from utfall.papers.contracts import Party, Tax, Untaxed
from utfall.papers.parties import EU, is_apart
from utfall.papers.rates import RATES, Rates, rate_on


class TaxRefused(ValueError):
    """A case whose tax is not known: `buyer_vat_needed`, `territory`, `rate_unknown`, `seller_country`."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


NOT_REGISTERED: Final = Tax(category="O", untaxed=Untaxed.NOT_REGISTERED)
REVERSED: Final = Tax(category="AE", untaxed=Untaxed.REVERSE_CHARGE)
ABROAD: Final = Tax(category="O", untaxed=Untaxed.ABROAD)
EXPORT: Final = Tax(category="G", untaxed=Untaxed.EXPORT)
_OUTSIDE: Final = frozenset({"CH", "GB", "IS"})


def tax_between(seller: Party, buyer: Party, day: date, rates: Rates = RATES) -> Tax:
    """The tax of a service that ended on a day; TaxRefused where the table has no answer."""
    if not seller.vat:
        return NOT_REGISTERED
    for party in (seller, buyer):
        if is_apart(party):
            raise TaxRefused("territory", f"{party.name} is in a place with a tax of its own.")
    if seller.country == buyer.country:
        return _domestic(seller.country, day, rates)
    if seller.country == "NO":
        return EXPORT
    if seller.country in _OUTSIDE:
        return ABROAD
    if seller.country not in EU:
        raise TaxRefused("seller_country", f"The tax of sellers in {seller.country} is not known here.")
    return _from_the_union(buyer)


def _domestic(country: str, day: date, rates: Rates) -> Tax:
    ppm = rate_on(country, day, rates)
    if ppm is None:
        raise TaxRefused("rate_unknown", f"The rate of {country} on {day} is not known here.")
    return Tax(category="S", rate_ppm=ppm)


def _from_the_union(buyer: Party) -> Tax:
    if buyer.country not in EU:
        return ABROAD
    if not buyer.vat:
        raise TaxRefused("buyer_vat_needed", f"{buyer.name} needs a VAT number to be invoiced from abroad.")
    return REVERSED
