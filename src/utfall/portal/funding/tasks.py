"""Funding in the background: deposits pay what is open, and what settlement answered is noted."""

from utfall.portal.funding import settling
from utfall.portal.work.facade import every


@every(seconds=5)
def follow() -> None:
    """Note the answers to what was settled."""
    settling.follow()


@every(seconds=15)
def settle() -> None:
    """Pay open invoices from deposits."""
    settling.settle()
