"""The post's duty: forget old letters."""

from utfall.portal.post.facade import forget_old
from utfall.portal.work.facade import every

every(minutes=60)(forget_old)
