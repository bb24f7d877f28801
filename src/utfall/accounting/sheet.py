"""A statement as PDF, set by Typst: archival (PDF/A-3) and readable aloud (PDF/UA-1)."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import typst
from msgspec import Struct

_TEMPLATE: Final = Path(__file__).with_name("sheet.typ")


class Sheet(Struct, frozen=True, kw_only=True):
    """What stands on a statement, in the reader's language and already written out.

    `facts` are names with values; `sums` rows of words and amounts, the first and the last of which are
    balances; `columns` head the `rows`, whose last two columns are amounts.
    """

    language: str
    title: str
    author: str
    name: str
    days: str
    facts: Sequence[tuple[str, str]]
    sums: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str
    foot: str


def write_sheet(sheet: Sheet, day: date) -> bytes:
    """The sheet's bytes, the same each time: its time is midnight UTC of a day."""
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    said = json.dumps(msgspec.to_builtins(sheet), ensure_ascii=False)
    content = _compiler().compile(
        format="pdf", sys_inputs={"sheet": said}, pdf_standards=["a-3a", "ua-1"], timestamp=midnight
    )
    assert isinstance(content, bytes)
    return content


@cache
def _compiler() -> typst.Compiler:
    """One for all sheets of a process, with the fonts of Typst itself, so that every machine has them."""
    return typst.Compiler(input=_TEMPLATE, root=_TEMPLATE.parent, ignore_system_fonts=True)
