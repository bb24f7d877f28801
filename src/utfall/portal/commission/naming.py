"""Names of a program's groups and publishers, as rules in words need them."""

from collections.abc import Iterable, Iterator

from utfall.portal.access import Caller, Kind
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.wording import Names
from utfall.portal.partners.contracts import PartnershipView
from utfall.portal.partners.contracts import State as PartnerState
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.terms import AllOf, AnyOf, Condition, Not, Test

MOST_PARTNERS = 2000
"""How many partners a page offers to choose from, and how many letters one change sends."""


def names_of(caller: Caller, program: int, drafts: Iterable[RuleDraft] = ()) -> Names:
    """The groups of a program of the caller's, and the publishers that rules name."""
    groups = {group.id: group.name for group in programs.groups(caller, program)}
    wanted = {number for draft in drafts for number in _publishers(draft)}
    parties = people.parties(Kind.PUBLISHER, wanted)
    return Names(groups, {number: party.name for number, party in parties.items()})


def partners_in(caller: Caller, program: int) -> list[PartnershipView]:
    """Who takes part in a program, and who could again."""
    from utfall.portal.partners import facade as partners  # it shows prices, too

    states = (PartnerState.APPROVED, PartnerState.PAUSED)
    found: list[PartnershipView] = []
    after: int | None = None
    while len(found) < MOST_PARTNERS:
        part = partners.partnerships(caller, program=program, states=states, after=after, count=200)
        found += part.items
        after = part.following
        if after is None:
            break
    return found


def choices_of(caller: Caller, program: int) -> list[tuple[int, str]]:
    """The program's publishers to choose from, by name."""
    numbers = [one.publisher for one in partners_in(caller, program)]
    parties = people.parties(Kind.PUBLISHER, numbers)
    return sorted(((number, party.name) for number, party in parties.items()), key=lambda one: one[1].lower())


def _publishers(draft: RuleDraft) -> Iterator[int]:
    if draft.publisher is not None:
        yield draft.publisher
    if draft.when is not None:
        for test in tests_of(draft.when):
            if test.field == "partner.publisher":
                values = test.value if isinstance(test.value, tuple) else (test.value,)
                yield from (value for value in values if isinstance(value, int))


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test in a condition tree."""
    match condition:
        case Test():
            yield condition
        case Not(of=part):
            yield from tests_of(part)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from tests_of(part)
