"""What is recorded of accounting, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told

told(
    {
        "chart.changed": _("%(who)s changed %(what)s"),
        "accounting.exported": _("%(who)s took a file of %(what)s"),
        "income.exported": _("%(who)s took the yearly income from %(what)s"),
        "publisher_income.exported": _("%(who)s took the yearly income of %(what)s"),
        "vat.exported": _("%(who)s took the VAT of some days from %(what)s"),
        "statement.exported": _("%(who)s took a statement of %(what)s"),
    }
)


@thing("chart")
def charts(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """There is one."""
    url = reverse("statements:chart", args=[caller.slug]) if caller.sees_all else ""
    return {number: Named(str(_("the chart of accounts")), url) for number in numbers}


@thing("accounting")
def accounting(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """There is one."""
    url = reverse("statements:accounting", args=[caller.slug]) if caller.sees_all else ""
    return {number: Named(str(_("the accounting")), url) for number in numbers}
