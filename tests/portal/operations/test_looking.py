"""Looking as a tenant's people do: what it shows, that it changes nothing, that both logs name who looked."""

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from tests.law.visits import parameters_of
from tests.portal.conftest import ClientOf
from tests.portal.market import Tenant, TwoTenants
from tests.portal.operations.looked import WHY, begin
from utfall.portal.access import Kind, Permission, Refused, Role, all_pages
from utfall.portal.access.onlooking import SHUT, changing_nothing
from utfall.portal.audit import facade as audit
from utfall.portal.operations import facade
from utfall.portal.operations.models import Impersonation
from utfall.portal.people import facade as people
from utfall.portal.people.models import Membership

EVENTS = Permission.EVENTS


def actions(tenant: Tenant) -> list[tuple[str, str, str]]:
    """What the organisation's own part of the log says of it."""
    found = audit.entries(tenant.caller(), limit=10).items
    return [
        (one.action, one.actor, one.why)
        for one in found
        if one.action.startswith("impersonation") and one.organisation == tenant.organisation
    ]


def test_an_operator_sees_what_a_tenant_sees_and_both_logs_say_so(
    market: TwoTenants, client_of: ClientOf
) -> None:
    operator, tenant = market.operator, market.a.publisher
    browser = client_of(operator.users[Role.MANAGER])
    assert browser.get(f"/{tenant.slug}/").status_code == 404
    begin(browser, market, tenant, Role.VIEWER)
    page = browser.get(f"/{tenant.slug}/people/").content.decode()
    assert f"You look as {tenant.name} (Viewer) until" in page
    assert "Invite" not in page
    own_page = browser.get(f"/{operator.slug}/").content.decode()
    assert f"You look as {tenant.name}" in own_page, "the banner is on every page as long as it lasts"
    ended = browser.post(f"/{operator.slug}/operations/look/end/", follow=True)
    assert "You look as" not in ended.content.decode().replace("You look as Acme Blog no longer", "")
    assert browser.get(f"/{tenant.slug}/").status_code == 404
    who = f"manager@{operator.slug}.test"
    for organisation, actor in ((operator, who), (tenant, f"{who} ({operator.name})")):
        assert actions(organisation) == [
            ("impersonation.ended", actor, WHY),
            ("impersonation.begun", actor, WHY),
        ]
    listed = client_of(tenant.users[Role.OWNER]).get(f"/{tenant.slug}/operations/looked-at/").content.decode()
    assert who in listed
    assert WHY in listed
    log = client_of(tenant.users[Role.OWNER]).get(f"/{tenant.slug}/audit/").content.decode()
    assert f"{operator.name} manager of the operator began to look at the portal as" in log
    (place, row) = re.findall(r'href="([^"]+operations/looked-at/[^"]*)#(looked-\d+)"', log)[0]
    assert f'id="{row}"' in client_of(tenant.users[Role.OWNER]).get(place).content.decode()


def test_whoever_looks_on_changes_nothing_on_any_page(market: TwoTenants, client_of: ClientOf) -> None:
    """Every page without parameters: what is unsafe is refused, what is safe writes nothing."""
    tenant = market.a.advertiser
    browser = client_of(market.operator.users[Role.OWNER])
    begin(browser, market, tenant, Role.OWNER)
    before, found = _content(), []
    for page in all_pages():
        if Kind.ADVERTISER not in page.kinds or parameters_of(page.route):
            continue
        for method in ("GET", "POST", "DELETE"):
            status = browser.generic(method, f"/{tenant.slug}/{page.route}").status_code
            is_fine = status == 403 if method != "GET" else status in {200, 204, 302, 404, 405, 409, 422}
            if not is_fine and f"{page.app}:{page.name}" not in SHUT and page.needs is not EVENTS:
                found.append(f"{page.app}:{page.name} {method} answers {status}")
    assert not found, "\n".join(found)
    assert _content() == before


def _content() -> dict[str, list[object]]:
    """Everything in the portal's tables but the operator's own session."""
    with connections["default"].cursor() as cursor:
        names = [name for name in connections["default"].introspection.table_names() if "session" not in name]
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = cursor.fetchall()
        return found


def test_a_change_that_a_page_would_make_by_itself_is_refused_by_the_database(market: TwoTenants) -> None:
    assert Membership.objects.system().count()
    with changing_nothing(), pytest.raises(Refused) as refused:
        Membership.objects.system().update(role="viewer")
    assert refused.value.problems[0].code == "onlooker_reads_only"


def test_keys_are_not_shown_and_no_key_looks(market: TwoTenants, client_of: ClientOf) -> None:
    tenant = market.a.advertiser
    browser = client_of(market.operator.users[Role.OWNER])
    begin(browser, market, tenant, Role.OWNER)
    refused = browser.get(f"/{tenant.slug}/keys/")
    assert (refused.status_code, "Keys and secrets are for" in refused.content.decode()) == (403, True)
    assert browser.get("/api/v1/announcements").status_code == 401, "a session opens nothing in the API"
    account = browser.get("/account/").content.decode()
    assert f"owner@{market.operator.slug}.test" in account
    assert f"@{tenant.slug}.test" not in account


def test_it_ends_with_its_time_and_says_so(market: TwoTenants, client_of: ClientOf) -> None:
    tenant = market.a.advertiser
    browser = client_of(market.operator.users[Role.OWNER])
    begin(browser, market, tenant, Role.OWNER)
    Impersonation.objects.system().update(ends_at=timezone.now() - timedelta(seconds=1))
    over = browser.get(f"/{tenant.slug}/")
    assert (over.status_code, over["Location"]) == (302, f"/{market.operator.slug}/operations/looked-at/")
    assert "no longer: the time is over" in browser.get(over["Location"]).content.decode()
    assert browser.get(f"/{tenant.slug}/").status_code == 404
    assert facade.close_ended() == 1
    assert [one[0] for one in actions(tenant)] == ["impersonation.over", "impersonation.begun"]


def test_it_ends_with_the_browser_that_began_it(market: TwoTenants, client_of: ClientOf) -> None:
    tenant, owner = market.a.advertiser, market.operator.users[Role.OWNER]
    browser, other = client_of(owner), client_of(owner)
    begin(browser, market, tenant, Role.OWNER)
    assert other.get(f"/{tenant.slug}/").status_code == 404, "another browser of the same person"
    session = other.session
    session["looking_as"] = browser.session["looking_as"]
    session.save()
    assert other.get(f"/{tenant.slug}/").status_code == 404, "nor with the number of it"
    browser.post("/account/logout/")
    assert browser.get(f"/{tenant.slug}/").status_code == 302
    assert facade.close_ended() == 1


def test_it_ends_when_its_person_operates_no_more(market: TwoTenants, client_of: ClientOf) -> None:
    tenant, manager = market.a.advertiser, market.operator.users[Role.MANAGER]
    browser = client_of(manager)
    begin(browser, market, tenant, Role.OWNER)
    assert browser.get(f"/{tenant.slug}/").status_code == 200
    Membership.objects.system().filter(user=manager).update(role=Role.VIEWER.value)
    assert browser.get(f"/{tenant.slug}/").status_code == 404


def test_only_that_tenant_is_seen_and_one_at_a_time(market: TwoTenants, client_of: ClientOf) -> None:
    tenant, other = market.a.advertiser, market.b.advertiser
    browser = client_of(market.operator.users[Role.OWNER])
    begin(browser, market, tenant, Role.OWNER)
    assert browser.get(f"/{other.slug}/").status_code == 404
    look = f"operations/tenants/{other.organisation}/look/"
    nested = browser.post(f"/{tenant.slug}/{look}", {"role": "owner", "why": WHY})
    assert nested.status_code == 404, "a tenant's people have no such page, nor has whoever looks as them"
    second = browser.post(f"/{market.operator.slug}/{look}", {"role": "owner", "why": WHY})
    assert (second.status_code, "End that first" in second.content.decode()) == (422, True)


def test_who_may_not_operate_looks_at_nobody(market: TwoTenants, client_of: ClientOf) -> None:
    tenant, operator = market.a.advertiser, market.operator
    look = f"operations/tenants/{tenant.organisation}/look/"
    for role in (Role.FINANCE, Role.DEVELOPER, Role.VIEWER):
        browser = client_of(operator.users[role])
        assert browser.post(f"/{operator.slug}/{look}", {"role": "owner", "why": WHY}).status_code == 403
    member = client_of(market.b.advertiser.users[Role.OWNER])
    assert (
        member.post(f"/{market.b.advertiser.slug}/{look}", {"role": "owner", "why": WHY}).status_code == 404
    )


def test_a_reason_is_needed_and_overseers_are_not_looked_at(market: TwoTenants, client_of: ClientOf) -> None:
    operator = market.operator
    browser = client_of(operator.users[Role.OWNER])
    for tenant, why, told in (
        (market.a.advertiser, "because", "in 10 to 500 characters"),
        (market.auditor, WHY, "Only advertisers, agencies and publishers"),
        (operator, WHY, "Only advertisers, agencies and publishers"),
    ):
        look = f"/{operator.slug}/operations/tenants/{tenant.organisation}/look/"
        answer = browser.post(look, {"role": "owner", "why": why})
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
    people.suspend(operator.caller(), market.a.publisher.organisation, "Unpaid bills")
    look = f"/{operator.slug}/operations/tenants/{market.a.publisher.organisation}/look/"
    assert browser.post(look, {"role": "owner", "why": WHY}).status_code == 422


def test_an_organisation_that_is_shut_meanwhile_is_seen_no_more(
    market: TwoTenants, client_of: ClientOf
) -> None:
    tenant = market.a.agency
    browser = client_of(market.operator.users[Role.OWNER])
    begin(browser, market, tenant, Role.OWNER)
    people.suspend(market.operator.caller(), tenant.organisation, "Unpaid bills")
    assert browser.get(f"/{tenant.slug}/").status_code == 404
