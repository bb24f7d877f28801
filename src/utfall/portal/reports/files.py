"""Files of reports: CSV, XLSX and Parquet; short ones at once, long ones as work, kept for a week."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, NotFound, Permission, Slice, refuse
from utfall.portal.access.paging import newest
from utfall.portal.reports.asking import tables
from utfall.portal.reports.contracts import FileView, Form, Unit
from utfall.portal.reports.making import days_of, query_of
from utfall.portal.reports.models import ReportFile
from utfall.portal.reports.spreadsheet import ROWS_MOST, write_xlsx
from utfall.portal.reports.wanted import Wanted
from utfall.portal.reports.words import words_of
from utfall.portal.site import site
from utfall.portal.work import facade as work

if TYPE_CHECKING:
    from utfall.lake import Report as LakeReport

KIND: Final = "report-file"
KEPT: Final = timedelta(days=7)
FILE_ROWS: Final = 1_000_000
TYPES: Final = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PARQUET: "application/vnd.apache.parquet",
}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def export(caller: Caller, wanted: Wanted, form: Form, name: str = "") -> FileView:
    """Have a file made of a report, however long; it is made as work, and can be fetched for a week."""
    row = _begun(caller, wanted, form, name)
    row.work = work.start(caller, KIND, {"file": row.pk, "wanted": wanted.data})
    row.save(update_fields=["work"])
    return _view(row)


def made(caller: Caller, wanted: Wanted, form: Form, name: str = "") -> FileView:
    """The same, made at once: for what already is work, such as a letter that leads to it."""
    return fill(caller, _begun(caller, wanted, form, name).pk, wanted)


def _begun(caller: Caller, wanted: Wanted, form: Form, name: str) -> ReportFile:
    caller.require(Permission.LOOK)
    query_of(caller, wanted, days_of(caller, wanted))
    return ReportFile.objects.system().create(
        organisation=caller.organisation,
        user=caller.user,
        key=caller.key,
        name=(name or _("Report"))[:160],
        form=form.value,
        token=secrets.token_hex(16),
        expires_at=timezone.now() + KEPT,
    )


def fill(caller: Caller, number: int, wanted: Wanted) -> FileView:
    """Make the file itself."""
    row = _own(caller, number)
    path = place(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    row.rows = write(caller, wanted, Form(row.form), path, row.name)
    row.bytes, row.ready_at = path.stat().st_size, timezone.now()
    row.save(update_fields=["rows", "bytes", "ready_at"])
    return _view(row)


def write(caller: Caller, wanted: Wanted, form: Form, path: Path, name: str) -> int:
    """Write a report into a file; how many rows it has."""
    from utfall.lake import write_parquet

    most = ROWS_MOST if form is Form.XLSX else FILE_ROWS
    plain = replace(wanted, by=(*wanted.by, wanted.pivot) if wanted.pivot else wanted.by, pivot="")
    query = query_of(caller, plain, days_of(caller, plain), rows=min(most, FILE_ROWS))
    found = tables(caller, [query])[0]
    if form is Form.PARQUET:
        write_parquet(found, path)
    elif form is Form.XLSX:
        headings, units = _headings(found)
        write_xlsx(path, name, headings, units, _told(found, exact=False))
    else:
        _write_csv(found, path)
    return int(found.rows.num_rows)


def fetch(caller: Caller, number: int) -> tuple[FileView, Path]:
    """A file that was made, and where it is; refused while it is not ready."""
    row = _own(caller, number)
    if row.expires_at <= timezone.now():
        refuse("file_expired", gettext_lazy("This file has expired. Make it anew."), status=409)
    if row.ready_at is None or not place(row).exists():
        refuse("file_not_ready", gettext_lazy("This file is still being made."), status=409)
    return _view(row), place(row)


def view(caller: Caller, number: int) -> FileView:
    """One of the caller's own files."""
    return _view(_own(caller, number))


def files(caller: Caller, *, after: int | None = None, limit: int = 50) -> Slice[FileView]:
    """The caller's own files, newest first."""
    caller.require(Permission.LOOK)
    rows = ReportFile.objects.of(caller).filter(organisation=caller.organisation)
    rows = rows.filter(user=caller.user, key=caller.key, expires_at__gt=timezone.now())
    return newest(rows.order_by(), _view, after=after, limit=limit)


def place(row: ReportFile) -> Path:
    """Where a file is kept: beside the portal's database, under a name nobody can guess."""
    return Path(site().database_path).parent / "report-files" / f"{row.token}.{row.form}"


def _own(caller: Caller, number: int) -> ReportFile:
    """The caller's own file: what one may see in it depends on who asked for it."""
    caller.require(Permission.LOOK)
    row = ReportFile.objects.one(caller, pk=number, organisation=caller.organisation)
    if (row.user, row.key) != (caller.user, caller.key):
        raise NotFound
    return row


def _headings(found: "LakeReport") -> tuple[list[str], list[Unit | None]]:
    headings: list[str] = []
    units: list[Unit | None] = []
    for about in found.columns:
        unit = getattr(about, "unit", None)
        headings.append(words_of(about))
        units.append(Unit(unit.value) if unit else None)
    return headings, units


def _told(found: "LakeReport", *, exact: bool) -> Iterator[Sequence[Any]]:
    """Rows as a file has them: names for ids, amounts in their currency's unit."""
    _headings_of, units = _headings(found)
    names = [found.names.get(about.name, {}) for about in found.columns]
    for batch in found.rows.to_batches(max_chunksize=10_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            pairs = zip(row, units, names, strict=True)
            yield [_value(value, unit, called, exact=exact) for value, unit, called in pairs]


def _value(value: Any, unit: Unit | None, called: Any, *, exact: bool) -> Any:
    if value is None:
        return None
    if unit is Unit.MONEY or (unit is Unit.PRICE and value is not None):
        amount = Decimal(repr(value) if isinstance(value, float) else value) / 1_000_000
        return f"{amount:f}" if exact else amount
    return called.get(value, value) if unit is None and called else value


def _write_csv(found: "LakeReport", path: Path) -> None:
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        headings, units = _headings(found)
        writer.writerow(headings)
        for row in _told(found, exact=True):
            writer.writerow(
                [_safe(value) if unit is None else value for value, unit in zip(row, units, strict=True)]
            )


def _safe(value: Any) -> Any:
    """Text that begins like a formula is marked as text, so that no spreadsheet runs it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _view(row: ReportFile) -> FileView:
    return FileView(
        id=row.pk,
        name=row.name,
        form=Form(row.form),
        rows=row.rows,
        bytes=row.bytes,
        work=row.work,
        created_at=row.created_at,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
    )
