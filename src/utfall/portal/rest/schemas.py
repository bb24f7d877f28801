"""What requests and answers are made of: strict input, lists by cursor, rows with a verdict each."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict, ValidationError, WrapValidator
from pydantic import Field as Limited

from utfall.money import Money
from utfall.portal.access import Problem, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.rest.problems import problems_of

Item = TypeVar("Item")
Shown = TypeVar("Shown")
Row = TypeVar("Row")

LARGEST_NUMBER: Final = 2**63 - 1
ROWS_AT_MOST: Final = 1000

Number = Annotated[int, Limited(ge=1, le=LARGEST_NUMBER)]
"""The id of something."""
Micros = Annotated[int, Limited(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
"""An amount in millionths of the currency's unit."""
Ppm = Annotated[int, Limited(ge=0, le=1_000_000)]
"""A share in parts per million."""
Moment = AwareDatetime
"""A time as RFC 3339; answers are in UTC."""


class Strict(Schema):
    """What is sent: a field nobody knows is refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Amount(Strict):
    """An amount of money: an integer of micros and a currency, never a decimal."""

    micros: Micros = Field(description="Millionths of the currency's unit: 250 kr is 250000000.")
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217.", examples=["SEK"])

    @classmethod
    def of(cls, money: Money) -> "Amount":
        """Money as it is written."""
        return cls(micros=money.micros, currency=money.currency)


class Paging(Strict):
    """Which part of a list is wanted."""

    after: int | None = Field(
        None, ge=0, le=LARGEST_NUMBER, description="The cursor `following` of the part before."
    )
    limit: int = Field(USUAL, ge=1, le=LARGEST, description="How many items at most.")


class Listed(Schema, Generic[Item]):
    """Part of a list."""

    items: list[Item]
    following: int | None = Field(None, description="The cursor to go on from, as `after`; null at the end.")


def listed(part: Slice[Item], show: Callable[[Item], Any] | None = None) -> dict[str, Any]:
    """A slice as an answer; `show` turns each item into what is answered, where the schema cannot read it."""
    items: Sequence[Any] = part.items if show is None else [show(item) for item in part.items]
    return {"items": items, "following": part.following}


class Unfit:
    """A row that does not fit its schema, with what is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems


def _one_by_one(value: Any, handler: Callable[[Any], Any]) -> Any:
    try:
        return handler(value)
    except ValidationError as error:
        return Unfit(problems_of(error.errors(include_url=False)))


class Rows(Strict, Generic[Row]):
    """Many at once. A row that does not fit is answered in its place and keeps no other from being done."""

    rows: list[Annotated[Row, WrapValidator(_one_by_one)]] = Field(min_length=1, max_length=ROWS_AT_MOST)


class RowVerdict(Schema):
    """What became of one row."""

    index: int = Field(description="The row's place in `rows`, from 0.")
    status: int = Field(description="What this row alone would have been answered.")
    code: str = Field("", description="The reason where it was refused.")
    sentence: str = ""
    field: str = ""
    result: Any = None


class Verdicts(Schema):
    """What became of each row, in their order."""

    rows: list[RowVerdict]
    done: int
    refused: int
