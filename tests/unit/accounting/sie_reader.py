"""A strict reader of SIE 4, written from the format's description (SIE-Gruppen, version 4B): what is not
allowed is refused. It knows nothing of how we write.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

FIELD = re.compile(r'"((?:[^"\\]|\\")*)"|(\{[^{}]*\})|([^\s"{}]+)')
AMOUNT = re.compile(r"-?\d+\.\d{2}")
HEAD = ("FLAGGA", "PROGRAM", "FORMAT", "GEN", "SIETYP", "ORGNR", "FNAMN", "RAR", "OMFATTN", "KPTYP", "VALUTA")
NEEDED = {"FLAGGA", "PROGRAM", "FORMAT", "GEN", "SIETYP", "FNAMN", "RAR", "KONTO"}
SECTIONS = (frozenset(HEAD), frozenset({"KONTO", "KTYP"}), frozenset({"IB", "UB", "RES"}), frozenset({"VER"}))


@dataclass
class Voucher:
    """A verification."""

    series: str
    number: int
    day: date
    text: str
    lines: list[tuple[str, Decimal]] = field(default_factory=list)


@dataclass
class File:
    """What a file says."""

    head: dict[str, list[str]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    balances: dict[str, dict[str, Decimal]] = field(default_factory=lambda: {"IB": {}, "UB": {}, "RES": {}})
    vouchers: list[Voucher] = field(default_factory=list)


def read(content: bytes) -> File:
    """Read a file; AssertionError for anything that the format does not allow."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", content), "no control characters"
    file, section, seen, open_voucher = File(), 0, [], False
    for row in content.decode("cp437").split("\r\n")[:-1]:
        if row in ("{", "}"):
            assert file.vouchers
            assert (row == "{") is not open_voucher
            assert row == "{" or not sum(amount for _account, amount in file.vouchers[-1].lines)
            open_voucher = row == "{"
            continue
        mark, fields = fields_of(row)
        if mark == "TRANS":
            assert open_voucher
            file.vouchers[-1].lines.append(transaction(fields, file))
            continue
        assert not open_voucher
        section = next(place for place, marks in enumerate(SECTIONS) if place >= section and mark in marks)
        seen.append(mark)
        take(mark, fields, file)
    assert not open_voucher
    assert set(seen) >= NEEDED
    assert seen[0] == "FLAGGA"
    return file


def fields_of(row: str) -> tuple[str, list[str]]:
    assert row.startswith("#"), row
    mark, _space, rest = row[1:].partition(" ")
    found = list(FIELD.finditer(rest))
    assert FIELD.sub("", rest).strip() == "", row
    return mark, [one[1].replace('\\"', '"') if one[1] is not None else one[2] or one[3] for one in found]


def take(mark: str, fields: list[str], file: File) -> None:
    if mark in HEAD:
        assert mark not in file.head
        file.head[mark] = fields
    elif mark == "KONTO":
        assert re.fullmatch(r"\d{4}", fields[0])
        assert fields[0] not in file.accounts
        file.accounts[fields[0]] = fields[1]
    elif mark == "KTYP":
        assert fields[0] in file.accounts
        assert fields[1] in "TSKI"
    elif mark == "VER":
        series, number, day, text = fields
        file.vouchers.append(Voucher(series, int(number), day_of(day), text))
    else:
        year, account, amount = fields
        assert year == "0"
        assert account in file.accounts
        assert (account < "3") is (mark != "RES")
        file.balances[mark][account] = amount_of(amount)


def transaction(fields: list[str], file: File) -> tuple[str, Decimal]:
    account, objects, amount = fields
    assert account in file.accounts
    assert objects == "{}"
    return account, amount_of(amount)


def amount_of(text: str) -> Decimal:
    assert AMOUNT.fullmatch(text), text
    assert text != "-0.00"
    return Decimal(text)


def day_of(text: str) -> date:
    assert re.fullmatch(r"\d{8}", text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
