"""Asking for work, looking how far it is, and no longer wanting it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Slice, refuse
from utfall.portal.access.allowances import Allowed, allowed
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.work.contracts import State, Task
from utfall.portal.work.doing import perform
from utfall.portal.work.kinds import doer_of, needs_of
from utfall.portal.work.models import Work


def start(caller: Caller, kind: str, payload: Mapping[str, Any]) -> int:
    """Ask for work; its number. It begins after the transaction has been committed."""
    doer_of(kind)
    with transaction.atomic():
        if _open_work(caller) >= allowed(caller.organisation, Allowed.TASKS):
            refuse(
                "too_much_work",
                _("Too much is under way already. Wait until some of it is done."),
                status=409,
            )
        work = Work.objects.system().create(
            kind=kind,
            payload=msgspec.to_builtins(dict(payload)),
            language=translation.get_language() or "en",
            actor=caller.actor,
            caller=msgspec.to_builtins(caller),
            organisation=caller.organisation,
        )
        work.ticket = str(perform.enqueue(work.pk).id)
        work.save(update_fields=["ticket"])
    return work.pk


def task(caller: Caller, number: int) -> Task:
    """One piece of work, or NotFound."""
    caller.require(Permission.LOOK)
    return _task(Work.objects.one(caller, pk=number))


def tasks(
    caller: Caller,
    *,
    kind: str = "",
    state: State | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[Task]:
    """The organisation's work, newest first."""
    caller.require(Permission.LOOK)
    rows = Work.objects.of(caller)
    wanted: dict[str, Any] = {"kind": kind, "state": state.value if state else ""}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return newest(rows, _task, after=after or None, limit=limit)


def cancel(caller: Caller, number: int) -> Task:
    """No longer want a piece of work: whoever may start its kind may. What runs stops at its next report."""
    row = Work.objects.one(caller, pk=number)
    if not caller.may(Permission.MANAGE):
        caller.require(needs_of(row.kind))
    still = Work.objects.of(caller).filter(pk=number, state__in=[Work.State.WAITING, Work.State.RUNNING])
    if not still.update(state=Work.State.CANCELLED, ended_at=timezone.now()):
        refuse("ended", _("This has ended already."), status=409)
    return task(caller, number)


def _open_work(caller: Caller) -> int:
    rows = Work.objects.system().filter(organisation=caller.organisation)
    return rows.filter(state__in=[Work.State.WAITING, Work.State.RUNNING]).count()


def _task(row: Work) -> Task:
    return Task(
        id=row.pk,
        kind=row.kind,
        needs=needs_of(row.kind),
        state=State(row.state),
        done=row.done,
        total=row.total,
        said=row.said,
        result=row.result,
        error_code=row.error_code,
        error=row.error,
        actor=row.actor,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )
