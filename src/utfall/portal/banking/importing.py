"""Importing a file: kept, looked through, and then read lot by lot, each one transaction; its events follow.

keep      the file lies under its hash; the same one is never read again
look      the first reading: it can be read, is about accounts of ours, adds up, and has so many rows
read      the second: a thousand rows at a time, their verdicts, their events, and how far the file is

A small file is read at once; a large one is work that somebody can stop and go on with. Whatever stops it, it
goes on after the last lot.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankFileError
from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.banking import keeping, taking
from utfall.portal.banking.contracts import FileKind, FileState, FileView
from utfall.portal.banking.models import BankFile, Closing
from utfall.portal.banking.reading import Row, Told, rows_of, told
from utfall.portal.banking.showing import file_view
from utfall.portal.invoices import facade as invoices
from utfall.portal.payouts import facade as payouts
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Task

BYTES_AT_MOST: Final = 256 << 20
AT_ONCE_BYTES: Final = 512 << 10
"""Up to which size a file is read while somebody waits."""
LOT: Final = 1000
READ: Final = "banking.read"
"""The kind of work that reads a large file."""
Report = Callable[[int, int], None]


def import_file(caller: Caller, name: str, content: bytes | IO[bytes]) -> FileView:
    """Import a file that somebody sent; the one of before where it was imported already. A large one is read
    in the background: the view says how far it is.
    """
    caller.require_operator(Permission.MONEY)
    kept = keeping.keep(content, BYTES_AT_MOST)
    if not kept.size:
        refuse("file_empty", _("The file is empty."), "file")
    if kept.size > BYTES_AT_MOST:
        refuse("file_too_large", _("The file is larger than 256 MB."), "file", status=413)
    return take(name, kept, way="upload", caller=caller)


def take(name: str, kept: keeping.Kept, *, way: str, caller: Caller | None = None) -> FileView:
    """Read a file that was kept and write down what it says, once; a large one that somebody sent as work."""
    known = BankFile.objects.system().filter(digest=kept.digest).first()
    if known is not None and (caller is not None or known.state == FileState.READ.value):
        return replace(file_view(known), trouble="imported_before")
    if caller is not None and kept.size > AT_ONCE_BYTES:
        with transaction.atomic():
            row = _made(name, kept, way, caller)
            _ask(caller, row)
    else:
        row = known or _made(name, kept, way, caller)
        read(row, caller)
    return file_view(row)


def _made(name: str, kept: keeping.Kept, way: str, caller: Caller | None) -> BankFile:
    return BankFile.objects.system().create(
        name=Path(name).name[:200] or "file.xml",
        digest=kept.digest,
        kind=FileKind.UNREAD.value,
        state=FileState.READING.value,
        way=way,
        actor=caller.actor if caller else "",
    )


def go_on(caller: Caller, number: int) -> FileView:
    """Go on reading a file where it was stopped."""
    caller.require_operator(Permission.MONEY)
    row = BankFile.objects.one(caller, pk=number)
    if row.state != FileState.READING.value or _is_being_read(caller, row):
        refuse("not_stopped", _("This file is read already, or being read."), status=409)
    _ask(caller, row)
    return file_view(row)


def reading(caller: Caller, view: FileView) -> Task | None:
    """The work that reads a file, or was stopped over it; None for one that is read or needs none."""
    if view.state is FileState.READ or view.task is None:
        return None
    return work.task(caller, view.task)


def _is_being_read(caller: Caller, row: BankFile) -> bool:
    task = reading(caller, file_view(row))
    return row.way == "directory" if task is None else not task.has_ended


def _ask(caller: Caller, row: BankFile) -> None:
    row.task = work.start(caller, READ, {"file": row.pk})
    row.save(update_fields=["task"])


def read(row: BankFile, caller: Caller | None = None, report: Report | None = None) -> None:
    """Read a file to its end, from where it is."""
    with keeping.opened(row.digest) as source:
        found = _looked(row, source, caller)
        if found is None:
            return
        names = payouts.names_in_file(found.file) if found.file else []
        rows = islice(rows_of(source, found, timezone.localdate(), names), row.done, None)
        for lot in _lots(rows):
            if not _take(row, lot):
                return
            if report is not None:
                report(row.done, row.rows)
        BankFile.objects.system().filter(pk=row.pk).update(state=FileState.READ.value, rows=row.done)
        row.state, row.rows = FileState.READ.value, row.done


def _lots(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while lot := list(islice(rows, LOT)):
        yield lot


def _looked(row: BankFile, source: BinaryIO, caller: Caller | None) -> Told | None:
    """The first reading; None for a file that is not read, which says why."""
    is_first = row.kind == FileKind.UNREAD.value
    try:
        found = told(source)
        _require_own(found)
    except BankFileError as error:
        row.trouble, row.why, row.state = error.code[:30], error.why[:300], FileState.READ.value
        with transaction.atomic():
            row.save()
            _record(caller, row)
        return None
    row.kind, row.account = found.kind.value, ", ".join(sorted(found.accounts))[:34]
    row.rows = max(found.rows, row.done)
    if is_first:
        with transaction.atomic():
            row.save()
            Closing.objects.system().bulk_create(_closings(row, found))
            _record(caller, row)
    return found


def _closings(row: BankFile, found: Told) -> list[Closing]:
    return [
        Closing(
            file=row,
            account=one.account[:34],
            currency=one.currency[:3],
            on=one.closing.on,
            micros=one.closing.micros,
        )
        for one in found.heads
        if one.closing is not None
    ]


def _require_own(found: Told) -> None:
    """A statement of an account that is not ours is somebody else's, or one that was forgotten."""
    own = invoices.house_numbers()
    for account in found.accounts - own:
        raise BankFileError("account_unknown", f"The account {account} is not among our accounts.")


def _take(row: BankFile, lot: list[Row]) -> bool:
    """A lot in one transaction; whether the file is still ours to read: somebody else may read it, too."""
    with transaction.atomic():
        mine = BankFile.objects.system().filter(pk=row.pk, done=row.done)
        if not mine.update(done=row.done + len(lot)):
            return False
        taking.take(row, lot)
    row.done += len(lot)
    return True


def folder(name: str) -> Path:
    """`bank-files/in` is watched; `done` and `refused` have what came from there, `kept` all by its hash."""
    return keeping.folder(name)


def _record(caller: Caller | None, row: BankFile) -> None:
    audit.record(
        caller,
        action="bank_file.imported",
        subject=f"bank_file {row.pk}",
        before=None,
        after={"name": row.name, "kind": row.kind, "trouble": row.trouble, "digest": row.digest},
    )
