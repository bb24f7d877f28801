"""The one way into invoices."""

from utfall.portal.invoices.house import (
    ACCOUNT_PROBLEMS,
    all_house_accounts,
    house_account,
    house_accounts,
    house_numbers,
    remove_house_account,
    set_house_account,
)
from utfall.portal.invoices.parties import (
    accept_agreement,
    particulars,
    party_of,
    set_particulars,
    tax_problem,
    view_of,
    views_of,
)

__all__ = [
    "ACCOUNT_PROBLEMS",
    "accept_agreement",
    "all_house_accounts",
    "house_account",
    "house_accounts",
    "house_numbers",
    "particulars",
    "party_of",
    "remove_house_account",
    "set_house_account",
    "set_particulars",
    "tax_problem",
    "view_of",
    "views_of",
]
