"""What the operations of funding take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.funding import PaymentWay


class PaymentTermsSent(Struct, frozen=True, kw_only=True):
    """Terms that hold from now on."""

    currency: str
    way: PaymentWay
    limit_micros: int | UnsetType | None = UNSET
    """Beyond the deposit; null is without a limit. Of prepaid terms it is nothing."""
    days_to_pay: int | UnsetType = UNSET
    """Left out: 30."""
    why: str | UnsetType = UNSET


__all__ = [
    "PaymentTermsSent",
]
