"""Keeping what a look found. A finding that is seen again is the same one: nothing is told twice.

An episode is a finding's when publisher, detector and code are the same and less than a month lies between
them; a dismissed finding takes in what comes within 90 days of its dismissal. An order that is no longer
blamed is taken out unless somebody decided about it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Sum

from utfall.portal.access.times import from_ms
from utfall.portal.quality.contracts import Handling, State
from utfall.portal.quality.episodes import SILENT_MS, Episode, facts_of
from utfall.portal.quality.models import Blamed, Finding, Handled
from utfall.portal.quality.orders import Seen
from utfall.science.quality import Verdict

GAP: Final = timedelta(milliseconds=SILENT_MS)
QUIET: Final = timedelta(days=90)
AT_ONCE: Final = 500


class Ground(NamedTuple):
    """Of what program and advertiser a look was, from when on, when, and the orders it saw."""

    program: int
    advertiser: int
    since: datetime
    now: datetime
    seen: Mapping[str, Seen]


def keep(ground: Ground, found: Sequence[Episode]) -> list[int]:
    """Write what was found; the numbers of findings that are new."""
    with transaction.atomic():
        rows = {row.pk: row for row in Finding.objects.system().filter(program=ground.program)}
        new, parts = list[int](), dict[int, list[Episode]]()
        for one in sorted(found, key=lambda each: each.since):
            row = _same(rows.values(), one, ground.now)
            if row is None:
                row = _made(ground, one)
                rows[row.pk] = row
                new.append(row.pk)
            parts.setdefault(row.pk, []).append(one)
        for pk, some in parts.items():
            _blame(ground, rows[pk], _joined(some))
        for pk, row in rows.items():
            if pk not in parts:
                _no_longer(ground, row)
    return new


def _joined(some: Sequence[Episode]) -> Episode:
    """Episodes of one finding as one."""
    last = some[-1]
    chances = [one.chance for one in some if one.chance is not None]
    return Episode(
        key=last.key,
        since=min(one.since for one in some),
        until=max(one.until for one in some),
        orders=tuple(each for one in some for each in one.orders),
        clicks=sum(one.clicks for one in some),
        numbers=last.numbers,
        chance=min(chances, default=None),
    )


def _same(rows: Iterable[Finding], one: Episode, now: datetime) -> Finding | None:
    since, until = from_ms(one.since), from_ms(one.until)
    for row in rows:
        if (row.publisher, row.detector, row.code) != (one.key.publisher, one.key.detector, one.key.code):
            continue
        is_near = row.since - GAP <= until and since <= row.until + GAP
        is_quiet = row.state == State.DISMISSED and row.decided_at is not None
        if is_near or (is_quiet and row.decided_at is not None and since < row.decided_at + QUIET):
            return row
    return None


def _made(ground: Ground, one: Episode) -> Finding:
    return Finding.objects.system().create(
        advertiser=ground.advertiser,
        program=ground.program,
        publisher=one.key.publisher,
        detector=one.key.detector.value,
        code=one.key.code,
        since=from_ms(one.since),
        until=from_ms(one.until),
        found_at=ground.now,
    )


def _blame(ground: Ground, row: Finding, one: Episode) -> None:
    """Bring a finding and the orders that it blames up to date."""
    blamed = {int(each.subject): _blamed(ground, row, each) for each in one.orders}
    held = Blamed.objects.system().filter(finding=row)
    gone = [each for each in held if each.order not in blamed]
    Blamed.objects.system().bulk_create(
        blamed.values(),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["finding", "order"],
        update_fields=["owed_micros", "is_theirs", "facts", "honest"],
    )
    _forgive(ground, row, gone)
    row.since, row.until = min(row.since, from_ms(one.since)), max(row.until, from_ms(one.until))
    row.clicks, row.facts, row.chance, row.seen_at = one.clicks, one.numbers, one.chance, ground.now
    row.currency = next((ground.seen[each.subject].ordered.currency for each in one.orders), row.currency)
    if row.state == State.GONE:
        row.state = State.OPEN.value
    row.save()
    weigh(row)


def _blamed(ground: Ground, row: Finding, verdict: Verdict) -> Blamed:
    seen = ground.seen[verdict.subject]
    return Blamed(
        finding=row,
        order=seen.number,
        reference=seen.reference,
        placed_at=from_ms(seen.ordered.at),
        owed_micros=seen.ordered.owed_micros,
        is_theirs=seen.is_theirs,
        facts=facts_of(verdict),
        honest=verdict.honest,
    )


def _forgive(ground: Ground, row: Finding, rest: Sequence[Blamed]) -> None:
    """Take out what was looked at again and is no longer blamed, unless somebody decided about it."""
    again = [each for each in rest if each.placed_at >= ground.since]
    decided = set(Handled.objects.system().filter(finding=row).values_list("order", flat=True))
    gone = [each.pk for each in again if each.order not in decided]
    for start in range(0, len(gone), AT_ONCE):
        Blamed.objects.system().filter(pk__in=gone[start : start + AT_ONCE]).delete()


def _no_longer(ground: Ground, row: Finding) -> None:
    """A finding of which a look at the same days finds nothing any more."""
    if row.state != State.OPEN or row.until < ground.since:
        return
    _forgive(ground, row, list(Blamed.objects.system().filter(finding=row)))
    weigh(row)
    if not row.orders:
        row.state = State.GONE.value
        row.save(update_fields=["state"])


def weigh(row: Finding) -> None:
    """Count what a finding blames, and what of it is still to be paid and was not decided about."""
    blamed = Blamed.objects.system().filter(finding=row)
    settled = Handled.objects.system().filter(
        order__in=blamed.values("order"), state__in=[Handling.RELEASED.value, Handling.DECLINED.value]
    )
    open_ones = blamed.filter(is_theirs=True).exclude(order__in=settled.values("order"))
    row.orders = blamed.count()
    row.stake_micros = open_ones.aggregate(sum=Sum("owed_micros"))["sum"] or 0
    row.save(update_fields=["orders", "stake_micros"])
