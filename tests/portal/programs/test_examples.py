"""Examples in the wizard are priced by the engine."""

from utfall.events import Outcome
from utfall.portal.programs.contracts import PriceKind, StartingPrice
from utfall.portal.programs.examples import course_of, example_of


def price(kind: PriceKind, outcome: Outcome, *, micros: int = 0, ppm: int = 0) -> StartingPrice:
    """A price in Swedish crowns."""
    return StartingPrice(kind=kind, outcome=outcome, currency="SEK", micros=micros, ppm=ppm)


def test_a_share_is_taken_of_the_order_and_the_fee_of_the_commission() -> None:
    found = example_of(price(PriceKind.SHARE, Outcome.SALE, ppm=80_000), 200_000)
    assert (found.commission_micros, found.fee_micros, found.cost_micros) == (
        80 * 10**6,
        16 * 10**6,
        96 * 10**6,
    )


def test_an_amount_per_item_is_paid_for_both_items() -> None:
    found = example_of(price(PriceKind.PER_UNIT, Outcome.SALE, micros=5 * 10**6), 0)
    assert found.commission_micros == 10 * 10**6


def test_a_lead_pays_its_amount_and_a_thousand_clicks_theirs() -> None:
    assert (
        example_of(price(PriceKind.FLAT, Outcome.LEAD, micros=250 * 10**6), 0).commission_micros
        == 250 * 10**6
    )
    thousand = example_of(price(PriceKind.PER_THOUSAND, Outcome.CLICK, micros=48 * 10**6), 0)
    assert (thousand.count, thousand.commission_micros) == (1000, 48 * 10**6)


def test_what_a_person_approves_has_no_day() -> None:
    assert course_of(None, 30).payable is None
    course = course_of(30, 14)
    assert course.payable is not None
    assert (course.payable - course.placed).days == 44
