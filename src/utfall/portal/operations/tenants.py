"""Tenants at a glance: who they are, what went through them, when anybody was here, their limits."""

from datetime import timedelta
from typing import Final

from django.core.cache import cache
from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission, Refused, Slice
from utfall.portal.operations.allowing import counts_of_own
from utfall.portal.operations.contracts import TenantView
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import OrganisationView
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query

DAYS: Final = 30
FRESH_SECONDS: Final = 60
AT_ONCE: Final = 50
Volume = dict[int, tuple[int | None, int | None]]
"""By an advertiser's or a publisher's number: clicks and orders."""


def tenants(
    caller: Caller,
    *,
    words: str = "",
    kind: Kind | None = None,
    state: str = "",
    after: int | None = None,
    limit: int = AT_ONCE,
) -> Slice[TenantView]:
    """Organisations with what they do, newest first."""
    caller.require(Permission.OPERATE)
    found = people.tenants(caller, words=words, kind=kind, state=state, after=after, limit=limit)
    seen = people.last_seen(caller, [one.id for one in found.items])
    own = counts_of_own(caller)
    volumes = {kind: volume(caller, kind) for kind in (Kind.ADVERTISER, Kind.PUBLISHER)}
    rows = [
        TenantView(
            id=one.id,
            kind=one.kind,
            number=one.number,
            name=one.name,
            slug=one.slug,
            state=one.state,
            members=one.members,
            clicks=_volume(volumes, one)[0],
            orders=_volume(volumes, one)[1],
            seen_at=seen.get(one.id),
            own_limits=own.get(one.id, 0),
            created_at=one.created_at,
        )
        for one in found.items
    ]
    return Slice(rows, found.following)


def volume(caller: Caller, kind: Kind) -> Volume | None:
    """Clicks and orders of the last 30 days by number; None where nothing was measured. A minute old."""
    key = f"operations-volume:{kind.value}"
    found: Volume | None = cache.get(key)
    if found is None:
        found = _asked(caller, kind.value)
        if found is not None:
            cache.set(key, found, FRESH_SECONDS)
    return found


def _asked(caller: Caller, side: str) -> Volume | None:
    today = timezone.localdate()
    wanted = Query(
        ("clicks", "conversions"),
        (side,),
        start=today - timedelta(days=DAYS - 1),
        end=today + timedelta(days=1),
    )
    try:
        rows = reports.ask(caller, wanted).rows
    except Refused:  # nothing was measured, or too much is asked at this moment: it is not known
        return None
    return {row[side]: (row["clicks"], row["conversions"]) for row in rows if row[side] is not None}


def _volume(volumes: dict[Kind, Volume | None], one: OrganisationView) -> tuple[int | None, int | None]:
    known = volumes.get(one.kind)
    return (None, None) if known is None else known.get(one.number, (0, 0))
