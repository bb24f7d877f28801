"""Budgets and caps: what is used of them, another height, and new ones."""

from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta

from utfall.client.models import (
    LimitHeightSaid,
    LimitMeasure,
    LimitOverrun,
    LimitPeriod,
    LimitSaid,
    Outcome,
)
from utfall.mcp.desk import BUYING, WATCHING_BUYERS, Desk
from utfall.mcp.plain import Plain, amount, micros_of, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import Id, Program, Tools

tools = Tools()

Height = Annotated[
    str,
    Meta(max_length=30, description="In the program's currency, as 25000.00; a whole number of outcomes."),
]
Over = Literal["refuse", "clamp"]
Why = Annotated[str, Meta(max_length=500, description="Stands in the audit log.")]
SECOND: Final = "Where the program asks for a second person, it waits for one and is not in force before."


@tools.reads("Budgets and caps", kinds=WATCHING_BUYERS)
def limits(desk: Desk, *, program: Program) -> Plain:
    """Budgets and caps of a program, with what their current period has used: `reserved` is not
    certain yet, `settled` is certain, `left` may still be spent."""
    currency = desk.client.programs.program(program).currency
    uses = {one.limit: one for one in desk.client.programs.uses(program)}
    return {
        "limits": [_told(one, uses.get(one.id), currency) for one in desk.client.programs.limits(program)]
    }


@tools.writes(
    "Change a budget or cap",
    operation="programs_change_limit",
    needs="price",
    kinds=BUYING,
    can_be_undone=True,
)
def change_limit(
    desk: Desk,
    *,
    program: Program,
    limit: Annotated[Id, Meta(description="Its number (tool limits).")],
    height: Height,
    over: Annotated[Over | None, Meta(description="What happens beyond; left out: as it is.")] = None,
    why: Why = "",
) -> Plan:
    """Raise or lower a budget or cap. What it counts never changes. Outcomes beyond it are refused, or
    clamped to what is left, from then on; nothing that was settled changes."""
    currency = desk.client.programs.program(program).currency
    standing = _limit(desk, program, limit)
    cap = _cap(height, standing.measure, currency)
    then = _height(cap, standing, currency)
    body = LimitHeightSaid(
        cap=cap, over=standing.over if over is None else LimitOverrun(over), name=standing.name, why=why
    )
    used = next((one for one in desk.client.programs.uses(program) if one.limit == limit), None)
    beyond = used is not None and used.reserved + used.settled > cap
    return Plan(
        would=f"Set {_called(standing)} of {desk.program_name(program)} to {then}.",
        changes={
            "height": {"now": _height(standing.cap, standing, currency), "then": then},
            "over": {"now": str(standing.over), "then": str(body.over)},
        },
        notes=(
            *(
                ("More than this is used already: nothing more fits until the next period.",)
                if beyond
                else ()
            ),
            SECOND,
        ),
        seen=standing,
        look=lambda: _limit(desk, program, limit),
        do=lambda key: plain(
            desk.client.programs.change_limit(program, limit, body, idempotency_key=key), currency
        ),
    )


@tools.writes("Add a budget or cap", operation="programs_add_limit", needs="price", kinds=BUYING)
def add_limit(
    desk: Desk,
    *,
    program: Program,
    measure: Annotated[
        Literal["cost", "commission", "count"],
        Meta(description="cost: commission and fee; count: a number of outcomes."),
    ],
    period: Literal["day", "week", "month", "total"],
    height: Height,
    name: Annotated[str, Meta(max_length=80, description="What you call it.")] = "",
    over: Over = "refuse",
    outcome: Literal["click", "lead", "action", "sale", "install"] | None = None,
    group: Annotated[Id | None, Meta(description="Only of this partner group.")] = None,
    publisher: Annotated[Id | None, Meta(description="Only of this publisher.")] = None,
    per_publisher: Annotated[bool, Meta(description="True: each publisher has a cap of its own.")] = False,
) -> Plan:
    """Add a budget or cap to a program. It counts from the next outcome on."""
    currency = desk.client.programs.program(program).currency
    cap = _cap(height, measure, currency)
    body = LimitSaid(
        measure=LimitMeasure(measure),
        period=LimitPeriod(period),
        cap=cap,
        name=name or UNSET,
        over=LimitOverrun(over),
        outcome=UNSET if outcome is None else Outcome(outcome),
        group=UNSET if group is None else group,
        publisher=UNSET if publisher is None else publisher,
        per_publisher=per_publisher,
    )
    said = f"{cap} outcomes" if measure == "count" else f"{measure} of {amount(cap, currency)}"
    return Plan(
        would=f"Add a cap to {desk.program_name(program)}: at most {said} each {period}, beyond it {over}.",
        changes={"limit": {"now": "none", "then": name or said}},
        notes=(SECOND,),
        seen=desk.client.programs.limits(program),
        look=lambda: desk.client.programs.limits(program),
        do=lambda key: plain(desk.client.programs.add_limit(program, body, idempotency_key=key), currency),
    )


def _limit(desk: Desk, program: int, limit: int) -> Any:
    found = next((one for one in desk.client.programs.limits(program) if one.id == limit), None)
    if found is None:
        sentence = f"Program {program} has no budget or cap {limit}."
        raise Declined("not_found", sentence, "See limits for those there are.", "limit")
    return found


def _cap(height: str, measure: Any, currency: str) -> int:
    """A height in micros, or as a count."""
    if str(measure) != "count":
        return micros_of(height, currency, "height")
    text = height.strip()
    if not (text.isascii() and text.isdecimal()):
        raise Declined("amount_wrong", f"“{height}” is no number of outcomes.", "Write it as 250.", "height")
    return int(text)


def _height(cap: int, limit: Any, currency: str) -> str:
    return f"{cap} outcomes" if str(limit.measure) == "count" else amount(cap, currency)


def _called(limit: Any) -> str:
    return f"“{limit.name}”" if limit.name else f"the cap {limit.id}"


def _told(limit: Any, use: Any, currency: str) -> Plain:
    told: Plain = plain(limit)
    told["height"] = _height(told.pop("cap"), limit, currency)
    if use is not None:
        told["used"] = {
            "period": use.period,
            **{
                name: _height(getattr(use, name), limit, currency) for name in ("reserved", "settled", "left")
            },
        }
    return told
