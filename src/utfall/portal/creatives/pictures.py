"""Images: opened, checked for size before anything is decoded, and written anew without what they carried.

What comes out was made by us from pixels alone: no location, no camera, no comment, no bytes after the end.
"""

import io
import struct
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from utfall.portal.access import refuse
from utfall.portal.creatives.contracts import Kind
from utfall.portal.creatives.storing import Prepared

MAX_BYTES: Final = 10 << 20
LARGEST_SIDE: Final = 5000
LARGEST_PIXELS: Final = 25_000_000
MOST_FRAMES: Final = 400
MOST_FRAME_PIXELS: Final = 200_000_000
SMALLEST_SIDE: Final = 16
EXTENSIONS: Final = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
OPENED: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
KEPT_INFO: Final = frozenset({"transparency", "background"})
BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    LookupError,
    TypeError,
    OverflowError,
    MemoryError,
)
"""What Pillow raises over files that are not what they say."""


def picture(data: bytes) -> Prepared:
    """An image, written anew; Refused where it is none, or a danger to whoever opens it."""
    if len(data) > MAX_BYTES:
        refuse("file_too_large", _("An image has at most 10 MB. Save it smaller."), "file")
    try:
        with Image.open(io.BytesIO(data), formats=OPENED) as image:
            frames = _checked(image)
            content = _rewritten(image, frames, data)
            width, height = _shown_size(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse_size()
    except BROKEN:
        refuse("image_broken", _("This image is damaged. Export it again and upload that."), "file")
    extension = EXTENSIONS[image.format or ""]
    return Prepared(
        kind=Kind.IMAGE,
        extension=extension,
        content=content,
        width=width,
        height=height,
        bytes=len(content),
    )


def _checked(image: Image.Image) -> int:
    """The number of frames; Refused before a pixel is decoded where there are too many."""
    width, height = image.size
    if max(width, height) > LARGEST_SIDE or width * height > LARGEST_PIXELS:
        _refuse_size()
    if min(width, height) < SMALLEST_SIDE:
        refuse("image_too_small", _("An image has at least 16 by 16 pixels."), "file")
    frames = 1 if image.format in ("JPEG", "MPO") else int(getattr(image, "n_frames", 1))
    if frames > MOST_FRAMES or frames * width * height > MOST_FRAME_PIXELS:
        refuse(
            "animation_too_long",
            _("The animation has too many frames. Make it shorter, or smaller, or a video."),
            "file",
        )
    return frames


def _refuse_size() -> None:
    refuse(
        "image_too_wide",
        _("An image has at most 5000 pixels a side and 25 million in all. Scale it down."),
        "file",
    )


def _shown_size(image: Image.Image) -> tuple[int, int]:
    """The size as people see it: some cameras turn their pictures by a note in the file."""
    width, height = image.size
    return (height, width) if image.getexif().get(0x0112, 1) in (5, 6, 7, 8) else (width, height)


def _rewritten(image: Image.Image, frames: int, data: bytes) -> bytes:
    out = io.BytesIO()
    kind = "JPEG" if image.format == "MPO" else image.format or ""
    options = SAVING[kind](data)
    if frames > 1:
        # Read before the frames are: a decoder forgets what stood at the beginning.
        loop = {"loop": image.info["loop"]} if "loop" in image.info else {}
        shown = [(_bare(frame), frame.info.get("duration", 100)) for frame in ImageSequence.Iterator(image)]
        first, rest = shown[0][0], [frame for frame, _ms in shown[1:]]
        durations = [int(ms) for _frame, ms in shown]
        first.save(out, kind, save_all=True, append_images=rest, duration=durations, **loop, **options)
    else:
        _bare(_upright(image), is_photo=kind == "JPEG").save(out, kind, **options)
    return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """Turned as it is meant to be seen, and in the colours that browsers mean."""
    turned = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if not profile or turned.mode not in ("RGB", "CMYK"):
        return turned
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(turned, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return turned
    return found or turned


def _bare(image: Image.Image, *, is_photo: bool = False) -> Image.Image:
    """Only the pixels, and which of them are transparent."""
    bare = image.convert("RGB") if is_photo and image.mode not in ("L", "RGB") else image.copy()
    bare.info = {name: value for name, value in bare.info.items() if name in KEPT_INFO}
    return bare


SAVING: Final[Mapping[str, Callable[[bytes], dict[str, Any]]]] = {
    "PNG": lambda _data: {"optimize": False},
    "JPEG": lambda _data: {"quality": 90, "optimize": True, "progressive": True},
    "GIF": lambda _data: {"optimize": False},
    "WEBP": lambda data: {"lossless": b"VP8L" in data[:512], "quality": 90},
    "AVIF": lambda _data: {"quality": 85, "speed": 8},
}
"""How each format is written; a WebP without loss stays without."""
