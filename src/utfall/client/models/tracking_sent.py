"""What the operations of tracking take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from msgspec import UNSET, Struct, UnsetType


class OfAdvertiser(Struct, frozen=True, kw_only=True):
    """Which advertiser, where the caller is not one itself."""

    advertiser: int | UnsetType | None = UNSET


class TestWanted(Struct, frozen=True, kw_only=True):
    """A test order to be sent."""

    advertiser: int | UnsetType | None = UNSET
    program: int | UnsetType | None = UNSET
    """Whose currency and outcome it has."""
    secret: str | UnsetType = UNSET
    """The postback secret, where there is one."""
    click: str | UnsetType = UNSET
    """A click token, to see it found."""


__all__ = [
    "OfAdvertiser",
    "TestWanted",
]
