"""What is recorded of bank files, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.banking.models import BankFile, Movement

told(
    {
        "bank_file.imported": _("%(who)s imported the bank file %(what)s"),
        "movement.matched": _("%(who)s said whose the payment %(what)s is"),
        "movement.sent_back": _("%(who)s noted that the payment %(what)s was sent back"),
    }
)


@thing("bank_file")
def files(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By name."""
    rows = BankFile.objects.of(caller).filter(pk__in=numbers)
    return {row.pk: Named(row.name, reverse("banking:file", args=[caller.slug, row.pk])) for row in rows}


@thing("movement")
def movements(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By day; who paid is not told."""
    rows = Movement.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(f"{row.on} #{row.pk}", reverse("banking:file", args=[caller.slug, row.file_id]))
        for row in rows
    }
