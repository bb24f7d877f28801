"""Payouts in the background: what settlement answered, and what a process left unwritten that died."""

from utfall.portal.payouts import fetching, letters, outcomes, releasing
from utfall.portal.work.facade import every


@every(seconds=5)
def follow() -> None:
    """Note the answers to what was released and to what the bank said."""
    releasing.follow()
    outcomes.follow()


@every(seconds=20)
def tell() -> None:
    """Write to those whose payouts went to the bank."""
    letters.tell()


@every(minutes=240)
def fetch_rates() -> None:
    """Fetch a newer table of exchange rates, where the operator said from where."""
    fetching.fetch_rates()
