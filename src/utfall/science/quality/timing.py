"""Clicks too late to have led to anything: after the checkout began, or seconds before the order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Final, NamedTuple

from utfall.science.quality.chances import FINDING, binomial_tail, blamed, q_values, share_of_others
from utfall.science.quality.grouping import Place, by_place, others_of
from utfall.science.quality.rows import Detector, Ordered, Verdict
from utfall.science.quality.words import told

QUICK_S: Final = (5, 15, 30, 60)
ORDERS_LEAST: Final = 5
SECOND: Final = 1000


class _Habit(NamedTuple):
    """A property that a publisher's orders have oftener than those of others: how many have it within each
    bound, and the bound that tells most.
    """

    orders: Sequence[Ordered]
    within: Sequence[int]
    others: int
    others_within: Sequence[int]
    place: int
    p_value: float


class _Property(NamedTuple):
    """What is counted among orders within some bounds, and what share of them the publisher's own slower
    orders let expect.
    """

    bounds: Sequence[int]
    has: Callable[[Ordered, int], bool]
    own: Callable[[Sequence[Ordered], int], float]


def late_clicks(orders: Sequence[Ordered]) -> Iterator[Verdict]:
    """Orders whose claiming click came after the checkout began, where that is the publisher's habit."""
    known = [one for one in orders if one.checkout_at is not None and one.claim_at is not None]
    for habit in _habits(by_place(known), _LATE):
        for one in habit.orders:
            if _late_ms(one) > 0:
                numbers = _numbers(habit, _LATE) | {"late_s": _late_ms(one) / SECOND}
                yield told(Detector.LATE_CLICK, one, numbers, p_value=habit.p_value)


def _late_ms(one: Ordered) -> int:
    return (one.claim_at or 0) - (one.checkout_at or 0)


def quick_clicks(orders: Sequence[Ordered]) -> Iterator[Verdict]:
    """Orders within seconds of the claiming click, where that is commoner than with others."""
    groups = by_place([one for one in orders if one.delay_ms is not None])
    for habit in _habits(groups, _QUICK):
        first = habit.orders[0]
        others = others_of(groups, Place(first.program, first.publisher))
        numbers = _numbers(habit, _QUICK) | {"median_s": median(_delay_s(one) for one in others)}
        quick = [one for one in habit.orders if _delay_s(one) < QUICK_S[-1]]
        by_bin = _honest_by_bin(habit)
        honest = [by_bin[_bin(one)] for one in quick]
        for index in blamed(honest):
            yield told(
                Detector.QUICK_CLICK,
                quick[index],
                numbers | {"delay_s": _delay_s(quick[index])},
                p_value=habit.p_value,
                honest=honest[index],
            )


def _delay_s(one: Ordered) -> float:
    return (one.delay_ms or 0) / SECOND


def _bin(one: Ordered) -> int:
    return next(place for place, bound in enumerate(QUICK_S) if _delay_s(one) < bound)


def own_share(orders: Sequence[Ordered], bound: int) -> float:
    """The share within a bound that the publisher's next slower orders let expect: those of the minute after,
    at the same pace. People need time, so honest orders become no denser towards the click.
    """
    after = sum(QUICK_S[-1] <= _delay_s(one) < 2 * QUICK_S[-1] for one in orders)
    return after / len(orders) * bound / QUICK_S[-1]


def _honest_by_bin(habit: _Habit) -> list[float]:
    """The local false discovery rate of each bin: expected honest orders against those that there are."""
    mine, theirs = _steps(habit.within), _steps(habit.others_within)
    own = _steps([own_share(habit.orders, bound) for bound in QUICK_S])
    shares = [
        max(share_of_others(count, habit.others), each) for count, each in zip(theirs, own, strict=True)
    ]
    return [
        min(len(habit.orders) * share / count, 1.0) if count else 1.0
        for share, count in zip(shares, mine, strict=True)
    ]


def _steps(cumulated: Sequence[float]) -> list[float]:
    """What each bin adds to the ones before.

    >>> _steps([1, 4, 4])
    [1, 3, 0]
    """
    return [after - before for before, after in zip((0, *cumulated[:-1]), cumulated, strict=True)]


def _habits(groups: Mapping[Place, Sequence[Ordered]], what: _Property) -> list[_Habit]:
    """Each publisher at its most telling bound; those that chance does not explain."""
    within = {
        place: [sum(what.has(one, bound) for one in mine) for bound in what.bounds]
        for place, mine in groups.items()
    }
    totals: dict[int, list[int]] = {}
    for place, counts in within.items():
        program = totals.setdefault(place.program, [0] * (1 + len(what.bounds)))
        totals[place.program] = [
            total + count for total, count in zip(program, (*counts, len(groups[place])), strict=True)
        ]
    tested = [
        _habit(mine, within[place], totals[place.program], what)
        for place, mine in groups.items()
        if len(mine) >= ORDERS_LEAST and totals[place.program][-1] > len(mine)
    ]
    q = q_values([one.p_value for one in tested])
    return [one for one, value in zip(tested, q, strict=True) if value <= FINDING]


def _habit(
    orders: Sequence[Ordered], within: Sequence[int], totals: Sequence[int], what: _Property
) -> _Habit:
    others = totals[-1] - len(orders)
    theirs = [total - count for total, count in zip(totals[:-1], within, strict=True)]
    chances = [
        binomial_tail(count, len(orders), max(share_of_others(other, others), what.own(orders, bound)))
        for count, other, bound in zip(within, theirs, what.bounds, strict=True)
    ]
    place = chances.index(min(chances))
    return _Habit(orders, within, others, theirs, place, min(chances[place] * len(chances), 1.0))


def _numbers(habit: _Habit, what: _Property) -> dict[str, float]:
    return {
        "orders": float(len(habit.orders)),
        "share": habit.within[habit.place] / len(habit.orders),
        "others": habit.others_within[habit.place] / habit.others,
        "bound_s": float(what.bounds[habit.place]),
    }


_LATE: Final = _Property((0,), lambda one, _bound: _late_ms(one) > 0, lambda _orders, _bound: 0.0)
_QUICK: Final = _Property(QUICK_S, lambda one, bound: _delay_s(one) < bound, own_share)
