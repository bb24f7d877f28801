"""The companies behind the demo's names: where they are, how they are registered, which account is theirs.

All invented; numbers have the check digits that papers and banks ask for.
"""

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any, Final, NamedTuple

from stdnum import iban, luhn
from stdnum.no import kontonr, orgnr

from utfall.demo.cast import APP, PARTNERS, Partner

HOUSE: Final = 1
"""The number of the network's own company; those of advertisers and publishers begin beyond."""
PERSONS: Final = frozenset({19, 20, 21, 33, 44})
"""Publishers who are not registered for VAT."""
WEEKLY: Final = frozenset({12, 14, 15, 22, 26})
"""Publishers who want their money every week."""
UNREADY: Final = frozenset({49})
"""Publishers who have not said yet where to pay."""
_TOWNS: Final = {
    "SE": (("Göteborg", "41103"), ("Malmö", "21119"), ("Umeå", "90326"), ("Östersund", "83133")),
    "NO": (("Bergen", "5003"), ("Tromsø", "9008"), ("Oslo", "0150"), ("Bodø", "8006")),
}
_BICS: Final = {"SE": "ESSESESS", "NO": "DNBANOKK"}


class Company(NamedTuple):
    """A party as papers name it, and its account."""

    name: str
    country: str
    town: str
    postcode: str
    registration: str
    vat: str
    iban: str
    bic: str


def house() -> Company:
    """The network."""
    return _company(HOUSE, "Nordnätet AB", "SE")


def advertiser(number: int, name: str, country: str) -> Company:
    """An advertiser's company."""
    return _company(10 + number, f"{name} {'AS' if country == 'NO' else 'AB'}", country)


def publisher(number: int) -> Company:
    """A publisher's company, or the person who is one."""
    one = next(each for each in PARTNERS if each.number == number)
    country = "NO" if _is_norwegian(one) else "SE"
    form = "" if number in PERSONS else " AS" if country == "NO" else " AB"
    return _company(100 + number, one.name + form, country, is_registered=number not in PERSONS)


def account(country: str, number: int) -> str:
    """An IBAN of a country, the same for the same number.

    >>> account("SE", 7), account("NO", 7)
    ('SE3650000000000000000007', 'NO3286011000705')
    """
    bare = f"{country}00{f'5{number:019}' if country == 'SE' else _norwegian_account(number)}"
    return f"{country}{iban.calc_check_digits(bare)}{bare[4:]}"


def _is_norwegian(one: Partner) -> bool:
    return set(one.clicks) == {APP}


def _company(number: int, name: str, country: str, *, is_registered: bool = True) -> Company:
    town, postcode = _TOWNS[country][number % 4]
    registration = _norwegian(number) if country == "NO" else _swedish(number)
    vat = f"NO{registration}MVA" if country == "NO" else f"SE{registration}01"
    return Company(
        name=name,
        country=country,
        town=town,
        postcode=postcode,
        registration=registration if is_registered else "",
        vat=vat if is_registered else "",
        iban=account(country, number),
        bic=_BICS[country],
    )


def _swedish(number: int) -> str:
    body = f"55967{number:04}"
    return body + str(luhn.calc_check_digit(body))


@cache
def _norwegian(number: int) -> str:
    return _first(orgnr.is_valid, 920_000_000 + number * 100)


@cache
def _norwegian_account(number: int) -> str:
    return _first(kontonr.is_valid, 86_011_000_000 + number * 100)


def _first(is_valid: Callable[[str], Any], start: int) -> str:
    """The first number from one on whose check digits are right."""
    return next(str(one) for one in count(start) if is_valid(str(one)))
