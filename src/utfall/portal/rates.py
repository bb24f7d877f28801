"""The exchange rates of this installation: its newest table, asked for in this one place."""

from utfall.portal.site import site
from utfall.rates import Table, newest_table


def rates() -> Table:
    """The newest table of rates that this installation has."""
    return newest_table(site().rates_path)
