"""Quality in the background: a look at everything each hour, and the queue's clock."""

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from utfall.portal.quality.deadlines import see_to_deadlines
from utfall.portal.quality.reviewing import review_all
from utfall.portal.work.facade import every


@task()
def look_at_everything() -> None:
    """The look; beside the duties, which wait for nothing long."""
    review_all()


@every(minutes=60)
def ask_for_a_look() -> None:
    """Ask for the next look, unless one is under way."""
    path = look_at_everything.module_path
    waiting = DBTaskResult.objects.filter(
        task_path=path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    if not waiting.exists():
        look_at_everything.enqueue()


@every(minutes=10)
def clock() -> None:
    """Decline what was asked to be, and let go of what was decided elsewhere."""
    see_to_deadlines(timezone.now())
