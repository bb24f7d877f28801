"""`camt.053` and `camt.054`: what moved on an account, and what was left of it."""

from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from msgspec import Struct

from utfall.bank.references import is_reference
from utfall.bank.xmlfile import BankFileError, every, first_text, needed, read, text_of
from utfall.money import InvalidMoney, Money


class Balance(Struct, frozen=True, kw_only=True):
    """What stood on the account, booked, at the end of a day; negative: overdrawn."""

    on: date
    micros: int


class Movement(Struct, frozen=True, kw_only=True):
    """One movement: positive came in, negative went out.

    `identity` names it for ever within its account. `name` is our own name of the payment it belongs to,
    `reference` the structured one of somebody who paid us, `text` what else was written; `returned` why a
    payment came back.
    """

    identity: str
    on: date
    micros: int
    currency: str
    name: str | None = None
    reference: str | None = None
    text: str = ""
    other_party: str | None = None
    other_account: str | None = None
    returned: str | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """The movements of an account in one currency; balances where the file has them (`camt.053`)."""

    name: str
    account: str
    currency: str
    movements: tuple[Movement, ...]
    opening: Balance | None = None
    closing: Balance | None = None


_PARTS: Final = {"camt.053": "Stmt", "camt.054": "Ntfctn"}
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
NOT_PROVIDED: Final = "NOTPROVIDED"


def read_statements(content: bytes) -> list[Statement]:
    """Read a file of any version.

    Raises BankFileError: `not_xml`, `too_large`, `other_message`, `incomplete`, `amount`, `date`, `balance`
    (opening and movements do not give what is said to be left).
    """
    body, message = read(content, *_PARTS)
    found = [_statement(one) for one in every(body, _PARTS[message])]
    if not found:
        raise BankFileError("incomplete", "The file has no statement in it.")
    return found


def _statement(element: Element) -> Statement:
    account = first_text(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
    if account is None:
        raise BankFileError("incomplete", "The file does not say which account it is about.")
    name = needed(element, "Id")
    entries = [one for one in every(element, "Ntry") if _is_booked(one)]
    movements = [
        one for place, entry in enumerate(entries, start=1) for one in _movements(entry, name, place)
    ]
    currency = text_of(element, "Acct/Ccy") or _currency_of(element, movements)
    statement = Statement(
        name=name,
        account=account,
        currency=currency,
        movements=tuple(movements),
        opening=_balance(element, _OPENING),
        closing=_balance(element, _CLOSING),
    )
    _check(statement)
    return statement


def _is_booked(entry: Element) -> bool:
    """A movement that is only expected is told again once it has happened."""
    return first_text(entry, "Sts/Cd", "Sts") in (None, "BOOK")


def _currency_of(element: Element, movements: list[Movement]) -> str:
    amount = element.find("Bal/Amt")
    if amount is not None:
        return amount.get("Ccy", "")
    if not movements:
        raise BankFileError("incomplete", "The file does not say which currency its account has.")
    return movements[0].currency


def _balance(element: Element, codes: tuple[str, ...]) -> Balance | None:
    for one in every(element, "Bal"):
        if text_of(one, "Tp/CdOrPrtry/Cd") in codes:
            micros, _ = _amount(one)
            return Balance(on=_day(one, "Dt/Dt", "Dt/DtTm"), micros=micros)
    return None


def _check(statement: Statement) -> None:
    if statement.opening is None or statement.closing is None:
        return
    moved = sum(one.micros for one in statement.movements)
    if statement.opening.micros + moved != statement.closing.micros:
        off = Money(statement.closing.micros - statement.opening.micros - moved, statement.currency)
        raise BankFileError(
            "balance", f"Statement {statement.name} does not add up: {off} are missing in it."
        )


def _movements(entry: Element, statement: str, place: int) -> list[Movement]:
    """An entry's parts where each has an amount of its own (a batch of payments), else the entry itself."""
    on = _day(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    total, currency = _amount(entry)
    identity = first_text(entry, "AcctSvcrRef") or f"{statement}/{text_of(entry, 'NtryRef') or place}"
    parts = entry.findall("NtryDtls/TxDtls")
    if len(parts) > 1 and all(_part_amount(one) is not None for one in parts):
        return [
            _movement(part, on, _signed(part, entry), currency, _part_identity(part, identity, number))
            for number, part in enumerate(parts, start=1)
        ]
    return [_movement(parts[0] if parts else entry, on, total, currency, identity)]


def _part_identity(part: Element, identity: str, number: int) -> str:
    return first_text(part, "Refs/AcctSvcrRef", "Refs/TxId") or f"{identity}/{number}"


def _part_amount(part: Element) -> Element | None:
    found = part.find("Amt")
    return found if found is not None else part.find("AmtDtls/TxAmt/Amt")


def _signed(part: Element, entry: Element) -> int:
    amount = _part_amount(part)
    assert amount is not None, "asked for before"
    sign = first_text(part, "CdtDbtInd") or needed(entry, "CdtDbtInd")
    return _micros(amount) * (1 if sign == "CRDT" else -1)


def _movement(details: Element, on: date, micros: int, currency: str, identity: str) -> Movement:
    name = first_text(details, "Refs/EndToEndId", "Refs/InstrId")
    payer, account = ("Dbtr", "DbtrAcct") if micros > 0 else ("Cdtr", "CdtrAcct")
    text = " ".join(one.text.strip() for one in every(details, "RmtInf/Ustrd") if one.text)
    return Movement(
        identity=identity,
        on=on,
        micros=micros,
        currency=currency,
        name=None if name == NOT_PROVIDED else name,
        reference=_reference(details, text),
        text=text or text_of(details, "AddtlTxInf") or text_of(details, "AddtlNtryInf") or "",
        other_party=first_text(details, f"RltdPties/{payer}/Pty/Nm", f"RltdPties/{payer}/Nm"),
        other_account=first_text(details, f"RltdPties/{account}/Id/IBAN", f"RltdPties/{account}/Id/Othr/Id"),
        returned=first_text(details, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
    )


def _reference(details: Element, text: str) -> str | None:
    """The structured one, else the one word of the text that is a reference."""
    said = first_text(details, "RmtInf/Strd/CdtrRefInf/Ref")
    if said is not None:
        return "".join(said.split()).upper()
    found = {word.upper() for word in text.replace(",", " ").split() if len(word) >= 5 and is_reference(word)}
    return found.pop() if len(found) == 1 else None


def _amount(element: Element) -> tuple[int, str]:
    """A signed amount beside its `CdtDbtInd`."""
    amount = element.find("Amt")
    if amount is None:
        raise BankFileError("incomplete", f"The file lacks {element.tag}/Amt.")
    return _micros(amount) * (1 if needed(element, "CdtDbtInd") == "CRDT" else -1), amount.get("Ccy", "")


def _micros(amount: Element) -> int:
    try:
        return Money.parse((amount.text or "").strip(), amount.get("Ccy", "")).micros
    except InvalidMoney as error:
        raise BankFileError("amount", f"The file has an amount that is none: {amount.text!r}") from error


def _day(element: Element, *paths: str) -> date:
    said = first_text(element, *paths)
    try:
        return date.fromisoformat((said or "")[:10])
    except ValueError as error:
        raise BankFileError("date", f"The file has a date that is none: {said!r}") from error
