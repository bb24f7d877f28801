"""What funding asks of the book, in one place."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from utfall.portal.book import facade as book
from utfall.portal.site import site


@contextmanager
def opened() -> Iterator[book.Book | None]:
    """The book as it now stands; None where nothing was settled yet."""
    with book.standing(Path(site().book_path)) as found:
        yield found


def answers(events: Collection[str]) -> dict[str, book.Answer]:
    """What settlement answered, by event; what it has not read yet is absent."""
    with opened() as found:
        return {} if found is None else book.answers(found, events)
