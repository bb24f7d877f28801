"""Numbers, money and time as each language writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from utfall.portal.look import formats

THIN = "\N{NARROW NO-BREAK SPACE}"
WHEN = datetime(2026, 11, 21, 13, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "number", "money", "share", "day"),
    [
        ("en", "−12,345.6", f"SEK{THIN}1,234.50", "8.5%", "21 Nov 2026"),
        ("sv", f"−12{THIN}345,6", f"1{THIN}234,50{THIN}kr", f"8,5{THIN}%", "21 nov. 2026"),
        ("nb", f"−12{THIN}345,6", f"1{THIN}234,50{THIN}SEK", f"8,5{THIN}%", "21 nov. 2026"),
    ],
)
def test_each_language_writes_its_own_way(
    language: str, number: str, money: str, share: str, day: str
) -> None:
    with translation.override(language):
        assert formats.number(-12345.6) == number
        assert formats.money(1_234_500_000, "SEK") == money
        assert formats.share(85_000) == share
        assert formats.day(WHEN) == day


@pytest.mark.parametrize(
    ("language", "told"), [("en", "1.2M"), ("sv", f"1,2{THIN}mn"), ("nb", f"1,2{THIN}mill.")]
)
def test_a_glance_needs_few_digits(language: str, told: str) -> None:
    with translation.override(language):
        assert formats.compact(1_234_567) == told
        assert told.split(THIN, maxsplit=1)[0].rstrip("M") in formats.money_compact(1_234_567_000_000, "SEK")
        assert formats.compact(9999) == formats.number(9999)


def test_a_smaller_part_of_money_is_never_hidden() -> None:
    with translation.override("sv"):
        assert formats.money(12_345, "SEK") == f"0,012345{THIN}kr"
        assert formats.money(5_000_000, "JPY").startswith("5")
        assert formats.money(-99_920_000, "NOK").startswith("−99,92")


def test_what_was_reckoned_has_its_currencys_decimals_and_all_of_it_beside() -> None:
    with translation.override("en"):
        assert formats.rounded(80_532_000, "SEK") == f"SEK{THIN}80.53"
        assert formats.rounded(80_535_000, "SEK") == f"SEK{THIN}80.54"
        assert formats.rounded(80_525_000, "SEK") == f"SEK{THIN}80.52", "half to even"
        assert formats.rounded(-80_532_000, "SEK").endswith("80.53")
        assert formats.rounded(4_700, "SEK").endswith("0.0047"), "an amount is never said to be nothing"
        assert formats.rounded(0, "SEK").endswith("0.00")
        assert formats.rounded(None, "SEK") == "–"
        assert formats.rounded(1_500_000, "XXX") == formats.money(1_500_000, "XXX")
        assert formats.rounded(1_499_000_000, "JPY").endswith("1,499")
        assert formats.money_compact(80_532_000, "SEK") == f"SEK{THIN}80.53"
        assert formats.amount(80_530_000, "SEK") == formats.money(80_530_000, "SEK")
        told = formats.amount(80_532_000, "SEK")
        assert told == f'<span title="SEK{THIN}80.532">SEK{THIN}80.53</span>'


def test_a_change_has_a_sign_and_zero_has_none() -> None:
    with translation.override("en"):
        assert [formats.change(one) for one in (124_000, -53_000, 0, None)] == ["+12.4%", "−5.3%", "0%", "–"]


def test_what_is_unknown_is_an_en_dash_and_not_a_nought() -> None:
    told = (formats.number(None), formats.money(None, "SEK"), formats.share(None), formats.day(None))
    assert {*told, formats.moment(None), formats.ago(None), formats.period(None), formats.size(None)} == {"–"}


def test_a_moment_is_told_in_the_time_zone_of_the_page() -> None:
    with translation.override("sv"), timezone.override("Europe/Stockholm"):
        assert formats.moment(WHEN) == "21 nov. 2026 14:05"
        assert formats.clock(WHEN) == "14:05:09"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "3 hours ago"), ("sv", "för 3 timmar sedan"), ("nb", "for 3 timer siden")]
)
def test_ago_is_words_with_the_moment_beside_them(language: str, words: str) -> None:
    with translation.override(language):
        told = formats.ago(timezone.now() - timedelta(hours=3))
        assert words in told
        assert 'datetime="' in told


@pytest.mark.parametrize(
    ("seconds", "words"), [(2_592_000, "30 days"), (7200, "2 hours"), (60, "1 minute"), (90, "90 seconds")]
)
def test_a_period_is_told_in_the_largest_unit_that_fits(seconds: int, words: str) -> None:
    with translation.override("en"):
        assert formats.period(seconds) == words


def test_bytes_are_told_by_thousands() -> None:
    with translation.override("sv"):
        assert [formats.size(one) for one in (512, 340_000, 1_230_000)] == [
            f"512{THIN}B",
            f"340{THIN}kB",
            f"1,2{THIN}MB",
        ]
