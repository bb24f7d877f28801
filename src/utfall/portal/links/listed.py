"""The app's page registry, and what its pages share: names of programs and partners, choices, cursors."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.access.paging import whole
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State
from utfall.portal.programs import facade as programs

pages: Final = Pages("links")
PUBLISHERS: Final = frozenset({Kind.PUBLISHER})
BUYING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
WATCHING: Final = BUYING | {Kind.AUDITOR}
OWNING: Final = frozenset({Kind.ADVERTISER, Kind.PUBLISHER})
MANY: Final = 200


def cursor(request: HttpRequest) -> int | None:
    """Where the list goes on."""
    text = request.GET.get("after", "")
    return whole(text, digits=14)


def number(request: HttpRequest, name: str) -> int | None:
    """A number among the filters, if there is one."""
    text = request.GET.get(name, "")
    return whole(text, digits=14)


def back(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"links:{page}", caller.slug, *route.values())


def partnered(caller: Caller) -> list[tuple[int, str]]:
    """The programs whose links a publisher may make, by name."""
    approved = partners.partnerships(caller, states=[State.APPROVED], count=MANY).items
    return sorted(program_names(caller, {one.program for one in approved}).items(), key=lambda one: one[1])


def program_names(caller: Caller, numbers: set[int]) -> dict[int, str]:
    """Programs by number; one that cannot be seen any more is called by its number."""
    return {one: f"#{one}" for one in numbers} | programs.names(caller, numbers)
