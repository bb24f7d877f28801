"""Videos: MP4 and WebM whose parts are where they belong. They are kept as they are; nothing is played."""

import os
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.creatives import mp4, webm
from utfall.portal.creatives.contracts import Kind
from utfall.portal.creatives.films import Broken, Film
from utfall.portal.creatives.storing import Prepared

MAX_BYTES: Final = 100 << 20
LONGEST_MS: Final = 10 * 60_000
LARGEST_SIDE: Final = 4096


PLAYED: Final = frozenset({"avc1", "avc3", "av01", "vp09", "V_VP8", "V_VP9", "V_AV1"})
"""Codecs that every browser of today plays."""


def video(file: IO[bytes], extension: str) -> Prepared:
    """A video, checked; Refused where a browser would not show it."""
    size = file.seek(0, os.SEEK_END)
    if size > MAX_BYTES:
        refuse("file_too_large", _("A video has at most 100 MB. Compress it more, or cut it."), "file")
    try:
        film = mp4.film(file, size) if extension == "mp4" else webm.film(file, size)
    except (Broken, RecursionError):
        refuse("video_broken", _("This video is damaged or cut off. Export it again."), "file")
    _check(film)
    return Prepared(
        kind=Kind.VIDEO,
        extension=extension,
        content=file,
        width=film.width,
        height=film.height,
        bytes=size,
        duration_ms=film.duration_ms,
    )


def _check(film: Film) -> None:
    if film.codec not in PLAYED:
        refuse(
            "video_codec_unfit",
            _("Not every browser plays this video. Export it as H.264 in an MP4, or as VP9 or AV1."),
            "file",
        )
    if not (16 <= film.width <= LARGEST_SIDE and 16 <= film.height <= LARGEST_SIDE):
        refuse("video_size_unfit", _("A video is between 16 and 4096 pixels wide and high."), "file")
    if not 0 <= film.duration_ms <= LONGEST_MS:
        refuse("video_too_long", _("A video lasts at most ten minutes."), "file")
