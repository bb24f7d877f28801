"""A token does what was shown: once, for ten minutes, with the same arguments, while nothing moved."""

import pytest

from utfall.client import NotReached
from utfall.mcp.plain import Plain, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import OPEN_AT_MOST, Plan, Rehearsals

ASKED: Plain = {"goal": 500}


class Counter:
    """Something that can be added to, and what stands in it."""

    def __init__(self) -> None:
        self.stands, self.keys, self.is_broken = 0, list[str](), False

    def plan(self) -> Plan:
        return Plan(would="Add one.", seen=self.stands, look=lambda: self.stands, do=self.add)

    def add(self, key: str) -> Plain:
        self.keys.append(key)
        if self.is_broken:
            raise NotReached("gone")
        self.stands += 1
        return {"stands": self.stands}


def code_of(refused: pytest.ExceptionInfo[Declined]) -> str:
    assert refused.value.mend
    return refused.value.code


def test_a_token_works_once_and_only_for_what_was_shown() -> None:
    counter, rehearsals = Counter(), Rehearsals()
    token = rehearsals.rehearse("add", ASKED, counter.plan())["confirm"]
    assert counter.stands == 0
    for tool, arguments in (("take", ASKED), ("add", {"goal": 501})):
        with pytest.raises(Declined) as refused:
            rehearsals.perform(tool, arguments, token)
        assert code_of(refused) == "confirm_other_arguments"
    assert rehearsals.perform("add", ASKED, token) == {"done": True, "did": "Add one.", "stands": 1}
    with pytest.raises(Declined) as refused:
        rehearsals.perform("add", ASKED, token)
    assert (code_of(refused), counter.stands) == ("confirm_used", 1)


def test_a_token_is_no_good_elsewhere_or_after_ten_minutes() -> None:
    now, counter = [0.0], Counter()
    rehearsals = Rehearsals(clock=lambda: now[0])
    token = rehearsals.rehearse("add", ASKED, counter.plan())["confirm"]
    with pytest.raises(Declined) as refused:
        Rehearsals().perform("add", ASKED, token)
    assert code_of(refused) == "confirm_unknown"
    now[0] = 601.0
    with pytest.raises(Declined) as refused:
        rehearsals.perform("add", ASKED, token)
    assert (code_of(refused), counter.stands) == ("confirm_expired", 0)


def test_what_moved_meanwhile_is_not_done() -> None:
    counter, rehearsals = Counter(), Rehearsals()
    token = rehearsals.rehearse("add", ASKED, counter.plan())["confirm"]
    counter.stands = 7
    with pytest.raises(Declined) as refused:
        rehearsals.perform("add", ASKED, token)
    assert (code_of(refused), counter.stands) == ("changed_since", 7)


def test_what_nobody_answered_is_tried_again_with_the_same_idempotency_key() -> None:
    counter, rehearsals = Counter(), Rehearsals()
    token = rehearsals.rehearse("add", ASKED, counter.plan())["confirm"]
    counter.is_broken = True
    with pytest.raises(NotReached):
        rehearsals.perform("add", ASKED, token)
    counter.is_broken = False
    rehearsals.perform("add", ASKED, token)
    assert len(counter.keys) == 2
    assert len(set(counter.keys)) == 1


def test_only_so_many_dry_runs_are_kept() -> None:
    rehearsals = Rehearsals()
    tokens = [rehearsals.rehearse("add", ASKED, Counter().plan())["confirm"] for _ in range(OPEN_AT_MOST + 1)]
    with pytest.raises(Declined):
        rehearsals.perform("add", ASKED, tokens[0])
    rehearsals.perform("add", ASKED, tokens[1])


def test_answers_are_decimals_in_the_currency_they_stand_in() -> None:
    told = plain(
        {
            "order": {"currency": "SEK", "amount_micros": 1_000_000},
            "fee_micros": None,
            "lines": [{"commission_micros": 80_000, "share_ppm": 85_000, "note": ""}],
        }
    )
    assert told == {
        "order": {"currency": "SEK", "amount": "1.00 SEK"},
        "lines": [{"commission": "0.08 SEK", "share": "8.5 %"}],
    }
