"""The life of a program."""

import pytest

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import drafted, live
from utfall.portal.access import Forbidden, Kind, NotFound, Refused, Role
from utfall.portal.people.models import Organisation
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import PolicyView, State


def test_a_draft_is_reviewed_and_approved(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = drafted(caller)
    assert facade.submit(caller, view.id).state is State.IN_REVIEW
    with pytest.raises(Forbidden):
        facade.change_state(caller, view.id, State.ACTIVE)
    approved = facade.change_state(operator, view.id, State.ACTIVE)
    assert approved.state is State.ACTIVE
    assert (approved.terms.number, approved.terms.status) == (1, State.ACTIVE)


def test_going_live_turns_the_price_of_the_wizard_into_a_rule(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    from utfall.portal.commission import facade as commission

    (rule,) = commission.rules(caller, view.id)
    assert view.starting_price is not None
    assert rule.draft.price == facade.sealed_price(view.starting_price)


def test_a_draft_that_lacks_something_is_refused_with_everything_it_lacks(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = facade.create_draft(caller, name="Bare", currency="SEK", zone="UTC")
    with pytest.raises(Refused) as refusal:
        facade.submit(caller, view.id)
    codes = {problem.code for problem in refusal.value.problems}
    assert codes == {"website_needed", "category_needed", "price_needed", "text_needed"}


def test_the_operator_returns_a_draft_only_with_a_reason(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = drafted(caller)
    facade.submit(caller, view.id)
    with pytest.raises(Refused):
        facade.change_state(operator, view.id, State.DRAFT)
    facade.change_state(operator, view.id, State.DRAFT, "Say what a lead is.")
    assert facade.program(caller, view.id).returned_why == "Say what a lead is."


def test_a_program_of_a_pending_organisation_cannot_go_live(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = drafted(caller)
    Organisation.objects.system().filter(kind=Kind.ADVERTISER.value, number=view.advertiser).update(
        state=Organisation.State.PENDING
    )
    facade.submit(caller, view.id)
    with pytest.raises(Refused) as refusal:
        facade.change_state(operator, view.id, State.ACTIVE)
    assert refusal.value.problems[0].code == "organisation_pending"
    assert facade.program(caller, view.id).state is State.IN_REVIEW


def test_without_review_a_draft_goes_live_at_once(market: TwoTenants) -> None:
    facade.set_policy(market.operator.caller(), PolicyView(review_needed=False, fee_ppm=200_000))
    caller = market.a.advertiser.caller()
    view = facade.submit(caller, drafted(caller).id)
    assert (view.state, view.terms.fee_ppm) == (State.ACTIVE, 200_000)


def test_every_change_of_state_is_a_version(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    facade.change_state(caller, view.id, State.PAUSED, "Out of stock")
    facade.change_state(caller, view.id, State.ACTIVE)
    facade.change_state(caller, view.id, State.CLOSED, "The season is over")
    statuses = [one.status for one in reversed(facade.versions(caller, view.id))]
    assert statuses == [State.ACTIVE, State.PAUSED, State.ACTIVE, State.CLOSED]


def test_closed_is_closed_for_good(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    facade.change_state(caller, view.id, State.CLOSED, "Over")
    for state in State:
        with pytest.raises(Refused):
            facade.change_state(caller, view.id, state, "Again")


def test_what_the_operator_paused_only_the_operator_resumes(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = live(caller, operator)
    facade.change_state(operator, view.id, State.PAUSED, "Unpaid invoice")
    assert State.ACTIVE not in facade.ways_on(caller, facade.program(caller, view.id))
    with pytest.raises(Refused) as refusal:
        facade.change_state(caller, view.id, State.ACTIVE)
    assert refusal.value.problems[0].code == "held_by_operator"
    assert facade.change_state(operator, view.id, State.ACTIVE).state is State.ACTIVE


def test_ways_on_are_exactly_those_that_are_not_refused_for_whom_asks(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = drafted(caller)
    assert facade.ways_on(caller, view) == [State.IN_REVIEW, State.CLOSED]
    facade.submit(caller, view.id)
    view = facade.program(caller, view.id)
    assert facade.ways_on(caller, view) == [State.DRAFT]
    assert facade.ways_on(operator, view) == [State.DRAFT, State.ACTIVE]
    assert facade.ways_on(market.a.advertiser.caller(Role.VIEWER), view) == []


def test_a_stranger_finds_no_program(market: TwoTenants) -> None:
    view = live(market.a.advertiser.caller(), market.operator.caller())
    stranger = market.b.advertiser.caller()
    with pytest.raises(NotFound):
        facade.program(stranger, view.id)
    with pytest.raises(NotFound):
        facade.change_state(stranger, view.id, State.PAUSED, "Mine now")
    assert facade.program(market.a.agency.caller(), view.id).id == view.id


def test_publishers_find_live_programs_that_are_listed_and_no_drafts(market: TwoTenants) -> None:
    caller, publisher = market.a.advertiser.caller(), market.b.publisher.caller()
    draft = drafted(caller, "Draft")
    view = live(caller, market.operator.caller(), "Live")
    assert [one.name for one in facade.open_programs(publisher).items] == ["Live"]
    assert facade.program(publisher, view.id).terms.fee_ppm is None
    with pytest.raises(NotFound):
        facade.program(publisher, draft.id)
