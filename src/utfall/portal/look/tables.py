"""Lists of many rows: sorting, filtering, pages by cursor."""

from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from utfall.portal.access import Slice
from utfall.portal.access.errors import Words
from utfall.portal.look.library import register
from utfall.portal.look.navigation import Entry, Group

CURSOR = "after"


@register.simple_tag(takes_context=True)
def sort_link(context: Context, name: str, words: Words) -> SafeString:
    """A column's heading that sorts by it, and then the other way round: `sort=name`, `sort=-name`."""
    request: HttpRequest = context["request"]
    current = request.GET.get("sort", "")
    wanted = f"-{name}" if current == name else name
    arrow = {name: "↑", f"-{name}": "↓"}.get(current, "")
    return format_html(
        '<a class="sort{}" href="?{}">{} <span aria-hidden="true">{}</span></a>',
        *(" sort-here" if arrow else "", query_with(request, sort=wanted), words, arrow),
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's query with some parameters changed (None takes one away), from the first page on."""
    return "?" + query_with(context["request"], **changes)


def query_with(request: HttpRequest, **changes: Any) -> str:
    """The query of a request with some parameters changed; a cursor holds for one order only."""
    asked = request.GET.copy()
    asked.pop(CURSOR, None)
    for name, value in changes.items():
        if value is None or value == "":
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    return asked.urlencode()


@register.inclusion_tag("look/parts/pager.html", takes_context=True)
def pager(context: Context, items: Slice[Any], target: str = "") -> dict[str, Any]:
    """The way on in a list, and back to its beginning; `target` (`#rows`) is swapped, not the whole page."""
    request: HttpRequest = context["request"]
    following = query_with(request, **{CURSOR: items.following}) if items.following is not None else ""
    first = query_with(request) if CURSOR in request.GET else None
    return {"following": following, "first": first, "target": target, "path": request.path}


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: SafeString, target: str = "", search: Words = "") -> str:
    """A bar of filters around `<select>`s and inputs: the list in `target` follows, and so does the URL."""
    request: HttpRequest = context["request"]
    told = {
        "content": content,
        "target": target,
        "search": search,
        "q": request.GET.get("q", ""),
        "path": request.path,
        "is_filtered": any(value for name, value in request.GET.items() if name not in (CURSOR, "sort")),
    }
    return render_to_string("look/parts/filters.html", told)


@register.filter
def first_entries(menu: list[Group], count: int) -> list[Entry]:
    """The first lines of a menu, across its groups."""
    return [entry for group in menu for entry in group.entries][:count]
