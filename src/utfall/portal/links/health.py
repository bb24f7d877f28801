"""Whether links still lead somewhere: their destinations are visited, gently, and what was found is kept."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.db.models import F, Q
from django.utils import timezone

from utfall.portal.access import Caller, Permission
from utfall.portal.links.building import view_of
from utfall.portal.links.contracts import Health, LinkView
from utfall.portal.links.destinations import is_within
from utfall.portal.links.models import Link
from utfall.portal.outside import Limits, Unreachable, fetch
from utfall.portal.site import site

VISIT: Final = Limits(max_bytes=256 << 10, timeout_s=8.0)
EVERY: Final = timedelta(days=1)
AT_ONCE: Final = 200
PROBE: Final = "health-check"
RESERVED: Final = ("example", "invalid", "example.com", "example.net", "example.org")


def check_link(caller: Caller, number: int) -> LinkView:
    """Visit a link's destination now."""
    caller.require(Permission.LOOK)
    row = Link.objects.one(caller, pk=number)
    _keep(row, *found_at(row))
    return view_of(row)


def check_due(now: datetime | None = None) -> int:
    """Visit the destinations of living links that were not visited for a day; each address once."""
    moment = now or timezone.now()
    due = Link.objects.system().filter(Q(checked_at__isnull=True) | Q(checked_at__lt=moment - EVERY))
    due = due.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment))
    rows = list(due.order_by(F("checked_at").asc(nulls_first=True), "pk")[:AT_ONCE])
    seen: dict[tuple[str, str], tuple[Health, str]] = {}
    for row in rows:
        key = (row.destination, row.parameter)
        seen[key] = found = seen.get(key) or found_at(row)
        _keep(row, *found)
    return len(rows)


def found_at(row: Link) -> tuple[Health, str]:
    """What a visitor of a link's destination finds, and a few words of detail: an address or a status."""
    if is_reserved(urlsplit(row.destination).hostname or ""):
        return Health.RESERVED, ""
    try:
        fetched = fetch(_landing(row), VISIT, reachable=site().reachable)
    except Unreachable as error:
        return Health.UNREACHABLE, error.code
    if fetched.status in (404, 410):
        return Health.NOT_FOUND, str(fetched.status)
    if fetched.status >= 400:
        return Health.FAILING, str(fetched.status)
    place = urlsplit(fetched.url)
    if not is_within((place.hostname or "").lower(), [urlsplit(row.destination).hostname or "", *row.hosts]):
        return Health.REDIRECTS_AWAY, fetched.url[:300]
    if (row.parameter, PROBE) not in parse_qsl(place.query):
        return Health.PARAMETER_LOST, fetched.url[:300]
    return Health.GOOD, ""


def is_reserved(host: str) -> bool:
    """Whether a name is set aside for examples (RFC 2606 and 6761), so that no page can ever be there.

    >>> is_reserved("nordlys.example"), is_reserved("example.com"), is_reserved("sample.com")
    (True, True, False)
    """
    return is_within(host.lower().rstrip("."), RESERVED)


def _landing(row: Link) -> str:
    """The destination as a visitor reaches it, with a click token's place taken by a word."""
    parts = urlsplit(row.destination)
    query = "&".join(filter(None, (parts.query, urlencode({row.parameter: PROBE}))))
    return urlunsplit(parts._replace(query=query, fragment=""))


def _keep(row: Link, health: Health, note: str) -> None:
    row.health, row.health_note, row.checked_at = health.value, note, timezone.now()
    row.save(update_fields=["health", "health_note", "checked_at"])
