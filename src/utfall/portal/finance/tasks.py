"""Finance in the background: fees are added up as they come, and balances kept when a month has ended."""

from utfall.portal.finance import fees, month_ends
from utfall.portal.work.facade import every


@every(minutes=1)
def keep() -> None:
    """Keep what was counted."""
    fees.keep()
    month_ends.keep()
