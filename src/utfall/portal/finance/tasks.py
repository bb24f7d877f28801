"""Finance in the background: fees are added up as they come."""

from utfall.portal.finance import fees
from utfall.portal.work.facade import every


@every(minutes=1)
def keep() -> None:
    """Keep what was counted."""
    fees.keep()
