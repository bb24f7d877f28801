"""Where exchange rates stand, and newer ones: fetched now, or given as a file."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.invoices import facade as invoices
from utfall.portal.payouts import fetching, ledger, rate_files
from utfall.portal.payouts.models import Exchange, Wishes
from utfall.portal.payouts.rate_contracts import (
    CurrencyRate,
    NoTable,
    OldRates,
    RatesView,
    Use,
)
from utfall.portal.payouts.words import TABLE_PROBLEMS
from utfall.portal.rates import rates
from utfall.portal.site import site
from utfall.rates import OLDEST, Table, find_table
from utfall.rates.tables import EURO, SOURCE

LATELY: Final = timedelta(days=90)


def exchange_rates(caller: Caller) -> RatesView:
    """Where exchange rates stand."""
    caller.require_operator(Permission.MONEY)
    found = find_table(site().rates_path)
    old = old_rates()
    return RatesView(
        source=SOURCE,
        newest=found.table.newest,
        oldest=found.table.oldest,
        file=found.file,
        folder=str(site().rates_path),
        url=site().rates_url,
        passed_over=found.passed_over,
        last_fetch=fetching.last_fetch(),
        is_old=_is_old(found.table),
        days_allowed=OLDEST.days,
        waiting=old.waiting if old else 0,
        rates=tuple(_rate(found.table, *one) for one in sorted(_used().items())),
    )


def old_rates() -> OldRates | None:
    """Whether publishers wait for newer rates; None where the rates are new enough, or nobody needs them."""
    table = rates()
    if not _is_old(table):
        return None
    into = dict(Wishes.objects.system().exclude(into="").values_list("publisher", "into"))
    balances = ledger.payables(into) if into else []
    waiting = {one.publisher for one in balances if one.micros > 0 and one.currency != into[one.publisher]}
    return OldRates(table.newest, len(waiting)) if waiting else None


def fetch_rates_now(caller: Caller) -> RatesView:
    """Fetch the table where the operator said, without waiting for the hour."""
    caller.require_operator(Permission.MONEY)
    if not site().rates_url:
        refuse("no_rates_url", TABLE_PROBLEMS["no_rates_url"], status=409)
    before = rates().newest
    told = fetching.fetch_now()
    after = {"newest": rates().newest, "problem": told.problem.value if told.problem else None}
    _record(caller, "rates.fetched", {"newest": before}, after)
    return exchange_rates(caller)


def give_rates(caller: Caller, content: bytes) -> RatesView:
    """Use the table of a file: whoever operates the installation answers for its rates."""
    caller.require_operator(Permission.OPERATE)
    before = rates().newest
    try:
        table = rate_files.keep(content)
    except NoTable as error:
        refuse(error.problem.value, f"{TABLE_PROBLEMS[error.problem]} {error.words}", "file")
    _record(caller, "rates.given", {"newest": before}, {"newest": table.newest})
    return exchange_rates(caller)


def _is_old(table: Table) -> bool:
    return table.newest is None or timezone.localdate() - table.newest > OLDEST


def _used() -> dict[str, list[Use]]:
    """The currencies that are used, or were lately, and what for; the euro, in which rates are, is not."""
    since = timezone.now() - LATELY
    lately = Exchange.objects.system().filter(payout__made_at__gte=since)
    told = {
        Use.PAYABLE: {one.currency for one in ledger.payables()},
        Use.ACCOUNT: {one.currency for one in invoices.all_house_accounts()},
        Use.INTO: set(Wishes.objects.system().exclude(into="").values_list("into", flat=True).distinct()),
        Use.EXCHANGED: set(lately.values_list("currency", flat=True).distinct()),
    }
    currencies = set[str]().union(*told.values()) - {EURO}
    return {one: [use for use, those in told.items() if one in those] for one in currencies}


def _rate(table: Table, currency: str, uses: list[Use]) -> CurrencyRate:
    day, micros = table.last(currency) or (None, None)
    is_old = day is None or timezone.localdate() - day > OLDEST
    return CurrencyRate(currency=currency, uses=tuple(uses), micros=micros, day=day, is_old=is_old)


def _record(caller: Caller, action: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    audit.record(caller, action=action, subject="rates 1", before=before, after=after)
