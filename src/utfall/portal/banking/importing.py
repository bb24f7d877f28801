"""Importing a file: read, judged row by row, and written down in one transaction; its events follow.

load      the file says what moved; what was told before is known by its key
decide    by our name a payout, by its reference a deposit, else a person decides
commit    rows with their verdicts; fundings are told to the journal once that stands
"""

import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankFileError
from utfall.bank import Verdict as Said
from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.banking import fundings, references
from utfall.portal.banking.contracts import FileKind, FileView, Settled, Verdict
from utfall.portal.banking.models import BankFile, Movement
from utfall.portal.banking.reading import Row, Told, told
from utfall.portal.banking.showing import file_view
from utfall.portal.invoices import facade as invoices
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import Result
from utfall.portal.site import site
from utfall.portal.validation.facade import money_id

BYTES_AT_MOST: Final = 64 << 20
VERDICTS: Final = {"known": Verdict.KNOWN, "not_now": Verdict.NOT_NOW, "unknown": Verdict.UNKNOWN_PAYOUT}


def import_file(caller: Caller, name: str, content: bytes) -> FileView:
    """Import a file that somebody sent; the one of before where it was imported already."""
    caller.require(Permission.MONEY)
    if caller.kind is not Kind.OPERATOR:
        raise NotFound
    if not content:
        refuse("file_empty", _("The file is empty."), "file")
    if len(content) > BYTES_AT_MOST:
        refuse("file_too_large", _("The file is larger than 64 MB."), "file", status=413)
    return take(name, content, way="upload", caller=caller)


def take(name: str, content: bytes, *, way: str, caller: Caller | None = None) -> FileView:
    """Read a file and write down what it says, once."""
    digest = sha256(content).hexdigest()
    known = BankFile.objects.system().filter(digest=digest).first()
    if known is not None:
        return replace(file_view(known), trouble="imported_before")
    with transaction.atomic():
        row = BankFile.objects.system().create(
            name=Path(name).name[:200] or "file.xml",
            digest=digest,
            kind=FileKind.UNREAD.value,
            way=way,
            actor=caller.actor if caller else "",
        )
        _keep(digest, content)
        _fill(row, content)
        _record(caller, row)
    return file_view(row)


def _fill(row: BankFile, content: bytes) -> None:
    try:
        found = told(content, timezone.localdate())
        _require_own(found)
    except BankFileError as error:
        row.trouble, row.why = error.code[:30], error.why[:300]
        row.save(update_fields=["trouble", "why"])
        return
    row.kind, row.account = found.kind.value, ", ".join(sorted(found.accounts))[:34]
    row.save(update_fields=["kind", "account"])
    rows = [*found.rows, *_others(found)]
    known = _known({one.key for one in rows})
    moved = []
    for one in rows:
        moved.append(_twice(row, one) if one.key in known else _judged(row, one))
        known.add(one.key)
    Movement.objects.system().bulk_create(moved)
    events = [one.key for one in moved if one.event]
    transaction.on_commit(lambda: fundings.write(events))


def _require_own(found: Told) -> None:
    """A statement of an account that is not ours is somebody else's, or one that was forgotten."""
    own = invoices.house_numbers()
    for account in found.accounts - own:
        raise BankFileError("account_unknown", f"The account {account} is not among our accounts.")


def _others(found: Told) -> list[Row]:
    """What a report says of all payments of a file holds for each that it does not name."""
    if found.of_all is None:
        return []
    named = {one.name for one in found.rows}
    return [
        found.of_all._replace(name=name, key=f"{found.of_all.key[:40]}:{name}")
        for name in payouts.names_in_file(found.file)
        if name not in named
    ]


def _known(keys: set[str]) -> set[str]:
    wanted, found = list(keys), set[str]()
    for start in range(0, len(wanted), 500):
        rows = Movement.objects.system().filter(key__in=wanted[start : start + 500])
        found |= set(rows.values_list("key", flat=True))
    return found


def _twice(file: BankFile, row: Row) -> Movement:
    return _movement(file, row, Verdict.TWICE)


def _judged(file: BankFile, row: Row) -> Movement:
    """What a row is: an answer about a payout, a payout's debit or return, a deposit, or nobody's."""
    if row.verdict is not None or (
        payouts.number_of(row.name) is not None and (row.micros < 0 or row.returned)
    ):
        return _of_payout(file, row)
    if row.micros < 0:
        return _movement(file, row, Verdict.OUTGOING)
    return _deposit(file, row)


def _of_payout(file: BankFile, row: Row) -> Movement:
    said = row.verdict or (Said.FAILED if row.returned else Said.COMPLETED)
    result = Result(
        name=row.name,
        verdict=said,
        identity=row.key,
        on=row.on,
        reason=row.reason,
        words=row.text,
        returned=row.returned,
    )
    (answer,) = payouts.note([result])
    verdict = VERDICTS.get(answer) or _good(said, returned=row.returned)
    return _movement(file, row, verdict, payout=payouts.number_of(row.name))


def _good(said: Said, *, returned: bool) -> Verdict:
    if returned:
        return Verdict.RETURNED
    return {
        Said.COMPLETED: Verdict.PAID,
        Said.FAILED: Verdict.FAILED,
        Said.UNDER_WAY: Verdict.UNDER_WAY,
    }[said]


def _deposit(file: BankFile, row: Row) -> Movement:
    advertiser = references.advertiser_of(row.reference)
    at_ms = time.time_ns() // 1_000_000
    return _movement(
        file,
        row,
        Verdict.SUSPENSE if advertiser is None else Verdict.DEPOSIT,
        advertiser=advertiser,
        event=money_id(at_ms, "funding", row.key),
        event_ms=at_ms,
        settled=Settled.WAITING.value,
    )


def _movement(file: BankFile, row: Row, verdict: Verdict, **more: object) -> Movement:
    return Movement(
        file=file,
        key=row.key[:64],
        on=row.on,
        micros=row.micros,
        currency=row.currency,
        name=row.name[:70],
        reference=row.reference[:40],
        text=row.text[:500],
        other_party=row.other_party[:140],
        verdict=verdict.value,
        **more,
    )


def _keep(digest: str, content: bytes) -> None:
    """The file as the bank sent it, beside the portal's database: whoever asks what it said can look."""
    make_directory(folder("kept"))
    write_file(folder("kept") / f"{digest}.xml", content)


def folder(name: str) -> Path:
    """`bank-files/in` is watched; `done` and `refused` have what came from there, `kept` all by its hash."""
    return Path(site().database_path).with_name("bank-files") / name


def _record(caller: Caller | None, row: BankFile) -> None:
    audit.record(
        caller,
        action="bank_file.imported",
        subject=f"bank_file {row.pk}",
        before=None,
        after={"name": row.name, "kind": row.kind, "trouble": row.trouble, "digest": row.digest},
    )
