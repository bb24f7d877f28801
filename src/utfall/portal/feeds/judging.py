"""The verdict on one row of a feed: what is kept of it, or why it is refused."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from utfall.events.limits import RETURN_DAYS
from utfall.portal.feeds.amounts import price_of
from utfall.portal.feeds.contracts import Caution, Fault, Kept
from utfall.portal.links.destinations import is_within

LONGEST: Final = {
    "product_id": 100,
    "name": 300,
    "brand": 100,
    "mpn": 70,
    "category": 200,
    "description": 2000,
}
LONGEST_ADDRESS: Final = 2000
CONDITIONS: Final = {
    **dict.fromkeys(("new", "ny", "nytt", "nya", "http://schema.org/newcondition"), "new"),
    **dict.fromkeys(("refurbished", "renoverad", "oppusset", "rekonditionerad"), "refurbished"),
    **dict.fromkeys(("used", "begagnad", "begagnat", "brukt"), "used"),
}
STOCKS: Final = {
    **dict.fromkeys(
        ("in_stock", "instock", "yes", "ja", "true", "available", "i_lager", "på_lager"), "in_stock"
    ),
    **dict.fromkeys(
        ("out_of_stock", "outofstock", "no", "nej", "nei", "false", "slut", "utsolgt"), "out_of_stock"
    ),
    **dict.fromkeys(("preorder", "pre_order", "förhandsboka", "forhåndsbestill"), "preorder"),
    **dict.fromkeys(("backorder", "back_order", "restorder", "restordre"), "backorder"),
}
_NUMBERS: Final = re.compile(r"[0-9]+")
_TAGS: Final = re.compile(r"<[^>]{0,500}>")
_PLAIN: Final = re.compile(r"https?://([a-z0-9][a-z0-9.-]*)(?::[0-9]{1,5})?(?:[/?#]|$)")
"""The addresses that nearly all are: those that only a parser can read say nothing here."""


class Wrong(Exception):
    """The row is refused: for what, and the value that was wrong."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.value = value[:200]


class Judge:
    """Judges the rows of one delivery. It remembers the ids it has seen."""

    def __init__(self, mapping: Mapping[str, str], currency: str, hosts: tuple[str, ...]) -> None:
        self._mapping = {field: column for field, column in mapping.items() if column}
        self._currency = currency
        self._hosts = hosts
        self._bare_hosts = {host.removeprefix("www.") for host in hosts}
        self._ids: set[str] = set()

    def judge(self, row: Mapping[str, str]) -> Kept:
        """What is kept of a row; Wrong where it is refused."""
        said = {field: row.get(column, "") for field, column in self._mapping.items()}
        cautions: list[str] = []
        product_id = self._id(said)
        name = _text(said, "name", cautions)
        if not name:
            raise Wrong(Fault.NAME_MISSING)
        price = self._price(said)
        columns: dict[str, str | int | None] = {
            "name": name,
            "price_micros": price,
            "rrp_micros": self._rrp(said, price, cautions),
            "currency": self._currency,
            "deep_link": self._link(said),
            "image_url": _image(said),
            "gtin": _gtin(said, cautions),
            "condition": CONDITIONS.get(_word(said, "condition"), ""),
            "stock": _stock(_word(said, "stock")),
            "return_days": _return_days(said, cautions),
            **{field: _text(said, field, cautions) for field in ("brand", "mpn", "category", "description")},
        }
        self._ids.add(product_id)
        return Kept(product_id=product_id, columns=columns, warnings=tuple(dict.fromkeys(cautions)))

    def _id(self, said: Mapping[str, str]) -> str:
        found = said.get("product_id", "")
        if not found:
            raise Wrong(Fault.ID_MISSING)
        if len(found) > LONGEST["product_id"]:
            raise Wrong(Fault.ID_TOO_LONG, found)
        if found in self._ids:
            raise Wrong(Fault.ID_TWICE, found)
        return found

    def _price(self, said: Mapping[str, str]) -> int:
        text = said.get("sale_price") or said.get("price", "")
        if not text:
            raise Wrong(Fault.PRICE_MISSING)
        found = price_of(text)
        if found is None:
            raise Wrong(Fault.PRICE_UNREADABLE, text)
        currency = found.currency or said.get("currency", "").upper() or self._currency
        if currency != self._currency:
            raise Wrong(Fault.CURRENCY_OTHER, currency)
        if found.micros <= 0:
            raise Wrong(Fault.PRICE_NOT_POSITIVE, text)
        return found.micros

    def _rrp(self, said: Mapping[str, str], price: int, cautions: list[str]) -> int | None:
        # What is on sale has its usual price beside it.
        usual = said.get("price", "") if said.get("sale_price") else ""
        found = price_of(said.get("rrp", "") or usual)
        if found is None or found.micros <= 0:
            return None
        if found.micros < price:
            cautions.append(Caution.RRP_BELOW_PRICE)
            return None
        return found.micros

    def _link(self, said: Mapping[str, str]) -> str:
        found = said.get("deep_link", "")
        if not found:
            raise Wrong(Fault.LINK_MISSING)
        host = _host(found)
        if not host:
            raise Wrong(Fault.LINK_UNREADABLE, found)
        if host.removeprefix("www.") not in self._bare_hosts and not is_within(host, self._hosts):
            raise Wrong(Fault.LINK_ELSEWHERE, host)
        return found


def _image(said: Mapping[str, str]) -> str:
    found = said.get("image_url", "")
    if not found:
        raise Wrong(Fault.IMAGE_MISSING)
    if not _host(found):
        raise Wrong(Fault.IMAGE_UNREADABLE, found)
    return found


def _host(address: str) -> str:
    """The host of a whole address; empty where it is none, or carries what it should not."""
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return ""
    if plain := _PLAIN.match(address):
        return plain[1]
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return "" if parts.scheme not in ("http", "https") or parts.username or parts.password else host


def _text(said: Mapping[str, str], field: str, cautions: list[str]) -> str:
    """Plain words: without tags, control characters, and more than the column holds."""
    text = said.get(field, "")
    if "<" in text:
        text = _TAGS.sub(" ", text)
    text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(letter for letter in text if letter.isprintable())
    if len(text) > LONGEST[field]:
        cautions.append(Caution.TEXT_CUT)
        text = text[: LONGEST[field]]
    return text


def _word(said: Mapping[str, str], field: str) -> str:
    return said.get(field, "").strip().lower().replace(" ", "_").replace("-", "_")


def _stock(word: str) -> str:
    if word.isdecimal() and word.isascii():
        return "in_stock" if int(word[:18]) else "out_of_stock"
    return STOCKS.get(word.rpartition("/")[2], "")


def _return_days(said: Mapping[str, str], cautions: list[str]) -> int | None:
    """For how many days it may be returned: a number, or a policy's label that states one.

    A label without one, or with two, is not guessed.
    """
    text = said.get("return_days", "").strip()
    if not text:
        return None
    numbers = _NUMBERS.findall(text[:100])
    if len(numbers) != 1 or len(numbers[0]) > 3 or not 1 <= int(numbers[0]) <= RETURN_DAYS:
        cautions.append(Caution.RETURNS_UNREADABLE)
        return None
    return int(numbers[0])


def _gtin(said: Mapping[str, str], cautions: list[str]) -> str:
    """A trade item number whose check digit holds; others are left out rather than passed on."""
    digits = said.get("gtin", "").replace(" ", "").replace("-", "")
    if not digits:
        return ""
    if not is_gtin(digits):
        cautions.append(Caution.GTIN_WRONG)
        return ""
    return digits


def is_gtin(digits: str) -> bool:
    """Whether it is a GTIN of 8, 12, 13 or 14 digits: every other digit counts three times, the sum is tens.

    >>> is_gtin("7310865004703"), is_gtin("7310865004704")
    (True, False)
    """
    if len(digits) not in (8, 12, 13, 14) or not (digits.isascii() and digits.isdecimal()):
        return False
    return (sum(map(int, digits[::-2])) + 3 * sum(map(int, digits[-2::-2]))) % 10 == 0
