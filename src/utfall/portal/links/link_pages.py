"""Pages of links: the list, the builder, one link with its deep links and QR code, many at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.links import facade
from utfall.portal.links.contracts import LinkView
from utfall.portal.links.destinations import LONGEST, hosts_of
from utfall.portal.links.forms import DeepLinkForm, LinkForm, ManyForm, told
from utfall.portal.links.listed import (
    PUBLISHERS,
    back,
    cursor,
    number,
    pages,
    partnered,
    program_names,
)
from utfall.portal.links.qr import qr_png, qr_svg
from utfall.portal.links.words import health_words
from utfall.portal.look.charts import Chart, Series
from utfall.portal.look.exports import csv_line, first_line, safe
from utfall.portal.look.formats import day
from utfall.portal.look.forms import blame, say_why
from utfall.portal.look.streaming import streamed
from utfall.portal.partners import facade as partners
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs

LINKS = Menu(gettext_lazy("Links"), "link", 50)


@pages.page("links/", name="index", menu=LINKS)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The caller's links, with filters; without any, the way to the first."""
    state = request.GET.get("state", "")
    found = facade.links(
        caller,
        program=number(request, "program"),
        search=request.GET.get("q", "").strip()[:200],
        broken=state == "broken",
        ended=state == "ended",
        after=cursor(request),
    )
    is_filtered = any(request.GET.get(name) for name in ("q", "program", "state", "after"))
    programs = program_names(caller, {one.program for one in found.items})
    choices = partnered(caller) if caller.kind is Kind.PUBLISHER else sorted(programs.items())
    context = {
        "found": found,
        "programs": programs,
        "publishers": people.party_names(Kind.PUBLISHER, {one.publisher for one in found.items}),
        "choices": choices,
        "state": state,
        "program": number(request, "program"),
        "is_empty": not found.items and not is_filtered,
        "is_publisher": caller.kind is Kind.PUBLISHER,
    }
    return render(request, "links/index.html", context)


@pages.page("links/new/", name="new", needs=Permission.MANAGE, kinds=PUBLISHERS, methods=("GET", "POST"))
def new(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Build a link."""
    form = _form(caller, request.POST or None, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = facade.create_link(caller, form.draft())
            messages.success(request, _("The link is made. It counts within a few seconds."))
            return back(caller, "link", link=made.id)
        except Refused as refused:
            blame(form, refused)
    choices = partnered(caller)
    context = {
        "form": form,
        "has_programs": bool(choices),
        "sites": _sites(caller, form["program"].value() or (choices[0][0] if choices else None)),
        "stranger": _stranger(request, choices),
    }
    return render(request, "links/new.html", context, status=422 if form.errors else 200)


@pages.page("links/sites/", name="sites", kinds=PUBLISHERS)
def sites(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The sites that a program's links may lead to: part of the builder, as its program is chosen."""
    context = {"sites": _sites(caller, number(request, "program"))}
    return render(request, "links/sites.html", context)


@pages.page("links/<int:link>/", name="link")
def link(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """One link: its address, its QR code, how it is, and what it adds."""
    return _one(request, caller, facade.link(caller, link))


@pages.page(
    "links/<int:link>/change/",
    name="change",
    needs=Permission.MANAGE,
    kinds=PUBLISHERS,
    methods=("GET", "POST"),
)
def change(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """Change where a link leads and what it adds."""
    view = facade.link(caller, link)
    form = _form(caller, request.POST or None, initial=told(view))
    for fixed in ("program", "key"):
        del form.fields[fixed]
    if request.method == "POST" and form.is_valid():
        try:
            facade.change_link(caller, link, _draft_of(form, view))
            messages.success(request, _("Saved. It holds within a few seconds."))
            return back(caller, "link", link=link)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "link": view, "sites": _sites(caller, view.program)}
    return render(request, "links/change.html", context, status=_status(form))


@pages.page("links/<int:link>/deep/", name="deep", methods=("POST",))
def deep(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """An address to one page of the shop by this link."""
    form, made = DeepLinkForm(request.POST), None
    if form.is_valid():
        try:
            made = facade.deep_link(caller, link, form.cleaned_data["destination"])
        except Refused as refused:
            blame(form, refused)
    return _one(request, caller, facade.link(caller, link), form=form, deep=made, status=_status(form))


@pages.page("links/<int:link>/qr.svg", name="qr_svg")
def drawing(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """The link's QR code as a drawing."""
    return HttpResponse(qr_svg(facade.link(caller, link).address), content_type="image/svg+xml")


@pages.page("links/<int:link>/qr.png", name="qr_png")
def picture(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """The link's QR code as pixels, to save."""
    view = facade.link(caller, link)
    answer = HttpResponse(qr_png(view.address), content_type="image/png")
    answer.headers["Content-Disposition"] = f'attachment; filename="{view.key}.png"'
    return answer


@pages.page("links/<int:link>/check/", name="check", methods=("POST",))
def check(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """Visit the destination now."""
    view = facade.check_link(caller, link)
    words = health_words(view.health, view.health_note)
    (messages.warning if view.health.needs_a_look else messages.success)(request, words)
    return back(caller, "link", link=link)


@pages.page("links/<int:link>/end/", name="end", needs=Permission.MANAGE, methods=("POST",))
def end(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """End a link."""
    try:
        facade.end_link(caller, link)
        messages.success(request, _("The link is ended. You can take that back here."))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "link", link=link)


@pages.page("links/<int:link>/revive/", name="revive", needs=Permission.MANAGE, methods=("POST",))
def revive(request: HttpRequest, caller: Caller, link: int) -> HttpResponse:
    """Let an ended link count again."""
    try:
        facade.revive_link(caller, link)
        messages.success(request, _("The link counts again."))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "link", link=link)


@pages.page("links/many/", name="many", needs=Permission.MANAGE, kinds=PUBLISHERS, methods=("GET", "POST"))
def many(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Many links at once, each line with its own verdict; as a page or as a file."""
    form = ManyForm(
        request.POST or None,
        request.FILES or None,
        initial={"program": number(request, "program")},
        programs=partnered(caller),
    )
    rows: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        drafts = form.drafts()
        made = facade.create_links(caller, drafts)
        rows = [
            {"draft": draft, "link": one if isinstance(one, LinkView) else None, "why": _why(one)}
            for draft, one in zip(drafts, made, strict=True)
        ]
        if "file" in request.POST:
            return _file(rows)
    context = {"form": form, "rows": rows, "made": sum(row["link"] is not None for row in rows)}
    return render(request, "links/many.html", context, status=_status(form))


def _one(
    request: HttpRequest,
    caller: Caller,
    view: LinkView,
    *,
    form: DeepLinkForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "link": view,
        "program": program_names(caller, {view.program})[view.program],
        "publisher": people.party_names(Kind.PUBLISHER, {view.publisher}).get(view.publisher, ""),
        "form": form or DeepLinkForm(),
        "clicks": _clicks(caller, view),
        "health": health_words(view.health, view.health_note),
        "is_own": caller.kind is Kind.PUBLISHER,
        **more,
    }
    return render(request, "links/link.html", context, status=status)


def _clicks(caller: Caller, view: LinkView) -> dict[str, Any]:
    """Clicks of the last thirty days: their sum, and a bar for each day."""
    days = facade.clicks(caller, view.id)
    values = [one.clicks for one in days]
    title = _("Clicks on each day")
    labels = [day(one.day) for one in days]
    chart = Chart(title=title, labels=labels, series=[Series(_("Clicks"), values)], kind="bar")
    return {"total": sum(values), "chart": chart}


def _form(caller: Caller, data: Any, *, initial: dict[str, Any]) -> LinkForm:
    return LinkForm(
        data,
        initial=initial,
        programs=partnered(caller),
        properties=partners.properties(caller),
        domains=facade.domains(caller),
        sites=reverse("links:sites", args=[caller.slug]),
    )


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What an address may fill in for whoever follows it: `links/new/?program=7&destination=https://…`."""
    return {
        "program": number(request, "program"),
        "destination": request.GET.get("destination", "")[:LONGEST],
        "name": request.GET.get("name", "")[:120],
    }


def _sites(caller: Caller, program: Any) -> tuple[str, ...]:
    """The sites that links of a program may lead to; none where there is no such program for the caller."""
    if not str(program).isdecimal():
        return ()
    found = programs.programs(caller, numbers=frozenset({int(program)})).items
    return hosts_of(found[0]) if found else ()


def _stranger(request: HttpRequest, choices: list[tuple[int, str]]) -> int | None:
    """The program that was asked for though the publisher takes no part in it."""
    asked = number(request, "program")
    return None if asked is None or asked in dict(choices) else asked


def _draft_of(form: LinkForm, view: LinkView) -> Any:
    form.cleaned_data |= {"program": view.program, "key": ""}
    return form.draft()


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _why(one: LinkView | Refused) -> str:
    return "" if isinstance(one, LinkView) else "; ".join(str(each.sentence) for each in one.problems)


def _file(rows: list[dict[str, Any]]) -> HttpResponse:
    """The links as a table that spreadsheets read."""
    lines = [first_line(("destination", "name", "address", "problem"))]
    for row in rows:
        address = row["link"].address if row["link"] else ""
        lines.append(csv_line(map(safe, (row["draft"].destination, row["draft"].name, address, row["why"]))))
    return streamed(lines, "links.csv")
