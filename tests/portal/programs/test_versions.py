"""Versions of the terms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import drafted, live
from utfall.portal.access import NotFound, Refused
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import PolicyView, Required
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import ProgramView, State, TermsDraft, TermsView
from utfall.portal.sealing import facade as sealing
from utfall.terms import ChannelPolicy


def published(answer: TermsView | int) -> TermsView:
    """The version that was published, and not a proposal."""
    assert isinstance(answer, TermsView)
    return answer


def terms(view: ProgramView, **changes: object) -> TermsDraft:
    """The program's terms with some changed."""
    return replace(facade.draft_of(view.terms), **changes)  # type: ignore[arg-type]


def test_new_terms_hold_from_now_on_and_the_old_ones_stay_readable(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    before = timezone.now()
    second = published(facade.publish_terms(caller, view.id, terms(view, hold_days=60), note="More returns"))
    assert (second.number, second.hold_days, second.note) == (2, 60, "More returns")
    assert facade.terms_in_force(caller, view.id).number == 2
    assert second.effective_from is not None
    assert facade.terms_in_force(caller, view.id, before).hold_days == 30
    assert [one.effective_until for one in facade.versions(caller, view.id)] == [None, second.effective_from]


def test_nothing_takes_force_in_the_past(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    yesterday = timezone.now() - timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        facade.publish_terms(caller, view.id, terms(view, hold_days=60), effective_from=yesterday)
    assert refusal.value.problems[0].code == "in_the_past"


def test_the_same_terms_are_no_new_version(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    with pytest.raises(Refused) as refusal:
        facade.publish_terms(caller, view.id, terms(view))
    assert refusal.value.problems[0].code == "nothing_changed"


def test_a_version_to_come_can_be_withdrawn_and_then_never_was_in_force(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    later = timezone.now() + timedelta(days=7)
    second = published(facade.publish_terms(caller, view.id, terms(view, hold_days=60), effective_from=later))
    assert facade.terms_in_force(caller, view.id).number == 1
    facade.withdraw_terms(caller, view.id, second.number)
    assert facade.terms_in_force(caller, view.id, later + timedelta(days=1)).number == 1
    assert facade.versions(caller, view.id)[0].withdrawn_at is not None
    assert len(facade.versions(market.a.publisher.caller(), view.id)) == 1
    with pytest.raises(NotFound):
        facade.withdraw_terms(caller, view.id, second.number)


def test_a_version_in_force_cannot_be_withdrawn(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    with pytest.raises(Refused) as refusal:
        facade.withdraw_terms(caller, view.id, 1)
    assert refusal.value.problems[0].code == "in_force"


def test_while_a_version_is_to_come_terms_before_it_are_refused(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    later = timezone.now() + timedelta(days=7)
    facade.publish_terms(caller, view.id, terms(view, hold_days=60), effective_from=later)
    with pytest.raises(Refused) as refusal:
        facade.publish_terms(caller, view.id, terms(view, hold_days=90))
    assert refusal.value.problems[0].code == "later_version"
    after = later + timedelta(days=1)
    third = published(facade.publish_terms(caller, view.id, terms(view, hold_days=90), effective_from=after))
    assert third.number == 3


def test_a_pause_reaches_the_versions_to_come(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    later = timezone.now() + timedelta(days=7)
    facade.publish_terms(caller, view.id, terms(view, hold_days=60), effective_from=later)
    facade.change_state(caller, view.id, State.PAUSED, "Out of stock")
    then = facade.terms_in_force(caller, view.id, later + timedelta(hours=1))
    assert (then.status, then.hold_days) == (State.PAUSED, 60)
    assert facade.terms_in_force(caller, view.id).status is State.PAUSED


def test_a_closed_program_has_no_versions_to_come(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    later = timezone.now() + timedelta(days=7)
    facade.publish_terms(caller, view.id, terms(view, hold_days=60), effective_from=later)
    facade.change_state(caller, view.id, State.CLOSED, "Over")
    assert facade.terms_in_force(caller, view.id, later + timedelta(days=1)).hold_days == 30


def test_everything_wrong_with_terms_is_said_at_once(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = drafted(caller)
    wrong = terms(view, hold_days=-1, attribution=(), max_age_days=0, channels={" mail": ChannelPolicy.NONE})
    with pytest.raises(Refused) as refusal:
        facade.draft_terms(caller, view.id, wrong)
    fields = {problem.field for problem in refusal.value.problems}
    assert fields == {"hold_days", "attribution", "max_age_days", "channels"}


def test_the_fee_is_the_operators(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    with pytest.raises(Refused) as refusal:
        facade.publish_terms(caller, view.id, terms(view, fee_ppm=10_000))
    assert refusal.value.problems[0].code == "fee_is_the_operators"
    changed = published(facade.publish_terms(market.operator.caller(), view.id, terms(view, fee_ppm=10_000)))
    assert changed.fee_ppm == 10_000


def test_publishers_read_what_changed_but_not_the_fee(market: TwoTenants) -> None:
    caller, operator, publisher = (
        one.caller() for one in (market.a.advertiser, market.operator, market.b.publisher)
    )
    view = live(caller, operator)
    wanted = terms(view, fee_ppm=10_000, hold_days=60, text="Be fair.\n\nNo brand bidding at all.")
    facade.publish_terms(operator, view.id, wanted)
    after, before = facade.versions(publisher, view.id)
    changes = {change.key: change for change in facade.difference(before, after)}
    assert set(changes) == {"hold", "text"}
    assert [piece.kind for piece in changes["text"].pieces] == ["kept", "removed", "added"]
    assert (after.fee_ppm, after.created_by) == (None, "")


def test_the_terms_in_force_at_a_click_can_be_asked_for(market: TwoTenants) -> None:
    caller, publisher = market.a.advertiser.caller(), market.b.publisher.caller()
    view = live(caller, market.operator.caller())
    clicked = timezone.now()
    facade.publish_terms(caller, view.id, terms(view, hold_days=60))
    assert facade.terms_in_force(publisher, view.id, clicked).hold_days == 30
    with pytest.raises(NotFound):
        facade.terms_in_force(publisher, view.id, datetime(2020, 1, 1, tzinfo=UTC))


def test_where_four_eyes_are_asked_for_terms_wait_for_a_second_person(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = live(caller, operator)
    audit.set_policy(operator, PolicyView(kind="program.terms", required=Required.ALWAYS))
    proposal = facade.publish_terms(caller, view.id, terms(view, hold_days=60))
    assert isinstance(proposal, int)
    assert facade.terms_in_force(caller, view.id).hold_days == 30
    audit.decide(operator, proposal, approve=True)
    assert facade.terms_in_force(caller, view.id).hold_days == 60


def test_every_change_is_in_the_log_and_asks_for_a_seal(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    wanted = sealing.wanted()
    view = live(caller, market.operator.caller())
    facade.publish_terms(caller, view.id, terms(view, hold_days=60), note="More returns")
    found = audit.entries(caller).items[0]
    assert (found.action, found.why) == ("program.terms_published", "More returns")
    assert found.before is not None
    assert found.after is not None
    assert (found.before["hold_days"], found.after["hold_days"]) == (30, 60)
    assert "attribution" not in found.after
    assert sealing.wanted() > wanted
