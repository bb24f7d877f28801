"""Health: every process and queue with a word, what that means, and how to mend it; and its last hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.access.errors import Words
from utfall.portal.look.formats import size
from utfall.portal.operations import measuring
from utfall.portal.operations.contracts import FactView, HealthView, QueueView, Standing
from utfall.portal.operations.measuring import Measured
from utfall.portal.operations.models import Sample
from utfall.portal.operations.processes import processes

HOUR: Final = timedelta(hours=1)
MINUTES: Final = 60
SPACE_WATCH_BYTES: Final = 5 << 30
SPACE_BAD_BYTES: Final = 500 << 20
"""As `utfall doctor` judges room on the disk."""


class Queue(NamedTuple):
    """A queue: what it is called, how old its oldest may become, who empties it, and where it is seen."""

    words: Words
    watch: timedelta
    bad: timedelta
    mend: Words
    failed: Words = ""
    page: str = ""


QUEUES: Final[dict[str, Queue]] = {
    "journal": Queue(
        _("Events not settled yet"),
        timedelta(seconds=15),
        timedelta(minutes=3),
        _("The process settle is down or too slow. Read its log; it goes on where it stopped."),
    ),
    "outbox": Queue(
        _("Batches not in the lake yet"),
        timedelta(seconds=30),
        timedelta(minutes=5),
        _("The process ship is down or too slow. Reports stand still until it is back."),
    ),
    "orders": Queue(
        _("Receipts not in the list of orders yet"),
        timedelta(seconds=15),
        timedelta(minutes=3),
        _("The process follow is down or too slow. The list goes on where it stopped."),
    ),
    "seal": Queue(
        _("Changes not in force yet"),
        timedelta(seconds=15),
        timedelta(minutes=2),
        _("The process seal is down, or what was agreed cannot be sealed: the terms before stay in force."),
        _("What was agreed cannot be sealed"),
        "audit:index",
    ),
    "changes": Queue(
        _("Changes not offered to webhooks yet"),
        timedelta(seconds=30),
        timedelta(minutes=5),
        _("The process deliver is down or too slow. Nothing is lost: it follows the feed from where it was."),
    ),
    "deliveries": Queue(
        _("Webhooks and postbacks to send"),
        timedelta(minutes=10),
        timedelta(hours=6),
        _("Receivers that do not answer are tried for days. Given up deliveries can be sent again."),
        _("Given up in the last day"),
        "webhooks:index",
    ),
    "tasks": Queue(
        _("Tasks to begin"),
        timedelta(minutes=1),
        timedelta(minutes=15),
        _("The process work is down, or a long task is before them. Failed tasks say why."),
        _("Failed in the last day"),
        "work:index",
    ),
    "letters": Queue(
        _("Letters to send"),
        timedelta(minutes=10),
        timedelta(hours=2),
        _("The mail server does not take them: look at the error of one, and at mail_url."),
        _("Given up in the last day"),
        "post:index",
    ),
    "feeds": Queue(
        _("Product feeds being read"),
        timedelta(hours=1),
        timedelta(hours=6),
        _("The advertiser's file could not be read; the products before stay. Its page says why."),
        _("Feeds whose last file failed"),
        "feeds:index",
    ),
}


def health(caller: Caller) -> HealthView:
    """How the installation is now."""
    caller.require(Permission.OPERATE)
    now, found = timezone.now(), measuring.measure(caller)
    hours = last_hour(caller, now)
    queues = [_queue(caller, name, found.get(name), hours.get(name, ()), now) for name in QUEUES]
    lives = processes(measuring.progress_of(found))
    facts = [_disk(), _duties(found.get("duties")), _backups()]
    worst = _worst([*(one.standing for one in queues), *(one.standing for one in lives), facts[0].standing])
    return HealthView(at=now, standing=worst, processes=lives, queues=queues, facts=facts)


def troubles(caller: Caller) -> int:
    """How many queues want to be looked at: for the navigation, cheaply."""
    newest = Sample.objects.of(caller).order_by("-at").first()
    return 0 if newest is None else int(newest.waiting.get("troubles", 0))


def sample(caller: Caller) -> None:
    """Keep how much waits now, and forget what is older than an hour."""
    now, found = timezone.now(), measuring.measure(caller)
    judged = [judge(QUEUES[name], found.get(name), now)[0] for name in QUEUES]
    kept = {name: found[name].waiting for name in QUEUES if name in found}
    kept["troubles"] = sum(one in (Standing.WATCH, Standing.BAD) for one in judged)
    Sample.objects.system().create(at=now, waiting=kept)
    Sample.objects.system().filter(at__lt=now - HOUR).delete()


def last_hour(caller: Caller, now: datetime) -> dict[str, list[int | None]]:
    """How much waited in each queue, minute by minute, the oldest first; None where nobody looked."""
    hours: dict[str, list[int | None]] = {name: [None] * MINUTES for name in QUEUES}
    for row in Sample.objects.of(caller).filter(at__gte=now - HOUR).order_by("at"):
        minute = MINUTES - 1 - int((now - row.at).total_seconds() // 60)
        for name, waiting in row.waiting.items():
            if name in hours and 0 <= minute < MINUTES:
                hours[name][minute] = waiting
    return hours


def judge(queue: Queue, found: Measured | None, now: datetime) -> tuple[Standing, Words]:
    """A word for a queue: by the age of its oldest, by what failed, by what is known."""
    if found is None or found.waiting is None:
        return Standing.UNKNOWN, _("Unknown: nothing was ever written there, or it could not be read")
    if found.problem:
        return Standing.BAD, found.problem.splitlines()[0]
    age = None if found.oldest_at is None else now - found.oldest_at
    if age is not None and age > queue.bad:
        return Standing.BAD, _("The oldest has waited for far too long")
    if age is not None and age > queue.watch:
        return Standing.WATCH, _("The oldest has waited for longer than usual")
    if found.failed:
        return Standing.WATCH, queue.failed
    return Standing.WELL, _("Nothing waits") if not found.waiting else _("Moves")


def _queue(
    caller: Caller, name: str, found: Measured | None, hour: Sequence[int | None], now: datetime
) -> QueueView:
    queue = QUEUES[name]
    standing, says = judge(queue, found, now)
    known = found or Measured()
    return QueueView(
        name=name,
        words=str(queue.words),
        waiting=known.waiting,
        oldest_at=known.oldest_at,
        failed=known.failed,
        standing=standing,
        says=str(says),
        mend="" if standing is Standing.WELL else str(queue.mend),
        url=reverse(queue.page, kwargs={"org": caller.slug}) if queue.page else "",
        hour=hour,
    )


def _disk() -> FactView:
    free = measuring.free_bytes()
    mend: Words = ""
    standing, says = Standing.WELL, _("There is room")
    if free is None:
        standing, says = Standing.UNKNOWN, _("The disk could not be asked")
    elif free < SPACE_WATCH_BYTES:
        standing = Standing.BAD if free < SPACE_BAD_BYTES else Standing.WATCH
        says = _("The disk is filling up")
        mend = _("Make room: when it is full, the edge refuses events until there is some.")
    value = "–" if free is None else size(free)
    return FactView(
        name="disk",
        words=gettext("Free on the disk"),
        value=value,
        standing=standing,
        says=str(says),
        mend=str(mend),
    )


def _duties(found: Measured | None) -> FactView:
    failed = None if found is None or found.progress_at is None else found.failed
    mend: Words = ""
    standing, says = Standing.WELL, _("Each went well when it was seen to last")
    if failed is None:
        standing, says = Standing.UNKNOWN, _("None was ever seen to")
        mend = _("The process work sees to them; start it.")
    elif failed:
        standing, says = Standing.WATCH, _("Some failed when they were seen to last")
        mend = _("The log of the process work says which and why.")
    return FactView(
        name="duties",
        words=gettext("Periodic duties that failed"),
        value="–" if failed is None else str(failed),
        standing=standing,
        says=str(says),
        mend=str(mend),
    )


def _backups() -> FactView:
    return FactView(
        name="backups",
        words=gettext("Last backup"),
        value="–",
        standing=Standing.UNKNOWN,
        says=gettext("Unknown: backups are made outside of Utfall, which is told nothing of them"),
        mend=gettext("The guide to operating says what to copy, in which order, and how to try a restore."),
    )


def _worst(found: Sequence[Standing]) -> Standing:
    for standing in (Standing.BAD, Standing.WATCH, Standing.WELL):
        if standing in found:
            return standing
    return Standing.UNKNOWN
