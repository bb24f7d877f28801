"""The fast ids and tokens of the hot path are the very ones that events define."""

from hypothesis import given
from hypothesis import strategies as st

from utfall.edge.chance import Ids, TokenPress, marked
from utfall.events import Token, event_id, event_time, mint, open_token

TIMES = st.integers(min_value=0, max_value=(1 << 48) - 1)
SMALL = st.integers(min_value=1, max_value=(1 << 32) - 1)


@given(TIMES, st.binary(min_size=10, max_size=10))
def test_a_fast_id_is_the_defined_one(at: int, chance: bytes) -> None:
    assert (at << 80 | marked(chance)).to_bytes(16).hex() == event_id(at, chance)


def test_ids_are_never_given_twice() -> None:
    ids = Ids()
    given_out = {ids.text(7) for _ in range(5000)}
    assert len(given_out) == 5000
    assert {event_time(each) for each in given_out} == {7}


@given(
    st.integers(min_value=0, max_value=255),
    st.binary(min_size=32, max_size=32),
    TIMES,
    st.integers(min_value=1, max_value=(1 << 40) - 1),
    SMALL,
    SMALL,
)
def test_a_fast_token_is_the_defined_one(
    key: int, secret: bytes, at: int, link: int, program: int, publisher: int
) -> None:
    click = Ids().raw(at)
    ids = link.to_bytes(5) + program.to_bytes(4) + publisher.to_bytes(4)
    token = Token(click.hex(), link, program, publisher)
    pressed = TokenPress(key, secret).mint(click, ids)
    assert pressed == mint(key, secret, token)
    assert open_token({key: secret}, pressed) == token
