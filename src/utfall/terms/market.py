"""Everything agreed between everybody, as one value, and what can be wrong with it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from msgspec import Struct

from utfall.events import Outcome
from utfall.events.limits import PRICE_MICROS, RETURN_DAYS
from utfall.money import PPM, minor_digits
from utfall.terms.conditions import check_condition, names_line
from utfall.terms.dividing import override_problems, split_problems
from utfall.terms.limits import Limit
from utfall.terms.parties import (
    MACRO,
    MACROS,
    Advertiser,
    ApiKey,
    Code,
    Enrolment,
    Group,
    Link,
    Publisher,
)
from utfall.terms.program import RECURRING_MONTHS_MOST, Program
from utfall.terms.rules import Flat, PerThousand, Portion, Price, Rule, Tiered
from utfall.terms.shares import Override, Split
from utfall.terms.zones import Zone


class Market(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parties and their agreements, each collection sorted by identity."""

    zones: tuple[Zone, ...] = ()
    advertisers: tuple[Advertiser, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    programs: tuple[Program, ...] = ()
    groups: tuple[Group, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    links: tuple[Link, ...] = ()
    codes: tuple[Code, ...] = ()
    rules: tuple[Rule, ...] = ()
    limits: tuple[Limit, ...] = ()
    keys: tuple[ApiKey, ...] = ()
    splits: tuple[Split, ...] = ()
    overrides: tuple[Override, ...] = ()


LARGEST_CAP: Final = 10**18
"""What is used of a limit never passes its cap, and must fit into a 64-bit integer with room to spare."""


class Problem(NamedTuple):
    """Something that must be mended before the market can be sealed."""

    where: str
    why: str


def check_market(market: Market) -> list[Problem]:
    """All problems of a market; an empty list means it can be sealed."""
    return [problem for check in _CHECKS for problem in check(market)]


_NUMBERED: Final = (
    *("advertisers", "publishers", "programs", "groups", "links", "rules", "limits", "splits", "overrides"),
)


def _unique(market: Market) -> Iterator[Problem]:
    for name in _NUMBERED:
        for identity, count in Counter(item.id for item in getattr(market, name)).items():
            if count > 1:
                yield Problem(f"{name} {identity}", "the id is used twice")
            if not 0 < identity < 1 << (40 if name == "links" else 32):
                yield Problem(
                    f"{name} {identity}", "an id is a positive number of at most 32 bits (links: 40)"
                )
    for key, count in Counter(link.key for link in market.links).items():
        if count > 1:
            yield Problem(f"link {key}", "the key is used twice")
        if not (0 < len(key) <= 32 and key.isascii() and key.replace("-", "").replace("_", "").isalnum()):
            yield Problem(f"link {key}", "a key is 1 to 32 letters, digits, dashes and underscores")


def _references(market: Market) -> Iterator[Problem]:
    advertisers = {item.id for item in market.advertisers}
    publishers = {item.id for item in market.publishers}
    programs = {item.id for item in market.programs}
    zones = {item.name for item in market.zones}
    for program in market.programs:
        if program.advertiser not in advertisers:
            yield Problem(f"program {program.id}", f"unknown advertiser {program.advertiser}")
        if program.zone not in zones:
            yield Problem(f"program {program.id}", f"unknown time zone {program.zone}")
    for name in ("groups", "enrolments", "links", "codes", "rules", "limits", "splits"):
        for item in getattr(market, name):
            where = f"{name} {getattr(item, 'id', getattr(item, 'code', ''))}"
            if item.program not in programs:
                yield Problem(where, f"unknown program {item.program}")
            publisher = getattr(item, "publisher", None)
            if publisher is not None and publisher not in publishers:
                yield Problem(where, f"unknown publisher {publisher}")
    yield from _group_references(market)
    for key in market.keys:
        if (key.advertiser is None) == (key.publisher is None):
            yield Problem(f"key {key.name}", "a key speaks for one advertiser or one publisher")
        known = key.advertiser in advertisers if key.publisher is None else key.publisher in publishers
        if not known:
            yield Problem(f"key {key.name}", "it speaks for somebody unknown")


def _group_references(market: Market) -> Iterator[Problem]:
    group_program = {group.id: group.program for group in market.groups}
    grouped: tuple[Enrolment | Rule | Limit, ...] = (*market.enrolments, *market.rules, *market.limits)
    for item in grouped:
        if item.group is not None and group_program.get(item.group) != item.program:
            yield Problem(f"program {item.program}", f"group {item.group} is not one of its groups")


def _programs(market: Market) -> Iterator[Problem]:
    for program in market.programs:
        where = f"program {program.id}"
        if minor_digits(program.currency) is None:
            yield Problem(where, f"unknown currency {program.currency}")
        starts = [version.effective_from for version in program.versions]
        if not starts or starts != sorted(set(starts)):
            yield Problem(where, "versions are in order of their effective time, at least one")
        for terms in program.versions:
            days = (terms.auto_approval_days, terms.delivery_days, terms.lock_days)
            if not 0 <= terms.fee_ppm <= PPM or min(terms.hold_days, *(one or 0 for one in days)) < 0:
                yield Problem(where, "the fee is a share and days are not negative")
            if (terms.delivery_days or 0) > RETURN_DAYS:
                yield Problem(where, f"a delivery takes at most {RETURN_DAYS} days")
            windows = terms.windows
            if min(terms.max_age_days, windows.standard, windows.incentive, windows.soft, windows.view) < 0:
                yield Problem(where, "windows and the greatest age are not negative")
            if min(terms.recurring_months, terms.lapsed_after_days or 0) < 0:
                yield Problem(where, "months and days are not negative")
            if terms.recurring_months > RECURRING_MONTHS_MOST:
                yield Problem(where, f"a customer recurs for at most {RECURRING_MONTHS_MOST} months")
            if len(set(terms.attribution)) != len(terms.attribution):
                yield Problem(where, "a method of attribution is named twice")


_PER_THOUSAND = frozenset({Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK})


def _rules(market: Market) -> Iterator[Problem]:
    for rule in market.rules:
        where = f"rule {rule.id}"
        if rule.when is not None and (why := check_condition(rule.when)):
            yield Problem(where, why)
        elif rule.outcome in _PER_THOUSAND and names_line(rule.when):
            yield Problem(where, f"a rule for {rule.outcome.value} has no basket line to test")
        if why := _price_problem(rule.price, rule.outcome):
            yield Problem(where, why)
        if rule.effective_until is not None and rule.effective_until <= rule.effective_from:
            yield Problem(where, "the rule ends before it begins")


def _price_problem(price: Price, outcome: Outcome) -> str | None:
    match price:
        case Tiered():
            return _tier_problem(price, outcome)
        case Portion(ppm=ppm):
            if not 0 <= ppm <= PPM:
                return "a share lies between 0 and 100 %"
            return None if outcome is Outcome.SALE else "only a sale has an amount to share"
        case Flat(micros=micros) | PerThousand(micros=micros) if micros > PRICE_MICROS:
            return "a price is at most 4 million, so that no sum can outgrow the book"
        case PerThousand(micros=micros):
            if micros < 0 or micros % 1000:
                return "a price per thousand is a whole number of micros per event (at most three decimals)"
            return (
                None if outcome in _PER_THOUSAND else "only impressions, views and clicks have such a price"
            )
        case Flat(micros=micros):
            return "a price is not negative" if micros < 0 else None


MOST_STEPS: Final = 20


def _tier_problem(price: Tiered, outcome: Outcome) -> str | None:
    starts = [step.start for step in price.steps]
    if outcome in _PER_THOUSAND:
        return "only leads, actions, sales and installs are priced in steps"
    if not 0 < len(starts) <= MOST_STEPS:
        return f"a price in steps has 1 to {MOST_STEPS} of them"
    if starts[0] != 0 or starts != sorted(set(starts)) or starts[-1] > LARGEST_CAP:
        return "the first step begins at 0, and each later one above the one before (at most 10^18)"
    if len({type(step.price) for step in price.steps}) > 1:
        return "all steps pay alike: shares, or amounts per order"
    if any(isinstance(step.price, Flat) and step.price.per == "unit" for step in price.steps):
        return "a step pays a share or an amount per order, not per unit"
    return next(filter(None, (_price_problem(step.price, outcome) for step in price.steps)), None)


def _limits(market: Market) -> Iterator[Problem]:
    for limit in market.limits:
        if limit.cap < 0:
            yield Problem(f"limit {limit.id}", "a cap is not negative")
        if limit.cap > LARGEST_CAP:
            yield Problem(f"limit {limit.id}", "a cap is at most 10^18 (of micros: 10^12 major units)")
        if limit.per_customer and limit.outcome in _PER_THOUSAND:
            yield Problem(f"limit {limit.id}", "a view or click has no customer to count by")


def _shares(market: Market) -> Iterator[Problem]:
    publishers = {item.id for item in market.publishers}
    programs = {item.id for item in market.programs}
    for split in market.splits:
        for publisher, _ in split.shares:
            if publisher not in publishers:
                yield Problem(f"split {split.id}", f"unknown publisher {publisher}")
    for override in market.overrides:
        where = f"override {override.id}"
        for publisher in (override.parent, override.child):
            if publisher not in publishers:
                yield Problem(where, f"unknown publisher {publisher}")
        if override.program is not None and override.program not in programs:
            yield Problem(where, f"unknown program {override.program}")
    yield from (Problem(*words) for words in split_problems(market.splits))
    yield from (Problem(*words) for words in override_problems(market.overrides))


def _intervals(market: Market) -> Iterator[Problem]:
    for name in ("enrolments", "links", "codes"):
        for item in getattr(market, name):
            if item.ends_at is not None and item.ends_at <= item.starts_at:
                yield Problem(f"{name} of program {item.program}", "an interval ends before it begins")
    yield from _overlaps("enrolment", ((item.program, item.publisher, item) for item in market.enrolments))
    yield from _overlaps("code", ((item.program, item.code.upper(), item) for item in market.codes))


def _overlaps(what: str, items: Iterable[tuple[int, int | str, Enrolment | Code]]) -> Iterator[Problem]:
    last: dict[tuple[int, int | str], Enrolment | Code] = {}
    for program, name, item in sorted(items, key=lambda entry: (entry[0], str(entry[1]), entry[2].starts_at)):
        before = last.get((program, name))
        if before is not None and (before.ends_at is None or before.ends_at > item.starts_at):
            yield Problem(f"{what} {name} in program {program}", "two intervals overlap")
        last[program, name] = item


_DIGEST = re.compile(r"[0-9a-f]{64}")


def _digests(market: Market) -> Iterator[Problem]:
    """A secret's digest that is none lets nobody in, and only the one who is kept out would notice."""
    why = "a digest is 64 hex characters in lower case, as `utfall keys digest` writes it"
    for advertiser in market.advertisers:
        if advertiser.postback_digest is not None and not _DIGEST.fullmatch(advertiser.postback_digest):
            yield Problem(f"advertiser {advertiser.id}", f"postback_digest: {why}")
    for key in market.keys:
        if not _DIGEST.fullmatch(key.digest):
            yield Problem(f"key {key.name}", why)


_TEMPLATE_PARAMETERS, _NAME_CHARS, _VALUE_CHARS = 20, 64, 200
_NAME = re.compile(rf"[A-Za-z0-9_.~\[\]-]{{1,{_NAME_CHARS}}}")


def _templates(market: Market) -> Iterator[Problem]:
    for link in market.links:
        if link.template:
            yield from (Problem(f"link {link.key}", why) for why in _template_problems(link))


def _template_problems(link: Link) -> Iterator[str]:
    if len(link.template) > _TEMPLATE_PARAMETERS:
        yield f"a template has at most {_TEMPLATE_PARAMETERS} parameters"
    names = [name for name, _ in link.template]
    if len(set(names)) < len(names) or link.parameter in names:
        yield "a parameter of the template is there twice, or is the one of the click token"
    for name, value in link.template:
        if not _NAME.fullmatch(name):
            yield f"template: a name is 1 to {_NAME_CHARS} letters, digits and any of _ . ~ - [ ]"
        if len(value) > _VALUE_CHARS or not value.isprintable():
            yield f"template {name}: a value is at most {_VALUE_CHARS} characters that can be seen"
        macros = MACRO.findall(value)
        if unknown := sorted(set(macros) - set(MACROS)):
            yield f"template {name}: unknown macro {{{unknown[0]}}}; there are {', '.join(MACROS)}"
        if set(MACRO.sub("", value)) & {"{", "}"}:
            yield f"template {name}: a brace that opens or closes no macro"


_CHECKS = (_unique, _references, _programs, _rules, _limits, _shares, _intervals, _digests, _templates)
