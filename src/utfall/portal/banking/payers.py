"""Who a payer may be: an advertiser of that name, proposed to whoever decides and never taken for granted."""

from collections.abc import Collection
from typing import Final

from utfall.bank import basic_latin
from utfall.portal.access import Kind
from utfall.portal.invoices import facade as invoices
from utfall.portal.people import facade as people

SHORTEST: Final = 3
"""What is shorter is nobody's name, and part of many."""


def proposed(payers: Collection[str]) -> dict[str, int]:
    """By payer: the one advertiser that bears the name, on its papers or here, where there is exactly one."""
    names = {one: bare for one in payers if len(bare := bare_name(one)) >= SHORTEST}
    billed = _billed(set(names.values()))
    told = {payer: billed.get(bare) or _called(payer) for payer, bare in names.items()}
    return {payer: numbers[0] for payer, numbers in told.items() if len(numbers) == 1}


def bare_name(text: str) -> str:
    """A name as it is compared: banks write capitals, leave out accents and signs, or keep them.

    >>> bare_name("Fjällbutiken i Östersund, AB") == bare_name("FJALLBUTIKEN I OSTERSUND AB")
    True
    """
    letters = basic_latin(text).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in letters).split())


def _billed(wanted: Collection[str]) -> dict[str, list[int]]:
    """The advertisers whose papers bear names."""
    told: dict[str, list[int]] = {}
    known = invoices.names_on_papers(Kind.ADVERTISER) if wanted else {}
    for number, name in known.items():
        if (bare := bare_name(name)) in wanted:
            told.setdefault(bare, []).append(number)
    return told


def _called(payer: str) -> list[int]:
    """The advertisers that are called so here; two are as good as many."""
    return [one.number for one in people.find_parties(Kind.ADVERTISER, payer, limit=2)]
