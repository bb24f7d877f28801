"""Payments as a file: valid under ISO's schema whatever is in it, the same bytes each time, all there."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from tests.unit.bank.schemas import rows_of, said_of
from utfall.bank import (
    Address,
    BankAccount,
    Payee,
    Payer,
    Payment,
    PaymentFile,
    Scheme,
    bank_account,
    payment_problems,
    write_transfers,
)

HOME = Address(town="Östersund", country="SE", street="Storgatan 1", postcode="831 30")
SWEDISH = bank_account(Scheme.IBAN, "SE45 5000 0000 0583 9825 7466", "SE", "ESSESESS")
NORWEGIAN = bank_account(Scheme.IBAN, "NO93 8601 1117 947", "NO", "DNBANOKK")
BANKGIRO = bank_account(Scheme.BANKGIRO, "5050-1055", "SE")
PLUSGIRO = bank_account(Scheme.PLUSGIRO, "1037-1", "SE")
AMERICAN = bank_account(Scheme.BBAN, "0123456789", "US", "CHASUS33")
PAYER = Payer(name="Nätverket AB", address=HOME, account=SWEDISH, number="5560360793")
NAMES = {"ns": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


def payment(
    name: str, micros: int, currency: str, account: BankAccount = SWEDISH, text: str = "", reference: str = ""
) -> Payment:
    address = Address(town="Oslo", country=account.country)
    payee = Payee(name="Bjørns Blogg & Sønn", address=address, account=account)
    return Payment(name=name, payee=payee, micros=micros, currency=currency, text=text, reference=reference)


def file_of(*payments: Payment) -> PaymentFile:
    return PaymentFile(
        name="UPB7",
        payer=PAYER,
        made_at=datetime(2026, 11, 22, 5, tzinfo=UTC),
        pay_on=date(2026, 11, 25),
        payments=payments,
    )


def asked(content: bytes, path: str) -> list[str]:
    found = etree.fromstring(content).xpath(path, namespaces=NAMES)
    return [str(one) for one in found]


def test_each_currency_and_way_is_a_group_with_its_own_sum() -> None:
    content = write_transfers(
        file_of(
            payment("UP1", 12_340_000, "EUR", NORWEGIAN),
            payment("UP2", 100_000_000, "SEK", BANKGIRO),
            payment("UP3", 7_770_000, "SEK"),
            payment("UP4", 1_000_000, "SEK", NORWEGIAN),
            payment("UP5", 5_000_000, "USD", AMERICAN),
        )
    )
    assert said_of(content, "pain.001.001.09") == []
    assert asked(content, "//ns:PmtInf/ns:PmtTpInf/ns:SvcLvl/ns:Cd/text()") == ["SEPA", *["NURG"] * 3]
    assert asked(content, "//ns:PmtInf/ns:CtrlSum/text()") == ["12.34", "1.00", "107.77", "5.00"]
    assert asked(content, "//ns:GrpHdr/ns:CtrlSum/text()") == ["126.11"]
    assert asked(content, "//ns:EndToEndId/text()") == ["UP1", "UP4", "UP2", "UP3", "UP5"]


def test_letters_are_kept_at_home_and_spelt_abroad() -> None:
    content = write_transfers(
        file_of(payment("UP1", 10_000, "SEK"), payment("UP2", 10_000, "EUR", NORWEGIAN, text="Självfaktura"))
    )
    assert asked(content, "//ns:Cdtr/ns:Nm/text()") == ["Bjorns Blogg + Sonn", "Bjørns Blogg & Sønn"]
    assert asked(content, "//ns:Ustrd/text()") == ["Sjalvfaktura"]


def test_a_reference_whose_check_holds_is_structured_and_others_are_text() -> None:
    content = write_transfers(
        file_of(
            payment("UP1", 10_000, "SEK", reference="123463"),
            payment("UP2", 10_000, "SEK", reference="RF05 1234 63"),
            payment("UP3", 10_000, "SEK", reference="123464"),
        )
    )
    assert said_of(content, "pain.001.001.09") == []
    assert asked(content, "//ns:CdtrRefInf/ns:Ref/text()") == ["123463", "RF05123463"]
    assert asked(content, "//ns:Ustrd/text()") == ["123464"]


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        (payment("UP 1", 10_000, "SEK"), ["name"]),
        (payment("U" * 36, 10_000, "SEK"), ["name"]),
        (payment("UP1", 0, "SEK"), ["amount"]),
        (payment("UP1", 10_001, "SEK"), ["minor_unit"]),
        (payment("UP1", 10_000, "ISK"), ["minor_unit"]),
        (payment("UP1", 10**15, "SEK"), ["too_large"]),
        (payment("UP1", 10_000, "USD", bank_account(Scheme.BBAN, "0123456789", "US")), ["bic_needed"]),
        (
            payment("UP1", 10_000, "SEK", bank_account(Scheme.IBAN, "SE4550000000058398257467", "SE")),
            ["iban"],
        ),
        (payment("UP1", 10_000, "SEK", bank_account(Scheme.IBAN, NORWEGIAN.number, "SE")), ["iban_country"]),
        (payment("UP1", 10_000, "SEK", bank_account(Scheme.BANKGIRO, "5050-1056", "SE")), ["bankgiro"]),
        (payment("UP1", 10_000, "NOK", bank_account(Scheme.BBAN, "86011117948", "NO")), ["account_number"]),
    ],
)
def test_what_a_bank_would_refuse_is_refused_before_it_is_sent(wrong: Payment, codes: list[str]) -> None:
    assert payment_problems(wrong, PAYER) == codes
    with pytest.raises(ValueError, match=codes[0]):
        write_transfers(file_of(wrong))


def test_a_file_has_payments_and_each_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="at least one"):
        write_transfers(file_of())
    with pytest.raises(ValueError, match="same name"):
        write_transfers(file_of(payment("UP1", 10_000, "SEK"), payment("UP1", 20_000, "SEK")))


def test_another_library_reads_the_same_payments() -> None:
    payments = (
        payment("UP1", 12_340_000, "EUR", NORWEGIAN, text="October"),
        payment("UP2", 999_000_000, "SEK", SWEDISH),
        payment("UP3", 10_000, "SEK", BANKGIRO),
    )
    read = {row["end_to_end_id"]: row for row in rows_of()(write_transfers(file_of(*payments)).decode())}
    assert sorted(read) == ["UP1", "UP2", "UP3"]
    for one in payments:
        row = read[one.name]
        assert (int(Decimal(row["payment_amount"]).scaleb(6)), row["payment_currency"]) == (
            one.micros,
            one.currency,
        )
        number = row.get("creditor_account_IBAN") or row["creditor_account_id"]
        assert number == one.payee.account.number
        assert row["creditor_name"] in ("Bjørns Blogg & Sønn", "Bjorns Blogg + Sonn")
        assert row["debtor_account_IBAN"] == SWEDISH.number
        assert row["requested_execution_date"] == "2026-11-25"
    assert {row["ctrl_sum"] for row in read.values()} == {"1011.35"}
    assert read["UP1"]["nb_of_txs"] == "3"


TEXTS = some.text(some.characters(exclude_categories=("Cs", "Cc")), max_size=200)
AMOUNTS = some.integers(1, 10**9).map(lambda minor: minor * 10_000)
KINDS = some.sampled_from(
    [
        ("SEK", SWEDISH),
        ("SEK", BANKGIRO),
        ("SEK", PLUSGIRO),
        ("EUR", NORWEGIAN),
        ("NOK", NORWEGIAN),
        ("USD", AMERICAN),
    ]
)


@settings(max_examples=40, deadline=None)
@given(rows=some.lists(some.tuples(AMOUNTS, KINDS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_any_payments_make_a_valid_file_that_holds_all_of_them(
    rows: list[tuple[int, tuple[str, BankAccount], str, str]],
) -> None:
    payments = [
        payment(f"UP{place}", micros, currency, account, text=text, reference=reference)
        for place, (micros, (currency, account), text, reference) in enumerate(rows)
    ]
    content = write_transfers(file_of(*payments))
    assert content == write_transfers(file_of(*payments))
    assert said_of(content, "pain.001.001.09") == []
    amounts = asked(content, "//ns:InstdAmt/text()")
    assert sorted(int(one.replace(".", "")) * 10_000 for one in amounts) == sorted(row[0] for row in rows)
