"""The API of people: a key does what its scopes allow, for its own organisation."""

from typing import Any

import pytest
from django.test import Client

from tests.portal.market import MARKER, Tenant, TwoTenants
from tests.portal.people.letters import newest_to
from utfall.portal.access import Permission, Role
from utfall.portal.people import facade


class Machine:
    """A client that speaks with a key."""

    def __init__(self, tenant: Tenant, scopes: list[Permission] | None = None) -> None:
        owner = tenant.caller()
        made = facade.create_key(owner, "machine", scopes or sorted(owner.grants - {Permission.EVENTS}))
        self.key = made.key
        self.client = Client(headers={"authorization": f"Bearer {made.secret}"})

    def ask(self, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
        """The answer's JSON, whose status must be the expected one."""
        send = getattr(self.client, method)
        answer = send(f"/api/v1{path}") if body is None else send(f"/api/v1{path}", body, "application/json")
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None


def test_a_key_reads_and_changes_its_own_organisation(market: TwoTenants) -> None:
    machine = Machine(market.a.advertiser)
    assert machine.ask("get", "/organisation")["slug"] == market.a.advertiser.slug
    changed = machine.ask("patch", "/organisation", {"country": "NO", "why": "moved"})
    assert (changed["country"], changed["name"]) == ("NO", market.a.advertiser.name)
    refused = machine.ask("patch", "/organisation", {"country": "XX"}, expect=422)
    assert "country" in str(refused)


def test_members_and_invitations_are_managed_by_key(market: TwoTenants) -> None:
    machine = Machine(market.a.advertiser)
    people = machine.ask("get", "/members")
    assert people[0]["role"] == "owner"
    assert MARKER not in str(people)
    viewer = market.a.advertiser.users[Role.VIEWER]
    machine.ask("put", f"/members/{viewer}/role", {"role": "finance"}, expect=204)
    machine.ask("delete", f"/members/{viewer}", expect=204)
    machine.ask("delete", f"/members/{market.b.advertiser.users[Role.VIEWER]}", expect=404)
    invited = machine.ask("post", "/invitations", {"email": "api@acme.test", "role": "viewer"}, expect=201)
    assert newest_to("api@acme.test").subject == f"Join {market.a.advertiser.name}"
    machine.ask("post", f"/invitations/{invited['id']}/resend")
    machine.ask("delete", f"/invitations/{invited['id']}", expect=204)
    assert "api@acme.test" not in str(machine.ask("get", "/invitations"))


def test_a_key_makes_no_key_wider_than_itself(market: TwoTenants) -> None:
    machine = Machine(market.a.advertiser, [Permission.LOOK, Permission.TRACK])
    wide = {"name": "wide", "scopes": ["money"]}
    assert "scope_too_wide" in str(machine.ask("post", "/keys", wide, expect=422))
    made = machine.ask("post", "/keys", {"name": "narrow", "scopes": ["look"]}, expect=201)
    assert made["secret"].startswith("utf_")
    replaced = machine.ask("post", f"/keys/{made['key']['id']}/rotate", {"overlap_hours": 1}, expect=201)
    assert replaced["key"]["scopes"] == ["look"]
    machine.ask("delete", f"/keys/{replaced['key']['id']}", expect=204)
    machine.ask("get", "/invitations", expect=403)


def test_a_key_of_one_scope_cannot_be_escalated_by_the_second_factor_or_closing(market: TwoTenants) -> None:
    machine = Machine(market.a.advertiser, [Permission.LOOK])
    machine.ask("put", "/organisation/second-factor", {"second_factor": "nobody"}, expect=403)
    machine.ask("post", "/organisation/close", {}, expect=403)


def test_mandates_are_asked_for_and_granted_by_key(market: TwoTenants) -> None:
    agency, shop = Machine(market.a.agency), Machine(market.b.advertiser)
    asked = agency.ask("post", "/mandates", {"party": market.b.advertiser.slug}, expect=201)
    assert asked["granted_at"] is None
    agency.ask("post", f"/mandates/{asked['id']}/grant", expect=404)
    granted = shop.ask("post", f"/mandates/{asked['id']}/grant")
    assert (granted["granted_at"] is not None, granted["letters"]) == (True, True)
    assert not agency.ask("post", f"/mandates/{asked['id']}/letters", {"wanted": False})["letters"]
    shop.ask("post", f"/mandates/{asked['id']}/letters", {"wanted": True}, expect=404)
    agency.ask("delete", f"/mandates/{asked['id']}", expect=204)


def test_only_an_operators_key_lists_and_suspends_organisations(market: TwoTenants) -> None:
    operator, shop = Machine(market.operator), Machine(market.a.advertiser)
    shop.ask("get", "/organisations", expect=404)
    found = operator.ask("get", "/organisations?q=zebra&limit=2")
    assert len(found["items"]) == 2
    assert found["following"] is not None
    operator.ask("post", f"/organisations/{market.a.advertiser.organisation}/suspend", {"why": "unpaid"})
    shop.ask("get", "/organisation", expect=401)
    operator.ask("post", f"/organisations/{market.a.advertiser.organisation}/restore")
    shop.ask("get", "/organisation")
    wanted = {"kind": "agency", "name": "New Agency", "owner_email": "boss@agency.test"}
    made = operator.ask("post", "/organisations", wanted, expect=201)
    assert made["slug"] == "new-agency"
    assert newest_to("boss@agency.test").subject == "Join New Agency"


@pytest.mark.parametrize("path", ["/members", "/keys", "/invitations", "/mandates"])
def test_no_list_holds_anything_of_a_stranger(market: TwoTenants, path: str) -> None:
    assert MARKER not in str(Machine(market.a.advertiser).ask("get", path))
