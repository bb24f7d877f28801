"""What is recorded of validation, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.validation.models import Batch

told(
    {
        "validation.apply": _("%(who)s decided about orders in batch %(what)s"),
        "validation.despite_hold": _("%(who)s approved orders that were held in batch %(what)s"),
        "validation.policy": _("%(who)s changed which declines need evidence in %(what)s"),
    }
)


@thing("validation batch")
def batches(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By its number."""
    rows = Batch.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(str(row.pk), reverse("validation:batch", kwargs={"org": caller.slug, "batch": row.pk}))
        for row in rows
    }
