"""What is recorded of funding, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.people import facade as people

told(
    {
        "funding_terms.changed": _("%(who)s agreed on terms of payment with %(what)s"),
        "funding.settled": _("%(who)s had open invoices of %(what)s paid from the deposit"),
    }
)


@thing("advertiser")
def advertisers(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By name; the operator is led to where they stand."""
    is_operator = caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY)
    return {
        number: Named(name, reverse("funding:advertiser", args=[caller.slug, number]) if is_operator else "")
        for number, name in people.party_names(Kind.ADVERTISER, numbers).items()
    }
