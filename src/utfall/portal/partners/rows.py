"""Partnerships as lists show them: with the names of the other side, the program and the group."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Funded
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import PartnershipView, ProfileView, Showcase
from utfall.portal.partners.forms import language_choices
from utfall.portal.partners.words import MEANINGS, NEXT_STEPS, STATES, reason_words
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Party
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.words import CATEGORIES, PROMOTION_TYPES
from utfall.terms import PromotionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One partnership in a list."""

    view: PartnershipView
    partner: Party
    advertiser: Party
    program: ProgramView | None
    group: str
    shown: Showcase | None = None
    owed: Funded | None = None

    @property
    def state_words(self) -> Words:
        """The state as the trade calls it."""
        return STATES[self.view.state]

    @property
    def meaning(self) -> Words:
        """What the state means for clicks and money."""
        return MEANINGS[self.view.state]

    @property
    def next_step(self) -> Words:
        """What its publisher does next."""
        return NEXT_STEPS[self.view.state]

    @property
    def reason(self) -> Words:
        """Why it was turned down or banned."""
        return reason_words(self.view.reason)

    @property
    def types(self) -> list[Words]:
        """How it promotes."""
        return types_words(self.view.promotion_types)


def types_words(types: Sequence[str]) -> list[Words]:
    """Promotion types in words."""
    return [PROMOTION_TYPES[PromotionType(one)] for one in types]


def rows_of(caller: Caller, views: Sequence[PartnershipView], *, shown: bool = False) -> list[Row]:
    """Partnerships with everything that a list shows of them, in a handful of queries."""
    publishers = people.parties(Kind.PUBLISHER, {one.publisher for one in views})
    advertisers = people.parties(Kind.ADVERTISER, {one.advertiser for one in views})
    named = programs_named(caller, {one.program for one in views})
    groups = programs.group_names({one.group for one in views if one.group is not None})
    cases = facade.showcases(caller, {one.publisher for one in views}) if shown else {}
    return [
        Row(
            view=one,
            partner=publishers[one.publisher],
            advertiser=advertisers[one.advertiser],
            program=named.get(one.program),
            group=groups.get(one.group, "") if one.group is not None else "",
            shown=cases.get(one.publisher),
        )
        for one in views
    ]


def row_of(caller: Caller, view: PartnershipView) -> Row:
    """One partnership with everything that a page shows of it."""
    return rows_of(caller, [view], shown=True)[0]


def owed_in(caller: Caller, numbers: Collection[int]) -> dict[int, Funded]:
    """What a publisher is owed in programs, by number, and how far it is funded; asked of the book once."""
    return funding.by_program(funding.lately_funded(caller)) if numbers else {}


def programs_named(caller: Caller, numbers: set[int]) -> dict[int, ProgramView]:
    """Programs by number, those that the caller may read about."""
    found = programs.programs(caller, numbers=frozenset(numbers), count=200).items
    return {one.id: one for one in found}


def own_programs(caller: Caller) -> list[ProgramView]:
    """The caller's own programs that are live, by name; at most two hundred."""
    found = programs.programs(caller, count=200).items
    live = [one for one in found if one.live_since is not None and one.state.value != "closed"]
    return sorted(live, key=lambda one: one.name.casefold())


def named(view: ProfileView) -> dict[str, list[Any]]:
    """Countries, languages and subjects of a profile in words."""
    countries, languages = dict(people.countries()), dict(language_choices())
    return {
        "countries": [countries.get(one, one) for one in view.countries],
        "spoken": [languages.get(one, one) for one in view.languages],
        "subjects": [CATEGORIES[one] for one in view.categories],
    }
