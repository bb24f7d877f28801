"""Named roundings against the definition, with exact fractions as the judge."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.money import PPM, ROUNDINGS, Rounding, Share, round_ratio

numerators = st.integers(-(10**24), 10**24)
denominators = st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("numerator", "down", "up", "half_up", "half_even"),
    [
        (4, 1, 1, 1, 1),
        (5, 1, 2, 1, 1),
        (6, 1, 2, 2, 2),
        (7, 1, 2, 2, 2),
        (10, 2, 3, 3, 2),
        (-5, -1, -2, -1, -1),
        (-6, -1, -2, -2, -2),
        (-10, -2, -3, -3, -2),
        (0, 0, 0, 0, 0),
    ],
)
def test_a_quarter_is_rounded_by_name(
    numerator: int, down: int, up: int, half_up: int, half_even: int
) -> None:
    """The table of docs/algorithms/rounding.md."""
    rounded = {name: round_ratio(numerator, 4, name) for name in ROUNDINGS}
    assert rounded == {"down": down, "up": up, "half_up": half_up, "half_even": half_even}


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_denominator_is_positive(denominator: int) -> None:
    with pytest.raises(ZeroDivisionError):
        round_ratio(1, denominator, "down")


@given(numerators, denominators)
def test_roundings_agree_with_exact_fractions(numerator: int, denominator: int) -> None:
    size = abs(Fraction(numerator, denominator))
    sign = 1 if numerator >= 0 else -1
    assert round_ratio(numerator, denominator, "down") == sign * floor(size)
    assert round_ratio(numerator, denominator, "up") == sign * ceil(size)
    assert round_ratio(numerator, denominator, "half_up") == sign * floor(size + Fraction(1, 2))
    assert round_ratio(numerator, denominator, "half_even") == sign * round(size)


@given(numerators, denominators, st.sampled_from(list(ROUNDINGS)))
def test_a_reversal_rounds_to_the_mirror_image(numerator: int, denominator: int, rounding: Rounding) -> None:
    assert round_ratio(-numerator, denominator, rounding) == -round_ratio(numerator, denominator, rounding)


@given(st.integers(0, 10**15), st.integers(0, PPM))
def test_a_share_of_an_amount_is_at_most_the_amount(micros: int, ppm: int) -> None:
    part = Share(ppm).of(micros, "half_even")
    assert 0 <= part <= micros
    assert abs(Fraction(micros * ppm, PPM) - part) <= Fraction(1, 2)
