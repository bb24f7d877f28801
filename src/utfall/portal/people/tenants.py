"""What the operator does about organisations: see them all, let them in, keep them out, create them."""

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission, Role, Slice, refuse
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.people.changes import record, terms_changed
from utfall.portal.people.checks import email_problems, newcomer_problems, refuse_if
from utfall.portal.people.contracts import Newcomer, OrganisationView
from utfall.portal.people.invitations import invite_to
from utfall.portal.people.letters import send_invitation
from utfall.portal.people.models import Organisation
from utfall.portal.people.parties import matching
from utfall.portal.people.shown import organisation_of
from utfall.portal.people.sign_up import found

State = Organisation.State


def tenants(
    caller: Caller,
    *,
    words: str = "",
    kind: Kind | None = None,
    state: str = "",
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[OrganisationView]:
    """Organisations, newest first."""
    caller.require(Permission.OPERATE)
    rows = matching(Organisation.objects.of(caller), words)
    rows = rows.filter(kind=kind.value) if kind is not None else rows
    rows = rows.filter(state=state) if state else rows
    return _slice(rows.filter(pk__lt=after) if after is not None else rows, min(limit, LARGEST))


def tenant(caller: Caller, organisation: int) -> OrganisationView:
    """One organisation, as the operator sees it."""
    caller.require(Permission.OPERATE)
    rows = Organisation.objects.of(caller).annotate(people=Count("memberships"))
    row = rows.filter(pk=organisation).first() or Organisation.objects.one(caller, pk=organisation)
    return organisation_of(row, getattr(row, "people", 0))


def waiting(caller: Caller) -> int:
    """How many newcomers wait for the operator."""
    caller.require(Permission.OPERATE)
    return Organisation.objects.of(caller).filter(state=State.PENDING).count()


def create_organisation(caller: Caller, newcomer: Newcomer, owner_email: str) -> OrganisationView:
    """Create an organisation of any kind and invite its first owner."""
    caller.require(Permission.OPERATE)
    refuse_if(
        newcomer_problems(newcomer, website_required=False) + email_problems(owner_email, "owner_email")
    )
    with transaction.atomic():
        row = found(newcomer, State.ACTIVE)
        invitation, secret = invite_to(row, owner_email.strip().lower(), Role.OWNER, invited_by=caller.user)
        told = {"kind": row.kind, "name": row.name, "number": row.number, "owner": invitation.email}
        record(caller, "organisation.created", f"organisation:{row.pk}", after=told, of=row)
    send_invitation(invitation, secret)
    return organisation_of(row)


def approve(caller: Caller, organisation: int) -> OrganisationView:
    """Let a newcomer do business."""
    return _change_state(caller, organisation, {State.PENDING}, State.ACTIVE, "approved", "")


def suspend(caller: Caller, organisation: int, why: str) -> OrganisationView:
    """Keep an organisation out, for a reason: nobody acts for it, and its keys open nothing."""
    caller.require(Permission.OPERATE)
    if organisation == caller.organisation:
        refuse("own_organisation", _("You would shut yourself out."))
    if not 3 <= len(why.strip()) <= 500:
        refuse("why_missing", _("Say why, in 3 to 500 characters; it stands in the log."), "why")
    return _change_state(
        caller, organisation, {State.PENDING, State.ACTIVE}, State.SUSPENDED, "suspended", why.strip()
    )


def restore(caller: Caller, organisation: int) -> OrganisationView:
    """Let a suspended or closed organisation act again."""
    return _change_state(caller, organisation, {State.SUSPENDED, State.CLOSED}, State.ACTIVE, "restored", "")


def set_approval(caller: Caller, needed: bool) -> None:
    """Whether newcomers wait for the operator's approval before they do business."""
    caller.require(Permission.OPERATE)
    with transaction.atomic():
        row = Organisation.objects.one(caller, pk=caller.organisation)
        before, row.approves_sign_ups = row.approves_sign_ups, needed
        if before != needed:
            row.save(update_fields=["approves_sign_ups"])
            told = {"approves_sign_ups": before}, {"approves_sign_ups": needed}
            record(caller, "operator.approval", f"organisation:{row.pk}", before=told[0], after=told[1])


def _change_state(
    caller: Caller, organisation: int, before: set[State], after: State, verb: str, why: str
) -> OrganisationView:
    caller.require(Permission.OPERATE)
    with transaction.atomic():
        row = Organisation.objects.one(caller, pk=organisation)
        if row.state not in before:
            sentence = _("Somebody changed this organisation in the meantime; look at it again.")
            refuse("state_changed", sentence, status=409)
        told = {"state": row.state}
        row.state, row.note = after.value, why
        row.save(update_fields=["state", "note"])
        record(
            caller,
            f"organisation.{verb}",
            f"organisation:{row.pk}",
            before=told,
            after={"state": after.value},
            why=why,
            of=row,
        )
        terms_changed()
    return organisation_of(row)


def _slice(rows: QuerySet[Organisation], limit: int) -> Slice[OrganisationView]:
    page = list(rows.annotate(people=Count("memberships")).order_by("-pk")[: limit + 1])
    found = [organisation_of(row, row.people) for row in page[:limit]]
    return Slice(found, page[limit - 1].pk if len(page) > limit else None)
