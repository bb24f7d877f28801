"""Rules that judge planted worlds: raised once, explained, kept while it lasts, ended when it is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.portal.alerts.lakes import NOW, World
from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from utfall.cli.demo_clock import Clock
from utfall.portal.access import Caller, Refused
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import AlertView, Direction, Kind, Preferences, RuleDraft, Window
from utfall.portal.alerts.measuring import Wanted
from utfall.portal.alerts.models import Alert, Note, Rule
from utfall.portal.alerts.notifying import send_notes
from utfall.portal.alerts.rules import make_presets
from utfall.portal.alerts.silence import heard
from utfall.portal.alerts.watching import look
from utfall.portal.alerts.words import sentence
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.post.models import Letter
from utfall.portal.tracking.models import Heard

pytestmark = pytest.mark.usefixtures("own_site")  # what was heard is read from the journal


@pytest.fixture
def program(market: TwoTenants) -> int:
    """A live program in a zone without surprises in November."""
    return live(market.a.advertiser.caller(), market.operator.caller()).id


def watch(caller: Caller, **more: Any) -> int:
    return facade.create_rule(caller, RuleDraft(**more)).id


def looked(world: World, now: datetime = NOW) -> None:
    Rule.objects.system().update(next_look=now)
    look(world.at(now))


def opened(caller: Caller) -> list[AlertView]:
    return list(facade.alerts(caller, state="open").items)


def steady(metric: str, hour: datetime) -> float:
    return {"clicks": 100, "conversions": 2}.get(metric, 1000)


def test_a_bound_is_crossed_told_once_and_ends(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()
    watch(caller, kind=Kind.THRESHOLD, metric="clicks", bound=2500, program=program)
    looked(World(steady))
    looked(World(steady))
    (one,) = opened(caller)
    assert "2,400" in one.sentence
    assert "2,500" in one.sentence
    looked(World(lambda metric, hour: 107))  # 2568: above the bound, but not by a tenth
    assert len(opened(caller)) == 1
    looked(World(lambda metric, hour: 130))
    assert opened(caller) == []
    looked(World(steady))
    assert opened(caller) == [], "not again within six hours"
    looked(World(steady), NOW + timedelta(hours=7))
    assert len(opened(caller)) == 1


def test_a_change_against_the_same_weekday_is_told_in_percent(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()

    def halved(metric: str, hour: datetime) -> float:
        return 40 if hour.date() >= NOW.date() - timedelta(days=1) else 100

    watch(caller, kind=Kind.CHANGE, metric="clicks", bound=300_000, program=program)
    looked(World(halved))
    (one,) = opened(caller)
    assert "60" in one.sentence
    assert one.facts["change"] == pytest.approx(-600_000, abs=20_000)


def test_a_fall_is_unlike_the_own_past_and_a_busy_weekday_is_not(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()
    make_presets()

    def by_weekday(metric: str, hour: datetime) -> float:
        return 2 + 4 * (hour.weekday() == 1)

    looked(World(by_weekday))
    assert opened(caller) == []

    def fallen(metric: str, hour: datetime) -> float:
        """Little came yesterday, but something came this morning: it is no silence."""
        return 0.5 if hour.date() == NOW.date() - timedelta(days=1) else by_weekday(metric, hour)

    looked(World(fallen))
    (one,) = opened(caller)
    assert (one.kind, one.program) == (Kind.ANOMALY, program)
    assert len(one.picture.values) == 9


def test_silence_is_told_while_clicks_come_and_ends_with_an_order(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()
    make_presets()
    Rule.objects.system().exclude(preset="silent").delete()

    def silent(metric: str, hour: datetime) -> float:
        if metric == "conversions" and hour >= NOW - timedelta(hours=12):
            return 0
        return steady(metric, hour)

    looked(World(silent))
    (one,) = opened(caller)
    assert (one.kind, one.facts["expected"] >= 14) == (Kind.SILENT, True)
    assert one.sentence.endswith("No call about an order was heard either: neither of a tag nor of a server.")
    assert one.url == "/acme-shop/tracking/debugger/"
    looked(World(steady))
    assert opened(caller) == []


def test_silence_says_why_calls_that_came_were_refused(market: TwoTenants, program: int) -> None:
    owner, since = market.a.advertiser.caller(), NOW - timedelta(hours=1)
    told = {"advertiser": owner.advertiser(), "day": since.date(), "method": "postback", "last_at": since}
    Heard.objects.system().create(**told, accepted=0, refused=7, last_reason="missing_field")
    wanted = Wanted(
        caller=owner, metric="clicks", program=program, publisher=None, zone="UTC", currency="SEK"
    )
    with Clock(NOW):
        assert heard(wanted, NOW - timedelta(hours=2)) == {"calls": "some", "reason": "missing_field"}
        assert heard(wanted, NOW) == {"calls": "none"}
        Heard.objects.system().update(program=program + 1)
        assert heard(wanted, NOW - timedelta(hours=2)) == {"calls": "none"}, "another program was named"
        Heard.objects.system().update(program=program)
        assert heard(wanted, NOW - timedelta(hours=2))["calls"] == "some"
    facts = {"clicks": 700, "expected": 14, "since": since.isoformat(), "calls": "some"}
    said = sentence(Kind.SILENT, "", "", {**facts, "reason": "missing_field"})
    assert "refused: A required field is missing" in said


def test_clicks_that_stop_are_told_against_the_same_hours_of_the_week(
    market: TwoTenants, program: int
) -> None:
    caller = market.a.advertiser.caller()
    make_presets()
    Rule.objects.system().exclude(preset="silent").delete()

    def until(end: datetime) -> World:
        """Three clicks an hour by day and none by night, by the program's clock, which is an hour ahead."""
        return World(lambda metric, hour: 3 * (metric == "clicks" and 7 <= hour.hour < 23 and hour < end))

    evening = NOW.replace(hour=20, minute=0) - timedelta(days=1)
    looked(until(evening), NOW.replace(hour=7, minute=30))  # 20, 21, 22 and 7 were silent: 12 are usual
    assert opened(caller) == []
    looked(until(evening), NOW.replace(hour=8, minute=30))
    (one,) = opened(caller)
    assert (one.facts["what"], one.facts["expected"]) == ("clicks", 15)
    assert one.sentence.endswith("; 15 were expected.")
    assert one.url.startswith("/acme-shop/reports/?m=clicks")
    looked(until(NOW), NOW)
    assert opened(caller) == []


def test_a_budget_that_is_nearly_used_is_told_by_its_name(market: TwoTenants, program: int) -> None:
    from utfall.portal.alerts.contracts import Judgement
    from utfall.portal.alerts.watching import settle

    caller = market.a.advertiser.caller()
    make_presets()
    rule = Rule.objects.system().get(preset="budget")
    facts = {"limit": "November", "used": 900, "cap": 1000, "measure": "cost", "currency": "SEK"}
    facts |= {"share": 900_000, "period": "2026-11"}
    settle(rule, [Judgement(subject="limit:1:2026-11", raises=True, keeps=True, facts=facts)], NOW)
    assert "November" in opened(caller)[0].sentence
    settle(rule, [], NOW)
    assert opened(caller) == []


def test_too_little_to_judge_by_says_nothing(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()
    watch(caller, kind=Kind.ANOMALY, metric="clicks", minimum=10_000, program=program)
    looked(World(steady))
    looked(World(lambda metric, hour: 0))
    assert opened(caller) == []


def test_rules_of_one_program_ask_the_lake_once(market: TwoTenants, program: int) -> None:
    caller, world = market.a.advertiser.caller(), World(steady)
    for bound in range(1, 6):
        watch(caller, kind=Kind.THRESHOLD, metric="clicks", bound=bound, program=program)
    looked(world)
    assert len(world.asked) == 1


def test_everybody_hears_of_it_as_they_prefer(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()
    facade.set_preferences(caller, Preferences(email=()))
    watch(caller, kind=Kind.THRESHOLD, metric="clicks", bound=2500, program=program)
    before = Letter.objects.system().count()
    looked(World(steady))
    told = {(one.email, one.slug) for one in Note.objects.system().all()}
    agency = {(f"{role}@acme-agency.test", "acme-agency") for role in ("owner", "manager")}
    assert told == {("manager@acme-shop.test", "acme-shop"), *agency}
    assert send_notes() == 3
    assert Letter.objects.system().count() == before + 3
    assert send_notes() == 0
    assert facade.unread(caller) == 1
    assert len(facade.bell(caller)) == 1
    assert facade.unread(caller) == 0
    kinds = [one.kind for one in changes.kept(0, 500)]
    assert Change.ALERT_RAISED in kinds


def test_of_a_rule_that_is_switched_off_nothing_is_left_open(market: TwoTenants, program: int) -> None:
    caller = market.a.advertiser.caller()
    rule = watch(caller, kind=Kind.THRESHOLD, metric="clicks", bound=2500, program=program)
    looked(World(steady))
    facade.acknowledge(caller, opened(caller)[0].id)
    assert opened(caller)[0].state == "acknowledged"
    facade.switch_rule(caller, rule, False)
    looked(World(steady))
    assert opened(caller) == []
    assert Alert.objects.system().count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": Kind.THRESHOLD, "metric": "clikcs"}, "metric_unknown"),
        ({"kind": Kind.THRESHOLD, "metric": "cost"}, "program_needed"),
        ({"kind": Kind.BUDGET}, "program_needed"),
        ({"kind": Kind.CHANGE, "metric": "clicks", "bound": 1}, "bound_out_of_range"),
        ({"kind": Kind.ANOMALY, "metric": "clicks", "window": Window.WEEK}, "window_unfit"),
        ({"kind": Kind.ANOMALY, "metric": "clicks", "window": Window.TODAY}, "window_unfit"),
        ({"kind": Kind.ANOMALY, "metric": "clicks", "program": 10**9}, "program_unknown"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(market: TwoTenants, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        watch(market.a.advertiser.caller(), **more)
    assert code in {one.code for one in refused.value.problems}


def test_a_publisher_watches_only_what_it_may_see(market: TwoTenants) -> None:
    caller = market.a.publisher.caller()
    with pytest.raises(Refused, match="advertiser alone"):
        watch(caller, kind=Kind.THRESHOLD, metric="roas", direction=Direction.ABOVE)
    rule = watch(caller, kind=Kind.THRESHOLD, metric="clicks", bound=10**9)
    looked(World(steady))
    assert [one.rule for one in opened(caller)] == [rule]
    assert opened(market.a.advertiser.caller()) == []
