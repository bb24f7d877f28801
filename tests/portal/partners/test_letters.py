"""Who is written to about a partnership, and in which language."""

from tests.portal.conftest import ClientOf
from tests.portal.market import Tenant, TwoTenants
from tests.portal.partners.test_partnerships import approved
from tests.portal.programs.drafts import live
from utfall.events import Outcome
from utfall.portal.access import Role
from utfall.portal.commission import facade as commission
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.partners import facade
from utfall.portal.people import facade as people
from utfall.portal.post.models import Letter
from utfall.portal.programs import facade as programs
from utfall.terms import Portion


def letters_to(tenant: Tenant, role: Role = Role.OWNER) -> list[Letter]:
    return list(Letter.objects.system().filter(to=f"{role.value}@{tenant.slug}.test").order_by("pk"))


def speaks(tenant: Tenant, role: Role, language: str) -> None:
    people.set_language(tenant.users[role], language)


def test_a_publisher_is_told_of_a_move_and_sees_its_group(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    advertiser, publisher = market.a.advertiser.caller(), market.a.publisher
    speaks(publisher, Role.OWNER, "sv")
    group = programs.create_group(advertiser, view.program, "Gold", "")
    facade.move(advertiser, view.id, group.id, why="A fine year")
    last = letters_to(publisher)[-1]
    assert (last.language, last.subject) == ("sv", "Acme Sweden har flyttat dig till en annan grupp")
    assert "”Gold”" in last.text
    assert "A fine year" in last.text
    kept = facade.letters(publisher.caller(), view.id)[0]
    assert "flyttat" in kept.subject
    page = client_of(publisher.users[Role.OWNER]).get(f"/{publisher.slug}/marketplace/{view.program}/")
    assert "Gold" in page.content.decode()
    facade.move(advertiser, view.id, None)
    assert "A fine year" not in letters_to(publisher)[-1].text
    assert "”" not in letters_to(publisher)[-1].text


def test_an_advertiser_is_told_how_an_invitation_was_answered(market: TwoTenants) -> None:
    tenant, publisher = market.a.advertiser, market.a.publisher
    program = live(tenant.caller(), market.operator.caller())
    speaks(tenant, Role.MANAGER, "nb")
    invited = facade.invite(tenant.caller(), program.id, publisher.number)
    facade.answer(publisher.caller(), invited.id, accept=False)
    assert letters_to(tenant)[-1].subject == f"{publisher.name} declined: Acme Sweden"
    assert letters_to(tenant, Role.MANAGER)[-1].subject == f"{publisher.name} takket nei: Acme Sweden"
    assert not letters_to(tenant, Role.VIEWER)
    facade.invite(tenant.caller(), program.id, publisher.number)
    facade.answer(publisher.caller(), invited.id, accept=True)
    assert "accepted your invitation" in letters_to(tenant)[-1].text
    assert f"/{tenant.slug}/partners/{invited.id}/" in letters_to(tenant)[-1].text
    agency = market.a.agency
    assert f"/{agency.slug}/partners/{invited.id}/" in letters_to(agency)[-1].text


def test_the_operators_word_reaches_those_who_manage_in_their_language(market: TwoTenants) -> None:
    tenant = market.a.advertiser
    speaks(tenant, Role.OWNER, "nb")
    speaks(tenant, Role.MANAGER, "sv")
    live(tenant.caller(), market.operator.caller())
    assert letters_to(tenant)[-1].language == "nb"
    assert letters_to(tenant, Role.MANAGER)[-1].language == "sv"
    subjects = {letters_to(tenant)[-1].subject, letters_to(tenant, Role.MANAGER)[-1].subject}
    assert len(subjects) == 2
    assert not letters_to(tenant, Role.VIEWER)


def test_a_change_of_price_reaches_a_publishers_people_in_their_language(market: TwoTenants) -> None:
    view = approved(market)
    publisher = market.a.publisher
    speaks(publisher, Role.OWNER, "sv")
    speaks(publisher, Role.MANAGER, "nb")
    draft = RuleDraft(name="Shoes", outcome=Outcome.SALE, price=Portion(ppm=90_000))
    commission.change_rules(market.a.advertiser.caller(), view.program, [draft])
    owner, manager = letters_to(publisher)[-1], letters_to(publisher, Role.MANAGER)[-1]
    assert (owner.language, manager.language) == ("sv", "nb")
    assert "Acme Sweden" in owner.subject
    assert owner.subject != manager.subject
    assert not letters_to(publisher, Role.VIEWER)
