"""Two whole tenants who know nothing of each other, an operator and an auditor.

Every name of B's holds the marker ZEBRA, so that a page of A's that shows any of it is caught at once. Each
organisation has one person for every role; their address is `role@slug.test` and their password PASSWORD.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from utfall.portal.access import Caller, Kind, Permission, Role

PASSWORD: Final = "correct horse battery staple"
MARKER: Final = "ZEBRA"


@dataclass(frozen=True)
class Tenant:
    """An organisation of the test market; people by role."""

    organisation: int
    kind: Kind
    number: int
    name: str
    slug: str
    users: dict[Role, int]

    def caller(self, role: Role = Role.OWNER) -> Caller:
        """A caller in this organisation, as its people are now."""
        from utfall.portal.people import facade

        found = facade.caller_of_slug(self.users[role], self.slug)
        assert found is not None, "suspended, or no member any more"
        return found


@dataclass(frozen=True)
class Side:
    """An advertiser with its agency, and a publisher."""

    advertiser: Tenant
    agency: Tenant
    publisher: Tenant

    def __iter__(self) -> Iterator[Tenant]:
        return iter((self.advertiser, self.agency, self.publisher))


@dataclass(frozen=True)
class TwoTenants:
    """The whole market."""

    operator: Tenant
    auditor: Tenant
    a: Side
    b: Side

    def __iter__(self) -> Iterator[Tenant]:
        return iter((self.operator, self.auditor, *self.a, *self.b))


def build() -> TwoTenants:
    """Fill an empty portal."""
    with transaction.atomic():
        hashed = make_password(PASSWORD)
        operator = tenant(Kind.OPERATOR, "Nordnät", hashed=hashed)
        auditor = tenant(Kind.AUDITOR, "Revisor", hashed=hashed)
        return TwoTenants(operator, auditor, side("Acme", hashed), side(f"{MARKER} Trade", hashed))


def side(stem: str, hashed: str) -> Side:
    """One side: its agency acts for its advertiser, and each has a key and an open invitation."""
    from utfall.portal.people import facade

    advertiser = tenant(Kind.ADVERTISER, f"{stem} Shop", hashed=hashed)
    agency = tenant(Kind.AGENCY, f"{stem} Agency", hashed=hashed)
    publisher = tenant(Kind.PUBLISHER, f"{stem} Blog", hashed=hashed)
    facade.give(advertiser.caller(), agency.slug)
    for one in (advertiser, agency, publisher):
        facade.create_key(one.caller(), f"{stem} key", [Permission.LOOK])
        facade.invite(one.caller(), f"{stem.split(maxsplit=1)[0].lower()}-guest@{one.slug}.test", Role.VIEWER)
    return Side(advertiser, agency, publisher)


def tenant(kind: Kind, name: str, *, hashed: str) -> Tenant:
    """An organisation with a person for every role, made as the operator and sign-up make them."""
    from allauth.account.models import EmailAddress

    from utfall.portal.people.contracts import Newcomer
    from utfall.portal.people.models import Membership, Organisation, User
    from utfall.portal.people.sign_up import found

    newcomer = Newcomer(
        kind=kind,
        name=name,
        website=f"https://{name.split(maxsplit=1)[0].lower()}.test",
        promotion_type="content",
    )
    row = found(newcomer, Organisation.State.ACTIVE)
    users = {}
    for role in Role:
        email = f"{role.value}@{row.slug}.test"
        person = User.objects.create(email=email, name=f"{name} {role.value}", password=hashed)
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        Membership.objects.system().create(organisation=row, user=person, role=role.value)
        users[role] = person.pk
    return Tenant(row.pk, kind, row.number, row.name, row.slug, users)
