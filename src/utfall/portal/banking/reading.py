"""What a file of the bank says, as rows that can be judged: of statements movements, of answers statuses."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import blake2b
from typing import BinaryIO, NamedTuple

from utfall.bank import (
    Head,
    Movement,
    PaymentStatus,
    ReportHead,
    Seen,
    Verdict,
    message_of,
    movements_of,
    scan_report,
    scan_statements,
    statuses_of,
)
from utfall.portal.banking.contracts import FileKind


class Row(NamedTuple):
    """A movement or a status. `key` names it for ever; a movement has no `verdict`."""

    key: str
    on: date
    micros: int
    currency: str
    name: str
    reference: str = ""
    text: str = ""
    other_party: str = ""
    reason: str = ""
    returned: bool = False
    verdict: Verdict | None = None


class Told(NamedTuple):
    """What the first reading of a file found: its kind, the accounts it is about, how many rows it has."""

    kind: FileKind
    seen: Seen | ReportHead

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts that a statement is about."""
        return frozenset(one.account for one in self.heads)

    @property
    def heads(self) -> tuple[Head, ...]:
        """The statements in it; an answer to a file has none."""
        return self.seen.heads if isinstance(self.seen, Seen) else ()

    @property
    def rows(self) -> int:
        """How many rows the file itself has."""
        if isinstance(self.seen, Seen):
            return sum(one.movements for one in self.seen.heads)
        return self.seen.payments

    @property
    def file(self) -> str:
        """Which file of ours it answers; "" where it answers none."""
        return "" if isinstance(self.seen, Seen) else self.seen.file


def told(source: BinaryIO) -> Told:
    """Read a file for the first time; BankFileError with the code and the sentence where it cannot be."""
    source.seek(0)
    if message_of(source, "camt.053", "camt.054", "pain.002") == "pain.002":
        return Told(FileKind.STATUS, scan_report(source))
    return Told(FileKind.STATEMENT, scan_statements(source))


def rows_of(source: BinaryIO, found: Told, today: date, names: Sequence[str]) -> Iterator[Row]:
    """Read it for the second time, row by row: the same rows in the same order whenever it is done.

    `names` are those of all payments in the file that is answered: what is said of all of them holds for each
    that is not named.
    """
    if isinstance(found.seen, Seen):
        for place, movement in movements_of(source, found.seen):
            yield _moved(found.seen.heads[place], movement)
        return
    named = set()
    for one in statuses_of(source):
        named.add(one.name)
        yield _status(found.seen, one, today)
    for_all = found.seen.of_all
    for name in names if for_all is not None else ():
        if name not in named:
            assert for_all is not None, "asked for above"
            row = _status(found.seen, for_all, today)
            yield row._replace(name=name, key=f"{row.key[:40]}:{name}")


def _moved(head: Head, one: Movement) -> Row:
    return Row(
        key=_key(head, one),
        on=one.on,
        micros=one.micros,
        currency=one.currency,
        name=one.name or "",
        reference=one.reference or "",
        text=one.text,
        other_party=one.other_party or "",
        reason=one.returned or "",
        returned=one.returned is not None,
    )


def _key(statement: Head, one: Movement) -> str:
    """The same for the same movement in whichever file: account, the bank's name, day and amount."""
    return _hashed(
        statement.account, one.identity, one.name or "", one.on.isoformat(), str(one.micros), one.currency
    )


def _hashed(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=32, person=b"utfall.movement").hexdigest()


def _status(report: ReportHead, one: PaymentStatus, today: date) -> Row:
    return Row(
        key=_hashed(report.file, report.name, one.name, one.code),
        on=today,
        micros=0,
        currency="",
        name=one.name,
        text=one.words or "",
        reason=one.reason or "",
        verdict=one.verdict,
    )
