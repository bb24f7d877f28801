"""A newer table of exchange rates, fetched where the operator said; what is no table changes nothing."""

import logging
from typing import Final

from django.utils import timezone

from utfall.portal.outside import Limits, Unreachable, fetch
from utfall.portal.payouts.models import RatesFetch
from utfall.portal.payouts.rate_contracts import FetchView, NoTable, TableProblem
from utfall.portal.payouts.rate_files import keep
from utfall.portal.rates import rates
from utfall.portal.site import site
from utfall.rates import LARGEST_TABLE

LIMITS: Final = Limits(max_bytes=LARGEST_TABLE, timeout_s=30.0)
WHILE_WAITED_FOR: Final = Limits(max_bytes=LARGEST_TABLE, timeout_s=10.0)
"""When somebody looks on."""
FOUND: Final = 200
THE_LAST: Final = 1
_log = logging.getLogger(__name__)


def fetch_rates() -> bool:
    """Fetch the table unless today's is here; whether a newer one came. What is none changes nothing."""
    known = rates().newest
    if not site().rates_url or (known is not None and known >= timezone.localdate()):
        return False
    return not fetch_now(LIMITS).problem


def fetch_now(limits: Limits = WHILE_WAITED_FOR) -> FetchView:
    """Fetch the table, and note how that went."""
    try:
        keep(_asked(limits))
        told = FetchView(at=timezone.now())
    except NoTable as error:
        told = FetchView(at=timezone.now(), problem=error.problem, words=error.words[:300])
        if error.problem is not TableProblem.NOT_NEWER:
            _log.warning("no exchange rates from %s: %s %s", site().rates_url, error.problem, error.words)
    row = {"at": told.at, "problem": told.problem.value if told.problem else "", "words": told.words}
    RatesFetch.objects.system().update_or_create(id=THE_LAST, defaults=row)
    return told


def last_fetch() -> FetchView | None:
    """How the last fetch went; None before the first."""
    row = RatesFetch.objects.system().filter(pk=THE_LAST).first()
    if row is None:
        return None
    return FetchView(at=row.at, problem=TableProblem(row.problem) if row.problem else None, words=row.words)


def _asked(limits: Limits) -> bytes:
    try:
        answer = fetch(site().rates_url, limits, reachable=site().reachable)
    except Unreachable as error:
        raise NoTable(TableProblem.UNREACHABLE, str(error)) from error
    if answer.status != FOUND:
        raise NoTable(TableProblem.UNREACHABLE, f"HTTP {answer.status}")
    return answer.body
