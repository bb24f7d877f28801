"""The work app's own duty: forget what has long ended."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from utfall.portal.work.facade import every
from utfall.portal.work.models import Work
from utfall.portal.work.running import KEPT_FOR


@every(minutes=60)
def forget_old_work() -> None:
    """Remove work that ended a month ago, and its tickets."""
    before = timezone.now() - KEPT_FOR
    Work.objects.system().filter(ended_at__lt=before).delete()
    DBTaskResult.objects.filter(finished_at__lt=before).delete()
