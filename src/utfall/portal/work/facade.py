"""The only way into background work."""

from utfall.portal.work.asking import cancel, start, task, tasks
from utfall.portal.work.backlog import backlog, duties_seen_to
from utfall.portal.work.kinds import every, kind

__all__ = ["backlog", "cancel", "duties_seen_to", "every", "kind", "start", "task", "tasks"]
