"""How letters fare, for the operator: never what they say."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Menu, Pages, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.post import facade
from utfall.portal.post.contracts import State
from utfall.portal.site import site

pages = Pages("post")
OPERATORS = frozenset({Kind.OPERATOR})


@pages.page(
    "letters/", name="index", needs=Permission.OPERATE, kinds=OPERATORS, menu=Menu(_("Letters"), "mail", 94)
)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Letters by state, newest first."""
    asked, text = request.GET.get("state", ""), request.GET.get("after", "")
    state = State(asked) if asked in set(State) else None
    after = whole(text)
    told = {
        "rows": facade.letters(caller, state, after=after),
        "counts": [(one, count) for one, count in facade.counts(caller).items()],
        "state": state,
        "has_server": bool(site().mail_url),
    }
    return render(request, "post/index.html", told)


@pages.page(
    "letters/<int:letter>/retry/",
    name="retry",
    needs=Permission.OPERATE,
    kinds=OPERATORS,
    methods=("POST",),
)
def retry(request: HttpRequest, caller: Caller, letter: int) -> HttpResponse:
    """Try a letter again."""
    try:
        facade.retry(caller, letter)
        messages.success(request, _("It will be tried within a minute."))
    except Refused as refused:
        messages.error(request, str(refused.problems[0].sentence))
    return redirect("post:index", org=caller.slug)
