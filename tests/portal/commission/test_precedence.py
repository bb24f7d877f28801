"""Whatever people change in whatever order: it seals, and what is sealed is tried in the order they see."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from tests.portal.commission.made import SHOES, enrolled, share, shop
from tests.portal.commission.test_changing import sealed_names
from tests.portal.market import TwoTenants
from utfall.portal.access import Refused
from utfall.portal.access.times import to_ms
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.ordering import priorities
from utfall.portal.programs import facade as programs
from utfall.terms import Portion

STEPS = 14


@pytest.mark.parametrize("seed", range(6))
def test_any_changes_seal_and_keep_the_wanted_order(market: TwoTenants, seed: int) -> None:
    chance = random.Random(seed)
    caller, program = shop(market)
    group = programs.create_group(caller, program.id, "Gold").id
    publisher = enrolled(market, program)
    begun = timezone.now()
    was: dict[int, list[str]] = {}
    wanted = [view.draft for view in facade.rules(caller, program.id, begun)]
    for step in range(STEPS):
        wanted = edited(chance, wanted, group, publisher, step)
        start = timezone.now() + timedelta(days=chance.choice((0, 0, 1, 5)))
        try:
            done = facade.change_rules(caller, program.id, wanted, effective_from=start)
        except Refused as refused:
            codes = {problem.code for problem in refused.problems}
            if codes == {"nothing_changed"}:
                continue
            raise
        at = to_ms(done.effective_from)
        assert sealed_names(program, at) == [draft.name for draft in wanted]
        # What held before the change still holds in its time: receipts stay as they are.
        for then, names in was.items():
            if then < at:
                assert sealed_names(program, then) == names
        was = {then: names for then, names in was.items() if then < at}
        was[at] = [draft.name for draft in wanted]
        wanted = [view.draft for view in facade.rules(caller, program.id, done.effective_from)]


def edited(
    chance: random.Random, drafts: list[RuleDraft], group: int, publisher: int, step: int
) -> list[RuleDraft]:
    """One or two edits as people make them."""
    found = list(drafts)
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(found) + 1)
        scope = chance.choice(({}, {"group": group}, {"publisher": publisher}, {"when": SHOES}))
        match chance.choice(("add", "add", "drop", "swap", "price", "name", "sort")):
            case "add":
                found.insert(place, share(f"Rule {step}.{len(found)}", chance.randint(1, 30), **scope))
            case "drop" if len(found) > 1:
                found.pop(place - 1)
            case "swap" if len(found) > 1:
                found.insert(place, found.pop(place - 1))
            case "price" if found:
                price = Portion(ppm=chance.randint(1, 300_000))
                found[place - 1] = replace(found[place - 1], price=price)
            case "name" if found:
                found[place - 1] = replace(found[place - 1], name=f"Name {step}")
            case "sort":
                chance.shuffle(found)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_priorities_fall_and_as_many_as_possible_are_kept(seed: int) -> None:
    chance = random.Random(seed)
    held = [chance.choice((None, chance.randint(-5, 5), chance.randint(0, 9000))) for _ in range(12)]
    found = priorities(held)
    assert all(one > two for one, two in pairwise(found))
    roomy = [None if one is None else one * 1024 for one in held]
    kept = sum(one == two for one, two in zip(roomy, priorities(roomy), strict=True))
    assert kept >= longest_falling([one for one in roomy if one is not None])


def longest_falling(values: list[int]) -> int:
    best: list[int] = []
    for place, value in enumerate(values):
        best.append(1 + max((best[other] for other in range(place) if values[other] > value), default=0))
    return max(best, default=0)
