"""The first page of an organisation, and the search over all of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Menu, Pages
from utfall.portal.home.cards import Attention, Figure, Goal, Panel, Step, cards_for
from utfall.portal.home.door import VISITED
from utfall.portal.home.search import found

pages = Pages("home")


@pages.page("", name="index", menu=Menu(_("Home"), "home", 0))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What needs attention, and how it goes."""
    request.session[VISITED] = caller.slug
    shown = list(cards_for(caller))
    steps = [one for one in shown if isinstance(one, Step)]
    told = {
        "attention": [one for one in shown if isinstance(one, Attention)],
        "steps": steps,
        "steps_done": sum(one.is_done for one in steps),
        "next_step": next((one for one in steps if not one.is_done), None),
        "goals": [one for one in shown if isinstance(one, Goal)],
        "figures": [one for one in shown if isinstance(one, Figure)],
        "panels": [one for one in shown if isinstance(one, Panel)],
    }
    return render(request, "home/index.html", told)


@pages.page("search/", name="search")
def search(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Pages and objects by their words: the palette's list, or a page of its own without scripts."""
    words = request.GET.get("q", "")
    template = "home/found.html" if request.headers.get("HX-Request") else "home/search.html"
    return render(request, template, {"found": found(caller, words), "q": words})
