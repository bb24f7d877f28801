"""Where else creatives show: a program's tabs, the first page's list of what waits, and the search."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.access import Kind as Party
from utfall.portal.access.roles import BUYERS
from utfall.portal.creatives.contracts import CreativeFilter, State
from utfall.portal.creatives.showing import count_of, creatives
from utfall.portal.home.cards import Attention, card
from utfall.portal.home.search import Found, finder
from utfall.portal.programs import tabs
from utfall.portal.programs.contracts import ProgramView


def _count(caller: Caller, program: ProgramView) -> int | None:
    return count_of(caller, program.id) or None


tabs.register("creatives", _("Creatives"), page="creatives:of_program", order=60, kinds=BUYERS, count=_count)


@card(kinds=frozenset({Party.OPERATOR}), order=40, needs=Permission.MANAGE)
def waiting_creatives(caller: Caller) -> Attention | None:
    """Creatives that the operator is to look at."""
    waiting = len(creatives(caller, CreativeFilter(state=State.IN_REVIEW), count=100).items)
    if not waiting:
        return None
    return Attention(
        words=_("Creatives wait for a look"),
        count=waiting,
        icon="photo",
        url=reverse("creatives:index", args=[caller.slug]) + "?state=in_review",
        action=_("Look"),
    )


@finder
def found_creatives(caller: Caller, words: str) -> Iterable[Found]:
    """Creatives by name."""
    for view in creatives(caller, CreativeFilter(search=words), count=5).items:
        yield Found(
            words=view.name,
            url=reverse("creatives:creative", args=[caller.slug, view.id]),
            icon="photo",
            kind=str(_("Creative")),
        )
