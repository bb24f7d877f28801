"""What settlement tells the lake: written with the batch, kept until the lake says that it has it."""

from utfall.portal.book.connection import raw, writing
from utfall.portal.book.contracts import Book, OutboxRow


def read_outbox(book: Book, after: int = 0, limit: int = 16) -> list[OutboxRow]:
    """The oldest untold batches after one, in order."""
    rows = raw(book).execute(
        "SELECT batch, body FROM book_outbox WHERE batch > ? ORDER BY batch LIMIT ?", (after, limit)
    )
    return [OutboxRow(*row) for row in rows]


def acknowledge(book: Book, upto: int) -> None:
    """The lake holds every batch up to this one: nothing of them needs to be told again."""
    with writing(book) as connection:
        connection.execute("DELETE FROM book_outbox WHERE batch <= ?", (upto,))


def untold(book: Book) -> int:
    """How many batches the lake has not taken yet."""
    (count,) = raw(book).execute("SELECT count(*) FROM book_outbox").fetchone()
    return int(count)
