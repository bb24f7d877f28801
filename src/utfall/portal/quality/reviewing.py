"""The look at everything: clicks from the journal, orders from the book, the detectors, and what is kept.

Load, decide, commit: program after program, so that memory holds one at a time. Without a caller.
"""

import logging
import time
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from utfall.journal import JournalError
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.quality import comparing
from utfall.portal.quality.clicks import DAY_MS, Counts, count_clicks, near_clicks
from utfall.portal.quality.comparing import Tally
from utfall.portal.quality.episodes import episodes
from utfall.portal.quality.keeping import Ground, keep
from utfall.portal.quality.models import Look, Profile
from utfall.portal.quality.orders import ORDERS_MOST, Codes, Numbers, Seen, numbers_by_program, seen_orders
from utfall.science.quality import Clicked, Period, review
from utfall.science.quality.flooding import surges

logger = logging.getLogger(__name__)
LOOKED_BACK: Final = timedelta(days=180)
ADDRESSES: Final = "addresses"
OLDER: Final = "older"


def review_all(now_ms: int | None = None) -> int:
    """Look at every program that has orders or clicks; how many findings are new."""
    until = to_ms(timezone.now()) if now_ms is None else now_ms
    since = (until - round(LOOKED_BACK.total_seconds() * 1000)) // DAY_MS * DAY_MS
    try:
        counts = count_clicks(since, until)
    except JournalError:
        logger.exception("the journal cannot be read; nothing is reviewed")
        return 0
    numbers, owners = numbers_by_program(since, until)
    bursts = {program: surges(counts.alike(program)) for program in sorted(numbers)}
    near = near_clicks({program: _days(found) for program, found in bursts.items()}, since)
    codes = Codes()
    return sum(
        _review_one(_Program(program, owners[program], since, until), numbers, counts, near, codes)
        for program in sorted(numbers)
    )


class _Program:
    """The program of a look, and the span looked at."""

    def __init__(self, number: int, advertiser: int, since: int, until: int) -> None:
        self.number, self.advertiser = number, advertiser
        self.since, self.until = since, until
        self.begun = time.monotonic()


def _review_one(
    program: _Program,
    numbers: Numbers,
    counts: Counts,
    near: dict[int, list[Clicked]] | None,
    codes: Codes,
) -> int:
    mine = numbers.pop(program.number)
    seen = {one.ordered.id: one for one in seen_orders(program.number, mine, counts.addresses, codes)}
    clicks = _clicks(counts.alike(program.number), (near or {}).pop(program.number, []))
    orders = [one.ordered for one in seen.values()]
    findings = review(orders, clicks)
    times = {one.id: one.at for one in orders}
    used = {one.id: (one.code or "") for one in orders}
    found = episodes(findings, times, used, (one for one in clicks if one.id))
    tallies = comparing.tallies(seen.values(), counts.of_publishers(program.number))
    left_out = ADDRESSES if near is None else OLDER if len(mine) > ORDERS_MOST else ""
    with transaction.atomic():
        new = keep(_ground(program, seen), found)
        _compare(program, tallies, len(orders), left_out)
    return len(new)


def _ground(program: _Program, seen: dict[str, Seen]) -> Ground:
    return Ground(program.number, program.advertiser, from_ms(program.since), from_ms(program.until), seen)


def _days(found: Collection[Period]) -> frozenset[int]:
    """The UTC days of bursts."""
    return frozenset(
        day for one in found for day in range(one.since // DAY_MS, (one.until - 1) // DAY_MS + 1)
    )


def _clicks(alike: list[Clicked], near: list[Clicked]) -> list[Clicked]:
    """The clicks of days that were read closely in place of those that were only counted."""
    days = {one.at // DAY_MS for one in near}
    return [one for one in alike if one.at // DAY_MS not in days] + near


def _compare(program: _Program, tallies: dict[int, Tally], orders: int, left_out: str) -> None:
    """Keep how each publisher's traffic looked, with the quartiles of all."""
    quartiles = comparing.quartiles(tallies.values())
    for publisher, one in tallies.items():
        Profile.objects.system().update_or_create(
            program=program.number,
            publisher=publisher,
            defaults={
                "advertiser": program.advertiser,
                "clicks": one.clicks,
                "orders": one.orders,
                "approved": one.approved,
                "declined": one.declined,
                "median_seconds": one.median_seconds,
                "delays": one.delays,
                "others": quartiles,
                "at": from_ms(program.until),
            },
        )
    Profile.objects.system().filter(program=program.number).exclude(publisher__in=list(tallies)).delete()
    Look.objects.system().update_or_create(
        program=program.number,
        defaults={
            "advertiser": program.advertiser,
            "at": from_ms(program.until),
            "since": from_ms(program.since),
            "orders": orders,
            "clicks": sum(one.clicks for one in tallies.values()),
            "milliseconds": round((time.monotonic() - program.begun) * 1000),
            "left_out": left_out,
            "delays": comparing.together(tallies.values()),
            "quartiles": quartiles,
        },
    )
