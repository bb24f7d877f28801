"""The feed's duty: forget what is older than it is kept."""

from utfall.portal.changes.facade import forget
from utfall.portal.work.facade import every

every(minutes=60)(forget)
