"""From an application to an enrolment in the sealed terms, and every way it can end."""

import pytest

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import (
    ApplicationDraft,
    BanReason,
    PartnershipView,
    Reapply,
    Rejection,
    State,
)


def applied(market: TwoTenants) -> PartnershipView:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    return facade.apply(
        market.a.publisher.caller(),
        ApplicationDraft(program=program.id, promotion_types=("content",), message="We test tents."),
    )


def approved(market: TwoTenants) -> PartnershipView:
    asked = applied(market)
    assert asked.application is not None
    return facade.decide(market.a.advertiser.caller(), asked.application, State.APPROVED)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_an_approved_application_is_an_enrolment(market: TwoTenants) -> None:
    assert applied(market).state is State.PENDING
    assert list(facade.sealed_enrolments()) == []
    found = facade.partnerships(market.a.advertiser.caller()).items[0]
    assert found.application is not None
    facade.decide(market.a.advertiser.caller(), found.application, State.APPROVED)
    (enrolment,) = facade.sealed_enrolments()
    assert (enrolment.program, enrolment.publisher) == (found.program, market.a.publisher.number)
    assert enrolment.ends_at is None
    assert facade.is_enrolled(found.program, market.a.publisher.number)


def test_a_rejection_needs_a_reason_and_closes_the_door_for_a_while(market: TwoTenants) -> None:
    asked = applied(market)
    assert asked.application is not None
    advertiser = market.a.advertiser.caller()
    with pytest.raises(Refused) as refused:
        facade.decide(advertiser, asked.application, State.REJECTED)
    assert codes(refused) == ["reason_missing"]
    facade.decide(
        advertiser, asked.application, State.REJECTED, reason=Rejection.AUDIENCE, note="Other country"
    )
    seen = facade.partnership(market.a.publisher.caller(), asked.id)
    assert (seen.state, seen.reason, seen.note) == (State.REJECTED, "audience", "Other country")
    with pytest.raises(Refused) as again:
        facade.apply(
            market.a.publisher.caller(), ApplicationDraft(program=asked.program, promotion_types=("content",))
        )
    assert codes(again) == ["too_early"]


def test_who_may_apply_at_once_does(market: TwoTenants) -> None:
    asked = applied(market)
    assert asked.application is not None
    facade.decide(
        market.a.advertiser.caller(),
        asked.application,
        State.REJECTED,
        reason=Rejection.INCOMPLETE,
        reapply=Reapply.AT_ONCE,
    )
    draft = ApplicationDraft(program=asked.program, promotion_types=("content",))
    assert facade.apply(market.a.publisher.caller(), draft).state is State.PENDING


def test_nothing_is_decided_twice(market: TwoTenants) -> None:
    view = approved(market)
    assert view.application is not None
    with pytest.raises(Refused) as refused:
        facade.decide(market.a.advertiser.caller(), view.application, State.APPROVED)
    assert codes(refused) == ["decided_already"]


def test_a_pause_ends_the_enrolment_and_a_resumption_begins_another(market: TwoTenants) -> None:
    view = approved(market)
    advertiser = market.a.advertiser.caller()
    facade.pause(advertiser, view.id, why="Too many returns")
    assert not facade.is_enrolled(view.program, view.publisher)
    assert all(one.ends_at is not None for one in facade.sealed_enrolments())
    facade.resume(advertiser, view.id)
    assert sum(one.ends_at is None for one in facade.sealed_enrolments()) == 1


def test_a_ban_is_for_good_until_it_is_lifted(market: TwoTenants) -> None:
    view = approved(market)
    advertiser, publisher = market.a.advertiser.caller(), market.a.publisher.caller()
    facade.ban(advertiser, view.id, BanReason.FAKE_TRAFFIC, why="Clicks at night from one address")
    draft = ApplicationDraft(program=view.program, promotion_types=("content",))
    with pytest.raises(Refused) as refused:
        facade.apply(publisher, draft)
    assert codes(refused) == ["banned"]
    facade.lift_ban(advertiser, view.id, why="It was another publisher")
    assert facade.apply(publisher, draft).state is State.PENDING


def test_an_invitation_is_accepted_without_an_application(market: TwoTenants) -> None:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    invited = facade.invite(market.a.advertiser.caller(), program.id, market.a.publisher.number)
    assert invited.state is State.INVITED
    assert facade.answer(market.a.publisher.caller(), invited.id, accept=True).state is State.APPROVED
    assert facade.is_enrolled(program.id, market.a.publisher.number)


def test_another_tenant_finds_nothing(market: TwoTenants) -> None:
    view = approved(market)
    for stranger in (market.b.advertiser.caller(), market.b.publisher.caller(), market.b.agency.caller()):
        assert facade.partnerships(stranger).items == []
        with pytest.raises(NotFound):
            facade.partnership(stranger, view.id)
        with pytest.raises(NotFound):
            facade.pause(stranger, view.id, why="mine now")


def test_a_viewer_decides_nothing(market: TwoTenants) -> None:
    asked = applied(market)
    assert asked.application is not None
    with pytest.raises(Forbidden):
        facade.decide(market.a.advertiser.caller(Role.VIEWER), asked.application, State.APPROVED)


def test_the_advertiser_cannot_answer_its_own_invitation(market: TwoTenants) -> None:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    invited = facade.invite(market.a.advertiser.caller(), program.id, market.a.publisher.number)
    with pytest.raises(Forbidden):
        facade.answer(market.a.advertiser.caller(), invited.id, accept=True)


def test_an_application_says_everything_that_is_wrong(market: TwoTenants) -> None:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    with pytest.raises(Refused) as refused:
        facade.apply(
            market.a.publisher.caller(),
            ApplicationDraft(program=program.id, promotion_types=(), properties=(999,), message="x" * 5000),
        )
    assert codes(refused) == ["promotion_type_missing", "too_long", "property_unknown"]
