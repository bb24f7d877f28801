"""Reading what comes back: lists part by part, and rows of an answer to many at once."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

import msgspec

from utfall.client.problems import Unreadable

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
Answer = TypeVar("Answer")


class Part(Protocol[Item_co]):
    """Part of a list, and the cursor of the next."""

    @property
    def items(self) -> tuple[Item_co, ...]:
        """What this part holds."""

    @property
    def following(self) -> int | None:
        """Where to go on, or None at the end."""


def each(part: Callable[[int | None], Part[Item]]) -> Iterator[Item]:
    """Everything in a list; a part is asked for when the one before is used up."""
    after: int | None = None
    while True:
        found = part(after)
        yield from found.items
        if found.following is None:
            return
        after = found.following


def read(result: Any, kind: type[Answer]) -> Answer:
    """The `result` of a row of an answer to many at once, as the model that one alone is answered with."""
    try:
        return msgspec.convert(result, kind)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The row holds no {kind.__name__}: {error}") from error
