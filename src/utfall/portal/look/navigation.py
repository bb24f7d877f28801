"""The menu of a caller: the pages it may open, in groups, as templates show them."""

from collections.abc import Sequence
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Page, all_pages
from utfall.portal.access.errors import Words

GROUPS: Final[tuple[tuple[int, Words], ...]] = (
    (0, ""),
    (10, _("Partnerships")),
    (40, _("Money")),
    (50, _("Promotion")),
    (70, _("Tracking")),
    (80, _("Organisation")),
)
"""Where each group of the menu begins, by the order that a `Menu` names."""


class Entry(NamedTuple):
    """A line of the menu, and how much waits behind it."""

    app: str
    words: Words
    icon: str
    url: str
    current: bool
    order: int
    waiting: int = 0


class Group(NamedTuple):
    """Lines under a common heading; the first group has none."""

    words: Words
    entries: Sequence[Entry]


def menu_of(caller: Caller, current: Page | None) -> list[Group]:
    """What this caller's menu shows while a page is open."""
    entries = entries_of(caller, current)
    return [
        Group(GROUPS[index][1], tuple(members))
        for index, members in groupby(entries, key=lambda entry: _group(entry.order))
    ]


def entries_of(caller: Caller, current: Page | None = None) -> list[Entry]:
    """Every page of the menu that this caller may open, in order."""
    pages = [
        (page, page.menu)
        for page in all_pages()
        if page.menu is not None and caller.kind in page.kinds and caller.may(page.needs)
    ]
    pages.sort(key=lambda each: each[1].order)
    here = _entry_of([page for page, _menu in pages], current)
    return [
        Entry(
            page.app,
            menu.words,
            menu.icon,
            reverse(f"{page.app}:{page.name}", kwargs={"org": caller.slug}),
            page is here,
            menu.order,
            menu.waiting(caller) if menu.waiting else 0,
        )
        for page, menu in pages
    ]


def _entry_of(listed: Sequence[Page], current: Page | None) -> Page | None:
    """The line that a page belongs to: its own, else the one of its app whose address is most like it."""
    if current is None:
        return None
    of_app = [page for page in listed if page.app == current.app]
    return max(of_app, key=lambda page: _likeness(page, current), default=None)


def _likeness(page: Page, current: Page) -> tuple[bool, int]:
    parts = zip(page.route.split("/"), current.route.split("/"), strict=False)
    return page.name == current.name, sum(1 for _both in takewhile(lambda both: both[0] == both[1], parts))


def _group(order: int) -> int:
    return max(index for index, (start, _words) in enumerate(GROUPS) if order >= start)
