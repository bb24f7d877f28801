"""Invitations into a program: of a publisher who is here, or by e-mail of somebody who may not be.

The link in a letter leads to the invitation; who has no account signs up on the way. Claimed by a publisher
it becomes an ordinary invitation, which is accepted or declined once the terms were read.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.partners import letters
from utfall.portal.partners.applying import LONGEST, known_group
from utfall.portal.partners.contracts import MailInvitationView, PartnershipView, State
from utfall.portal.partners.models import MailInvitation, Partnership
from utfall.portal.partners.offering import pays
from utfall.portal.partners.standing import move_on, view_of
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.contracts import State as ProgramState
from utfall.portal.site import site

LIFETIME: Final = timedelta(days=30)
AT_ONCE: Final = 100
"""How many letters of invitation an advertiser may have open."""


def invite(
    caller: Caller, program: int, publisher: int, *, note: str = "", group: int | None = None
) -> PartnershipView:
    """Invite a publisher into a program of the caller's; it need not apply, only accept."""
    caller.require(Permission.MANAGE)
    known = _own_program(caller, program)
    people.party(Kind.PUBLISHER, publisher)
    _check(caller, program, note, group)
    with transaction.atomic():
        row = Partnership.objects.of(caller).filter(program=program, publisher=publisher).first()
        row = row or Partnership(program=program, advertiser=known.advertiser, publisher=publisher)
        move_on(caller, row, State.INVITED, note=note.strip(), group=group)
        letters.tell_publisher(row, "invited", caller, known.name)
    return view_of(row)


def invite_by_mail(
    caller: Caller, program: int, email: str, *, note: str = "", group: int | None = None
) -> MailInvitationView:
    """Invite somebody by e-mail, who may sign up on the way; the link is good for thirty days."""
    caller.require(Permission.MANAGE)
    known = _own_program(caller, program)
    email = email.strip().lower()
    _check(caller, program, note, group)
    try:
        validate_email(email)
    except ValidationError:
        refuse("email_unfit", _("Write an e-mail address, such as name@example.com."), "email")
    with transaction.atomic():
        _refuse_more(caller, program, email)
        secret = token_urlsafe(24)
        row = MailInvitation.objects.system().create(
            program=program,
            program_name=known.name,
            pays=list(pays(caller, known)),
            advertiser=known.advertiser,
            email=email,
            note=note.strip(),
            group=group,
            digest=_digest(secret),
            invited_by=caller.actor,
            language=translation.get_language() or "en",
            expires_at=timezone.now() + LIFETIME,
        )
        _record(caller, row, "invited")
        _send(row, secret, known)
    return mail_view(row)


def mail_invitations(caller: Caller, program: int | None = None) -> list[MailInvitationView]:
    """Invitations by e-mail that nobody has claimed, newest first; the expired too."""
    caller.require(Permission.LOOK)
    rows = _open(MailInvitation.objects.of(caller))
    rows = rows.filter(program=program) if program is not None else rows
    return [mail_view(row) for row in rows.order_by("-pk")[:200]]


def withdraw_mail_invitation(caller: Caller, number: int) -> None:
    """The link in the letter no longer works."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = MailInvitation.objects.one(caller, pk=number)
        caller.advertiser(row.advertiser)
        if row.claimed_at is not None or row.withdrawn_at is not None:
            refuse("claimed_already", _("This invitation was used or withdrawn already."), status=409)
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        _record(caller, row, "withdrawn")


def mail_invitation_of(secret: str) -> MailInvitationView:
    """What the holder of a link is invited to; NotFound when it was used, withdrawn or has expired."""
    return mail_view(_by_secret(secret))


def claim(caller: Caller, secret: str) -> PartnershipView:
    """Take an invitation by e-mail as a publisher: it becomes an ordinary one, to accept or decline."""
    caller.require(Permission.MANAGE)
    publisher = caller.publisher()
    with transaction.atomic():
        return _claimed(caller, publisher, _by_secret(secret))


def own_mail_invitations(caller: Caller) -> list[MailInvitationView]:
    """Invitations that were sent to the address of the person who asks, and that nobody has claimed."""
    caller.require(Permission.LOOK)
    return [mail_view(row) for row in _to_caller(caller)]


def claim_own(caller: Caller) -> list[PartnershipView]:
    """Take every invitation that was sent to the address of the person who asks."""
    caller.require(Permission.MANAGE)
    publisher = caller.publisher()
    with transaction.atomic():
        return [_claimed(caller, publisher, row) for row in _to_caller(caller)]


def _to_caller(caller: Caller) -> list[MailInvitation]:
    """A person's address was confirmed before they could sign in; a key has none."""
    if caller.user is None:
        return []
    rows = _valid(MailInvitation.objects.system())
    return list(rows.filter(email=people.profile(caller.user).email).order_by("pk"))


def mail_view(row: MailInvitation) -> MailInvitationView:
    """A row as its advertiser may know it."""
    return MailInvitationView(
        id=row.pk,
        program=row.program,
        program_name=row.program_name,
        pays=tuple(row.pays),
        advertiser=row.advertiser,
        email=row.email,
        note=row.note,
        group=row.group,
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        claimed_at=row.claimed_at,
    )


def _claimed(caller: Caller, publisher: int, row: MailInvitation) -> PartnershipView:
    found = Partnership.objects.of(caller).filter(program=row.program, publisher=publisher).first()
    found = found or Partnership(program=row.program, advertiser=row.advertiser, publisher=publisher)
    if found._state.adding or found.state in (State.REJECTED, State.DECLINED, State.ARCHIVED):
        move_on(caller, found, State.INVITED, note=row.note, group=row.group)
    row.claimed_at, row.publisher = timezone.now(), publisher
    row.save(update_fields=["claimed_at", "publisher"])
    return view_of(found)


def _own_program(caller: Caller, program: int) -> ProgramView:
    known = programs.program(caller, program)
    caller.advertiser(known.advertiser)
    if known.state not in (ProgramState.ACTIVE, ProgramState.PAUSED):
        refuse("program_not_live", _("Invite publishers once the program is live."), "program")
    return known


def _check(caller: Caller, program: int, note: str, group: int | None) -> None:
    known_group(caller, program, group)
    if len(note) > LONGEST:
        refuse("too_long", _("Please write less than 4000 characters."), "note")


def _refuse_more(caller: Caller, program: int, email: str) -> None:
    rows = _valid(MailInvitation.objects.of(caller))
    if rows.filter(program=program, email=email).exists():
        refuse("invited_already", _("This address is invited already."), "email", status=409)
    if rows.count() >= AT_ONCE:
        refuse(
            "too_many_invitations",
            _("There are 100 open invitations by e-mail. Withdraw some, or wait for answers."),
            status=409,
        )


def _open(rows: QuerySet[MailInvitation]) -> QuerySet[MailInvitation]:
    return rows.filter(claimed_at=None, withdrawn_at=None)


def _valid(rows: QuerySet[MailInvitation]) -> QuerySet[MailInvitation]:
    return _open(rows).filter(expires_at__gt=timezone.now())


def _by_secret(secret: str) -> MailInvitation:
    row = _valid(MailInvitation.objects.system()).filter(digest=_digest(secret)).first()
    if row is None:
        raise NotFound
    return row


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _record(caller: Caller, row: MailInvitation, verb: str) -> None:
    audit.record(
        caller,
        action=f"partner.mail_{verb}",
        subject=f"mail invitation {row.pk}",
        before=None,
        after={"program": row.program, "email": row.email},
        advertiser=row.advertiser,
    )


def _send(row: MailInvitation, secret: str, program: ProgramView) -> None:
    path = reverse("partners-open:invitation", args=[secret])
    context = {
        "program": program,
        "advertiser": people.party(Kind.ADVERTISER, row.advertiser),
        "note": row.note,
        "expires_at": row.expires_at,
        "address": site().portal_url.rstrip("/") + path,
    }
    letters.invite_by_mail(row.email, row.language, context)
