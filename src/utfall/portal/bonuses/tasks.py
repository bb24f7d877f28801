"""Bonuses in the background: what settlement answered is noted."""

from utfall.portal.bonuses import following
from utfall.portal.work.facade import every


@every(seconds=5)
def follow() -> None:
    """Note the answers to what was granted."""
    following.follow()
