"""A workbook of one sheet: a ZIP archive of a few XML documents (ECMA-376), written row by row.

Text is text, never a formula, so nothing in a report can run; numbers keep their value and are shown with
the format of their unit.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final
from xml.sax.saxutils import escape

from utfall.portal.reports.contracts import Unit

STYLES: Final = {None: 0, Unit.COUNT: 2, Unit.MONEY: 3, Unit.PRICE: 4, Unit.RATIO: 5}
_HEAD: Final = 1
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
ROWS_MOST: Final = 1_048_575
"""What a sheet can hold below its heading."""


def write_xlsx(
    path: Path,
    sheet: str,
    headings: Sequence[str],
    units: Sequence[Unit | None],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write a workbook. Amounts are decimals in their currency's unit, not micros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _frame(sheet).items():
            archive.writestr(name, _XML + text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as file:
            _write_sheet(file, headings, units, rows)


def _write_sheet(
    file: IO[bytes], headings: Sequence[str], units: Sequence[Unit | None], rows: Iterable[Sequence[Any]]
) -> None:
    view = (
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    )
    widths = "".join(
        f'<col min="{n}" max="{n}" width="18" customWidth="1"/>' for n in range(1, len(headings) + 1)
    )
    file.write(f'{_XML}<worksheet xmlns="{_MAIN}">{view}<cols>{widths}</cols><sheetData>'.encode())
    file.write(_row([_cell(text, _HEAD) for text in headings]))
    styles = [STYLES[unit] for unit in units]
    for row in rows:
        file.write(_row([_cell(value, style) for value, style in zip(row, styles, strict=True)]))
    file.write(b"</sheetData></worksheet>")


def _row(cells: Sequence[str]) -> bytes:
    return f"<row>{''.join(cells)}</row>".encode()


def _cell(value: Any, style: int) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f'<c s="{style}"><v>{value}</v></c>'
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(kept)}</t></is></c>'


def _frame(sheet: str) -> dict[str, str]:
    """Everything around the sheet itself. A sheet's name is short and without a few signs."""
    name = escape("".join(one for one in sheet if one not in "[]:*?/\\'")[:31] or "1", {'"': "&quot;"})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }


_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.0000"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6">'
    '<xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>'
    + "".join(f'<xf xfId="0" numFmtId="{number}" applyNumberFormat="1"/>' for number in (3, 4, 164, 10))
    + "</cellXfs></styleSheet>"
)
