"""A table of exchange rates becomes the one in use: checked, and written where it is looked for."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from utfall.journal.durable import make_directory, write_file
from utfall.portal.payouts.rate_contracts import NoTable, TableProblem
from utfall.portal.rates import rates
from utfall.portal.site import site
from utfall.rates import RATES_NAME, Table, read_table, unpacked

AHEAD: Final = timedelta(days=1)
"""The bank publishes a day's rates on that day; elsewhere it may be tomorrow already."""


def keep(content: bytes) -> Table:
    """Use a table from now on, as the bank offers it, alone or packed; NoTable where it is none or no newer.

    One of days to come is none: its last day would stay the newest for as long, and nothing would tell.
    """
    try:
        text = unpacked(content)
        table = read_table(text)
    except ValueError as error:
        raise NoTable(TableProblem.NO_TABLE, str(error)) from error
    known = rates().newest
    if table.newest is None:
        raise NoTable(TableProblem.NO_TABLE, "it has no day")
    if table.newest > timezone.localdate() + AHEAD:
        raise NoTable(TableProblem.AHEAD, table.newest.isoformat())
    if known is not None and table.newest <= known:
        raise NoTable(TableProblem.NOT_NEWER, table.newest.isoformat())
    make_directory(site().rates_path)
    write_file(site().rates_path / RATES_NAME, text.encode("ascii"))
    return table
