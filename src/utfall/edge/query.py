"""Query strings and form bodies: read strictly, at little cost, into one value per name."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

PARAMETERS_MAX: Final = 64
_NOT_ENCODED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class MalformedQuery(ValueError):
    """Broken percent-encoding, bytes that are no UTF-8, or control characters such as NUL and line breaks."""


class TooManyParameters(ValueError):
    """More parameters than any caller of ours has use for."""


class RepeatedParameter(ValueError):
    """A parameter was sent twice, and nobody can say which one is meant."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def read_query(text: str, *, unique: bool = False) -> dict[str, str]:
    """The parameters of a query; the first of a repeated one, or RepeatedParameter where `unique`.

    >>> read_query("url=https%3A%2F%2Fshop.example%2F&sub1=a+b")
    {'url': 'https://shop.example/', 'sub1': 'a b'}
    """
    if text.count("&") >= PARAMETERS_MAX:
        raise TooManyParameters(f"more than {PARAMETERS_MAX} parameters")
    found: dict[str, str] = {}
    for part in text.split("&"):
        name, _, value = part.partition("=")
        if "%" in part or "+" in part:
            name, value = _decoded(name), _decoded(value)
        if unique and name in found:
            raise RepeatedParameter(name)
        found.setdefault(name, value)
    found.pop("", None)
    return found


def _decoded(text: str) -> str:
    text = text.replace("+", " ")
    if "%" not in text:
        return text
    if _NOT_ENCODED.search(text):
        raise MalformedQuery("broken percent-encoding")
    try:
        decoded = unquote_to_bytes(text).decode()
    except UnicodeDecodeError as error:
        raise MalformedQuery("not UTF-8") from error
    if _CONTROL.search(decoded):
        raise MalformedQuery("a control character")
    return decoded
