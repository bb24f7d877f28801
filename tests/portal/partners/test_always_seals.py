"""Whatever both sides do, in whatever order: one open enrolment exactly where a partnership is approved."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.programs.test_sealed import sealed_market
from utfall.portal.access import Caller, Forbidden, NotFound, Refused
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import ApplicationDraft, BanReason, Reapply, Rejection, State
from utfall.portal.partners.models import Enrolment, Partnership
from utfall.portal.programs import facade as programs
from utfall.terms import Enrolment as SealedEnrolment
from utfall.terms import check_market

NUMBER = st.integers(1, 3)
GROUP = st.none() | st.integers(1, 3)
Act = Callable[[Caller], Any]


def _applied(program: int, types: tuple[str, ...]) -> Act:
    draft = ApplicationDraft(program=program, promotion_types=types)
    return lambda caller: facade.apply(caller, draft)


def _decided(number: int, verdict: State, group: int | None, reapply: Reapply) -> Act:
    reason = Rejection.OTHER if verdict is State.REJECTED else None
    return lambda caller: facade.decide(caller, number, verdict, reason=reason, group=group, reapply=reapply)


ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(_applied, NUMBER, st.sampled_from([("content",), ("email",), ()])),
    st.builds(
        _decided,
        NUMBER,
        st.sampled_from([State.APPROVED, State.REJECTED]),
        GROUP,
        st.sampled_from(Reapply),
    ),
    st.builds(lambda n, g: lambda caller: facade.move(caller, n, g), NUMBER, GROUP),
    st.builds(lambda n: lambda caller: facade.pause(caller, n, why="Why not"), NUMBER),
    st.builds(lambda n: lambda caller: facade.resume(caller, n), NUMBER),
    st.builds(lambda n: lambda caller: facade.ban(caller, n, BanReason.SPAM, why="Spam"), NUMBER),
    st.builds(lambda n: lambda caller: facade.lift_ban(caller, n, why="A mistake"), NUMBER),
    st.builds(lambda n: lambda caller: facade.leave(caller, n), NUMBER),
    st.builds(lambda n: lambda caller: facade.withdraw_application(caller, n), NUMBER),
    st.builds(lambda n, yes: lambda caller: facade.answer(caller, n, accept=yes), NUMBER, st.booleans()),
    st.builds(lambda n, p, g: lambda caller: facade.invite(caller, n, p, group=g), NUMBER, NUMBER, GROUP),
)


def _sealed() -> list[SealedEnrolment]:
    return list(facade.sealed_enrolments())


@given(acts=st.lists(st.tuples(st.booleans(), ACTS), max_size=25))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_enrolment_is_open_exactly_where_a_partnership_is_approved(
    market: TwoTenants, acts: list[tuple[bool, Act]]
) -> None:
    advertiser, publisher = market.a.advertiser.caller(), market.a.publisher.caller()
    with transaction.atomic():
        for name in ("One", "Two"):
            view = live(advertiser, market.operator.caller(), name)
            programs.create_group(advertiser, view.id, "Gold")
        for is_buyer, act in acts:
            try:
                with transaction.atomic():
                    act(advertiser if is_buyer else publisher)
            except (Refused, NotFound, Forbidden):
                pass
            for row in Partnership.objects.system():
                rows = Enrolment.objects.system().filter(partnership=row, ends_at=None)
                groups = list(rows.values_list("group", flat=True))
                assert groups == ([row.group] if row.state == State.APPROVED.value else [])
        assert check_market(replace(sealed_market(), enrolments=tuple(_sealed()))) == []
        transaction.set_rollback(True)
