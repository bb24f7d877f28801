"""API keys: made with a role and scopes no wider than their maker's, shown once, stored as a digest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Problem, Role, refuse
from utfall.portal.access.allowances import Allowed, allowed
from utfall.portal.access.roles import grants_of
from utfall.portal.people.callers import digest_of
from utfall.portal.people.changes import record, terms_changed
from utfall.portal.people.checks import refuse_if
from utfall.portal.people.contracts import Key, NewKey
from utfall.portal.people.models import ApiKey
from utfall.portal.people.numbers import NUMBERED
from utfall.portal.people.shown import key_of

PREFIX: Final = "utf_"
PREFIX_SHOWN: Final = 10
OVERLAP: Final = timedelta(days=1)
LONGEST_OVERLAP: Final = timedelta(days=30)


def keys(caller: Caller) -> list[Key]:
    """The organisation's keys, newest first; also the revoked and expired of the last 90 days."""
    caller.require(Permission.TRACK)
    since = timezone.now() - timedelta(days=90)
    rows = ApiKey.objects.of(caller).filter(organisation_id=caller.organisation)
    ended = Q(revoked_at__lt=since) | Q(expires_at__lt=since)
    return [key_of(row) for row in rows.exclude(ended).select_related("created_by").order_by("-pk")]


def create_key(
    caller: Caller,
    name: str,
    scopes: Iterable[Permission],
    *,
    role: Role | None = None,
    expires_at: datetime | None = None,
) -> NewKey:
    """A new key; its secret is in the answer and nowhere else."""
    caller.require(Permission.TRACK)
    wanted = frozenset(scopes)
    refuse_if(_problems(caller, name, wanted, expires_at))
    role = _role(caller, role)
    with transaction.atomic():
        _refuse_too_many(caller)
        row, secret = _new(caller, name.strip(), wanted, role, expires_at)
        record(caller, "key.created", f"key:{row.pk}", after=_told(row))
    return NewKey(key=key_of(row), secret=secret)


def rotate_key(caller: Caller, key: int, *, overlap: timedelta = OVERLAP) -> NewKey:
    """A successor with the same scopes; the old key works on for as long as the overlap says."""
    caller.require(Permission.TRACK)
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        refuse("overlap_out_of_range", _("Let the old key work on for at most 30 days."), "overlap")
    with transaction.atomic():
        old = _working(caller, key)
        scopes = frozenset(Permission(scope) for scope in old.scopes)
        refuse_if(_scope_problems(caller, scopes))
        row, secret = _new(caller, old.name, scopes, Role(old.role), old.expires_at)
        ends = timezone.now() + overlap
        old.expires_at = ends if old.expires_at is None else min(old.expires_at, ends)
        old.successor = row
        old.save(update_fields=["expires_at", "successor"])
        told = {**_told(row), "old_key_ends": old.expires_at.isoformat()}
        record(caller, "key.rotated", f"key:{old.pk}", after=told)
    return NewKey(key=key_of(row), secret=secret)


def revoke_key(caller: Caller, key: int) -> None:
    """From now on it opens nothing: at once for the API, at the edge within seconds."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _working(caller, key)
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        record(caller, "key.revoked", f"key:{row.pk}", before=_told(row))
        if Permission.EVENTS.value in row.scopes:
            terms_changed()


def _new(
    caller: Caller, name: str, scopes: frozenset[Permission], role: Role, expires_at: datetime | None
) -> tuple[ApiKey, str]:
    secret = PREFIX + token_urlsafe(32)
    row = ApiKey.objects.system().create(
        organisation_id=caller.organisation,
        name=name,
        prefix=secret[:PREFIX_SHOWN],
        digest=digest_of(secret),
        role=role.value,
        scopes=sorted(scope.value for scope in scopes),
        created_by_id=caller.person,
        expires_at=expires_at,
    )
    if Permission.EVENTS in scopes:
        terms_changed()
    return row, secret


def _working(caller: Caller, key: int) -> ApiKey:
    return ApiKey.objects.one(caller, pk=key, organisation_id=caller.organisation, revoked_at=None)


def _role(caller: Caller, role: Role | None) -> Role:
    """The role asked for, if it may do nothing that the caller may not; else the caller's own."""
    if role is not None and not grants_of(caller.kind, role) <= grants_of(caller.kind, caller.role):
        refuse("role_too_wide", _("A key cannot have a wider role than yours."), "role")
    return role or caller.role


def _problems(
    caller: Caller, name: str, scopes: frozenset[Permission], expires_at: datetime | None
) -> list[Problem]:
    found = _scope_problems(caller, scopes)
    if not 1 <= len(name.strip()) <= 80 or not name.isprintable():
        found.append(Problem("name_malformed", _("Name the key, in at most 80 characters."), "name"))
    if expires_at is not None and expires_at <= timezone.now():
        found.append(Problem("expiry_past", _("A key can only expire in the future."), "expires_at"))
    return found


def _scope_problems(caller: Caller, scopes: frozenset[Permission]) -> list[Problem]:
    if not scopes:
        return [Problem("scope_missing", _("Choose what the key may do."), "scopes")]
    if beyond := scopes - caller.grants:
        sentence = _("You may not do this yourself: %(scopes)s.")
        return [Problem("scope_too_wide", sentence % {"scopes": ", ".join(sorted(beyond))}, "scopes")]
    if Permission.EVENTS in scopes and caller.kind not in NUMBERED:
        sentence = _("Only an advertiser or a publisher sends events; let it make the key itself.")
        return [Problem("scope_events_nobody", sentence, "scopes")]
    return []


def _refuse_too_many(caller: Caller) -> None:
    rows = ApiKey.objects.of(caller).filter(organisation_id=caller.organisation, revoked_at=None)
    most = allowed(caller.organisation, Allowed.API_KEYS)
    if rows.exclude(expires_at__lt=timezone.now()).count() >= most:
        sentence = _("Revoke a key that is no longer used; %(most)s are in use.")
        refuse("too_many_keys", sentence % {"most": most}, "name")


def _told(row: ApiKey) -> dict[str, object]:
    return {"name": row.name, "prefix": row.prefix, "scopes": list(row.scopes)}
