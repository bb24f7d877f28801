"""What an overview shows: the numbers of reports, within the caller's reach, each leading on."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.reports import measured
from tests.unit.lake.worlds import SEK, fact, facts
from utfall.events import Outcome
from utfall.lake import LakeWriter
from utfall.portal.access import Caller, Permission, Refused, Role
from utfall.portal.overview import aims, facade
from utfall.portal.overview.contracts import Against, Asked, Days, Figure, Overview
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import GoalDraft, LimitDraft
from utfall.portal.site import site
from utfall.terms import Measure, Period

WEEK = Asked(days=Days.LAST_7)


def figure(found: Overview, name: str) -> Figure:
    return next(one for one in found.figures if one.about.name == name)


def test_the_cards_are_the_numbers_of_reports(busy: TwoTenants) -> None:
    found = facade.overview(busy.a.advertiser.caller(), WEEK)
    assert figure(found, "clicks").value == 6
    assert figure(found, "conversions").value == 3
    assert figure(found, "revenue").value == 300 * SEK
    assert figure(found, "cost").value == 33 * SEK + 6 * 2_200_000
    assert figure(found, "clicks").before is None
    assert (found.currency, found.shipped) == ("SEK", 3)


def test_days_without_facts_are_gaps_and_not_noughts(busy: TwoTenants) -> None:
    found = facade.overview(busy.a.advertiser.caller(), Asked(days=Days.LAST_7, metric="clicks"))
    (line,) = found.lines
    assert list(line.values) == [None] * 4 + [2, 2, 2]
    assert list(line.before) == [None] * 7
    assert list(figure(found, "clicks").spark) == list(line.values)


def test_a_change_is_against_as_many_days_before(busy: TwoTenants) -> None:
    day = measured.noon().date()
    two = Asked(days=Days.CUSTOM, first=day - timedelta(days=1), last=day, metric="clicks")
    found = facade.overview(busy.a.advertiser.caller(), two)
    assert (figure(found, "clicks").value, figure(found, "clicks").before) == (4, 2)
    assert figure(found, "clicks").change == 1_000_000
    assert (found.other_first, found.other_last) == (day - timedelta(days=3), day - timedelta(days=2))
    alone = facade.overview(busy.a.advertiser.caller(), Asked(days=Days.LAST_7, against=Against.NOTHING))
    assert figure(alone, "clicks").change is None
    assert alone.other_first is None


def test_each_side_sees_its_own(busy: TwoTenants) -> None:
    def clicks(caller: Caller) -> object:
        return figure(facade.overview(caller, WEEK), "clicks").value

    assert clicks(busy.a.advertiser.caller()) == clicks(busy.a.agency.caller()) == 6
    assert clicks(busy.b.publisher.caller()) == 12
    assert clicks(busy.operator.caller()) == clicks(busy.auditor.caller()) == 18
    beyond = facade.overview(busy.a.advertiser.caller(), Asked(days=Days.LAST_7, program=2))
    assert beyond.is_empty
    assert figure(beyond, "clicks").value is None


def test_a_publisher_is_shown_nothing_of_the_advertisers_side(busy: TwoTenants) -> None:
    found = facade.overview(busy.a.publisher.caller(), Asked(days=Days.LAST_7, metric="cost", other="fee"))
    assert [one.about.name for one in found.lines] == ["commission_approved", "commission_pending"]
    assert {"cost", "fee", "roas"}.isdisjoint(one.about.name for one in found.figures)
    assert found.ranking.by == "program"
    assert not found.goals
    assert not found.budgets


def test_the_funnel_tells_the_share_of_each_step(busy: TwoTenants) -> None:
    steps = {one.name: one for one in facade.overview(busy.a.advertiser.caller(), WEEK).funnel}
    assert [one.count for one in steps.values()] == [0, 6, 3, None]
    assert steps["conversions"].rate == 500_000
    assert steps["clicks"].rate is None, "no impression was measured, so nothing is a share of them"


def test_partners_are_ranked_and_those_that_fell_are_named(busy: TwoTenants) -> None:
    found = facade.overview(busy.operator.caller(), Asked(days=Days.LAST_7, metric="clicks")).ranking
    assert [one.value for one in found.top] == [12, 6]
    assert all(one.is_new for one in found.top)
    assert not found.bottom
    later = Asked(
        days=Days.CUSTOM,
        first=measured.noon().date() + timedelta(days=1),
        last=measured.noon().date() + timedelta(days=3),
        metric="clicks",
    )
    fell = facade.overview(busy.operator.caller(), later).ranking
    assert [(one.value, one.change) for one in fell.bottom] == [(0, -1_000_000)] * 2


def test_currencies_are_never_added(busy: TwoTenants) -> None:
    side = busy.a
    parties = {"advertiser": side.advertiser.number, "publisher": side.publisher.number, "program": 1}
    sold = fact(
        9, at=measured.at(0), currency="NOK", sales=1, revenue_micros=7 * SEK, cost_micros=SEK, **parties
    )
    with LakeWriter(Path(site().lake_dir)) as lake:
        lake.write_part(facts(sold, batch=4), first_batch=4, last_batch=4, now_ms=measured.at(0))
    usual = facade.overview(side.advertiser.caller(), WEEK)
    assert (usual.currency, list(usual.currencies)) == ("SEK", ["SEK", "NOK"])
    assert figure(usual, "revenue").value == 300 * SEK
    other = facade.overview(side.advertiser.caller(), Asked(days=Days.LAST_7, currency="NOK"))
    assert figure(other, "revenue").value == 7 * SEK
    assert [one.value for one in other.ranking.top] == [1]


def test_a_goal_that_its_budget_cannot_pay_for_says_so(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    program = live(caller, market.operator.caller()).id
    measured.fill(market, (program, program + 1))
    day = measured.noon().date()
    programs.set_goal(
        caller,
        program,
        GoalDraft(
            outcome=Outcome.SALE,
            target=50,
            starts_on=day - timedelta(days=5),
            ends_on=day + timedelta(days=60),
        ),
    )
    draft = LimitDraft(measure=Measure.COST, period=Period.TOTAL, cap=154 * SEK, name="All", is_budget=True)
    programs.add_limit(caller, program, draft)
    found = facade.overview(caller, WEEK)
    (goal,) = found.goals
    assert (goal.done, goal.target) == (3, 50)
    assert goal.affordable == 154 * SEK // ((33 * SEK + 6 * 2_200_000) // 3)
    (pace,) = found.budgets
    assert (pace.cap, pace.spent, pace.reserved) == (154 * SEK, 0, 0)
    measured.empty()


def test_every_program_with_a_goal_is_told_of_up_to_a_number(
    market: TwoTenants, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, day = market.a.advertiser.caller(), measured.noon().date()
    numbers = [live(caller, market.operator.caller(), f"Shop {place}").id for place in range(3)]
    measured.fill(market, (numbers[0], numbers[0] + 100))
    for place, number in enumerate(numbers):
        starts, ends = day - timedelta(days=5), day + timedelta(days=60 - place)
        draft = GoalDraft(outcome=Outcome.SALE, target=50, starts_on=starts, ends_on=ends)
        programs.set_goal(caller, number, draft)
    found = facade.overview(caller, WEEK)
    assert [(one.program, one.done) for one in found.goals] == list(
        zip(numbers[::-1], (0, 0, 3), strict=True)
    )
    assert found.aims_left == 0
    monkeypatch.setattr(aims, "MOST", 2)
    fewer = facade.overview(caller, WEEK)
    assert (len(fewer.goals), fewer.aims_left) == (2, 1)
    assert not facade.overview(market.b.advertiser.caller(), WEEK).goals
    measured.empty()


def test_before_the_first_click_the_page_says_what_to_do(market: TwoTenants, client_of: ClientOf) -> None:
    measured.empty()
    client = client_of(market.a.advertiser.users[Role.OWNER])
    answer = client.get(f"/{market.a.advertiser.slug}/overview/")
    assert answer.status_code == 200
    assert "Nothing has been measured yet" in answer.content.decode()


def test_every_card_leads_to_what_is_behind_it(busy: TwoTenants, client_of: ClientOf) -> None:
    slug = busy.a.advertiser.slug
    client = client_of(busy.a.advertiser.users[Role.OWNER])
    page = client.get(f"/{slug}/overview/?days=last_14&program=1").content.decode()
    start, end = measured.noon().date() - timedelta(days=13), measured.noon().date()
    days = f"from={start}&amp;to={end}"
    assert (
        f"/{slug}/reports/?m=cost&amp;by=day&amp;days=custom&amp;{days}&amp;against=period&amp;is.program=1"
        in page
    )
    assert f"/{slug}/conversions/?{days}&amp;program=1" in page
    for address in ("reports/?m=cost&by=day&days=last_7&against=period", "conversions/?status=approved"):
        assert client.get(f"/{slug}/{address}").status_code == 200


def test_what_was_seen_is_not_sent_again(busy: TwoTenants, client_of: ClientOf) -> None:
    slug = busy.a.advertiser.slug
    client = client_of(busy.a.advertiser.users[Role.OWNER])
    board = f"/{slug}/overview/board/?days=last_7"
    assert client.get(f"{board}&seen={facade.mark()}").status_code == 204
    answer = client.get(f"{board}&seen=0")
    assert answer.status_code == 200
    assert answer.content.decode().count('hx-swap-oob="true"') == 4
    assert client.get(f"/{slug}/overview/attention/").status_code == 200


@pytest.mark.parametrize("language", ["en", "sv", "nb"])
def test_the_page_speaks_every_language(busy: TwoTenants, client_of: ClientOf, language: str) -> None:
    client = client_of(busy.a.publisher.users[Role.OWNER], accept_language=language)
    page = client.get(f"/{busy.a.publisher.slug}/overview/?days=today").content.decode()
    assert {"en": "Overview", "sv": "Översikt", "nb": "Oversikt"}[language] in page


def test_days_that_make_no_sense_are_refused_on_the_page(busy: TwoTenants, client_of: ClientOf) -> None:
    client = client_of(busy.a.advertiser.users[Role.OWNER])
    page = f"/{busy.a.advertiser.slug}/overview/?days=custom&from=2026-02-02&to=2026-02-01"
    answer = client.get(page)
    assert answer.status_code == 422
    assert "The last day comes before the first" in answer.content.decode()
    with pytest.raises(Refused):
        facade.overview(
            busy.a.advertiser.caller(),
            facade.asked_of({"days": "custom", "from": "2026-02-02", "to": "2026-02-01"}),
        )


def test_the_api_does_what_the_page_does(busy: TwoTenants, client_of: ClientOf) -> None:
    key = people.create_key(busy.a.advertiser.caller(), "overview", [Permission.LOOK])
    client = client_of(authorization=f"Bearer {key.secret}")
    told = client.get("/api/v1/overview?days=last_7&metric=clicks").json()
    assert {one["about"]["name"]: one["value"] for one in told["figures"]}["revenue"] == 300 * SEK
    assert told["lines"][0]["values"] == [None] * 4 + [2, 2, 2]
    sent = {"name": "By key", "view": {"days": "last_7"}, "shared": True}
    kept = client.post("/api/v1/overview/views", sent, "application/json").json()
    path = f"/api/v1/overview/views/{kept['id']}"
    changed = client.patch(path, {"view": {"metric": "clicks"}}, "application/json").json()
    assert changed["address"] == "days=last_30&m=clicks"
    assert [one["name"] for one in client.get("/api/v1/overview/views").json()["items"]] == ["By key"]
    refused = client.put(f"{path}/first", {}, "application/json")
    assert refused.status_code == 422
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
