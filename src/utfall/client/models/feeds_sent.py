"""What the operations of feeds take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType


class FeedColumnsForm(Struct, frozen=True, kw_only=True):
    """A column of the file for each field."""

    columns: Mapping[str, str]
    """By field: product_id, name, price, deep_link and image_url are required."""


class FeedSourceForm(Struct, frozen=True, kw_only=True):
    """Where a feed is fetched from, and how often."""

    url: str | UnsetType = UNSET
    """Empty: only by upload."""
    every_hours: int | UnsetType = UNSET
    """0: only when it is asked for. Left out: 24."""
    vat_ppm: int | UnsetType = UNSET
    """The VAT that its prices hold; commission is paid without. Left out: 0."""


__all__ = [
    "FeedColumnsForm",
    "FeedSourceForm",
]
