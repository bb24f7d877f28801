"""Commission rules: those in force, and a new list of them, looked over before it is proposed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from utfall.client.models import (
    ConditionTree,
    FlatPrice,
    Outcome,
    RuleBody,
    RulesBody,
    RulesChange,
    SharePrice,
)
from utfall.mcp.desk import BUYING, WATCHING_BUYERS, Desk
from utfall.mcp.plain import Plain, amount, micros_of, percent, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import Id, Moment, Program, Tools

tools = Tools()

PPM_PER_PERCENT: Final = 10_000


class RuleWanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of the new list. With `rule`, what is left out stays as that rule in force has it."""

    rule: Annotated[Id | None, Meta(description="The rule in force that it goes on from.")] = None
    name: Annotated[str, Meta(max_length=80, description="Left out: as it was.")] = ""
    outcome: Literal["click", "lead", "action", "sale", "install"] | None = None
    percent: Annotated[str | None, Meta(description="A share of each order line: 8.5.")] = None
    amount: Annotated[str | None, Meta(description="Or an amount in the program's currency: 50.00.")] = None
    per: Literal["order", "unit"] = "order"
    when: Annotated[
        Mapping[str, Any] | UnsetType | None,
        Meta(description="Its condition as the tool rules shows one; null: none."),
    ] = UNSET
    group: Annotated[Id | None, Meta(description="Only this partner group.")] = None
    publisher: Annotated[Id | None, Meta(description="Only this publisher.")] = None
    ends_at: Annotated[Moment, Meta(description="When it stops paying by itself.")] = None


@tools.reads("Commission rules", kinds=WATCHING_BUYERS)
def rules(
    desk: Desk,
    *,
    program: Program,
    ever: Annotated[bool, Meta(description="True: also those that were or will be.")] = False,
) -> Plain:
    """The commission rules of a program in order of precedence: the first that fits an order pays.
    `words` says each in a sentence; `when` is its condition."""
    currency = desk.client.programs.program(program).currency
    return {
        "rules": [_told(one, currency) for one in desk.client.commission.rules(program, ever=ever or None)]
    }


@tools.writes("Propose commission rules", operation="commission_change_rules", needs="price", kinds=BUYING)
def propose_rules(
    desk: Desk,
    *,
    program: Program,
    rules: Annotated[Sequence[RuleWanted], Meta(min_length=1, max_length=100)],
    effective_from: Annotated[Moment, Meta(description="Left out: at once. Never in the past.")] = None,
    why: Annotated[str, Meta(max_length=500, description="Stands in the log and with the change.")] = "",
) -> Plan:
    """Put a whole list of rules in place of those in force, the first with precedence. A rule that goes on is
    given by `rule` alone; one that is not in the list ends. The dry run is the portal's own linter: rules
    that never pay, gaps, and prices that look like a slip. Orders settled before keep their terms."""
    found = desk.client.programs.program(program)
    standing = desk.client.commission.rules(program)
    bodies = [_body(one, standing, found.currency) for one in rules]
    remarks = desk.client.commission.lint(program, RulesBody(rules=bodies))
    body = RulesChange(
        rules=bodies, effective_from=UNSET if effective_from is None else effective_from, why=why
    )
    return Plan(
        would=f"Pay by {len(bodies)} rules in {found.name} from {_when(effective_from)} on.",
        changes=_changes(standing, rules, bodies, found.currency),
        notes=(
            *(f"{one.weight}: {one.sentence} {one.mend}".rstrip() for one in remarks),
            "Where the program asks for a second person, the list waits for one and is not in force before.",
        ),
        seen=standing,
        look=lambda: desk.client.commission.rules(program),
        do=lambda key: {
            "changed": plain(desk.client.commission.change_rules(program, body, idempotency_key=key))
        },
    )


def _when(moment: datetime | None) -> str:
    return "now" if moment is None else moment.isoformat()


def _body(wanted: RuleWanted, standing: Sequence[Any], currency: str) -> RuleBody:
    before = _before(wanted, standing)
    outcome = wanted.outcome or (before and before.outcome)
    if not outcome:
        raise Declined(
            "outcome_needed", "A new rule says for which outcome it pays.", "Say `outcome`.", "rules"
        )
    group, publisher = (
        wanted.group or (before and before.group),
        wanted.publisher or (before and before.publisher),
    )
    ends_at = wanted.ends_at or (before and before.ends_at)
    return RuleBody(
        name=wanted.name or (before.name if before else ""),
        outcome=Outcome(str(outcome)),
        price=_price(wanted, before, currency),
        when=_condition(wanted, before),
        action=before.action if before else "",
        group=group or UNSET,
        publisher=publisher or UNSET,
        ends_at=ends_at or UNSET,
        rule=wanted.rule or UNSET,
    )


def _before(wanted: RuleWanted, standing: Sequence[Any]) -> Any:
    if wanted.rule is None:
        return None
    found = next((one for one in standing if one.id == wanted.rule), None)
    if found is None:
        sentence = f"No rule {wanted.rule} is in force."
        raise Declined("rule_unknown", sentence, "See rules for those in force.", "rules")
    return found


def _price(wanted: RuleWanted, before: Any, currency: str) -> Any:
    if (wanted.percent is not None) and (wanted.amount is not None):
        raise Declined(
            "price_twice", "A rule pays a share or an amount, not both.", "Leave one out.", "rules"
        )
    if wanted.percent is not None:
        return SharePrice(ppm=_ppm(wanted.percent))
    if wanted.amount is not None:
        return FlatPrice(micros=micros_of(wanted.amount, currency, "rules"), per=wanted.per)
    if before is None:
        raise Declined("price_needed", "A new rule says what it pays.", "Say `percent` or `amount`.", "rules")
    return before.price


def _ppm(text: str) -> int:
    """A share in percent, in parts per million; nothing is rounded."""
    try:
        ppm = Decimal(text.strip().removesuffix("%").strip()) * PPM_PER_PERCENT
    except InvalidOperation:
        ppm = Decimal("NaN")
    if not ppm.is_finite() or ppm != ppm.to_integral_value():
        mend = "Write it with a dot and at most four decimals, such as 8.5."
        raise Declined("percent_wrong", f"“{text}” is no share in percent.", mend, "rules")
    return int(ppm)


def _condition(wanted: RuleWanted, before: Any) -> Any:
    if wanted.when is UNSET:
        return before.when if before is not None and before.when is not None else UNSET
    if wanted.when is None:
        return UNSET
    try:
        return msgspec.convert(wanted.when, ConditionTree)
    except msgspec.ValidationError as error:
        mend = 'Write it as {"type": "test", "field": "line.category", "op": "eq", "value": "shoes"}.'
        raise Declined("condition_wrong", f"{error}.", mend, "rules") from error


def _changes(
    standing: Sequence[Any], wanted: Sequence[RuleWanted], bodies: Sequence[RuleBody], currency: str
) -> Plain:
    """What goes on, what changes, what begins and what ends, each in words."""
    named = {one.id: one for one in standing}
    kept = {one.rule for one in wanted if one.rule is not None}
    pairs = list(zip(wanted, bodies, strict=True))
    told = {
        "goes_on": [named[one.rule].words for one, _ in pairs if one.rule and not _differs(one)],
        "changes": [
            {"now": named[one.rule].words, "then": _words(body, currency)}
            for one, body in pairs
            if one.rule and _differs(one)
        ],
        "begins": [_words(body, currency) for one, body in pairs if one.rule is None],
        "ends": [one.words for one in standing if one.id not in kept],
    }
    return {name: value for name, value in told.items() if value}


def _differs(wanted: RuleWanted) -> bool:
    return wanted != RuleWanted(rule=wanted.rule)


def _words(body: RuleBody, currency: str) -> str:
    extent = " with a condition" if body.when is not UNSET else ""
    only = "".join(
        f", only {noun} {number}"
        for noun, number in (("group", body.group), ("publisher", body.publisher))
        if number is not UNSET
    )
    return f"{body.name or 'a rule'}: {_pays(body.price, currency)} for each {body.outcome}{extent}{only}"


def _pays(price: Any, currency: str) -> str:
    match price:
        case SharePrice():
            return percent(price.ppm)
        case FlatPrice():
            return f"{amount(price.micros, currency)} per {price.per}"
    return f"{amount(price.micros, currency)} per thousand"


def _told(rule: Any, currency: str) -> Plain:
    told: Plain = plain(rule, currency)
    told["pays"] = _pays(rule.price, currency)
    if rule.when is not None:
        told["when"] = msgspec.to_builtins(rule.when)
    return {name: value for name, value in told.items() if name != "price"}
