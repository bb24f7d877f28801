"""References of deposits: each advertiser has one, and what comes under it is theirs."""

from utfall.bank import ocr_reference, rf_reference
from utfall.portal.access import Kind
from utfall.portal.people import facade as people


def deposit_reference(advertiser: int) -> str:
    """What an advertiser writes to pay in: an OCR number, or a KID."""
    return ocr_reference(advertiser)


def deposit_rf(advertiser: int) -> str:
    """The same for payments from abroad, ISO 11649."""
    return rf_reference(ocr_reference(advertiser))


def advertiser_of(reference: str) -> int | None:
    """Whose reference it is; None where it is nobody's.

    >>> advertiser_of("") is None
    True
    """
    bare = "".join(reference.split()).upper()
    body = bare[4:] if bare.startswith("RF") else bare
    if not (body.isascii() and body.isdecimal() and 3 <= len(body) <= 18):
        return None
    number = int(body[:-2])
    if number < 1 or ocr_reference(number) != body or bare not in (body, rf_reference(body)):
        return None
    return number if people.parties(Kind.ADVERTISER, [number]) else None
