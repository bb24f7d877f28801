"""The release of a batch: by two people where the operator asks for that, and then by the journal.

release      asks for a second person, or carries it out
carry_out    drops who changed since it was prepared, says that the rest is paid; written once it commits
follow       notes what settlement made of it; writes what a process left unwritten that died
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Final

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from utfall.events import MoneyEvent
from utfall.events import Payout as PayoutEvent
from utfall.money import Money
from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import State as ProposalState
from utfall.portal.book.facade import Answer, answers_to
from utfall.portal.look.formats import money
from utfall.portal.payouts import exchanging
from utfall.portal.payouts.contracts import BatchState, BatchView, PayoutState
from utfall.portal.payouts.judging import Ground, grounds, missing
from utfall.portal.payouts.models import Batch, Exchange, Payout
from utfall.portal.payouts.showing import batch_view, digest_of, own_batch, rows_of
from utfall.portal.storing import store
from utfall.portal.validation.facade import again, money_id, tell

KIND: Final = "payouts.release"
"""The kind of proposal that a second person decides."""
ABANDONED_AFTER: Final = timedelta(minutes=1)
AT_ONCE: Final = 5000


def release(caller: Caller, batch: int, *, why: str = "") -> BatchView:
    """Pay a batch, or ask a second person to; what is released is what was looked at."""
    caller.require_operator(Permission.MONEY)
    with transaction.atomic():
        row = _unreleased(caller, batch)
        if row.state == BatchState.PROPOSED.value:
            refuse("proposed", _("This batch waits for a second person."), status=409)
        row.digest = digest_of(row)
        view = batch_view(row)
        if not view.payouts:
            refuse("batch_empty", _("Nobody is left in this batch."), status=409)
        if audit.needs_approval(KIND, flat=Money(view.amount_micros, row.currency)):
            row.proposal = _propose(caller, row, view, why)
            row.state = BatchState.PROPOSED.value
            row.save(update_fields=["proposal", "state", "digest"])
        else:
            carry_out(caller, row)
    return batch_view(row)


def _propose(caller: Caller, row: Batch, view: BatchView, why: str) -> int:
    words = ngettext(
        "%(count)s payout of %(total)s in all",
        "%(count)s payouts of %(total)s in all",
        view.payouts,
    )
    total = money(view.amount_micros, row.currency)
    return audit.propose(
        caller,
        KIND,
        {"batch": row.pk, "digest": view.digest},
        words % {"count": view.payouts, "total": total},
        subject=f"payout_batch {row.pk}",
        before=None,
        after={
            "payouts": view.payouts,
            "total": {"micros": view.amount_micros, "currency": row.currency},
            "pay_on": row.pay_on.isoformat(),
        },
        why=why,
    )


def approved(approver: Caller, payload: Mapping[str, Any]) -> None:
    """A second person agreed: pay what they agreed to, or nothing."""
    row = own_batch(approver, payload["batch"])
    if row.state != BatchState.PROPOSED.value or digest_of(row) != payload["digest"]:
        refuse("batch_changed", _("The batch is another than the one that was asked for."), status=409)
    carry_out(approver, row)


def carry_out(caller: Caller, row: Batch) -> None:
    """Say that everybody in it is paid, but for those who changed since it was made."""
    now = timezone.now()
    row.event_ms = time.time_ns() // 1_000_000
    drafts = rows_of(row).filter(state=PayoutState.DRAFT.value).order_by("pk")
    is_any = False
    for some in _lots(drafts):
        standing = grounds({one.publisher for one in some})
        for one in some:
            reason = _in_the_way(one, standing[one.publisher])
            one.state = (PayoutState.DISCARDED if reason else PayoutState.PENDING).value
            one.reason, one.ended_at = reason, now if reason else None
            one.event = "" if reason else money_id(row.event_ms, "payout", one.pk)
        store(some, "state", "reason", "ended_at", "event")
        going = [one.pk for one in some if one.event]
        turned = exchanging.of_payouts(going)
        exchanging.release([each for rows in turned.values() for each in rows], row.event_ms)
        is_any = is_any or bool(going)
    if not is_any:
        refuse("all_changed", _("Everybody in it changed since it was made. Make it again."), status=409)
    row.state, row.released_at, row.released_by = BatchState.RELEASED.value, now, caller.actor
    row.digest = digest_of(row)
    row.save()
    _record(caller, row)
    number = row.pk
    transaction.on_commit(lambda: write(number))


def _lots(rows: QuerySet[Payout]) -> Iterator[list[Payout]]:
    """Rows that were narrowed already, so many at once, by their numbers."""
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1].pk


def _in_the_way(row: Payout, ground: Ground) -> str:
    if ground.account is None or ground.account.pk != row.account:
        return "account_changed"
    return "not_due" if any(missing(ground, timezone.now())) else ""


def write(batch: int) -> int:
    """Write the events of a batch that was released, exchanges before their payouts; how many payouts. The
    same twice counts once.
    """
    row = Batch.objects.system().get(pk=batch)
    waiting = Payout.objects.system().filter(batch=row, state=PayoutState.PENDING.value).order_by("pk")
    count = 0
    for some in _lots(waiting):
        turned = exchanging.of_payouts([one.pk for one in some])
        tell([event for one in some for event in _events(one, row, turned.get(one.pk, []))])
        count += len(some)
    return count


def _events(row: Payout, batch: Batch, turned: Sequence[Exchange]) -> Iterator[MoneyEvent]:
    for one in turned:
        yield exchanging.event_of(one, row, batch)
    yield event_of(row, batch)


def event_of(row: Payout, batch: Batch) -> PayoutEvent:
    """The event of a payout: the same bytes whenever it is made."""
    assert batch.event_ms is not None, "a batch that is written was released"
    frozen = blake2b(msgspec.json.encode(row.payee, order="deterministic"), digest_size=32)
    return PayoutEvent(
        id=row.event,
        occurred_at=batch.event_ms,
        received_at=batch.event_ms,
        number=row.pk,
        publisher=row.publisher,
        currency=row.currency,
        through=row.up_to,
        amount_micros=row.amount_micros,
        digest=frozen.hexdigest(),
    )


def follow() -> int:
    """Note what settlement made of released payouts; how many were answered."""
    _give_back()
    exchanging.follow()
    waiting = list(
        Payout.objects.system()
        .filter(state=PayoutState.PENDING.value)
        .select_related("batch")
        .order_by("pk")[:AT_ONCE]
    )
    if not waiting:
        return 0
    answers = answers_to([row.event for row in waiting])
    _answered([row for row in waiting if row.event in answers], answers)
    _write_what_was_left([row for row in waiting if row.event not in answers])
    return len(answers)


def _answered(rows: Sequence[Payout], answers: Mapping[str, Answer]) -> None:
    now = timezone.now()
    for row in rows:
        answer = answers[row.event]
        is_good = answer.reason is None
        row.state = (PayoutState.READY if is_good else PayoutState.REFUSED).value
        row.receipt, row.reason = answer.receipt, answer.reason or ""
        row.ended_at = None if is_good else now
    with transaction.atomic():
        store(rows, "state", "receipt", "reason", "ended_at")
        exchanging.answered(rows)


def _write_what_was_left(rows: list[Payout]) -> None:
    """A process may have died between saying that a batch is paid and writing it."""
    late = timezone.now() - ABANDONED_AFTER
    lost = {one.batch_id for one in rows if one.batch.released_at and one.batch.released_at < late}
    may = again(f"batch {number}" for number in lost)
    for number in lost:
        if f"batch {number}" in may:
            write(number)


def _give_back() -> None:
    """Batches whose release was refused, withdrawn or waited too long can be changed again."""
    for row in Batch.objects.system().filter(state=BatchState.PROPOSED.value):
        if row.proposal is None or audit.proposal_state(row.proposal) is not ProposalState.WAITING:
            Batch.objects.system().filter(pk=row.pk, state=BatchState.PROPOSED.value).update(
                state=BatchState.DRAFT.value, proposal=None
            )


def _unreleased(caller: Caller, number: int) -> Batch:
    row = own_batch(caller, number)
    if row.state not in (BatchState.DRAFT.value, BatchState.PROPOSED.value):
        refuse("not_draft", _("This batch is released or discarded already."), status=409)
    return row


def _record(caller: Caller, row: Batch) -> None:
    view = batch_view(row)
    audit.record(
        caller,
        action="payout_batch.released",
        subject=f"payout_batch {row.pk}",
        before=None,
        after={
            "payouts": view.payouts,
            "total": {"micros": view.amount_micros, "currency": row.currency},
            "digest": view.digest,
        },
    )
