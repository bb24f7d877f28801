"""What the palette finds: pages of the menu, and objects that apps offer.

@finder
def programs(caller: Caller, words: str) -> Iterable[Found]: ...
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from utfall.portal.access import Caller
from utfall.portal.look.navigation import entries_of

MOST_EACH: Final = 6
LONGEST: Final = 80


class Found(NamedTuple):
    """Something to go to."""

    words: str
    url: str
    icon: str
    kind: str


Finder = Callable[[Caller, str], Iterable[Found]]
_FINDERS: Final[list[Finder]] = []


def finder(find: Finder) -> Finder:
    """Register a function that finds objects by words; it is asked when there are at least two letters."""
    _FINDERS.append(find)
    return find


def found(caller: Caller, words: str) -> list[Found]:
    """Pages whose names match, then objects, a few of each kind."""
    wanted = words.strip().casefold()[:LONGEST]
    pages = [
        Found(str(entry.words), entry.url, entry.icon, _("Page"))
        for entry in entries_of(caller)
        if wanted in str(entry.words).casefold()
    ]
    if len(wanted) < 2:
        return pages
    return pages + [one for find in _FINDERS for one in islice(find(caller, wanted), MOST_EACH)]
