"""What a file of the bank says, as rows that can be judged: of statements movements, of answers statuses."""

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from utfall.bank import BankFileError, Movement, Statement, Verdict, read_statements, read_status_report
from utfall.bank.statuses import PaymentStatus, StatusReport
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
    """A file: its kind, the accounts it is about, its rows. `of_all` holds for a file's other payments."""

    kind: FileKind
    accounts: frozenset[str]
    rows: tuple[Row, ...]
    file: str = ""
    of_all: Row | None = None


def told(content: bytes, today: date) -> Told:
    """Read a file; BankFileError with the code and the sentence where it cannot be."""
    try:
        statements = read_statements(content)
    except BankFileError as error:
        if error.code != "other_message":
            raise
        return _of_report(read_status_report(content), today)
    accounts = frozenset(one.account for one in statements)
    rows = tuple(row for one in statements for row in _rows(one))
    return Told(FileKind.STATEMENT, accounts, rows)


def _rows(statement: Statement) -> Iterator[Row]:
    for one in statement.movements:
        yield Row(
            key=_key(statement, one),
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


def _key(statement: Statement, one: Movement) -> str:
    """The same for the same movement in whichever file: account, the bank's name, day and amount."""
    return _hashed(
        statement.account, one.identity, one.name or "", one.on.isoformat(), str(one.micros), one.currency
    )


def _hashed(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=32, person=b"utfall.movement").hexdigest()


def _of_report(report: StatusReport, today: date) -> Told:
    rows = tuple(_status(report, one, today) for one in report.payments)
    of_all = _status(report, report.of_all, today) if report.of_all else None
    return Told(FileKind.STATUS, frozenset(), rows, report.file, of_all)


def _status(report: StatusReport, one: PaymentStatus, today: date) -> Row:
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
