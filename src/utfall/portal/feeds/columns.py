"""Columns of feeds: which of a file's own names stands for which field, guessed by what feeds usually say."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from utfall.portal.feeds.contracts import FIELDS, REQUIRED

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "product_id": (
        *("product_id", "id", "productid", "merchant_product_id", "item_id", "artikelnummer", "artnr", "sku"),
        *("varenummer", "varenr", "produktid", "article_number", "aw_product_id", "item_number"),
    ),
    "name": (
        "name",
        "title",
        "product_name",
        "productname",
        "produktnamn",
        "produktnavn",
        "namn",
        "navn",
        "titel",
    ),
    "price": (
        *("price", "current_price", "search_price", "pris", "price_incl_vat", "store_price"),
        *("forsaljningspris", "försäljningspris"),
    ),
    "sale_price": ("sale_price", "saleprice", "special_price", "salgspris", "reapris", "kampanjpris"),
    "deep_link": (
        *("deep_link", "deeplink", "link", "url", "product_url", "producturl", "merchant_deep_link", "lank"),
        *("länk", "lenke", "produktlank", "product_link", "loc"),
    ),
    "image_url": (
        *("image_url", "image_link", "imageurl", "image", "merchant_image_url", "bild", "bilde", "bildlank"),
        *("picture", "image_large", "large_image", "bildurl"),
    ),
    "brand": ("brand", "brand_name", "manufacturer", "varumarke", "varumärke", "merke", "marke", "märke"),
    "gtin": ("gtin", "ean", "ean13", "upc", "isbn", "barcode", "streckkod", "strekkode", "product_gtin"),
    "mpn": ("mpn", "manufacturer_part_number", "model_number", "manufacturer_sku"),
    "category": (
        *("product_type", "category", "categories", "merchant_category", "category_name", "kategori"),
        *("google_product_category", "varugrupp", "varegruppe"),
    ),
    "description": ("description", "product_description", "beskrivning", "beskrivelse", "summary", "body"),
    "rrp": (
        *(
            "rrp",
            "rrp_price",
            "list_price",
            "original_price",
            "regular_price",
            "product_price_old",
            "ordpris",
        ),
        *("ord_pris", "ordinarie_pris", "veiledende_pris", "was_price", "price_old"),
    ),
    "currency": ("currency", "valuta", "currency_code"),
    "condition": ("condition", "skick", "tilstand"),
    "stock": (
        *("availability", "stock", "in_stock", "stock_status", "stock_quantity", "lager", "lagerstatus"),
        *("lagersaldo", "quantity"),
    ),
    "return_days": (
        *("return_days", "return_window", "returns_days", "return_policy_label", "merchant_return_days"),
        *("returratt", "returrätt", "oppet_kop", "öppet_köp", "apent_kjop", "åpent_kjøp", "angrefrist"),
    ),
}
_SEPARATORS: Final = re.compile(r"[\s\-./:]+")


def guess(names: Iterable[str]) -> dict[str, str]:
    """A column for each field whose name is recognised; what a feed calls by its usual name comes first.

    >>> guess(["g:id", "Title", "Price", "link", "image link"])["image_url"]
    'image link'
    """
    known = {_plain(name): name for name in reversed(list(names))}
    found: dict[str, str] = {}
    for field in FIELDS:
        for alias in ALIASES[field]:
            if alias in known and known[alias] not in found.values():
                found[field] = known[alias]
                break
    return found


def wanting(mapping: Mapping[str, str], names: Iterable[str] | None = None) -> list[str]:
    """The required fields that have no column, or one that the file does not have."""
    there = None if names is None else set(names)
    return [
        field
        for field in REQUIRED
        if not mapping.get(field) or (there is not None and mapping[field] not in there)
    ]


def _plain(name: str) -> str:
    bare = name.strip().lower().removeprefix("g:")
    return _SEPARATORS.sub("_", bare).strip("_")
