"""Verifications and balances, as docs/algorithms/accounting.md works them, and the file that they become."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.accounting.sie_reader import read
from utfall.accounting import (
    BAS,
    Account,
    Books,
    Chart,
    Company,
    Moved,
    Unbalanced,
    chart_problems,
    keep_books,
    write_sie,
)
from utfall.accounting.sheet import Sheet, write_sheet

CHART = Chart(accounts=dict(BAS))
NET = Chart(accounts=dict(BAS), is_gross=False)
DAY = date(2026, 11, 1)
LAST = date(2026, 11, 30)
STEPS = (
    Moved(DAY, "earned", "owed", 217_999_680),
    Moved(DAY, "earned", "approved", -181_666_400),
    Moved(DAY, "earned", "fee", -36_333_280),
    Moved(DAY, "earned", "accrued", -187_999_680),
    Moved(DAY, "earned", "pending", 156_666_400),
    Moved(DAY, "earned", "fee_pending", 31_333_280),
)


def books(moved: Sequence[Moved], chart: Chart = CHART, first: date = DAY, last: date = LAST) -> Books:
    return keep_books(chart, "SEK", moved, first, last)


@pytest.mark.parametrize(
    ("chart", "expected"),
    [
        (CHART, {"1620": 21800, "2990": -18167, "3040": -21800, "4600": 18167}),
        (NET, {"1620": 21800, "2990": -18167, "3040": -3633}),
    ],
)
def test_what_was_earned_is_booked_gross_or_net(chart: Chart, expected: dict[str, int]) -> None:
    (one,) = books(STEPS, chart).verifications
    assert dict(one.lines) == expected


def test_an_account_is_the_book_rounded_once_and_never_drifts() -> None:
    moved = [
        Moved(date(2026, 11, day), "funding", bucket, sign * 4_000)
        for day in (1, 2, 3)
        for bucket, sign in (("bank", 1), ("deposit", -1))
    ]
    found = books(moved)
    assert [(one.day.day, dict(one.lines)) for one in found.verifications] == [(2, {"1930": 1, "2420": -1})]
    assert found.closing == {"1930": 1, "2420": -1}


def test_what_rounding_lacks_goes_to_its_account() -> None:
    moved = [
        Moved(DAY, "funding", bucket, micros) for bucket, micros in (("bank", 30_000), ("deposit", -15_000))
    ]
    (one,) = books([*moved, Moved(DAY, "funding", "suspense", -15_000)]).verifications
    assert dict(one.lines) == {"1930": 3, "2420": -2, "2999": -2, "3740": 1}


def test_results_begin_each_year_at_zero() -> None:
    chart = Chart(accounts=dict(BAS), begins=12)
    found = books(STEPS, chart, date(2026, 12, 1), date(2026, 12, 31))
    assert found.opening == {"1620": 21800, "2098": -3633, "2990": -18167}
    assert found.closing == found.before == found.opening
    assert found.verifications == ()


def test_numbers_run_through_the_year_whichever_days_are_asked_for() -> None:
    later = [one._replace(day=date(2026, 12, 3)) for one in STEPS]
    december = books([*STEPS, *later], first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert [one.number for one in december.verifications] == [2]
    assert december.before == books(STEPS).closing


def test_what_does_not_balance_is_refused() -> None:
    with pytest.raises(Unbalanced):
        books([Moved(DAY, "funding", "bank", 1)])
    with pytest.raises(Unbalanced):
        books([*STEPS, Moved(DAY, "paper", "owed", -5), Moved(DAY, "paper", "accrued", 5)])


def test_a_chart_is_refused_for_what_is_wrong_with_it() -> None:
    wrong = {
        "bank": Account("19x0", "Bank"),
        "sales": Account("1930", "Sales"),
        "owed": Account("3000", "Owed"),
        "deposit": Account("2420", ""),
        "earlier": Account("2440", "Earlier"),
    }
    told = {tuple(one) for one in chart_problems(Chart(accounts={**BAS, **wrong}))}
    assert told == {
        ("number", "bank"),
        ("class", "sales"),
        ("class", "owed"),
        ("name", "deposit"),
        ("shared", "earlier"),
    }
    assert list(chart_problems(CHART)) == []


amounts = st.integers(min_value=-(10**12), max_value=10**12)


@given(
    st.lists(st.tuples(st.integers(1, 60), amounts, amounts, st.booleans()), max_size=12),
    st.sampled_from((CHART, NET)),
)
def test_any_history_balances_and_reads_back(told: list[tuple[int, int, int, bool]], chart: Chart) -> None:
    """Every verification sums to zero, opening and verifications make closing, a balance is the book's."""
    summed: Counter[tuple[date, str, str]] = Counter()
    for day, commission, fee, is_paid in told:
        when = date.fromordinal(DAY.toordinal() - 30 + day)
        happening = "payout" if is_paid else "earned"
        sides = (("payable", commission), ("transfer", -commission)) if is_paid else earned(commission, fee)
        for bucket, micros in sides:
            summed[when, happening, bucket] += micros
    moved = [Moved(*key, micros) for key, micros in summed.items()]
    found = books(moved, chart)
    file = read(write_sie(Company(name="Nät"), found))
    assert not sum(file.balances["IB"].values())
    assert not sum(file.balances["UB"].values()) + sum(file.balances["RES"].values())
    for turnover in found.turnovers():
        came = turnover.opening_minor + turnover.debit_minor + turnover.credit_minor
        assert came == turnover.closing_minor
        if turnover.account < "3":
            assert file.balances["UB"][turnover.account] == Decimal(turnover.closing_minor).scaleb(-2)
    known = [one for one in moved if one.day <= LAST and one.bucket == "transfer"]
    assert abs(found.closing.get("2490", 0) * 10_000 - sum(one.micros for one in known)) <= 5_000


def earned(commission: int, fee: int) -> Sequence[tuple[str, int]]:
    return ("owed", commission + fee), ("approved", -commission), ("fee", -fee)


def test_a_file_is_the_format_to_the_letter_and_the_same_bytes() -> None:
    company = Company(name='Nät & "Ør" AB', number="5560360793")
    content = write_sie(company, books(STEPS))
    assert content == write_sie(company, books(STEPS))
    file = read(content)
    assert file.head == {
        "FLAGGA": ["0"],
        "PROGRAM": ["Utfall", "1.0"],
        "FORMAT": ["PC8"],
        "GEN": ["20261201"],
        "SIETYP": ["4"],
        "ORGNR": ["556036-0793"],
        "FNAMN": ['Nät & "Or" AB'],
        "RAR": ["0", "20260101", "20261231"],
        "OMFATTN": ["20261130"],
        "KPTYP": ["EUBAS97"],
        "VALUTA": ["SEK"],
    }
    assert file.accounts["2420"] == "Förskott från kunder"
    (one,) = file.vouchers
    assert (one.series, one.number, one.day, one.text) == ("U", 1, DAY, "Intjänat och återtaget")
    assert dict(one.lines)["1620"] == Decimal("218.00")


def test_a_sheet_is_archival_and_the_same_each_time() -> None:
    sheet = Sheet(
        language="sv",
        title="Kontoutdrag",
        author="Nordnät AB",
        name="Blogg",
        days="1 nov. 2026 – 30 nov. 2026",
        facts=[("Konto", "Att betala ut"), ("Valuta", "SEK")],
        sums=[("Ingående", "0,00 kr"), ("Intjänat", "171,6664 kr"), ("Utgående", "0,0064 kr")],
        columns=["Dag", "Vad", "Om", "Belopp", "Saldo"],
        rows=[["1 nov.", "Provision", f"A-{number}", "80,00", "80,00"] for number in range(90)],
        note="",
        foot="Nordnät AB",
    )
    content = write_sheet(sheet, LAST)
    assert content == write_sheet(sheet, LAST)
    assert b"<pdfaid:part>3</pdfaid:part>" in content
