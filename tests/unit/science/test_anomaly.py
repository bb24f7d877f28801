"""A number against its own past: what is planted is found, and noise alone is let be."""

from random import Random

import pytest

from utfall.science.anomaly import QUIET, STRANGE, silence, usual

TUESDAYS = (52, 48, 55, 50, 49, 120, 51, 53)


@pytest.mark.parametrize(("value", "score"), [(45, -0.9), (30, -3.0), (20, -4.4), (38, -1.9)])
def test_the_table_of_the_document_is_right(value: int, score: float) -> None:
    known = usual(TUESDAYS, of_counts=True)
    assert known is not None
    assert round(known.score(value), 1) == score


def test_half_of_the_past_may_be_wild() -> None:
    calm, wild = usual([50] * 8, of_counts=True), usual([50] * 5 + [10_000] * 3, of_counts=True)
    assert calm is not None
    assert calm == wild


def test_a_past_without_any_noise_is_not_infinitely_exact() -> None:
    known = usual([100] * 6, of_counts=True)
    assert known is not None
    assert abs(known.score(110)) < QUIET


def test_a_past_of_nothing_says_nothing() -> None:
    assert usual([0] * 6, of_counts=True) is None
    assert usual([1, 2, 3], of_counts=True) is None


def poisson(chance: Random, mean: float) -> int:
    """Arrivals within one unit of time."""
    at, count = chance.expovariate(mean), 0
    while at < 1:
        at, count = at + chance.expovariate(mean), count + 1
    return count


@pytest.mark.parametrize("mean", [4, 20, 80])
def test_noise_alone_is_seldom_strange_and_a_planted_fall_nearly_always(mean: int) -> None:
    chance, runs, false, found = Random(mean), 1000, 0, 0
    for _run in range(runs):
        known = usual([poisson(chance, mean) for _ in range(8)], of_counts=True)
        assert known is not None or mean < 8
        if known is not None:
            false += abs(known.score(poisson(chance, mean))) >= STRANGE
            found += known.score(poisson(chance, mean * 6)) >= STRANGE
    assert false <= runs * 0.01
    assert found >= runs * 0.95


def test_silence_of_a_working_program_is_not_called_broken() -> None:
    """Stretches between orders are looked at as they would be: at each click."""
    chance, rate, alarms, clicks = Random(7), 0.02, 0, 0
    for _click in range(100_000):
        clicks = 0 if chance.random() < rate else clicks + 1
        told = silence(clicks, 2000, 40)
        assert told is not None
        alarms += told.is_broken
    assert alarms <= 100


def test_silence_after_an_outage_is_found() -> None:
    told = silence(800, 2000, 40)
    assert told is not None
    assert (told.is_broken, round(told.expected)) == (True, 16)
