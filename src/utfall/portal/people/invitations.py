"""Invitations by e-mail: a link with a secret that works once, for a week."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Role, refuse
from utfall.portal.people.callers import caller_of_user, digest_of
from utfall.portal.people.changes import record
from utfall.portal.people.checks import account_problems, email_problems, refuse_if
from utfall.portal.people.contracts import Account, Invite, Invited
from utfall.portal.people.letters import send_invitation
from utfall.portal.people.models import Invitation, Membership, Organisation, User
from utfall.portal.people.shown import invited_of
from utfall.portal.people.sign_up import new_user
from utfall.portal.people.within import target

LIFETIME: Final = timedelta(days=7)
PENDING_AT_MOST: Final = 100


def invitations(caller: Caller, organisation: int | None = None) -> list[Invited]:
    """Those that nobody accepted yet, newest first; also the expired, which can be sent again."""
    caller.require(Permission.PEOPLE)
    rows = _pending(target(caller, organisation)).select_related("invited_by")
    return [invited_of(row) for row in rows.order_by("-created_at", "-pk")]


def invite(caller: Caller, email: str, role: Role, *, organisation: int | None = None) -> Invited:
    """Ask somebody by e-mail to join."""
    caller.require(Permission.PEOPLE)
    email = email.strip().lower()
    refuse_if(email_problems(email))
    with transaction.atomic():
        of = target(caller, organisation)
        _refuse_invitation(of, email)
        row, secret = invite_to(of, email, role, invited_by=caller.user)
        record(caller, "member.invited", f"invitation:{row.pk}", after={"email": email, "role": role}, of=of)
    send_invitation(row, secret)
    return invited_of(row)


def invite_to(of: Organisation, email: str, role: Role, *, invited_by: int | None) -> tuple[Invitation, str]:
    """A new invitation and the secret of its link."""
    secret = token_urlsafe(24)
    row = Invitation.objects.system().create(
        organisation=of,
        email=email,
        role=role.value,
        digest=digest_of(secret),
        invited_by_id=invited_by,
        expires_at=timezone.now() + LIFETIME,
    )
    return row, secret


def resend(caller: Caller, invitation: int) -> Invited:
    """Send it again with a new link, good for a week; the old link is void."""
    caller.require(Permission.PEOPLE)
    with transaction.atomic():
        row = _own(caller, invitation)
        secret = token_urlsafe(24)
        row.digest, row.expires_at = digest_of(secret), timezone.now() + LIFETIME
        row.save(update_fields=["digest", "expires_at"])
        record(caller, "member.invited_again", f"invitation:{row.pk}", after={"email": row.email})
    send_invitation(row, secret)
    return invited_of(row)


def withdraw(caller: Caller, invitation: int) -> None:
    """Its link no longer works."""
    caller.require(Permission.PEOPLE)
    with transaction.atomic():
        row = _own(caller, invitation)
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record(caller, "member.invitation_withdrawn", f"invitation:{row.pk}", before={"email": row.email})


def invitation_of(secret: str) -> Invite:
    """What the holder of a link is asked; NotFound when it was used or withdrawn, refused when expired."""
    row = _by_secret(secret)
    return Invite(
        organisation=row.organisation.name,
        kind=Kind(row.organisation.kind),
        email=row.email,
        role=Role(row.role),
        invited_by="" if row.invited_by is None else str(row.invited_by),
        expires_at=row.expires_at,
        has_account=User.objects.filter(email=row.email).exists(),
    )


def accept(secret: str, *, user: int | None = None, account: Account | None = None) -> Caller:
    """Join, as somebody signed in with the invited address, or as a new person with it.

    Who holds the link read the letter, so a new person's address counts as verified.
    """
    with transaction.atomic():
        row = _by_secret(secret)
        person = _joining(row, user, account)
        Membership.objects.system().get_or_create(
            organisation=row.organisation, user=person, defaults={"role": row.role}
        )
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
        caller = caller_of_user(person, row.organisation.slug)
        if caller is None:
            raise NotFound
        record(caller, "member.joined", f"user:{person.pk}", after={"email": row.email, "role": row.role})
    return caller


def _joining(row: Invitation, user: int | None, account: Account | None) -> User:
    if user is not None:
        person = User.objects.get(pk=user)
        if person.email != row.email:
            sentence = _("This invitation is for %(invited)s, and you are signed in as %(email)s.")
            refuse("invited_other", sentence % {"invited": row.email, "email": person.email}, status=409)
        return person
    if account is None or account.email.strip().lower() != row.email:
        raise NotFound
    refuse_if(account_problems(account))
    return new_user(account, verified=True)


def _by_secret(secret: str) -> Invitation:
    rows = Invitation.objects.system().select_related("organisation", "invited_by")
    open_ones = rows.filter(digest=digest_of(secret), accepted_at=None, withdrawn_at=None)
    row = open_ones.exclude(organisation__state__in=Organisation.SHUT).first()
    if row is None:
        raise NotFound
    if row.expires_at <= timezone.now():
        sentence = _("This invitation has expired. Ask whoever invited you to send it again.")
        refuse("invitation_expired", sentence, status=410)
    return row


def _pending(of: Organisation) -> QuerySet[Invitation]:
    return Invitation.objects.system().filter(organisation=of, accepted_at=None, withdrawn_at=None)


def _own(caller: Caller, invitation: int) -> Invitation:
    return Invitation.objects.one(caller, pk=invitation, accepted_at=None, withdrawn_at=None)


def _refuse_invitation(of: Organisation, email: str) -> None:
    if Membership.objects.system().filter(organisation=of, user__email=email).exists():
        refuse("already_member", _("They are a member already."), "email")
    pending = _pending(of)
    if pending.filter(email=email).exists():
        refuse("already_invited", _("They are invited already; send the invitation again below."), "email")
    if pending.count() >= PENDING_AT_MOST:
        refuse("too_many_invitations", _("Withdraw an old invitation first; 100 are open."), "email")
