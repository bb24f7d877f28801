"""What is recorded of alerts, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.alerts.models import Alert, Rule
from utfall.portal.audit.facade import Named, thing, told

told(
    {
        "alert_rule.created": _("%(who)s asked to be alerted: %(what)s"),
        "alert_rule.changed": _("%(who)s changed the alert %(what)s"),
        "alert_rule.switched": _("%(who)s switched the alert %(what)s on or off"),
        "alert_rule.removed": _("%(who)s removed the alert %(what)s"),
        "alert.acknowledged": _("%(who)s took note of the alert %(what)s"),
    }
)


@thing("alert rule")
def rules(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the name that its maker gave."""
    rows = Rule.objects.of(caller).filter(pk__in=numbers)
    url = reverse("alerts:rules", kwargs={"org": caller.slug})
    return {row.pk: Named(row.name or str(row.pk), url) for row in rows}


@thing("alert")
def alerts(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By its number."""
    rows = Alert.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(str(row.pk), reverse("alerts:alert", kwargs={"org": caller.slug, "alert": row.pk}))
        for row in rows
    }
