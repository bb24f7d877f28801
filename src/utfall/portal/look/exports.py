"""Lines of CSV, and amounts and texts in them as programs and spreadsheets read them: for every app."""

import csv
import io
from collections.abc import Iterable
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Iterable[object]) -> str:
    """One line, ended."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def first_line(cells: Iterable[object]) -> str:
    """The line that names the columns, after the mark by which spreadsheets know UTF-8."""
    return "\ufeff" + csv_line(cells)


def plain(micros: int) -> str:
    """An amount with a point and two decimals or more, whatever the language.

    >>> plain(-6_400), plain(25_000_000)
    ('-0.0064', '25.00')
    """
    whole, rest = divmod(abs(micros), 1_000_000)
    return f"{'-' if micros < 0 else ''}{whole}.{f'{rest:06}'.rstrip('0'):0<2}"


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unsafe(text: str) -> str:
    """A text as it was before it was made safe: for whoever reads a file that began here.

    >>> unsafe(safe("-17 %")), unsafe("'s-Gravenhage")
    ('-17 %', "'s-Gravenhage")
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
