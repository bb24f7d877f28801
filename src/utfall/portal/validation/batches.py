"""Deciding: a few orders at once, many by what they have in common, or those in a file; and applying it."""

from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters
from utfall.portal.validation import applying
from utfall.portal.validation.contracts import Asked, BatchView, Decision, State, Way
from utfall.portal.validation.keeping import FILES
from utfall.portal.validation.making import fill, new_batch
from utfall.portal.validation.models import Batch
from utfall.portal.validation.orders import owned
from utfall.portal.validation.reading import ROWS_AT_MOST, Unreadable, rows_of
from utfall.portal.validation.showing import view_of
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Report

READ: Final = "validation.read"
WRITE: Final = "validation.write"
AT_ONCE: Final = 1000
"""Rows that are judged and written while somebody waits; more are work in the background."""
FILE_TROUBLES: Final = {
    "file_empty": _("The file is empty."),
    "file_not_text": _("The file is no text. Save it as CSV in UTF-8, or as JSON lines."),
    "columns_missing": _("The first line must name the columns: “action”, and “id” or “order”."),
    "too_many_rows": _("A batch takes at most 40,000 rows. Divide the file."),
}


def decide(
    caller: Caller,
    rows: Sequence[Asked],
    *,
    advertiser: int | None = None,
    way: Way = Way.PAGE,
    name: str = "",
    key: str = "",
    apply: bool = True,
) -> BatchView:
    """Judge some decisions and, with `apply`, write the good ones; the same `key` does it once only."""
    caller.require(Permission.MONEY)
    if not 1 <= len(rows) <= AT_ONCE:
        refuse("rows_count", _("Send between 1 and 1000 rows."), "rows")
    owner = advertiser_of(caller, advertiser, [row.order for row in rows if row.order is not None])
    with transaction.atomic():
        batch = new_batch(caller, owner, way, name=name, key=key)
        if batch.state == State.READING.value:
            for _done in fill(caller, batch, rows):
                pass
        if apply and batch.state == State.READY.value:
            _begin(caller, batch)
    return view_of(batch)


def upload(
    caller: Caller,
    file: IO[bytes],
    name: str,
    *,
    advertiser: int | None = None,
    apply: bool = False,
    key: str = "",
) -> BatchView:
    """Take a file of decisions and have it read and judged; with `apply` also written."""
    caller.require(Permission.MONEY)
    owner = advertiser_of(caller, advertiser, [])
    kept = FILES.keep(file).name
    plain = name.replace("\\", "/").rpartition("/")[2][:200]
    return _started(caller, owner, Way.FILE, plain, key, {"file": kept, "apply": apply})


def decide_all(
    caller: Caller,
    filters: Filters,
    decision: Decision,
    *,
    advertiser: int | None = None,
    apply: bool = False,
    key: str = "",
) -> BatchView:
    """The same decision for every order that fits some filters, at most 40,000."""
    caller.require(Permission.MONEY)
    owner = advertiser_of(caller, advertiser or filters.advertiser, [])
    told = {"filters": msgspec.to_builtins(filters), "decision": msgspec.to_builtins(decision)}
    return _started(caller, owner, Way.FILTER, "", key, told | {"apply": apply})


def _started(
    caller: Caller, advertiser: int, way: Way, name: str, key: str, payload: dict[str, Any]
) -> BatchView:
    with transaction.atomic():
        batch = new_batch(caller, advertiser, way, name=name, key=key)
        if batch.work is None and batch.state == State.READING.value:
            batch.work = work.start(caller, READ, {"batch": batch.pk, **payload})
            batch.save(update_fields=["work"])
    return view_of(batch)


def advertiser_of(caller: Caller, wanted: int | None, orders: Sequence[int]) -> int:
    """Whose orders are decided about: as said, or the caller's only one, or whose the first order is."""
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    if wanted is None and len(caller.advertisers) != 1:
        for number in orders:
            try:
                return caller.advertiser(owned(caller, number).advertiser)
            except NotFound:
                continue
    return caller.advertiser(wanted)


def read_rows(payload: Any, report: Report) -> dict[str, Any]:
    """The background work: read what was asked for, judge it, and write it where that was asked too."""
    caller = report.caller
    batch = Batch.objects.one(caller, pk=payload["batch"])
    if batch.state != State.READING.value:
        return {"batch": batch.pk}
    try:
        rows = list(_asked(caller, batch, payload))
    except Unreadable as trouble:
        batch.state, batch.trouble = State.FAILED.value, trouble.code
        batch.save(update_fields=["state", "trouble"])
        refuse(trouble.code, FILE_TROUBLES[trouble.code], "file")
    for done in fill(caller, batch, rows):
        report(done, len(rows), _("Judging"))
    if "file" in payload:
        FILES.drop(payload["file"])
    if payload.get("apply"):
        applying.begin(caller, batch)
        applying.write(batch.pk)
    return {"batch": batch.pk}


def _asked(caller: Caller, batch: Batch, payload: Any) -> Iterator[Asked]:
    if "file" in payload:
        found: Iterator[Asked] = rows_of(FILES.take(payload["file"]))
    else:
        found = _fitting(caller, batch, payload)
    for number, row in enumerate(found):
        if number >= ROWS_AT_MOST:
            raise Unreadable("too_many_rows")
        yield row
    if batch.way == Way.FILE.value and "number" not in locals():
        raise Unreadable("file_empty")


def _fitting(caller: Caller, batch: Batch, payload: Any) -> Iterator[Asked]:
    decision = msgspec.convert(payload["decision"], Decision)
    filters = msgspec.convert({**payload["filters"], "advertiser": batch.advertiser}, Filters)
    for one in conversions.exported(caller, filters):
        yield asked_of(one.id, decision)


def asked_of(order: int, decision: Decision) -> Asked:
    """One order's row of a decision about many."""
    reason = decision.reason.value if decision.reason else ""
    return Asked(
        order=order,
        action=decision.action.value,
        reason=reason,
        evidence=decision.evidence,
        despite_hold=decision.despite_hold,
    )


def asked(order: int, action: str) -> Asked:
    """One order's row of a decision that needs no reason."""
    return Asked(order=order, action=action)


def apply(caller: Caller, number: int) -> BatchView:
    """Write the good rows of a batch that was looked at."""
    caller.require(Permission.MONEY)
    batch = Batch.objects.one(caller, pk=number)
    with transaction.atomic():
        _begin(caller, batch)
    return view_of(batch)


def _begin(caller: Caller, batch: Batch) -> None:
    """Begin to write once this transaction holds: at once, or as work where there are many rows."""
    applying.begin(caller, batch)
    if batch.rows > AT_ONCE:
        batch.work = work.start(caller, WRITE, {"batch": batch.pk})
        batch.save(update_fields=["work"])
        return
    pk = batch.pk
    transaction.on_commit(lambda: _write(batch, pk))


def _write(batch: Batch, pk: int) -> None:
    applying.write(pk)
    batch.refresh_from_db()


def discard(caller: Caller, number: int) -> BatchView:
    """Forget a batch that was only looked at."""
    caller.require(Permission.MONEY)
    batch = Batch.objects.one(caller, pk=number)
    waiting = Batch.objects.of(caller).filter(pk=batch.pk, state__in=[State.READY.value, State.FAILED.value])
    if not waiting.update(state=State.DISCARDED.value):
        refuse("not_ready", _("This batch was applied or discarded already."), status=409)
    batch.refresh_from_db()
    return view_of(batch)
