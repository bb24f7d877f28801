"""A program as sentences, section by section: what the review page, the operator and publishers read."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.look.formats import day, money, number, rounded, share
from utfall.portal.people import facade as people
from utfall.portal.programs import words
from utfall.portal.programs.contracts import (
    GoalView,
    LimitView,
    PriceKind,
    ProgramView,
    QuestionKind,
    StartingPrice,
)
from utfall.portal.programs.countries import country_names
from utfall.portal.programs.examples import Example, example_of
from utfall.portal.programs.groups import group_names
from utfall.portal.programs.limits import limits
from utfall.terms import Measure

QUESTION_KINDS: Final[dict[QuestionKind, Words]] = {
    QuestionKind.TEXT: _("Text"),
    QuestionKind.CHOICE: _("Choice"),
    QuestionKind.URL: _("Link"),
}


class Section(NamedTuple):
    """A step's choices in sentences: (what, says)."""

    step: str
    title: Words
    rows: list[tuple[Words, str]]


def sections(caller: Caller, view: ProgramView) -> list[Section]:
    """Everything a draft says."""
    terms = {clause.key: (clause.title, str(clause.says)) for clause in words.clauses(view.terms)}
    tracking = ("attribution", "standard", "incentive", "soft", "view", "channels", "max_age", "consent")
    return [
        Section("goal", _("Goal"), list(about(view))),
        Section("price", _("Price"), list(priced(view))),
        Section("tracking", _("Tracking"), [terms[key] for key in tracking]),
        Section("partners", _("Partners"), [*taking_part(view), terms["promotion_types"]]),
        Section(
            "money",
            _("Budget"),
            [
                terms["auto_approval"],
                terms["hold"],
                *limited(caller, view),
            ],
        ),
        Section("text", _("Terms"), [terms["text"]]),
    ]


def limited(caller: Caller, view: ProgramView) -> Iterator[tuple[Words, str]]:
    """Its budgets and caps."""
    found = limits(caller, view.id)
    names = named_in(found)
    yield from ((one.name or _("Cap"), limit_says(one, view.currency, names)) for one in found)


def about(view: ProgramView) -> Iterator[tuple[Words, str]]:
    """What it is and what it is for."""
    yield (
        _("Name"),
        f"{view.name}. {view.tagline}".strip().removesuffix(".")
        if not view.tagline
        else f"{view.name}: {view.tagline}",
    )
    yield _("Website"), view.website
    yield _("Category"), str(words.CATEGORIES.get(view.category, ""))
    yield _("Countries"), ", ".join(country_names(view.countries)) or gettext("Everywhere")
    yield _("Counts as success"), str(words.OUTCOMES[view.outcome])
    yield _("Goal"), goal_says(view.goal, view.currency) if view.goal else gettext("No goal.")
    yield _("Money and clock"), f"{view.currency}, {view.zone}"


def goal_says(goal: GoalView, currency: str) -> str:
    """500 leads from 1 Jan 2027 to 31 Mar 2027, each for at most 250 kr."""
    named = {
        "count": number(goal.target),
        "outcomes": words.MANY[goal.outcome],
        "start": day(goal.starts_on),
        "end": day(goal.ends_on),
    }
    if goal.max_cost_micros is None:
        return gettext("%(count)s %(outcomes)s from %(start)s to %(end)s.") % named
    words_ = gettext("%(count)s %(outcomes)s from %(start)s to %(end)s, each for at most %(cost)s.")
    return words_ % {**named, "cost": money(goal.max_cost_micros, currency)}


def priced(view: ProgramView) -> Iterator[tuple[Words, str]]:
    """What is paid, and what that would be."""
    if view.starting_price is None:
        yield _("Commission"), gettext("No price yet.")
        return
    yield _("Commission"), price_says(view.starting_price)
    yield _("Example"), example_says(example_of(view.starting_price, view.terms.fee_ppm or 0), view.currency)


def price_says(price: StartingPrice) -> str:
    """8 % of every sale; 250 kr for every lead; 48 kr for a thousand clicks."""
    amount = money(price.micros, price.currency)
    match price.kind:
        case PriceKind.SHARE:
            return gettext("%(share)s of every sale, without VAT and shipping.") % {"share": share(price.ppm)}
        case PriceKind.PER_UNIT:
            return gettext("%(amount)s for every item sold.") % {"amount": amount}
        case PriceKind.PER_THOUSAND:
            named = {"amount": amount, "outcomes": words.MANY[price.outcome]}
            return gettext("%(amount)s for a thousand %(outcomes)s.") % named
        case PriceKind.FLAT:
            named = {"amount": amount, "outcome": str(words.OUTCOMES[price.outcome]).lower()}
            return gettext("%(amount)s for every %(outcome)s.") % named


def example_says(example: Example, currency: str) -> str:
    """What an example pays to whom."""
    named = {
        "amount": money(example.amount_micros, currency),
        "count": number(example.count),
        "outcomes": words.MANY[example.outcome],
        "commission": rounded(example.commission_micros, currency),
        "fee": rounded(example.fee_micros, currency),
        "cost": rounded(example.cost_micros, currency),
    }
    if example.amount_micros is not None:
        said = gettext("An order of %(amount)s with two items pays the publisher %(commission)s.") % named
    elif example.count > 1:
        said = gettext("%(count)s %(outcomes)s pay the publisher %(commission)s.") % named
    else:
        said = gettext("One of them pays the publisher %(commission)s.") % named
    if not example.fee_micros:
        return said
    return f"{said} {gettext('With the network fee of %(fee)s it costs you %(cost)s.') % named}"


def taking_part(view: ProgramView) -> Iterator[tuple[Words, str]]:
    """Who comes in, and how."""
    says = str(words.ABOUT_VISIBILITIES[view.visibility])
    yield words.VISIBILITIES[view.visibility], says
    if view.auto_approve:
        yield _("Applications"), gettext("Approved at once where the kind of promotion is allowed.")
    else:
        yield _("Applications"), gettext("You decide about every one.")
    count = len(view.questions)
    if count:
        asked = ngettext("%(count)s question is asked.", "%(count)s questions are asked.", count)
        yield _("Form"), asked % {"count": count}


class Named(NamedTuple):
    """What the groups and publishers of limits are called, by number."""

    groups: Mapping[int, str]
    publishers: Mapping[int, str]


def named_in(limits: Iterable[LimitView]) -> Named:
    """The names that the sentences of limits need, read at once."""
    known = list(limits)
    return Named(
        group_names(one.group for one in known if one.group is not None),
        people.party_names(Kind.PUBLISHER, {one.publisher for one in known if one.publisher is not None}),
    )


def limit_says(limit: LimitView, currency: str, names: Named) -> str:
    """At most 250 000 kr a month, fee included; what does not fit whole is paid what is left."""
    cap = number(limit.cap) if limit.measure is Measure.COUNT else money(limit.cap, currency)
    named = {
        "cap": cap,
        "measure": str(words.MEASURES[limit.measure]).lower(),
        "period": words.PERIODS[limit.period],
        "over": str(words.OVERS[limit.over]).lower(),
    }
    said = gettext("At most %(cap)s %(period)s (%(measure)s); %(over)s.") % named
    return " ".join((said, *counted_says(limit, names)))


def counted_says(limit: LimitView, names: Named) -> Iterator[str]:
    """What a limit counts, where that is not everything of everybody together. It never changes."""
    if limit.outcome is not None:
        yield gettext("It counts only %(outcomes)s.") % {"outcomes": words.MANY[limit.outcome]}
    if limit.group is not None:
        yield gettext("Only for the group %(who)s.") % {
            "who": names.groups.get(limit.group, f"#{limit.group}")
        }
    if limit.publisher is not None:
        yield gettext("Only for %(who)s.") % {
            "who": names.publishers.get(limit.publisher, f"#{limit.publisher}")
        }
    if limit.per_publisher:
        yield gettext("For each publisher alone.")
    if limit.per_customer:
        yield gettext("For each customer alone.")


def counted_words(limit: LimitView) -> str:
    """The same of one limit whose names nobody has read, for a receipt: empty where it counts everything."""
    return " ".join(counted_says(limit, named_in([limit])))
