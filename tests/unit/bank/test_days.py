"""Banking days against what central banks publish, and what follows from them for invoices."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from utfall.bank import banking_day, banking_day_before, days_over, is_banking_day

ECB_2026 = "01-01 04-03 04-06 05-01 12-25 12-26"
"""European Central Bank, long-term calendar of TARGET closing days."""
RIKSBANK_2017 = (
    "01-01 01-06 04-14 04-16 04-17 05-01 05-25 06-04 06-06 06-23 06-24 11-04 12-24 12-25 12-26 12-31"
)
"""Sveriges Riksbank, Bank holidays 2017."""
RIKSBANK_2026 = "01-01 01-06 04-03 04-06 05-01 05-14 06-06 06-19 06-20 10-31 12-24 12-25 12-26 12-31"
"""Sveriges Riksbank, Holidays 2026."""
NORGES_BANK_2019 = "01-01 04-18 04-19 04-22 05-01 05-17 05-30 06-10 12-24 12-25 12-26"
"""Norges Bank, Settlement days 2019."""
NATIONALBANKEN_2026 = "01-01 04-02 04-03 04-06 05-14 05-15 05-25 06-05 12-24 12-25 12-26 12-31"
NATIONALBANKEN_2027 = "01-01 03-25 03-26 03-29 05-06 05-07 05-17 06-05 12-24 12-31"
"""Danmarks Nationalbank, Banklukkedage."""


def closed(currency: str, year: int) -> list[str]:
    """The days from Monday to Friday on which a currency is not paid."""
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return [f"{one:%m-%d}" for one in days if one.weekday() < 5 and not is_banking_day(currency, one)]


@pytest.mark.parametrize(
    ("currency", "year", "published"),
    [
        ("EUR", 2026, ECB_2026),
        ("SEK", 2017, RIKSBANK_2017),
        ("SEK", 2026, RIKSBANK_2026),
        ("NOK", 2019, NORGES_BANK_2019),
        ("DKK", 2026, NATIONALBANKEN_2026),
        ("DKK", 2027, NATIONALBANKEN_2027),
    ],
)
def test_a_currency_is_closed_on_the_days_its_central_bank_publishes(
    currency: str, year: int, published: str
) -> None:
    weekdays = [one for one in published.split() if date.fromisoformat(f"{year}-{one}").weekday() < 5]
    assert closed(currency, year) == weekdays


def test_other_currencies_have_the_holidays_of_their_country() -> None:
    assert "08-31" in closed("GBP", 2026), "the bank holiday of August is of England"
    assert "11-26" in closed("USD", 2026)
    assert closed("XXX", 2026) == []


def test_the_next_banking_day_jumps_over_all_of_christmas() -> None:
    eve = date(2026, 12, 24)
    assert [banking_day(one, eve).day for one in ("EUR", "SEK", "NOK", "DKK")] == [24, 28, 28, 28]
    assert banking_day("NOK", date(2026, 12, 31)) == date(2026, 12, 31)
    assert banking_day("DKK", date(2026, 12, 31)) == date(2027, 1, 4)
    assert banking_day_before("SEK", date(2026, 12, 28)) == date(2026, 12, 23)


@pytest.mark.parametrize("currency", ["EUR", "SEK", "NOK", "DKK", "XXX"])
def test_what_is_over_is_what_was_due_by_the_last_banking_day_before(currency: str) -> None:
    """Lists ask the one, everything else the other."""
    for number in range(365):
        today = date(2026, 1, 1) + timedelta(days=number)
        last = banking_day_before(currency, today)
        for due in (today - timedelta(days=days) for days in range(12)):
            assert bool(days_over(currency, due, today)) == (due <= last), (due, today)


def test_an_invoice_of_a_sunday_can_be_paid_on_monday() -> None:
    due = date(2026, 11, 22)
    assert [days_over("SEK", due, date(2026, 11, day)) for day in (21, 22, 23, 24, 25)] == [0, 0, 0, 2, 3]
    assert [days_over("SEK", date(2026, 11, 10), date(2026, 11, day)) for day in (10, 11, 22)] == [0, 1, 12]
    assert days_over("SEK", None, due) == 0


def test_holidays_are_not_loaded_before_a_banking_day_is_asked_for() -> None:
    program = "import sys, utfall.bank; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
