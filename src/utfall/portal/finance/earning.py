"""What the network earned in a month, advertiser by advertiser."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.adding import chosen_of
from utfall.portal.finance.contracts import MonthFees
from utfall.portal.finance.fees import by_advertiser, counted, months_until
from utfall.portal.finance.past import entry_of


def month_fees(caller: Caller, currency: str = "", month: str = "", as_of: date | None = None) -> MonthFees:
    """The fees of a month (`2026-11`) in one currency, of this one where none is named: through the end of a
    past day, or through the last entry.
    """
    caller.require_operator(Permission.MONEY)
    today = as_of or book.today()
    wanted = month or f"{today:%Y-%m}"
    with opened() as found:
        entry = entry_of(found, as_of) if as_of else book.last_transaction(found) if found is not None else 0
        if wanted not in {f"{one:%Y-%m}" for one in months_until(today)}:
            refuse("month_not_told", _("Fees are told of the last twelve months."), "month")
        months = counted(found, today, entry) if found is not None else []
        chosen, _found = chosen_of(book.balances(found) if found is not None else [], currency)
    told = [one for one in months if one.month == wanted]
    return MonthFees(currency=chosen, month=wanted, entry=entry, advertisers=by_advertiser(told, chosen))
