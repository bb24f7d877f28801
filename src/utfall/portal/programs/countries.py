"""Names of countries in the language of the page."""

from collections.abc import Iterable
from typing import Final

from utfall.portal.people import facade as people

NORDIC: Final = ("SE", "NO", "DK", "FI", "IS")


def country_names(codes: Iterable[str]) -> list[str]:
    """What countries are called; a code that is none stays as it is."""
    named = dict(people.countries())
    return [named.get(code, code) for code in codes]
