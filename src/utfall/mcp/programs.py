"""Programs: what they pay, the terms in force, and their goals."""

from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta

from utfall.client import NotFound
from utfall.client.models import GoalSaid, Outcome, ProgramState
from utfall.mcp.desk import BUYING, SELLING, WATCHING_SELLERS, Desk
from utfall.mcp.plain import Plain, amount, listed, micros_of, plain
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, Amount, Few, Moment, Program, Tools

tools = Tools()

Search = Annotated[str | None, Meta(description="Part of a name.")]


@tools.reads("Programs")
def programs(
    desk: Desk,
    *,
    search: Search = None,
    state: Literal["draft", "in_review", "active", "paused", "closed"] | None = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """The programs this key may see, newest first: an advertiser's own, and for a publisher those it may
    join or is in. Each with the terms that count now."""
    wanted = None if state is None else ProgramState(state)
    return listed(desk.client.programs.programs(search=search, state=wanted, limit=limit, after=after))


@tools.reads("One program")
def program(desk: Desk, *, program: Program) -> Plain:
    """A program: what it is, the terms in force, its goal with forecast, and what is used of budgets and
    caps. For a publisher: what it pays now and what changes."""
    found = desk.client.programs.program(program)
    told: Plain = {"program": plain(found)}
    if desk.key.kind in SELLING:
        return told | {"pays": plain(desk.client.commission.offer(program))}
    told["limits"] = [plain(one) for one in desk.client.programs.limits(program)]
    try:
        progress = desk.client.programs.progress(program)
    except NotFound:
        return told
    told["goal_progress"] = {k: v for k, v in plain(progress, currency=found.currency).items() if k != "days"}
    return told


@tools.reads("Terms in force")
def terms_in_force(desk: Desk, *, program: Program, at: Moment = None) -> Plain:
    """The version of a program's terms that was in force at a moment (left out: now): look-back windows,
    attribution, hold, automatic approval, allowed ways of promotion. A click and an order are judged by the
    terms of their own moment."""
    told: Plain = plain(desk.client.programs.terms(program, at=at))
    return told


@tools.reads("The marketplace", kinds=WATCHING_SELLERS)
def marketplace(
    desk: Desk,
    *,
    search: Search = None,
    country: Annotated[str | None, Meta(description="ISO 3166, two letters.")] = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Programs a publisher can join or apply to: what they pay, how quickly they decide, how many they let
    in, earnings per click, and what stands in your way."""
    return listed(desk.client.partners.marketplace(q=search, country=country, limit=limit, after=after))


@tools.writes(
    "Set a program's goal", operation="programs_set_goal", needs="manage", kinds=BUYING, can_be_undone=True
)
def set_goal(
    desk: Desk,
    *,
    program: Program,
    outcome: Literal["click", "lead", "action", "sale", "install"],
    target: Annotated[int, Meta(ge=1, description="How many of them.")],
    starts_on: Annotated[date, Meta(description="The first day.")],
    ends_on: Annotated[date, Meta(description="The last day.")],
    max_cost: Annotated[
        Amount | None, Meta(description="For each at most so much, in the program's currency.")
    ] = None,
) -> Plan:
    """Set how many outcomes a program is to have by when, each for at most so much. A goal that runs or
    comes is replaced by it; one that is over stays in the history. It changes no price and no budget."""
    found = desk.client.programs.program(program)
    cost = None if max_cost is None else micros_of(max_cost, found.currency, "max_cost")
    said = GoalSaid(
        outcome=Outcome(outcome),
        target=target,
        starts_on=starts_on,
        ends_on=ends_on,
        max_cost_micros=UNSET if cost is None else cost,
    )
    each = "" if cost is None else f", each for at most {amount(cost, found.currency)}"
    words = f"{target} {outcome}s from {starts_on} to {ends_on}{each}"
    now = None if found.goal is None else plain(found.goal, currency=found.currency)
    return Plan(
        would=f"Set the goal of {found.name}: {words}.",
        changes={"goal": {"now": now, "then": words}},
        seen=found.goal,
        look=lambda: desk.client.programs.program(program).goal,
        do=lambda key: {
            "goal": plain(
                desk.client.programs.set_goal(program, said, idempotency_key=key), currency=found.currency
            )
        },
    )
