"""What is seen to now and then: the log is kept for a month, and no longer."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from utfall.portal.webhooks.models import Delivery, Endpoint
from utfall.portal.work.facade import every

KEPT_FOR: Final = timedelta(days=30)
AT_ONCE: Final = 5000


@every(minutes=60)
def forget_old_deliveries() -> int:
    """Remove deliveries, with their tries, that are a month old; and endpoints removed that long ago."""
    before = timezone.now() - KEPT_FOR
    old = Delivery.objects.system().filter(created_at__lt=before).order_by("pk").values_list("pk", flat=True)
    gone = Delivery.objects.system().filter(pk__in=list(old[:AT_ONCE])).delete()[0]
    Endpoint.objects.system().filter(removed_at__lt=before).delete()
    return gone
