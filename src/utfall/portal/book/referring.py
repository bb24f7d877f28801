"""Numbers of orders by what their advertiser calls them, many at once."""

from collections.abc import Collection
from typing import Final

from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.rows import chunks, marks

_OUTCOMES: Final = ("sale", "lead", "action", "install")


def orders_referred(
    book: Book, advertiser: int, references: Collection[str]
) -> dict[str, list[tuple[str, int]]]:
    """The outcome and number of each order that an advertiser calls so; one reference may be of several."""
    found: dict[str, list[tuple[str, int]]] = {}
    for some in chunks(dict.fromkeys(references)):
        rows = raw(book).execute(
            "SELECT reference, outcome, id FROM book_conversion WHERE advertiser = ?"
            f" AND outcome IN ({marks(_OUTCOMES)})"
            f" AND reference IN ({marks(some)}) ORDER BY id",
            (advertiser, *_OUTCOMES, *some),
        )
        for reference, outcome, number in rows:
            found.setdefault(reference, []).append((outcome, number))
    return found
