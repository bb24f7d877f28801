"""Alerts as people read them: the list, the bell, one of them, and saying that one is on it."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, Slice, refuse
from utfall.portal.access import Kind as Party
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.alerts.contracts import AlertView, Kind, Picture
from utfall.portal.alerts.models import Alert
from utfall.portal.alerts.places import place_of
from utfall.portal.alerts.preferences import mark_seen, preferences, seen
from utfall.portal.alerts.rules import OF_TERMS, programs_of
from utfall.portal.alerts.words import KINDS, sentence
from utfall.portal.audit.facade import record
from utfall.portal.people import facade as people

BELL_SHOWS = 8


def alerts(
    caller: Caller,
    *,
    state: str = "",
    program: int | None = None,
    rule: int | None = None,
    acknowledged: bool | None = None,
    without: Collection[Kind] = (),
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[AlertView]:
    """Alerts, newest first. `state`: open (raised and not ended) or ended; `acknowledged`: whether somebody
    looks after it; `without`: kinds left out."""
    rows = _shown(caller).select_related("rule")
    if state:
        rows = rows.filter(ended_at__isnull=state == "open")
    if program is not None:
        rows = rows.filter(program=program)
    if rule is not None:
        rows = rows.filter(rule=rule)
    if acknowledged is not None:
        rows = rows.filter(acknowledged_at__isnull=not acknowledged)
    if without:
        rows = rows.exclude(kind__in=[one.value for one in without])
    part = newest(rows, lambda row: row, after=after, limit=limit)
    last = seen(caller) if caller.user is not None else 0
    return Slice(_views(caller, part.items, last), part.following)


def alert(caller: Caller, number: int) -> AlertView:
    """One alert."""
    row = _one(_shown(caller).select_related("rule"), number)
    (found,) = _views(caller, [row], 0)
    return found


def _shown(caller: Caller) -> QuerySet[Alert]:
    """The caller's alerts; those about its deposit and credit only where it sees to money."""
    caller.require(Permission.LOOK)
    rows = Alert.objects.of(caller)
    return rows if caller.may(Permission.MONEY) else rows.exclude(kind__in=[one.value for one in OF_TERMS])


def _one(rows: QuerySet[Alert], number: int) -> Alert:
    row = rows.filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def acknowledge(caller: Caller, number: int) -> AlertView:
    """Say that somebody looks after it; it stays until it ends."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = _one(_shown(caller), number)
        if row.ended_at is not None:
            refuse("alert_ended", _("It has ended by itself."), status=409)
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by = timezone.now(), caller.actor
            row.save(update_fields=["acknowledged_at", "acknowledged_by"])
            record(
                caller,
                action="alert.acknowledged",
                subject=f"alert:{row.pk}",
                before=None,
                after={"by": caller.actor},
                advertiser=row.advertiser,
                publisher=row.publisher,
            )
    return alert(caller, number)


def unread(caller: Caller) -> int:
    """How many alerts are open that the person has not seen and wants to see in the page."""
    if caller.user is None:
        return 0
    kinds = [kind.value for kind in preferences(caller).page]
    return _shown(caller).filter(ended_at=None, kind__in=kinds, pk__gt=seen(caller)).count()


def bell(caller: Caller) -> list[AlertView]:
    """The newest alerts, for the bell; they are seen now."""
    caller.require(Permission.LOOK)
    found = list(alerts(caller, limit=BELL_SHOWS).items)
    if found:
        mark_seen(caller, found[0].id)
    return found


def _views(caller: Caller, rows: Sequence[Alert], last_seen: int) -> list[AlertView]:
    """Alerts with the names of their programs, or of the advertiser whose money it is."""
    known = programs_of(caller, {row.program for row in rows})
    payers = {row.advertiser for row in rows if row.kind in OF_TERMS and row.advertiser is not None}
    names = people.party_names(Party.ADVERTISER, payers)
    return [
        _view(
            caller,
            row,
            known[row.program].name if row.program in known else "",
            names.get(row.advertiser or 0, "") if row.kind in OF_TERMS else "",
            last_seen,
        )
        for row in rows
    ]


def _view(caller: Caller, row: Alert, program: str, payer: str, last_seen: int) -> AlertView:
    kind = Kind(row.kind)
    return AlertView(
        id=row.pk,
        rule=row.rule_id,
        kind=kind,
        name=row.rule.name or str(KINDS[kind]),
        sentence=sentence(
            kind, str(row.facts.get("metric", "")), str(row.facts.get("window", "")), row.facts
        ),
        program=row.program,
        program_name=program,
        advertiser=row.advertiser,
        advertiser_name=payer,
        raised_at=row.raised_at,
        ended_at=row.ended_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        is_new=row.pk > last_seen and caller.user is not None,
        picture=Picture(
            labels=tuple(row.picture.get("labels", ())), values=tuple(row.picture.get("values", ()))
        ),
        facts=row.facts,
        url=place_of(row, caller.slug),
    )
