"""What a bank can write: letters that SEPA allows, and texts cut to the length of a field."""

import unicodedata
from typing import Final

_ALLOWED: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ "  # EPC217-08
)
_NEAREST: Final = {
    "ø": "o",
    "Ø": "O",
    "æ": "ae",
    "Æ": "Ae",
    "ß": "ss",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
} | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "&": "+", "–": "-", "—": "-", "’": "'", "_": "-"}


def basic_latin(text: str) -> str:
    """A text in the letters that every SEPA bank takes.

    >>> basic_latin("Åsa Bjørnæs & Söner_AB €")
    'Asa Bjornaes + Soner-AB .'
    """
    return "".join(_nearest(one) for one in text)


def _nearest(letter: str) -> str:
    if letter in _ALLOWED:
        return letter
    near = _NEAREST.get(letter)
    if near is None:
        near = "".join(one for one in unicodedata.normalize("NFKD", letter) if one in _ALLOWED)
    return near or "."


def fitted(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words where there are any, on one line.

    >>> fitted("Fjällbutiken i Östersund AB", 20)
    'Fjällbutiken i'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most + 1].rsplit(" ", 1)[0] if " " in line[: most + 1] else line[:most]
    return cut[:most].rstrip()
