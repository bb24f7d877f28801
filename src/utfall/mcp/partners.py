"""Partners: who is in a program, who asks to be, and decisions about that."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta

from utfall.client.models import (
    ApplicationDecision,
    ApplicationSent,
    PartnershipState,
    ProgramInvitation,
    PromotionType,
    ReapplyRule,
    RejectionReason,
)
from utfall.mcp.desk import BUYING, SELLING, WATCHING_BUYERS, Desk
from utfall.mcp.plain import Plain, listed, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, AnyProgram, AnyPublisher, Few, Id, Program, Tools

tools = Tools()

State = Literal["pending", "approved", "rejected", "invited", "declined", "paused", "banned", "archived"]
Way = Literal[
    "content",
    "email",
    "price_comparison",
    "voucher",
    "cashback",
    "loyalty",
    "card_linked",
    "employee_benefits",
    "sub_network",
    "display",
    "search",
    "retargeting",
    "extension",
]
Note = Annotated[str, Meta(max_length=1000, description="A word that the publisher reads.")]
Group = Annotated[Id | None, Meta(description="The partner group it is put into.")]


@tools.reads("Partnerships")
def partnerships(
    desk: Desk,
    *,
    program: AnyProgram = None,
    publisher: AnyPublisher = None,
    state: State | None = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Who is in which program and how they stand; only an approved partnership earns. Newest first."""
    wanted = None if state is None else PartnershipState(state)
    found = desk.client.partners.partnerships(
        program=program, publisher=publisher, state=wanted, limit=limit, after=after
    )
    return _named(desk, listed(found))


@tools.reads("Applications")
def applications(
    desk: Desk,
    *,
    program: AnyProgram = None,
    waiting: Annotated[bool | None, Meta(description="True: those nobody has decided yet.")] = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Applications to programs with their answers, ways of promotion and message, and what became of them."""
    return _named(
        desk,
        listed(desk.client.partners.applications(program=program, waiting=waiting, limit=limit, after=after)),
    )


@tools.reads("Find publishers", kinds=WATCHING_BUYERS)
def find_publishers(
    desk: Desk,
    *,
    search: Annotated[str, Meta(max_length=80, description="Part of a name or description.")] = "",
) -> Plain:
    """Publishers of the market that an advertiser may invite, with their profile and properties."""
    return {"publishers": [plain(one) for one in desk.client.partners.find(q=search or None)]}


def _named(desk: Desk, told: Plain) -> Plain:
    for one in told["items"]:
        one["program_name"] = desk.program_name(one["program"])
        one["publisher_name"] = desk.publisher_name(one["publisher"])
    return told


@tools.writes("Decide about an application", operation="partners_decide", needs="manage", kinds=BUYING)
def decide_application(
    desk: Desk,
    *,
    application: Annotated[Id, Meta(description="Its number (tool applications).")],
    verdict: Literal["approved", "rejected"],
    reason: Annotated[
        Literal["promotion_type", "audience", "content", "incomplete", "brand", "full", "other"] | None,
        Meta(description="Needed to reject."),
    ] = None,
    note: Note = "",
    reapply: Annotated[
        Literal["at_once", "later", "never"], Meta(description="When it may ask again, if rejected.")
    ] = "later",
    group: Group = None,
) -> Plan:
    """Let a publisher into a program, or turn it down with a reason. Approved, it earns from now on."""
    asked = desk.client.partners.application(application)
    if asked.decided_at is not None:
        sentence = f"Application {application} was decided already: {asked.verdict}."
        raise Declined("decided_already", sentence, "Look at the partnership; it can be paused or ended.")
    if (verdict == "rejected") != (reason is not None):
        raise Declined(
            "reason_needed", "A rejection has a reason, an approval none.", "Say `reason`.", "reason"
        )
    body = ApplicationDecision(
        verdict=PartnershipState(verdict),
        reason=UNSET if reason is None else RejectionReason(reason),
        note=note,
        reapply=ReapplyRule(reapply),
        group=UNSET if group is None else group,
    )
    who, what = _who(desk, asked.publisher), _what(desk, asked.program)
    return Plan(
        would=f"Let {who} into {what}." if reason is None else f"Turn {who} down for {what}: {reason}.",
        changes={"application": {"now": "waiting", "then": verdict}},
        notes=(f"The publisher reads: “{note}”",) if note else (),
        seen=asked,
        look=lambda: desk.client.partners.application(application),
        do=lambda key: {
            "partnership": plain(desk.client.partners.decide(application, body, idempotency_key=key))
        },
    )


@tools.writes("Invite a publisher", operation="partners_invite", needs="manage", kinds=BUYING)
def invite_publisher(
    desk: Desk,
    *,
    program: Program,
    publisher: Annotated[Id, Meta(description="The publisher's number (tool find_publishers).")],
    note: Note = "",
    group: Group = None,
) -> Plan:
    """Invite a publisher into a program; it is told by letter, and earns once it accepts."""
    body = ProgramInvitation(
        program=program, publisher=publisher, note=note, group=UNSET if group is None else group
    )
    standing = _standing(desk, program, publisher)
    return Plan(
        would=f"Invite {_who(desk, publisher)} into {_what(desk, program)}.",
        changes={"partnership": {"now": standing, "then": "invited"}},
        notes=(f"The publisher reads: “{note}”",) if note else (),
        seen=standing,
        look=lambda: _standing(desk, program, publisher),
        do=lambda key: {"partnership": plain(desk.client.partners.invite(body, idempotency_key=key))},
    )


@tools.writes("Apply to a program", operation="partners_apply", needs="manage", kinds=SELLING)
def apply_to_program(
    desk: Desk,
    *,
    program: Program,
    promotion_types: Annotated[Sequence[Way], Meta(min_length=1, description="How you would promote it.")],
    answers: Annotated[
        dict[str, str] | None, Meta(description="To the program's questions, by their key (tool program).")
    ] = None,
    properties: Annotated[Sequence[int], Meta(description="Numbers of your sites or apps.")] = (),
    message: Annotated[str, Meta(max_length=2000, description="What the advertiser reads.")] = "",
) -> Plan:
    """Ask to be let into a program. One that approves by itself answers at once."""
    offer = desk.client.partners.offer(program)
    body = ApplicationSent(
        program=program,
        promotion_types=[PromotionType(one) for one in promotion_types],
        answers=answers or {},
        properties=properties,
        message=message,
    )
    state = None if offer.partnership is None else offer.partnership.state
    return Plan(
        would=f"Apply to {offer.name} of {offer.advertiser} as {', '.join(promotion_types)}.",
        changes={
            "partnership": {"now": state, "then": "pending, or approved where the program approves by itself"}
        },
        notes=tuple(f"In the way: {one.says} {one.mend}" for one in offer.obstacles),
        seen=offer.partnership,
        look=lambda: desk.client.partners.offer(program).partnership,
        do=lambda key: {"partnership": plain(desk.client.partners.apply(body, idempotency_key=key))},
    )


def _standing(desk: Desk, program: int, publisher: int) -> Any:
    found = desk.client.partners.partnerships(program=program, publisher=publisher, limit=1)
    return found.items[0].state if found.items else None


def _who(desk: Desk, publisher: int) -> str:
    return desk.publisher_name(publisher) or f"publisher {publisher}"


def _what(desk: Desk, program: int) -> str:
    return desk.program_name(program) or f"program {program}"
