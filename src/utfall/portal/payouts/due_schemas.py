"""What the API of payouts answers of who is due."""

from dataclasses import asdict

from utfall.portal.payouts.contracts import DueSum
from utfall.portal.rest.facade import Field, Schema


class DueSumAnswer(Schema):
    """What is due today in a currency."""

    currency: str
    payouts: int
    micros: int = Field(description="What these payouts come to.")
    waiting_micros: int = Field(description="What is payable and not due.")


def due_sum_shown(one: DueSum) -> dict[str, object]:
    """A sum, as the API says it."""
    return asdict(one)
