"""The bank's file of a batch: the same bytes each time, downloaded or put where the bank fetches it."""

import re
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import Payee, Payer, Payment, PaymentFile, banking_day, write_transfers
from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import Caller, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.payouts.contracts import BatchState, BatchView, PayoutState
from utfall.portal.payouts.models import Batch, Outcome, Payout
from utfall.portal.payouts.showing import batch_view, name_of, own_batch, rows_of
from utfall.portal.site import site

WAYS: Final = ("download", "directory")
_NAME: Final = re.compile(r"UTFALL-(\d{1,18})-([A-Z]{3})(?:-(\d{1,6}))?", re.ASCII)


class BankFile(NamedTuple):
    """A file for the bank."""

    name: str
    content: bytes


def folder() -> Path:
    """Where a bank's client fetches files, if one does: `bank-files/out` beside the portal's database."""
    return Path(site().database_path).with_name("bank-files") / "out"


def send(caller: Caller, batch: int, way: str = "download") -> BatchView:
    """Say that a batch's file goes to the bank now: downloaded, or put into the watched directory."""
    caller.require_operator(Permission.MONEY)
    if way not in WAYS:
        refuse("way_unknown", _("A file is downloaded, or put into the directory."), "way")
    with transaction.atomic():
        row = own_batch(caller, batch)
        if not batch_view(row).may_send or _is_answered(row):
            refuse(
                "not_ready",
                _("This batch is not settled yet, or its file was handed out before."),
                status=409,
            )
        now = timezone.now()
        ready = Payout.objects.system().filter(batch=row, state=PayoutState.READY.value)
        ready.update(state=PayoutState.SENT.value, sent_at=now)
        row.state, row.sent_at, row.way = BatchState.SENT.value, now, way
        row.pay_on = banking_day(row.currency, max(row.pay_on, book.today()))
        row.per_file = site().bank_file_payments
        row.save()
        view = batch_view(row)
        for part in range(1, view.files + 1) if way == "directory" else ():
            file = _made(row, part, view.files)
            make_directory(folder())
            write_file(folder() / file.name, file.content)
        _record(caller, row, view.files)
    return view


def _is_answered(row: Batch) -> bool:
    """Whether somebody said what became of one of its payouts, and settlement has not read of that yet."""
    return Outcome.objects.system().filter(payout__batch=row, state="waiting").exists()


def bank_file(caller: Caller, batch: int, part: int = 1) -> BankFile:
    """A file of a batch that was sent, the same whenever it is asked for; parts are counted from one."""
    caller.require(Permission.MONEY)
    row = own_batch(caller, batch)
    if row.state != BatchState.SENT.value:
        refuse("not_sent", _("This batch has no file yet: release it, then send it."), status=409)
    files = batch_view(row).files
    if not 1 <= part <= files:
        raise NotFound
    return _made(row, part, files)


def names_in_file(name: str) -> list[str]:
    """The names of the payments in a file, by what the file calls itself; none where it is not ours."""
    found = _NAME.fullmatch(name)
    row = Batch.objects.system().filter(pk=int(found[1]), currency=found[2]).first() if found else None
    if found is None or row is None:
        return []
    numbers = _rows(row, int(found[3] or 0)).values_list("pk", flat=True)
    return [name_of(number) for number in numbers]


def _rows(row: Batch, part: int) -> QuerySet[Payout]:
    """The payouts of one of a batch's files, of the only one where `part` is 0, whatever became of them
    since; what was noted as failed before the file was made is payable again, and does not stand in it.
    """
    rows = rows_of(row).filter(sent_at__isnull=False).order_by("pk")
    return rows[(part - 1) * row.per_file : part * row.per_file] if part else rows


def _made(row: Batch, part: int, files: int) -> BankFile:
    assert row.released_at is not None, "a batch with a file was released"
    part = part if files > 1 else 0
    name = f"UTFALL-{row.pk}-{row.currency}" + (f"-{part}" if part else "")
    content = write_transfers(
        PaymentFile(
            name=name,
            payer=msgspec.convert(row.payer, Payer),
            made_at=row.released_at,
            pay_on=row.pay_on,
            payments=tuple(_payment(one) for one in _rows(row, part)),
        )
    )
    return BankFile(f"{name}.xml", content)


def _payment(row: Payout) -> Payment:
    name = name_of(row.pk)
    payee = msgspec.convert(row.payee, Payee)
    return Payment(name=name, payee=payee, micros=row.amount_micros, currency=row.currency, text=name)


def _record(caller: Caller, row: Batch, files: int) -> None:
    """Say what was handed out, and for which day: it may be later than the one that was agreed to."""
    name = f"UTFALL-{row.pk}-{row.currency}"
    audit.record(
        caller,
        action="payout_batch.sent",
        subject=f"payout_batch {row.pk}",
        before=None,
        after={"file": name, "way": row.way, "files": files, "pay_on": row.pay_on},
    )
