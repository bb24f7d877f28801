"""What publishers met in programs so far: how fast they were answered, how many got in, earnings a click.

    experiences([program, ...])  ->  by program

Decisions are those of the last year that a person took; what decides by itself is no measure of patience.
A rate is told from five decisions on, a median too, and earnings from a hundred clicks in thirty days on:
below that they would tell of single publishers, or of chance. Formulas: docs/guides/partners.md.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from statistics import median_low
from typing import Final, NamedTuple

from django.core.cache import cache
from django.utils import timezone

from utfall.portal.partners.contracts import Acceptance, Experience, State
from utfall.portal.partners.models import Application
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query

LEAST_DECISIONS: Final = 5
LEAST_CLICKS: Final = 100
SPAN: Final = timedelta(days=365)
EPC_SPAN: Final = timedelta(days=30)
FRESH_SECONDS: Final = 300
PPM: Final = 1_000_000


class Decision(NamedTuple):
    """One decision: how long it took, whether it was a yes, and about which ways to promote."""

    seconds: int
    is_yes: bool
    types: tuple[str, ...]


class Traffic(NamedTuple):
    """Clicks of thirty days and the commission that came of them."""

    clicks: int
    commission_micros: int


def experiences(programs: Iterable[ProgramView]) -> dict[int, Experience]:
    """What publishers met in each of these programs, by number."""
    listed = list(programs)
    decided = _decisions([one.id for one in listed])
    traffic = _traffic(listed)
    return {one.id: experience(decided[one.id], traffic.get(one.id, Traffic(0, 0))) for one in listed}


def experience(decisions: list[Decision], traffic: Traffic) -> Experience:
    """What decisions and traffic tell.

    >>> experience([Decision(60, True, ("content",))] * 5, Traffic(200, 90_000_000)).epc_micros
    450000
    """
    by_type: dict[str, list[Decision]] = {}
    for one in decisions:
        for promotion_type in one.types:
            by_type.setdefault(promotion_type, []).append(one)
    enough = len(decisions) >= LEAST_DECISIONS
    return Experience(
        decision_seconds=median_low(one.seconds for one in decisions) if enough else None,
        decided=len(decisions),
        acceptance_ppm=_share(decisions),
        by_type=tuple(
            Acceptance(promotion_type=name, decided=len(found), share_ppm=_share(found))
            for name, found in sorted(by_type.items())
        ),
        clicks=traffic.clicks,
        epc_micros=traffic.commission_micros // traffic.clicks if traffic.clicks >= LEAST_CLICKS else None,
    )


def _share(decisions: list[Decision]) -> int | None:
    if len(decisions) < LEAST_DECISIONS:
        return None
    return sum(one.is_yes for one in decisions) * PPM // len(decisions)


def _decisions(programs: list[int]) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {number: [] for number in programs}
    rows = Application.objects.system().filter(
        partnership__program__in=programs,
        decided_at__gt=timezone.now() - SPAN,
        verdict__in=[State.APPROVED.value, State.REJECTED.value],
    )
    columns = ("partnership__program", "submitted_at", "decided_at", "verdict", "promotion_types")
    for program, asked, decided, verdict, types in rows.exclude(decided_by="system").values_list(*columns):
        seconds = int((decided - asked).total_seconds())
        found[program].append(Decision(seconds, verdict == State.APPROVED.value, tuple(types)))
    return found


def _traffic(programs: list[ProgramView]) -> Mapping[int, Traffic]:
    """Clicks and commission of each program, kept for some minutes: one question to the lake for all."""
    keys = {one.id: f"program-traffic:{one.id}" for one in programs}
    kept = cache.get_many(keys.values())
    asked = [one for one in programs if keys[one.id] not in kept]
    fresh = _asked(asked) if asked else {}
    told = {one.id: fresh.get(one.id, Traffic(0, 0)) for one in asked}
    cache.set_many({keys[number]: traffic for number, traffic in told.items()}, FRESH_SECONDS)
    return told | {number: kept[key] for number, key in keys.items() if key in kept}


def _asked(programs: list[ProgramView]) -> dict[int, Traffic]:
    currencies = {one.id: one.currency for one in programs}
    today = timezone.now().date()
    query = Query(
        ("clicks", "commission_pending", "commission_approved"),
        ("program", "currency"),
        where={"program": tuple(currencies)},
        start=today - EPC_SPAN,
        end=today + timedelta(days=1),
    )
    rows = reports.rows_within(query, advertisers=frozenset(one.advertiser for one in programs)) or ()
    found: dict[int, Traffic] = {}
    for row in rows:
        clicks, earned = found.get(row["program"], Traffic(0, 0))
        # Clicks have no currency of their own; commission in any other than the program's does not occur.
        own = row["currency"] in (None, "", currencies[row["program"]])
        more = sum(row[f"commission_{name}"] or 0 for name in ("pending", "approved")) if own else 0
        found[row["program"]] = Traffic(clicks + (row["clicks"] or 0), earned + more)
    return found
