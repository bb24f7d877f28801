"""Tracking domains: hosts of people's own that lead to the edge, used in links once that was seen."""

import re
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.links.contracts import DomainView
from utfall.portal.links.models import Domain
from utfall.portal.outside import Limits, Unreachable, fetch
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import site

_HOST: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
CHECK: Final = Limits(max_bytes=4096, timeout_s=8.0, redirects=0)
MOST: Final = 50


def domains(caller: Caller) -> list[DomainView]:
    """The caller's tracking domains."""
    caller.require(Permission.LOOK)
    return [view_of(row) for row in Domain.objects.of(caller).order_by("host")]


def add_domain(caller: Caller, host: str) -> DomainView:
    """Add a host; it has to be pointed at the edge, and checked, before links use it."""
    caller.require(Permission.TRACK)
    name = host.strip().lower().rstrip(".")
    if not _HOST.fullmatch(name):
        refuse("host_unfit", _("Write a host name, such as go.shop.example."), "host")
    with transaction.atomic():
        if Domain.objects.system().filter(host=name).exists():
            refuse("host_taken", _("This host is in use already."), "host")
        if Domain.objects.of(caller).count() >= MOST:
            refuse("too_many_domains", _("There are at most %(most)s domains.") % {"most": MOST}, "host")
        row = Domain.objects.system().create(host=name, **_owner(caller))
        _record(caller, row, "domain.added")
    return view_of(row)


def check_domain(caller: Caller, number: int) -> DomainView:
    """Look whether the host leads to this installation's edge, and remember what was found."""
    caller.require(Permission.TRACK)
    row = Domain.objects.one(caller, pk=number)
    was_verified = row.verified_at is not None
    row.checked_at, row.problem = timezone.now(), problem_with(row.host)
    row.verified_at = None if row.problem else row.verified_at or row.checked_at
    with transaction.atomic():
        row.save()
        if was_verified != (row.verified_at is not None):
            _record(caller, row, "domain.verified" if row.verified_at else "domain.lost")
    return view_of(row)


def remove_domain(caller: Caller, number: int) -> None:
    """Remove a host; its links go on under the installation's own address."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = Domain.objects.one(caller, pk=number)
        _record(caller, row, "domain.removed")
        row.delete()


def problem_with(host: str) -> str:
    """Why a host is not this installation's edge: unresolved, refused, …, or `another`; empty when it is."""
    scheme = urlsplit(site().public_url).scheme
    try:
        found = fetch(f"{scheme}://{host}/readyz", CHECK, reachable=site().reachable)
    except Unreachable as error:
        return error.code
    snapshot = sealing.state().snapshot
    return "" if found.status == 200 and snapshot and snapshot.encode() in found.body else "another"


def view_of(row: Domain) -> DomainView:
    """A row as others may know it."""
    return DomainView(
        id=row.pk,
        host=row.host,
        target=urlsplit(site().public_url).hostname or "",
        verified_at=row.verified_at,
        checked_at=row.checked_at,
        problem=row.problem,
    )


def _owner(caller: Caller) -> dict[str, int]:
    if caller.kind is Kind.PUBLISHER:
        return {"publisher": caller.publisher()}
    return {"advertiser": caller.advertiser()}


def _record(caller: Caller, row: Domain, action: str) -> None:
    audit.record(
        caller,
        action=action,
        subject=f"domain {row.pk}",
        before=None,
        after={"host": row.host},
        advertiser=row.advertiser,
        publisher=row.publisher,
    )
