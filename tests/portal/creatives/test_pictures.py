"""Images come out as pixels alone, and nothing is decoded that is too large to be."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from tests.portal.creatives.files import animation, image
from utfall.portal.access import Refused
from utfall.portal.creatives.pictures import picture
from utfall.portal.creatives.storing import Prepared


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        picture(data)
    return refused.value.problems[0].code


def opened(prepared: Prepared) -> Image.Image:
    assert isinstance(prepared.content, bytes)
    return Image.open(io.BytesIO(prepared.content))


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif")],
)
def test_an_image_is_written_anew_in_its_own_format(kind: str, extension: str) -> None:
    found = picture(image(kind))
    assert (found.extension, found.width, found.height) == (extension, 300, 250)
    assert opened(found).format == kind
    assert picture(image(kind)).content == found.content


def test_what_an_image_carried_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "a secret word")
    for data in (
        image("JPEG", exif=exif, comment=b"a secret word"),
        image("PNG", exif=exif, pnginfo=said),
        image("WEBP", exif=exif, xmp=b"a secret word"),
        image("GIF", comment=b"a secret word"),
        image("PNG") + b"<script>a secret word</script>",
    ):
        assert b"secret" in data
        content = picture(data).content
        assert isinstance(content, bytes)
        assert b"secret" not in content
        assert b"script" not in content


def test_a_photo_that_was_turned_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = picture(image("JPEG", (300, 200), exif=exif))
    assert (found.width, found.height) == opened(found).size == (200, 300)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_stays_one(kind: str) -> None:
    found = opened(picture(animation(kind)))
    assert (getattr(found, "n_frames", 1), found.size) == (3, (60, 40))


def test_a_colour_that_is_transparent_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (10, 20, 30, 0)).save(out, "PNG")
    assert opened(picture(out.getvalue())).convert("RGBA").getpixel((5, 5)) == (10, 20, 30, 0)


def test_an_image_that_claims_to_be_vast_is_not_decoded() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    for side in (60_000, 2_000_000):
        header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1 << 16)))
        assert code_of(bomb + chunk(b"IEND", b"")) == "image_too_wide"


def test_files_that_are_damaged_tiny_or_too_heavy_are_refused() -> None:
    assert code_of(image()[:60]) == "image_broken"
    assert code_of(b"\x89PNG\r\n\x1a\n" + b"x" * 500) == "image_broken"
    assert code_of(image("JPEG")[:-200]) == "image_broken"
    assert code_of(image(size=(8, 8))) == "image_too_small"
    assert code_of(image() + bytes(11 << 20)) == "file_too_large"
    assert (
        code_of(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') == "image_broken"
    )


def test_an_animation_of_too_many_frames_is_refused() -> None:
    assert code_of(animation(frames=402)) == "animation_too_long"
