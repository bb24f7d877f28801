"""A click token says who earned a click, and nobody can write another."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.events import ClickRef, InvalidToken, Token, event_id, mint, open_token
from utfall.events.token import TOKEN_CHARS

AT = 1_790_000_000_000
SECRETS = {1: b"one" * 10, 7: b"seven" * 6}
TOKEN = Token(event_id(AT, bytes(range(10))), (1 << 40) - 1, (1 << 32) - 1, 10)
TEXT = mint(7, SECRETS[7], TOKEN)


def test_a_token_opens_to_what_it_bound_together() -> None:
    assert open_token(SECRETS, TEXT) == TOKEN
    ref = ClickRef(id=TOKEN.click, at=AT, link=TOKEN.link, program=TOKEN.program, publisher=10)
    assert TOKEN.ref() == ref


def test_a_token_fits_in_sixty_four_characters_of_an_address() -> None:
    assert len(TEXT) == TOKEN_CHARS <= 64
    assert TEXT.replace("-", "").replace("_", "").isalnum()


@given(
    st.integers(0, 255),
    st.integers(0, (1 << 48) - 1),
    st.binary(min_size=10, max_size=10),
    st.integers(0, (1 << 40) - 1),
    st.integers(0, (1 << 32) - 1),
    st.integers(0, (1 << 32) - 1),
)
def test_every_id_in_range_survives(
    key: int, at: int, chance: bytes, link: int, program: int, publisher: int
) -> None:
    token = Token(event_id(at, chance), link, program, publisher)
    assert open_token({key: b"secret"}, mint(key, b"secret", token)) == token


def test_a_key_that_was_rotated_still_opens_until_it_is_forgotten() -> None:
    old = mint(1, SECRETS[1], TOKEN)
    assert open_token(SECRETS, old) == TOKEN
    with pytest.raises(InvalidToken, match="do not hold"):
        open_token({7: SECRETS[7]}, old)


def test_a_token_signed_with_another_secret_is_refused() -> None:
    with pytest.raises(InvalidToken, match="signature"):
        open_token({7: b"another"}, TEXT)


@pytest.mark.parametrize("place", range(46))
def test_a_change_of_any_byte_is_refused(place: int) -> None:
    raw = bytearray(urlsafe_b64decode(TEXT + "=="))
    raw[place] ^= 1
    altered = urlsafe_b64encode(raw).rstrip(b"=").decode()
    with pytest.raises(InvalidToken):
        open_token(SECRETS, altered)


@pytest.mark.parametrize("place", range(TOKEN_CHARS))
def test_a_change_of_any_character_is_refused(place: int) -> None:
    other = "A" if TEXT[place] != "A" else "B"
    with pytest.raises(InvalidToken):
        open_token(SECRETS, TEXT[:place] + other + TEXT[place + 1 :])


@pytest.mark.parametrize(
    "text",
    ["", TEXT[:-1], TEXT + "A", TEXT + "==", TEXT[:-2] + "==", " " * 62, "é" * 62, "=" * 62, "\x00" * 62],
)
def test_what_has_not_the_form_of_a_token_is_refused(text: str) -> None:
    with pytest.raises(InvalidToken):
        open_token(SECRETS, text)


def test_only_the_canonical_spelling_is_accepted() -> None:
    """The last character carries four unused bits; a token has one spelling, not sixteen."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    opened = 0
    for last in alphabet:
        try:
            open_token(SECRETS, TEXT[:-1] + last)
            opened += 1
        except InvalidToken:
            continue
    assert opened == 1


@given(st.text(max_size=70))
def test_no_text_at_all_crashes_the_reader(text: str) -> None:
    with pytest.raises(InvalidToken):
        open_token(SECRETS, text)
