"""HTML5 creatives: a zip of web files with an index.html. Nothing is unpacked before its name, its type and
its size are found good, and what a file claims of its size is not believed.
"""

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.creatives.contracts import Kind
from utfall.portal.creatives.kinds import MAGIC
from utfall.portal.creatives.storing import INDEX, Prepared

MAX_BYTES: Final = 10 << 20
MAX_UNPACKED: Final = 30 << 20
MOST_FILES: Final = 200
MOST_RATIO: Final = 100
FREE_BYTES: Final = 64 << 10
"""Files up to here may be packed as well as they like: a small stylesheet of repetitions is no bomb."""
TEXTS: Final = frozenset({"html", "css", "js", "json", "svg", "txt"})
BINARIES: Final = frozenset(
    {"png", "jpg", "jpeg", "gif", "webp", "avif", "mp4", "webm", "mp3", "m4a", "ogg", "woff", "woff2"}
)
JUNK: Final = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)")
_PART: Final = r"[A-Za-z0-9_@~+-][A-Za-z0-9_@~+ .()-]{0,99}"
NAME: Final = re.compile(rf"(?:{_PART}/){{0,6}}{_PART}\.[A-Za-z0-9]{{2,5}}")
"""What the edge serves names of: a law of its tests, `test_every_name_that_is_stored_is_served`."""
SIZE: Final = re.compile(
    rb"""<meta[^>]+name\s*=\s*["']?ad\.size["']?[^>]*content\s*=\s*["']\s*width\s*=\s*(\d{1,4})\s*[,;]\s*height\s*=\s*(\d{1,4})""",
    re.IGNORECASE,
)
CLICK_TAG: Final = re.compile(rb"clicktag", re.IGNORECASE)


def bundle(data: bytes, *, width: int = 0, height: int = 0) -> Prepared:
    """The files of an HTML5 creative; Refused with the one that stands in the way."""
    if len(data) > MAX_BYTES:
        refuse("file_too_large", _("An HTML5 creative has at most 10 MB as a zip."), "file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        refuse("zip_broken", _("This zip is damaged or protected by a password. Pack it again."), "file")
    files = _without_folder(files)
    _check_index(files)
    width, height = _size(files[INDEX], width, height)
    total = sum(map(len, files.values()))
    return Prepared(kind=Kind.HTML5, extension="html", content=files, width=width, height=height, bytes=total)


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not one.is_dir() and not JUNK.search(one.filename)]
    if len(entries) > MOST_FILES:
        refuse("zip_too_many_files", _("An HTML5 creative has at most 200 files."), "file")
    for entry in entries:
        _check_entry(entry)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        refuse("zip_name_twice", _("Two files in the zip have the same name."), "file")
    files: dict[str, bytes] = {}
    room = MAX_UNPACKED
    for entry in entries:
        with archive.open(entry) as file:
            content = file.read(room + 1)
        room -= len(content)
        if room < 0:
            _refuse_bomb()
        _check_content(entry.filename, content)
        files[entry.filename] = content
    return files


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Everything that is told of a file before it is unpacked."""
    name = entry.orig_filename
    said = {"name": name[:80]}
    mode = entry.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        refuse("zip_link", _("“%(name)s” is a link, not a file. Pack the file itself.") % said, "file")
    if name != entry.filename or ".." in unquote(name).split("/") or not NAME.fullmatch(name):
        refuse(
            "zip_name_unfit",
            _(
                "“%(name)s” cannot be the name of a file here. Use letters, digits, dots, dashes, and "
                "folders at most six deep."
            )
            % said,
            "file",
        )
    if _extension(name) not in TEXTS | BINARIES:
        refuse(
            "zip_type_unfit",
            _("“%(name)s” is of a type that is not shown. Take it out of the zip.") % said,
            "file",
        )
    if entry.file_size > max(FREE_BYTES, entry.compress_size * MOST_RATIO):
        _refuse_bomb()


def _check_content(name: str, content: bytes) -> None:
    """A file must be what its ending says, so that no type is smuggled in under another's name."""
    extension = _extension(name)
    said = {"name": name[:80]}
    if extension in TEXTS:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            refuse("zip_text_unreadable", _("“%(name)s” is not written in UTF-8. Save it so.") % said, "file")
        if "\0" in text or (extension == "json" and not _is_json(text)):
            refuse("zip_content_unfit", _("“%(name)s” is not what its name says.") % said, "file")
    elif not MAGIC[extension](content):
        refuse("zip_content_unfit", _("“%(name)s” is not what its name says.") % said, "file")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _without_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Programs like to pack a folder around everything: it is taken off."""
    tops = {name.partition("/")[0] for name in files}
    if INDEX not in files and len(tops) == 1 and all("/" in name for name in files):
        return {name.partition("/")[2]: content for name, content in files.items()}
    return files


def _check_index(files: Mapping[str, bytes]) -> None:
    if INDEX not in files:
        refuse("zip_without_index", _("The zip needs a file index.html at its top."), "file")
    if not any(
        CLICK_TAG.search(content) for name, content in files.items() if _extension(name) in ("html", "js")
    ):
        refuse(
            "click_tag_missing",
            _(
                "Nothing in the creative reads clickTag, so nobody who clicks would reach the shop. Open the "
                "address in the parameter clickTag; the guide beside this form has the lines to copy."
            ),
            "file",
        )


def _size(index: bytes, width: int, height: int) -> tuple[int, int]:
    found = SIZE.search(index)
    if found:
        width, height = int(found[1]), int(found[2])
    if not (1 <= width <= 4000 and 1 <= height <= 4000):
        refuse(
            "size_missing",
            _(
                'Say how large it is: in index.html by <meta name="ad.size" content="width=300,height=250">, '
                "or in the form."
            ),
            "width",
        )
    return width, height


def _refuse_bomb() -> None:
    refuse(
        "zip_too_large_unpacked",
        _("Unpacked, the zip is far too large: at most 30 MB, and no file a hundred times its packed size."),
        "file",
    )
