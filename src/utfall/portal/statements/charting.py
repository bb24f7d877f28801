"""The operator's chart of accounts: which account each place of the book has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.accounting import BAS, HEADS, Account, Chart, chart_problems
from utfall.portal.access import Caller, NotFound, Permission, Problem, Refused
from utfall.portal.access.errors import Words
from utfall.portal.audit import facade as audit
from utfall.portal.statements.models import ChartOfAccounts

ONLY: Final = 1
WRONG: Final[dict[str, Words]] = {
    "number": _("An account has four digits, from 1000 to 8999."),
    "class": _("Balances stand on accounts of classes 1 and 2, results on those of classes 3 to 8."),
    "name": _("Give the account a name of at most 60 letters."),
    "shared": _("Earlier results need an account of their own."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartDraft:
    """A chart as somebody fills it in: number and name by head; what is not named has BAS's."""

    accounts: Mapping[str, tuple[str, str]]
    is_gross: bool = True
    begins: int = 1


def chart(caller: Caller) -> Chart:
    """The chart in force."""
    require_overseer(caller)
    return chart_in_force()


def require_overseer(caller: Caller) -> None:
    """Accounting is for those who see everybody: the operator and auditors."""
    caller.require(Permission.LOOK)
    if not caller.sees_all:
        raise NotFound


def chart_in_force() -> Chart:
    """The chart, asked without a caller."""
    row = ChartOfAccounts.objects.system().filter(pk=ONLY).first()
    if row is None:
        return Chart(accounts=dict(BAS))
    given = {head: Account(*row.accounts[head]) for head in HEADS if head in row.accounts}
    return Chart(accounts={**BAS, **given}, is_gross=row.is_gross, begins=row.begins)


def set_chart(caller: Caller, draft: ChartDraft) -> Chart:
    """Give places of the book other accounts; Refused with all that is wrong. Files of before keep theirs."""
    caller.require_operator(Permission.MONEY)
    given = {
        head: Account(number.strip(), " ".join(name.split()))
        for head, (number, name) in draft.accounts.items()
    }
    wanted = Chart(accounts={**BAS, **given}, is_gross=draft.is_gross, begins=draft.begins)
    if problems := _problems(wanted, set(given) - set(HEADS)):
        raise Refused(problems)
    with transaction.atomic():
        before = plain(chart_in_force())
        if plain(wanted) != before:
            _save(wanted)
            audit.record(
                caller, action="chart.changed", subject="chart 1", before=before, after=plain(wanted)
            )
    return wanted


def _problems(wanted: Chart, unknown: set[str]) -> list[Problem]:
    found = [Problem(f"chart_{one.code}", WRONG[one.code], one.head) for one in chart_problems(wanted)]
    found += [Problem("chart_head", _("The book has no such place."), head) for head in sorted(unknown)]
    if not 1 <= wanted.begins <= 12:
        found.append(Problem("chart_begins", _("Choose the month in which the year begins."), "begins"))
    return found


def _save(wanted: Chart) -> None:
    told = {head: list(one) for head, one in wanted.accounts.items()}
    values = {"accounts": told, "is_gross": wanted.is_gross, "begins": wanted.begins}
    ChartOfAccounts.objects.system().update_or_create(pk=ONLY, defaults=values)


def plain(wanted: Chart) -> dict[str, Any]:
    """A chart as the log has it."""
    accounts = {head: " ".join(wanted.accounts[head]) for head in HEADS}
    return {**accounts, "is_gross": wanted.is_gross, "begins": wanted.begins}
