"""`pain.002`: what became of the payments of a file."""

from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from msgspec import Struct

from utfall.bank.xmlfile import BankFileError, Piece, every, first_text, needed, pieces, text_of


class Verdict(StrEnum):
    """What a bank's status means for a payment."""

    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    FAILED = "failed"


_VERDICTS: Final = {
    **dict.fromkeys(
        ("ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC", "PDNG", "RCVD", "PART", "PATC"), Verdict.UNDER_WAY
    ),
    **dict.fromkeys(("ACSC", "ACCC"), Verdict.COMPLETED),
    **dict.fromkeys(("RJCT", "CANC", "BLCK"), Verdict.FAILED),
}


class PaymentStatus(Struct, frozen=True, kw_only=True):
    """One payment's status: its name, the bank's code, and why it failed (an ISO reason code, and words)."""

    name: str
    code: str
    verdict: Verdict
    reason: str | None = None
    words: str | None = None


class StatusReport(Struct, frozen=True, kw_only=True):
    """A report on the file `file`. `of_all` holds for each payment that is not named; None: nothing does."""

    name: str
    file: str
    of_all: PaymentStatus | None
    payments: tuple[PaymentStatus, ...]


class ReportHead(Struct, frozen=True, kw_only=True):
    """A report without its payments: how many there are, and that they can be read, was seen."""

    name: str
    file: str
    of_all: PaymentStatus | None
    payments: int


def read_status_report(content: bytes) -> StatusReport:
    """Read a report of any version; BankFileError: `not_xml`, `other_message`, `incomplete`, `status`."""
    source = BytesIO(content)
    head = scan_report(source)
    return StatusReport(
        name=head.name, file=head.file, of_all=head.of_all, payments=tuple(statuses_of(source))
    )


def scan_report(source: BinaryIO) -> ReportHead:
    """The first reading: everything can be read."""
    count, body = 0, None
    for piece in _pieces(source):
        if piece.element.tag == "TxInfAndSts":
            _status(piece.element)
            count += 1
            piece.forget()
        else:
            body = piece.element
    assert body is not None, "a file has a message"
    original = body.find("OrgnlGrpInfAndSts")
    if original is None:
        raise BankFileError("incomplete", "The file does not say which file it answers.")
    return ReportHead(
        name=needed(body, "GrpHdr/MsgId"),
        file=needed(original, "OrgnlMsgId"),
        of_all=_of_all(body, original),
        payments=count,
    )


def statuses_of(source: BinaryIO) -> Iterator[PaymentStatus]:
    """The second reading: the payments that a report names."""
    for piece in _pieces(source):
        if piece.element.tag == "TxInfAndSts":
            yield _status(piece.element)
            piece.forget()


def _pieces(source: BinaryIO) -> Iterator[Piece]:
    source.seek(0)
    return pieces(source, {"TxInfAndSts"}, "pain.002")


def _of_all(body: Element, original: Element) -> PaymentStatus | None:
    """A file of one group may be answered by its group: then that holds for all of them."""
    if code := text_of(original, "GrpSts"):
        return _told("", code, original)
    groups = body.findall("OrgnlPmtInfAndSts")
    if len(groups) == 1 and (code := text_of(groups[0], "PmtInfSts")):
        return _told("", code, groups[0])
    return None


def _status(element: Element) -> PaymentStatus:
    return _told(needed(element, "OrgnlEndToEndId"), needed(element, "TxSts"), element)


def _told(name: str, code: str, element: Element) -> PaymentStatus:
    verdict = _VERDICTS.get(code)
    if verdict is None:
        raise BankFileError("status", f"The file has the status {code}, which ISO 20022 does not know.")
    return PaymentStatus(
        name=name,
        code=code,
        verdict=verdict,
        reason=first_text(element, "StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry"),
        words=" ".join(filter(None, (one.text for one in every(element, "StsRsnInf/AddtlInf")))) or None,
    )
