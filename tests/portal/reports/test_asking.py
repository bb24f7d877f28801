"""What may be asked, of whose facts, and how a refusal reads."""

from datetime import timedelta

import pytest

from tests.portal.market import TwoTenants
from tests.portal.reports import measured
from tests.unit.lake.worlds import SEK
from utfall.portal.access import Refused
from utfall.portal.reports import facade
from utfall.portal.reports.contracts import Query

KPIS = Query(("clicks", "sales", "revenue"))


def test_each_sees_its_own_facts_and_the_operator_everybodys(busy: TwoTenants) -> None:
    def clicks(caller: object) -> int:
        return int(facade.ask(caller, Query(("clicks",))).total["clicks"])  # type: ignore[arg-type]

    assert clicks(busy.a.advertiser.caller()) == clicks(busy.a.agency.caller()) == 6
    assert clicks(busy.a.publisher.caller()) == 6
    assert clicks(busy.b.advertiser.caller()) == clicks(busy.b.publisher.caller()) == 12
    assert clicks(busy.operator.caller()) == clicks(busy.auditor.caller()) == 18


def test_asking_for_another_ones_facts_finds_nothing(busy: TwoTenants) -> None:
    other = {"publisher": (busy.b.publisher.number,)}
    report = facade.ask(busy.a.advertiser.caller(), Query(("clicks",), ("publisher",), other))
    assert report.rows == ()


def test_a_publisher_is_refused_what_only_the_advertiser_may_see(busy: TwoTenants) -> None:
    with pytest.raises(Refused) as refused:
        facade.ask(busy.a.publisher.caller(), Query(("cost",)))
    assert refused.value.problems[0].code == "not_in_scope"
    names = {one.name for one in facade.metrics(busy.a.publisher.caller())}
    assert not names & {"cost", "fee", "imported_cost", "cpa", "roas", "roi"}
    assert {"clicks", "commission_approved", "epc"} <= names


def test_what_is_asked_together_is_of_the_same_moment(busy: TwoTenants) -> None:
    asked = [KPIS, Query(("clicks",), ("day",)), Query(("clicks",), ("device",))]
    reports = facade.ask_many(busy.a.advertiser.caller(), asked)
    assert {one.shipped for one in reports} == {3}
    assert [sum(row["clicks"] for row in one.rows) for one in reports] == [6, 6, 6]
    assert reports[0].total["revenue"] == 300 * SEK


def test_a_span_of_days_ends_before_its_end(busy: TwoTenants) -> None:
    day = measured.noon().date()
    query = Query(("clicks",), start=day - timedelta(days=1), end=day)
    assert facade.ask(busy.a.advertiser.caller(), query).total["clicks"] == 2


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (Query(()), "invalid_query"),
        (Query(("clicsk",)), "unknown_name"),
        (Query(("clicks",), ("planet",)), "unknown_name"),
        (Query(("clicks",), order=("sales",)), "invalid_query"),
        (Query(("clicks",), limit=0), "invalid_query"),
        (Query(("clicks",), where={"program": ("x",)}), "invalid_query"),
    ],
)
def test_a_question_without_sense_is_refused_with_a_reason(busy: TwoTenants, query: Query, code: str) -> None:
    with pytest.raises(Refused) as refused:
        facade.ask(busy.a.advertiser.caller(), query)
    assert refused.value.problems[0].code == code


def test_before_the_first_click_it_says_so(market: TwoTenants) -> None:
    measured.empty()
    assert not facade.has_begun()
    with pytest.raises(Refused) as refused:
        facade.ask(market.a.advertiser.caller(), KPIS)
    assert refused.value.problems[0].code == "nothing_measured"


def test_every_metric_and_dimension_explains_itself_in_every_language(market: TwoTenants) -> None:
    from django.utils import translation

    told = set()
    for language in ("en", "sv", "nb"):
        with translation.override(language):
            metrics = facade.metrics(market.operator.caller())
            assert all(one.words and one.formula and one.included for one in metrics)
            assert all(one.words and one.described for one in facade.dimensions(market.operator.caller()))
            told.add(tuple(one.included for one in metrics))
    assert len(told) == 3
