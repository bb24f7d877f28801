"""Pages of a list by cursor: what follows the last item seen, so that new rows skip nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
LARGEST: Final = 200
USUAL: Final = 50


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """Some items of a list, and the cursor to go on from; None at its end."""

    items: Sequence[Item]
    following: int | None = None
