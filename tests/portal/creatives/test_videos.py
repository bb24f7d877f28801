"""Videos whose containers are whole are kept; everything else is refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portal.creatives.files import box, element, mp4, webm
from utfall.portal.access import Refused
from utfall.portal.creatives.kinds import kind_of
from utfall.portal.creatives.videos import video


def code_of(data: bytes, extension: str) -> str:
    with pytest.raises(Refused) as refused:
        video(io.BytesIO(data), extension)
    return refused.value.problems[0].code


def test_a_film_says_its_size_and_length() -> None:
    found = video(io.BytesIO(mp4()), "mp4")
    assert (found.width, found.height, found.duration_ms) == (640, 360, 6000)
    found = video(io.BytesIO(webm()), "webm")
    assert (found.width, found.height, found.duration_ms) == (640, 360, 6000)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (mp4()[:-50], "video_broken"),
        (mp4() + b"<script>", "video_broken"),
        (mp4() + box(b"evil", b"x"), "video_broken"),
        (box(b"ftyp", b"isom", bytes(4)) + box(b"mdat"), "video_broken"),
        (mp4(handler=b"soun"), "video_broken"),
        (mp4(codec=b"mp4v"), "video_codec_unfit"),
        (mp4(width=9000), "video_size_unfit"),
        (mp4(ms=11 * 60_000), "video_too_long"),
    ],
)
def test_an_mp4_that_is_not_whole_or_not_played_is_refused(data: bytes, code: str) -> None:
    assert code_of(data, "mp4") == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (webm()[:90], "video_broken"),
        (webm(doc_type=b"matroska"), "video_broken"),
        (webm(codec=b"V_MPEG4/ISO/AVC"), "video_codec_unfit"),
        (webm(width=9000), "video_size_unfit"),
        (element(b"\x1aE\xdf\xa3", element(b"\x42\x82", b"webm")), "video_broken"),
    ],
)
def test_a_webm_that_is_not_whole_or_not_played_is_refused(data: bytes, code: str) -> None:
    assert code_of(data, "webm") == code


@given(st.integers(0, 400), st.binary(max_size=12), st.sampled_from(["mp4", "webm"]))
def test_damage_anywhere_is_refused_or_harmless(place: int, damage: bytes, extension: str) -> None:
    data = bytearray(mp4() if extension == "mp4" else webm())
    data[place : place + len(damage)] = damage
    try:
        found = video(io.BytesIO(bytes(data)), extension)
    except Refused:
        return
    assert 16 <= found.width <= 4096


def test_a_file_is_what_its_bytes_say() -> None:
    assert kind_of(mp4()) == ("video", "mp4")
    assert kind_of(webm()) == ("video", "webm")
    assert kind_of(b"<svg>") is None
    assert kind_of(b"MZ") is None
    assert kind_of(b"") is None
