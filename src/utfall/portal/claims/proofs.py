"""Proof files: taken for what their first bytes say, kept private, given out as downloads only."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import Caller, NotFound, Permission, refuse
from utfall.portal.claims.contracts import Upload
from utfall.portal.claims.models import Message, Proof
from utfall.portal.site import site

BYTES_AT_MOST: Final = 5 << 20
FILES_AT_MOST: Final = 5
_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


def checked(files: list[Upload]) -> list[tuple[str, str, bytes]]:
    """The files with their kinds and contents; Refused with what is wrong with one."""
    if len(files) > FILES_AT_MOST:
        refuse("too_many_files", _("At most 5 files at once."), "proofs")
    return [_checked(file) for file in files]


def _checked(file: Upload) -> tuple[str, str, bytes]:
    content = file.file.read(BYTES_AT_MOST + 1)
    if len(content) > BYTES_AT_MOST:
        refuse("file_too_large", _("A file has at most 5 MB."), "proofs", status=413)
    kind = next((kind for start, kind in _BEGINNINGS if content.startswith(start)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    if not kind:
        refuse("file_unknown", _("Send pictures (PNG, JPEG, GIF, WebP) or PDF files."), "proofs")
    name = file.name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in name if one.isprintable() and one not in '"<>:|?*')[-150:]
    return plain or "proof", kind, content


def keep(message: Message, files: list[tuple[str, str, bytes]]) -> None:
    """Keep files with a message."""
    make_directory(_folder())
    for name, kind, content in files:
        digest = sha256(content).hexdigest()
        if not (_folder() / digest).exists():
            write_file(_folder() / digest, content)
        Proof.objects.system().create(
            message=message, name=name, kind=kind, bytes=len(content), digest=digest
        )


def proof(caller: Caller, claim: int, number: int) -> tuple[str, bytes]:
    """A file's name and content, for either side of its claim."""
    caller.require(Permission.LOOK)
    row = Proof.objects.one(caller, pk=number, message__claim=claim)
    try:
        return row.name, (_folder() / row.digest).read_bytes()
    except FileNotFoundError:
        raise NotFound from None


def _folder() -> Path:
    """Where they lie: beside the portal's database, where nothing is served from."""
    return Path(site().database_path).with_name("claim-files")
