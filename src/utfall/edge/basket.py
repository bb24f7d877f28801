"""The basket of an order: its lines, or the one line of a row that tells no more than an amount."""

from typing import Final

import msgspec

from utfall.edge.rows import ExactNumber, Row, finish_all, parts
from utfall.events import Line, LineChange, Reason
from utfall.events.limits import AMOUNT_MICROS, LINES, QUANTITY

_embedded: Final = msgspec.json.Decoder(float_hook=ExactNumber)


def read_lines(row: Row) -> tuple[Line, ...]:
    """The basket: `lines`, or one line made of the row's own amount, sku, category, quantity and discount."""
    values = row.take("lines")
    if values is None:
        return (_line(row),) if row.has("amount") or row.has("amount_micros") else ()
    if row.has("amount") or row.has("amount_micros"):
        row.refuse(Reason.INVALID_FIELD, "amount")
    inner = parts(row, "lines", _unpacked(values), LINES)
    lines = tuple(_line(each) for each in inner)
    finish_all(inner)
    if sum(line.amount_micros for line in lines) > AMOUNT_MICROS:
        row.refuse(Reason.INVALID_FIELD, "lines")
    return lines


def _line(row: Row) -> Line:
    amount = row.micros("amount")
    if amount is None:
        row.refuse(Reason.MISSING_FIELD, "amount")
    return Line(
        amount_micros=amount,
        sku=row.text("sku"),
        category=row.text("category"),
        quantity=row.whole("quantity", least=1, most=QUANTITY) or 1,
        discount_micros=row.micros("discount") or 0,
    )


def read_changes(row: Row) -> tuple[LineChange, ...]:
    """The parts of lines that a refund takes back; empty where the row names none."""
    values = row.take("changes")
    if values is None:
        return ()
    inner = parts(row, "changes", _unpacked(values), LINES)
    changes = tuple(_change(each) for each in inner)
    finish_all(inner)
    return changes


def _change(row: Row) -> LineChange:
    line = row.whole("line", most=LINES - 1)
    if line is None:
        row.refuse(Reason.MISSING_FIELD, "line")
    return LineChange(line=line, amount_micros=row.micros("amount"))


def _unpacked(values: object) -> object:
    """A list, also where a query or a file can only carry it as JSON text."""
    if not isinstance(values, str):
        return values
    try:
        unpacked: object = _embedded.decode(values)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return unpacked
