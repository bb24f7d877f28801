"""Query strings: strict where it matters, cheap where it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.edge.query import (
    PARAMETERS_MAX,
    MalformedQuery,
    RepeatedParameter,
    TooManyParameters,
    read_query,
)


def test_plain_parameters_are_read() -> None:
    assert read_query("a=1&b=&c&=x") == {"a": "1", "b": "", "c": ""}


def test_encoded_parameters_are_decoded() -> None:
    assert read_query("n%61me=a%20b+c&%C3%A5=%E2%82%AC") == {"name": "a b c", "å": "€"}


@pytest.mark.parametrize("text", ["a=%", "a=%zz", "a=%0", "a=%00", "a=%0d%0aX", "a=%7F", "a=%ff%fe", "%0a=1"])
def test_what_could_break_out_is_malformed(text: str) -> None:
    with pytest.raises(MalformedQuery):
        read_query(text)


def test_the_first_of_a_repeated_parameter_counts() -> None:
    assert read_query("a=1&a=2") == {"a": "1"}


def test_a_repeated_parameter_is_refused_where_it_would_be_ambiguous() -> None:
    with pytest.raises(RepeatedParameter) as raised:
        read_query("order=1&order=2", unique=True)
    assert raised.value.name == "order"


def test_too_many_parameters_are_refused() -> None:
    with pytest.raises(TooManyParameters):
        read_query("&" * PARAMETERS_MAX)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_of_three_ways(text: str) -> None:
    try:
        found = read_query(text)
    except (MalformedQuery, TooManyParameters):
        return
    assert all("%0a" not in value.lower() or "%" in value for value in found.values())
