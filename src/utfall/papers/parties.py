"""Parties: whether a paper can name them, and where the tax of each belongs."""

from typing import Final

from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat

from utfall.papers.contracts import Party

_MEMBERS: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU: Final = frozenset(_MEMBERS.split())
_APART: Final[dict[str, tuple[str, ...]]] = {
    "FI": ("22",),
    "ES": ("35", "38", "51", "52"),
    "GB": ("BT",),
    "PT": ("9",),
    "FR": ("97", "98"),
    "DE": ("27498", "78266"),
    "IT": ("23041", "22061"),
}
"""Postcodes of places with VAT of their own: Åland, the Canaries, Northern Ireland, Madeira and the
Azores, …
"""

SCHEMES: Final = {"SE": "0007", "NO": "0192", "DK": "0184", "FI": "0216", "DE": "9930", "NL": "0106"}
"""Electronic address schemes (EAS) under which a country's register numbers are known to Peppol."""


def party_problems(party: Party) -> list[str]:
    """Reason codes of what keeps a party off a paper: `name`, `country`, `town`, `vat`, `number`,
    `territory`.
    """
    found = []
    if not party.name.strip():
        found.append("name")
    if len(party.country) != 2 or not party.country.isupper():
        found.append("country")
    if not party.town.strip():
        found.append("town")
    if party.vat and not is_vat(party.vat, party.country):
        found.append("vat")
    if party.country in ("SE", "NO", "DK", "FI") and party.number and not _is_number(party):
        found.append("number")
    if is_apart(party):
        found.append("territory")
    return found


def is_vat(number: str, country: str) -> bool:
    """Whether a VAT number has the form and check digits of its country.

    >>> is_vat("SE556036079301", "SE"), is_vat("NO974760673MVA", "NO"), is_vat("SE556036079302", "SE")
    (True, True, False)
    """
    if country in EU:
        prefix = "EL" if country == "GR" else country
        return number.upper().startswith(prefix) and bool(eu_vat.is_valid(number))
    module = get_cc_module(country, "vat")
    return module is not None and bool(module.is_valid(number))


def is_apart(party: Party) -> bool:
    """Whether the party is in a place whose tax is not its country's."""
    return party.postcode.strip().upper().startswith(_APART.get(party.country, ("\0",)))


_NUMBERS: Final = {"SE": "orgnr", "NO": "orgnr", "DK": "cvr", "FI": "ytunnus"}


def _is_number(party: Party) -> bool:
    module = get_cc_module(party.country, _NUMBERS[party.country])
    return module is None or bool(module.is_valid(party.number))
