"""What must hold before anything is written: all that is wrong at once, each in a sentence.

What passes here can be sealed: the last check is the seal's own (`utfall.terms.check_market`).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from babel import Locale
from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.events.limits import PRICE_MICROS, TEXT_CHARS
from utfall.money import PPM, minor_digits
from utfall.portal.access import Problem, Refused
from utfall.portal.programs.contracts import (
    GoalDraft,
    LimitDraft,
    PriceKind,
    Profile,
    Question,
    QuestionKind,
    StartingPrice,
    TermsDraft,
)
from utfall.portal.programs.words import CATEGORIES
from utfall.terms import Measure
from utfall.terms.market import LARGEST_CAP
from utfall.terms.program import DAY_SECONDS

NAME_CHARS: Final = 120
TAGLINE_CHARS: Final = 200
WEBSITE_CHARS: Final = 300
GROUP_CHARS: Final = 80
TEXT_LENGTH: Final = 40_000
NOTE_CHARS: Final = 1_000
WINDOW_DAYS: Final = 730
DAYS: Final = 730
DOMAINS: Final = 50
CHANNELS: Final = 50
QUESTIONS: Final = 20
CHOICES: Final = 20
TARGET: Final = 1_000_000_000

PER_THOUSAND: Final = frozenset({Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK})
_HOST: Final = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])"
)
_KEY: Final = re.compile(r"[a-z0-9_-]{1,40}")


@cache
def zones() -> frozenset[str]:
    """The time zones this machine knows."""
    return frozenset(available_timezones())


def insist(problems: Iterable[Problem]) -> None:
    """Refused with everything that is wrong, if anything is."""
    found = list(problems)
    if found:
        raise Refused(found)


def check_place(currency: str, zone: str) -> Iterator[Problem]:
    """The money and the clock of a program."""
    if minor_digits(currency) is None:
        yield Problem(
            "unknown_currency", _("Choose the currency in which you pay, for example SEK."), "currency"
        )
    if zone not in zones():
        yield Problem("unknown_zone", _("Choose a time zone, for example Europe/Stockholm."), "zone")


def check_profile(profile: Profile) -> Iterator[Problem]:
    """What a program says of itself."""
    if not 0 < len(profile.name.strip()) <= NAME_CHARS:
        yield Problem("name_needed", _("Give the program a name of at most 120 characters."), "name")
    if len(profile.tagline) > TAGLINE_CHARS:
        yield Problem("tagline_too_long", _("Keep the tagline within 200 characters."), "tagline")
    if profile.website and not is_website(profile.website):
        yield Problem(
            "website_unreadable", _("Write the whole address, for example https://shop.example."), "website"
        )
    if profile.category and profile.category not in CATEGORIES:
        yield Problem("unknown_category", _("Choose one of the categories."), "category")
    territories = Locale("en").territories
    if any(len(one) != 2 or one not in territories for one in profile.countries):
        yield Problem(
            "unknown_country", _("Countries are two letters each, for example SE, NO."), "countries"
        )
    yield from _domain_problems(profile.domains)
    yield from _question_problems(profile.questions)


def is_website(text: str) -> bool:
    """Whether it is the address of a site."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and _is_host(parts.hostname or "") and len(text) <= WEBSITE_CHARS


def _is_host(text: str) -> bool:
    return _HOST.fullmatch(text) is not None


def _domain_problems(domains: tuple[str, ...]) -> Iterator[Problem]:
    if len(domains) > DOMAINS:
        yield Problem("too_many_domains", _("Name at most 50 domains."), "domains")
    for one in domains:
        if not _is_host(one):
            yield Problem(
                "domain_unreadable",
                _("“%(domain)s” is no domain. Write it without https:// and path, for example shop.example.")
                % {"domain": one},
                "domains",
            )


def _question_problems(questions: tuple[Question, ...]) -> Iterator[Problem]:
    if len(questions) > QUESTIONS:
        yield Problem(
            "too_many_questions", _("Ask at most 20 questions: every one costs applications."), "questions"
        )
    if len({one.key for one in questions}) != len(questions):
        yield Problem("question_twice", _("Two questions have the same key."), "questions")
    for one in questions:
        if not _KEY.fullmatch(one.key) or not 0 < len(one.words.strip()) <= 300:
            yield Problem("question_unreadable", _("A question has 1 to 300 characters."), "questions")
        few = one.kind is QuestionKind.CHOICE and not 2 <= len(one.choices) <= CHOICES
        if few or any(not 0 < len(choice.strip()) <= 120 for choice in one.choices):
            yield Problem("choices_needed", _("Give a question of choice 2 to 20 choices."), "questions")


_TOUCHED: Final = frozenset({"code", "click", "view"})
"""Methods by which a first order is earned; an order recurs only after one."""
RECURRING_MONTHS: Final = 1200
LAPSED_DAYS: Final = 3650


def check_terms(draft: TermsDraft) -> Iterator[Problem]:
    """Everything a version of the terms says."""
    windows = draft.windows
    for name in ("standard", "incentive", "soft", "view"):
        if not 0 <= getattr(windows, name) <= WINDOW_DAYS * DAY_SECONDS:
            yield Problem(
                "window_out_of_range", _("A look-back window lasts from 0 to 730 days."), f"{name}_window"
            )
    if not set(draft.attribution) & _TOUCHED or not set(draft.attribution) <= {*_TOUCHED, "recurring"}:
        yield Problem(
            "attribution_needed",
            _("Choose at least one of code, click and view: else nobody is paid."),
            "attribution",
        )
    if ("recurring" in draft.attribution) != (draft.recurring_months > 0):
        yield Problem(
            "recurring_unclear",
            _("Name recurring among the methods, and say for how many months; or neither."),
            "recurring_months",
        )
    if len(set(draft.attribution)) != len(draft.attribution):
        yield Problem("attribution_twice", _("A method of attribution is named twice."), "attribution")
    yield from _channel_problems(draft)
    yield from _day_problems(draft)
    if draft.fee_ppm is not None and not 0 <= draft.fee_ppm <= PPM:
        yield Problem("fee_out_of_range", _("The fee is a share between 0 and 100 %."), "fee")
    if len(set(draft.promotion_types)) != len(draft.promotion_types):
        yield Problem("promotion_type_twice", _("A promotion type is named twice."), "promotion_types")
    if len(draft.text) > TEXT_LENGTH:
        yield Problem("text_too_long", _("Keep the text of the terms within 40 000 characters."), "text")


def _channel_problems(draft: TermsDraft) -> Iterator[Problem]:
    if len(draft.channels) > CHANNELS:
        yield Problem("too_many_channels", _("Name at most 50 channels."), "channels")
    if any(not 0 < len(name) <= TEXT_CHARS or name != name.strip() for name in draft.channels):
        yield Problem("channel_unreadable", _("A channel's name has 1 to 100 characters."), "channels")


def _day_problems(draft: TermsDraft) -> Iterator[Problem]:
    if not 0 <= draft.hold_days <= DAYS:
        yield Problem("hold_out_of_range", _("Hold for 0 to 730 days."), "hold_days")
    if draft.auto_approval_days is not None and not 0 <= draft.auto_approval_days <= DAYS:
        yield Problem(
            "auto_approval_out_of_range",
            _("Approve by itself after 0 to 730 days, or never."),
            "auto_approval_days",
        )
    if draft.delivery_days is not None and not 0 <= draft.delivery_days <= DAYS:
        yield Problem("delivery_out_of_range", _("A delivery takes 0 to 730 days."), "delivery_days")
    if draft.delivery_days is not None and not draft.auto_approval_days:
        yield Problem(
            "nothing_waits",
            _("Only an approval that comes by itself, after a day or more, can wait for a return window."),
            "delivery_days",
        )
    if draft.lock_days is not None and not 0 <= draft.lock_days <= DAYS:
        yield Problem("lock_out_of_range", _("Lock after 0 to 730 days, or never."), "lock_days")
    if not 1 <= draft.max_age_days <= DAYS:
        yield Problem("max_age_out_of_range", _("Accept orders that are 1 to 730 days late."), "max_age_days")
    if not 0 <= draft.recurring_months <= RECURRING_MONTHS:
        yield Problem(
            "recurring_out_of_range", _("A customer recurs for 0 to 1200 months."), "recurring_months"
        )
    if draft.lapsed_after_days is not None and not 1 <= draft.lapsed_after_days <= LAPSED_DAYS:
        yield Problem(
            "lapsed_out_of_range",
            _("A customer lapses after 1 to 3650 days without an order, or never."),
            "lapsed_after_days",
        )


def check_price(price: StartingPrice) -> Iterator[Problem]:
    """The first commission rule. The sentences are the seal's."""
    match price.kind:
        case PriceKind.SHARE if price.outcome is not Outcome.SALE:
            yield Problem("share_of_nothing", _("Only a sale has an amount to share."), "price_kind")
        case PriceKind.SHARE if not 0 < price.ppm <= PPM:
            yield Problem("share_out_of_range", _("A share lies between 0 and 100 %."), "price")
        case PriceKind.PER_THOUSAND if price.outcome not in PER_THOUSAND:
            yield Problem(
                "per_thousand_of_orders",
                _("Only impressions, views and clicks have such a price."),
                "price_kind",
            )
        case PriceKind.PER_THOUSAND if price.micros % 1000:
            yield Problem(
                "per_thousand_too_fine", _("A price per thousand has at most three decimals."), "price"
            )
        case PriceKind.PER_UNIT if price.outcome is not Outcome.SALE:
            yield Problem("unit_of_nothing", _("Only a sale has units to pay for."), "price_kind")
    if price.kind is not PriceKind.SHARE and not 0 < price.micros <= PRICE_MICROS:
        yield Problem("price_out_of_range", _("A price is above 0 and at most 4 million."), "price")


def check_goal(draft: GoalDraft) -> Iterator[Problem]:
    """A measurable goal."""
    if not 0 < draft.target <= TARGET:
        yield Problem("target_needed", _("Say how many you want: a whole number above 0."), "target")
    if draft.max_cost_micros is not None and not 0 < draft.max_cost_micros <= PRICE_MICROS:
        yield Problem(
            "cost_out_of_range",
            _("What one may cost is above 0 and at most 4 million; or leave it out."),
            "max_cost",
        )
    if draft.ends_on < draft.starts_on:
        yield Problem("goal_ends_early", _("The last day of a goal is not before its first."), "ends_on")
    if draft.ends_on - draft.starts_on > timedelta(days=DAYS):
        yield Problem("goal_too_long", _("A goal lasts at most 730 days: split it."), "ends_on")


def check_limit(draft: LimitDraft) -> Iterator[Problem]:
    """A budget or cap. The sentences are the seal's."""
    if not 0 <= draft.cap <= LARGEST_CAP:
        yield Problem("cap_out_of_range", _("A cap is not negative and at most 10^12."), "cap")
    if len(draft.name) > GROUP_CHARS:
        yield Problem("name_too_long", _("Keep the name within 80 characters."), "name")
    if draft.is_budget and draft.measure is not Measure.COST:
        yield Problem("budget_measures_cost", _("A budget is a limit on cost."), "measure")
    if draft.per_customer and draft.outcome in PER_THOUSAND:
        yield Problem(
            "customers_of_touches",
            _("A view or click has no customer to count by: choose orders."),
            "outcome",
        )
    if draft.per_publisher and draft.publisher is not None:
        yield Problem(
            "one_or_each", _("Choose one publisher, or a cap for each publisher, not both."), "publisher"
        )
