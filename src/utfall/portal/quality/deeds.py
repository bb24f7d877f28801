"""What is recorded of quality, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.quality.models import Finding
from utfall.portal.quality.words import DETECTORS
from utfall.science.quality import Detector

told(
    {
        "quality.hold": _("%(who)s held orders that are blamed by %(what)s"),
        "quality.release": _("%(who)s released orders that were blamed by %(what)s"),
        "quality.decline": _("%(who)s declined orders that were blamed by %(what)s"),
        "quality.undo": _("%(who)s took back a decision about an order of %(what)s"),
        "quality.dismiss": _("%(who)s dismissed %(what)s"),
        "quality.reopen": _("%(who)s opened %(what)s again"),
    }
)


@thing("finding")
def findings(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By what was found, and its number."""
    rows = Finding.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(
            f"{DETECTORS[Detector(row.detector)]} #{row.pk}",
            reverse("quality:finding", kwargs={"org": caller.slug, "finding": row.pk}),
        )
        for row in rows
    }
