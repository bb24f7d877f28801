"""The book, opened for reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from utfall.portal.book import facade as book
from utfall.portal.site import site


@contextmanager
def opened() -> Iterator[book.Book | None]:
    """The book as it now stands; None where nothing was settled yet."""
    with book.standing(Path(site().book_path)) as found:
        yield found
