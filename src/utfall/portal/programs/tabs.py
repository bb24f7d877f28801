"""Tabs of a program's page: other apps add theirs when they are ready.

    tabs.register("commission", _("Commission"), page="commission:rules", order=20, count=count_of_rules)

The page's route has a `program` argument. `count`, if given, is asked for the number beside the words.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.errors import Words
from utfall.portal.access.roles import BUYERS
from utfall.portal.programs.contracts import ProgramView

Count = Callable[[Caller, ProgramView], int | None]


class Tab(NamedTuple):
    """One tab: its key, its words, the page it leads to, and where it stands."""

    key: str
    words: Words
    page: str
    order: int
    needs: Permission
    kinds: frozenset[Kind]
    counted: Count | None


_TABS: Final[dict[str, Tab]] = {}


def register(
    key: str,
    words: Words,
    *,
    page: str,
    order: int = 50,
    needs: Permission = Permission.LOOK,
    kinds: frozenset[Kind] = BUYERS,
    count: Count | None = None,
) -> None:
    """Add a tab to every program's page; a second call under the same key replaces it."""
    _TABS[key] = Tab(key, words, page, order, needs, kinds, count)


def tabs_of(
    caller: Caller, view: ProgramView, current: str
) -> list[tuple[str, Words, bool] | tuple[str, Words, bool, int]]:
    """The tabs a caller sees at a program, as `{% tabs %}` takes them: (address, words, open, count)."""
    found: list[tuple[str, Words, bool] | tuple[str, Words, bool, int]] = []
    for tab in sorted(_TABS.values(), key=lambda one: (one.order, one.key)):
        if caller.kind not in tab.kinds or not caller.may(tab.needs):
            continue
        address = _address(caller, view, tab)
        if address is None:
            continue
        count = tab.counted(caller, view) if tab.counted else None
        here = (address, tab.words, tab.key == current)
        found.append(here if count is None else (*here, count))
    return found


def _address(caller: Caller, view: ProgramView, tab: Tab) -> str | None:
    """None where the app that registered it has no such page in this installation."""
    try:
        return reverse(tab.page, kwargs={"org": caller.slug, "program": view.id})
    except NoReverseMatch:
        return None


register("overview", _("Overview"), page="programs:program", order=0)
register("terms", _("Terms"), page="programs:terms", order=10)
register("groups", _("Partner groups"), page="programs:groups", order=40)
register("limits", _("Budgets and caps"), page="programs:limits", order=45)
register("about", _("Presentation"), page="programs:about", order=90)
