"""Looking as a tenant's people do: begun for a reason, read-only, over within half an hour, in both logs.

A browser of the operator's has at most one impersonation, and the session knows its number. At each request
the row is asked anew: it is of this browser, not over, and its person may still operate. What the onlooker
may do then is decided where every caller is made and admitted (`access.onlooking`).
"""

from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Onlooker, Permission, Role, Slice, refuse
from utfall.portal.access.acting import acting
from utfall.portal.access.onlooking import Seat
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit import facade as audit
from utfall.portal.operations.contracts import ImpersonationView
from utfall.portal.operations.models import Impersonation
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import OrganisationView

LASTS: Final = timedelta(minutes=30)
KNOWN: Final = "looking_as"
"""Where the session keeps the number of its impersonation."""
LOOKED_AT: Final = frozenset({Kind.ADVERTISER, Kind.AGENCY, Kind.PUBLISHER})
SHORTEST_WHY: Final = 10


def look_as(
    caller: Caller, organisation: int, *, role: Role, why: str, session: str | None
) -> ImpersonationView:
    """See the portal as somebody with this role in the organisation does, for half an hour at most."""
    caller.require(Permission.OPERATE)
    person = caller.user
    if person is None or not session:
        refuse("person_needed", _("A person looks, in a browser; a key cannot."), status=403)
    found = people.tenant(caller, organisation)
    _refuse_unfit(caller, found, why)
    now = timezone.now()
    with transaction.atomic():
        close_ended()
        if Impersonation.objects.of(caller).filter(user=person, ended_at=None).exists():
            sentence = _("You look as somebody already. End that first: one at a time.")
            refuse("looking_already", sentence, status=409)
        row = Impersonation.objects.system().create(
            organisation=found.id,
            slug=found.slug,
            name=found.name,
            role=role.value,
            why=why.strip(),
            operator=caller.organisation,
            operator_slug=caller.slug,
            operator_name=caller.name,
            user=person,
            actor=caller.actor,
            session=session,
            begun_at=now,
            ends_at=now + LASTS,
        )
        _record(caller, found, row, "impersonation.begun")
    return _view(row)


def end_looking(caller: Caller) -> ImpersonationView | None:
    """End one's own impersonation; None where none lasted."""
    caller.require(Permission.OPERATE)
    rows = Impersonation.objects.of(caller).filter(ended_at=None, user=caller.user or 0)
    with transaction.atomic():
        row = rows.first()
        return None if row is None else _end(caller, row)


def end_looking_of(caller: Caller, number: int) -> ImpersonationView:
    """End anybody's impersonation: the next request of that browser is led away."""
    caller.require(Permission.OPERATE)
    with transaction.atomic():
        row = Impersonation.objects.one(caller, pk=number)
        if row.ended_at is not None:
            refuse("over", _("It is over already."), status=409)
        return _end(caller, row)


def _end(caller: Caller, row: Impersonation) -> ImpersonationView:
    row.ended_at, row.ended_by = timezone.now(), "hand"
    row.save(update_fields=["ended_at", "ended_by"])
    _record(caller, people.tenant(caller, row.organisation), row, "impersonation.ended")
    return _view(row)


def impersonations(
    caller: Caller, *, after: int | None = None, limit: int = USUAL
) -> Slice[ImpersonationView]:
    """Who of the operator's looked at the caller's portal, newest first; all of them for overseers."""
    caller.require(Permission.AUDIT)
    return newest(Impersonation.objects.of(caller), _view, after=after, limit=limit)


def seat(request: HttpRequest, slug: str) -> Seat | HttpResponse | None:
    """From where this browser looks on in the organisation of a slug; over, it is led back and told so."""
    row = looked_at_by(request)
    if row is None or row.slug != slug:
        return None
    if row.ended_at is not None or row.ends_at <= timezone.now():
        return _over(request, row)
    operator = people.caller_of_slug(row.user, row.operator_slug)
    if operator is None or operator.organisation != row.operator or not operator.may(Permission.OPERATE):
        return None
    return Seat(row.organisation, Role(row.role), onlooker_of(row))


def looked_at_by(request: HttpRequest) -> Impersonation | None:
    """The impersonation that this browser began, whether or not it still lasts."""
    number = request.session.get(KNOWN)
    if number is None or not request.user.is_authenticated:
        return None
    own = Impersonation.objects.system().filter(user=request.user.pk, session=request.session.session_key)
    return own.filter(pk=number).first()


def close_ended() -> int:
    """Write down the end of what ran out of time, or whose browser was signed out; how many there were."""
    now = timezone.now()
    closed = 0
    for row in Impersonation.objects.system().filter(ended_at=None):
        is_late = row.ends_at <= now
        if not is_late and Session.objects.filter(session_key=row.session, expire_date__gt=now).exists():
            continue
        row.ended_at, row.ended_by = row.ends_at if is_late else now, "time" if is_late else "session"
        with transaction.atomic():
            row.save(update_fields=["ended_at", "ended_by"])
            _record_end(row)
        closed += 1
    return closed


def onlooker_of(row: Impersonation) -> Onlooker:
    """Who really looks."""
    return Onlooker(
        number=row.pk,
        user=row.user,
        actor=row.actor,
        operator=row.operator_name,
        operator_slug=row.operator_slug,
        until=row.ends_at,
    )


def _refuse_unfit(caller: Caller, found: OrganisationView, why: str) -> None:
    if found.kind not in LOOKED_AT:
        refuse("not_looked_at", _("Only advertisers, agencies and publishers are looked at like this."))
    if found.state not in ("active", "pending"):
        refuse("shut", _("Nobody acts for this organisation now, so there is nothing to look at."))
    if any(one.organisation == found.id for one in people.callers_of(caller.user or 0)):
        refuse("own_organisation", _("You are a member there yourself: simply open it."))
    if not SHORTEST_WHY <= len(why.strip()) <= 500:
        sentence = _("Say why, in 10 to 500 characters; the organisation reads it in its own log.")
        refuse("why_missing", sentence, "why")


def _over(request: HttpRequest, row: Impersonation) -> HttpResponse:
    request.session.pop(KNOWN, None)
    messages.warning(request, _("You look as %(name)s no longer: the time is over.") % {"name": row.name})
    back = reverse("operations:impersonations", kwargs={"org": row.operator_slug})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": back})
    return redirect(back)


def _record(caller: Caller, found: OrganisationView, row: Impersonation, action: str) -> None:
    """In the operator's log, and, with the name of who really looked, in the tenant's."""
    until = row.ends_at.isoformat(timespec="seconds")
    told = {"number": row.pk, "as": row.role, "until": until, "by": row.actor}
    subject = f"organisation:{found.id}"
    audit.record(caller, action=action, subject=subject, before=None, after=told, why=row.why)
    audit.record(_within(caller, found), action=action, subject=subject, before=None, after=told, why=row.why)


def _record_end(row: Impersonation) -> None:
    """Nobody ended it: what is written says so, in the log of each side."""
    told = {"number": row.pk, "as": row.role, "by": row.actor, "ended": row.ended_by}
    subject = f"organisation:{row.organisation}"
    for organisation in (row.operator, row.organisation):
        here = people.organisations([organisation]).get(organisation)
        if here is None:
            continue
        as_it = _installation(organisation, here.kind, here.number, row)
        audit.record(
            as_it, action="impersonation.over", subject=subject, before=None, after=told, why=row.why
        )


def _installation(organisation: int, kind: Kind, number: int, row: Impersonation) -> Caller:
    """Whose log an end is written into that nobody asked for; who had looked stands as who did it."""
    actor = f"{row.actor} ({row.operator_name})"
    return acting(kind, number, actor=actor, grants=(), organisation=organisation, user=row.user)


def _within(caller: Caller, found: OrganisationView) -> Caller:
    """The operator's person, as the tenant's own log names them."""
    return Caller(
        organisation=found.id,
        slug=found.slug,
        name=found.name,
        kind=found.kind,
        number=found.number,
        role=Role.VIEWER,
        user=caller.user,
        key=caller.key,
        actor=f"{caller.actor} ({caller.name})",
        grants=frozenset(),
    )


def _view(row: Impersonation) -> ImpersonationView:
    return ImpersonationView(
        id=row.pk,
        organisation=row.organisation,
        slug=row.slug,
        name=row.name,
        role=Role(row.role),
        why=row.why,
        operator_name=row.operator_name,
        actor=row.actor,
        begun_at=row.begun_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
