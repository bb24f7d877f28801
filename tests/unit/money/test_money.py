"""An amount is an integer of micros and a currency; nothing else is let in."""

from typing import Any

import pytest

from utfall.money import CurrencyMismatch, InvalidMoney, Money, minor_digits, minor_micros


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("0", 0),
        ("250", 250_000_000),
        ("250.00", 250_000_000),
        ("0.000001", 1),
        ("-0.5", -500_000),
        ("-12.345678", -12_345_678),
        ("00012.", 12_000_000),
        ("99999999999999", 99_999_999_999_999_000_000),
    ],
)
def test_a_decimal_number_is_read_to_the_micro(text: str, micros: int) -> None:
    assert Money.parse(text, "SEK") == Money(micros, "SEK")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        ".5",
        "1,5",
        "1.2.3",
        "1e3",
        "+1",
        "--1",
        " 1",
        "1 ",
        "1_000",
        "0.0000001",
        "NaN",
        "٣",
        "1.٣",
        "½",
    ],
)
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(InvalidMoney):
        Money.parse(text, "SEK")


@pytest.mark.parametrize("micros", [1.0, True, "1", None, 1.5])
def test_an_amount_is_an_integer(micros: Any) -> None:
    with pytest.raises(InvalidMoney):
        Money(micros, "SEK")


@pytest.mark.parametrize("currency", ["", "sek", "XXX", "XAU", "SEKK", "SE", "EEK"])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(InvalidMoney):
        Money(1, currency)


def test_amounts_of_one_currency_add_subtract_negate_and_compare() -> None:
    two, three = Money(2, "SEK"), Money(3, "SEK")
    assert (two + three, two - three, -two) == (Money(5, "SEK"), Money(-1, "SEK"), Money(-2, "SEK"))
    assert two < three
    assert not three < two


def test_two_currencies_never_meet_in_a_sum_or_comparison() -> None:
    for operation in (Money.__add__, Money.__sub__, Money.__lt__):
        with pytest.raises(CurrencyMismatch):
            operation(Money(1, "SEK"), Money(1, "NOK"))
    assert Money(1, "SEK") != Money(1, "NOK")


def test_an_amount_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Money(1, "SEK").micros = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    ("micros", "currency", "words"),
    [
        (12_340_000, "SEK", "12.34 SEK"),
        (12_000_000, "SEK", "12.00 SEK"),
        (-1, "SEK", "-0.000001 SEK"),
        (12_000_000, "ISK", "12 ISK"),
        (12_500_000, "ISK", "12.5 ISK"),
        (1_000_000, "KWD", "1.000 KWD"),
        (0, "EUR", "0.00 EUR"),
    ],
)
def test_an_amount_is_written_exactly_with_its_currencys_own_decimals(
    micros: int, currency: str, words: str
) -> None:
    assert str(Money(micros, currency)) == words


@pytest.mark.parametrize(
    ("micros", "currency", "minor"),
    [(12_345_000, "SEK", 1234), (12_355_000, "SEK", 1236), (1_500_000, "ISK", 2), (1_000_500, "KWD", 1000)],
)
def test_an_invoice_rounds_to_the_minor_unit(micros: int, currency: str, minor: int) -> None:
    assert Money(micros, currency).to_minor("half_even") == minor
    assert Money(-micros, currency).to_minor("half_even") == -minor


def test_minor_units_are_those_of_iso_4217() -> None:
    assert [minor_digits(code) for code in ("SEK", "JPY", "BHD", "EUR", "CLP", "TND")] == [2, 0, 3, 2, 0, 3]
    assert [minor_micros(code) for code in ("SEK", "JPY", "BHD")] == [10_000, 1_000_000, 1_000]
    with pytest.raises(KeyError):
        minor_micros("XXX")
