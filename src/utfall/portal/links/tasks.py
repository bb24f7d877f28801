"""What the `work` process does for links: it looks after the health of their destinations."""

from utfall.portal.links.health import check_due
from utfall.portal.work.facade import every


@every(minutes=10)
def visit_destinations() -> None:
    """Visit what was not visited for a day."""
    check_due()
