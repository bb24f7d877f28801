"""Whom papers name, and the house's accounts: what is wrong is told when it is filled in, all at once."""

from dataclasses import replace

import pytest

from tests.portal.invoices.conftest import BUYER
from tests.portal.market import TwoTenants
from tests.portal.payouts.conftest import HOUSE_IBAN
from utfall.bank import Scheme, bank_account
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.invoices import facade
from utfall.portal.invoices.contracts import Draft, HouseAccount


def test_numbers_and_addresses_are_checked_and_the_log_says_what_changed(market: TwoTenants) -> None:
    buyer = market.a.advertiser.caller(Role.FINANCE)
    wrong = Draft(
        name=" ",
        country="FI",
        postcode="22100",
        registration="2077474-1",
        vat="FI20774741",
        email="anna",
        peppol="88:1",
    )
    with pytest.raises(Refused) as refused:
        facade.set_particulars(buyer, wrong)
    names = ("name", "town", "vat", "number", "territory", "email", "peppol")
    assert [one.code for one in refused.value.problems] == [f"particulars_{name}" for name in names]
    spaced = replace(BUYER, name="Shop  AB ", registration="556012-5790", vat="se 5560125790 01")
    assert facade.set_particulars(buyer, spaced).draft == BUYER
    (entry,) = [one for one in audit.entries(buyer).items if one.action == "particulars.changed"]
    assert entry.after is not None
    assert entry.after["vat"] == BUYER.vat
    with pytest.raises(Refused):
        facade.particulars(buyer, advertiser=market.b.advertiser.number)
    with pytest.raises(Forbidden):
        facade.set_particulars(market.a.advertiser.caller(Role.VIEWER), BUYER)


@pytest.mark.parametrize(
    ("number", "country", "code"),
    [
        ("SE3550000000054910000004", "SE", "account_iban"),
        ("SE3550000000054910000003", "NO", "account_iban_country"),
        ("NO9386011117948", "NO", "account_iban"),
    ],
)
def test_an_iban_that_cannot_be_is_refused(market: TwoTenants, number: str, country: str, code: str) -> None:
    operator = market.operator.caller(Role.FINANCE)
    account = bank_account(Scheme.IBAN, number, country, "ESSESESS")
    with pytest.raises(Refused) as refused:
        facade.set_house_account(operator, HouseAccount(currency="SEK", account=account))
    assert [one.code for one in refused.value.problems] == [code]
    assert facade.all_house_accounts() == []
    wanted = HouseAccount(currency="SEK", account=HOUSE_IBAN)
    with pytest.raises((Forbidden, NotFound)):
        facade.set_house_account(market.a.advertiser.caller(), wanted)
