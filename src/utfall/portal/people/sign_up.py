"""How people and organisations come in: by themselves, or created by the operator."""

from typing import Final, NamedTuple

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Role, refuse
from utfall.portal.people.callers import caller_of_user
from utfall.portal.people.changes import record, terms_changed
from utfall.portal.people.checks import account_problems, newcomer_problems, refuse_if, website_of
from utfall.portal.people.contracts import Account, Newcomer, OrganisationView
from utfall.portal.people.models import Membership, Organisation, User
from utfall.portal.people.numbers import NUMBERED, next_number
from utfall.portal.people.shown import organisation_of
from utfall.portal.people.slugs import free_slug
from utfall.portal.site import site

ORGANISATIONS_EACH: Final = 20
"""How many organisations one person may found."""


class SignedUp(NamedTuple):
    """The user and the organisation that came of it."""

    user: int
    organisation: OrganisationView


def sign_up(newcomer: Newcomer, account: Account | int) -> SignedUp:
    """Found an advertiser or a publisher, as a new person, or as a user who is signed in.

    Refused with `account_exists` where the address is somebody's, which the page must not tell a stranger.
    """
    if not site().sign_up:
        refuse("sign_up_closed", _("This installation takes nobody in by itself; ask its operator."))
    if newcomer.kind not in NUMBERED:
        refuse("kind_closed", _("Sign up as an advertiser or as a publisher."), "kind")
    problems = newcomer_problems(newcomer)
    refuse_if(problems + (account_problems(account) if isinstance(account, Account) else []))
    with transaction.atomic():
        person = new_user(account) if isinstance(account, Account) else User.objects.get(pk=account)
        _refuse_too_many(person)
        state = Organisation.State.PENDING if approval_is_needed() else Organisation.State.ACTIVE
        founded = found(newcomer, state)
        Membership.objects.system().create(organisation=founded, user=person, role=Role.OWNER.value)
        caller = caller_of_user(person, founded.slug)
        assert caller is not None
        record(
            caller, "organisation.signed_up", f"organisation:{founded.pk}", after=_told(founded), of=founded
        )
    return SignedUp(person.pk, organisation_of(founded))


def new_user(account: Account, *, verified: bool = False) -> User:
    """A new person; `verified`: the address is known to be theirs."""
    email = account.email.strip().lower()
    if User.objects.filter(email=email).exists():
        refuse("account_exists", _("There is an account with this address; sign in instead."), "email")
    person = User.objects.create_user(
        email, account.password, name=account.name.strip(), language=account.language
    )
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=verified)
    return person


def found(newcomer: Newcomer, state: str, number: int | None = None) -> Organisation:
    """A new organisation, with the next number of its kind unless it has one already."""
    founded = Organisation.objects.system().create(
        kind=newcomer.kind.value,
        number=next_number(newcomer.kind) if number is None else number,
        name=newcomer.name.strip(),
        slug=free_slug(newcomer.name, newcomer.slug),
        state=state,
        website=website_of(newcomer.website),
        country=newcomer.country,
        contact_email=newcomer.contact_email,
        promotion_type=newcomer.promotion_type if newcomer.kind is Kind.PUBLISHER else "",
    )
    if newcomer.kind in NUMBERED:
        terms_changed()
    return founded


def approval_is_needed() -> bool:
    """Whether the operator wants to see newcomers before they do business."""
    rows = Organisation.objects.system().filter(kind=Kind.OPERATOR.value, approves_sign_ups=True)
    return rows.exists()


def _refuse_too_many(person: User) -> None:
    owned = Membership.objects.system().filter(user=person, role=Role.OWNER.value).count()
    if owned >= ORGANISATIONS_EACH:
        refuse("too_many_organisations", _("You own as many organisations as one person may."))


def _told(founded: Organisation) -> dict[str, object]:
    return {
        "kind": founded.kind,
        "number": founded.number,
        "name": founded.name,
        "state": founded.state,
        "website": founded.website,
    }
