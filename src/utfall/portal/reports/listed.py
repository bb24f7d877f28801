"""The app's page registry, and what its pages share."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Pages

pages: Final = Pages("reports")


def back(caller: Caller, page: str, **route: Any) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"reports:{page}", caller.slug, *route.values())
