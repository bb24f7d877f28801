"""What the shop sells, and what is in a basket: a text such as `K-204.1_S-007.2` in a cookie."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple


class Goods(NamedTuple):
    """Something on the shelf. `price` is in whole units of the shop's currency, without VAT."""

    sku: str
    category: str
    price: int
    picture: str


SHELF: Final = (
    Goods("K-204", "boots", 1899, "boots"),
    Goods("J-118", "jackets", 2499, "jacket"),
    Goods("S-007", "socks", 179, "socks"),
)
BY_SKU: Final = {one.sku: one for one in SHELF}
MOST: Final = 9
_BASKET: Final = re.compile(r"(?:[A-Z]-\d{3}\.[1-9])(?:_[A-Z]-\d{3}\.[1-9]){0,9}")


class Line(NamedTuple):
    """So many of something."""

    goods: Goods
    quantity: int

    @property
    def amount(self) -> int:
        """What they cost together."""
        return self.goods.price * self.quantity


def read_basket(text: str) -> tuple[Line, ...]:
    """The lines of a basket; nothing where the text is none of ours.

    >>> [(line.goods.sku, line.quantity) for line in read_basket("K-204.1_S-007.2")]
    [('K-204', 1), ('S-007', 2)]
    """
    if not _BASKET.fullmatch(text):
        return ()
    pairs = (one.partition(".") for one in text.split("_"))
    return tuple(Line(BY_SKU[sku], int(count)) for sku, _dot, count in pairs if sku in BY_SKU)


def write_basket(lines: Iterable[Line]) -> str:
    """The text of a basket."""
    return "_".join(f"{line.goods.sku}.{line.quantity}" for line in lines)


def put_in(lines: tuple[Line, ...], sku: str) -> tuple[Line, ...]:
    """A basket with one more of something; as it was where the shop has no such thing."""
    if sku not in BY_SKU:
        return lines
    if all(line.goods.sku != sku for line in lines):
        return (*lines, Line(BY_SKU[sku], 1))
    return tuple(
        line._replace(quantity=min(line.quantity + 1, MOST)) if line.goods.sku == sku else line
        for line in lines
    )


def take_out(lines: tuple[Line, ...], sku: str) -> tuple[Line, ...]:
    """A basket without something."""
    return tuple(line for line in lines if line.goods.sku != sku)
