"""The book of this installation, as whoever in the portal reads it."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path

from utfall.portal.book import fundings
from utfall.portal.book.connection import standing
from utfall.portal.book.contracts import Book
from utfall.portal.book.money import Answer
from utfall.portal.site import site


def opened() -> AbstractContextManager[Book | None]:
    """Our book as it now stands, for reading; None where nothing was settled yet."""
    return standing(Path(site().book_path))


def answers_to(events: Collection[str]) -> dict[str, Answer]:
    """What settlement answered, by event; what it has not read yet is absent."""
    if not events:
        return {}
    with opened() as found:
        return {} if found is None else fundings.answers(found, events)
