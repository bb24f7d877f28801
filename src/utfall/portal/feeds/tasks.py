"""What the `work` process does for feeds: it reads them when asked, and fetches those that are due."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from utfall.portal.access import Caller, Kind, Refused, Role
from utfall.portal.access.roles import grants_of
from utfall.portal.feeds.delivering import deliver
from utfall.portal.feeds.models import Feed
from utfall.portal.feeds.receiving import DELIVER
from utfall.portal.people import facade as people
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Report

AT_ONCE: Final = 20
"""Feeds that are begun in one round; the others wait for the next."""


@work.kind(DELIVER)
def read_feed(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Read a program's feed."""
    return deliver(report.caller, int(payload["program"]), report, fetch=bool(payload["fetch"]))


@work.every(minutes=5)
def fetch_due() -> None:
    """Begin to fetch every feed whose time has come."""
    now = timezone.now()
    for feed in Feed.objects.system().filter(next_at__lte=now).order_by("next_at")[:AT_ONCE]:
        feed.next_at = now + timedelta(hours=max(1, feed.every_hours))
        if not people.is_live(Kind.ADVERTISER, feed.advertiser):
            feed.save(update_fields=["next_at"])
            continue
        try:
            feed.work = work.start(_clock(feed), DELIVER, {"program": feed.program, "fetch": True})
        except Refused:
            continue  # too much is under way; the next round tries again
        feed.save(update_fields=["next_at", "work"])


def _clock(feed: Feed) -> Caller:
    """Who asks when nobody does: the schedule, with the reach of the feed's own advertiser and no further."""
    party = people.party(Kind.ADVERTISER, feed.advertiser)
    return Caller(
        organisation=feed.organisation,
        slug=party.slug,
        name=party.name,
        kind=Kind.ADVERTISER,
        number=feed.advertiser,
        role=Role.MANAGER,
        user=None,
        actor="schedule",
        grants=grants_of(Kind.ADVERTISER, Role.MANAGER),
        advertisers=frozenset({feed.advertiser}),
    )
