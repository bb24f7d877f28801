"""Pages of products: which programs have some, the products with what each pays, and files of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu, NotFound
from utfall.portal.access import Kind as Party
from utfall.portal.access.paging import whole
from utfall.portal.feeds import exporting, facade
from utfall.portal.feeds.contracts import Order, ProductView
from utfall.portal.feeds.listed import pages, wanted_of
from utfall.portal.feeds.words import STOCK_WORDS
from utfall.portal.links import facade as links
from utfall.portal.programs import facade as programs

MANY: Final = 200
ORDERS: Final = {
    Order.COMMISSION: gettext_lazy("Pays most first"),
    Order.CHEAPEST: gettext_lazy("Cheapest first"),
    Order.DEAREST: gettext_lazy("Dearest first"),
    Order.FEED: gettext_lazy("As in the feed"),
}
FILTERS: Final = ("q", "category", "brand", "stock", "after")


@pages.page("feeds/", name="index", menu=Menu(gettext_lazy("Products"), "shopping-bag", 58))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The programs that have products, and how their feeds are."""
    found = facade.feeds(caller)
    known = programs.programs(
        caller, numbers=frozenset(one.program for one in found) or None, count=MANY
    ).items
    by_number = {one.id: one for one in known}
    having = {one.program for one in found}
    context = {
        "rows": [(one, by_number[one.program]) for one in found if one.program in by_number],
        "without": [] if having else list(known)[:MANY],
        "is_publisher": caller.kind is Party.PUBLISHER,
        "stale": timezone.now() - timedelta(days=2),
    }
    return render(request, "feeds/index.html", context)


@pages.page("programs/<int:program>/products/", name="products")
def products(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The products of a program, with what each pays."""
    is_publisher = caller.kind is Party.PUBLISHER
    wanted = wanted_of(request, Order.COMMISSION if is_publisher else Order.FEED)
    own = links.links(caller, program=program, count=MANY).items if is_publisher else []
    link = whole(request.GET.get("link", "")) or (own[0].id if own else None)
    after = whole(request.GET.get("after", ""))
    found = facade.products(caller, program, wanted, after=after, link=link)
    context: dict[str, Any] = {
        "program": programs.program(caller, program),
        "found": found,
        "wanted": wanted,
        "orders": list(ORDERS.items()),
        "choices": facade.choices(caller, program),
        "stock_words": STOCK_WORDS,
        "stocks": list(STOCK_WORDS.items()),
        "links": own,
        "link": link,
        "is_publisher": is_publisher,
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
    }
    return render(request, "feeds/products.html", context)


@pages.page("programs/<int:program>/products.<slug:form>", name="file")
def file(request: HttpRequest, caller: Caller, program: int, form: str) -> HttpResponse:
    """The products as a file, written as it is read."""
    wanted = wanted_of(request, Order.FEED)
    rows = facade.stream(caller, program, wanted, whole(request.GET.get("link", "")))
    content, kind = _written(rows, form)
    answer = StreamingHttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="products-{program}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return cast(HttpResponse, answer)


def _written(rows: Iterator[ProductView], form: str) -> tuple[Iterator[str] | Iterator[bytes], str]:
    match form:
        case "csv":
            return exporting.as_table(rows), "text/csv; charset=utf-8"
        case "jsonl":
            return exporting.as_lines(rows), "application/jsonl; charset=utf-8"
        case _:
            raise NotFound
