"""Pages of a list by cursor: what follows the last item seen, so that new rows skip nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.db.models import Model, QuerySet

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)
LARGEST: Final = 200
USUAL: Final = 50


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """Some items of a list, and the cursor to go on from; None at its end."""

    items: Sequence[Item]
    following: int | None = None


def newest(rows: QuerySet[Row], show: Callable[[Row], Item], *, after: int | None, limit: int) -> Slice[Item]:
    """Rows that were narrowed to their caller, the newest first, from below the primary key `after`."""
    if after is not None:
        rows = rows.filter(pk__lt=after)
    size = min(limit, LARGEST)
    found = list(rows.order_by("-pk")[: size + 1])
    return Slice([show(row) for row in found[:size]], found[size - 1].pk if len(found) > size else None)


def whole(text: str, digits: int = 18) -> int | None:
    """A number as an address or a form carries it; None for anything else, and for one of too many digits.

    >>> whole("17"), whole("-1"), whole("1" * 19)
    (17, None, None)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
