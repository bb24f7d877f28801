"""An advertiser's tracking as it is set up: ids, addresses, secrets, and a checklist of what was heard."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone

from utfall.portal.access import Caller, Permission
from utfall.portal.links import facade as links
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import OrganisationView
from utfall.portal.site import site
from utfall.portal.tracking import tasks
from utfall.portal.tracking.checking import checks_of, light_of, silent_since
from utfall.portal.tracking.contracts import MethodHeard, Setup
from utfall.portal.tracking.heard import DAYS, methods_of, summed
from utfall.portal.tracking.models import Heard
from utfall.portal.tracking.watching import look

FRESH: Final = 5_000
"""Events that may wait to be counted and are still looked at for a page."""


def setup(caller: Caller, advertiser: int | None = None) -> Setup:
    """An advertiser's tracking: what is set up, and what was heard of it in the last days."""
    caller.require(Permission.LOOK)
    owner = people.tracking_of(caller, advertiser)
    methods = heard(caller, owner.number)
    domains = own_domains(caller, owner.number)
    keys = _event_keys(caller)
    checks = tuple(checks_of(owner, methods, domains, keys))
    return Setup(
        advertiser=owner.number,
        name=owner.name,
        edge=edge_of(domains),
        own_domains=domains,
        accepts_pixel=owner.accepts_pixel,
        has_postback_secret=owner.has_postback_secret,
        event_keys=keys,
        methods=methods,
        checks=checks,
        days=DAYS,
        light=light_of(checks),
        silent_since=silent_since(methods),
    )


def heard(caller: Caller, advertiser: int, program: int | None = None) -> tuple[MethodHeard, ...]:
    """What was heard of an advertiser by every method, counted and since; with `program` only what names that
    program, or none."""
    caller.require(Permission.LOOK)
    now = timezone.now()
    rows = Heard.objects.of(caller).filter(advertiser=advertiser, day__gt=(now - timedelta(days=DAYS)).date())
    since = look(Path(site().journal_dir), tasks.places(), FRESH)
    return methods_of(rows, summed(since.events), advertiser, now, program)


def own_domains(caller: Caller, advertiser: int) -> tuple[str, ...]:
    """The advertiser's own tracking domains that were seen to lead to the edge."""
    found = links.domains(caller) if caller.advertisers == frozenset({advertiser}) else []
    return tuple(one.host for one in found if one.verified_at is not None)


def edge_of(domains: tuple[str, ...]) -> str:
    """Where the tag and the calls go: an own domain, which keeps cookies first-party, or the edge's own."""
    scheme = site().public_url.partition("://")[0]
    return f"{scheme}://{domains[0]}" if domains else site().public_url.rstrip("/")


def _event_keys(caller: Caller) -> int | None:
    """How many keys can send events; None where it is not the caller's to know."""
    if not caller.may(Permission.TRACK) or not caller.number:
        return None
    now = timezone.now()
    return sum(
        Permission.EVENTS in key.scopes
        and key.revoked_at is None
        and (key.expires_at is None or key.expires_at > now)
        for key in people.keys(caller)
    )


def renew_postback_secret(caller: Caller, advertiser: int | None = None) -> str:
    """A new secret for postbacks, told this once; the one before is void within seconds."""
    return people.renew_postback_secret(caller, advertiser)


def accept_pixel(caller: Caller, accepts: bool, advertiser: int | None = None) -> OrganisationView:
    """Whether browsers may tell of orders."""
    people.accept_pixel(caller, accepts, advertiser)
    return people.tracking_of(caller, advertiser)
