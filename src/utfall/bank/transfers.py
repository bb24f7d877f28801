"""`pain.001.001.09`: a batch of payments as the file that tells the bank to make them."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from utfall.bank.accounts import BankAccount, Scheme
from utfall.bank.letters import basic_latin, fitted
from utfall.bank.payments import Address, Payee, Payer, Payment, PaymentFile, Way, payment_problems, way_of
from utfall.bank.references import is_reference
from utfall.bank.xmlfile import put, put_known, root, written
from utfall.money import Money, minor_digits

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_GIROS: Final = {Scheme.BANKGIRO: "9900", Scheme.PLUSGIRO: "9960"}
"""Clearing numbers, which say by which of the two giros a number is."""
_TEXT, _STREET, _POSTCODE, _TOWN, _PARTY = 140, 70, 16, 35, 70


def write_transfers(file: PaymentFile) -> bytes:
    """The file's bytes. Payments keep their order within a group of one currency and way.

    Raises ValueError naming the first payment that a bank would refuse, and for a file without payments.
    """
    _check(file)
    document = root("Document", NAMESPACE)
    body = put(document, "CstmrCdtTrfInitn")
    _header(body, file)
    group_of = _grouping(file.payer)
    groups = groupby(sorted(file.payments, key=group_of), key=group_of)
    for number, ((_, way), payments) in enumerate(groups, start=1):
        _group(body, file, number, way, list(payments))
    return written(document)


def _check(file: PaymentFile) -> None:
    if not file.payments:
        raise ValueError("a file has at least one payment")
    names = [one.name for one in file.payments]
    if len(set(names)) < len(names):
        raise ValueError("two payments have the same name")
    for one in file.payments:
        if problems := payment_problems(one, file.payer):
            raise ValueError(f"payment {one.name}: {', '.join(problems)}")


def _grouping(payer: Payer) -> Callable[[Payment], tuple[str, Way]]:
    return lambda one: (one.currency, way_of(one, payer))


def decimal(micros: int, currency: str) -> str:
    """An amount in the decimals of its currency.

    >>> decimal(1_234_500_000, "SEK"), decimal(70_000_000, "ISK")
    ('1234.50', '70')
    """
    digits = minor_digits(currency) or 0
    minor = Money(micros, currency).to_minor("half_even")
    whole, rest = divmod(minor, 10**digits)
    return f"{whole}.{rest:0{digits}}" if digits else str(whole)


def _sum(payments: Sequence[Payment]) -> str:
    """The control sum: all amounts added as numbers, whatever their currency."""
    micros = sum(one.micros for one in payments)
    most = max((minor_digits(one.currency) or 0 for one in payments), default=2)
    whole, rest = divmod(micros, 1_000_000)
    return f"{whole}.{f'{rest:06}'[:most]}" if most else str(whole)


def _header(body: Element, file: PaymentFile) -> None:
    header = put(body, "GrpHdr")
    put(header, "MsgId", file.name)
    put(header, "CreDtTm", file.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    put(header, "NbOfTxs", str(len(file.payments)))
    put(header, "CtrlSum", _sum(file.payments))
    initiator = put(header, "InitgPty")
    put(initiator, "Nm", fitted(basic_latin(file.payer.name), _PARTY))
    put_known(initiator, "Id/OrgId/Othr/Id", file.payer.number)


def _group(body: Element, file: PaymentFile, number: int, way: Way, payments: list[Payment]) -> None:
    group, spelt = put(body, "PmtInf"), _spelling(way)
    put(group, "PmtInfId", f"{file.name}-{number}")
    put(group, "PmtMtd", "TRF")
    put(group, "NbOfTxs", str(len(payments)))
    put(group, "CtrlSum", _sum(payments))
    kind = put(group, "PmtTpInf")
    put(kind, "SvcLvl/Cd", "SEPA" if way == "sepa" else "NURG")
    put(kind, "CtgyPurp/Cd", "SUPP")
    put(group, "ReqdExctnDt/Dt", file.pay_on.isoformat())
    _party(group, "Dbtr", file.payer, spelt)
    _account(group, "DbtrAcct", file.payer.account)
    _bank(group, "DbtrAgt", file.payer.account)
    put(group, "ChrgBr", "SLEV" if way == "sepa" else "SHAR")
    for one in payments:
        _transfer(group, one, spelt)


def _spelling(way: Way) -> Callable[[str], str]:
    return str if way == "domestic" else basic_latin


def _transfer(group: Element, payment: Payment, spelt: Callable[[str], str]) -> None:
    transfer = put(group, "CdtTrfTxInf")
    name = put(transfer, "PmtId")
    put(name, "InstrId", payment.name)
    put(name, "EndToEndId", payment.name)
    put(transfer, "Amt/InstdAmt", decimal(payment.micros, payment.currency), Ccy=payment.currency)
    if payment.payee.account.scheme in _GIROS:
        _giro(transfer, payment.payee.account.scheme)
    elif payment.payee.account.bic is not None:
        _bank(transfer, "CdtrAgt", payment.payee.account)
    _party(transfer, "Cdtr", payment.payee, spelt)
    _account(transfer, "CdtrAcct", payment.payee.account)
    _remittance(transfer, payment, spelt)


def _party(parent: Element, tag: str, party: Payer | Payee, spelt: Callable[[str], str]) -> None:
    element = put(parent, tag)
    put(element, "Nm", fitted(spelt(party.name), _PARTY))
    _address(element, party.address, spelt)


def _address(parent: Element, address: Address, spelt: Callable[[str], str]) -> None:
    element = put(parent, "PstlAdr")
    put_known(element, "StrtNm", fitted(spelt(address.street), _STREET))
    put_known(element, "PstCd", fitted(address.postcode, _POSTCODE))
    put_known(element, "TwnNm", fitted(spelt(address.town), _TOWN))
    put(element, "Ctry", address.country)


def _account(parent: Element, tag: str, account: BankAccount) -> None:
    element = put(parent, tag)
    if account.scheme is Scheme.IBAN:
        put(element, "Id/IBAN", account.number)
    else:
        other = put(element, "Id/Othr")
        put(other, "Id", account.number)
        if account.scheme is Scheme.BANKGIRO:
            put(other, "SchmeNm/Prtry", "BGNR")
        else:
            put(other, "SchmeNm/Cd", "BBAN")


def _bank(parent: Element, tag: str, account: BankAccount) -> None:
    """The payer's bank must be named, if only by its country; the payee's follows from an IBAN."""
    bank = put(parent, f"{tag}/FinInstnId")
    if account.bic is not None:
        put(bank, "BICFI", account.bic)
    else:
        put(bank, "Othr/Id", "NOTPROVIDED")


def _giro(transfer: Element, scheme: Scheme) -> None:
    """A Swedish giro is reached by the clearing number of its office."""
    member = put(transfer, "CdtrAgt/FinInstnId/ClrSysMmbId")
    put(member, "ClrSysId/Cd", "SESBA")
    put(member, "MmbId", _GIROS[scheme])


def _remittance(transfer: Element, payment: Payment, spelt: Callable[[str], str]) -> None:
    bare = "".join(payment.reference.split()).upper()
    if bare and is_reference(bare):
        reference = put(transfer, "RmtInf/Strd/CdtrRefInf")
        kind = put(reference, "Tp/CdOrPrtry")
        put(kind, "Cd", "SCOR")
        if bare.startswith("RF"):
            put(reference[0], "Issr", "ISO")
        put(reference, "Ref", bare)
    elif text := fitted(spelt(payment.text or payment.reference), _TEXT):
        put(transfer, "RmtInf/Ustrd", text)
