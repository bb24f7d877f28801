"""Who else is paid: agreed by whoever pays it, for the future only, and sealed with everything else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.programs.test_api import key_of, send
from utfall.portal.access import Refused
from utfall.portal.partners import facade
from utfall.portal.partners.sharing_contracts import OverrideDraft, SplitDraft
from utfall.portal.sealing import facade as sealing
from utfall.terms import Override, Split, seal
from utfall.workers.publish import sealed_zone

ROOT = "/api/v1"


def test_a_split_is_made_read_sealed_and_ended_by_api(market: TwoTenants) -> None:
    buyer, winner, other = (
        key_of(one) for one in (market.a.advertiser, market.a.publisher, market.b.publisher)
    )
    first, second = market.a.publisher.number, market.b.publisher.number
    program = live(market.a.advertiser.caller(), market.operator.caller())
    shares = [{"publisher": first, "ppm": 700_000}, {"publisher": second, "ppm": 300_000}]
    wanted = {"program": program.id, "publisher": first, "shares": shares}
    made = send("POST", f"{ROOT}/splits", buyer, wanted)
    assert made["shares"] == shares
    (own,) = send("GET", f"{ROOT}/splits", winner)
    (part,) = send("GET", f"{ROOT}/splits?program={program.id}", other)
    assert own["shares"] == [shares[0]]
    assert part["shares"] == [shares[1]]
    assert send("GET", f"{ROOT}/splits", key_of(market.b.advertiser)) == []
    _, agreed = sealing.market(sealed_zone)
    (sealed,) = agreed.splits
    assert sealed == Split(
        id=made["id"],
        program=program.id,
        publisher=first,
        shares=((first, 700_000), (second, 300_000)),
        effective_from=sealed.effective_from,
    )
    assert seal(agreed)
    ended = send("POST", f"{ROOT}/splits/{made['id']}/end", buyer, {"why": "The campaign is over"})
    assert ended["ends_at"]
    assert send("POST", f"{ROOT}/splits", buyer, wanted)["id"] > made["id"]


def test_an_override_is_agreed_by_whoever_pays_it(market: TwoTenants) -> None:
    parent, child = market.b.publisher.number, market.a.publisher.number
    program = live(market.a.advertiser.caller(), market.operator.caller())
    on_top: dict[str, Any] = {
        "parent": parent,
        "child": child,
        "ppm": 50_000,
        "program": program.id,
        "on_top": True,
    }
    given: dict[str, Any] = {"parent": parent, "child": child, "ppm": 100_000}
    made = send("POST", f"{ROOT}/overrides", key_of(market.a.advertiser), on_top)
    for caller, draft in (
        (market.b.publisher, given),
        (market.a.advertiser, given),
        (market.a.publisher, {**on_top, "ppm": 1}),
    ):
        with pytest.raises(Refused):
            facade.add_override(caller.caller(), OverrideDraft(**draft))
    send("POST", f"{ROOT}/overrides/{made['id']}/end", key_of(market.a.advertiser), {})
    own = send("POST", f"{ROOT}/overrides", key_of(market.a.publisher), given)
    assert [one["id"] for one in send("GET", f"{ROOT}/overrides", key_of(market.a.publisher))] == [own["id"]]
    received = send("GET", f"{ROOT}/overrides", key_of(market.b.publisher))
    assert [one["id"] for one in received] == [own["id"], made["id"]]
    _, agreed = sealing.market(sealed_zone)
    last = agreed.overrides[-1]
    assert last == Override(
        id=own["id"], parent=parent, child=child, ppm=100_000, effective_from=last.effective_from
    )
    with pytest.raises(Refused, match="alone can end it"):
        facade.end_override(market.b.publisher.caller(), made["id"])
    giver, later = market.a.publisher.caller(), timezone.now() + timedelta(days=1)
    facade.end_override(giver, own["id"])
    in_one = facade.add_override(giver, OverrideDraft(**given, program=program.id))
    facade.end_override(giver, in_one.id, later)
    with pytest.raises(Refused, match="Only who pays"):
        facade.keep_override(market.a.advertiser.caller(), in_one.id)


def test_what_cannot_be_sealed_is_refused_in_words(market: TwoTenants) -> None:
    caller, now = market.a.advertiser.caller(), timezone.now()
    first, second = market.a.publisher.number, market.b.publisher.number
    program = live(caller, market.operator.caller())
    halves = ((first, 500_000), (second, 500_000))

    def split(shares: tuple[tuple[int, int], ...] = halves, **more: object) -> SplitDraft:
        return SplitDraft(program=program.id, publisher=first, shares=shares, **more)  # type: ignore[arg-type]

    refused = {
        "shares_not_whole": split(((first, 500_000), (second, 400_000))),
        "winner_missing": split(((first, 500_000), (second, 200_000), (second, 300_000))),
        "shares_out_of_range": split(((first, 1_000_000),)),
        "unknown_publisher": split(((first, 500_000), (999_999, 500_000))),
        "begins_in_the_past": split(starts_at=now - timedelta(days=1)),
        "ends_too_early": split(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=1)),
    }
    for code, draft in refused.items():
        with pytest.raises(Refused) as told:
            facade.add_split(caller, draft)
        assert code in [problem.code for problem in told.value.problems]
    facade.add_split(caller, split())
    with pytest.raises(Refused, match="end that one first"):
        facade.add_split(caller, split(starts_at=now + timedelta(days=3)))
    assert len(facade.splits(caller)) == 1
