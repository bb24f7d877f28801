"""The memory of recent clicks is rebuilt exactly from what each batch left, and never outgrows its bound."""

from random import Random
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tests.property.markets import chances
from tests.unit.engine.market import HOUR, NOON, click
from utfall.engine import Traffic, TrafficPolicy
from utfall.engine.traffic import MEMORY_MS
from utfall.events import Click, Reason

POLICY = TrafficPolicy(address_clicks_per_minute=3, link_clicks_per_minute=5)
KEYS = 40
NOTHING = Traffic().close()
"""What a batch without clicks leaves; the book does not keep it."""


class Round(NamedTuple):
    """One batch: its number, its clock and its clicks."""

    number: int
    now: int
    clicks: list[Click]


def rounds(chance: Random, count: int) -> list[Round]:
    now, told = NOON, []
    for number in range(1, count + 1):
        start, now = now, now + chance.choice([0, 1_000, 60_000, HOUR // 2, HOUR, 2 * HOUR, 3 * HOUR])
        clicks = [one_click(chance, chance.randint(start, now)) for _ in range(chance.randint(0, 12))]
        told.append(Round(number, now, sorted(clicks, key=lambda one: one.occurred_at)))
    return told


def one_click(chance: Random, at: int) -> Click:
    return click(
        at=at,
        link=chance.choice([1000, 1001]),
        visitor=chance.choice([None, "v1", "v2", "v3"]),
        address=chance.choice([None, "a1", "a2"]),
        browser=chance.choice([None, "firefox"]),
    )


histories = st.builds(rounds, chances, st.integers(1, 12))


def live(traffic: Traffic, told: list[Round]) -> tuple[list[Reason | None], list[bytes]]:
    verdicts, changes = [], []
    for number, now, clicks in told:
        traffic.begin(number, now)
        verdicts += [traffic.judge(one, POLICY) for one in clicks]
        changes.append(traffic.close())
    return verdicts, changes


@given(histories, st.integers(0, 12), st.sampled_from([KEYS, 10**6]))
def test_a_memory_rebuilt_from_its_changes_decides_as_the_one_that_lived(
    told: list[Round], stop: int, keys: int
) -> None:
    past, future = told[:stop], told[stop:]
    lived, rebuilt = Traffic(keys), Traffic(keys)
    _, changes = live(lived, past)
    for (number, now, _), left in zip(past, changes, strict=True):
        rebuilt.recall(number, now, left)
    assert live(rebuilt, future) == live(lived, future)


@given(histories, st.integers(0, 12))
def test_the_changes_of_two_hours_are_enough(told: list[Round], stop: int) -> None:
    past, future = told[:stop], told[stop:]
    lived, rebuilt = Traffic(), Traffic()
    _, changes = live(lived, past)
    for (number, now, _), left in zip(past, changes, strict=True):
        if now >= past[-1].now - MEMORY_MS and left != NOTHING:
            rebuilt.recall(number, now, left)
    assert live(rebuilt, future) == live(lived, future)


@given(histories)
def test_the_memory_never_outgrows_its_bound_by_more_than_a_batch(told: list[Round]) -> None:
    traffic = Traffic(KEYS)
    for number, now, clicks in told:
        traffic.begin(number, now)
        for one in clicks:
            traffic.judge(one, POLICY)
        traffic.close()
        assert len(traffic) <= KEYS + 3 * len(clicks)


@given(histories, chances)
def test_where_batches_end_changes_no_verdict(told: list[Round], chance: Random) -> None:
    """Batches may be joined: what was within the hour of a click still is."""
    joined: list[Round] = []
    for one in told:
        if joined and chance.random() < 0.5:
            joined[-1] = Round(joined[-1].number, one.now, joined[-1].clicks + one.clicks)
        else:
            joined.append(one)
    assert live(Traffic(), joined)[0] == live(Traffic(), told)[0]


def test_a_memory_at_rest_forgets_everything() -> None:
    traffic = Traffic()
    live(traffic, [Round(1, NOON, [click(visitor="v")]), Round(2, NOON + 3 * HOUR, [])])
    assert len(traffic) > 0
    live(traffic, [Round(3, NOON + 3 * HOUR, [])])
    assert len(traffic) == 0
