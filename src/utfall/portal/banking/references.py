"""References of deposits: each advertiser has one, and what comes under it is theirs."""

from collections.abc import Iterable

from utfall.bank import ocr_reference, rf_reference
from utfall.portal.access import Kind
from utfall.portal.people import facade as people


def deposit_reference(advertiser: int) -> str:
    """What an advertiser writes to pay in: an OCR number, or a KID."""
    return ocr_reference(advertiser)


def deposit_rf(advertiser: int) -> str:
    """The same for payments from abroad, ISO 11649."""
    return rf_reference(ocr_reference(advertiser))


def advertisers_of(references: Iterable[str]) -> dict[str, int]:
    """Whose references these are, by the reference; those that are nobody's are absent."""
    numbers = {one: number for one in set(references) if (number := _number(one)) is not None}
    known = people.parties(Kind.ADVERTISER, set(numbers.values())) if numbers else {}
    return {reference: number for reference, number in numbers.items() if number in known}


def advertiser_of(reference: str) -> int | None:
    """Whose reference it is; None where it is nobody's.

    >>> advertiser_of("") is None
    True
    """
    return advertisers_of([reference]).get(reference)


def _number(reference: str) -> int | None:
    """The advertiser that a reference was made for, whether or not there is one."""
    bare = "".join(reference.split()).upper()
    body = bare[4:] if bare.startswith("RF") else bare
    if not (body.isascii() and body.isdecimal() and 3 <= len(body) <= 18):
        return None
    number = int(body[:-2])
    if number < 1 or ocr_reference(number) != body or bare not in (body, rf_reference(body)):
        return None
    return number
