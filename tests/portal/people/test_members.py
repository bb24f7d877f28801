"""Members, roles, invitations, mandates and keys: what the facade allows, refuses and records."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.portal.people.letters import secret_of
from utfall.portal.access import Forbidden, Kind, NotFound, Permission, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.people import facade
from utfall.portal.people.callers import digest_of
from utfall.portal.people.models import ApiKey, Invitation
from utfall.portal.site import SiteConfig

PASSWORD = "a long enough password"


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_an_organisation_always_has_an_owner(market: TwoTenants) -> None:
    shop = market.a.advertiser
    owner = shop.caller()
    with pytest.raises(Refused) as refused:
        facade.change_role(owner, shop.users[Role.OWNER], Role.VIEWER)
    assert codes(refused) == {"last_owner"}
    with pytest.raises(Refused):
        facade.remove(owner, shop.users[Role.OWNER])
    facade.change_role(owner, shop.users[Role.MANAGER], Role.OWNER)
    facade.remove(owner, shop.users[Role.OWNER])
    assert facade.members(shop.caller(Role.MANAGER))[0].role is Role.OWNER


@pytest.mark.parametrize("role", [Role.MANAGER, Role.FINANCE, Role.DEVELOPER, Role.VIEWER])
def test_only_owners_see_to_people(market: TwoTenants, role: Role) -> None:
    shop = market.a.advertiser
    caller = shop.caller(role)
    with pytest.raises(Forbidden):
        facade.invite(caller, "new@acme.test", Role.VIEWER)
    with pytest.raises(Forbidden):
        facade.change_role(caller, shop.users[Role.VIEWER], Role.OWNER)
    with pytest.raises(Forbidden):
        facade.remove(caller, shop.users[Role.OWNER])
    facade.remove(caller, shop.users[role])


def test_a_member_of_another_organisation_is_not_found(market: TwoTenants) -> None:
    stranger = market.b.advertiser.users[Role.VIEWER]
    with pytest.raises(NotFound):
        facade.change_role(market.a.advertiser.caller(), stranger, Role.OWNER)
    with pytest.raises(NotFound):
        facade.members(market.a.advertiser.caller(), market.b.advertiser.organisation)


def test_an_invitation_is_accepted_once_by_somebody_new(market: TwoTenants) -> None:
    shop = market.a.advertiser
    facade.invite(shop.caller(), "New@Acme.test", Role.FINANCE)
    secret = secret_of("new@acme.test")
    asked = facade.invitation_of(secret)
    assert (asked.organisation, asked.role, asked.has_account) == (shop.name, Role.FINANCE, False)
    joined = facade.accept(secret, account=facade.Account(email="new@acme.test", password=PASSWORD))
    assert (joined.slug, joined.role) == (shop.slug, Role.FINANCE)
    with pytest.raises(NotFound):
        facade.invitation_of(secret)


def test_an_invitation_is_for_the_invited_address_only(market: TwoTenants) -> None:
    facade.invite(market.a.advertiser.caller(), "new@acme.test", Role.OWNER)
    secret = secret_of("new@acme.test")
    with pytest.raises(Refused) as refused:
        facade.accept(secret, user=market.b.advertiser.users[Role.VIEWER])
    assert codes(refused) == {"invited_other"}
    with pytest.raises(NotFound):
        facade.accept(secret, account=facade.Account(email="thief@acme.test", password=PASSWORD))


def test_an_invitation_expires_and_can_be_sent_again(market: TwoTenants) -> None:
    owner = market.a.advertiser.caller()
    invited = facade.invite(owner, "new@acme.test", Role.VIEWER)
    old = secret_of("new@acme.test")
    Invitation.objects.system().filter(pk=invited.id).update(expires_at=timezone.now())
    with pytest.raises(Refused) as refused:
        facade.invitation_of(old)
    assert codes(refused) == {"invitation_expired"}
    facade.resend(owner, invited.id)
    assert facade.invitation_of(secret_of("new@acme.test")).email == "new@acme.test"
    with pytest.raises(NotFound):
        facade.invitation_of(old)
    facade.withdraw(owner, invited.id)
    with pytest.raises(NotFound):
        facade.invitation_of(secret_of("new@acme.test"))


def test_nobody_is_invited_twice(market: TwoTenants) -> None:
    owner = market.a.advertiser.caller()
    facade.invite(owner, "new@acme.test", Role.VIEWER)
    for email, code in (("new@acme.test", "already_invited"), ("viewer@acme-shop.test", "already_member")):
        with pytest.raises(Refused) as refused:
            facade.invite(owner, email, Role.VIEWER)
        assert codes(refused) == {code}


def test_a_key_may_do_no_more_than_its_maker(market: TwoTenants) -> None:
    developer = market.a.advertiser.caller(Role.DEVELOPER)
    with pytest.raises(Refused) as refused:
        facade.create_key(developer, "wide", [Permission.LOOK, Permission.MONEY])
    assert codes(refused) == {"scope_too_wide"}
    with pytest.raises(Refused) as refused:
        facade.create_key(developer, "wide", [Permission.LOOK], role=Role.OWNER)
    assert codes(refused) == {"role_too_wide"}
    with pytest.raises(Refused) as refused:
        facade.create_key(market.a.agency.caller(), "events", [Permission.EVENTS])
    assert codes(refused) == {"scope_events_nobody"}


def test_a_key_is_shown_once_and_stored_as_its_digest(market: TwoTenants) -> None:
    made = facade.create_key(market.a.advertiser.caller(), "shop", [Permission.LOOK])
    row = ApiKey.objects.system().get(pk=made.key.id)
    assert made.secret.startswith("utf_")
    assert made.secret.startswith(row.prefix)
    assert row.digest == digest_of(made.secret)
    caller = facade.caller_of_key(made.secret)
    assert caller is not None
    assert (caller.slug, caller.grants, caller.user) == (
        market.a.advertiser.slug,
        frozenset({Permission.LOOK}),
        None,
    )
    assert facade.keys(market.a.advertiser.caller())[0].last_used_at is not None


def test_a_rotated_key_works_until_the_overlap_ends(market: TwoTenants) -> None:
    owner = market.a.advertiser.caller()
    old = facade.create_key(owner, "shop", [Permission.LOOK])
    new = facade.rotate_key(owner, old.key.id, overlap=timedelta(hours=1))
    assert facade.caller_of_key(old.secret) is not None
    assert facade.caller_of_key(new.secret) is not None
    ApiKey.objects.system().filter(pk=old.key.id).update(expires_at=timezone.now())
    assert facade.caller_of_key(old.secret) is None
    facade.revoke_key(owner, new.key.id)
    assert facade.caller_of_key(new.secret) is None


def test_another_organisations_key_is_not_found(market: TwoTenants) -> None:
    (theirs,) = facade.keys(market.b.advertiser.caller())
    with pytest.raises(NotFound):
        facade.revoke_key(market.a.advertiser.caller(), theirs.id)
    with pytest.raises(NotFound):
        facade.rotate_key(market.a.advertiser.caller(), theirs.id)


def test_an_agency_acts_once_the_advertiser_says_yes(market: TwoTenants) -> None:
    agency, shop = market.a.agency.caller(), market.b.advertiser.caller()
    asked = facade.ask(agency, market.b.advertiser.slug)
    assert market.b.advertiser.number not in market.a.agency.caller().advertisers
    with pytest.raises(Forbidden):
        facade.grant(agency, asked.id)
    facade.grant(shop, asked.id)
    assert market.b.advertiser.number in market.a.agency.caller().advertisers
    assert {one.agency for one in facade.mandates(agency)} == {market.a.agency.name}
    facade.end(shop, asked.id)
    assert market.b.advertiser.number not in market.a.agency.caller().advertisers


def test_a_stranger_cannot_grant_a_mandate(market: TwoTenants) -> None:
    asked = facade.ask(market.a.agency.caller(), market.b.advertiser.slug)
    with pytest.raises(NotFound):
        facade.grant(market.a.advertiser.caller(), asked.id)
    with pytest.raises(NotFound):
        facade.end(market.b.agency.caller(), asked.id)


def test_a_suspended_organisation_has_no_callers(market: TwoTenants) -> None:
    shop = market.a.advertiser
    made = facade.create_key(shop.caller(), "shop", [Permission.LOOK])
    with pytest.raises(Refused):
        facade.suspend(market.operator.caller(), shop.organisation, "")
    facade.suspend(market.operator.caller(), shop.organisation, "does not pay")
    assert facade.caller_of_slug(shop.users[Role.OWNER], shop.slug) is None
    assert facade.caller_of_key(made.secret) is None
    assert not facade.is_live(Kind.ADVERTISER, shop.number)
    facade.restore(market.operator.caller(), shop.organisation)
    assert shop.caller().slug == shop.slug


def test_only_the_operator_sees_the_tenants(market: TwoTenants) -> None:
    for tenant in (market.a.advertiser, market.auditor, market.a.publisher):
        with pytest.raises(Forbidden):
            facade.tenants(tenant.caller())
    found = facade.tenants(market.operator.caller(), words="zebra", kind=Kind.PUBLISHER)
    assert [one.name for one in found.items] == [market.b.publisher.name]


def test_tenants_come_page_by_page(market: TwoTenants) -> None:
    operator = market.operator.caller()
    first = facade.tenants(operator, limit=5)
    second = facade.tenants(operator, limit=5, after=first.following)
    assert [len(first.items), len(second.items), second.following] == [5, 3, None]
    assert {one.id for one in first.items}.isdisjoint(one.id for one in second.items)


def test_a_newcomer_waits_where_the_operator_wants_to_see_it(market: TwoTenants) -> None:
    operator = market.operator.caller()
    facade.set_approval(operator, True)
    newcomer = facade.Newcomer(kind=Kind.PUBLISHER, name="New", website="new.test", promotion_type="email")
    signed_up = facade.sign_up(newcomer, facade.Account(email="new@new.test", password=PASSWORD))
    caller = facade.caller_of_slug(signed_up.user, signed_up.organisation.slug)
    assert caller is not None
    with pytest.raises(Refused) as refused:
        facade.require_live(caller)
    assert codes(refused) == {"organisation_pending"}
    facade.approve(operator, signed_up.organisation.id)
    facade.require_live(caller)
    with pytest.raises(Refused) as refused:
        facade.approve(operator, signed_up.organisation.id)
    assert codes(refused) == {"state_changed"}


def test_sign_up_says_all_that_is_wrong_at_once(portal: SiteConfig) -> None:
    with pytest.raises(Refused) as refused:
        facade.sign_up(
            facade.Newcomer(kind=Kind.PUBLISHER, name="", website="not a site", country="XX"),
            facade.Account(email="nobody", password="short"),
        )
    assert codes(refused) == {
        "name_malformed",
        "website_malformed",
        "country_unknown",
        "promotion_unknown",
        "email_malformed",
        "password_weak",
    }


def test_nobody_signs_up_as_an_operator_or_agency(portal: SiteConfig) -> None:
    for kind in (Kind.OPERATOR, Kind.AGENCY, Kind.AUDITOR):
        with pytest.raises(Refused) as refused:
            facade.sign_up(
                facade.Newcomer(kind=kind, name="Sly", website="sly.test"),
                facade.Account(email="sly@sly.test", password=PASSWORD),
            )
        assert codes(refused) == {"kind_closed"}


def test_a_closed_organisation_keeps_its_place_in_the_terms(market: TwoTenants) -> None:
    shop = market.a.advertiser
    made = facade.create_key(shop.caller(), "shop", [Permission.EVENTS])
    facade.close_organisation(shop.caller(), "enough")
    assert facade.caller_of_key(made.secret) is None
    assert facade.sealed_keys() == ()
    assert shop.number in [one.id for one in facade.sealed_advertisers()]
    assert market.a.agency.caller().advertisers == frozenset()


def test_the_last_owner_cannot_delete_the_account(market: TwoTenants) -> None:
    shop = market.a.advertiser
    with pytest.raises(Refused) as refused:
        facade.delete_account(shop.users[Role.OWNER])
    assert codes(refused) == {"last_owner"}
    facade.delete_account(shop.users[Role.VIEWER])
    assert shop.users[Role.VIEWER] not in [one.user for one in facade.members(shop.caller())]


def test_every_change_of_people_is_recorded(market: TwoTenants) -> None:
    shop = market.a.advertiser
    owner = shop.caller()
    facade.change_role(owner, shop.users[Role.VIEWER], Role.FINANCE)
    facade.remove(owner, shop.users[Role.VIEWER])
    facade.create_key(owner, "shop", [Permission.LOOK])
    facade.change_organisation(owner, facade.Particulars(name="Acme Store"), why="rebranded")
    facade.renew_postback_secret(owner)
    said = [entry.action for entry in audit.entries(owner).items]
    assert said[:5] == [
        "organisation.postback_secret",
        "organisation.changed",
        "key.created",
        "member.removed",
        "member.role_changed",
    ]
    assert audit.entries(market.b.advertiser.caller()).items[0].action != "organisation.changed"
