"""What the shop of the demo sells over a year, and what is in a basket."""

from random import Random
from typing import Final, NamedTuple

from utfall.events import Line


class Ware(NamedTuple):
    """Something on the shelf: its price in whole units without VAT, and how much each season asks for it."""

    sku: str
    name: str
    category: str
    picture: str
    price: int
    winter: int
    summer: int


WARES: Final = (
    Ware("K-204", "Boots Kebne", "boots", "boots", 1899, 9, 4),
    Ware("K-211", "Boots Dal", "boots", "boots", 1399, 7, 3),
    Ware("K-305", "Trail shoes Rapp", "shoes", "boots", 1199, 4, 8),
    Ware("J-118", "Jacket Storm", "jackets", "jacket", 2499, 8, 3),
    Ware("J-142", "Jacket Skur", "jackets", "jacket", 1299, 4, 6),
    Ware("J-160", "Down jacket Is", "jackets", "jacket", 3299, 4, 1),
    Ware("T-301", "Jumper Ull", "knitwear", "jacket", 899, 9, 2),
    Ware("T-310", "Cardigan Ylle", "knitwear", "jacket", 1099, 6, 1),
    Ware("B-077", "Trousers Stig", "trousers", "jacket", 999, 7, 7),
    Ware("B-081", "Shorts Sol", "trousers", "jacket", 749, 2, 8),
    Ware("D-015", "Dress Ljung", "dresses", "jacket", 849, 2, 8),
    Ware("D-022", "Dress Hav", "dresses", "jacket", 1149, 4, 5),
    Ware("L-005", "Shirt Lin", "shirts", "jacket", 549, 5, 8),
    Ware("S-007", "Socks Varm", "socks", "socks", 179, 8, 6),
    Ware("M-031", "Hat Vind", "accessories", "jacket", 349, 7, 3),
    Ware("M-044", "Belt Rem", "accessories", "jacket", 229, 4, 6),
)
_WEIGHTS: Final = {True: [one.summer for one in WARES], False: [one.winter for one in WARES]}
_OFF: Final = (0, 0, 0, 10, 20)
"""Per cent off a line, outside of sales mostly none."""


def basket(chance: Random, month: int, *, is_sale: bool = False) -> tuple[Line, ...]:
    """One to four lines, of what the season asks for."""
    size = 1 + (chance.random() < 0.42) + (chance.random() < 0.16) + (chance.random() < 0.05)
    chosen = dict.fromkeys(chance.choices(WARES, _WEIGHTS[4 <= month <= 8], k=size))
    return tuple(_line(chance, one, is_sale=is_sale) for one in chosen)


def _line(chance: Random, ware: Ware, *, is_sale: bool) -> Line:
    quantity = 2 if ware.category == "socks" and chance.random() < 0.5 else 1
    off = chance.choice((20, 30, 40)) if is_sale else chance.choice(_OFF)
    whole = ware.price * quantity
    discount = whole * off // 100
    return Line(
        amount_micros=(whole - discount) * 1_000_000,
        sku=ware.sku,
        category=ware.category,
        quantity=quantity,
        discount_micros=discount * 1_000_000,
    )
