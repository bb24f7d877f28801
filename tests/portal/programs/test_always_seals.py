"""Whatever people do, in whatever order: what the portal holds of programs can be sealed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.programs.test_sealed import sealed_market
from utfall.events import Outcome
from utfall.portal.access import Caller, Forbidden, NotFound, Refused
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import LimitDraft, Preset, PriceKind, StartingPrice, State, TermsDraft
from utfall.terms import ChannelPolicy, Measure, Over, Period, Windows, check_market

SMALL = st.integers(-2, 800)
TERMS = st.builds(
    TermsDraft,
    windows=st.builds(Windows, standard=SMALL, incentive=SMALL, soft=SMALL, view=SMALL),
    attribution=st.lists(st.sampled_from(["code", "click", "view"]), max_size=4).map(tuple),
    channels=st.dictionaries(st.text(max_size=3), st.sampled_from(ChannelPolicy), max_size=2),
    fee_ppm=st.none() | st.integers(-1, 1_000_001),
    hold_days=SMALL,
    auto_approval_days=st.none() | SMALL,
    max_age_days=SMALL,
    text=st.just("Be fair."),
)
LIMITS = st.builds(
    LimitDraft,
    measure=st.sampled_from(Measure),
    period=st.sampled_from(Period),
    cap=st.integers(-1, 10**18 + 1),
    over=st.sampled_from(Over),
    outcome=st.none() | st.sampled_from(Outcome),
    group=st.none() | st.integers(1, 3),
    publisher=st.none() | st.integers(0, 3),
    per_publisher=st.booleans(),
    is_budget=st.booleans(),
)
PRICES = st.builds(
    StartingPrice,
    kind=st.sampled_from(PriceKind),
    outcome=st.sampled_from(Outcome),
    currency=st.just("SEK"),
    micros=st.integers(-1, 5 * 10**12),
    ppm=st.integers(-1, 1_000_001),
)
STARTS = st.none() | st.integers(-60, 90_000).map(lambda seconds: timedelta(seconds=seconds))
NUMBER = st.integers(1, 3)

Act = Callable[[Caller], Any]


def _complete(caller: Caller, number: int) -> None:
    view = facade.program(caller, number)
    facade.describe(caller, number, replace(view.profile, website="https://acme.test", category="home"))
    facade.draft_terms(caller, number, replace(facade.draft_of(view.terms), text="Be fair."))


def _publish(number: int, terms: TermsDraft, starts: timedelta | None) -> Act:
    def act(caller: Caller) -> None:
        when = None if starts is None else timezone.now() + starts
        facade.publish_terms(caller, number, terms, effective_from=when)

    return act


ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        lambda preset, currency: (
            lambda caller: facade.create_draft(
                caller, name="Acme", currency=currency, zone="Europe/Stockholm", preset=preset, advertiser=1
            )
        ),
        st.sampled_from(Preset),
        st.sampled_from(["SEK", "XXX"]),
    ),
    st.builds(lambda number: lambda caller: _complete(caller, number), NUMBER),
    st.builds(lambda number, terms: lambda caller: facade.draft_terms(caller, number, terms), NUMBER, TERMS),
    st.builds(
        lambda number, price: lambda caller: facade.set_starting_price(caller, number, price), NUMBER, PRICES
    ),
    st.builds(
        lambda number, state: lambda caller: facade.change_state(caller, number, state, "Because"),
        NUMBER,
        st.sampled_from(State),
    ),
    st.builds(lambda number: lambda caller: facade.submit(caller, number), NUMBER),
    st.builds(_publish, NUMBER, TERMS, STARTS),
    st.builds(
        lambda number, version: lambda caller: facade.withdraw_terms(caller, number, version),
        NUMBER,
        st.integers(1, 5),
    ),
    st.builds(lambda number, limit: lambda caller: facade.add_limit(caller, number, limit), NUMBER, LIMITS),
    st.builds(
        lambda number, name: lambda caller: facade.create_group(caller, number, name),
        NUMBER,
        st.text(max_size=4),
    ),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(st.tuples(st.booleans(), ACTS), min_size=5, max_size=25))
def test_any_sequence_of_operations_leaves_a_market_that_seals(
    market: TwoTenants, steps: list[tuple[bool, Act]]
) -> None:
    callers = {True: market.operator.caller(), False: market.a.advertiser.caller()}
    with transaction.atomic():
        live(callers[False], callers[True])
        for by_operator, act in steps:
            try:
                act(callers[by_operator])
            except (Refused, Forbidden, NotFound):
                continue
        assert check_market(sealed_market()) == []
        transaction.set_rollback(True)
