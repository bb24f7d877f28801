"""Banking in the background: the watched directory, and what settlement made of what came."""

from utfall.portal.banking import fundings, watching
from utfall.portal.work.facade import every


@every(seconds=10)
def look() -> None:
    """Import what the bank's client put there."""
    watching.look()


@every(seconds=5)
def follow() -> None:
    """Note the answers to money that came."""
    fundings.follow()
