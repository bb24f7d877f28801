"""One step at a time: the next piece of work, the letters and duties that are due, what was left."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from utfall.portal.post.facade import send_due
from utfall.portal.work.doing import TRIES
from utfall.portal.work.kinds import See, duties
from utfall.portal.work.models import Duty, Work

logger = logging.getLogger(__name__)
KEPT_FOR: Final = timedelta(days=30)
BACKEND: Final = "default"


def do_next() -> bool:
    """Do the next piece of work; whether there was one."""
    ready = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    if not ready.exists():
        return False
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=1,
        worker_id="utfall work",
        excluded_queue_names=[],
    )
    worker.run()
    return True


def begin_again() -> int:
    """Put back what a process that died left half done, or give it up after the third; how much that was."""
    left = list(DBTaskResult.objects.running())
    for ticket in left:
        with transaction.atomic():
            _put_back(ticket)
    return len(left)


def _put_back(ticket: DBTaskResult[..., None]) -> None:
    work = Work.objects.system().filter(ticket=str(ticket.pk), state=Work.State.RUNNING).first()
    if work is not None and work.attempts >= TRIES:
        with translation.override(work.language or "en"):
            work.error = _("The process that did this died several times. It has been given up.")
        work.state, work.error_code, work.ended_at = Work.State.FAILED, "worker_died", timezone.now()
        work.save()
        ticket.status, ticket.finished_at = TaskResultStatus.FAILED, work.ended_at
    else:
        Work.objects.system().filter(ticket=str(ticket.pk), state=Work.State.RUNNING).update(
            state=Work.State.WAITING, done=0, said=""
        )
        ticket.status, ticket.started_at = TaskResultStatus.READY, None
    ticket.save()
    logger.warning("a process died over task %s; it is now %s", ticket.pk, ticket.status)


def see_to_duties() -> bool:
    """Send the letters that are due and see to the duties that are; whether there may be more at once."""
    sent = send_due()
    now = timezone.now()
    ran = {duty.name: duty.ran_at for duty in Duty.objects.system().all()}
    for duty in duties():
        if _is_due(ran.get(duty.name), duty.every, now):
            _see_to(duty.name, duty.see, now)
    return sent > 0


def _is_due(ran_at: datetime | None, every: timedelta, now: datetime) -> bool:
    return ran_at is None or ran_at + every <= now or ran_at > now


def _see_to(name: str, see: See, now: datetime) -> None:
    error = ""
    try:
        see()
    except Exception as failure:
        # One duty that fails must not keep the others from being seen to.
        logger.exception("the duty %s failed", name)
        error = f"{type(failure).__name__}"[:300]
    Duty.objects.system().update_or_create(name=name, defaults={"ran_at": now, "error": error})
