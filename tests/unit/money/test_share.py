"""A share is a part of a whole, in millionths, and is never money."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.money import PPM, Share


@pytest.mark.parametrize(
    ("text", "ppm"),
    [
        ("8", 80_000),
        ("8%", 80_000),
        (" 2.5 % ", 25_000),
        ("0", 0),
        ("100", PPM),
        ("0.0001", 1),
        ("33.3333", 333_333),
    ],
)
def test_a_percentage_is_read_to_a_millionth(text: str, ppm: int) -> None:
    assert Share.percent(text) == Share(ppm)


@pytest.mark.parametrize(
    "text",
    ["", "%", "-1", "100.0001", "101", "1.23456", "8,5", "0.08.1", "1e1", "8%5", "%8", "8 %%", "٨", "8.٨"],
)
def test_anything_else_is_no_percentage(text: str) -> None:
    with pytest.raises(ValueError, match=r"percentage|lies between"):
        Share.percent(text)


@pytest.mark.parametrize("ppm", [0.5, True, "1", None])
def test_a_share_is_an_integer(ppm: Any) -> None:
    with pytest.raises(TypeError):
        Share(ppm)


@pytest.mark.parametrize("ppm", [-1, PPM + 1])
def test_a_share_lies_between_nothing_and_all(ppm: int) -> None:
    with pytest.raises(ValueError, match="lies between"):
        Share(ppm)


@given(st.integers(0, PPM))
def test_a_share_reads_back_what_it_writes(ppm: int) -> None:
    assert Share.percent(str(Share(ppm))) == Share(ppm)
