"""Where exchange rates stand, who waits for newer ones, and how these come."""

from datetime import date, timedelta

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_exchanging import in_euros
from tests.portal.payouts.test_fetching import bank, table
from tests.portal.payouts.test_paying import code_of
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.payouts import facade
from utfall.portal.payouts.judging import minimum_in
from utfall.portal.payouts.models import Wishes
from utfall.portal.payouts.rate_contracts import TableProblem, Use
from utfall.portal.site import site
from utfall.rates import RATES_NAME


def aged(days: int) -> None:
    """As if the newest table were of so many days ago."""
    day = timezone.localdate() - timedelta(days=days)
    (site().rates_path / RATES_NAME).write_text(f"Date,SEK,NOK\n{day.isoformat()},10.978,10.312\n")


def test_whoever_waits_for_newer_rates_is_counted_and_a_file_helps(
    payday: Payday, client_of: ClientOf
) -> None:
    in_euros(payday)
    view = facade.exchange_rates(payday.operator)
    assert (view.is_old, view.waiting, view.file, facade.old_rates()) == (False, 0, RATES_NAME, None)
    assert [(one.currency, one.uses) for one in view.rates] == [("SEK", (Use.PAYABLE, Use.ACCOUNT))]
    assert view.rates[0].micros == 10_978_000

    aged(9)  # within the table that comes along nothing is newer: it ends on the day of its release
    house = client_of(payday.market.operator.users[Role.OWNER])
    root = f"/{payday.market.operator.slug}"
    old = facade.old_rates()
    assert old is not None
    assert old.waiting == 1
    for page in ("payouts/", "payouts/rates/", "finance/", ""):
        assert "Exchange rates are too old" in house.get(f"{root}/{page}").content.decode(), page
    assert payday.reasons() == ["rate_old"]

    today = table(timezone.localdate())
    with pytest.raises(Forbidden):
        facade.give_rates(payday.operator, today)  # who sees to money may not make the rates
    with pytest.raises(NotFound):
        facade.exchange_rates(payday.publisher)
    shown = house.post(f"{root}/payouts/rates/file/", {"file": SimpleUploadedFile("x.zip", b"hello")})
    assert (shown.status_code, "no table of exchange rates" in shown.content.decode()) == (422, True)
    sent = {"file": SimpleUploadedFile("eurofxref-hist.zip", today)}
    assert house.post(f"{root}/payouts/rates/file/", sent).status_code == 302
    assert facade.old_rates() is None
    assert payday.reasons() == []


def test_the_worked_example_of_a_minimum_in_another_currency(payday: Payday) -> None:
    site().rates_path.mkdir(parents=True)
    (site().rates_path / RATES_NAME).write_text("Date,SEK\n2026-11-20,11.00\n")
    wishes = Wishes(currency="SEK", minimum_micros=500_000_000)
    assert minimum_in(wishes, "EUR") == 45_454_545
    assert minimum_in(wishes, "XXX") == 0, "where the table has no such currency there is no minimum"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (table(date(2101, 1, 1)), TableProblem.AHEAD),
        (table(date(1999, 1, 4)), TableProblem.NOT_NEWER),
        (b"Date,SEK\n", TableProblem.NO_TABLE),
    ],
)
def test_what_is_no_newer_table_is_refused_by_its_reason(
    payday: Payday, content: bytes, code: TableProblem
) -> None:
    with pytest.raises(Refused) as refused:
        facade.give_rates(payday.market.operator.caller(), content)
    assert code_of(refused) == code


def test_the_last_fetch_and_its_error_are_shown(payday: Payday) -> None:
    with pytest.raises(Refused) as refused:
        facade.fetch_rates_now(payday.operator)
    assert code_of(refused) == "no_rates_url"
    with bank(rates=table(timezone.localdate())) as url:
        for name, problem in (("gone", TableProblem.UNREACHABLE), ("rates", None)):
            config = msgspec.structs.replace(site(), reachable=("127.0.0.0/8",), rates_url=f"{url}/{name}")
            with override_settings(SITE=config):
                told = facade.fetch_rates_now(payday.operator).last_fetch
            assert told is not None
            assert told.problem is problem
    assert not facade.exchange_rates(payday.operator).is_old
