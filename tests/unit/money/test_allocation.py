"""Splitting an amount conserves it, fairly and always the same way."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.money import allocate

weights_of = st.lists(st.integers(0, 10**15), min_size=1, max_size=50).filter(any)
totals = st.integers(-(10**18), 10**18)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1], (100,)),
        (100, [1, 1, 1], (34, 33, 33)),
        (101, [1, 1, 1], (34, 34, 33)),
        (100, [2, 1, 1], (50, 25, 25)),
        (7, [3, 2, 1], (4, 2, 1)),
        (10, [0, 1, 0], (0, 10, 0)),
        (0, [1, 2], (0, 0)),
        (-100, [1, 1, 1], (-34, -33, -33)),
        (1, [1, 1, 2], (0, 0, 1)),
    ],
)
def test_the_largest_remainder_gets_what_is_left(
    total: int, weights: list[int], parts: tuple[int, ...]
) -> None:
    assert allocate(total, weights) == parts


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [5, -1]])
def test_weights_are_not_negative_and_not_all_nothing(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="non-negative"):
        allocate(1, weights)


@given(totals, weights_of)
def test_parts_sum_to_the_whole(total: int, weights: list[int]) -> None:
    assert sum(allocate(total, weights)) == total


@given(totals, weights_of)
def test_no_part_is_a_micro_away_from_its_exact_share(total: int, weights: list[int]) -> None:
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = allocate(total, weights)
    assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))


@given(totals, weights_of)
def test_nothing_is_given_to_a_weight_of_nothing(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(totals, weights_of)
def test_a_reversal_takes_back_exactly_what_was_given(total: int, weights: list[int]) -> None:
    assert allocate(-total, weights) == tuple(-part for part in allocate(total, weights))
