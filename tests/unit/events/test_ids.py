"""Ids are UUIDs of version seven: they sort by time and tell it."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.events import event_id, event_time
from utfall.events.ids import is_event_id

times = st.integers(0, (1 << 48) - 1)
chances = st.binary(min_size=10, max_size=10)


@given(times, chances)
def test_an_id_is_a_uuid_of_version_seven_that_tells_its_time(at: int, chance: bytes) -> None:
    identifier = event_id(at, chance)
    uuid = UUID(identifier)
    assert (uuid.version, uuid.variant) == (7, "specified in RFC 4122")
    assert event_time(identifier) == at
    assert is_event_id(identifier)


@given(times, times, chances, chances)
def test_ids_sort_by_time(first: int, second: int, one: bytes, other: bytes) -> None:
    if first < second:
        assert event_id(first, one) < event_id(second, other)


@given(chances, chances)
def test_chance_makes_ids_differ_in_all_but_the_fixed_bits(one: bytes, other: bytes) -> None:
    bits = int.from_bytes(one, "big") ^ int.from_bytes(other, "big")
    variable = bits & ((0x0FFF << 64) | 0x3FFFFFFFFFFFFFFF)
    assert (event_id(0, one) == event_id(0, other)) == (variable == 0)


@pytest.mark.parametrize("chance", [b"", bytes(9), bytes(11)])
def test_an_id_takes_ten_bytes_of_chance(chance: bytes) -> None:
    with pytest.raises(ValueError, match="ten bytes"):
        event_id(0, chance)


@pytest.mark.parametrize("at", [-1, 1 << 48])
def test_an_id_holds_no_time_outside_its_range(at: int) -> None:
    with pytest.raises(ValueError, match="1970"):
        event_id(at, bytes(10))


@pytest.mark.parametrize(
    "text",
    ["", "0" * 31, "0" * 33, "g" + "0" * 31, "A" + "0" * 31, "٠" * 32, "0" * 31 + "\n", "0x" + "0" * 30],
)
def test_only_thirty_two_lower_case_hex_characters_are_an_id(text: str) -> None:
    assert not is_event_id(text)
