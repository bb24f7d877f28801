"""Seasons, visitors and what is still to come."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from utfall.demo import seasons
from utfall.demo.agenda import Agenda
from utfall.demo.chance import log_normal_ms, poisson
from utfall.demo.seasons import Trade
from utfall.demo.simulation import generate
from utfall.demo.visitors import AGENTS, ROBOT, somebody
from utfall.edge.agents import classify
from utfall.edge.visit import VisitorCookie


@pytest.mark.parametrize(
    ("trade", "busy", "quiet"),
    [
        (Trade.SHOP, date(2025, 11, 28), date(2026, 7, 15)),
        (Trade.SHOP, date(2026, 1, 3), date(2026, 2, 7)),
        (Trade.SHOP, date(2025, 12, 12), date(2025, 12, 24)),
        (Trade.SERVICE, date(2026, 3, 10), date(2026, 7, 14)),
        (Trade.SERVICE, date(2026, 3, 10), date(2026, 3, 14)),
        (Trade.APP, date(2026, 7, 18), date(2026, 1, 14)),
    ],
)
def test_the_year_has_its_seasons(trade: Trade, busy: date, quiet: date) -> None:
    assert seasons.clicks(trade, busy) > 1.5 * seasons.clicks(trade, quiet)


@pytest.mark.parametrize("year", range(2020, 2040))
def test_black_friday_is_the_day_after_the_fourth_thursday(year: int) -> None:
    friday = seasons.black_friday(year)
    assert friday.weekday() == 4
    assert 23 <= friday.day <= 29


@pytest.mark.parametrize("agent", AGENTS)
def test_an_agent_is_what_the_edge_takes_it_for(agent: tuple[str, str, str, str]) -> None:
    text, device, system, browser = agent
    assert classify(text) == (device, system, browser, None)


def test_the_robot_says_that_it_is_one() -> None:
    assert classify(ROBOT).robot == "Googlebot"


def test_a_visitor_id_is_one_that_the_edge_would_give() -> None:
    person = somebody(Random(1), consents=1.0)
    cookie = VisitorCookie("utfall", days=1, secure=False)
    assert cookie.read(f"utfall={person.visitor}") == person.visitor
    assert somebody(Random(1), consents=0.0).visitor is None


@pytest.mark.parametrize("mean", [0.0, 0.4, 7.0, 90.0])
def test_counts_have_their_mean(mean: float) -> None:
    chance = Random(4)
    drawn = [poisson(chance, mean) for _ in range(4_000)]
    assert sum(drawn) / len(drawn) == pytest.approx(mean, rel=0.06)


def test_delays_have_their_median_and_their_bounds() -> None:
    chance = Random(4)
    drawn = sorted(log_normal_ms(chance, 30, 1.2) for _ in range(4_000))
    assert drawn[2_000] == pytest.approx(30 * 60_000, rel=0.1)
    assert drawn[0] >= 45_000


def test_what_is_still_to_come_is_told_once_when_it_is_due(tmp_path: Path) -> None:
    later = generate(1, days=30, scale=0.3).later
    place = tmp_path / "told"
    agenda = Agenda(later, lambda ref: f"token of {ref.id}", place)
    assert list(agenda.due(later[0].received_at - 1)) == []
    half = later[len(later) // 2].received_at
    told = [row for _seller, row in agenda.due(half)]
    rest = [row for _seller, row in Agenda(later, lambda ref: "", place).due(later[-1].received_at)]
    assert told
    assert rest
    assert {row["id"] for row in told}.isdisjoint(row["id"] for row in rest)
    assert {row["kind"] for row in (*told, *rest)} <= {"conversion", "amendment"}
