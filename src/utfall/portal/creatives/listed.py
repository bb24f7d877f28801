"""The app's page registry, and what its pages share."""

from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.programs import facade as programs

pages: Final = Pages("creatives")
OWNING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
"""Those who may have creatives: publishers use them, auditors look."""
MANY: Final = 200


def back(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"creatives:{page}", caller.slug, *route.values())


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if that was nothing; None where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def program_names(caller: Caller, numbers: set[int]) -> dict[int, str]:
    """Programs by number; one that cannot be seen any more is called by its number."""
    return {one: f"#{one}" for one in numbers} | programs.names(caller, numbers)


def program_choices(caller: Caller) -> list[tuple[int, str]]:
    """The caller's own programs by name."""
    return programs.choices(caller)
