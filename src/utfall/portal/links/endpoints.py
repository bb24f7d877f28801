"""The API's operations of links, codes and domains."""

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.links import facade
from utfall.portal.links.contracts import (
    CodeOrder,
    CodeView,
    DayClicks,
    DeepLink,
    DomainView,
    LeakReport,
    LinkView,
)
from utfall.portal.links.listed import BUYING, OWNING, PUBLISHERS, WATCHING
from utfall.portal.links.schemas import (
    CodeAnswer,
    CodeEnd,
    CodeOrderAnswer,
    CodeSent,
    DayClicksAnswer,
    DeepLinkAnswer,
    DeepLinkSent,
    DomainAnswer,
    DomainSent,
    LeakReportAnswer,
    LinkAnswer,
    LinkChange,
    LinkSent,
)
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Number,
    Paging,
    Query,
    Rows,
    Strict,
    bulk,
    listed,
)

endpoints = Endpoints("links", _("Links, codes and domains"))
MANAGE, TRACK = Permission.MANAGE, Permission.TRACK
MAKING = PUBLISHERS | BUYING


class LinksWanted(Paging):
    """Which links are wanted."""

    program: Number | None = None
    publisher: Number | None = None
    search: str = Field("", max_length=200)
    state: Literal["in_use", "broken", "ended"] = "in_use"


class CodesWanted(Paging):
    """Which codes are wanted."""

    program: Number | None = None
    publisher: Number | None = None
    search: str = Field("", max_length=40)
    ended: bool = False


class SpanWanted(Strict):
    """Of how many days."""

    days: Literal[30, 90] = 90


class LeaksWanted(SpanWanted):
    """Which codes' leaks are wanted."""

    program: Number | None = None


@endpoints.get("/links", answers=Listed[LinkAnswer], summary="Links")
def links(request: ApiRequest, wanted: Query[LinksWanted]) -> dict[str, Any]:
    """The caller's links, newest first."""
    found = facade.links(
        request.caller,
        program=wanted.program,
        publisher=wanted.publisher,
        search=wanted.search,
        broken=wanted.state == "broken",
        ended=wanted.state == "ended",
        after=wanted.after,
        count=wanted.limit,
    )
    return listed(found)


@endpoints.post("/links", answers=LinkAnswer, needs=MANAGE, kinds=MAKING, status=201, summary="Make a link")
def make(request: ApiRequest, body: LinkSent) -> LinkView:
    """A new tracking link."""
    return facade.create_link(request.caller, body.new())


@endpoints.post("/links/bulk", needs=MANAGE, kinds=MAKING, bulk=True, summary="Make many links")
def make_many(request: ApiRequest, body: Rows[LinkSent]) -> Any:
    """Each row on its own."""
    return bulk(body, lambda row: LinkAnswer.from_orm(facade.create_link(request.caller, row.new())).dict())


@endpoints.get("/links/{int:link}", answers=LinkAnswer, summary="One link")
def link(request: ApiRequest, link: int) -> LinkView:
    """One link."""
    return facade.link(request.caller, link)


@endpoints.put("/links/{int:link}", answers=LinkAnswer, needs=MANAGE, kinds=MAKING, summary="Change a link")
def change(request: ApiRequest, link: int, body: LinkChange) -> LinkView:
    """Where it leads and what it adds; its key and program stay."""
    standing = facade.link(request.caller, link)
    return facade.change_link(request.caller, link, body.draft(standing.program))


@endpoints.post("/links/{int:link}/end", answers=LinkAnswer, needs=MANAGE, kinds=MAKING, summary="End a link")
def end(request: ApiRequest, link: int) -> LinkView:
    """Clicks on it are credited no more."""
    return facade.end_link(request.caller, link)


@endpoints.post(
    "/links/{int:link}/revive", answers=LinkAnswer, needs=MANAGE, kinds=MAKING, summary="Revive a link"
)
def revive(request: ApiRequest, link: int) -> LinkView:
    """Clicks on it are credited again."""
    return facade.revive_link(request.caller, link)


@endpoints.post("/links/{int:link}/check", answers=LinkAnswer, summary="Check a link")
def check(request: ApiRequest, link: int) -> LinkView:
    """Visit its destination now."""
    return facade.check_link(request.caller, link)


@endpoints.post("/links/{int:link}/deep", answers=DeepLinkAnswer, summary="A deep link")
def deep(request: ApiRequest, link: int, body: DeepLinkSent) -> DeepLink:
    """An address to one page of the shop by this link."""
    return facade.deep_link(request.caller, link, body.destination)


@endpoints.get("/links/{int:link}/clicks", answers=list[DayClicksAnswer], summary="Clicks on a link")
def clicks(request: ApiRequest, link: int) -> tuple[DayClicks, ...]:
    """Valid clicks on each of the last thirty days (UTC), today the last."""
    return facade.clicks(request.caller, link)


@endpoints.get("/codes", answers=Listed[CodeAnswer], summary="Codes")
def codes(request: ApiRequest, wanted: Query[CodesWanted]) -> dict[str, Any]:
    """The caller's promo codes, newest first."""
    found = facade.codes(
        request.caller,
        program=wanted.program,
        publisher=wanted.publisher,
        search=wanted.search,
        ended=wanted.ended,
        after=wanted.after,
        count=wanted.limit,
    )
    return listed(found)


@endpoints.post(
    "/codes", answers=CodeAnswer, needs=MANAGE, kinds=BUYING, status=201, summary="Give out a code"
)
def assign(request: ApiRequest, body: CodeSent) -> CodeView:
    """Orders with it are the publisher's."""
    return facade.assign_code(request.caller, body.draft())


@endpoints.post("/codes/bulk", needs=MANAGE, kinds=BUYING, bulk=True, summary="Give out many codes")
def assign_many(request: ApiRequest, body: Rows[CodeSent]) -> Any:
    """Each row on its own."""
    return bulk(body, lambda row: CodeAnswer.from_orm(facade.assign_code(request.caller, row.draft())).dict())


@endpoints.get("/codes/leaks", answers=LeakReportAnswer, summary="Leak report")
def leaks(request: ApiRequest, wanted: Query[LeaksWanted]) -> LeakReport:
    """How orders with codes came about: without a click, by their own publisher's, or by somebody else's."""
    return facade.leaks(request.caller, program=wanted.program, days=wanted.days)


@endpoints.get("/codes/{int:code}", answers=CodeAnswer, summary="One code")
def code(request: ApiRequest, code: int) -> CodeView:
    """One code."""
    return facade.code(request.caller, code)


@endpoints.get(
    "/codes/{int:code}/orders", answers=list[CodeOrderAnswer], kinds=WATCHING, summary="Orders with a code"
)
def code_orders(request: ApiRequest, code: int, wanted: Query[SpanWanted]) -> tuple[CodeOrder, ...]:
    """The orders behind the leak report, newest first, each with the click it came by."""
    return facade.code_orders(request.caller, code, days=wanted.days)


@endpoints.post("/codes/{int:code}/end", answers=CodeAnswer, needs=MANAGE, kinds=BUYING, summary="End a code")
def end_code(request: ApiRequest, code: int, body: CodeEnd) -> CodeView:
    """Now, or at a later moment."""
    return facade.end_code(request.caller, code, body.ends_at)


@endpoints.get("/domains", answers=list[DomainAnswer], needs=TRACK, kinds=OWNING, summary="Tracking domains")
def domains(request: ApiRequest) -> list[DomainView]:
    """The caller's tracking domains."""
    return facade.domains(request.caller)


@endpoints.post(
    "/domains", answers=DomainAnswer, needs=TRACK, kinds=OWNING, status=201, summary="Add a domain"
)
def add_domain(request: ApiRequest, body: DomainSent) -> DomainView:
    """Add a host; point it at the edge, then check it."""
    return facade.add_domain(request.caller, body.host)


@endpoints.post(
    "/domains/{int:domain}/check", answers=DomainAnswer, needs=TRACK, kinds=OWNING, summary="Check a domain"
)
def check_domain(request: ApiRequest, domain: int) -> DomainView:
    """Look whether it leads to this installation's edge."""
    return facade.check_domain(request.caller, domain)


@endpoints.delete("/domains/{int:domain}", needs=TRACK, kinds=OWNING, summary="Remove a domain")
def remove_domain(request: ApiRequest, domain: int) -> None:
    """Its links go on under the installation's own address."""
    facade.remove_domain(request.caller, domain)
