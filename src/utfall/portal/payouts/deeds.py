"""What is recorded of payouts, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.audit.facade import Named, fields, thing, told
from utfall.portal.payouts.models import Batch, Payout
from utfall.portal.payouts.showing import name_of, names_of

told(
    {
        "payout_account.changed": _("%(who)s changed the account that %(what)s is paid to"),
        "payout_wishes.changed": _("%(who)s changed how often %(what)s is paid"),
        "rates.fetched": _("%(who)s had newer %(what)s fetched"),
        "rates.given": _("%(who)s gave newer %(what)s"),
        "payout.asked": _("%(who)s asked for a payout to %(what)s"),
        "payouts.stopped": _("%(who)s stopped the payouts to %(what)s"),
        "payouts.resumed": _("%(who)s let the payouts to %(what)s go on"),
        "payout_batch.prepared": _("%(who)s prepared %(what)s"),
        "payout_batch.taken_out": _("%(who)s took a payout out of %(what)s"),
        "payout_batch.discarded": _("%(who)s discarded %(what)s"),
        "payout_batch.released": _("%(who)s released %(what)s"),
        "payout_batch.sent": _("%(who)s handed out the bank file of %(what)s"),
        "payout.completed": _("%(who)s noted that the payout %(what)s was paid"),
        "payout.failed": _("%(who)s noted that the payout %(what)s failed"),
        "payout.returned": _("%(who)s noted that the payout %(what)s came back"),
    }
)
fields(
    "payout_batch",
    {
        "payouts": _("Payouts"),
        "total": _("Amount"),
        "pay_on": _("Paid on"),
        "payout": _("Payout"),
        "digest": _("Digest of who is paid what"),
        "file": _("Bank file"),
        "files": _("Files"),
        "way": _("How"),
    },
)


@thing("publisher")
def publishers(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By name; the operator is led to how they are paid."""
    is_operator = caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY)
    return {
        number: Named(name, reverse("payouts:publisher", args=[caller.slug, number]) if is_operator else "")
        for number, name in names_of(set(numbers)).items()
    }


@thing("payout_batch")
def batches(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By number and currency."""
    rows = Batch.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(
            str(_("payout batch %(number)s")) % {"number": f"{row.pk} {row.currency}"},
            reverse("payouts:batch", args=[caller.slug, row.pk]),
        )
        for row in rows
    }


@thing("rates")
def rates(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """There is one table; who sees to the operator's money is led to where it stands."""
    is_house = caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY)
    url = reverse("payouts:rates", args=[caller.slug]) if is_house else ""
    return {number: Named(str(_("exchange rates")), url) for number in numbers}


@thing("payout")
def payouts(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the name that the bank knows."""
    rows = Payout.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(name_of(row.pk), reverse("payouts:payout", args=[caller.slug, row.pk])) for row in rows
    }
