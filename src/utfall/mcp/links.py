"""Tracking links and promo codes."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import UNSET, Meta

from utfall.client.models import LinkSent
from utfall.mcp.desk import SELLING, Desk
from utfall.mcp.plain import Plain, listed, plain
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, AnyProgram, AnyPublisher, Few, Id, Program, Tools

tools = Tools()


@tools.reads("Tracking links")
def links(
    desk: Desk,
    *,
    search: Annotated[str | None, Meta(description="Part of a name or destination.")] = None,
    program: AnyProgram = None,
    publisher: AnyPublisher = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Tracking links with the address a publisher puts on its page, where it leads, and what the last check
    of that page found. Newest first."""
    return listed(
        desk.client.links.links(search=search, program=program, publisher=publisher, limit=limit, after=after)
    )


@tools.reads("Promo codes")
def codes(
    desk: Desk,
    *,
    search: Annotated[str | None, Meta(description="Part of a code.")] = None,
    program: AnyProgram = None,
    publisher: AnyPublisher = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Promo codes, whose they are, and how long they hold."""
    return listed(
        desk.client.links.codes(search=search, program=program, publisher=publisher, limit=limit, after=after)
    )


@tools.reads("Deep link into a shop")
def deep_link(
    desk: Desk,
    *,
    link: Annotated[Id, Meta(description="A link of the program (tool links).")],
    destination: Annotated[str, Meta(max_length=2000, description="The page of the shop.")],
) -> Plain:
    """The address to one page of the shop by an existing link; nothing is made or changed. Refused where
    the page is not the program's."""
    from utfall.client.models import DeepLinkSent

    told: Plain = plain(desk.client.links.deep(link, DeepLinkSent(destination=destination)))
    return told


@tools.writes(
    "Build a tracking link", operation="links_make", needs="manage", kinds=SELLING, can_be_undone=True
)
def build_link(
    desk: Desk,
    *,
    program: Program,
    destination: Annotated[
        str, Meta(max_length=2000, description="The page it leads to; left out: the program's own page.")
    ] = "",
    name: Annotated[str, Meta(max_length=80, description="What you call it.")] = "",
    subs: Annotated[
        Sequence[str], Meta(max_length=5, description="Sub ids that reports can be split by.")
    ] = (),
    property: Annotated[Id | None, Meta(description="Of your sites or apps, the one it is for.")] = None,
) -> Plan:
    """Make a tracking link into a program that lets you in. The address counts clicks from the moment it is
    made; a link can be ended again."""
    found = desk.client.programs.program(program)
    body = LinkSent(
        program=program,
        destination=destination,
        name=name,
        subs=subs,
        property=UNSET if property is None else property,
    )
    standing = desk.client.partners.partnerships(program=program, limit=1).items
    state = standing[0].state if standing else "no partner"
    notes = () if state == "approved" else (f"You are {state} in {found.name}: the portal may refuse it.",)
    return Plan(
        would=f"Make a link into {found.name} to {destination or found.website or 'its own page'}.",
        changes={"link": {"now": "none", "then": name or "a link without a name"}},
        notes=notes,
        do=lambda key: {"link": plain(desk.client.links.make(body, idempotency_key=key))},
    )
