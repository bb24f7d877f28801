"""`camt.053` and `camt.054`: what moved on an account, and what was left of it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from msgspec import Struct

from utfall.bank.references import is_reference
from utfall.bank.xmlfile import LARGEST_FILE, BankFileError, Piece, every, first_text, needed, pieces, text_of
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


_PARTS: Final = ("camt.053", "camt.054")
_WANTED: Final = frozenset({"Stmt", "Ntfctn", "Ntry", "TxDtls"})
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
NOT_PROVIDED: Final = "NOTPROVIDED"


class Head(Struct, frozen=True, kw_only=True):
    """A statement without its movements: how many there are, and that they add up, was seen."""

    name: str
    account: str
    currency: str
    movements: int
    opening: Balance | None = None
    closing: Balance | None = None


class Seen(Struct, frozen=True, kw_only=True):
    """What the first reading of a file found: its statements, and of each booked entry whether its parts are
    movements of their own.
    """

    heads: tuple[Head, ...]
    split: bytes


def read_statements(content: bytes) -> list[Statement]:
    """Read a file of any version.

    Raises BankFileError: `not_xml`, `too_large`, `other_message`, `incomplete`, `amount`, `date`, `balance`
    (opening and movements do not give what is said to be left).
    """
    if len(content) > LARGEST_FILE:
        raise BankFileError("too_large", "The file is larger than 256 MiB.")
    source = BytesIO(content)
    seen = scan_statements(source)
    found: list[list[Movement]] = [[] for _head in seen.heads]
    for place, movement in movements_of(source, seen):
        found[place].append(movement)
    return [
        Statement(
            name=head.name,
            account=head.account,
            currency=head.currency,
            movements=tuple(movements),
            opening=head.opening,
            closing=head.closing,
        )
        for head, movements in zip(seen.heads, found, strict=True)
    ]


def scan_statements(source: BinaryIO) -> Seen:
    """The first reading: everything can be read, and adds up; BankFileError as of `read_statements`."""
    heads: list[Head] = []
    split = bytearray()
    scan = _Scan()
    for piece in _pieces(source):
        match piece.element.tag:
            case "TxDtls" if _is_booked_part(piece):
                scan.part(piece)
            case "Ntry" if _is_booked(piece.element):
                split.append(scan.entry(piece))
            case "Stmt" | "Ntfctn":
                heads.append(scan.head(piece.element))
                scan = _Scan()
        _forget(piece)
    if not heads:
        raise BankFileError("incomplete", "The file has no statement in it.")
    return Seen(heads=tuple(heads), split=bytes(split))


def movements_of(source: BinaryIO, seen: Seen) -> Iterator[tuple[int, Movement]]:
    """The second reading: every movement with the place of its statement among those that were seen."""
    place, entry, statement, part = 0, 0, 0, 0
    for piece in _pieces(source):
        is_split = entry < len(seen.split) and bool(seen.split[entry])
        head = seen.heads[statement] if statement < len(seen.heads) else None
        match piece.element.tag:
            case "TxDtls" if is_split and head and _is_booked_part(piece):
                part += 1
                yield statement, _part_of(piece.element, piece.around[-2], head.name, place + 1, part)
            case "Ntry" if head and _is_booked(piece.element):
                place, entry, part = place + 1, entry + 1, 0
                if not is_split:
                    yield statement, _whole(piece.element, head.name, place)
            case "Stmt" | "Ntfctn":
                place, statement = 0, statement + 1
        _forget(piece)


def _pieces(source: BinaryIO) -> Iterator[Piece]:
    source.seek(0)
    return pieces(source, _WANTED, *_PARTS)


def _forget(piece: Piece) -> None:
    """Of an entry's parts the first is kept until the entry ends: alone, it is the entry's own."""
    if piece.element.tag != "TxDtls" or piece.around[-1].find("TxDtls") is not piece.element:
        piece.forget()


class _Scan:
    """A statement while it is read for the first time."""

    def __init__(self) -> None:
        self._parts: list[int] = []
        self._trouble: BankFileError | None = None
        self._whole_parts = True
        self._sum = self._count = self._place = self._seen = 0
        self._currency = ""

    def part(self, piece: Piece) -> None:
        """A part of an entry; what is wrong in it counts if it is a movement of its own. The first is looked
        at with the second: alone, it is none.
        """
        entry, self._seen = piece.around[-2], self._seen + 1
        if _part_amount(piece.element) is None:
            self._whole_parts = False
        if self._seen > 1:
            first = [] if self._seen > 2 else [entry.find("NtryDtls/TxDtls")]
            for element in (*first, piece.element):
                assert element is not None, "the first part is kept until its entry ends"
                self._add(element, entry)

    def _add(self, part: Element, entry: Element) -> None:
        try:
            self._parts.append(_part_of(part, entry, "", self._place + 1, 0).micros)
        except BankFileError as error:
            self._trouble = self._trouble or error

    def entry(self, piece: Piece) -> bool:
        """A booked entry; whether its parts are movements of their own."""
        self._place += 1
        is_split = self._seen > 1 and self._whole_parts
        if is_split and self._trouble is not None:
            raise self._trouble
        if is_split:
            self._sum, self._count = self._sum + sum(self._parts), self._count + len(self._parts)
            _total, currency = _amount(piece.element)
        else:
            movement = _whole(piece.element, "", self._place)
            self._sum, self._count = self._sum + movement.micros, self._count + 1
            currency = movement.currency
        self._currency = self._currency or currency
        self._parts, self._trouble, self._whole_parts, self._seen = [], None, True, 0
        return is_split

    def head(self, element: Element) -> Head:
        """The statement, once it has ended."""
        account = first_text(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
        if account is None:
            raise BankFileError("incomplete", "The file does not say which account it is about.")
        head = Head(
            name=needed(element, "Id"),
            account=account,
            currency=text_of(element, "Acct/Ccy") or self._currency_of(element),
            movements=self._count,
            opening=_balance(element, _OPENING),
            closing=_balance(element, _CLOSING),
        )
        _check(head, self._sum)
        return head

    def _currency_of(self, element: Element) -> str:
        amount = element.find("Bal/Amt")
        if amount is None and not self._currency:
            raise BankFileError("incomplete", "The file does not say which currency its account has.")
        return self._currency if amount is None else amount.get("Ccy", "")


def _is_booked(entry: Element) -> bool:
    """A movement that is only expected is told again once it has happened."""
    return first_text(entry, "Sts/Cd", "Sts") in (None, "BOOK")


def _is_booked_part(piece: Piece) -> bool:
    is_part = [one.tag for one in piece.around[-2:]] == ["Ntry", "NtryDtls"]
    return is_part and _is_booked(piece.around[-2])


def _balance(element: Element, codes: tuple[str, ...]) -> Balance | None:
    for one in every(element, "Bal"):
        if text_of(one, "Tp/CdOrPrtry/Cd") in codes:
            micros, _ = _amount(one)
            return Balance(on=_day(one, "Dt/Dt", "Dt/DtTm"), micros=micros)
    return None


def _check(head: Head, moved: int) -> None:
    if head.opening is None or head.closing is None:
        return
    if head.opening.micros + moved != head.closing.micros:
        off = Money(head.closing.micros - head.opening.micros - moved, head.currency)
        raise BankFileError("balance", f"Statement {head.name} does not add up: {off} are missing in it.")


def _whole(entry: Element, statement: str, place: int) -> Movement:
    """An entry as one movement: of its only part, or of itself."""
    total, currency = _amount(entry)
    part = entry.find("NtryDtls/TxDtls")
    details = entry if part is None else part
    return _movement(details, _booked_on(entry), total, currency, _identity(entry, statement, place))


def _part_of(part: Element, entry: Element, statement: str, place: int, number: int) -> Movement:
    """A part of an entry as a movement of its own: a payment of a batch."""
    _total, currency = _amount(entry)
    identity = _part_identity(part, _identity(entry, statement, place), number)
    return _movement(part, _booked_on(entry), _signed(part, entry), currency, identity)


def _booked_on(entry: Element) -> date:
    return _day(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")


def _identity(entry: Element, statement: str, place: int) -> str:
    return first_text(entry, "AcctSvcrRef") or f"{statement}/{text_of(entry, 'NtryRef') or place}"


def _part_identity(part: Element, identity: str, number: int) -> str:
    return first_text(part, "Refs/AcctSvcrRef", "Refs/TxId") or f"{identity}/{number}"


def _part_amount(part: Element) -> Element | None:
    found = part.find("Amt")
    return found if found is not None else part.find("AmtDtls/TxAmt/Amt")


def _signed(part: Element, entry: Element) -> int:
    amount = _part_amount(part)
    if amount is None:
        raise BankFileError("incomplete", "A part of an entry has no amount.")
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
