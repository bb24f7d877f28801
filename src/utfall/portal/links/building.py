"""Building links: one, many, and deep links to single pages; and changing and ending them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.events.limits import SUB_IDS
from utfall.portal.access import Caller, Kind, Permission, Problem, Refused, Slice, refuse
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit import facade as audit
from utfall.portal.links.contracts import DeepLink, Health, LinkDraft, LinkView
from utfall.portal.links.destinations import checked, hosts_of
from utfall.portal.links.keys import free_key, wanted_key
from utfall.portal.links.models import Domain, Link
from utfall.portal.links.sealed import sealed_link
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import site
from utfall.terms import Market, check_market


def link(caller: Caller, number: int) -> LinkView:
    """One link of the caller's."""
    caller.require(Permission.LOOK)
    return view_of(Link.objects.one(caller, pk=number))


def links(
    caller: Caller,
    *,
    program: int | None = None,
    publisher: int | None = None,
    search: str = "",
    broken: bool = False,
    ended: bool = False,
    after: int | None = None,
    count: int = USUAL,
) -> Slice[LinkView]:
    """The caller's links, newest first."""
    caller.require(Permission.LOOK)
    rows = Link.objects.of(caller).select_related("domain")
    for name, wanted in (("program", program), ("publisher", publisher)):
        rows = rows.filter(**{name: wanted}) if wanted is not None else rows
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(key=search) | Q(destination__icontains=search))
    if broken:
        rows = rows.filter(health__in=[one for one in Health if one.needs_a_look])
    over = Q(ends_at__isnull=False, ends_at__lte=timezone.now())
    rows = rows.filter(over) if ended else rows.exclude(over)
    return newest(rows, view_of, after=after, limit=count)


def create_link(caller: Caller, draft: LinkDraft) -> LinkView:
    """A new tracking link for a publisher that takes part in the program."""
    caller.require(Permission.MANAGE)
    publisher = caller.publisher(draft.publisher)
    program = programs.program(caller, draft.program)
    if not partners.is_enrolled(program.id, publisher):
        refuse("not_a_partner", _("Links can be made once the program has approved you."), "program")
    row = Link(
        program=program.id,
        advertiser=program.advertiser,
        publisher=publisher,
        destination=checked(draft.destination, program),
        hosts=list(hosts_of(program)),
        created_by=caller.actor,
        **_own(caller, draft),
    )
    with transaction.atomic():
        row.key = wanted_key(draft.key) if draft.key else free_key()
        _check(row)
        row.save()
        _record(caller, row, "link.created", None)
        sealing.touch()
    return view_of(row)


def create_links(caller: Caller, drafts: Sequence[LinkDraft]) -> list[LinkView | Refused]:
    """Many links at once, each on its own: what is refused keeps nothing else back."""
    made: list[LinkView | Refused] = []
    with transaction.atomic():
        for draft in drafts:
            try:
                with transaction.atomic():
                    made.append(create_link(caller, draft))
            except Refused as error:
                made.append(error)
    return made


def change_link(caller: Caller, number: int, draft: LinkDraft) -> LinkView:
    """Change a link's destination, name, parameters and sub-ids; its key and program stay what they are."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = _changeable(caller, number)
        before = _plain(row)
        program = programs.program(caller, row.program)
        row.destination, row.hosts = checked(draft.destination, program), list(hosts_of(program))
        for name, value in _own(caller, replace(draft, publisher=row.publisher)).items():
            setattr(row, name, value)
        row.health, row.health_note, row.checked_at = "", "", None
        _check(row)
        row.save()
        _record(caller, row, "link.changed", before)
        sealing.touch()
    return view_of(row)


def end_link(caller: Caller, number: int) -> LinkView:
    """End a link: visitors still reach the shop, nothing is credited. `revive_link` takes it back."""
    return _until(caller, number, "link.ended")


def revive_link(caller: Caller, number: int) -> LinkView:
    """Let an ended link count again."""
    return _until(caller, number, "link.revived")


def deep_link(caller: Caller, number: int, destination: str) -> DeepLink:
    """An address by an existing link to one page of the shop; Refused where the program does not allow it."""
    caller.require(Permission.LOOK)
    view = link(caller, number)
    page = checked(destination, programs.program(caller, view.program))
    joint = "&" if "?" in view.address else "?"
    return DeepLink(
        address=f"{view.address}{joint}url={quote(page, safe='')}", destination=page, link=view.id
    )


def view_of(row: Link) -> LinkView:
    """A row as others may know it."""
    return LinkView(
        id=row.pk,
        key=row.key,
        address=_address(row),
        program=row.program,
        advertiser=row.advertiser,
        publisher=row.publisher,
        name=row.name or row.key,
        destination=row.destination,
        property=row.property,
        domain=row.domain_id,
        parameter=row.parameter,
        template=tuple((name, value) for name, value in row.template),
        subs=tuple(row.subs),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        health=Health(row.health),
        health_note=row.health_note,
        checked_at=row.checked_at,
        created_at=row.created_at,
    )


def _address(row: Link) -> str:
    """What stands on the publisher's page: the link on its own domain, or on the installation's."""
    verified = row.domain is not None and row.domain.verified_at is not None
    base = f"https://{row.domain.host}" if verified and row.domain else site().public_url
    subs = urlencode([(f"sub{place}", value) for place, value in enumerate(row.subs, start=1) if value])
    return f"{base}/c/{row.key}" + (f"?{subs}" if subs else "")


def _own(caller: Caller, draft: LinkDraft) -> dict[str, Any]:
    """The columns that a draft sets both on a new link and on one that changes."""
    if len(draft.subs) > SUB_IDS or any(len(value) > 100 for value in draft.subs):
        refuse("subs_unfit", _("There are ten sub-ids of at most 100 characters each."), "subs")
    domain = Domain.objects.one(caller, pk=draft.domain) if draft.domain is not None else None
    if draft.property is not None:
        partners.own_property(caller, draft.property)
    return {
        "name": draft.name.strip()[:120],
        "property": draft.property,
        "domain": domain,
        "parameter": draft.parameter,
        "template": [list(pair) for pair in draft.template],
        "subs": list(draft.subs),
    }


def _check(row: Link) -> None:
    """Refuse what could not be sealed, in the words of the terms themselves."""
    row.pk, number = row.pk or 1, row.pk
    alone = check_market(Market(links=(sealed_link(row),)))
    found = [one for one in alone if not one.why.startswith(("unknown program", "unknown publisher"))]
    row.pk = number
    problems = [Problem("unsound_link", one.why, "template") for one in found]
    if problems:
        raise Refused(problems)


def _changeable(caller: Caller, number: int) -> Link:
    row = Link.objects.one(caller, pk=number)
    if caller.kind is not Kind.OPERATOR and row.publisher not in caller.publishers:
        refuse("not_your_link", _("Only the publisher whose link it is can change it."))
    return row


def _until(caller: Caller, number: int, action: str) -> LinkView:
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Link.objects.one(caller, pk=number)
        before = _plain(row)
        row.ends_at = timezone.now() if action == "link.ended" else None
        row.save(update_fields=["ends_at"])
        _record(caller, row, action, before)
        sealing.touch()
    return view_of(row)


def _record(caller: Caller, row: Link, action: str, before: dict[str, Any] | None) -> None:
    audit.record(
        caller,
        action=action,
        subject=f"link {row.pk}",
        before=before,
        after=_plain(row),
        advertiser=row.advertiser,
        publisher=row.publisher,
    )


def _plain(row: Link) -> dict[str, Any]:
    return {
        "key": row.key,
        "destination": row.destination,
        "parameter": row.parameter,
        "template": row.template,
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
    }
