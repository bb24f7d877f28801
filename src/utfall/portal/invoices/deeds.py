"""What is recorded of particulars, accounts and papers, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.invoices.models import HouseAccount, Paper, Particulars, Run
from utfall.portal.look.formats import day

told(
    {
        "particulars.changed": _("%(who)s changed whom papers name: %(what)s"),
        "particulars.agreed": _("%(who)s accepted the self-billing agreement for %(what)s"),
        "house_account.changed": _("%(who)s changed the house's account in %(what)s"),
        "house_account.removed": _("%(who)s removed the house's account in %(what)s"),
        "paper_run.drafted": _("%(who)s had %(what)s drafted"),
        "paper_run.issued": _("%(who)s issued %(what)s"),
        "paper_run.cancelled": _("%(who)s cancelled %(what)s"),
        "paper.corrected": _("%(who)s issued a credit note over %(what)s"),
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


@thing("paper_run")
def runs(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By number and last day."""
    rows = Run.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(
            str(_("the run of papers %(number)s")) % {"number": f"{row.pk}, {day(row.until)}"},
            reverse("invoices:run", args=[caller.slug, row.pk]),
        )
        for row in rows
    }


@thing("paper")
def papers(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the number that stands on it."""
    rows = Paper.objects.of(caller).filter(pk__in=numbers).exclude(name="")
    return {row.pk: Named(row.name, reverse("invoices:paper", args=[caller.slug, row.pk])) for row in rows}
