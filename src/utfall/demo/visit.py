"""A request to the shop, as far as the shop cares, and whose shop it is."""

from typing import NamedTuple

from utfall.demo.goods import Line


class ShopConfig(NamedTuple):
    """Whose shop it is, where the edge is, and where the shop listens."""

    advertiser: int
    edge_url: str
    currency: str = "SEK"
    language: str = "sv"
    host: str = "127.0.0.1"
    port: int = 8720


class Visit(NamedTuple):
    """One request, as far as the shop cares."""

    config: ShopConfig
    method: str
    path: str
    form: dict[str, str]
    basket: tuple[Line, ...]
    language: str
