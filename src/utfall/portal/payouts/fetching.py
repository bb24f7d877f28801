"""A newer table of exchange rates, fetched where the operator said; what is no table changes nothing."""

import logging
from typing import Final

from django.utils import timezone

from utfall.journal.durable import make_directory, write_file
from utfall.portal.outside import Limits, Unreachable, fetch
from utfall.portal.payouts.gathering import rates
from utfall.portal.site import site
from utfall.rates import RATES_NAME, Table, read_table, unpacked

LIMITS: Final = Limits(max_bytes=8 << 20, timeout_s=30.0)
FOUND: Final = 200
_log = logging.getLogger(__name__)


def fetch_rates() -> bool:
    """Fetch the table unless today's is here; whether a newer one came. What is none changes nothing."""
    known = rates().newest
    if not site().rates_url or (known is not None and known >= timezone.localdate()):
        return False
    try:
        answer = fetch(site().rates_url, LIMITS, reachable=site().reachable)
        text = unpacked(answer.body) if answer.status == FOUND else ""
        table = read_table(text)
    except (Unreachable, ValueError) as error:
        _log.warning("no exchange rates from %s: %s", site().rates_url, error)
        return False
    if not _is_newer(table):
        return False
    make_directory(site().rates_path)
    write_file(site().rates_path / RATES_NAME, text.encode("ascii"))
    return True


def _is_newer(table: Table) -> bool:
    known = rates().newest
    return table.newest is not None and (known is None or table.newest > known)
