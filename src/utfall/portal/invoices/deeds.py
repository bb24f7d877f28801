"""What is recorded of particulars and accounts, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.invoices.models import HouseAccount, Particulars

told(
    {
        "particulars.changed": _("%(who)s changed whom papers name: %(what)s"),
        "particulars.agreed": _("%(who)s accepted the self-billing agreement for %(what)s"),
        "house_account.changed": _("%(who)s changed the house's account in %(what)s"),
        "house_account.removed": _("%(who)s removed the house's account in %(what)s"),
    }
)


@thing("particulars")
def particulars(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the name that papers bear."""
    rows = Particulars.objects.of(caller).filter(pk__in=numbers)
    return {row.pk: Named(row.name) for row in rows}


@thing("house_account")
def house_accounts(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By currency."""
    url = reverse("invoices:house", args=[caller.slug])
    return {
        row.pk: Named(row.currency, url) for row in HouseAccount.objects.of(caller).filter(pk__in=numbers)
    }
