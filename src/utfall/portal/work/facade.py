"""The only way into background work."""

from utfall.portal.work.asking import cancel, start, task, tasks
from utfall.portal.work.kinds import every, kind

__all__ = ["cancel", "every", "kind", "start", "task", "tasks"]
