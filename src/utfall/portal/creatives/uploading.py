"""Making creatives: files are taken apart, checked and stored; words are checked and kept."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Refused, refuse
from utfall.portal.creatives.bundles import bundle
from utfall.portal.creatives.checking import columns_of, copy_columns
from utfall.portal.creatives.contracts import (
    Copy,
    CreativeDraft,
    CreativeView,
    FileVerdict,
    Kind,
    State,
    Upload,
)
from utfall.portal.creatives.duplicates import refuse_twice
from utfall.portal.creatives.kinds import HEAD, kind_of
from utfall.portal.creatives.models import Creative
from utfall.portal.creatives.pictures import picture
from utfall.portal.creatives.reviewing import hand_in, record
from utfall.portal.creatives.showing import view_of
from utfall.portal.creatives.storing import Prepared, name_of, store
from utfall.portal.creatives.videos import video
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView

MOST_CREATIVES: Final = 2000
MOST_BYTES: Final = 4 << 30
SENT_AT_MOST: Final = 250 << 20
"""Bytes in one upload: of several files, all together."""
MOST_FILES: Final = 50
"""Files in one upload."""


def upload(caller: Caller, draft: CreativeDraft, file: Upload) -> CreativeView:
    """A creative from one file: an image, an HTML5 zip or a video, whatever its name says."""
    program = program_for(caller, draft.program)
    prepared = prepare(file, draft)
    named = replace(draft, name=draft.name or name_from(file.name))
    columns = columns_of(named, program, prepared.kind)
    _check_room(program, prepared.bytes)
    row = _row(caller, program, prepared.kind, **columns, **_measured(prepared))
    row.digest = store(prepared.content, prepared.extension)
    return _save(caller, row, is_ready=draft.is_ready)


def upload_many(caller: Caller, draft: CreativeDraft, files: Sequence[Upload]) -> list[FileVerdict]:
    """Several files, each with its own verdict; what is refused keeps nothing else back."""
    program_for(caller, draft.program)
    if len(files) > MOST_FILES:
        refuse("too_many_files", _("At most 50 files at once."), "files")
    if not files:
        refuse("file_missing", _("Choose a file."), "files")
    return [_verdict(caller, draft if len(files) == 1 else replace(draft, name=""), file) for file in files]


def write_text(caller: Caller, draft: CreativeDraft, copy: Copy) -> CreativeView:
    """A text creative: a headline, maybe a line below it and a call to action."""
    program = program_for(caller, draft.program)
    columns = copy_columns(copy, Kind.TEXT)
    said = columns_of(replace(draft, name=draft.name or columns["headline"]), program, Kind.TEXT)
    _check_room(program, 0)
    row = _row(caller, program, Kind.TEXT, **said, **columns)
    row.digest = digest_of_words(columns)
    return _save(caller, row, is_ready=draft.is_ready)


def write_native(
    caller: Caller, draft: CreativeDraft, copy: Copy, image: Upload, icon: Upload | None = None
) -> CreativeView:
    """A native ad: words, an image and maybe an icon, which a publisher sets in its own design."""
    program = program_for(caller, draft.program)
    columns = copy_columns(copy, Kind.NATIVE)
    said = columns_of(replace(draft, name=draft.name or columns["headline"]), program, Kind.NATIVE)
    main = _image(image, "image")
    small = _image(icon, "icon") if icon else None
    if small and small.width != small.height:
        refuse("icon_not_square", _("An icon is as wide as it is high."), "icon")
    _check_room(program, main.bytes)
    row = _row(caller, program, Kind.NATIVE, **said, **columns, **_measured(main))
    row.digest = store(main.content, main.extension)
    if small:
        row.icon = name_of(store(small.content, small.extension), small.extension)
    return _save(caller, row, is_ready=draft.is_ready)


def prepare(file: Upload, draft: CreativeDraft) -> Prepared:
    """Take a file apart; Refused with what is wrong with it."""
    file.file.seek(0)
    found = kind_of(file.file.read(HEAD))
    file.file.seek(0)
    if found is None:
        refuse(
            "file_unknown",
            _("This is no PNG, JPEG, GIF, WebP, AVIF, MP4, WebM or zip, whatever its name says."),
            "file",
        )
    kind, extension = found
    if kind is Kind.IMAGE:
        return picture(_read(file))
    if kind is Kind.HTML5:
        return bundle(_read(file), width=draft.width, height=draft.height)
    return video(file.file, extension)


def program_for(caller: Caller, number: int) -> ProgramView:
    """The program of the caller's own that a creative is for."""
    caller.require(Permission.MANAGE)
    view = programs.program(caller, number)
    caller.advertiser(view.advertiser)
    return view


def digest_of_words(columns: dict[str, str]) -> str:
    """What makes two texts the same."""
    return sha256("\0".join(columns[name] for name in sorted(columns)).encode()).hexdigest()


def name_from(name: str) -> str:
    """A file's name as a creative's: without its ending, and with spaces.

    >>> name_from("autumn_sale-300x250.final.png")
    'autumn sale-300x250.final'
    """
    stem = name.replace("\\", "/").rpartition("/")[2]
    stem = stem.rpartition(".")[0] or stem
    return "".join(letter if letter.isprintable() else " " for letter in stem.replace("_", " "))[:120].strip()


def _verdict(caller: Caller, draft: CreativeDraft, file: Upload) -> FileVerdict:
    try:
        with transaction.atomic():
            return FileVerdict(name=file.name, view=upload(caller, draft, file))
    except Refused as refused:
        problem = refused.problems[0]
        return FileVerdict(name=file.name, view=None, code=problem.code, sentence=problem.sentence)


def _image(file: Upload, field: str) -> Prepared:
    file.file.seek(0)
    found = kind_of(file.file.read(HEAD))
    if found is None or found[0] is not Kind.IMAGE:
        refuse("image_needed", _("Choose a PNG, JPEG, GIF, WebP or AVIF image."), field)
    file.file.seek(0)
    try:
        return picture(_read(file))
    except Refused as refused:
        raise Refused([problem._replace(field=field) for problem in refused.problems]) from refused


def _read(file: Upload) -> bytes:
    """A file that is small enough to be held in memory; more than that is not read."""
    return file.file.read((10 << 20) + 1)


def _measured(prepared: Prepared) -> dict[str, Any]:
    return {
        "extension": prepared.extension,
        "width": prepared.width,
        "height": prepared.height,
        "bytes": prepared.bytes,
        "duration_ms": prepared.duration_ms,
    }


def _row(caller: Caller, program: ProgramView, kind: Kind, **columns: Any) -> Creative:
    return Creative(
        program=program.id,
        advertiser=program.advertiser,
        kind=kind.value,
        created_by=caller.actor,
        **columns,
    )


def _check_room(program: ProgramView, size: int) -> None:
    rows = Creative.objects.system().filter(program=program.id)
    if rows.exclude(state=State.ARCHIVED.value).count() >= MOST_CREATIVES:
        refuse("too_many_creatives", _("A program has at most 2000 creatives. Put some away first."))
    if (rows.aggregate(total=Sum("bytes"))["total"] or 0) + size > MOST_BYTES:
        refuse("no_room", _("The program's creatives have at most 4 GB together."), "file")


def _save(caller: Caller, row: Creative, *, is_ready: bool) -> CreativeView:
    with transaction.atomic():
        refuse_twice(row)
        row.save()
        record(caller, row, "creative.made", None)
        if is_ready:
            hand_in(caller, row)
    return view_of(row)
