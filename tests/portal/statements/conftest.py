"""The life that docs/algorithms/money.md works by hand, as the portal's statements and accounts see it.

It begins on 1 November 2025: steps 1 to 7 are that day's, 8 to 14 of 1 December, 15 to 19 of 2 December (when
A-5 is approved as well), and the rest of 1 January 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.db import connections

from tests.portal.market import Tenant, TwoTenants
from tests.scenarios.test_money_life import Office, Patient, first_half, second_half
from tests.scenarios.world import DAY
from utfall.portal.access import Caller, Kind, Role
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import Draft
from utfall.portal.people.models import Organisation

settings: Any = django_settings
YEAR = 365 * DAY


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The life, settled once."""
    world = Patient(tmp_path_factory.mktemp("statements"))
    world.now -= YEAR
    office = Office(world)
    with world.settler:
        first_half(office)
        world.now += DAY
        second_half(office)
    return office


@dataclass(frozen=True)
class Desk:
    """The market whose parties bear the life's numbers, and the people who read of it."""

    market: TwoTenants
    office: Office

    @property
    def operator(self) -> Caller:
        """Who keeps the operator's books."""
        return self.market.operator.caller(Role.FINANCE)

    @property
    def publisher(self) -> Caller:
        """Publisher 3."""
        return self.market.a.publisher.caller(Role.FINANCE)

    @property
    def other(self) -> Caller:
        """Publisher 4, of another tenant."""
        return self.market.b.publisher.caller(Role.FINANCE)

    @property
    def advertiser(self) -> Caller:
        """Advertiser 1."""
        return self.market.a.advertiser.caller(Role.FINANCE)


@pytest.fixture
def desk(market: TwoTenants, office: Office) -> Iterator[Desk]:
    """The portal with the life's book."""
    numbered = (
        (market.b.advertiser, 2),
        (market.a.advertiser, 1),
        (market.a.publisher, 3),
        (market.b.publisher, 4),
    )
    for tenant, _number in numbered:
        _number_of(tenant, tenant.organisation + 1000)
    for tenant, number in numbered:
        _number_of(tenant, number)
    before, path = settings.SITE, str(office.world.config.book_path)
    settings.SITE = msgspec.structs.replace(before, book_path=path)
    found = Desk(market, office)
    house = Draft(name="Nordnät AB", country="SE", town="Malmö", registration="5560360793")
    invoices.set_particulars(found.operator, house)
    blog = Draft(name="Acme Blog AB", country="SE", town="Lund", street="Gatan 1", postcode="22222")
    invoices.set_particulars(found.publisher, blog)
    yield found
    if path in connections.settings:
        connections[path].close()
    settings.SITE = before


def _number_of(tenant: Tenant, number: int) -> None:
    assert tenant.kind in (Kind.ADVERTISER, Kind.PUBLISHER)
    Organisation.objects.system().filter(pk=tenant.organisation).update(number=number)
