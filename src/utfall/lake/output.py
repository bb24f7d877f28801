"""A report as something else: a table for people, or CSV, JSON and Parquet for machines.

Machines get whole micros and full precision; people get amounts in their currency's own units, rounded
for show only.
"""

import csv
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from utfall.lake.report import Report
from utfall.lake.semantics import Dimension, Language, Metric, Unit
from utfall.money import MICROS_PER_UNIT, minor_digits

_TOTAL: Final = {"sv": "Totalt", "nb": "Totalt", "en": "Total"}
_DIGITS: Final = 2
_PRICE_DIGITS: Final = 4


def table_rows(report: Report, language: Language = "en") -> list[list[str]]:
    """The report as text: headings, rows, and totals last. What is unknown is empty."""
    headings = [getattr(each.words, language) for each in report.columns]
    rows = [_texts(report, row) for row in report.rows.to_pylist()]
    totals = [_texts(report, row) for row in report.totals.to_pylist()]
    for row in totals:
        if report.columns and isinstance(report.columns[0], Dimension) and not row[0]:
            row[0] = _TOTAL[language]
    return [headings, *rows, *totals]


def machine_table(report: Report, *, totals: bool = False) -> pa.Table:
    """The report with machine names: amounts end in `_micros`, and what an id is called stands beside it."""
    table = report.totals if totals else report.rows
    columns = dict(_named_columns(report, table))
    return pa.table(columns) if columns else table


def write_csv(report: Report, file: IO[str]) -> None:
    """Writes the rows as CSV with a heading; what is unknown is empty."""
    table = machine_table(report)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.column_names)
    for batch in table.to_batches(max_chunksize=10_000):
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def to_json(report: Report) -> bytes:
    """The report as one object: columns with unit, formula and words; rows; totals; the batch it speaks
    of.
    """
    return msgspec.json.encode(
        {
            "columns": [_column(each) for each in report.columns],
            "rows": machine_table(report).to_pylist(),
            "totals": machine_table(report, totals=True).to_pylist(),
            "shipped": report.shipped,
        }
    )


def write_parquet(report: Report, path: Path) -> None:
    """Writes the rows as one Parquet file."""
    pq.write_table(machine_table(report), path, compression="zstd")


def _column(about: Dimension | Metric) -> dict[str, Any]:
    words = about.words._asdict()
    if isinstance(about, Dimension):
        return {"name": about.name, "dimension": True, "words": words}
    return {"name": about.column, "unit": about.unit.value, "formula": about.description, "words": words}


def _named_columns(report: Report, table: pa.Table) -> Iterator[tuple[str, Any]]:
    for about in report.columns:
        if about.name not in table.column_names:
            continue
        yield (about.column if isinstance(about, Metric) else about.name), table[about.name]
        if about.name in report.names:
            called = report.names[about.name]
            texts = [called.get(value) for value in table[about.name].to_pylist()]
            yield f"{about.name}_name", pa.array(texts, pa.string())


def _texts(report: Report, row: dict[str, Any]) -> list[str]:
    return [_text(report, about, row.get(about.name), row.get("currency")) for about in report.columns]


def _text(report: Report, about: Dimension | Metric, value: Any, currency: str | None) -> str:
    if value is None:
        return ""
    if isinstance(about, Dimension):
        return report.names.get(about.name, {}).get(value, str(value))
    match about.unit:
        case Unit.COUNT:
            return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")
        case Unit.MONEY:
            return _amount(value, _digits(currency))
        case Unit.PRICE:
            return _amount(value, _PRICE_DIGITS)
    return f"{value:.4f}"


def _digits(currency: str | None) -> int:
    digits = minor_digits(currency) if currency else None
    return _DIGITS if digits is None else digits


def _amount(micros: int | float, digits: int) -> str:
    amount = (Decimal(micros) / MICROS_PER_UNIT).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    return f"{amount:,}".replace(",", "\N{NO-BREAK SPACE}")


__all__: Sequence[str] = ("machine_table", "table_rows", "to_json", "write_csv", "write_parquet")
