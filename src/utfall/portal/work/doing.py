"""Doing one piece of work: load it, call its kind, commit what came of it."""

import logging
from typing import Any, Final

import msgspec
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from utfall.portal.access import Caller, Forbidden, NotFound, Refused
from utfall.portal.access.errors import Words
from utfall.portal.people.facade import caller_of_slug
from utfall.portal.work.contracts import Cancelled
from utfall.portal.work.kinds import doer_of
from utfall.portal.work.models import Work

logger = logging.getLogger(__name__)

TRIES: Final = 3
"""How often work is started again after the process that did it died."""


class Progress:
    """The report of one piece of work. It writes at most every hundredth of the way."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._written = -1

    @property
    def caller(self) -> Caller:
        """Who asked."""
        return caller_of(self._work)

    def __call__(self, done: int, total: int, said: Words = "") -> None:
        """Tell how far it is; raises Cancelled where whoever asked has changed their mind."""
        part = done * 100 // total if total else 0
        if part == self._written and str(said) == self._work.said:
            return
        self._written, self._work.said = part, str(said)[:300]
        running = Work.objects.system().filter(pk=self._work.pk, state=Work.State.RUNNING)
        if not running.update(done=done, total=total, said=self._work.said):
            raise Cancelled


@task()
def perform(number: int) -> None:
    """Do one piece of work, whatever its kind; called by the worker."""
    work = _begin(number)
    if work is None:
        return
    with translation.override(work.language or "en"):
        try:
            result = doer_of(work.kind)(work.payload, Progress(work))
        except Cancelled:
            return
        except (Refused, Forbidden, NotFound) as error:
            _fail(work, *_reason(error))
        except Exception:
            logger.exception("work %s (%s) failed", work.pk, work.kind)
            _fail(work, "failed", _("Something went wrong on our side. It has been logged."))
            raise
        else:
            _end(work, result)


def caller_of(work: Work) -> Caller:
    """The caller who asked: a person with what they may do by now, a key with what it could do then."""
    asked = msgspec.convert(work.caller, Caller)
    if asked.user is None:
        return asked
    try:
        found = caller_of_slug(asked.user, asked.slug)
    except ObjectDoesNotExist:
        found = None
    if found is None:
        raise NotFound
    return found


def _begin(number: int) -> Work | None:
    with transaction.atomic():
        work = Work.objects.system().filter(pk=number, state=Work.State.WAITING).first()
        if work is None:
            return None
        work.state, work.started_at = Work.State.RUNNING, timezone.now()
        work.attempts += 1
        work.save(update_fields=["state", "started_at", "attempts"])
        return work


def _end(work: Work, result: Any) -> None:
    _settle(work, state=Work.State.DONE, result=result, said="")


def _fail(work: Work, code: str, sentence: str) -> None:
    _settle(work, state=Work.State.FAILED, error_code=code, error=sentence[:600])


def _settle(work: Work, **columns: Any) -> None:
    """Only while it runs: what was cancelled in the meantime stays cancelled."""
    running = Work.objects.system().filter(pk=work.pk, state=Work.State.RUNNING)
    running.update(ended_at=timezone.now(), **columns)


def _reason(error: Exception) -> tuple[str, str]:
    match error:
        case Refused(problems=problems):
            return problems[0].code, " ".join(str(problem.sentence) for problem in problems)
        case Forbidden():
            return "forbidden", _("Whoever asked for this may not do it any more.")
    return "not_found", _("What this was about does not exist any more.")
