"""The operator's own accounts, one for each currency that is paid."""

from dataclasses import asdict
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankAccount, Scheme, account_problem
from utfall.money import minor_digits
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.access.errors import Words
from utfall.portal.audit import facade as audit
from utfall.portal.invoices.contracts import HouseAccount
from utfall.portal.invoices.models import HouseAccount as Row

ACCOUNT_PROBLEMS: Final[dict[str, tuple[str, Words]]] = {
    "iban": ("number", _("This is no IBAN: a letter or digit is wrong or missing.")),
    "iban_country": ("country", _("The IBAN is of another country than the one chosen.")),
    "account_number": (
        "number",
        _("This is no account number of that country: a digit is wrong or missing."),
    ),
    "bankgiro": ("number", _("This is no bankgiro number: a digit is wrong or missing.")),
    "bankgiro_country": ("country", _("Bankgiro exists in Sweden only.")),
    "plusgiro": ("number", _("This is no plusgiro number: a digit is wrong or missing.")),
    "plusgiro_country": ("country", _("Plusgiro exists in Sweden only.")),
    "bic": ("bic", _("A BIC has 8 or 11 letters and digits: NDEASESS.")),
}
"""By the reason codes of `utfall.bank`: the field to blame, and how to mend it."""


def house_accounts(caller: Caller) -> list[HouseAccount]:
    """The operator's accounts, by currency."""
    caller.require(Permission.MONEY if caller.kind is Kind.OPERATOR else Permission.OPERATE)
    return all_house_accounts()


def all_house_accounts() -> list[HouseAccount]:
    """Every account that can be paid into, as those who pay in may know them."""
    return [_view(row) for row in Row.objects.system().order_by("currency")]


def house_account(currency: str) -> HouseAccount | None:
    """The account that a currency is paid from and into."""
    row = Row.objects.system().filter(currency=currency).first()
    return _view(row) if row else None


def house_numbers() -> frozenset[str]:
    """The numbers of all the operator's accounts: statements about others are not read."""
    return frozenset(Row.objects.system().values_list("number", flat=True))


def set_house_account(caller: Caller, wanted: HouseAccount) -> HouseAccount:
    """Pay a currency from this account from now on."""
    require_house(caller)
    if minor_digits(wanted.currency) is None:
        refuse("currency_unknown", _("Write a currency by its three letters, such as SEK."), "currency")
    if code := account_problem(wanted.account):
        field, sentence = ACCOUNT_PROBLEMS[code]
        refuse(f"account_{code}", sentence, field)
    with transaction.atomic():
        row = Row.objects.system().filter(currency=wanted.currency).first() or Row(currency=wanted.currency)
        before = _told(_view(row)) if row.pk else None
        account = wanted.account
        row.scheme, row.number, row.country = account.scheme.value, account.number, account.country
        row.bic, row.payer_number, row.changed_at = account.bic or "", wanted.payer_number, timezone.now()
        row.save()
        _record(caller, "house_account.changed", row, before, _told(wanted))
    return wanted


def remove_house_account(caller: Caller, currency: str) -> None:
    """Pay nothing in this currency any more."""
    require_house(caller)
    row = Row.objects.system().filter(currency=currency).first()
    if row is None:
        raise NotFound
    with transaction.atomic():
        _record(caller, "house_account.removed", row, _told(_view(row)), None)
        row.delete()


def require_house(caller: Caller) -> None:
    """Only the operator's people who see to money issue papers and say where they are paid."""
    caller.require_operator(Permission.MONEY)


def _view(row: Row) -> HouseAccount:
    account = BankAccount(
        scheme=Scheme(row.scheme), number=row.number, country=row.country, bic=row.bic or None
    )
    return HouseAccount(currency=row.currency, account=account, payer_number=row.payer_number)


def _told(account: HouseAccount) -> dict[str, Any]:
    return asdict(account) | {"account": msgspec.to_builtins(account.account)}


def _record(
    caller: Caller, action: str, row: Row, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    audit.record(caller, action=action, subject=f"house_account {row.pk}", before=before, after=after)
