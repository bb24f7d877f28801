"""Mandates: an agency acts for an advertiser, from the advertiser's consent until either ends it."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Forbidden, Kind, NotFound, Permission, refuse
from utfall.portal.people.changes import record
from utfall.portal.people.contracts import MandateView
from utfall.portal.people.models import Mandate, Organisation
from utfall.portal.people.shown import mandate_of


def mandates(caller: Caller) -> list[MandateView]:
    """Those asked for and in force, of which the caller is a side; the ones asked for first."""
    caller.require(Permission.LOOK)
    rows = _sides(caller).filter(ended_at=None).order_by("-granted_at", "pk")
    found = [mandate_of(row) for row in rows]
    return sorted(found, key=lambda one: one.granted_at is not None)


def ask(caller: Caller, advertiser: str) -> MandateView:
    """An agency asks an advertiser, whose address here (`acme`) it must know: there is no list of them."""
    caller.require(Permission.PEOPLE)
    if caller.kind is not Kind.AGENCY:
        raise Forbidden(Kind.AGENCY.value)
    with transaction.atomic():
        found = _active(Kind.ADVERTISER, advertiser)
        row = _new(Organisation.objects.one(caller, pk=caller.organisation), found)
        record(caller, "mandate.asked", f"mandate:{row.pk}", after=_told(row), of=found)
    return mandate_of(row)


def give(caller: Caller, agency: str) -> MandateView:
    """An advertiser lets an agency, whose address here it knows, act for it from now on."""
    caller.require(Permission.PEOPLE)
    if caller.kind is not Kind.ADVERTISER:
        raise Forbidden(Kind.ADVERTISER.value)
    with transaction.atomic():
        own = Organisation.objects.one(caller, pk=caller.organisation)
        found = _active(Kind.AGENCY, agency)
        asked = Mandate.objects.system().filter(agency=found, advertiser=own, ended_at=None).first()
        row = asked if asked is not None and asked.granted_at is None else _new(found, own)
        row.granted_at = timezone.now()
        row.save(update_fields=["granted_at"])
        record(caller, "mandate.granted", f"mandate:{row.pk}", after=_told(row))
    return mandate_of(row)


def grant(caller: Caller, mandate: int) -> MandateView:
    """The advertiser says yes to an agency that asked."""
    caller.require(Permission.PEOPLE)
    with transaction.atomic():
        row = _one(caller, mandate)
        if caller.kind not in (Kind.ADVERTISER, Kind.OPERATOR):
            raise Forbidden(Kind.ADVERTISER.value)
        if row.granted_at is None:
            row.granted_at = timezone.now()
            row.save(update_fields=["granted_at"])
            record(caller, "mandate.granted", f"mandate:{row.pk}", after=_told(row), of=row.advertiser)
    return mandate_of(row)


def write_of(caller: Caller, mandate: int, wanted: bool) -> MandateView:
    """An agency's people are written to about an advertiser from now on, or no longer."""
    caller.require(Permission.MANAGE)
    if caller.kind is not Kind.AGENCY:
        raise Forbidden(Kind.AGENCY.value)
    with transaction.atomic():
        row = _one(caller, mandate)
        if row.letters != wanted:
            before = {"letters": row.letters}
            row.letters = wanted
            row.save(update_fields=["letters"])
            told = {"letters": wanted}
            record(
                caller, "mandate.letters", f"mandate:{row.pk}", before=before, after=told, of=row.advertiser
            )
    return mandate_of(row)


def end(caller: Caller, mandate: int) -> None:
    """Either side ends it, or takes back or turns down what was asked."""
    caller.require(Permission.PEOPLE)
    with transaction.atomic():
        row = _one(caller, mandate)
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record(caller, "mandate.ended", f"mandate:{row.pk}", before=_told(row), of=row.advertiser)


def _sides(caller: Caller) -> QuerySet[Mandate]:
    """An agency sees its own mandates only, though it reaches advertisers that have other agencies too."""
    rows = Mandate.objects.of(caller).select_related("agency", "advertiser")
    return rows.filter(agency_id=caller.organisation) if caller.kind is Kind.AGENCY else rows


def _one(caller: Caller, mandate: int) -> Mandate:
    row = _sides(caller).filter(pk=mandate, ended_at=None).first()
    if row is None:
        raise NotFound
    return row


def _active(kind: Kind, slug: str) -> Organisation:
    rows = Organisation.objects.system().filter(kind=kind.value, slug=slug.strip().lower())
    row = rows.exclude(state__in=Organisation.SHUT).first()
    if row is None:
        refuse("unknown_party", _("There is none of this name here; ask them for their address."), "party")
    return row


def _new(agency: Organisation, advertiser: Organisation) -> Mandate:
    if Mandate.objects.system().filter(agency=agency, advertiser=advertiser, ended_at=None).exists():
        refuse("mandate_exists", _("This mandate is there already, or waits for an answer."), "party")
    return Mandate.objects.system().create(agency=agency, advertiser=advertiser)


def _told(row: Mandate) -> dict[str, str]:
    return {"agency": row.agency.name, "advertiser": row.advertiser.name}
