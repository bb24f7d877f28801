"""Endpoints: made, changed, paused, resumed, given a new secret, removed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission, refuse
from utfall.portal.audit.facade import record
from utfall.portal.changes import facade as changes
from utfall.portal.site import site
from utfall.portal.webhooks.checking import refuse_unfit
from utfall.portal.webhooks.contracts import EndpointDraft, EndpointView, Form, NewSecret
from utfall.portal.webhooks.models import Delivery, Endpoint, Replay
from utfall.portal.webhooks.shown import endpoint_view, masked, secret
from utfall.portal.webhooks.signing import new_salt

ENDPOINTS_AT_MOST: Final = 50
OVERLAP: Final = timedelta(days=1)
LONGEST_OVERLAP: Final = timedelta(days=30)


def endpoints(caller: Caller, form: Form | None = None) -> list[EndpointView]:
    """The caller's endpoints, the oldest first, with how their deliveries of the kept days fare."""
    caller.require(Permission.LOOK)
    rows = Endpoint.objects.of(caller).filter(removed_at=None)
    if form is not None:
        rows = rows.filter(form=form.value)
    found = list(rows.order_by("pk")[:200])
    counts = _counts([row.pk for row in found])
    return [endpoint_view(row, counts.get(row.pk)) for row in found]


def endpoint(caller: Caller, number: int) -> EndpointView:
    """One endpoint."""
    caller.require(Permission.LOOK)
    row = _one(caller, number)
    return endpoint_view(row, _counts([row.pk]).get(row.pk))


def create_endpoint(caller: Caller, draft: EndpointDraft, *, advertiser: int | None = None) -> NewSecret:
    """A new endpoint; its secret is in the answer and nowhere else."""
    caller.require(Permission.TRACK)
    refuse_unfit(caller, draft, site().reachable)
    owner = _owner(caller, advertiser)
    with transaction.atomic():
        own = Endpoint.objects.of(caller).filter(removed_at=None, **owner)
        if own.count() >= ENDPOINTS_AT_MOST:
            refuse("too_many_endpoints", _("There are 50 already. Remove one that is not used."), "url")
        row = Endpoint(salt=new_salt(), created_by=caller.actor, **owner, **_columns(draft))
        row.save(force_insert=True)
        _record(caller, "webhook.created", row, before=None, after=_told(row))
    return NewSecret(endpoint=endpoint_view(row), secret=secret(row))


def change_endpoint(caller: Caller, number: int, draft: EndpointDraft) -> EndpointView:
    """Other words for an endpoint, another address, other kinds; its form and its secret stay."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _one(caller, number)
        if draft.form.value != row.form:
            refuse("form_fixed", _("A webhook stays one, and a postback too. Make another."), "form")
        refuse_unfit(caller, draft, site().reachable)
        before = _told(row)
        for name, value in _columns(draft).items():
            setattr(row, name, value)
        row.save()
        _record(caller, "webhook.changed", row, before=before, after=_told(row))
    return endpoint(caller, number)


def pause_endpoint(caller: Caller, number: int) -> EndpointView:
    """Call it no more; what changes meanwhile is remembered and sent when it is resumed."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _one(caller, number)
        if row.state != Endpoint.State.ACTIVE:
            refuse("not_active", _("It is not being called as it is."), status=409)
        row.state, row.reason = Endpoint.State.PAUSED, "by_hand"
        row.save(update_fields=["state", "reason"])
        _record(caller, "webhook.paused", row, before=None, after={"state": row.state})
    return endpoint(caller, number)


def resume_endpoint(caller: Caller, number: int) -> EndpointView:
    """Call it again: what waited is sent, and what it missed, in order."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _one(caller, number)
        if row.state == Endpoint.State.ACTIVE:
            refuse("is_active", _("It is being called already."), status=409)
        if row.missed_after is not None:
            Replay.objects.system().create(
                endpoint=row, after=row.missed_after, until=changes.latest(), asked_by=caller.actor
            )
        row.state, row.reason, row.missed_after = Endpoint.State.ACTIVE, "", None
        row.failures, row.rests_until, row.is_slow = 0, None, False
        row.save()
        waiting = Delivery.objects.of(caller).filter(endpoint=row, state=Delivery.State.WAITING)
        waiting.update(next_try=timezone.now())
        _record(caller, "webhook.resumed", row, before=None, after={"state": row.state})
    return endpoint(caller, number)


def rotate_secret(caller: Caller, number: int, *, overlap: timedelta = OVERLAP) -> NewSecret:
    """A new secret. Until the overlap is over, messages carry a signature by each."""
    caller.require(Permission.TRACK)
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        refuse("overlap_out_of_range", _("Let the old secret work on for at most 30 days."), "overlap")
    with transaction.atomic():
        row = _one(caller, number)
        row.old_salt, row.salt = row.salt, new_salt()
        row.old_until = timezone.now() + overlap
        row.save(update_fields=["old_salt", "salt", "old_until"])
        told = {"old_secret_ends": row.old_until.isoformat()}
        _record(caller, "webhook.secret_rotated", row, before=None, after=told)
    return NewSecret(endpoint=endpoint(caller, number), secret=secret(row))


def remove_endpoint(caller: Caller, number: int) -> None:
    """It is called no more, and its log goes with it when that is old enough."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _one(caller, number)
        row.state, row.reason, row.removed_at = Endpoint.State.PAUSED, "removed", timezone.now()
        row.save(update_fields=["state", "reason", "removed_at"])
        _record(caller, "webhook.removed", row, before=_told(row), after=None)


def _one(caller: Caller, number: int) -> Endpoint:
    return Endpoint.objects.one(caller, pk=number, removed_at=None)


def _owner(caller: Caller, advertiser: int | None) -> dict[str, int | None]:
    """Whose it will be: the publisher's, the advertiser's (an agency names it), else the operator's."""
    if caller.kind is Kind.PUBLISHER:
        return {"advertiser": None, "publisher": caller.publisher()}
    if caller.kind is Kind.OPERATOR and advertiser is None:
        return {"advertiser": None, "publisher": None}
    return {"advertiser": caller.advertiser(advertiser), "publisher": None}


def _columns(draft: EndpointDraft) -> dict[str, object]:
    return {
        "form": draft.form.value,
        "url": draft.url.strip(),
        "description": draft.description.strip(),
        "kinds": sorted(set(draft.kinds)),
        "method": draft.method,
        "program": draft.program,
        "at_once": draft.at_once,
    }


def _counts(numbers: list[int]) -> dict[int, dict[str, int]]:
    """Deliveries by endpoint and state, of endpoints that were found in scope."""
    rows = Delivery.objects.system().filter(endpoint__in=numbers).values("endpoint", "state")
    found: dict[int, dict[str, int]] = {}
    for one in rows.annotate(count=Count("pk")):
        found.setdefault(one["endpoint"], {})[one["state"]] = one["count"]
    return found


def _told(row: Endpoint) -> dict[str, object]:
    names = ("form", "description", "kinds", "method", "program", "at_once", "state")
    return {"url": masked(row.url), **{name: getattr(row, name) for name in names}}


def _record(
    caller: Caller,
    action: str,
    row: Endpoint,
    *,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> None:
    record(
        caller,
        action=action,
        subject=f"webhook:{row.pk}",
        before=before,
        after=after,
        advertiser=row.advertiser,
        publisher=row.publisher,
    )
