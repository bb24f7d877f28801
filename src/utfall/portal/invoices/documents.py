"""Files of papers, made anew of what is frozen whenever they are asked for: PDF, UBL, archives, lists."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.papers import write_ubl
from utfall.portal.access import Caller, NotFound, refuse
from utfall.portal.invoices.frozen import Damaged, decoded, kept
from utfall.portal.invoices.models import Paper
from utfall.portal.invoices.paper_contracts import Document, PaperState, PaperView
from utfall.portal.invoices.paper_showing import own_paper
from utfall.portal.invoices.runs import own_run
from utfall.portal.look.exports import csv_line, first_line, plain, safe

FORMS: Final = {"pdf": "application/pdf", "xml": "application/xml", "json": "application/json"}
"""What a paper can be had as: to read, to import (UBL), and what was frozen."""
ARCHIVED_AT_MOST: Final = {"pdf": 500, "xml": 20_000, "json": 20_000}
"""Papers of one archive: setting a PDF takes a twentieth of a second."""


class PaperFile(NamedTuple):
    """A file to be downloaded."""

    name: str
    kind: str
    content: bytes


def document(name: str) -> Document:
    """What is frozen of a paper, for an app that looked whose it is."""
    row = Paper.objects.system().filter(name=name, state=PaperState.ISSUED.value).first()
    if row is None:
        raise NotFound
    return _document(row)


def own_document(caller: Caller, number: int) -> Document:
    """What is frozen of a paper that the caller may see."""
    return _document(own_paper(caller, number))


def _document(row: Paper) -> Document:
    try:
        content = kept(row.digest)
    except Damaged:
        refuse(
            "paper_damaged",
            gettext_lazy("What was frozen of it is not there as it was, so it is not shown."),
            status=409,
            mend=gettext_lazy(
                "The operator puts its file back: from a backup, or from frozen data that anybody downloaded."
            ),
            heading=gettext_lazy("This paper is damaged"),
        )
    frozen = decoded(content)
    return Document(
        name=row.name, digest=row.digest, content=content, paper=frozen.paper, language=frozen.language
    )


def file_of(caller: Caller, number: int, form: str) -> PaperFile:
    """A paper as a file; the same bytes each time."""
    if form not in FORMS:
        raise NotFound
    found = own_document(caller, number)
    return PaperFile(f"{found.name}.{form}", FORMS[form], _made(found, form))


def pdf(name: str) -> bytes:
    """A paper to be read, in the language of its party's country."""
    return _made(document(name), "pdf")


def ubl(name: str) -> bytes:
    """A paper to be imported."""
    return _made(document(name), "xml")


def _made(found: Document, form: str) -> bytes:
    if form == "json":
        return found.content
    if form == "xml":
        return write_ubl(found.paper)
    from utfall.papers.pdf import write_pdf

    return write_pdf(found.paper, found.language)


def archive(caller: Caller, number: int, form: str, after: int = 0) -> Iterator[bytes]:
    """The issued papers of a run as a ZIP that is written while it is sent, from after a row on."""
    if form not in FORMS:
        raise NotFound
    rows = Paper.objects.of(caller).filter(run=own_run(caller, number), state=PaperState.ISSUED.value)
    some = rows.filter(pk__gt=after).order_by("pk")[: ARCHIVED_AT_MOST[form]]
    return _zipped((f"{row.name}.{form}", _made(_document(row), form)) for row in some.iterator())


def parts_of(caller: Caller, number: int, form: str) -> list[int]:
    """After which rows the archives of a run begin: a large one has several."""
    rows = Paper.objects.of(caller).filter(run=own_run(caller, number), state=PaperState.ISSUED.value)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    size = ARCHIVED_AT_MOST[form]
    return [numbers[start] - 1 for start in range(0, len(numbers), size)]


def _zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A ZIP in pieces; its files are of the first day that ZIP knows, so that it is the same each time."""
    buffer = _Pipe()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
            yield buffer.taken()
    yield buffer.taken()


class _Pipe(io.RawIOBase):
    """What is written is taken out again; it cannot be gone back in, which ZIP copes with."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._held += some
        return len(some)

    def taken(self) -> bytes:
        content = bytes(self._held)
        self._held.clear()
        return content


def listed(views: Iterable[PaperView]) -> Iterator[str]:
    """Papers as CSV, line by line, amounts in units of their currency.

    The headings are in the language of now, not in that of whoever is served when the lines are read.
    """
    return chain([first_line(_headings())], (csv_line(_told(one)) for one in views))


def _headings() -> list[str]:
    names = [
        _("Number"),
        _("Kind"),
        _("Party"),
        _("Issued"),
        _("Falls due"),
        _("From"),
        _("Through"),
        _("Currency"),
    ]
    return [*names, _("Net"), _("VAT"), _("Total"), _("Unpaid"), _("Corrects")]


def _told(one: PaperView) -> list[object]:
    days = (one.issued_on, one.due_on or "", one.period_from, one.period_until)
    amounts = (one.net_micros, one.tax_micros, one.total_micros, one.open_micros)
    units = map(plain, amounts)
    return [one.name, one.kind.value, safe(one.party_name), *days, one.currency, *units, one.corrects or ""]
