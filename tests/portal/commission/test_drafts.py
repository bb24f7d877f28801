"""The next change while people work on it: kept, shared, undone, thrown away."""

import pytest
from django.utils import timezone

from tests.portal.commission.made import SHOES, put, share, shop
from tests.portal.market import TwoTenants
from utfall.portal.access import Caller, Forbidden, NotFound, Refused, Role
from utfall.portal.commission import facade
from utfall.portal.programs.contracts import ProgramView


def names(caller: Caller, program: ProgramView) -> list[str]:
    return [one.draft.name for one in facade.draft(caller, program.id).rules]


def test_edits_gather_until_they_are_saved_together(market: TwoTenants) -> None:
    caller, program = shop(market)
    before = facade.draft(caller, program.id)
    assert (before.begun_at, [one.draft.name for one in before.rules]) == (None, ["Standard"])
    key = facade.set_rule(caller, program.id, share("Shoes", 12, when=SHOES), first=True)
    facade.set_rule(caller, program.id, share("Dearer", 9), before.rules[0].key)
    colleague = market.a.advertiser.caller(Role.FINANCE)
    found = facade.draft(colleague, program.id)
    assert [one.draft.name for one in found.rules] == ["Shoes", "Dearer"]
    assert (found.rules[0].key, found.rules[1].draft.rule) == (key, before.rules[0].draft.rule)
    assert [view.draft.name for view in facade.rules(caller, program.id, timezone.now())] == ["Standard"]


def test_every_step_can_be_undone(market: TwoTenants) -> None:
    caller, program = shop(market)
    facade.set_rule(caller, program.id, share("b", 1))
    facade.set_rule(caller, program.id, share("c", 1))
    keys = [one.key for one in facade.draft(caller, program.id).rules]
    facade.reorder(caller, program.id, [keys[2], keys[0]])
    assert names(caller, program) == ["c", "Standard", "b"]
    facade.copy_rule(caller, program.id, keys[0])
    facade.remove_rule(caller, program.id, keys[1])
    assert names(caller, program) == ["c", "Standard, copy", "Standard"]
    for wanted in (
        ["c", "Standard, copy", "Standard", "b"],
        ["c", "Standard", "b"],
        ["Standard", "b", "c"],
        ["Standard", "b"],
        ["Standard"],
    ):
        facade.undo(caller, program.id)
        assert names(caller, program) == wanted
    assert facade.draft(caller, program.id).begun_at is None


def test_a_draft_can_be_thrown_away(market: TwoTenants) -> None:
    caller, program = shop(market)
    facade.set_rule(caller, program.id, share("b", 1))
    facade.discard(caller, program.id)
    assert facade.draft(caller, program.id).begun_at is None


def test_a_draft_says_when_the_rules_changed_meanwhile(market: TwoTenants) -> None:
    caller, program = shop(market)
    facade.set_rule(caller, program.id, share("b", 1))
    assert not facade.draft(caller, program.id).is_stale
    put(caller, program, [share("other", 3)])
    assert facade.draft(caller, program.id).is_stale


def test_a_rule_that_cannot_be_is_refused_at_once(market: TwoTenants) -> None:
    caller, program = shop(market)
    with pytest.raises(Refused) as refused:
        facade.set_rule(caller, program.id, share("", 1))
    assert refused.value.problems[0].field == "name"


def test_only_those_who_price_have_a_hand_in_it(market: TwoTenants) -> None:
    caller, program = shop(market)
    facade.set_rule(caller, program.id, share("b", 1))
    viewer, stranger = market.a.advertiser.caller(Role.VIEWER), market.b.advertiser.caller()
    with pytest.raises(Forbidden):
        facade.discard(viewer, program.id)
    with pytest.raises(NotFound):
        facade.draft(stranger, program.id)
    with pytest.raises(NotFound):
        facade.remove_rule(stranger, program.id, "n1")
    with pytest.raises(NotFound):
        facade.remove_rule(caller, program.id, "n99")
