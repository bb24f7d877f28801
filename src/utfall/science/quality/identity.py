"""Who bought: the publisher itself, the same few people always through it, or the same inquiry again."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from utfall.science.quality.chances import FINDING, binomial_tail, q_values
from utfall.science.quality.grouping import by_place
from utfall.science.quality.rows import Detector, Ordered, Verdict
from utfall.science.quality.words import told

PLACED_LEAST: Final = 3
PRESSED_TWICE_MS: Final = 2 * 60_000
HOUR_MS: Final = 3_600_000
AGAIN_MS: Final = 30 * 24 * HOUR_MS
SAME_BROWSER_MS: Final = 4 * HOUR_MS
_WHO: Final[tuple[tuple[str, Callable[[Ordered], str | None]], ...]] = (
    ("customer", lambda one: one.customer),
    ("visitor", lambda one: one.visitor),
)


def own_identities(orders: Sequence[Ordered], own: Mapping[int, frozenset[str]]) -> Iterator[Verdict]:
    """Orders of people who are known to be the publisher."""
    for one in orders:
        if {one.visitor, one.customer} & own.get(one.publisher, frozenset()):
            yield told(Detector.OWN_IDENTITY, one, {})


def own_orders(orders: Sequence[Ordered]) -> Iterator[Verdict]:
    """Orders of an identity that buys through one publisher far oftener than its size explains."""
    shares = _shares(orders)
    tests: list[tuple[str, list[Ordered], int, float]] = []
    for who, name_of in _WHO:
        for (program, _name), placed in _by_identity(orders, name_of).items():
            publisher, through = Counter(one.publisher for one in placed).most_common(1)[0]
            chance = binomial_tail(through, len(placed), shares[program, publisher])
            mine = [one for one in placed if one.publisher == publisher]
            tests.append((who, mine, len(placed), min(chance * len(placed), 1.0)))
    q = q_values([chance for *_rest, chance in tests])
    for (who, mine, placed_in_all, chance), value in zip(tests, q, strict=True):
        if value <= FINDING and len(mine) >= PLACED_LEAST:
            for one in mine:
                numbers = {
                    "through": float(len(mine)),
                    "placed": float(placed_in_all),
                    "share": shares[one.program, one.publisher],
                }
                yield told(Detector.OWN_ORDER, one, numbers, p_value=chance, who=who)


def _shares(orders: Sequence[Ordered]) -> dict[tuple[int, int], float]:
    programs = Counter(one.program for one in orders)
    return {place: len(mine) / programs[place.program] for place, mine in by_place(orders).items()}


def _by_identity(
    orders: Sequence[Ordered], name_of: Callable[[Ordered], str | None]
) -> dict[tuple[int, str], list[Ordered]]:
    """Orders of each identity that placed enough of them to be judged."""
    found: dict[tuple[int, str], list[Ordered]] = {}
    for one in orders:
        name = name_of(one)
        if name is not None:
            found.setdefault((one.program, name), []).append(one)
    return {key: placed for key, placed in found.items() if len(placed) >= PLACED_LEAST}


_Key: TypeAlias = tuple[str, str]


def duplicate_leads(orders: Sequence[Ordered]) -> Iterator[Verdict]:
    """Leads by somebody who inquired before; the second press of a button within minutes is not meant."""
    seen: dict[tuple[int, _Key], list[int]] = {}
    for one in sorted((one for one in orders if one.is_lead), key=lambda one: (one.at, one.id)):
        earlier = [
            (who, one.at - at, len(seen[one.program, (who, name)]))
            for (who, name), within in _keys(one)
            for at in seen.get((one.program, (who, name)), ())[-1:]
            if PRESSED_TWICE_MS < one.at - at <= within
        ]
        if earlier:
            who, since, before = min(earlier, key=lambda each: each[1])
            numbers = {"hours": since / HOUR_MS, "before": float(before)}
            yield told(Detector.DUPLICATE_LEAD, one, numbers, who=who)
        for key, _within in _keys(one):
            seen.setdefault((one.program, key), []).append(one.at)


def _keys(one: Ordered) -> Iterator[tuple[_Key, int]]:
    """What may be the same again, and for how long that says anything."""
    for who, name_of in _WHO:
        name = name_of(one)
        if name is not None:
            yield (who, name), AGAIN_MS
    if one.address and one.device:
        yield ("address and device", f"{one.address} {one.device}"), SAME_BROWSER_MS
