"""The app's register of pages, and how its pages answer when a facade refuses."""

from django.http import HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Pages

pages = Pages("people")


def back_to(page: str, caller: Caller) -> HttpResponse:
    """After a change: look at the list again, whatever method brought us here."""
    response = redirect(f"people:{page}", org=caller.slug)
    response.status_code = 303
    return response
