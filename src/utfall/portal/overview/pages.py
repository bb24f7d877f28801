"""The overview's pages: the board, its part that is read anew, what needs attention, and the views kept."""

from typing import Any, Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Pages, Refused, Slice
from utfall.portal.access.paging import whole
from utfall.portal.home.cards import Attention, cards_for
from utfall.portal.look.forms import say_why
from utfall.portal.overview import facade, words
from utfall.portal.overview.boards import board_of
from utfall.portal.overview.choosing import Choice, explained, metric_options, options
from utfall.portal.overview.contracts import Asked, ViewView
from utfall.portal.overview.keeping import asked_in
from utfall.portal.overview.showing import shown
from utfall.portal.programs import facade as programs
from utfall.portal.reports import facade as reports

pages: Final = Pages("overview")
PROGRAMS_KEPT_SECONDS: Final = 20
NO_CONTENT: Final = 204


@pages.page("overview/", name="index", menu=Menu(gettext_lazy("Overview"), "layout-dashboard", 0))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How it goes, at a glance. Without a question in the address, the view that opens first."""
    if not request.GET and (first := facade.first_view(caller)):
        return redirect(f"{request.path}?{first.address}&view={first.id}")
    asked = facade.asked_of(request.GET)
    context: dict[str, Any] = {"asked": asked, "mark": facade.mark(), **_offered(request, caller, asked)}
    try:
        context |= shown(caller, facade.overview(caller, asked))
    except Refused as refused:
        codes = {one.code for one in refused.problems}
        context |= {"problems": refused.problems, "is_new": "nothing_measured" in codes}
        status = 200 if context["is_new"] else refused.status
        return render(request, "overview/index.html", context, status=status)
    return render(request, "overview/index.html", context)


@pages.page("overview/board/", name="board")
def board(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What has changed since it was last seen, to be put in place; nothing where nothing has."""
    mark = facade.mark()
    if request.GET.get("seen") == mark:
        return HttpResponse(status=NO_CONTENT)
    asked = facade.asked_of(request.GET)
    try:
        context = {"asked": asked, "mark": mark, "oob": True, **shown(caller, facade.overview(caller, asked))}
    except Refused:
        return HttpResponse(status=NO_CONTENT)
    return render(request, "overview/board.html", context)


@pages.page("overview/attention/", name="attention")
def attention(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What waits for the caller: read after the page, since every app is asked."""
    waiting = [one for one in cards_for(caller) if isinstance(one, Attention)]
    return render(request, "overview/attention.html", {"attention": waiting})


@pages.page("overview/views/", name="views", methods=("GET", "POST"))
def views(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The views kept; a POST keeps one more."""
    if request.method != "POST":
        kept = facade.views(caller, after=whole(request.GET.get("after", "")))
        return render(request, "overview/views.html", {"kept": kept})
    post = request.POST
    try:
        made = facade.save_view(
            caller,
            post.get("name", ""),
            asked_in(post.get("query", "")),
            shared="shared" in post,
            first="first" in post,
        )
    except Refused as refused:
        say_why(request, refused)
        return redirect(f"{reverse('overview:index', args=[caller.slug])}?{_query(post.get('query', ''))}")
    return redirect(f"{reverse('overview:index', args=[caller.slug])}?{made.address}&view={made.id}")


@pages.page("overview/views/<int:saved_view>/", name="view", methods=("GET", "POST"))
def view(request: HttpRequest, caller: Caller, saved_view: int) -> HttpResponse:
    """A view opens; a POST changes or removes it, or makes it the first."""
    kept = facade.view(caller, saved_view)
    if request.method != "POST":
        return redirect(f"{reverse('overview:index', args=[caller.slug])}?{kept.address}&view={kept.id}")
    try:
        _changed(caller, kept, request)
    except Refused as refused:
        say_why(request, refused)
    return redirect("overview:views", caller.slug)


def _changed(caller: Caller, kept: ViewView, request: HttpRequest) -> None:
    match request.POST.get("do"):
        case "remove":
            facade.remove_view(caller, kept.id)
        case "first":
            facade.open_first(caller, kept.id)
        case "not_first":
            facade.open_first(caller, None)
        case _:
            facade.change_view(
                caller, kept.id, name=request.POST.get("name", ""), shared="shared" in request.POST
            )


def _query(text: str) -> str:
    """An address's query, made anew of what it was understood as."""
    return urlencode(asked_in(text).pairs)


def _offered(request: HttpRequest, caller: Caller, asked: Asked) -> dict[str, Any]:
    """What can be chosen."""
    metrics = reports.metrics(caller)
    kept: Slice[ViewView] = facade.views(caller, limit=20)
    usual = board_of(caller)
    chosen, offered = asked.metric or usual.metric, _programs(caller)
    return {
        "days": words.DAYS.items(),
        "against": words.AGAINST.items(),
        "programs": offered,
        "program_choices": options(offered, "" if asked.program is None else str(asked.program)),
        "metric_choices": metric_options(metrics, chosen),
        "other_choices": metric_options(metrics, asked.other if asked.metric else usual.other),
        "explained": explained(metrics),
        "kept": kept.items,
        "open_view": whole(request.GET.get("view", "")),
        "query": urlencode(asked.pairs),
    }


def _programs(caller: Caller) -> tuple[Choice, ...]:
    """The programs a page can be narrowed to; for a publisher those it is a partner of. Kept for a while."""
    key = f"overview-programs:{caller.organisation}:{','.join(map(str, sorted(caller.advertisers)))}"[:200]
    found: tuple[Choice, ...] | None = cache.get(key)
    if found is None:
        found = _listed(caller)
        cache.set(key, found, PROGRAMS_KEPT_SECONDS)
    return found


def _listed(caller: Caller) -> tuple[Choice, ...]:
    if caller.kind is Kind.PUBLISHER:
        from utfall.portal.partners import facade as partners

        numbers = frozenset(one.program for one in partners.partnerships(caller).items)
        found = programs.choices(caller, numbers)
    else:
        found = programs.choices(caller)
    return tuple((str(number), name) for number, name in found)
