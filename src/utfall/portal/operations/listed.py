"""The app's pages, which its modules of pages register."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Pages, Permission
from utfall.portal.access.errors import Words
from utfall.portal.access.paging import whole
from utfall.portal.operations import facade

pages = Pages("operations")
OPERATE: Final[dict[str, Any]] = {"needs": Permission.OPERATE, "kinds": frozenset({Kind.OPERATOR})}

TABS: Final[tuple[tuple[str, Words], ...]] = (
    ("health", _("Health")),
    ("waiting", _("To decide")),
    ("tenants", _("Tenants")),
    ("fees", _("Fees")),
    ("announcements", _("Announcements")),
    ("impersonations", _("Who looked")),
)


def cursor_of(request: HttpRequest) -> int | None:
    """Where a list goes on."""
    return whole(request.GET.get("after", ""))


def surroundings(caller: Caller, here: str) -> dict[str, Any]:
    """What every page of operations shows: the others, and how much waits."""
    tabs = []
    for name, words in TABS:
        url = reverse(f"operations:{name}", kwargs={"org": caller.slug})
        count = facade.waiting_count(caller) if name == "waiting" else 0
        tabs.append((url, words, name == here, count or None))
    return {"tabs": tabs}
