"""Entries of the log as sentences: who, what, with a link, in the reader's language."""

from django.utils import translation

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from utfall.portal.access import Caller, Role
from utfall.portal.audit import facade
from utfall.portal.audit.sentences import SUBJECT
from utfall.portal.creatives.contracts import State as CreativeState
from utfall.portal.partners.contracts import State as PartnershipState
from utfall.portal.people import facade as people
from utfall.portal.programs.contracts import State as ProgramState


def recorded(caller: Caller, action: str, subject: str, **after: str) -> facade.Deed:
    seq = facade.record(
        caller, action=action, subject=subject, before=None, after=after, advertiser=1, publisher=1
    )
    (deed,) = facade.deeds(caller, [facade.entry(caller, seq)])
    return deed


def test_a_change_is_told_with_the_names_of_who_and_what(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    people.rename(caller.user or 0, "Anna <Berg>")
    program = live(market.a.advertiser.caller(), market.operator.caller())
    deed = recorded(caller, "commission.changed", f"program {program.id}")
    assert deed.text == f"Anna <Berg> changed the commission of {program.name}"
    path = f"/{caller.slug}/programs/{program.id}/"
    assert deed.words == (f'Anna &lt;Berg&gt; changed the commission of <a href="{path}">{program.name}</a>')
    with translation.override("sv"):
        assert recorded(caller, "commission.changed", f"program {program.id}").text == (
            f"Anna <Berg> ändrade provisionen för {program.name}"
        )


def test_a_state_is_told_by_what_it_became(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    program = live(market.a.advertiser.caller(), market.operator.caller())
    for state in ProgramState:
        text = recorded(caller, "program.state", f"program {program.id}", state=state.value).text
        assert "changed the state" not in text
        assert program.name in text


def test_every_state_of_a_partnership_and_a_creative_is_told() -> None:
    assert all(facade.is_told(f"partnership.{state.value}") for state in PartnershipState)
    assert all(facade.is_told(f"creative.{state.value}") for state in CreativeState)


def test_what_is_gone_or_unknown_keeps_its_number(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    assert recorded(caller, "link.ended", "link 999").text.endswith("ended the link #999")
    old = recorded(caller, "ancient.deed", "thing 7 & more")
    assert old.text.endswith(": ancient.deed (thing 7 & more)")
    assert "&amp;" in old.words


def test_a_person_of_the_other_side_is_named_by_their_side(market: TwoTenants) -> None:
    publisher = market.a.publisher
    seq = facade.record(
        market.a.advertiser.caller(),
        action="partnership.moved",
        subject="partnership 1",
        before=None,
        after=None,
        advertiser=market.a.advertiser.number,
        publisher=publisher.number,
    )
    caller = publisher.caller()
    (deed,) = facade.deeds(caller, [facade.entry(caller, seq)])
    assert deed.who == market.a.advertiser.name


def test_names_of_another_tenant_are_not_told(market: TwoTenants) -> None:
    program = live(market.b.advertiser.caller(), market.operator.caller())
    deed = recorded(market.a.advertiser.caller(), "program.goal", f"program {program.id}")
    assert program.name not in deed.text
    assert deed.text.endswith(f"of #{program.id}")


def test_subjects_name_a_thing_and_its_number() -> None:
    for subject, noun in {
        "program 3 version 2": "program",
        "feed of program 12": "feed of program",
        "user:4": "user",
        "mail invitation 9": "mail invitation",
        "payout_batch 22": "payout_batch",
    }.items():
        found = SUBJECT.fullmatch(subject)
        assert found is not None
        assert found["noun"] == noun


def test_the_first_page_and_the_log_tell_sentences(market: TwoTenants, client_of: ClientOf) -> None:
    tenant = market.a.advertiser
    program = live(tenant.caller(), market.operator.caller())
    browser = client_of(tenant.users[Role.OWNER])
    for path in (f"/{tenant.slug}/", f"/{tenant.slug}/audit/"):
        text = browser.get(path).content.decode()
        assert "handed in " in text
        assert program.name in text
        assert "program.state<" not in text
