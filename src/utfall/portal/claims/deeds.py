"""What is recorded of claims, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.claims.models import Claim

told(
    {
        "claim.approved": _("%(who)s approved the claim for %(what)s"),
        "claim.auto_approved": _("The claim for %(what)s was approved, for its time was up"),
        "claim.denied": _("%(who)s denied the claim for %(what)s"),
        "claims.clock": _("%(who)s changed how long claims wait in %(what)s"),
    }
)


@thing("claim")
def claims(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the order it is for."""
    rows = Claim.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(row.reference, reverse("claims:claim", kwargs={"org": caller.slug, "claim": row.pk}))
        for row in rows
    }
