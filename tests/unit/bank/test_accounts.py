"""Accounts as people write them: docs/algorithms/bank-files.md."""

import pytest

from utfall.bank import Scheme, account_problem, bank_account, written


@pytest.mark.parametrize(
    ("scheme", "country", "number", "wanted"),
    [
        (Scheme.IBAN, "SE", "SE4550000000058398257466", "SE45 5000 0000 0583 9825 7466"),
        (Scheme.BANKGIRO, "SE", "58056201", "5805-6201"),
        (Scheme.BANKGIRO, "SE", "1609908", "160-9908"),
        (Scheme.PLUSGIRO, "SE", "12345674", "1234567-4"),
        (Scheme.PLUSGIRO, "SE", "42", "4-2"),
        (Scheme.BBAN, "NO", "86011117947", "8601.11.17947"),
        (Scheme.BBAN, "DK", "30000001234567", "3000 0001234567"),
        (Scheme.BBAN, "US", "0123456789", "0123456789"),
    ],
)
def test_an_account_is_written_as_in_its_country_and_read_back(
    scheme: Scheme, country: str, number: str, wanted: str
) -> None:
    account = bank_account(scheme, number, country)
    assert account_problem(account) is None
    assert written(account) == wanted
    assert bank_account(scheme, wanted, country) == account
