"""Looking as a tenant's people do, begun through the page."""

from django.test import Client

from tests.portal.market import Tenant, TwoTenants
from utfall.portal.access import Role

WHY = "They asked why a link does not count"


def begin(browser: Client, market: TwoTenants, tenant: Tenant, role: Role) -> None:
    """Look as one of a tenant's people with this role."""
    look = f"/{market.operator.slug}/operations/tenants/{tenant.organisation}/look/"
    answer = browser.post(look, {"role": role.value, "why": WHY})
    assert (answer.status_code, answer["Location"]) == (302, f"/{tenant.slug}/"), answer.content.decode()
