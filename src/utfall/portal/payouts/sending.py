"""The bank's file of a batch: the same bytes each time, downloaded or put where the bank fetches it."""

from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import Payee, Payer, Payment, PaymentFile, write_transfers
from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.payouts.contracts import BatchState, BatchView, PayoutState
from utfall.portal.payouts.models import Batch, Payout
from utfall.portal.payouts.showing import batch_view, name_of, own_batch
from utfall.portal.site import site

WAYS: Final = ("download", "directory")
WRITTEN: Final = (
    *(PayoutState.READY, PayoutState.SENT, PayoutState.COMPLETED, PayoutState.FAILED, PayoutState.RETURNED),
)
"""The payouts that stand in a batch's file, whatever became of them since."""


class BankFile(NamedTuple):
    """A file for the bank."""

    name: str
    content: bytes


def folder() -> Path:
    """Where a bank's client fetches files, if one does: `bank-files/out` beside the portal's database."""
    return Path(site().database_path).with_name("bank-files") / "out"


def send(caller: Caller, batch: int, way: str = "download") -> BatchView:
    """Say that a batch's file goes to the bank now: downloaded, or put into the watched directory."""
    caller.require(Permission.MONEY)
    if caller.kind is not Kind.OPERATOR:
        raise NotFound
    if way not in WAYS:
        refuse("way_unknown", _("A file is downloaded, or put into the directory."), "way")
    with transaction.atomic():
        row = own_batch(caller, batch)
        if not batch_view(row).may_send:
            refuse(
                "not_ready",
                _("This batch is not settled yet, or its file was handed out before."),
                status=409,
            )
        now = timezone.now()
        ready = Payout.objects.system().filter(batch=row, state=PayoutState.READY.value)
        ready.update(state=PayoutState.SENT.value, sent_at=now)
        row.state, row.sent_at, row.way = BatchState.SENT.value, now, way
        row.pay_on = max(row.pay_on, timezone.localdate())
        row.save()
        file = _made(row)
        if way == "directory":
            make_directory(folder())
            write_file(folder() / file.name, file.content)
        _record(caller, row, file)
    return batch_view(row)


def bank_file(caller: Caller, batch: int) -> BankFile:
    """The file of a batch that was sent, the same whenever it is asked for."""
    caller.require(Permission.MONEY)
    row = own_batch(caller, batch)
    if row.state != BatchState.SENT.value:
        refuse("not_sent", _("This batch has no file yet: release it, then send it."), status=409)
    return _made(row)


def names_in_file(name: str) -> list[str]:
    """The names of the payments in a file, by what the file calls itself; none where it is not ours."""
    parts = name.split("-")
    if len(parts) != 3 or parts[0] != "UTFALL" or not (parts[1].isascii() and parts[1].isdecimal()):
        return []
    states = [one.value for one in WRITTEN]
    rows = Payout.objects.system().filter(batch=int(parts[1][:18]), currency=parts[2], state__in=states)
    return [name_of(number) for number in rows.order_by("pk").values_list("pk", flat=True)]


def _made(row: Batch) -> BankFile:
    assert row.released_at is not None, "a batch with a file was released"
    states = [one.value for one in WRITTEN]
    payouts = Payout.objects.system().filter(batch=row, state__in=states).order_by("pk")
    name = f"UTFALL-{row.pk}-{row.currency}"
    content = write_transfers(
        PaymentFile(
            name=name,
            payer=msgspec.convert(row.payer, Payer),
            made_at=row.released_at,
            pay_on=row.pay_on,
            payments=tuple(_payment(one) for one in payouts),
        )
    )
    return BankFile(f"{name}.xml", content)


def _payment(row: Payout) -> Payment:
    name = name_of(row.pk)
    payee = msgspec.convert(row.payee, Payee)
    return Payment(name=name, payee=payee, micros=row.amount_micros, currency=row.currency, text=name)


def _record(caller: Caller, row: Batch, file: BankFile) -> None:
    audit.record(
        caller,
        action="payout_batch.sent",
        subject=f"payout_batch {row.pk}",
        before=None,
        after={"file": file.name, "way": row.way, "bytes": len(file.content)},
    )
