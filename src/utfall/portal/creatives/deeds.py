"""What is recorded of creatives, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.creatives.models import Creative

told(
    {
        "creative.made": _("%(who)s added the creative %(what)s"),
        "creative.changed": _("%(who)s changed the creative %(what)s"),
        "creative.draft": _("%(who)s took the creative %(what)s back to be a draft"),
        "creative.in_review": _("%(who)s handed in the creative %(what)s for review"),
        "creative.approved": _("%(who)s approved the creative %(what)s"),
        "creative.rejected": _("%(who)s turned down the creative %(what)s"),
        "creative.archived": _("%(who)s archived the creative %(what)s"),
    }
)


@thing("creative")
def creatives(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By name."""
    rows = Creative.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(
            row.name, reverse("creatives:creative", kwargs={"org": caller.slug, "creative": row.pk})
        )
        for row in rows
    }
