"""Statements: what came in and went out, whose it is, and that it adds up."""

from datetime import date

import pytest

from tests.unit.bank.schemas import said_of, sample
from utfall.bank import BankFileError, read_statements

ACCOUNT = "<Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id><Ccy>SEK</Ccy></Acct>"


def balance(code: str, amount: str, sign: str = "CRDT") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">{amount}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>2026-11-25</Dt></Dt></Bal>"
    )


def entry(amount: str, sign: str, details: str, reference: str = "<AcctSvcrRef>B-1</AcctSvcrRef>") -> str:
    return (
        f'<Ntry><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>2026-11-25</Dt></BookgDt>{reference}<BkTxCd/>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def part(amount: str, sign: str, name: str, more: str = "") -> str:
    return (
        f'<TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs><Amt Ccy="SEK">{amount}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd>{more}</TxDtls>"
    )


def statement(*inside: str, message: str = "camt.053.001.08") -> bytes:
    outer, inner = ("BkToCstmrStmt", "Stmt") if ".053." in message else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{message}"><{outer}>
<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-25T20:00:00</CreDtTm></GrpHdr>
<{inner}><Id>S-1</Id>{ACCOUNT}{"".join(inside)}</{inner}></{outer}></Document>""".encode()


DEPOSIT = part(
    "500.00",
    "CRDT",
    "NOTPROVIDED",
    "<RltdPties><Dbtr><Pty><Nm>Fjällbutiken AB</Nm></Pty></Dbtr>"
    "<DbtrAcct><Id><IBAN>NO9386011117947</IBAN></Id></DbtrAcct></RltdPties>"
    "<RmtInf><Strd><CdtrRefInf><Ref>123463</Ref></CdtrRefInf></Strd></RmtInf>",
)
RETURNED = part("7.77", "CRDT", "UP3", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")


def test_a_days_statement_tells_payments_deposits_and_returns_apart() -> None:
    content = statement(
        balance("OPBD", "1000.00"),
        balance("CLBD", "1395.43"),
        entry("112.34", "DBIT", part("12.34", "DBIT", "UP1") + part("100.00", "DBIT", "UP2")),
        entry("500.00", "CRDT", DEPOSIT, "<AcctSvcrRef>B-2</AcctSvcrRef>"),
        entry("7.77", "CRDT", RETURNED, "<AcctSvcrRef>B-3</AcctSvcrRef>"),
    )
    assert said_of(content, "camt.053.001.08") == []
    (read,) = read_statements(content)
    paid, also_paid, deposit, returned = read.movements
    assert (paid.name, paid.micros, paid.identity) == ("UP1", -12_340_000, "B-1/1")
    assert (also_paid.name, also_paid.micros, also_paid.identity) == ("UP2", -100_000_000, "B-1/2")
    assert (deposit.name, deposit.reference, deposit.micros) == (None, "123463", 500_000_000)
    assert (deposit.other_party, deposit.other_account) == ("Fjällbutiken AB", "NO9386011117947")
    assert (returned.name, returned.returned, returned.micros) == ("UP3", "AC04", 7_770_000)
    assert (read.account, read.currency) == ("SE4550000000058398257466", "SEK")
    assert read.closing is not None
    assert (read.closing.micros, read.closing.on) == (1_395_430_000, date(2026, 11, 25))


def test_a_message_during_the_day_has_the_same_movements_and_no_balance() -> None:
    content = statement(entry("500.00", "CRDT", DEPOSIT), message="camt.054.001.08")
    assert said_of(content, "camt.054.001.08") == []
    (read,) = read_statements(content)
    assert (read.opening, read.closing, read.movements[0].reference) == (None, None, "123463")


def test_the_one_word_that_is_a_reference_is_found_in_a_text() -> None:
    told = "<RmtInf><Ustrd>Invoice 17, ref 123463 thanks</Ustrd></RmtInf>"
    unclear = "<RmtInf><Ustrd>123463 or RF05123463</Ustrd></RmtInf>"
    (read,) = read_statements(
        statement(
            entry("1.00", "CRDT", part("1.00", "CRDT", "NOTPROVIDED", told)),
            entry("1.00", "CRDT", part("1.00", "CRDT", "NOTPROVIDED", unclear)),
        )
    )
    assert [one.reference for one in read.movements] == ["123463", None]


def test_what_others_write_is_read() -> None:
    (read,) = read_statements(sample())
    (movement,) = read.movements
    assert (movement.identity, movement.micros, movement.currency) == ("ENTRY-001", 150_000_000, "EUR")
    assert movement.text == "Incoming transfer from Jane Subscriber"


def test_what_is_only_expected_waits_until_it_has_happened() -> None:
    content = statement(entry("5.00", "CRDT", DEPOSIT).replace("BOOK", "PDNG"))
    assert read_statements(content)[0].movements == ()


def test_a_movement_without_the_banks_name_is_named_by_its_place() -> None:
    (read,) = read_statements(statement(*[entry("1.00", "CRDT", DEPOSIT, "")] * 2))
    assert [one.identity for one in read.movements] == ["S-1/1", "S-1/2"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (statement(balance("OPBD", "1.00"), balance("CLBD", "2.00")), "balance"),
        (statement(entry("1,00", "CRDT", DEPOSIT)), "amount"),
        (statement(entry("1.00", "CRDT", DEPOSIT).replace("2026-11-25", "25.11.2026")), "date"),
        (statement().replace(b"Stmt>", b"Else>"), "incomplete"),
        (b"<Document/>", "other_message"),
        (b'<Ntry xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "empty"),
    ],
)
def test_what_cannot_be_relied_on_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(BankFileError) as refused:
        read_statements(content)
    assert refused.value.code == code
