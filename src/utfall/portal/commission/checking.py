"""What keeps a list of rules from being sealed, each with a code and a sentence that says how to mend it.

The terms have the last word: what they refuse and this does not know is refused in their words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from utfall.events import Outcome
from utfall.events.limits import PRICE_MICROS
from utfall.money import PPM
from utfall.portal.access import Problem
from utfall.portal.access.times import to_ms
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.views import sealed_drafts
from utfall.terms import (
    FIELDS,
    AllOf,
    AnyOf,
    Condition,
    Flat,
    Not,
    PerThousand,
    Portion,
    Test,
    Tiered,
    check_market,
    prices_in,
)
from utfall.terms.conditions import MAX_DEPTH, MAX_VALUES, OPERATORS, names_line
from utfall.terms.market import MOST_STEPS, Market

MOST_RULES: Final = 500
NAME_CHARS: Final = 120
ACTION_CHARS: Final = 60
VALUE_CHARS: Final = 200
TOUCHES: Final = frozenset({Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK})
"""Outcomes that are no orders: they have no amount and no basket."""
LISTS: Final = frozenset({"in", "not_in", "between"})
TYPES: Final[Mapping[str, type]] = {"text": str, "number": int, "flag": bool}


def problems_of_list(
    drafts: Sequence[RuleDraft],
    program: int,
    start: datetime,
    groups: Collection[int],
    publishers: Collection[int],
) -> list[Problem]:
    """Everything that is wrong with a list of rules that is to hold from a moment on."""
    if len(drafts) > MOST_RULES:
        sentence = _("A program has at most %(most)s rules.") % {"most": MOST_RULES}
        return [Problem("too_many_rules", sentence, "rules")]
    found = []
    for place, draft in enumerate(drafts):
        mine = [*problems_of(draft), *_scope(draft, groups, publishers), *_time(draft, start)]
        mine = mine or list(_unsound(draft, program, start))
        found += [
            one._replace(field=f"rules.{place}.{one.field}" if one.field else f"rules.{place}")
            for one in mine
        ]
    return found


def problems_of(draft: RuleDraft) -> list[Problem]:
    """What is wrong with a rule by itself."""
    return [*_named(draft), *_priced(draft), *_conditioned(draft)]


def _named(draft: RuleDraft) -> Iterator[Problem]:
    if not draft.name.strip():
        yield Problem("name_missing", _("Give the rule a name; receipts show it."), "name")
    if len(draft.name) > NAME_CHARS:
        yield Problem("name_too_long", _("Keep the name within 120 characters."), "name")
    if len(draft.action) > ACTION_CHARS:
        yield Problem("action_too_long", _("Keep the action's name within 60 characters."), "action")


def _priced(draft: RuleDraft) -> Iterator[Problem]:
    if isinstance(draft.price, Tiered):
        yield from _stepped(draft.price, draft.outcome)
    for price in prices_in(draft.price):
        found = list(_priced_once(price, draft))
        yield from found
        if found:
            return


def _stepped(price: Tiered, outcome: Outcome) -> Iterator[Problem]:
    """What is wrong with the steps of a price, beyond what each of them pays."""
    starts = [step.start for step in price.steps]
    if outcome in TOUCHES:
        yield Problem("steps_of_orders", _("Clicks and views are not priced in steps."), "price")
    if not 0 < len(starts) <= MOST_STEPS:
        sentence = _("Write 1 to %(most)s steps.") % {"most": MOST_STEPS}
        yield Problem("step_count", sentence, "price")
    elif starts[0] or starts != sorted(set(starts)):
        sentence = _("The first step begins at 0, and each later one above the one before.")
        yield Problem("steps_in_order", sentence, "price")
    if len({type(step.price) for step in price.steps}) > 1 or any(
        isinstance(step.price, Flat) and step.price.per == "unit" for step in price.steps
    ):
        sentence = _("All steps pay alike: a share each, or an amount per order each.")
        yield Problem("steps_alike", sentence, "price")


def _priced_once(price: Flat | Portion | PerThousand, draft: RuleDraft) -> Iterator[Problem]:
    if not isinstance(price, Portion) and not 0 <= price.micros <= PRICE_MICROS:
        yield Problem("price_out_of_range", _("A price lies between 0 and 4 million."), "price")
    match price:
        case Portion(ppm=ppm):
            if not 0 <= ppm <= PPM:
                yield Problem("share_out_of_range", _("A share lies between 0 and 100 %."), "price")
            if draft.outcome is not Outcome.SALE:
                yield Problem(
                    "share_needs_amount", _("Only a sale has an amount to share. Pay an amount."), "price"
                )
        case PerThousand(micros=micros):
            if draft.outcome not in TOUCHES:
                yield Problem(
                    "thousands_of_touches",
                    _("Only impressions, views and clicks are priced per thousand. Pay for each one."),
                    "price",
                )
            if micros % 1000:
                yield Problem(
                    "price_too_fine", _("A price per thousand has at most three decimals."), "price"
                )
        case Flat(per="unit") if draft.outcome is not Outcome.SALE:
            yield Problem("units_of_sales", _("Only a sale has units. Pay an amount for each one."), "price")


def _scope(draft: RuleDraft, groups: Collection[int], publishers: Collection[int]) -> Iterator[Problem]:
    if draft.group is not None and draft.publisher is not None:
        yield Problem("one_scope", _("A rule is for a group or for a publisher, not for both."), "group")
    if draft.group is not None and draft.group not in groups:
        yield Problem("unknown_group", _("The program has no such partner group."), "group")
    if draft.publisher is not None and draft.publisher not in publishers:
        yield Problem("unknown_publisher", _("There is no such publisher."), "publisher")


def _time(draft: RuleDraft, start: datetime) -> Iterator[Problem]:
    if draft.ends_at is not None and to_ms(draft.ends_at) <= to_ms(start):
        sentence = _("The rule would end before it begins. Choose a later end, or take the rule away.")
        yield Problem("ends_before_it_begins", sentence, "ends_at")


def _conditioned(draft: RuleDraft) -> Iterator[Problem]:
    if draft.when is None:
        return
    found = condition_problem(draft.when)
    if found is not None:
        yield found
    elif draft.outcome in TOUCHES and names_line(draft.when):
        yield Problem("no_basket_line", _("A click or a view has no basket line to test."), "when")


def condition_problem(condition: Condition, path: str = "when", depth: int = 1) -> Problem | None:
    """The first thing that is wrong with a condition tree, with the path to it."""
    if depth > MAX_DEPTH:
        return Problem("too_deep", _("Conditions are nested too deeply."), path)
    match condition:
        case Test():
            return _test_problem(condition, path)
        case Not(of=part):
            return condition_problem(part, f"{path}.of", depth + 1)
        case AllOf(of=parts) | AnyOf(of=parts):
            if not parts:
                return Problem(
                    "empty_group", _("A group of conditions is empty. Add one, or remove it."), path
                )
            tried = (
                condition_problem(part, f"{path}.of.{place}", depth + 1) for place, part in enumerate(parts)
            )
            return next((one for one in tried if one), None)


def _test_problem(test: Test, path: str) -> Problem | None:
    known = FIELDS.get(test.field)
    if known is None:
        return Problem("unknown_field", _("Nobody knows this field."), f"{path}.field")
    if test.op not in OPERATORS[known.kind]:
        return Problem("unknown_operator", _("This field cannot be compared like that."), f"{path}.op")
    if isinstance(test.value, tuple) != (test.op in LISTS):
        return Problem("value_count", _("This comparison takes another number of values."), f"{path}.value")
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if not 0 < len(values) <= MAX_VALUES or (test.op == "between" and len(values) != 2):
        return Problem("value_count", _("This comparison takes another number of values."), f"{path}.value")
    if any(type(value) is not TYPES[known.kind] for value in values):
        return Problem("value_kind", _("This value does not fit its field."), f"{path}.value")
    if any(isinstance(value, str) and not 0 < len(value) <= VALUE_CHARS for value in values):
        return Problem("value_length", _("Write a value of 1 to 200 characters."), f"{path}.value")
    return None


def _unsound(draft: RuleDraft, program: int, start: datetime) -> Iterator[Problem]:
    (rule,) = sealed_drafts([draft], program, start)
    for one in check_market(Market(rules=(rule,))):
        if one.where == f"rule {rule.id}":
            yield Problem("unsound_rule", one.why)
