"""Rows of feeds, one at a time: CSV and its kin, and XML of any shape that repeats an element.

Entities, DTDs and everything else that makes small XML large are refused before they are read.
"""

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from utfall.portal.feeds.opening import Looked, Unreadable, lines_of, look_through, opened

Row = dict[str, str]
MOST_COLUMNS: Final = 300
LONGEST_VALUE: Final = 20_000
DELIMITERS: Final = ",;\t|"
SAMPLED: Final = 20
DEEPEST: Final = 24
LARGEST_ITEM: Final = 2 << 20
ITEMS: Final = frozenset(
    {
        "item",
        "entry",
        "product",
        "offer",
        "row",
        "record",
        "produkt",
        "artikel",
        "vare",
        "sku",
        "prod",
        "listing",
    }
)
"""What the elements that repeat are usually called; otherwise it is whatever stands right below the root."""


def rows_of(path: Path, looked: Looked | None = None) -> Iterator[Row]:
    """Every row of a file, by the names of its columns. Unreadable where it is no feed."""
    looked = looked or look_through(path)
    with opened(path) as file:
        yield from _of_xml(file) if looked.is_xml else _of_table(file, looked.encoding)


def samples_of(path: Path, count: int = SAMPLED) -> tuple[list[str], list[Row]]:
    """The columns of a file and its first rows."""
    rows = list(islice(rows_of(path), count))
    names = list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        raise Unreadable("empty")
    return names[:MOST_COLUMNS], rows


def _of_table(file: IO[bytes], encoding: str) -> Iterator[Row]:
    lines = lines_of(file, encoding)
    first = list(islice(lines, SAMPLED))
    delimiter = _delimiter(first)
    reader = csv.reader(_again(first, lines), delimiter=delimiter, skipinitialspace=True)
    try:
        names = _names(next(reader, []))
        for cells in reader:
            if any(cells):
                yield {
                    name: cell[:LONGEST_VALUE].strip()
                    for name, cell in zip(names, cells, strict=False)
                    if name
                }
    except csv.Error as error:
        raise Unreadable("table_broken", f"{reader.line_num}: {error}") from error


def _again(first: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest


def _names(header: list[str]) -> list[str]:
    names = [cell.strip().strip("\ufeff") for cell in header]
    if len(names) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", str(len(names)))
    if sum(map(bool, names)) < 2:
        raise Unreadable("no_columns", names[0] if names else "")
    return names


def _delimiter(lines: list[str]) -> str:
    """What separates the columns: whatever cuts the heading into most, and the next lines into as many."""

    def fit(delimiter: str) -> tuple[int, int]:
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows.extend(csv.reader(lines[:5], delimiter=delimiter))
        wide = len(rows[0]) if rows else 0
        return (wide if wide > 1 else 0, sum(len(row) == wide for row in rows))

    return max(DELIMITERS, key=fit)


def _of_xml(file: IO[bytes]) -> Iterator[Row]:
    metered = Metered(file)
    try:
        yield from _items(metered)
    except DefusedXmlException as error:
        raise Unreadable("entities") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("xml_broken", str(error)) from error


class Metered:
    """A file that says no when too much of it was read since the last element was finished."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self.since += len(piece)
        if self.since > LARGEST_ITEM:
            raise Unreadable("item_too_large")
        return piece


def _items(file: Metered) -> Iterator[Row]:
    way: list[Element] = []
    item: Element | None = None
    for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            way.append(element)
            if len(way) > DEEPEST:
                raise Unreadable("xml_broken", "too deep")
            if item is None and _is_item(element, len(way)):
                item = element
            continue
        way.pop()
        if item is not None and element is item:
            yield _row(item)
            item, file.since = None, 0
        if item is None and way:
            # What is done with is let go, so that a long feed takes no more memory than a short one.
            way[-1].remove(element)


def _is_item(element: Element, depth: int) -> bool:
    name = _local(element.tag)
    return depth >= 2 and (name in ITEMS or (depth == 2 and name not in ("channel", "products", "items")))


def _row(item: Element) -> Row:
    """Children by name, their children by path; attributes after an @. Of several, the first."""
    row: Row = {f"@{_local(name)}": value for name, value in item.attrib.items()}
    for child in item:
        name = _local(child.tag)
        value = (child.text or "").strip() or child.attrib.get("href", "")
        row.setdefault(name, value[:LONGEST_VALUE])
        for inner in child:
            row.setdefault(f"{name}/{_local(inner.tag)}", (inner.text or "").strip()[:LONGEST_VALUE])
        if len(row) > MOST_COLUMNS:
            raise Unreadable("too_many_columns")
    return row


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
