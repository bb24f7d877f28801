"""Reading files of decisions: CSV with a heading, or JSON lines, into rows as they were asked for.

Columns: id, order, order_date (or date), outcome, action, reason, evidence, amount, currency, lines,
despite_hold. `lines` of a CSV file is `1:100.00;3:50.00`, or `1;3` for whole lines; of JSON
`[{"line": 1, "amount": "100.00"}]`. A file of verdicts that was mended comes back this way, too.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from utfall.events.limits import LINES, ORDER_CHARS
from utfall.portal.access.paging import whole
from utfall.portal.look.exports import unsafe
from utfall.portal.validation.contracts import Asked, AskedLine

COLUMNS: Final = (
    *("id", "order", "order_date", "outcome", "action", "reason", "evidence", "amount", "currency", "lines"),
    "despite_hold",
)
ROWS_AT_MOST: Final = 40_000
BYTES_AT_MOST: Final = 32 << 20
_LONGEST: Final = 2000
UNREADABLE: Final = Asked(trouble="row_unreadable")


class Unreadable(Exception):
    """The whole file cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def rows_of(content: bytes) -> Iterator[Asked]:
    """The rows of a file, whichever of the two kinds it is."""
    text = _text(content)
    first = text.lstrip()[:1]
    if not first:
        raise Unreadable("file_empty")
    return _json_rows(text) if first == "{" else _csv_rows(text)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("file_not_text")


def _csv_rows(text: str) -> Iterator[Asked]:
    divider = max(",;\t", key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text), delimiter=divider, strict=True)
    try:
        heading = [name.strip().lower() for name in next(lines)]
    except (csv.Error, StopIteration):
        raise Unreadable("file_not_text") from None
    if "action" not in heading or not {"id", "order"} & set(heading):
        raise Unreadable("columns_missing")
    return _read(lines, heading)


def _read(lines: Any, heading: list[str]) -> Iterator[Asked]:
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield UNREADABLE
            return
        if any(cell.strip() for cell in cells):
            told = dict(zip(heading, map(unsafe, cells), strict=False))
            yield UNREADABLE if len(cells) > len(heading) else _asked(told)


def _json_rows(text: str) -> Iterator[Asked]:
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            found = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
        except (ValueError, RecursionError):
            yield UNREADABLE
            continue
        yield _asked(found) if isinstance(found, dict) else UNREADABLE


def _asked(told: Mapping[str, Any]) -> Asked:
    """A row by its columns; what cannot be one is a row that says so."""
    try:
        return _of_columns(told)
    except ValueError:
        return UNREADABLE


def _of_columns(told: Mapping[str, Any]) -> Asked:
    number = _cell(told, "id").removeprefix("#")
    order = whole(number) if number else None
    if number and order is None:
        return Asked(trouble="unknown_order")
    reference = _cell(told, "order")
    return Asked(
        order=order,
        reference=reference[:ORDER_CHARS],
        day=_cell(told, "order_date") or _cell(told, "date"),
        outcome=_cell(told, "outcome").lower(),
        action=_cell(told, "action"),
        reason=_cell(told, "reason"),
        evidence=_cell(told, "evidence"),
        currency=_cell(told, "currency"),
        amount=_cell(told, "amount") or None,
        lines=_lines(told.get("lines")),
        despite_hold=_cell(told, "despite_hold"),
        trouble="unknown_order" if len(reference) > ORDER_CHARS else "",
    )


def _cell(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError(name)
    return value.strip()


def _lines(told: Any) -> tuple[AskedLine, ...]:
    if not told:
        return ()
    if isinstance(told, str):
        parts = [part.partition(":") for part in told.split(";") if part.strip()]
        pairs: list[tuple[Any, Any]] = [(line, amount) for line, _colon, amount in parts]
    elif isinstance(told, list) and all(isinstance(one, dict) for one in told):
        pairs = [(one.get("line"), one.get("amount")) for one in told]
    else:
        raise ValueError("lines")
    if len(pairs) > LINES:
        raise ValueError("lines")
    return tuple(AskedLine(line=_number(line), amount=_amount(amount)) for line, amount in pairs)


def _number(text: Any) -> int:
    found = whole(text.strip(), 4) if isinstance(text, str) else None
    if found is None:
        raise ValueError("line")
    return found


def _amount(text: Any) -> str | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise ValueError("amount")
    return text.strip() or None
