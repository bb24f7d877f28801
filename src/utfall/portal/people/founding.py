"""How an installation gets its first people: its operator, and in the demo somebody for every role.

Nobody is signed in yet, so nobody is asked for permission: only the command line calls this, on the machine.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Role, refuse
from utfall.portal.people.callers import caller_of_user
from utfall.portal.people.changes import record
from utfall.portal.people.checks import email_problems, newcomer_problems, refuse_if
from utfall.portal.people.contracts import Newcomer
from utfall.portal.people.invitations import invite_to
from utfall.portal.people.models import Mandate, Membership, Organisation, User
from utfall.portal.people.sign_up import found


def found_operator(name: str, email: str) -> str:
    """The installation's first operator, and the secret of the invitation that makes its owner."""
    newcomer = Newcomer(kind=Kind.OPERATOR, name=name)
    refuse_if(newcomer_problems(newcomer, website_required=False) + email_problems(email))
    with transaction.atomic():
        if Organisation.objects.system().filter(kind=Kind.OPERATOR.value).exists():
            refuse("operator_exists", _("This installation has its operator; its owners invite others."))
        row = found(newcomer, Organisation.State.ACTIVE)
        _invitation, secret = invite_to(row, email.strip().lower(), Role.OWNER, invited_by=None)
    return secret


@transaction.atomic
def somewhere(kind: Kind, number: int, name: str) -> int:
    """The key of an organisation: the one with this number, or of this kind and name, founded if need be."""
    rows = Organisation.objects.system().filter(kind=kind.value)
    row = rows.filter(number=number).first() if number else rows.filter(name=name).first()
    if row is None:
        row = found(Newcomer(kind=kind, name=name), Organisation.State.ACTIVE, number or None)
    return int(row.pk)


def join(organisation: int, email: str, name: str, role: Role) -> int:
    """Somebody who belongs to an organisation and has no password; who is there already stays as they are."""
    with transaction.atomic():
        person = User.objects.filter(email=email).first()
        if person is None:
            person = User.objects.create_user(email, None, name=name)
            EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        membership, is_new = Membership.objects.system().get_or_create(
            organisation_id=organisation, user=person, defaults={"role": role.value}
        )
        caller = caller_of_user(person, membership.organisation.slug)
        if is_new and caller is not None:
            told = {"email": email, "role": role.value}
            record(caller, "member.joined", f"user:{person.pk}", after=told, of=membership.organisation)
    return int(person.pk)


def act_for(agency: int, advertiser: int) -> None:
    """An agency acts for an advertiser from now on, if it does not already."""
    rows = Mandate.objects.system().filter(agency_id=agency, advertiser_id=advertiser, ended_at=None)
    if not rows.exists():
        from django.utils import timezone

        Mandate.objects.system().create(agency_id=agency, advertiser_id=advertiser, granted_at=timezone.now())
