"""Rules in words: a sentence that a person can read aloud, in the language of the page.

    rule_words(draft, "SEK", names)   # "8 % of each order line, where the category is boots, for Gold"

Fields and operators have one phrase each; a condition tree becomes nested clauses.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from utfall.events import Outcome
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.look.formats import money, number, period, share
from utfall.terms import (
    AllOf,
    AnyOf,
    Condition,
    Flat,
    Not,
    PerThousand,
    Portion,
    Price,
    Step,
    Test,
    Tiered,
    TierMeasure,
    TierPeriod,
)

OUTCOMES: Final[dict[Outcome, Promise]] = {
    Outcome.IMPRESSION: gettext_lazy("impression"),
    Outcome.VIEWABLE: gettext_lazy("viewable impression"),
    Outcome.VIDEO: gettext_lazy("completed view"),
    Outcome.CLICK: gettext_lazy("click"),
    Outcome.LEAD: gettext_lazy("lead"),
    Outcome.ACTION: gettext_lazy("action"),
    Outcome.SALE: gettext_lazy("sale"),
    Outcome.INSTALL: gettext_lazy("install"),
}

FIELDS: Final[dict[str, Promise]] = {
    "order.amount_micros": gettext_lazy("the order value"),
    "order.lines": gettext_lazy("the number of order lines"),
    "order.code": gettext_lazy("the promo code"),
    "order.channel": gettext_lazy("the advertiser's channel"),
    "order.country": gettext_lazy("the order's country"),
    "order.device": gettext_lazy("the order's device"),
    "order.is_recurring": gettext_lazy("the order is a recurring one"),
    "order.recurring_month": gettext_lazy("the month since the first order"),
    "line.sku": gettext_lazy("the article number"),
    "line.category": gettext_lazy("the category"),
    "line.quantity": gettext_lazy("the quantity"),
    "line.amount_micros": gettext_lazy("the line amount"),
    "customer.is_new": gettext_lazy("the customer is new"),
    "customer.orders_before": gettext_lazy("the customer's earlier orders"),
    "customer.status": gettext_lazy("the customer's status"),
    "partner.publisher": gettext_lazy("the publisher"),
    "partner.group": gettext_lazy("the partner group"),
    "partner.promotion_type": gettext_lazy("the promotion type"),
    "touch.class": gettext_lazy("the kind of click"),
    "touch.link": gettext_lazy("the link"),
    "touch.age_seconds": gettext_lazy("the time from click to order"),
    "touch.device": gettext_lazy("the visitor's device"),
    "touch.country": gettext_lazy("the visitor's country"),
}

OPERATORS: Final[dict[str, Promise]] = {
    "eq": pgettext_lazy("operator", "is"),
    "ne": pgettext_lazy("operator", "is not"),
    "in": pgettext_lazy("operator", "is one of"),
    "not_in": pgettext_lazy("operator", "is none of"),
    "lt": pgettext_lazy("operator", "is below"),
    "le": pgettext_lazy("operator", "is at most"),
    "gt": pgettext_lazy("operator", "is above"),
    "ge": pgettext_lazy("operator", "is at least"),
    "between": pgettext_lazy("operator", "lies between"),
    "starts_with": pgettext_lazy("operator", "starts with"),
    "ends_with": pgettext_lazy("operator", "ends with"),
    "contains": pgettext_lazy("operator", "contains"),
    "not_contains": pgettext_lazy("operator", "does not contain"),
}

DEVICES: Final[dict[str, Promise]] = {
    "desktop": pgettext_lazy("device", "computer"),
    "mobile": pgettext_lazy("device", "phone"),
    "tablet": pgettext_lazy("device", "tablet"),
    "tv": pgettext_lazy("device", "television"),
    "other": pgettext_lazy("device", "other"),
}
CHOICES: Final[dict[str, dict[str, Promise]]] = {
    "customer.status": {
        "new": pgettext_lazy("customer", "new"),
        "returning": pgettext_lazy("customer", "returning"),
        "lapsed": pgettext_lazy("customer", "lapsed"),
    },
    "partner.promotion_type": {
        "content": pgettext_lazy("promotion", "content"),
        "email": pgettext_lazy("promotion", "e-mail"),
        "price_comparison": pgettext_lazy("promotion", "price comparison"),
        "voucher": pgettext_lazy("promotion", "vouchers"),
        "cashback": pgettext_lazy("promotion", "cashback"),
        "loyalty": pgettext_lazy("promotion", "loyalty"),
        "card_linked": pgettext_lazy("promotion", "card-linked offers"),
        "employee_benefits": pgettext_lazy("promotion", "employee benefits"),
        "sub_network": pgettext_lazy("promotion", "sub-network"),
        "display": pgettext_lazy("promotion", "display"),
        "search": pgettext_lazy("promotion", "search"),
        "retargeting": pgettext_lazy("promotion", "retargeting"),
        "extension": pgettext_lazy("promotion", "browser extension"),
    },
    "touch.class": {
        "standard": pgettext_lazy("kind of click", "ordinary click"),
        "incentive": pgettext_lazy("kind of click", "click of a reward site"),
        "soft": pgettext_lazy("kind of click", "soft click"),
        "view": pgettext_lazy("kind of click", "view"),
    },
    "order.device": DEVICES,
    "touch.device": DEVICES,
}
"""Fields with a closed set of values, and the words of each."""
FLAGS: Final[dict[str, tuple[Promise, Promise]]] = {
    "customer.is_new": (gettext_lazy("the customer is new"), gettext_lazy("the customer is not new")),
    "order.is_recurring": (
        gettext_lazy("the order is a recurring one"),
        gettext_lazy("the order is not a recurring one"),
    ),
}
"""Fields that are so or not, and how each is said."""

TIER_STARTS: Final[dict[TierMeasure, Promise]] = {
    TierMeasure.ORDERS: gettext_lazy("%(price)s from %(start)s orders on"),
    TierMeasure.AMOUNT: gettext_lazy("%(price)s from %(start)s of order value on"),
    TierMeasure.COMMISSION: gettext_lazy("%(price)s from %(start)s of commission on"),
}
TIER_PERIODS: Final[dict[TierPeriod, Promise]] = {
    TierPeriod.MONTH: pgettext_lazy("tier", "per month"),
    TierPeriod.QUARTER: pgettext_lazy("tier", "per quarter"),
    TierPeriod.YEAR: pgettext_lazy("tier", "per year"),
    TierPeriod.TOTAL: pgettext_lazy("tier", "in total"),
}


class Names(NamedTuple):
    """Names of groups and publishers of a program, by id."""

    groups: Mapping[int, str]
    publishers: Mapping[int, str]


def field_words(field: str) -> str:
    """A field as it stands in a sentence."""
    if field.startswith("touch.sub"):
        return _("sub-id %(number)s") % {"number": field.removeprefix("touch.sub")}
    return str(FIELDS[field])


def price_words(price: Price, outcome: Outcome, currency: str) -> str:
    """What is paid for one outcome.

    Flat(250 kr) for a lead: "250 kr per lead"; a share: "8 % of each order line".
    """
    match price:
        case Portion(ppm=ppm):
            return _("%(share)s of each order line") % {"share": share(ppm)}
        case PerThousand(micros=micros):
            return _("%(amount)s per thousand: %(outcome)s") % {
                "amount": money(micros, currency),
                "outcome": OUTCOMES[outcome],
            }
        case Flat(micros=micros, per="unit"):
            return _("%(amount)s per unit sold") % {"amount": money(micros, currency)}
        case Flat(micros=micros):
            return _("%(amount)s per %(outcome)s") % {
                "amount": money(micros, currency),
                "outcome": OUTCOMES[outcome],
            }
        case Tiered():
            return tier_words(price, outcome, currency)


def tier_words(price: Tiered, outcome: Outcome, currency: str) -> str:
    """A price in steps: the first whole, of each later one what it pays and from when on."""
    first, *later = price.steps
    steps = [price_words(first.price, outcome, currency)]
    steps += [_step_words(price, step, currency) for step in later]
    words = {"steps": "; ".join(steps), "period": TIER_PERIODS[price.period]}
    if price.shared:
        told = _("%(steps)s, counted %(period)s for all together")
    else:
        told = _("%(steps)s, counted %(period)s")
    scope = (
        _("a step holds for the whole period") if price.retroactive else _("a step holds for what follows")
    )
    return f"{told % words}; {scope}"


def _step_words(price: Tiered, step: Step, currency: str) -> str:
    pays = share(step.price.ppm) if isinstance(step.price, Portion) else money(step.price.micros, currency)
    counts = price.measure is TierMeasure.ORDERS
    start = number(step.start) if counts else money(step.start, currency)
    return str(TIER_STARTS[price.measure]) % {"price": pays, "start": start}


def condition_words(condition: Condition, currency: str, names: Names) -> str:
    """A condition tree as nested clauses."""
    match condition:
        case AllOf(of=parts):
            return _(" and ").join(_clause(part, currency, names) for part in parts)
        case AnyOf(of=parts):
            return _(" or ").join(_clause(part, currency, names) for part in parts)
        case Not(of=part):
            return _("not (%(clause)s)") % {"clause": condition_words(part, currency, names)}
        case Test():
            return _test_words(condition, currency, names)


def _clause(part: Condition, currency: str, names: Names) -> str:
    words = condition_words(part, currency, names)
    return f"({words})" if isinstance(part, AllOf | AnyOf) else words


def _test_words(test: Test, currency: str, names: Names) -> str:
    if isinstance(test.value, bool):
        is_so = test.value == (test.op == "eq")
        return str(FLAGS[test.field][not is_so])
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    joint = _(" and ") if test.op == "between" else ", "
    return _("%(field)s %(operator)s %(value)s") % {
        "field": field_words(test.field),
        "operator": OPERATORS[test.op],
        "value": joint.join(_value_words(test.field, value, currency, names) for value in values),
    }


def _value_words(field: str, value: str | int | bool, currency: str, names: Names) -> str:
    if isinstance(value, str | bool):
        chosen = CHOICES.get(field, {}).get(str(value))
        return str(chosen) if chosen is not None else str(value)
    if field.endswith("_micros"):
        return money(value, currency)
    if field == "partner.group":
        return names.groups.get(value, str(value))
    if field == "partner.publisher":
        return names.publishers.get(value, str(value))
    return period(value) if field == "touch.age_seconds" else number(value)


def rule_words(draft: RuleDraft, currency: str, names: Names) -> str:
    """A whole rule as one sentence without its full stop."""
    words = price_words(draft.price, draft.outcome, currency)
    if draft.action:
        words = _("%(words)s named %(action)s") % {"words": words, "action": draft.action}
    if draft.when is not None:
        clause = condition_words(draft.when, currency, names)
        words = _("%(words)s, where %(clause)s") % {"words": words, "clause": clause}
    if draft.publisher is not None:
        who = names.publishers.get(draft.publisher, str(draft.publisher))
        return _("%(words)s, for %(who)s") % {"words": words, "who": who}
    if draft.group is not None:
        who = names.groups.get(draft.group, str(draft.group))
        return _("%(words)s, for the group %(who)s") % {"words": words, "who": who}
    return words
