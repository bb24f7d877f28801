"""From a signed-in user or an API key to a caller."""

from datetime import timedelta
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from utfall.portal.access import Caller, Kind, Onlooker, Permission, Role
from utfall.portal.access.onlooking import seat_of
from utfall.portal.access.roles import grants_of
from utfall.portal.people.models import ApiKey, Mandate, Membership, Organisation, User
from utfall.portal.people.second_factor import has_second_factor, is_asked_of

LOOKED_AT = (Kind.ADVERTISER.value, Kind.AGENCY.value, Kind.PUBLISHER.value)
"""Whose portal an operator may look at as one of theirs: those who see their own records alone."""


def digest_of(secret: str) -> str:
    """What is stored of a secret: BLAKE2b-256, in hex, as the edge expects it of keys."""
    return blake2b(secret.encode(), digest_size=32).hexdigest()


def caller_of_request(request: HttpRequest, slug: str) -> Caller | HttpResponse | None:
    """The signed-in user acting for the organisation in the address, if a member of it.

    Whoever lacks the second factor that the organisation asks for is sent to set one up.
    """
    if not isinstance(request.user, User):
        return None
    found = _membership(request.user, slug)
    if found is None:
        return _onlooking(request, slug)
    role = Role(found.role)
    if is_asked_of(found.organisation, role) and not has_second_factor(request.user):
        return redirect("people-open:second_factor_needed", org=slug)
    _note_visit(found)
    return _caller_of(found, request.user)


def caller_of_slug(user: int, slug: str) -> Caller | None:
    """A user, by key, acting for an organisation; None for whoever is no member."""
    return caller_of_user(User.objects.get(pk=user), slug)


def caller_of_user(user: User, slug: str) -> Caller | None:
    """A user acting for an organisation."""
    found = _membership(user, slug)
    return None if found is None else _caller_of(found, user)


def _onlooking(request: HttpRequest, slug: str) -> Caller | HttpResponse | None:
    """An operator who looks on as somebody with a role there would see it; most people never do."""
    seat = seat_of(request, slug)
    if seat is None or isinstance(seat, HttpResponse):
        return seat
    rows = Organisation.objects.system().filter(pk=seat.organisation, slug=slug, kind__in=LOOKED_AT)
    organisation = rows.exclude(state__in=Organisation.SHUT).first()
    if organisation is None:
        return None
    grants = grants_of(Kind(organisation.kind), seat.role) - {Permission.EVENTS}
    who = seat.onlooker
    actor = f"{who.actor} ({who.operator})"
    return _caller(organisation, seat.role, grants, user=who.user, actor=actor, key=None, onlooker=who)


def _membership(user: User, slug: str) -> Membership | None:
    rows = Membership.objects.system().select_related("organisation")
    return (
        rows.filter(user=user, organisation__slug=slug)
        .exclude(organisation__state__in=Organisation.SHUT)
        .first()
    )


def _caller_of(membership: Membership, user: User) -> Caller:
    role, organisation = Role(membership.role), membership.organisation
    grants = grants_of(Kind(organisation.kind), role)
    return _caller(organisation, role, grants, user=user.pk, actor=user.email, key=None)


def _note_visit(membership: Membership) -> None:
    """When members were last here, to the hour: a page that is only read seldom writes."""
    now = timezone.now()
    if membership.visited_at is None or now - membership.visited_at > timedelta(hours=1):
        Membership.objects.system().filter(pk=membership.pk).update(visited_at=now)


def caller_of_key(secret: str) -> Caller | None:
    """The organisation that an API key speaks for; None when it is unknown, expired or revoked."""
    key = ApiKey.objects.system().select_related("organisation").filter(digest=digest_of(secret)).first()
    now = timezone.now()
    if key is None or key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        return None
    organisation = key.organisation
    if organisation.state in Organisation.SHUT:
        return None
    if key.last_used_at is None or (now - key.last_used_at).total_seconds() > 60:
        ApiKey.objects.system().filter(pk=key.pk).update(last_used_at=now)
    role = Role(key.role)
    scopes = frozenset(Permission(scope) for scope in key.scopes)
    grants = grants_of(Kind(organisation.kind), role) & scopes
    return _caller(organisation, role, grants, user=None, actor=f"key: {key.name}", key=key)


def _caller(
    organisation: Organisation,
    role: Role,
    grants: frozenset[Permission],
    *,
    user: int | None,
    actor: str,
    key: ApiKey | None,
    onlooker: Onlooker | None = None,
) -> Caller:
    kind = Kind(organisation.kind)
    return Caller(
        organisation=organisation.pk,
        slug=organisation.slug,
        name=organisation.name,
        kind=kind,
        number=organisation.number,
        role=role,
        user=user,
        actor=actor,
        grants=grants,
        advertisers=_advertisers(organisation, kind),
        publishers=frozenset({organisation.number}) if kind is Kind.PUBLISHER else frozenset(),
        key=None if key is None else key.pk,
        maker=None if key is None else key.created_by_id,
        onlooker=onlooker,
    )


def _advertisers(organisation: Organisation, kind: Kind) -> frozenset[int]:
    if kind is Kind.ADVERTISER:
        return frozenset({organisation.number})
    if kind is not Kind.AGENCY:
        return frozenset()
    mandates = Mandate.objects.system().filter(
        agency=organisation, granted_at__isnull=False, ended_at__isnull=True
    )
    return frozenset(mandates.values_list("advertiser__number", flat=True))
