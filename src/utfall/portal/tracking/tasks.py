"""Counting what the journal says of each advertiser's tracking, as it comes."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from utfall.journal import JournalError, streams
from utfall.portal.access.times import from_ms
from utfall.portal.site import site
from utfall.portal.tracking.heard import Key, Sum, summed
from utfall.portal.tracking.models import Followed, Heard
from utfall.portal.tracking.watching import SETTLEMENT, read_on
from utfall.portal.work.facade import every

AT_ONCE: Final = 50_000
KEPT: Final = timedelta(days=90)


def places() -> dict[str, int]:
    """How far every stream is counted."""
    return {row.stream: row.position for row in Followed.objects.system()}


@every(seconds=5)
def follow() -> None:
    """Count what came since the last time, at most so much of each stream."""
    journal = Path(site().journal_dir)
    known = places()
    for stream in streams(journal):
        if stream == SETTLEMENT:
            continue
        try:
            events, reached = read_on(journal, stream, known.get(stream), AT_ONCE)
        except JournalError:
            continue  # `utfall verify` says what is wrong with it, and settlement stops there as well
        if reached != known.get(stream):
            _keep(stream, reached, summed(events))


@every(minutes=60)
def forget() -> None:
    """Remove sums that nobody looks at any more."""
    Heard.objects.system().filter(day__lt=(timezone.now() - KEPT).date()).delete()


def _keep(stream: str, reached: int, sums: dict[Key, Sum]) -> None:
    """The sums and the place up to which they are, together."""
    with transaction.atomic():
        for key, one in sums.items():
            _add(key, one)
        Followed.objects.system().update_or_create(stream=stream, defaults={"position": reached})


def _add(key: Key, one: Sum) -> None:
    at = from_ms(one.last_ms)
    row, is_new = Heard.objects.system().get_or_create(**key._asdict(), defaults={"last_at": at})
    Heard.objects.system().filter(pk=row.pk).update(
        accepted=F("accepted") + one.accepted,
        refused=F("refused") + one.refused,
        tests=F("tests") + one.tests,
        with_click=F("with_click") + one.with_click,
        last_at=at if is_new else max(at, row.last_at),
        last_reason=one.last_reason or row.last_reason,
    )
