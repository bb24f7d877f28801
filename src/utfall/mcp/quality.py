"""Doubtful traffic: what was found, which orders it blames, and how publishers compare."""

from typing import Annotated, Literal

from msgspec import Meta

from utfall.client.models import FindingState
from utfall.mcp.desk import SELLING, WATCHING_BUYERS, Desk
from utfall.mcp.plain import Plain, listed, plain
from utfall.mcp.tools import After, AnyProgram, AnyPublisher, Few, Id, Program, Tools

tools = Tools()


@tools.reads("Doubtful traffic", kinds=WATCHING_BUYERS)
def doubtful_traffic(
    desk: Desk,
    *,
    state: Literal["open", "dismissed", "gone"] | None = "open",
    program: AnyProgram = None,
    publisher: AnyPublisher = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """What looks doubtful, the most money at stake first: late and flooded clicks, robots, own orders,
    duplicate leads, leaked codes. Each in one sentence, with how likely it is by chance alone. A finding is
    no proof."""
    wanted = None if state is None else FindingState(state)
    return listed(
        desk.client.quality.findings(
            state=wanted, program=program, publisher=publisher, limit=limit, after=after
        )
    )


@tools.reads("Orders that a finding blames", kinds=WATCHING_BUYERS)
def doubtful_orders(
    desk: Desk,
    *,
    finding: Annotated[Id, Meta(description="Its number (tool doubtful_traffic).")],
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """The orders behind a finding, each with its sentence and the chance that it is honest after all. To
    decline some, give them to decide_conversions with the sentence as evidence."""
    return listed(desk.client.quality.blamed(finding, limit=limit, after=after))


@tools.reads("Publishers compared", kinds=WATCHING_BUYERS)
def publishers_compared(desk: Desk, *, program: Program, limit: Few = 20, after: After = None) -> Plain:
    """How the traffic of each publisher of a program looks beside the others': conversion and approval
    rate, time from click to order, clicks that did not count by reason."""
    return listed(desk.client.quality.profiles(program, limit=limit, after=after))


@tools.reads("How your traffic compares", kinds=SELLING)
def own_traffic(desk: Desk) -> Plain:
    """A publisher's own rates in each program, beside the quartiles of the others, without names."""
    return {"programs": [plain(one) for one in desk.client.quality.mine()]}
