"""What is recorded of webhooks and postbacks, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.webhooks.models import Endpoint

told(
    {
        "webhook.created": _("%(who)s set up the webhook %(what)s"),
        "webhook.changed": _("%(who)s changed the webhook %(what)s"),
        "webhook.paused": _("%(who)s paused the webhook %(what)s"),
        "webhook.resumed": _("%(who)s resumed the webhook %(what)s"),
        "webhook.secret_rotated": _("%(who)s renewed the secret of the webhook %(what)s"),
        "webhook.replayed": _("%(who)s had the webhook %(what)s told again"),
        "webhook.removed": _("%(who)s removed the webhook %(what)s"),
    }
)


@thing("webhook")
def webhooks(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By its description, or by its number."""
    rows = Endpoint.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(
            row.description or str(row.pk),
            reverse("webhooks:endpoint", kwargs={"org": caller.slug, "endpoint": row.pk}),
        )
        for row in rows
    }
