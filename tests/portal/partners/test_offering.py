"""The marketplace tells what publishers met, and why somebody cannot apply."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from utfall.portal.access import Refused
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import (
    ApplicationDraft,
    OfferFilter,
    Order,
    ProfileView,
    PropertyDraft,
    PropertyKind,
    Rejection,
    State,
)
from utfall.portal.partners.experience import Decision, Traffic, experience
from utfall.portal.people.models import Organisation
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import PriceKind, ProgramView, Visibility
from utfall.terms import PromotionType


def opened(market: TwoTenants, name: str = "Acme Sweden") -> ProgramView:
    return live(market.a.advertiser.caller(), market.operator.caller(), name)


def changed(market: TwoTenants, program: ProgramView, types: tuple[PromotionType, ...]) -> None:
    caller = market.a.advertiser.caller()
    draft = replace(programs.draft_of(program.terms), promotion_types=types)
    programs.publish_terms(caller, program.id, draft, effective_from=None, note="Narrower")


def codes(market: TwoTenants, program: int) -> list[str]:
    return [one.code for one in facade.offer(market.a.publisher.caller(), program).obstacles]


def test_nothing_stands_in_the_way_of_who_fits(market: TwoTenants) -> None:
    program = opened(market)
    offer = facade.offer(market.a.publisher.caller(), program.id)
    assert offer.is_open
    assert offer.pays
    assert offer.paid_after_days == 60


def test_a_promotion_type_that_is_not_allowed_is_named_with_what_mends_it(market: TwoTenants) -> None:
    program = opened(market)
    changed(market, program, (PromotionType.EMAIL,))
    (obstacle,) = facade.offer(market.a.publisher.caller(), program.id).obstacles
    assert obstacle.code == "promotion_type_not_allowed"
    assert "content and influencers" in str(obstacle.says)
    assert obstacle.page == "partners:properties"
    newsletter = PropertyDraft(kind=PropertyKind.NEWSLETTER, name="Weekly", promotion_type="email")
    facade.add_property(market.a.publisher.caller(), newsletter)
    assert codes(market, program.id) == []


def test_a_country_that_is_not_served_is_told_and_refused_alike(market: TwoTenants) -> None:
    program = opened(market)
    profile = replace(program.profile, countries=("DK",))
    programs.describe(market.a.advertiser.caller(), program.id, profile)
    publisher = market.a.publisher.caller()
    facade.set_profile(publisher, ProfileView(publisher=publisher.number, countries=("SE",)))
    assert codes(market, program.id) == ["country_not_served"]
    with pytest.raises(Refused) as refused:
        facade.apply(publisher, ApplicationDraft(program=program.id, promotion_types=("content",)))
    assert [one.code for one in refused.value.problems] == ["country_not_served"]


def test_who_waits_for_the_operator_is_told_so(market: TwoTenants) -> None:
    program = opened(market)
    Organisation.objects.system().filter(pk=market.a.publisher.organisation).update(state="pending")
    assert codes(market, program.id) == ["organisation_pending"]


def test_who_was_turned_down_reads_from_when_it_can_apply_again(market: TwoTenants) -> None:
    program = opened(market)
    draft = ApplicationDraft(program=program.id, promotion_types=("content",))
    asked = facade.apply(market.a.publisher.caller(), draft)
    facade.decide(market.a.advertiser.caller(), asked.application or 0, State.REJECTED, reason=Rejection.FULL)
    (obstacle,) = facade.offer(market.a.publisher.caller(), program.id).obstacles
    assert obstacle.code == "too_early"
    assert "again from" in str(obstacle.mend)


def test_a_marketplace_is_filtered_and_sorted(market: TwoTenants) -> None:
    first, second = opened(market, "Beta"), opened(market, "Alpha")
    profile = replace(second.profile, visibility=Visibility.PUBLIC)
    programs.describe(market.a.advertiser.caller(), second.id, profile)
    publisher = market.a.publisher.caller()

    def found(**asked: object) -> list[int]:
        return [one.program.id for one in facade.marketplace(publisher, OfferFilter(**asked)).items]  # type: ignore[arg-type]

    assert found() == [second.id, first.id]
    assert found(order=Order.NAME) == [second.id, first.id]
    assert found(order=Order.FASTEST) == [second.id, first.id]
    assert found(price=PriceKind.FLAT) == []
    assert found(search="beta") == [first.id]
    facade.apply(publisher, ApplicationDraft(program=second.id, promotion_types=("content",)))
    assert found(open_only=True) == [first.id]
    part = facade.marketplace(publisher, count=1)
    assert part.following == 1
    assert facade.marketplace(publisher, after=1, count=1).items[0].program.id == first.id


def test_rates_are_told_only_from_five_decisions_and_a_hundred_clicks_on() -> None:
    day = int(timedelta(days=1).total_seconds())
    few = [Decision(day, True, ("content",))] * 4
    told = experience(few, Traffic(99, 1_000_000))
    assert (told.decision_seconds, told.acceptance_ppm, told.epc_micros) == (None, None, None)
    many = [*few, Decision(9 * day, False, ("content", "email"))]
    told = experience(many, Traffic(100, 250_000_000))
    assert (told.decision_seconds, told.acceptance_ppm, told.epc_micros) == (day, 800_000, 2_500_000)
    assert [(one.promotion_type, one.share_ppm) for one in told.by_type] == [
        ("content", 800_000),
        ("email", None),
    ]


def test_a_publisher_that_is_not_listed_is_not_found(market: TwoTenants) -> None:
    advertiser, publisher = market.b.advertiser.caller(), market.a.publisher.caller()
    facade.set_profile(publisher, ProfileView(publisher=publisher.number, listed=False))
    assert facade.find_publishers(advertiser) == []
    facade.set_profile(publisher, ProfileView(publisher=publisher.number, headline="Tents", listed=True))
    (found,) = facade.find_publishers(advertiser, "tents")
    assert found.party.number == publisher.number
    assert all(one.token == "" for one in found.properties)
