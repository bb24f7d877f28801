"""References of payments: made for what is to come in, checked where a payee gave one."""

from stdnum import iso11649, luhn
from stdnum.exceptions import ValidationError


def ocr_reference(number: int) -> str:
    """An OCR number (also a KID by Luhn): the number, its length in all modulo 10, and a check digit.

    >>> ocr_reference(1234)
    '123463'
    """
    text = str(number)
    body = f"{text}{(len(text) + 2) % 10}"
    return body + str(luhn.calc_check_digit(body))


def rf_reference(text: str) -> str:
    """An ISO 11649 creditor reference of up to 21 letters and figures.

    >>> rf_reference("123463")
    'RF05123463'
    """
    body = "".join(one for one in text.upper() if one.isascii() and one.isalnum())
    if not 0 < len(body) <= 21:
        raise ValueError("a creditor reference has 1 to 21 letters and figures")
    figures = "".join(str(int(one, 36)) for one in f"{body}RF00")
    return f"RF{98 - int(figures) % 97:02}{body}"


def is_reference(text: str) -> bool:
    """Whether a text is a reference with a check that holds: RF, OCR, or KID by either of its moduli.

    >>> is_reference("RF05 1234 63"), is_reference("123463"), is_reference("123464")
    (True, True, False)
    """
    bare = "".join(text.split()).upper()
    if bare.startswith("RF"):
        try:
            iso11649.validate(bare)
        except ValidationError:
            return False
        return True
    if not (bare.isascii() and 2 <= len(bare) <= 25 and (bare[:-1] + "0").isdecimal()):
        return False
    return (bare.isdecimal() and luhn.is_valid(bare)) or _is_kid_by_eleven(bare)


def _is_kid_by_eleven(text: str) -> bool:
    """KID by modulo 11: weights 2 to 7 from the right; a check digit of ten is written as a dash."""
    weighed = sum(int(one) * (2 + place % 6) for place, one in enumerate(reversed(text[:-1])))
    check = (11 - weighed % 11) % 11
    return text[-1] == ("-" if check == 10 else str(check))
