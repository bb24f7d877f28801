"""Approvals: nothing is made before a second person allows it, and never by whoever asked."""

from datetime import timedelta

import pytest

from tests.portal.audit import kinds
from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.money import Money
from utfall.portal.access import Caller, Forbidden, NotFound, Permission, Refused, Role
from utfall.portal.audit import facade
from utfall.portal.audit.contracts import DecidedBy, PolicyView, Required, State
from utfall.portal.audit.models import Proposal
from utfall.portal.audit.proposals import may_decide
from utfall.portal.people import facade as people


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    kinds.made.clear()


def ask(market: TwoTenants, by: Caller | None = None, **payload: object) -> int:
    caller = by or market.a.advertiser.caller()
    return facade.propose(
        caller,
        kinds.CHANGE,
        payload,
        "Pay 12 % instead of 8 %",
        subject="rule 7",
        before={"share": 80_000},
        after={"share": 120_000},
        advertiser=caller.number,
    )


def test_nothing_is_made_before_a_second_person_allows_it(market: TwoTenants) -> None:
    proposal = ask(market, share=120_000)
    assert kinds.made == []
    second = market.a.advertiser.caller(Role.FINANCE)
    assert facade.decide(second, proposal, approve=True).state is State.APPROVED
    assert kinds.made == [(second.actor, {"share": 120_000})]
    actions = [one.action for one in facade.entries(market.a.advertiser.caller()).items[:2]]
    assert actions == ["proposal.approve", "proposal.propose"]


def test_whoever_asked_never_decides(market: TwoTenants) -> None:
    proposal = ask(market)
    with pytest.raises(Refused) as refused:
        facade.decide(market.a.advertiser.caller(), proposal, approve=True)
    assert refused.value.problems[0].code == "own_proposal"
    assert not facade.can_decide(market.a.advertiser.caller(), proposal)
    assert kinds.made == []


def key_of(maker: Caller) -> Caller:
    """The caller that a key made by somebody is."""
    made = people.create_key(maker, "machine", (Permission.LOOK, Permission.PRICE, Permission.TRACK))
    found = people.caller_of_key(made.secret)
    assert found is not None
    return found


@pytest.mark.parametrize("keys", [1, 2], ids=["a key", "a key that a key made"])
def test_the_maker_of_a_key_does_not_decide_what_it_asks(market: TwoTenants, keys: int) -> None:
    maker = market.a.advertiser.caller()
    key = maker
    for _ in range(keys):
        key = key_of(key)
    before = facade.waiting(maker)
    proposal = ask(market, by=key)
    with pytest.raises(Refused) as refused:
        facade.decide(maker, proposal, approve=True)
    assert refused.value.problems[0].code == "own_proposal"
    assert not facade.can_decide(maker, proposal)
    assert facade.waiting(maker) == before
    second = market.a.advertiser.caller(Role.FINANCE)
    assert facade.decide(second, proposal, approve=True).state is State.APPROVED
    assert len(kinds.made) == 1


def test_a_key_never_decides(market: TwoTenants) -> None:
    """Neither what its own maker asked for, nor what another person did."""
    maker = market.a.advertiser.caller()
    for proposal in (ask(market), ask(market, by=market.a.advertiser.caller(Role.MANAGER))):
        with pytest.raises(Refused) as refused:
            facade.decide(key_of(maker), proposal, approve=True)
        assert refused.value.problems[0].code == "person_needed"
    assert kinds.made == []


def test_deciding_needs_what_the_change_needs(market: TwoTenants) -> None:
    proposal = ask(market)
    with pytest.raises(Forbidden):
        facade.decide(market.a.advertiser.caller(Role.VIEWER), proposal, approve=True)
    with pytest.raises(NotFound):
        facade.decide(market.b.advertiser.caller(), proposal, approve=True)


def test_a_change_is_decided_once(market: TwoTenants) -> None:
    proposal = ask(market)
    second = market.a.advertiser.caller(Role.MANAGER)
    with pytest.raises(Refused, match="why"):
        facade.decide(second, proposal, approve=False)
    assert facade.decide(second, proposal, approve=False, why="too much").state is State.REFUSED
    with pytest.raises(Refused) as refused:
        facade.decide(second, proposal, approve=True)
    assert refused.value.status == 409
    assert kinds.made == []


def test_what_can_no_longer_be_made_goes_on_waiting(market: TwoTenants) -> None:
    proposal = ask(market, late=True)
    with pytest.raises(Refused, match="too late"):
        facade.decide(market.a.advertiser.caller(Role.MANAGER), proposal, approve=True)
    assert facade.proposal(market.a.advertiser.caller(), proposal).state is State.WAITING


def test_it_is_withdrawn_by_its_own_side_only(market: TwoTenants) -> None:
    proposal = ask(market)
    with pytest.raises(NotFound):
        facade.withdraw(market.a.agency.caller(), proposal)
    assert facade.withdraw(market.a.advertiser.caller(), proposal).state is State.WITHDRAWN


def test_what_waits_too_long_is_over(market: TwoTenants) -> None:
    proposal = ask(market)
    row = Proposal.objects.system().get(pk=proposal)
    Proposal.objects.system().filter(pk=proposal).update(expires_at=row.asked_at - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        facade.decide(market.a.advertiser.caller(Role.MANAGER), proposal, approve=True)
    assert refused.value.problems[0].code == "expired"
    assert facade.expire() == 1
    assert facade.proposal(market.a.advertiser.caller(), proposal).state is State.EXPIRED


def test_the_operator_says_what_needs_a_second_person(market: TwoTenants) -> None:
    operator = market.operator.caller()
    assert not facade.needs_approval(kinds.CHANGE, share_ppm=900_000)
    limits = PolicyView(
        kind=kinds.CHANGE, required=Required.ABOVE, above_ppm=100_000, above_micros={"SEK": 500_000_000}
    )
    facade.set_policy(operator, limits)
    assert not facade.needs_approval(kinds.CHANGE, share_ppm=100_000)
    assert facade.needs_approval(kinds.CHANGE, share_ppm=100_001)
    assert not facade.needs_approval(kinds.CHANGE, flat=Money(500_000_000, "SEK"))
    assert facade.needs_approval(kinds.CHANGE, flat=Money(500_000_001, "SEK"))
    assert facade.needs_approval(kinds.CHANGE, flat=Money(1, "EUR")), "no limit in euro: above it"
    with pytest.raises(Forbidden):
        facade.set_policy(market.a.advertiser.caller(), limits)
    assert facade.entries(operator).items[0].action == "policy.change"


def test_the_operator_may_keep_the_decision_to_itself(market: TwoTenants) -> None:
    facade.set_policy(
        market.operator.caller(),
        PolicyView(kind=kinds.CHANGE, required=Required.ALWAYS, decided_by=DecidedBy.OPERATOR),
    )
    proposal = ask(market)
    with pytest.raises(Forbidden):
        facade.decide(market.a.advertiser.caller(Role.MANAGER), proposal, approve=True)
    assert facade.decide(market.operator.caller(), proposal, approve=True).state is State.APPROVED


def test_a_proposal_is_decided_in_the_browser(market: TwoTenants, client_of: ClientOf) -> None:
    proposal = ask(market)
    tenant = market.a.advertiser
    address = f"/{tenant.slug}/approvals/{proposal}/"
    asker, second = client_of(tenant.users[Role.OWNER]), client_of(tenant.users[Role.MANAGER])
    assert 'value="approve"' not in asker.get(address).content.decode()
    assert asker.post(address, {"do": "approve"}).status_code == 422
    assert 'value="approve"' in second.get(address).content.decode()
    assert second.post(address, {"do": "refuse"}).status_code == 422
    assert second.post(address, {"do": "approve"}).status_code == 302
    assert len(kinds.made) == 1


def test_the_policy_is_set_in_the_browser(market: TwoTenants, client_of: ClientOf) -> None:
    operator = market.operator
    client = client_of(operator.users[Role.OWNER])
    address = f"/{operator.slug}/approvals/policy/"
    assert client.get(address).status_code == 200
    sent = {
        "kind": kinds.CHANGE,
        "required": "above",
        "decided_by": "operator",
        "above_ppm": "12.5",
        "SEK": "500",
    }
    assert client.post(address, {**sent, "above_ppm": "much"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    held = facade.policy(kinds.CHANGE)
    assert (held.required, held.above_ppm, dict(held.above_micros)) == (
        Required.ABOVE,
        125_000,
        {"SEK": 500_000_000},
    )


def everybody(market: TwoTenants) -> list[Caller]:
    """People and keys on every side, with every role."""
    sides = (market.operator, market.a.advertiser, market.a.agency, market.a.publisher, market.b.advertiser)
    people_of = [side.caller(role) for side in sides for role in side.users]
    return [*people_of, key_of(market.a.advertiser.caller())]


@pytest.mark.parametrize("decided_by", DecidedBy)
def test_what_is_counted_is_what_can_be_decided(market: TwoTenants, decided_by: DecidedBy) -> None:
    """The count asks the table, deciding asks the proposal; of each caller both say the same."""
    wanted = PolicyView(kind=kinds.CHANGE, required=Required.ALWAYS, decided_by=decided_by)
    facade.set_policy(market.operator.caller(), wanted)
    callers = everybody(market)
    before = {(one.actor, one.name): facade.waiting(one) for one in callers}
    made = {
        ask(market),
        ask(market, by=market.a.advertiser.caller(Role.FINANCE)),
        ask(market, by=market.b.advertiser.caller()),
    }
    counts = {}
    for caller in callers:
        may = set()
        for row in Proposal.objects.of(caller).filter(pk__in=made):
            try:
                may_decide(caller, row)
                may.add(row.pk)
            except (Forbidden, Refused):
                pass
        assert facade.decidable(caller, made) == may, caller
        counts[caller.actor, caller.name] = len(may)
        assert facade.waiting(caller) == before[caller.actor, caller.name] + len(may)
    operator, owner = market.operator.caller(), market.a.advertiser.caller()
    assert counts[operator.actor, operator.name] == 3
    assert counts[owner.actor, owner.name] == (1 if decided_by is DecidedBy.COLLEAGUE else 0)
    assert 0 in counts.values()


def test_the_list_tells_what_is_for_whom(market: TwoTenants, client_of: ClientOf) -> None:
    ask(market)
    tenant = market.a.advertiser
    told = {}
    for role in (Role.OWNER, Role.MANAGER, Role.VIEWER):
        told[role] = client_of(tenant.users[role]).get(f"/{tenant.slug}/approvals/").content.decode()
    assert "Asked by you" in told[Role.OWNER]
    assert " for you)" not in told[Role.OWNER]
    assert "For you to decide" in told[Role.MANAGER]
    assert "(1 for you)" in told[Role.MANAGER]
    assert "Somebody else decides" in told[Role.VIEWER]
    assert " for you)" not in told[Role.VIEWER]
