"""Numbers of orders by what their advertiser calls them, many at once."""

from collections.abc import Collection
from typing import Final

from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book

_OUTCOMES: Final = ("sale", "lead", "action", "install")
_CHUNK: Final = 500


def orders_referred(
    book: Book, advertiser: int, references: Collection[str]
) -> dict[str, list[tuple[str, int]]]:
    """The outcome and number of each order that an advertiser calls so; one reference may be of several."""
    found: dict[str, list[tuple[str, int]]] = {}
    wanted = list(dict.fromkeys(references))
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        rows = raw(book).execute(
            "SELECT reference, outcome, id FROM book_conversion WHERE advertiser = ?"
            f" AND outcome IN ({', '.join('?' * len(_OUTCOMES))})"
            f" AND reference IN ({', '.join('?' * len(some))}) ORDER BY id",
            (advertiser, *_OUTCOMES, *some),
        )
        for reference, outcome, number in rows:
            found.setdefault(reference, []).append((outcome, number))
    return found
