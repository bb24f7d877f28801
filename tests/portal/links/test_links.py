"""Links that lead where the program allows, and codes that are one publisher's at a time."""

import pytest

from tests.portal.market import TwoTenants
from tests.portal.partners.test_partnerships import approved, codes
from utfall.portal.access import Forbidden, NotFound, Refused
from utfall.portal.links import facade
from utfall.portal.links.contracts import CodeDraft, LinkDraft, LinkView
from utfall.portal.programs import facade as programs
from utfall.portal.site import site


def made(market: TwoTenants) -> LinkView:
    view = approved(market)
    return facade.create_link(
        market.a.publisher.caller(), LinkDraft(program=view.program, name="Start", subs=("autumn",))
    )


def test_a_link_leads_to_the_program_and_carries_its_sub_ids(market: TwoTenants) -> None:
    link = made(market)
    assert link.address == f"{site().public_url}/c/{link.key}?sub1=autumn"
    (sealed,) = facade.sealed_links()
    assert (sealed.id, sealed.key, sealed.destination) == (link.id, link.key, link.destination)


@pytest.mark.parametrize(
    ("destination", "code"),
    [
        ("https://elsewhere.test/", "destination_elsewhere"),
        ("https://notacme.test/", "destination_elsewhere"),
        ("javascript:alert(1)", "destination_unreadable"),
        ("https://user:pass@acme.test/", "destination_with_password"),
        ("https://acme.test/" + "x" * 2000, "destination_too_long"),
        ("acme.test", "destination_unreadable"),
        ("https://[broken", "destination_unreadable"),
    ],
)
def test_a_link_leads_nowhere_else(market: TwoTenants, destination: str, code: str) -> None:
    view = approved(market)
    with pytest.raises(Refused) as refused:
        facade.create_link(
            market.a.publisher.caller(), LinkDraft(program=view.program, destination=destination)
        )
    assert codes(refused) == [code]


def test_a_key_is_taken_once_in_any_case(market: TwoTenants) -> None:
    view = approved(market)
    publisher = market.a.publisher.caller()
    facade.create_link(publisher, LinkDraft(program=view.program, key="Autumn"))
    for key, code in (("autumn", "key_taken"), ("a b", "key_unfit"), ("x", "key_unfit")):
        with pytest.raises(Refused) as refused:
            facade.create_link(publisher, LinkDraft(program=view.program, key=key))
        assert codes(refused) == [code]


def test_who_is_no_partner_makes_no_link(market: TwoTenants) -> None:
    view = approved(market)
    with pytest.raises(Refused) as refused:
        facade.create_link(market.b.publisher.caller(), LinkDraft(program=view.program))
    assert codes(refused) == ["not_a_partner"]


def test_many_links_are_made_each_on_its_own(market: TwoTenants) -> None:
    view = approved(market)
    page = f"{programs.program(market.a.publisher.caller(), view.program).website}/tents"
    drafts = [
        LinkDraft(program=view.program, destination=where)
        for where in (page, "https://elsewhere.test/", page)
    ]
    found = facade.create_links(market.a.publisher.caller(), drafts)
    assert [isinstance(one, LinkView) for one in found] == [True, False, True]
    assert len(list(facade.sealed_links())) == 2


def test_a_deep_link_is_checked_and_escaped(market: TwoTenants) -> None:
    link = made(market)
    page = link.destination.rstrip("/") + "/tents?colour=red&size=2"
    deep = facade.deep_link(market.a.publisher.caller(), link.id, page)
    assert deep.address.endswith(
        "&url="
        + page.replace(":", "%3A")
        .replace("/", "%2F")
        .replace("?", "%3F")
        .replace("=", "%3D")
        .replace("&", "%26")
    )
    with pytest.raises(Refused):
        facade.deep_link(market.a.publisher.caller(), link.id, "https://elsewhere.test/")


def test_only_its_publisher_changes_a_link(market: TwoTenants) -> None:
    link = made(market)
    with pytest.raises(Refused) as refused:
        facade.change_link(market.a.advertiser.caller(), link.id, LinkDraft(program=link.program))
    assert codes(refused) == ["not_your_link"]
    with pytest.raises(NotFound):
        facade.change_link(market.b.publisher.caller(), link.id, LinkDraft(program=link.program))


def test_an_unknown_macro_is_refused(market: TwoTenants) -> None:
    link = made(market)
    with pytest.raises(Refused) as refused:
        facade.change_link(
            market.a.publisher.caller(),
            link.id,
            LinkDraft(program=link.program, template=(("utm_source", "{wherever}"),)),
        )
    assert codes(refused) == ["unsound_link"]


def test_an_ended_link_is_found_among_the_ended_and_can_be_revived(market: TwoTenants) -> None:
    link = made(market)
    publisher = market.a.publisher.caller()
    facade.end_link(publisher, link.id)
    assert facade.links(publisher).items == []
    assert [one.id for one in facade.links(publisher, ended=True).items] == [link.id]
    assert facade.revive_link(publisher, link.id).ends_at is None


def test_a_code_is_one_publishers_at_a_time(market: TwoTenants) -> None:
    view = approved(market)
    advertiser = market.a.advertiser.caller()
    draft = CodeDraft(program=view.program, publisher=view.publisher, code="HOST20")
    code = facade.assign_code(advertiser, draft)
    with pytest.raises(Refused) as refused:
        facade.assign_code(
            advertiser, CodeDraft(program=view.program, publisher=view.publisher, code="host20")
        )
    assert codes(refused) == ["code_taken"]
    facade.end_code(advertiser, code.id)
    facade.assign_code(advertiser, draft)
    assert sum(one.ends_at is None for one in facade.sealed_codes()) == 1


def test_a_publisher_gives_itself_no_code(market: TwoTenants) -> None:
    view = approved(market)
    with pytest.raises(Forbidden):
        facade.assign_code(
            market.a.publisher.caller(),
            CodeDraft(program=view.program, publisher=view.publisher, code="MINE"),
        )
