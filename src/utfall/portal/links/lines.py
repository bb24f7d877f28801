"""Many pages at once, as people paste them and as spreadsheets save them: addresses with their names."""

import csv
import io

from utfall.portal.look.exports import unsafe

Line = tuple[str, str]


def typed_lines(text: str) -> list[Line]:
    """Typed or pasted lines: an address, and after a tab or semicolon its name.

    >>> typed_lines("https://acme.test/a; Tents\\n\\nhttps://acme.test/b")
    [('https://acme.test/a', 'Tents'), ('https://acme.test/b', '')]
    """
    cut = (line.replace(";", "\t").partition("\t") for line in text.splitlines())
    return [(where.strip(), name.strip()) for where, _gap, name in cut if where.strip()]


def table_lines(text: str) -> list[Line]:
    """Rows of a CSV file, whichever of comma, semicolon and tab divides it; a heading is left out. It may be
    the file that told of links made before.

    >>> table_lines('page;name\\nhttps://acme.test/a;"Tents; large"')
    [('https://acme.test/a', 'Tents; large')]
    """
    first = text.partition("\n")[0]
    divider = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=divider) if row and row[0].strip()]
    if rows and not {".", "/"} & set(rows[0][0]):
        del rows[0]
    return [(row[0].strip(), unsafe(row[1].strip()) if len(row) > 1 else "") for row in rows]
